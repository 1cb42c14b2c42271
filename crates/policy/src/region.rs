//! Places in which a license may grant something, and in which we are.

use std::fmt;
use std::sync::LazyLock;

use crate::vocabulary::nearest;

/// `code`, name, and the groups that the place belongs to.
const TABLE: &str = include_str!("regions.tsv");

/// A country by its ISO 3166-1 code, a group of countries (`EU`, `EEA`), or the whole world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(&'static str);

impl Region {
    /// Everywhere.
    pub const WORLDWIDE: Self = Self("worldwide");

    /// Reads a code in any case; `UK` and the like are understood.
    pub fn parse(text: &str) -> Option<Self> {
        let alias = ALIASES.iter().find(|(it, _)| it.eq_ignore_ascii_case(text));
        let code = alias.map_or(text, |(_, code)| *code);
        if code == Self::WORLDWIDE.0 {
            return Some(Self::WORLDWIDE);
        }
        let group = GROUPS.iter().copied().find(|it| it.eq_ignore_ascii_case(code));
        let country = || rows().map(|it| it.code).find(|it| it.eq_ignore_ascii_case(code));
        group.or_else(country).map(Self)
    }

    /// The code that somebody who wrote `text` most likely meant.
    pub fn suggestion(text: &str) -> Option<Self> {
        let exact = rows().find(|it| it.name.eq_ignore_ascii_case(text)).map(|it| it.code);
        let near = || {
            let names = rows().map(|it| it.name).chain([Self::WORLDWIDE.0]);
            let name = nearest(text, names).filter(|_| text.len() > 3)?;
            rows().find(|it| it.name == name).map_or(Some(Self::WORLDWIDE.0), |it| Some(it.code))
        };
        exact.or_else(near).map(Self)
    }

    /// Every word for a place, in upper case and as people write it.
    pub fn words() -> Vec<String> {
        let codes = rows().map(|it| it.code).chain(GROUPS).chain(ALIASES.map(|(it, _)| it));
        let both = codes.flat_map(|it| [it.to_owned(), it.to_ascii_lowercase()]);
        let words: std::collections::BTreeSet<String> = both.collect();
        words.into_iter().collect()
    }

    /// The code as text: `NL`, `EU`, `worldwide`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self.0 {
            "worldwide" => "the whole world",
            "EU" => "the European Union",
            "EEA" => "the European Economic Area",
            code => row(code).map_or(code, |it| it.name),
        }
    }

    /// Whether all of `place` lies in this region.
    pub fn contains(self, place: Self) -> bool {
        if self == place || self == Self::WORLDWIDE {
            return true;
        }
        if place == Self::WORLDWIDE {
            return false;
        }
        match row(place.0) {
            Some(country) => country.is_in(self.0),
            None => place.countries().all(|it| it.is_in(self.0)),
        }
    }

    /// Whether the two have any place in common.
    pub fn overlaps(self, other: Self) -> bool {
        let shares = || self.countries().any(|it| it.is_in(other.0));
        self.contains(other) || other.contains(self) || shares()
    }

    /// The countries of a group.
    fn countries(self) -> impl Iterator<Item = &'static Row> {
        rows().filter(move |it| it.is_in(self.0))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Whether all of `place` lies in `region`; codes that nobody knows lie nowhere.
pub fn contains(region: &str, place: &str) -> bool {
    let pair = Region::parse(region).zip(Region::parse(place));
    pair.is_some_and(|(region, place)| region.contains(place))
}

const GROUPS: [&str; 2] = ["EU", "EEA"];

const ALIASES: [(&str, &str); 7] = [
    ("UK", "GB"),
    ("USA", "US"),
    ("EL", "GR"),
    ("world", "worldwide"),
    ("global", "worldwide"),
    ("worldwide", "worldwide"),
    ("ROK", "KR"),
];

#[derive(Clone, Copy, Debug)]
struct Row {
    code: &'static str,
    name: &'static str,
    groups: &'static str,
}

impl Row {
    fn is_in(self, group: &str) -> bool {
        self.groups.split(' ').any(|it| it == group)
    }
}

/// By code, in order.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|it| !it.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let (code, name) = (cells.next()?, cells.next()?);
        Some(Row { code, name, groups: cells.next().unwrap_or_default() })
    });
    rows.collect()
});

fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter()
}

fn row(code: &str) -> Option<&'static Row> {
    let at = ROWS.binary_search_by_key(&code, |it| it.code).ok()?;
    ROWS.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let codes: Vec<_> = rows().map(|it| it.code).collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted(), "sorted, so that a second row for a code would show");
        assert!(codes.windows(2).all(|it| it[0] != it[1]));
        assert!(codes.iter().all(|it| it.len() == 2 && *it == it.to_ascii_uppercase()));
        assert_eq!(rows().filter(|it| it.is_in("EU")).count(), 27);
        assert_eq!(rows().filter(|it| it.is_in("EEA")).count(), 30);
    }

    #[test]
    fn regions_lie_in_one_another() {
        let check = |region, place, expected| {
            assert_eq!(contains(region, place), expected, "{place} in {region}");
        };
        check("EU", "NL", true);
        check("eu", "nl", true);
        check("EU", "UK", false);
        check("EU", "NO", false);
        check("EEA", "NO", true);
        check("EEA", "EU", true);
        check("EU", "EEA", false);
        check("worldwide", "EU", true);
        check("EU", "worldwide", false);
        check("GB", "UK", true);
        check("NL", "EU", false);
        check("XX", "XX", false);
        let overlaps = |a, b| Region::parse(a).zip(Region::parse(b)).unwrap();
        for (a, b, expected) in [
            ("EU", "worldwide", true),
            ("EU", "EEA", true),
            ("EU", "US", false),
            ("NL", "EU", true),
        ] {
            let (a, b) = overlaps(a, b);
            assert_eq!((a.overlaps(b), b.overlaps(a)), (expected, expected), "{a} and {b}");
        }
    }

    #[test]
    fn a_name_leads_to_its_code() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(Region::suggestion(text).map(Region::code), expected, "{text}");
        };
        check("Germany", Some("DE"));
        check("germny", Some("DE"));
        check("worldwyde", Some("worldwide"));
        check("Atlantis", None);
        check("ZZ", None);
    }
}
