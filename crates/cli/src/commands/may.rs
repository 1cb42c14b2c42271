//! `caveat may`: may we use this for that?

use std::io::Write;
use std::path::{Path, PathBuf};

use caveat_core::component::Kind;
use caveat_core::source::Span;
use caveat_policy::finding::{Link, Obligation, Status, Step};
use caveat_policy::usage::Usage;
use caveat_policy::verdict::Verdict;
use caveat_policy::vocabulary::Word;
use caveat_report::sheet::{self, Section, Sheet};
use serde_json::{Value, json};

use crate::args::{Arguments, May as Request};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::may::{Answer, may};
use crate::output::{look, no_format, put};
use crate::policies::{Chosen, choose};
use crate::subject::{Question, is_path};
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let Some((subject, words)) = request.words.split_last() else {
        return Err(Error::Usage {
            what: "a use and a subject are needed".to_owned(),
            help: "caveat may saas llama3.1".to_owned(),
        });
    };
    let uses: Vec<Usage> = words.iter().map(|it| usage(it)).collect::<Result<_, _>>()?;
    let kind = request.kind.as_deref().map(kind).transpose()?;
    let today = day(request.policy.today.as_deref())?;
    let home = request.path.canonicalize().map_err(|it| Error::path(&request.path, it))?;
    let policy = choose(request.policy.policy.as_deref(), &place(subject, &home)?)?;
    let answer = may(&Question { subject, uses: &uses, kind, home: &home }, &policy, today)?;
    let text = match request.format.as_str() {
        "full" => full(&answer, &policy, arguments)?,
        "json" => as_json(&answer, &policy)?.into_bytes(),
        other => return Err(no_format(other)),
    };
    put(out, &text)?;
    Ok(if answer.verdict == Verdict::Denied { FINDINGS } else { CLEAN })
}

/// The folder whose policy speaks: that of a path, else the project.
fn place(subject: &str, home: &Path) -> Result<PathBuf, Error> {
    if !is_path(subject) {
        return Ok(home.to_owned());
    }
    let path = Path::new(subject);
    let full = path.canonicalize().map_err(|it| Error::path(path, it))?;
    let folder = if full.is_dir() { Some(full.as_path()) } else { full.parent() };
    Ok(folder.unwrap_or(home).to_owned())
}

fn usage(word: &str) -> Result<Usage, Error> {
    Usage::from_word(word).ok_or_else(|| {
        let known = Usage::ALL.iter().map(|it| it.word()).collect();
        Error::Unlisted { what: "use", name: word.to_owned(), known }
    })
}

fn kind(word: &str) -> Result<Kind, Error> {
    let known = || vec!["model", "dataset", "code"];
    Kind::from_word(word).ok_or_else(|| Error::Unlisted {
        what: "kind",
        name: word.to_owned(),
        known: known(),
    })
}

fn full(answer: &Answer, policy: &Chosen, arguments: &Arguments) -> Result<Vec<u8>, Error> {
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
    let sheet = Sheet {
        verdict: Some(answer.verdict),
        title: format!("{} for {}", answer.subject, uses.join(", ")),
        head,
        sections: vec![
            Section { title: "why", entries: reasons.collect() },
            Section {
                title: "facts that would settle it",
                entries: answer.missing_facts.iter().map(|it| ("-", it.clone())).collect(),
            },
            Section { title: "what you would have to do", entries: duties(answer) },
            Section {
                title: "what to do",
                entries: help.into_iter().map(|it| ("-", it.clone())).collect(),
            },
        ],
    };
    let mut text = Vec::new();
    sheet::write(&sheet, &look(arguments, false), &mut text)
        .map_err(|source| Error::Write { to: "the answer".to_owned(), source })?;
    Ok(text)
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
    let place = place.map(|it| format!(" ({}:{})", it.path, it.line)).unwrap_or_default();
    (word, format!("{}{cite}{place}", step.says))
}

fn as_json(answer: &Answer, policy: &Chosen) -> Result<String, Error> {
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
    let because: Vec<Value> = answer.because.iter().map(step).collect();
    let obligations: Vec<Value> = answer
        .obligations
        .iter()
        .map(|it| {
            json!({
                "kind": it.kind, "component": it.component.as_str(), "license": it.license,
                "cite": it.cite, "says": it.says, "text": it.text,
                "status": it.status.name(), "why": it.why, "product": it.product,
                "uses": it.uses.iter().map(|it| it.word()).collect::<Vec<_>>(), "due": it.due,
                "evidence": it.evidence.iter().filter_map(|at| seen(*at)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let uses: Vec<_> = answer.uses.iter().map(|it| it.word()).collect();
    let value = json!({
        "schema": "caveat/1",
        "subject": answer.subject, "uses": uses, "verdict": answer.verdict.name(),
        "license": answer.license, "policy": policy.origin(), "choices": answer.choices,
        "because": because, "obligations": obligations, "missing_facts": answer.missing_facts,
    });
    let text = serde_json::to_string_pretty(&value)
        .map_err(|it| Error::Write { to: "the answer".to_owned(), source: it.into() })?;
    Ok(text + "\n")
}
