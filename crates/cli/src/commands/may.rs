//! `caveat may`: may we use this for that?

use std::fmt::Write as _;
use std::io::Write;

use caveat_core::component::Kind;
use caveat_policy::finding::{Link, Step};
use caveat_policy::usage::Usage;
use caveat_policy::verdict::Verdict;
use caveat_policy::vocabulary::Word;
use caveat_report::plain::plain;
use serde_json::{Value, json};

use crate::args::{Arguments, May as Request};
use crate::error::Error;
use crate::may::{Answer, Question, may};
use crate::policies::choose;
use crate::run::{CLEAN, FINDINGS};
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let Some((subject, words)) = request.words.split_last() else {
        return Err(Error::Usage("name a use and a subject: caveat may saas llama3.1".to_owned()));
    };
    let uses: Vec<Usage> = words.iter().map(|it| usage(it)).collect::<Result<_, _>>()?;
    let kind = request.kind.as_deref().map(kind).transpose()?;
    let today = day(request.policy.today.as_deref())?;
    let home = request.path.canonicalize().map_err(|it| Error::path(&request.path, it))?;
    let policy = choose(request.policy.policy.as_deref(), &home)?;
    let answer = may(&Question { subject, uses: &uses, kind, home: &home }, &policy, today)?;
    let text = match request.format.as_str() {
        "full" => full(&answer, &policy.origin(), arguments.verbose),
        "json" => as_json(&answer)?,
        other => return Err(Error::Usage(format!("no format `{other}`: there is full, json"))),
    };
    out.write_all(text.as_bytes())
        .map_err(|source| Error::Write { to: "the answer".to_owned(), source })?;
    Ok(if answer.verdict == Verdict::Denied { FINDINGS } else { CLEAN })
}

fn usage(word: &str) -> Result<Usage, Error> {
    Usage::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Usage::ALL.iter().map(|it| it.word()).collect();
        Error::Usage(format!("no use `{word}`: there is {}", known.join(", ")))
    })
}

fn kind(word: &str) -> Result<Kind, Error> {
    Kind::from_word(word)
        .ok_or_else(|| Error::Usage(format!("no kind `{word}`: there is model, dataset, code")))
}

fn full(answer: &Answer, policy: &str, verbose: bool) -> String {
    let uses: Vec<_> = answer.uses.iter().map(|it| it.word()).collect();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}: {} for {}",
        answer.verdict.name(),
        plain(&answer.subject),
        uses.join(", ")
    );
    if let Some(license) = answer.license.as_ref().filter(|it| **it != answer.subject) {
        let _ = writeln!(text, "  license: {}", plain(license));
    }
    for choice in &answer.choices {
        let _ = writeln!(text, "  taken of the choice offered: {}", plain(choice));
    }
    let _ = writeln!(text, "  policy: {}", plain(policy));
    let _ = writeln!(text, "\nwhy");
    for step in &answer.because {
        let _ = writeln!(text, "  {}", line(answer, step, verbose));
    }
    if !answer.missing_facts.is_empty() {
        let _ = writeln!(text, "\nfacts that would settle it");
        for fact in &answer.missing_facts {
            let _ = writeln!(text, "  {fact}");
        }
    }
    if !answer.obligations.is_empty() && answer.verdict != Verdict::Denied {
        let _ = writeln!(text, "\nwhat you would have to do");
        for it in &answer.obligations {
            let _ = writeln!(text, "  [ ] {} ({})", it.says, it.cite);
            if let Some(exact) = &it.text {
                let _ = writeln!(text, "      \"{}\"", plain(exact));
            }
        }
    }
    let mut help: Vec<&String> = answer.findings.iter().flat_map(|it| &it.help).collect();
    help.dedup();
    if !help.is_empty() {
        let _ = writeln!(text, "\nwhat to do");
        for it in help {
            let _ = writeln!(text, "  {}", plain(it));
        }
    }
    text
}

fn line(answer: &Answer, step: &Step, verbose: bool) -> String {
    let cite = step.cite.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    let place = step.at.and_then(|it| answer.sources.place(it));
    let shown = verbose || matches!(step.link, Link::Fact | Link::Policy);
    let place =
        place.filter(|_| shown).map(|it| format!(" [{}:{}]", it.path, it.line)).unwrap_or_default();
    let link = if step.link == Link::Term { "license" } else { step.link.name() };
    format!("{link}: {}{cite}{place}", plain(&step.says))
}

fn as_json(answer: &Answer) -> Result<String, Error> {
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
    let because: Vec<Value> = answer.because.iter().map(step).collect();
    let obligations: Vec<Value> = answer
        .obligations
        .iter()
        .map(|it| {
            json!({
                "kind": it.kind, "component": it.component.as_str(), "license": it.license,
                "cite": it.cite, "says": it.says, "text": it.text,
                "status": it.status.name(), "evidence": [],
            })
        })
        .collect();
    let uses: Vec<_> = answer.uses.iter().map(|it| it.word()).collect();
    let value = json!({
        "schema": "caveat/1",
        "subject": answer.subject, "uses": uses, "verdict": answer.verdict.name(),
        "license": answer.license, "choices": answer.choices,
        "because": because, "obligations": obligations, "missing_facts": answer.missing_facts,
    });
    let text = serde_json::to_string_pretty(&value)
        .map_err(|it| Error::Write { to: "the answer".to_owned(), source: it.into() })?;
    Ok(text + "\n")
}
