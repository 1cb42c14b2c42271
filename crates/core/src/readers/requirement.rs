//! One line that asks for a Python package: `name[extra]>=1.2 ; python_version < "3.9"`.

use crate::component::{Scope, Use};
use crate::installed::python_name;
use crate::readers::locked;
use crate::source::{Span, Spanned};

/// A package that is asked for.
pub(super) struct Requirement {
    /// Its name as the index compares names.
    pub(super) name: String,
    /// The one version that will do, where only one does.
    pub(super) version: Option<String>,
    /// It is asked for only where somebody wants an extra.
    pub(super) is_extra: bool,
    /// Where the name stands.
    pub(super) at: Span,
}

impl Requirement {
    /// Reads what is written; nothing for what is no name: an address, a path, an option.
    pub(super) fn parse(written: &Spanned<String>) -> Option<Self> {
        let text = written.value.as_str();
        let start = text.len() - text.trim_start().len();
        let text = text.trim();
        let is_name = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
        let end = text.find(|it| !is_name(it)).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let rest = rest.trim_start();
        let is_path = rest.starts_with(['/', '\\', ':', '+'])
            || name.rsplit_once('.').is_some_and(|(_, it)| it == "whl");
        if is_path || !name.starts_with(|it: char| it.is_ascii_alphanumeric()) {
            return None;
        }
        let (asked, marker) = rest.split_once(';').unwrap_or((rest, ""));
        let asked = asked.split_once(']').map_or(asked, |(_, after)| after);
        let whole = written.at.range().len() == written.value.len();
        let at = if whole { written.at.part(start..start + end) } else { written.at };
        Some(Self {
            name: python_name(name),
            version: pinned(asked),
            is_extra: marker.split(|it: char| !it.is_alphanumeric()).any(|it| it == "extra"),
            at,
        })
    }

    /// The need of it.
    pub(super) fn need(&self, scope: Scope) -> Use {
        let scope = if self.is_extra { Scope::Optional } else { scope };
        locked::depends("pypi", &self.name, self.version.as_deref(), scope, self.at)
    }
}

/// `==1.2.3`, and nothing beside it.
pub(super) fn pinned(asked: &str) -> Option<String> {
    let asked = asked.trim().trim_matches(['(', ')']).trim();
    let version = asked.strip_prefix("===").or_else(|| asked.strip_prefix("=="))?.trim();
    let version = version.split(char::is_whitespace).next().unwrap_or_default();
    let is_one = version.starts_with(|it: char| it.is_ascii_digit())
        && !version.contains(['*', ',', '<', '>', '!', '~']);
    is_one.then(|| version.to_owned())
}
