//! The files in `LICENSES/`: which license each is called by.

use std::collections::BTreeSet;

use caveat_texts::{Kind, Likeness, Match, recognize};

use crate::expression::Id;
use crate::source::Source;

/// A file in the folder of license texts.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// From the root of the project.
    pub(super) path: String,
    /// The license that its name names.
    pub(super) id: Id,
    /// Its name is the id and nothing more.
    pub(super) is_bare: bool,
    /// How its name spells the id.
    pub(super) written: String,
    /// What it holds.
    words: String,
}

impl Text {
    /// The file at `path`. What is used tells where the id of a license of the project's own ends.
    pub(super) fn of(source: &Source, used: &BTreeSet<String>) -> Self {
        let path = &source.name;
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |it| it.0);
        let (whole, id) = (id(name), id(stem));
        let is_own = |it: &Id| matches!(it, Id::Reference(_));
        let is_meant = !is_own(&whole) || stem == name || used.contains(whole.as_str());
        let is_stem = stem != name && used.contains(id.as_str());
        let is_bare = !matches!(whole, Id::Unknown(_)) && is_meant && !is_stem;
        let (id, written) = if is_bare { (whole, name) } else { (id, stem) };
        let written = written.trim_end_matches('+').to_owned();
        Self { path: path.clone(), id, is_bare, written, words: source.text.to_string() }
    }

    /// Whether its name has the id in another case.
    pub(super) fn is_misspelled(&self) -> bool {
        self.id.as_str() != self.written
    }

    /// Why it is not the text of its license, where that is sure.
    pub(super) fn not_it(&self) -> Option<String> {
        if self.words.trim().is_empty() {
            return Some(format!("`{}` is empty", self.path));
        }
        let (Id::Listed(id) | Id::Deprecated(id)) = self.id else { return None };
        let found: Vec<Match> =
            recognize(&self.words).into_iter().filter(|it| it.kind == Kind::License).collect();
        let is_it = |it: &&str| family(it) == family(id);
        let names = |it: &Match| is_it(&it.nearest) || it.aliases.iter().any(is_it);
        let other = found.iter().find(|it| it.likeness == Likeness::Verbatim)?;
        let is_exception = !matches!(Id::of_license(id), Id::Listed(_) | Id::Deprecated(_));
        if is_exception || found.iter().any(names) {
            return None;
        }
        Some(format!("`{}` holds the text of `{}`", self.path, other.nearest))
    }
}

/// The id without what is no matter of the text.
fn family(id: &str) -> &str {
    let id = id.trim_end_matches('+');
    ["-only", "-or-later"].iter().find_map(|it| id.strip_suffix(it)).unwrap_or(id)
}

/// The license or exception that a name names. A `+` is of the use, not of the text.
fn id(name: &str) -> Id {
    let name = name.trim_end_matches('+');
    match Id::of_license(name) {
        Id::Unknown(_) => match Id::of_exception(name) {
            Id::Unknown(_) => Id::Unknown(name.to_owned()),
            known => known,
        },
        known => known,
    }
}
