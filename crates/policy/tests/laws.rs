//! Laws of dates and patterns.

use caveat_policy::date::{Date, Period, Unit};
use caveat_policy::glob::{BadGlob, Glob, LicensePattern};
use proptest::prelude::*;

fn date() -> impl Strategy<Value = Date> {
    (1u16..=9999, 1u8..=12, 1u8..=31)
        .prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day))
}

fn days(count: u32) -> Period {
    Period { count, unit: Unit::Day }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_date_is_what_it_is_written_as(date in date()) {
        prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
    }

    #[test]
    fn days_between_add_up_and_follow_the_order(a in date(), b in date(), c in date()) {
        prop_assert_eq!(a.days_until(b) + b.days_until(c), a.days_until(c));
        prop_assert_eq!(a.cmp(&b), 0.cmp(&a.days_until(b)));
    }

    #[test]
    fn days_are_added_and_taken_away(date in date(), count in 0u32..100_000) {
        let later = date.plus(days(count));
        if later != Date::LAST {
            prop_assert_eq!(date.days_until(later), i64::from(count));
            prop_assert_eq!(later.minus(days(count)), date);
        }
    }

    #[test]
    fn every_day_has_one_before_it(date in date()) {
        let before = date.minus(days(1));
        prop_assert!(date == before || before.plus(days(1)) == date);
        prop_assert_eq!(before.days_until(date), i64::from(date != before));
    }

    #[test]
    fn nothing_is_a_date_that_is_not_one(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}|\\PC{0,12}") {
        if let Some(date) = Date::parse(&text) {
            prop_assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn a_path_pattern_means_what_its_definition_says(pattern in "[ab?*/]{1,8}", path in "[ab/é]{0,10}") {
        if let Ok(glob) = Glob::new(&pattern) {
            prop_assert_eq!(glob.matches(&path), by_definition(&pattern, &path), "{} on {}", pattern, path);
        }
    }

    #[test]
    fn a_path_of_names_is_told_apart(pattern in "(a|b|\\*|\\*\\*|a\\*|\\?b)(/(a|b|\\*|\\*\\*|\\*b\\*|\\?)){0,5}", path in "(a|b|ab|bab)(/(a|b|ab|bab)){0,6}") {
        if let Ok(glob) = Glob::new(&pattern) {
            prop_assert_eq!(glob.matches(&path), by_definition(&pattern, &path), "{} on {}", pattern, path);
        }
    }
}

/// The slow and plain definition: folder by folder, letter by letter.
fn by_definition(pattern: &str, path: &str) -> bool {
    let literal = !pattern.contains(['*', '?']);
    let below = literal || pattern.ends_with('/');
    let pattern = pattern.trim_start_matches("./").trim_matches('/');
    let mut folders: Vec<&str> = pattern.split('/').collect();
    if below {
        folders.push("**");
    }
    folders_match(&folders, &path.split('/').collect::<Vec<_>>())
}

fn folders_match(pattern: &[&str], path: &[&str]) -> bool {
    match pattern {
        [] => path.is_empty(),
        ["**"] => true,
        ["**", rest @ ..] => {
            folders_match(rest, path) || (!path.is_empty() && folders_match(pattern, &path[1..]))
        }
        [folder, rest @ ..] => {
            let letters = |it: &str| it.chars().collect::<Vec<_>>();
            path.first().is_some_and(|it| name_matches(&letters(folder), &letters(it)))
                && folders_match(rest, &path[1..])
        }
    }
}

fn name_matches(pattern: &[char], name: &[char]) -> bool {
    match pattern {
        [] => name.is_empty(),
        ['*', rest @ ..] => {
            name_matches(rest, name) || (!name.is_empty() && name_matches(pattern, &name[1..]))
        }
        ['?', rest @ ..] => !name.is_empty() && name_matches(rest, &name[1..]),
        [letter, rest @ ..] => name.first() == Some(letter) && name_matches(rest, &name[1..]),
    }
}

#[test]
fn months_end_where_they_end() {
    let check = |from: &str, period, expected: &str| {
        let later = Date::parse(from).unwrap().plus(Period::parse(period).unwrap());
        assert_eq!(later.to_string(), expected, "{from} + {period}");
    };
    check("2026-01-31", "1m", "2026-02-28");
    check("2024-02-29", "1y", "2025-02-28");
    check("2024-02-29", "4y", "2028-02-29");
    check("2024-02-28", "1d", "2024-02-29");
    check("1900-02-28", "1d", "1900-03-01");
    check("2000-02-28", "1d", "2000-02-29");
    check("2026-12-31", "1d", "2027-01-01");
    check("2026-11-22", "2w", "2026-12-06");
    check("2026-10-05", "180d", "2027-04-03");
    check("2026-11-30", "3m", "2027-02-28");
    check("9999-01-01", "999999y", "9999-12-31");
    check("0001-01-01", "999999d", "2738-11-28");
    for text in [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-1-1",
        "+026-01-01",
        "0000-01-01",
        "２026-01-1",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
    for text in ["", "d", "12", "1.5d", "-1d", "1 d", "1234567d", "1h", "5é"] {
        assert_eq!(Period::parse(text), None, "{text}");
    }
    assert_eq!(Date::FIRST.minus(days(1)), Date::FIRST);
    assert_eq!(
        Date::parse("2026-03-31").unwrap().minus(Period::parse("1m").unwrap()).to_string(),
        "2026-02-28"
    );
}

#[test]
fn patterns_of_paths() {
    let check = |pattern: &str, path: &str, expected| {
        assert_eq!(Glob::new(pattern).unwrap().matches(path), expected, "{pattern} on {path}");
    };
    check("**", "a/b.rs", true);
    check("services/**", "services/api/main.py", true);
    check("services/**", "services", true);
    check("services/**", "services2/api", false);
    check("models/ship/*/Notice.txt", "models/ship/8b/Notice.txt", true);
    check("models/ship/*/Notice.txt", "models/ship/a/b/Notice.txt", false);
    check("**/testdata/**", "testdata/x", true);
    check("**/testdata/**", "a/b/testdata/x/y", true);
    check("**/testdata/**", "a/mytestdata/x", false);
    check("exp/**/papers/**", "exp/papers/a.pdf", true);
    check("services", "services/api", true);
    check("./services/", "services/api", true);
    check("/services/", "services", true);
    check("apps/[id]/page.tsx", "apps/[id]/page.tsx", true);
    check("*.gguf", "models/a.gguf", false);
    check("**/*.gguf", "a.gguf", true);
    check("a/?.txt", "a/é.txt", true);
    check("a?b", "a/b", false);
    check("A", "a", false);
}

#[test]
fn what_is_no_pattern_is_refused() {
    let check =
        |pattern: &str, expected| assert_eq!(Glob::new(pattern).err(), Some(expected), "{pattern}");
    check("", BadGlob::Empty);
    check("/", BadGlob::Empty);
    check("a**/b", BadGlob::DeepInsideName);
    check("a\\b", BadGlob::Backslash);
    check("*.{rs,py}", BadGlob::Braces);
    check("!a", BadGlob::Negated);
    check("a/../../b", BadGlob::Parent);
}

#[test]
fn hostile_patterns_come_to_an_end() {
    let path = "a".repeat(3_000) + "/" + &"a/".repeat(3_000);
    let pattern = "**/".to_owned() + &"a*".repeat(500) + "/**/" + &"*a/**/".repeat(100) + "b";
    assert!(!Glob::new(&pattern).unwrap().matches(&path));
    assert!(!LicensePattern::new(&("*a".repeat(2_000) + "b")).matches(&"a".repeat(20_000)));
}

#[test]
fn patterns_of_licenses() {
    let check = |pattern, license, expected| {
        assert_eq!(
            LicensePattern::new(pattern).matches(license),
            expected,
            "{pattern} on {license}"
        );
    };
    check("LGPL-*", "LGPL-2.1-only", true);
    check("lgpl-*", "LGPL-2.1-only", true);
    check("LGPL-*", "GPL-2.0-only", false);
    check("*", "MIT", true);
    check("MIT", "mit", true);
    check("MIT", "MIT-0", false);
    check("GPL-?.0-only", "GPL-3.0-only", true);
    check("*GPL*WITH*", "GPL-2.0-only WITH Classpath-exception-2.0", true);
    check("a/*", "a/b/c", true);
}
