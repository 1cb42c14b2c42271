//! From the text of a policy to its types: every mistake is noted, none stops the reading.

mod table;
mod values;
mod facts;
mod rules;
mod records;
mod checks;
mod baseline;
mod lock;

use std::collections::BTreeMap;
use std::ops::Range;

use caveat_core::source::{SourceId, Span, Spanned};
use toml::de::{DeTable, Error as Fault};

pub(super) use baseline::known_findings;
pub(super) use lock::lock;

use super::mistake::shown;
use super::{FINDINGS, LONGEST, Mistake, Parent, Policy, PolicyError, finding};
use crate::dispute::Question;
use crate::named::NAMES;
use crate::verdict::Level;
pub(super) use checks::undefined_products;
use table::{Notes, Table};
use values::{file, number, text, word};

/// How many mistakes are told; whoever made more will make another run.
const MOST: usize = 100;

/// The version of the language that this reads.
const VERSION: u64 = 1;

impl Policy {
    /// Reads the policy `text`, the text of `source`. All mistakes are told at once, in the order
    /// of the file; there is at least one where there is no policy.
    pub fn parse(
        name: impl Into<String>,
        text: &str,
        source: SourceId,
    ) -> Result<Self, Vec<PolicyError>> {
        Self::read(name.into(), text, source, false)
    }

    /// Likewise, for a policy that others extend: it may speak of products that they define.
    pub fn parse_base(
        name: impl Into<String>,
        text: &str,
        source: SourceId,
    ) -> Result<Self, Vec<PolicyError>> {
        Self::read(name.into(), text, source, true)
    }

    fn read(
        name: String,
        text: &str,
        source: SourceId,
        is_base: bool,
    ) -> Result<Self, Vec<PolicyError>> {
        if text.len() > LONGEST {
            let at = Span::new(source, 0..0);
            return Err(vec![PolicyError { at, mistake: Mistake::TooLong(text.len()) }]);
        }
        let (root, faults) = DeTable::parse_recoverable(text);
        let notes = Notes::new(source, text);
        let mut policy = Self::empty(name, source);
        read(&mut policy, &notes, root.get_ref());
        if !is_base && policy.extends.is_empty() {
            checks::products_exist(&policy, &notes);
        }
        with_faults(text, source, notes.mistakes(), &faults)?;
        Ok(policy)
    }
}

/// All mistakes in the order of the file, those of its form among them; nothing where there is
/// none.
fn with_faults(
    text: &str,
    source: SourceId,
    mut mistakes: Vec<PolicyError>,
    faults: &[Fault],
) -> Result<(), Vec<PolicyError>> {
    if mistakes.is_empty() && faults.is_empty() {
        return Ok(());
    }
    let faults = faults.iter().take(MOST).map(|it| {
        let range = it.span().unwrap_or(text.len()..text.len());
        let at = Span::new(source, whole_characters(text, range));
        PolicyError { at, mistake: Mistake::Syntax(fault(it.message(), &text[at.range()])) }
    });
    let faults: Vec<_> = faults.collect();
    if let Some(first) = faults.iter().map(|it| it.at.start).min() {
        // What follows a fault may have been read wrongly, and what is missing may be there.
        mistakes.retain(|it| is_certain(&it.mistake) && it.at.end <= first);
    }
    mistakes.extend(faults);
    mistakes.sort_by_key(|it| it.at);
    mistakes.dedup();
    mistakes.truncate(MOST);
    Err(mistakes)
}

/// Whether a mistake stays one however the rest of the file is mended.
fn is_certain(mistake: &Mistake) -> bool {
    match mistake {
        Mistake::UnknownKey { .. }
        | Mistake::WrongType { .. }
        | Mistake::UnknownWord { .. }
        | Mistake::BadForm { .. }
        | Mistake::TwoStances { .. } => true,
        Mistake::Syntax(_)
        | Mistake::TooLong(_)
        | Mistake::Missing { .. }
        | Mistake::Empty { .. }
        | Mistake::Both { .. }
        | Mistake::Twice { .. }
        | Mistake::UnknownProduct { .. }
        | Mistake::Unconditional { .. }
        | Mistake::Loosens { .. }
        | Mistake::Base { .. }
        | Mistake::EndsBeforeApproval { .. } => false,
    }
}

/// What is wrong with TOML, in our words where the parser's are no help.
fn fault(says: &str, found: &str) -> String {
    match found.chars().next() {
        _ if says == "duplicate key" => format!("key `{}` is given twice", shown(found.trim())),
        Some(it) if it.is_control() && !it.is_whitespace() => {
            format!("a control character (U+{:04X}) cannot stand here", u32::from(it))
        }
        Some(_) | None => says.to_owned(),
    }
}

/// The range, widened to whole characters of the text.
fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn read(policy: &mut Policy, notes: &Notes<'_>, root: &DeTable<'_>) {
    let mut root = Table::root(notes, root);
    root.one("caveat", version);
    policy.extends = root.many("extends", parent);
    policy.org = root.table("org").map(facts::org).unwrap_or_default();
    policy.products = root.list("product", facts::product);
    policy.rules = root.table("rules").map(rules::rules).unwrap_or_default();
    policy.overrides = root.list("rule", rules::rule);
    policy.choose = root.table("choose").map(rules::choose).unwrap_or_default();
    let answers = root.table("relations").map(rules::relations).unwrap_or_default();
    for (question, verdict) in answers {
        match question {
            Question::Way(it) => drop(policy.relations.insert(it, verdict)),
            Question::Dispute(it) => drop(policy.disputes.insert(it, verdict)),
        }
    }
    policy.licenses = root.list("license", rules::own_license);
    policy.tests = root.list("test", rules::expectation);
    policy.clarify = root.list("clarify", records::clarification);
    policy.exceptions = root.table("exceptions").map(records::exceptions).unwrap_or_default();
    policy.exceptions.list = root.list("exception", records::exception);
    policy.met = root.list("met", records::met);
    policy.exclude = root.list("exclude", records::exclude);
    policy.basis = root.list("basis", records::basis);
    policy.patents = root.table("patents").map(rules::patents);
    policy.baseline = root.table("baseline").and_then(records::baseline);
    policy.review = root.table("review").and_then(records::review);
    policy.levels = root.table("levels").map(levels).unwrap_or_default();
    checks::whole(policy, notes);
}

fn version(key: &str, value: &toml::de::DeValue<'_>) -> Result<u64, Mistake> {
    let found = number(key, value)?;
    if found == VERSION {
        return Ok(found);
    }
    Err(Mistake::BadForm {
        text: found.to_string(),
        fault: "is a version of the policy language that this caveat cannot read",
        help: format!("write `caveat = {VERSION}`, or use a newer caveat"),
    })
}

fn parent(key: &str, value: &toml::de::DeValue<'_>) -> Result<Parent, Mistake> {
    let written = text(key, value)?;
    if let Some(name) = written.strip_prefix("caveat:") {
        let known = NAMES.iter().copied().find(|it| *it == name).map(Parent::Named);
        return known.ok_or_else(|| Mistake::UnknownWord {
            noun: "built-in policy",
            word: name.to_owned(),
            allowed: NAMES.to_vec(),
        });
    }
    if written.contains("://") {
        return Err(Mistake::BadForm {
            text: written,
            fault: "is not in the repository",
            help: "copy it in and name the file: a policy is read without a network".to_owned(),
        });
    }
    match written.strip_prefix("//") {
        Some(path) => values::inside(path).map(|()| Parent::FromRoot(path.to_owned())),
        None => file(key, value).map(Parent::Beside),
    }
}

fn levels(mut table: Table<'_>) -> BTreeMap<&'static str, Spanned<Level>> {
    let mut levels: BTreeMap<&'static str, Spanned<Level>> = BTreeMap::new();
    for key in table.names() {
        let Some(name) = finding(&key.value) else {
            let (word, allowed) = (key.value, FINDINGS.to_vec());
            table.note(key.at, Mistake::UnknownWord { noun: "finding", word, allowed });
            continue;
        };
        if let Some(earlier) = levels.get(name) {
            let (noun, first) = ("finding", earlier.at);
            table.note(key.at, Mistake::Twice { noun, name: name.to_owned(), first });
        }
        levels.extend(table.named(&key.value, word).map(|level| (name, level)));
    }
    levels
}
