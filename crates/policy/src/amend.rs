//! Edits of a policy's text: a decision is put on record, and all else stays as it was written.

use std::fmt::Write as _;

use caveat_core::source::Span;

use crate::date::Date;
use crate::policy::{Clarification, Digest, Exception, Policy, quoted};

/// What a record is to be about, as the policy writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A package URL.
    Package(String),
    /// A path from the folder of the policy.
    Path(String),
}

impl About {
    fn line(&self) -> (&'static str, String) {
        match self {
            Self::Package(it) => ("package", quoted(it)),
            Self::Path(it) => ("path", quoted(it)),
        }
    }
}

/// Who allowed something, when, and where that is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// Who.
    pub by: String,
    /// When.
    pub on: Date,
    /// Where that is recorded.
    pub ticket: String,
}

/// An exception that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewException {
    /// Its name, unlike every other.
    pub id: String,
    /// For what.
    pub about: About,
    /// In which products; empty is all.
    pub products: Vec<String>,
    /// What is allowed: tags, or names of findings.
    pub allow: Vec<String>,
    /// Why.
    pub because: String,
    /// Who answers for it.
    pub owner: String,
    /// Who allowed it.
    pub approved: Approved,
    /// The last day on which it holds.
    pub expires: Date,
}

/// A clarification that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClarification {
    /// Of what.
    pub about: About,
    /// The license expression.
    pub license: String,
    /// The files that say so, and what they hold.
    pub evidence: Vec<(String, Digest)>,
    /// Why.
    pub because: String,
    /// Who answers for it.
    pub owner: String,
    /// When it was decided.
    pub decided: Date,
}

/// What is new in a clarification whose files were read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reread {
    /// The license, where it is another one.
    pub license: Option<String>,
    /// The digests of the evidence, in its order.
    pub digests: Vec<Digest>,
    /// Why, where that is told anew.
    pub because: Option<String>,
    /// Who answers for it, where that is told anew.
    pub owner: Option<String>,
    /// The day.
    pub decided: Option<Date>,
}

/// A name for a new exception: one more than the highest number in use.
pub fn free_id(policy: &Policy) -> String {
    let ids = policy.exceptions.list.iter().map(|it| it.id.value.as_str());
    let numbers = ids.filter_map(|it| it.strip_prefix("EX-")?.parse::<u64>().ok());
    format!("EX-{}", numbers.max().unwrap_or(0).saturating_add(1))
}

/// The text with one exception more, after those that are there.
pub fn with_exception(policy: &Policy, text: &str, new: &NewException) -> String {
    let mut lines = vec![("id", quoted(&new.id)), new.about.line()];
    match new.products.as_slice() {
        [] => {}
        [one] => lines.push(("product", quoted(one))),
        several => lines.push(("product", list(several))),
    }
    let Approved { by, on, ticket } = &new.approved;
    lines.extend([
        ("allow", list(&new.allow)),
        ("because", quoted(&new.because)),
        ("owner", quoted(&new.owner)),
        ("approved", format!("{{ by = {}, on = {on}, ticket = {} }}", quoted(by), quoted(ticket))),
        ("expires", new.expires.to_string()),
    ]);
    let last = policy.exceptions.list.last().map(|it| it.at.range().start.max(end_of(it)));
    inserted(text, &table("exception", &lines), last)
}

/// The text with one clarification more, after those that are there.
pub fn with_clarification(policy: &Policy, text: &str, new: &NewClarification) -> String {
    let files = new
        .evidence
        .iter()
        .map(|(path, digest)| format!("{{ path = {}, sha256 = \"{digest}\" }}", quoted(path)));
    let files: Vec<_> = files.collect();
    let files = match files.as_slice() {
        [one] => format!("[{one}]"),
        several => format!("[\n  {},\n]", several.join(",\n  ")),
    };
    let lines = [
        new.about.line(),
        ("license", quoted(&new.license)),
        ("evidence", files),
        ("because", quoted(&new.because)),
        ("owner", quoted(&new.owner)),
        ("decided", new.decided.to_string()),
    ];
    let end = |it: &Clarification| {
        let evidence = it.evidence.iter().map(|it| it.sha256.at.range().end);
        let decided = it.decided.iter().map(|it| it.at.range().end);
        let ends = [it.license.at, it.because.at, it.owner.at, it.target.at()];
        let ends = ends.into_iter().map(|it| it.range().end);
        evidence.chain(decided).chain(ends).max().unwrap_or(0)
    };
    inserted(text, &table("clarify", &lines), policy.clarify.last().map(end))
}

/// The text with a new approval and a new end for an exception.
pub fn renewed(text: &str, exception: &Exception, approved: &Approved, expires: Date) -> String {
    replaced(
        text,
        vec![
            (exception.approved.by.at, quoted(&approved.by)),
            (exception.approved.on.at, approved.on.to_string()),
            (exception.approved.ticket.at, quoted(&approved.ticket)),
            (exception.expires.at, expires.to_string()),
        ],
    )
}

/// The text with what was read anew in a clarification.
pub fn reread(text: &str, clarification: &Clarification, new: &Reread) -> String {
    let mut edits = Vec::new();
    for (evidence, digest) in clarification.evidence.iter().zip(&new.digests) {
        edits.push((evidence.sha256.at, format!("\"{digest}\"")));
    }
    let mut text_of = |at: Span, value: &Option<String>| {
        edits.extend(value.as_deref().map(|it| (at, quoted(it))));
    };
    text_of(clarification.license.at, &new.license);
    text_of(clarification.because.at, &new.because);
    text_of(clarification.owner.at, &new.owner);
    if let (Some(written), Some(day)) = (&clarification.decided, new.decided) {
        edits.push((written.at, day.to_string()));
    }
    replaced(text, edits)
}

/// Where the last value of an exception ends.
fn end_of(it: &Exception) -> usize {
    let approved = [it.approved.at, it.approved.by.at, it.approved.on.at, it.approved.ticket.at];
    let single = [it.target.at(), it.because.at, it.owner.at, it.expires.at, it.id.at];
    let several = it.products.iter().map(|it| it.at).chain(it.allow.iter().map(|it| it.at));
    let all = approved.into_iter().chain(single).chain(several);
    all.map(|it| it.range().end).max().unwrap_or(0)
}

fn list(words: &[String]) -> String {
    let quoted: Vec<_> = words.iter().map(|it| quoted(it)).collect();
    format!("[{}]", quoted.join(", "))
}

fn table(name: &str, lines: &[(&str, String)]) -> String {
    let mut text = format!("[[{name}]]\n");
    for (key, value) in lines {
        // Writing to memory does not fail.
        let _ = writeln!(text, "{key:<8} = {value}");
    }
    text
}

/// The text with a table put in after the one whose last value ends at `last`, else at the end.
fn inserted(text: &str, table: &str, last: Option<usize>) -> String {
    let at = last.and_then(|it| after_table(text, it)).unwrap_or(text.len());
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (before, after) = text.split_at(at);
    let mut new = before.trim_end().to_owned();
    if !new.is_empty() {
        new.push_str(newline);
        new.push_str(newline);
    }
    new.push_str(&table.replace('\n', newline));
    let after = after.trim_start_matches(['\r', '\n']);
    if !after.is_empty() {
        new.push_str(newline);
        new.push_str(after);
    }
    new
}

/// Where the table ends of which the last value ends at `last`: behind the lines that still belong
/// to it, before the comment on the next one.
fn after_table(text: &str, last: usize) -> Option<usize> {
    let rest = text.get(last..)?;
    let mut at = last;
    let mut end = None;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        let words = line.trim();
        if number > 0 && words.starts_with('[') && !words.starts_with("],") && words != "]" {
            break;
        }
        at += line.len();
        if number == 0 || !(words.is_empty() || words.starts_with('#')) {
            end = Some(at);
        }
    }
    end
}

/// The text with other words in some places.
fn replaced(text: &str, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
    let mut new = text.to_owned();
    for (at, words) in edits {
        if new.get(at.range()).is_some() {
            new.replace_range(at.range(), &words);
        }
    }
    new
}

/// What two texts differ in, as people read it: the lines that go and those that come, each edit
/// with the lines around it.
pub fn difference(name: &str, old: &str, new: &str) -> String {
    const AROUND: usize = 2;
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let first = old.iter().zip(&new).take_while(|(one, two)| one == two).count();
    let backwards = old[first..].iter().rev().zip(new[first..].iter().rev());
    let last = backwards.take_while(|(one, two)| one == two).count();
    let mut text = format!("--- {name}:{}\n", first + 1);
    let mut put = |sign: char, lines: &[&str]| {
        for it in lines {
            let _ = writeln!(text, "{sign} {it}");
        }
    };
    put(' ', &old[first.saturating_sub(AROUND)..first]);
    put('-', &old[first..old.len() - last]);
    put('+', &new[first..new.len() - last]);
    put(' ', &old[old.len() - last..old.len().min(old.len() - last + AROUND)]);
    text
}
