//! What SPDX lists, in any case, and what became of the ids that it deprecated.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use spdx::identifiers::{EXCEPTIONS, LICENSES};

use super::nearest::nearest;

type Folded = BTreeMap<String, &'static str>;

static LICENSE_IDS: LazyLock<Folded> = LazyLock::new(|| {
    LICENSES.iter().filter(|it| !is_of_the_crate_only(it)).map(|it| fold(it.name)).collect()
});

/// Whether the crate has an id that SPDX does not: `NOASSERTION`, and a bare form of each GNU
/// version, where SPDX lists that only if it deprecated it.
fn is_of_the_crate_only(license: &spdx::License) -> bool {
    let is_deprecated = license.flags & spdx::flags::IS_DEPRECATED != 0;
    let is_bare = || spdx::license_id(&format!("{}-only", license.name)).is_some();
    license.name == "NOASSERTION" || (!is_deprecated && is_bare())
}

static EXCEPTION_IDS: LazyLock<Folded> =
    LazyLock::new(|| EXCEPTIONS.iter().map(|it| fold(it.name)).collect());

fn fold(id: &'static str) -> (String, &'static str) {
    (id.to_ascii_lowercase(), id)
}

/// The version of the SPDX license list that ids are read against.
pub fn list_version() -> &'static str {
    spdx::license_version()
}

/// The license id that `word` spells in any case.
pub(super) fn license(word: &str) -> Option<&'static str> {
    LICENSE_IDS.get(&word.to_ascii_lowercase()).copied()
}

/// The exception id that `word` spells in any case.
pub(super) fn exception(word: &str) -> Option<&'static str> {
    EXCEPTION_IDS.get(&word.to_ascii_lowercase()).copied()
}

/// Ids that one may be told to use.
static CURRENT: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| LICENSE_IDS.values().copied().filter(|it| !is_deprecated(it)).collect());

/// The license id that `word` may be a misspelling of.
pub(super) fn license_like(word: &str) -> Option<&'static str> {
    nearest(word, CURRENT.iter().copied())
}

/// The exception id that `word` may be a misspelling of.
pub(super) fn exception_like(word: &str) -> Option<&'static str> {
    nearest(word, EXCEPTION_IDS.values().copied().filter(|it| !is_deprecated(it)))
}

/// The licenses of the family that `word` names without a version, where they are few.
pub(super) fn family(word: &str) -> Vec<&'static str> {
    const FEW: usize = 6;
    let start = format!("{}-", word.to_ascii_lowercase());
    let members = LICENSE_IDS.range(start.clone()..).take_while(|(id, _)| id.starts_with(&start));
    let members: Vec<_> = members.map(|(_, id)| *id).filter(|it| !is_deprecated(it)).collect();
    if members.len() > FEW { Vec::new() } else { members }
}

/// The id that allows later versions, where `id` has one beside it: `X-only` has `X-or-later`.
pub(super) fn or_later(id: &str) -> Option<&'static str> {
    license(&format!("{}-or-later", id.strip_suffix("-only")?))
}

/// How the successor of a deprecated id relates to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It means the same.
    Same,
    /// The id left open whether later versions are allowed; SPDX reads it as the `-only` form.
    Only,
    /// Its terms may differ.
    Near,
    /// There is none.
    Gone,
}

/// What SPDX points to instead of a deprecated id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Successor {
    /// How it relates to the deprecated id.
    pub(super) reading: Reading,
    /// The id; empty where the reading is [`Reading::Gone`].
    pub(super) id: &'static str,
    /// The exception that belongs to it.
    pub(super) with: Option<&'static str>,
}

static SUCCESSORS: LazyLock<BTreeMap<&'static str, Successor>> =
    LazyLock::new(|| rows(include_str!("../../data/deprecated-license-ids.tsv"), successor_row));

static WRITTEN_FOR: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../data/exception-licenses.tsv"), |cells| {
        Some((*cells.first()?, cells.get(1)?.split(' ').collect()))
    })
});

fn rows<V>(
    table: &'static str,
    row: fn(&[&'static str]) -> Option<(&'static str, V)>,
) -> BTreeMap<&'static str, V> {
    let lines = table.lines().filter(|it| !it.starts_with('#'));
    lines.filter_map(|it| row(&it.split('\t').collect::<Vec<_>>())).collect()
}

fn successor_row(cells: &[&'static str]) -> Option<(&'static str, Successor)> {
    let reading = match *cells.get(1)? {
        "same" => Reading::Same,
        "only" => Reading::Only,
        "near" => Reading::Near,
        "gone" => Reading::Gone,
        _ => return None,
    };
    let written = cells.get(2).copied().unwrap_or_default();
    let (id, with) = match written.split_once(" WITH ") {
        Some((id, with)) => (id, Some(with)),
        None => (written, None),
    };
    Some((*cells.first()?, Successor { reading, id, with }))
}

/// What SPDX points to instead of `id`, if it deprecated that.
pub(super) fn successor(id: &str) -> Option<Successor> {
    SUCCESSORS.get(id).copied()
}

fn is_deprecated(id: &str) -> bool {
    SUCCESSORS.contains_key(id)
}

/// Whether `exception` is known to be written for licenses other than `license`.
pub(super) fn is_foreign(exception: &str, license: &str) -> bool {
    let prefixes = WRITTEN_FOR.get(exception);
    prefixes.is_some_and(|it| !it.iter().any(|it| license.starts_with(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_know_every_deprecated_id_and_name_only_listed_ones() {
        let licenses = LICENSES.iter().filter(|it| it.flags & spdx::flags::IS_DEPRECATED != 0);
        let exceptions = EXCEPTIONS.iter().filter(|it| it.flags & spdx::flags::IS_DEPRECATED != 0);
        let deprecated: Vec<_> =
            licenses.map(|it| it.name).chain(exceptions.map(|it| it.name)).collect();
        assert_eq!(deprecated.len(), 33);
        assert!(deprecated.iter().all(|it| is_deprecated(it)), "{deprecated:?}");
        assert_eq!(SUCCESSORS.len(), deprecated.len());
        for (id, it) in &*SUCCESSORS {
            let listed = license(it.id).or(exception(it.id));
            assert_eq!(listed.is_none(), it.reading == Reading::Gone, "{id}");
            assert!(!is_deprecated(it.id), "{id}");
            assert!(it.with.is_none_or(|it| exception(it) == Some(it)), "{id}");
        }
    }

    #[test]
    fn each_exception_is_listed_and_each_prefix_begins_an_id() {
        let lines = include_str!("../../data/exception-licenses.tsv").lines();
        assert_eq!(lines.filter(|it| !it.starts_with('#')).count(), WRITTEN_FOR.len());
        for (id, prefixes) in &*WRITTEN_FOR {
            assert_eq!(exception(id), Some(*id));
            for prefix in prefixes {
                assert!(LICENSES.iter().any(|it| it.name.starts_with(prefix)), "{id}: {prefix}");
            }
        }
    }

    #[test]
    fn ids_differ_in_more_than_case() {
        let invented = LICENSES.iter().filter(|it| is_of_the_crate_only(it));
        let invented: Vec<_> = invented.map(|it| it.name).collect();
        assert_eq!(
            invented,
            [
                "GFDL-1.1-invariants",
                "GFDL-1.1-no-invariants",
                "GFDL-1.2-invariants",
                "GFDL-1.2-no-invariants",
                "GFDL-1.3-invariants",
                "GFDL-1.3-no-invariants",
                "NOASSERTION",
            ]
        );
        assert_eq!(LICENSE_IDS.len(), LICENSES.len() - invented.len());
        assert_eq!(EXCEPTION_IDS.len(), EXCEPTIONS.len());
    }
}
