//! Where something may be changed, and how it has to be written there.

use caveat_core::component::Origin;
use caveat_core::inventory::{Claim, Component};
use caveat_core::readers::{Field, Fields, fields};
use caveat_core::source::{Source, Span, Spanned};

use crate::case::Case;
use crate::fix::Change;

/// The text that a place lies in, if it is a file of the project's own that may be changed: no
/// binary, nobody else's work, nothing that the policy leaves out.
pub(super) fn editable<'a>(case: &Case<'a>, component: &Component, at: Span) -> Option<&'a Source> {
    let source = case.sources.get(at.source)?;
    let left_out = case.policy.excluded(&case.path(&source.name)).is_some();
    (component.own && source.origins.is_empty() && !left_out).then_some(source)
}

/// Other words in place of some that stand in the text just as they are read: no escapes, no
/// second line.
pub(super) fn replace(source: &Source, words: &Spanned<String>, with: &str) -> Option<Change> {
    let verbatim = source.slice(words.at) == words.value && !words.value.contains(['\n', '\r']);
    let at = words.at;
    verbatim.then(|| Change::Replace { at, with: with.to_owned() })
}

/// The one card that a component has, with what it declares of its license; nothing where anything
/// but whole texts tells one too, in other words.
pub(super) struct Card<'a> {
    pub(super) source: &'a Source,
    pub(super) fields: Fields,
    pub(super) claim: &'a Claim,
    /// The words of `license:`, which is the only one.
    pub(super) license: Spanned<String>,
    /// The same words once more, further down.
    pub(super) repeated: Vec<Spanned<String>>,
}

impl<'a> Card<'a> {
    pub(super) fn of(case: &Case<'a>, component: &'a Component) -> Option<Self> {
        let tells = |it: &&Claim| !matches!(it.evidence.origin, Origin::Text | Origin::Catalog);
        let mut declared = component.claims.iter().filter(tells);
        let claim = declared.next().filter(|it| it.evidence.origin == Origin::Card)?;
        let source = editable(case, component, claim.raw.at)?;
        let fields = fields(source)?;
        let [Field { value, .. }] = fields.license.as_slice() else { return None };
        let license = value.words().filter(|it| it.at == claim.raw.at)?;
        let again = declared.map(|it| {
            let here = it.raw.at.source == source.id && it.raw.value == license.value;
            here.then(|| it.raw.clone())
        });
        let repeated = again.collect::<Option<Vec<_>>>()?;
        Some(Self { source, fields, claim, license, repeated })
    }

    /// The line of a new key right behind that of the license, written as that one is. Only where
    /// each has a line of its own.
    pub(super) fn insert(&self, lines: &[(&str, &str)]) -> Option<Change> {
        let key = self.fields.license.first()?.key.at;
        let text = self.source.text.as_ref();
        let start = text[..key.start as usize].rfind(['\n', '\r']).map_or(0, |it| it + 1);
        let indent = text.get(start..key.start as usize)?;
        let end = self.license.at.end as usize;
        let rest = text.get(end..)?;
        let stop = rest.find(['\n', '\r'])?;
        let after = rest[..stop].trim_start_matches(['"', '\'']);
        let ends = after.trim().is_empty() || after.trim_start().starts_with('#');
        let one_line = !text.get(start..end)?.contains(['\n', '\r']);
        if !indent.chars().all(|it| it == ' ') || !one_line || !ends {
            return None;
        }
        let stop = end + stop;
        let ending = if text[stop..].starts_with("\r\n") { "\r\n" } else { &text[stop..=stop] };
        let line = |(key, value): &(&str, &str)| format!("{indent}{key}: {value}{ending}");
        let next = stop + ending.len();
        let text: String = lines.iter().map(line).collect();
        Some(Change::Insert { at: self.source.span(next..next), text })
    }
}
