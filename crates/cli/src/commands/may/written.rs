//! How answers are written.

use caveat_core::source::Span;
use caveat_policy::finding::{Link, Obligation, Status, Step};
use caveat_policy::verdict::Verdict;
use caveat_policy::vocabulary::Word;
use caveat_report::sheet::{self, Section, Sheet};
use serde_json::{Value, json};

use crate::args::Arguments;
use crate::error::Error;
use crate::may::{Answer, Missing};
use crate::output::look;
use crate::policies::Chosen;

/// For people: a sheet for each answer.
pub(super) fn full(answers: &[(Answer, Chosen)], arguments: &Arguments) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    for (number, (answer, policy)) in answers.iter().enumerate() {
        if number > 0 {
            text.push(b'\n');
        }
        sheet::write(&sheet(answer, policy, arguments), &look(arguments, false), &mut text)
            .map_err(|source| Error::Write { to: "the answer".to_owned(), source })?;
    }
    Ok(text)
}

fn sheet<'a>(answer: &'a Answer, policy: &Chosen, arguments: &Arguments) -> Sheet<'a> {
    let uses: Vec<_> = answer.uses.iter().map(|it| it.word()).collect();
    let mut head = Vec::new();
    if let Some(license) = answer.license.as_ref().filter(|it| **it != answer.subject) {
        head.push(("license", license.clone()));
    }
    let choices = answer.choices.iter();
    head.extend(choices.map(|it| ("choice", format!("{it}, of those that the license offers"))));
    let because = policy.default_because().map(|it| format!(" (built-in default: {it})"));
    head.push(("policy", policy.origin() + &because.unwrap_or_default()));
    let mut help: Vec<&String> = Vec::new();
    for it in answer.findings.iter().flat_map(|it| &it.help).chain(&answer.advice) {
        if !help.contains(&it) {
            help.push(it);
        }
    }
    let reasons = answer.because.iter().map(|it| reason(answer, it, arguments.verbose));
    let wanted = answer.missing_facts.iter().map(|it| ("-", missing(it)));
    Sheet {
        verdict: Some(answer.verdict),
        title: format!("{} for {}", answer.subject, uses.join(", ")),
        head,
        sections: vec![
            Section { title: "why", entries: reasons.collect() },
            Section { title: "facts that would settle it", entries: wanted.collect() },
            Section { title: "what you would have to do", entries: duties(answer) },
            Section {
                title: "what to do",
                entries: help.into_iter().map(|it| ("-", it.clone())).collect(),
            },
        ],
    }
}

/// A fact that nobody stated, who asks for it, and how to state it.
fn missing(it: &Missing) -> String {
    let cite = it.cite.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    let say = say(it).map(|it| format!("; for this question: {it}")).unwrap_or_default();
    format!("{}: {}{cite}{say}", it.fact.says, it.why)
}

/// What to add to the command.
fn say(it: &Missing) -> Option<String> {
    let day = it.fact.as_of.map(|it| format!("@{it}")).unwrap_or_default();
    Some(match (it.fact.key?, it.fact.table) {
        ("markets", _) => "--market REGION".to_owned(),
        (key, Some("[[org.facts]]")) => format!("--fact {key}=NUMBER{day}"),
        (key, _) => format!("--fact {key}=…"),
    })
}

/// The duties as a checklist, unless there will be nothing to do them for.
fn duties(answer: &Answer) -> Vec<(&'static str, String)> {
    if answer.verdict == Verdict::Denied {
        return Vec::new();
    }
    let duty = |it: &Obligation| match it.text.as_ref().filter(|text| !it.says.contains(*text)) {
        Some(exact) => format!("{} ({}): \"{exact}\"", it.says, it.cite),
        None => format!("{} ({})", it.says, it.cite),
    };
    let told = |it: &Obligation| match it.status {
        Status::Met => ("[x]", format!("{}; done", duty(it))),
        Status::Unmet => ("[!]", format!("{}; not done: {}", duty(it), it.why)),
        Status::Unchecked => ("[ ]", duty(it)),
    };
    let mut duties: Vec<_> = answer.obligations.iter().map(told).collect();
    duties.dedup();
    duties
}

/// A step with the clause, and where it is written if that is the user's to change.
fn reason(answer: &Answer, step: &Step, verbose: bool) -> (&'static str, String) {
    let word = match step.link {
        Link::Relation => "from",
        Link::Claim => "found",
        Link::Term => "license",
        Link::Fact => "fact",
        Link::Policy => "policy",
    };
    let cite = step.cite.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    let shown = verbose || step.link != Link::Term;
    let place = step.at.filter(|_| shown).and_then(|it| answer.sources.place(it));
    // What is no file has its name in parentheses already, and no lines that one could open.
    let place = place.map(|it| {
        if it.path.starts_with('(') {
            return format!(" {}", it.path);
        }
        format!(" ({}:{})", it.path, it.line)
    });
    let place = place.unwrap_or_default();
    (word, format!("{}{cite}{place}", step.says))
}

/// For programs: one answer, or a list where several were asked for.
pub(super) fn json(answers: &[(Answer, Chosen)]) -> Result<Vec<u8>, Error> {
    let all: Vec<Value> = answers.iter().map(|(answer, policy)| one(answer, policy)).collect();
    let value = match <[Value; 1]>::try_from(all) {
        Ok([one]) => one,
        Err(all) => json!({ "schema": "caveat/1", "answers": all }),
    };
    let text = serde_json::to_string_pretty(&value)
        .map_err(|it| Error::Write { to: "the answer".to_owned(), source: it.into() })?;
    Ok((text + "\n").into_bytes())
}

fn one(answer: &Answer, policy: &Chosen) -> Value {
    let step = |it: &Step| {
        let place = it.at.and_then(|at| answer.sources.place(at));
        json!({
            "link": it.link.name(),
            "says": it.says,
            "path": place.as_ref().map(|it| it.path),
            "line": place.as_ref().map(|it| it.line),
            "cite": it.cite,
        })
    };
    let seen = |at: Span| {
        let place = answer.sources.place(at)?;
        Some(json!({ "path": place.path, "line": place.line }))
    };
    let obligation = |it: &Obligation| {
        json!({
            "kind": it.kind, "component": it.component.as_str(), "license": it.license,
            "cite": it.cite, "says": it.says, "text": it.text,
            "status": it.status.name(), "why": it.why, "product": it.product,
            "uses": it.uses.iter().map(|it| it.word()).collect::<Vec<_>>(), "due": it.due,
            "evidence": it.evidence.iter().filter_map(|at| seen(*at)).collect::<Vec<_>>(),
        })
    };
    let missing = |it: &Missing| {
        json!({
            "fact": it.fact.says, "key": it.fact.key, "table": it.fact.table,
            "as_of": it.fact.as_of.map(|it| it.to_string()), "license": it.license,
            "why": it.why, "cite": it.cite, "argument": say(it),
        })
    };
    let uses: Vec<_> = answer.uses.iter().map(|it| it.word()).collect();
    json!({
        "schema": "caveat/1",
        "subject": answer.subject, "uses": uses, "verdict": answer.verdict.name(),
        "license": answer.license, "policy": policy.origin(), "choices": answer.choices,
        "because": answer.because.iter().map(step).collect::<Vec<_>>(),
        "obligations": answer.obligations.iter().map(obligation).collect::<Vec<_>>(),
        "missing_facts": answer.missing_facts.iter().map(missing).collect::<Vec<_>>(),
    })
}
