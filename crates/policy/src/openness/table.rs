//! The table of the parts of a model, and of what no open license asks.

use std::sync::LazyLock;

use caveat_core::component::How;
use caveat_core::tags::Tag;
use caveat_core::terms::UsedOn;

use crate::glob::Glob;
use crate::policy::Openness;
use crate::verdict::Verdict;

/// A part of a model, in the words of the Model Openness Framework.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is called, in lower case.
    pub name: &'static str,
    /// The lowest class that asks for it.
    pub class: Openness,
    /// What its license has to be written for.
    pub(super) kinds: Vec<UsedOn>,
    /// Another part that does as well.
    covered_by: Option<&'static str>,
    /// What leads to it in a graph.
    pub(super) relation: Option<How>,
    /// How files that hold it are called; those without a folder lie right beside the card.
    pub(super) files: Vec<Glob>,
    /// Headings of a card under which it stands.
    pub(super) headings: Vec<&'static str>,
    /// How files are called that name it without holding it.
    pub(super) hints: Vec<Glob>,
    /// Beginnings of addresses in a card behind which it may be.
    pub(super) links: Vec<&'static str>,
}

impl Part {
    /// The part that does as well.
    pub(super) fn covered(&self) -> Option<&'static Part> {
        let name = self.covered_by?;
        PARTS.iter().find(|it| it.name == name)
    }
}

/// A tag that no open license has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closed {
    /// The tag.
    pub(super) tag: Tag,
    /// What comes of it.
    pub(super) comes_to: Verdict,
}

/// All parts, in the order of the classes.
pub(super) static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| {
    rows(include_str!("../../data/openness.tsv")).filter_map(|it| part(&it)).collect()
});

/// All tags that no open license has.
pub(super) static CLOSED: LazyLock<Vec<Closed>> = LazyLock::new(|| {
    rows(include_str!("../../data/closed-tags.tsv")).filter_map(|it| closed(&it)).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.map(|it| it.split('\t').collect())
}

fn listed(cell: &'static str, mark: char) -> Vec<&'static str> {
    cell.split(mark).filter(|it| !it.is_empty() && *it != "-").collect()
}

fn part(row: &[&'static str]) -> Option<Part> {
    let [name, class, kinds, covered_by, relation, files, headings, hints] = row[..] else {
        return None;
    };
    let class = match class {
        "I" => Openness::MofI,
        "II" => Openness::MofII,
        "III" => Openness::MofIII,
        _ => return None,
    };
    let relation = match relation {
        "trained-on" => Some(How::TrainedOn),
        "evaluated-on" => Some(How::EvaluatedOn),
        _ => None,
    };
    let globs = |cell: Vec<&str>| cell.iter().filter_map(|it| Glob::new(it).ok()).collect();
    let (links, hints): (Vec<_>, Vec<_>) =
        listed(hints, ' ').into_iter().partition(|it| it.starts_with("link:"));
    Some(Part {
        name,
        class,
        kinds: listed(kinds, ' ').into_iter().filter_map(used_on).collect(),
        covered_by: (covered_by != "-").then_some(covered_by),
        relation,
        files: globs(listed(files, ' ')),
        headings: listed(headings, '|'),
        hints: globs(hints),
        links: links.iter().filter_map(|it| it.strip_prefix("link:")).collect(),
    })
}

fn used_on(word: &str) -> Option<UsedOn> {
    match word {
        "code" => Some(UsedOn::Code),
        "data" => Some(UsedOn::Data),
        "model" => Some(UsedOn::Model),
        _ => None,
    }
}

fn closed(row: &[&'static str]) -> Option<Closed> {
    let [tag, comes_to, _] = row[..] else { return None };
    let comes_to = match comes_to {
        "deny" => Verdict::Denied,
        "review" => Verdict::Review,
        _ => return None,
    };
    Some(Closed { tag: Tag::parse(tag)?, comes_to })
}

#[cfg(test)]
mod tests {
    use caveat_core::library::Library;
    use caveat_core::tags::tags;

    use super::*;

    #[test]
    fn every_line_of_both_tables_is_understood() {
        let lines = |it: &str| it.lines().filter(|it| !it.starts_with('#')).count();
        assert_eq!(PARTS.len(), lines(include_str!("../../data/openness.tsv")));
        assert_eq!(CLOSED.len(), lines(include_str!("../../data/closed-tags.tsv")));
        for it in PARTS.iter() {
            assert!(!it.kinds.is_empty(), "{}", it.name);
            assert_eq!(it.covered().is_some(), it.covered_by.is_some(), "{}", it.name);
        }
        // The framework's own tool asks for so many parts in each class.
        let asked = |class| PARTS.iter().filter(|it| it.class >= class).count();
        assert_eq!([Openness::MofIII, Openness::MofII, Openness::MofI].map(asked), [6, 10, 14]);
    }

    /// Both tables and the list of the Open Source Initiative have to agree.
    #[test]
    fn no_license_that_is_approved_as_open_source_is_closed() {
        let library = Library::embedded();
        let mut closed = 0;
        for id in library.ids() {
            let terms = library.terms(id).expect("an id has terms");
            let tags = tags(terms);
            let limits = tags.iter().filter(|it| CLOSED.iter().any(|closed| closed.tag == it.tag));
            let limits: Vec<_> = limits.map(|it| it.tag.name()).collect();
            closed += usize::from(!limits.is_empty());
            assert!(!terms.license.osi_approved || limits.is_empty(), "{id}: {limits:?}");
        }
        assert!(closed > 80, "{closed}");
    }
}
