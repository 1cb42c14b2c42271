//! Whether credit is kept or given: copyright lines, authors, or the exact words that a license asks
//! for.

use caveat_core::component::Origin;
use caveat_core::source::{Source, Span};
use caveat_core::terms::WrittenFor;
use caveat_core::texts::looks_like_license;

use super::{Matter, Proof, changes, notice};
use crate::exhibits::Purpose;
use crate::home::Home;
use crate::package::hub_name;
use crate::phrase::{Phrase, Text};
use crate::travel::carries;

/// A license that is longer has copyright lines of its own.
const SHORT: usize = 6_000;

/// What stands in a template, or speaks of copyright without naming anybody.
const NOBODY: [&str; 22] = [
    "[yyyy]",
    "[year]",
    "<year>",
    "{year}",
    "{yyyy}",
    "[fullname]",
    "[name",
    "<name",
    "<owner",
    "<holder",
    "<copyright",
    "{name",
    "copyright holder",
    "copyright owner",
    "copyright notice",
    "copyright law",
    "copyright statement",
    "copyright license",
    "copyright and ",
    "copyright interest",
    "copyright in ",
    "of copyright",
];

/// Beginnings of lines that name whoever made something.
const MAKERS: [&str; 42] = [
    "author",
    "authors",
    "creator",
    "creators",
    "credit",
    "credits",
    "created by",
    "made by",
    "photos by",
    "collected by",
    "curated by",
    "developed by",
    "trained by",
    "released by",
    "provided by",
    "published by",
    "maintained by",
    "written by",
    "built by",
    "contributed by",
    "copyright by",
    "shared by",
    "developer",
    "developers",
    "model developer",
    "model developers",
    "model creator",
    "original model",
    "original author",
    "original authors",
    "model author",
    "model authors",
    "organization developing the model",
    "organisation developing the model",
    "publisher",
    "maintainer",
    "maintainers",
    "contributors",
    "attribution",
    "citation",
    "citation information",
    "cite",
];

/// Words behind the name of whoever made something.
const MADE_THIS: [&str; 5] =
    ["developed this", "created this", "released this", "trained this", "collected this"];

const ALL: [Purpose; 7] = [
    Purpose::Credits,
    Purpose::Notice,
    Purpose::License,
    Purpose::Page,
    Purpose::Terms,
    Purpose::Text,
    Purpose::Program,
];

pub(super) fn proof(it: &Matter<'_, '_>) -> Proof {
    if !it.duty.any_of.is_empty() {
        return notice::fixed(it);
    }
    let own = own(it);
    let line = own.iter().find_map(|source| {
        let text = before_foreign_lines(it, source)?;
        copyright_line(text).map(|at| source.span(at))
    });
    if let Some(at) = line {
        return Proof::met(vec![at]);
    }
    let Home::Folders(_) = it.home else {
        return Proof::unchecked("whose lines have to be kept, its sources tell");
    };
    if is_given(it) {
        return given(it, &own);
    }
    let emptied = own.iter().find(|source| {
        let above = Phrase::plain("above copyright notice");
        source.text.len() < SHORT && Text::new(&source.text).find(&above).is_some()
    });
    match emptied {
        Some(source) => {
            let why =
                format!("`{}` speaks of a copyright notice above, and none is there", source.name);
            let first = source.text.find('\n').unwrap_or(source.text.len());
            let at = Some(source.span(0..first));
            let remedy = it.remedy(source.name.rsplit('/').next(), None);
            Proof { at, remedy, evidence: vec![source.span(0..0)], ..Proof::unmet(why) }
        }
        None => Proof::unchecked("nothing here tells which lines the work came with"),
    }
}

/// Whether credit is due even where the work came without a line of it.
fn is_given(it: &Matter<'_, '_>) -> bool {
    it.duty.given || it.held.terms.license.written_for == WrittenFor::Data
}

fn given(it: &Matter<'_, '_>, own: &[&Source]) -> Proof {
    let credits = it.texts(&[Purpose::Credits]);
    if let Some(source) = credits.first() {
        return Proof::met(vec![source.span(0..0)]);
    }
    let pages = own.iter().filter(|it| {
        crate::exhibits::purpose(&it.name)
            .is_some_and(|it| matches!(it, Purpose::Page | Purpose::Text | Purpose::Notice))
    });
    // What is only a part of its folder is described where that is.
    let folder = it.folder().unwrap_or_default();
    let mut around = it.documents(&[Purpose::Page]);
    around.retain(|it| crate::exhibits::parent(&it.name) == folder);
    let pages = pages.copied().chain(around);
    let maker = pages.clone().find_map(|source| {
        let at = maker(&source.text)?;
        Some(source.span(at))
    });
    if let Some(at) = maker.or_else(|| upstream(it, &pages.collect::<Vec<_>>())) {
        return Proof::met(vec![at]);
    }
    let remedy = it.remedy(None, None);
    Proof { remedy, ..Proof::unmet("nothing beside it says who made it") }
}

/// The component's own texts; of an installed package those that were read.
fn own<'a>(it: &Matter<'_, 'a>) -> Vec<&'a Source> {
    if *it.home != Home::Installed {
        return it.texts(&ALL);
    }
    let texts = it.component.claims.iter().filter(|it| it.evidence.origin == Origin::Text);
    texts.filter_map(|claim| it.ground.sources.get(claim.raw.at.source)).collect()
}

/// The part of a text in which a copyright line is about the work: of a long license only what
/// stands above its title.
fn before_foreign_lines<'s>(it: &Matter<'_, '_>, source: &'s Source) -> Option<&'s str> {
    let texts =
        it.component.claims.iter().filter(|claim| {
            claim.evidence.origin == Origin::Text && claim.raw.at.source == source.id
        });
    let title = texts.map(|claim| claim.raw.at.start as usize).min();
    let is_license = crate::exhibits::purpose(&source.name) == Some(Purpose::License)
        || looks_like_license(&source.text);
    match title {
        Some(title) if source.text.len() > SHORT => source.text.get(..title),
        None if is_license && source.text.len() > SHORT => None,
        Some(_) | None => Some(&source.text),
    }
}

/// A line that says whose copyright it is.
fn copyright_line(text: &str) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start..start + line.trim_end().len();
        start += line.len();
        if names_holder(line) {
            return Some(at);
        }
    }
    None
}

fn names_holder(line: &str) -> bool {
    let lower = line.to_lowercase();
    if line.len() > 400 || NOBODY.iter().any(|it| lower.contains(it)) {
        return false;
    }
    let sign = ["©", "&copy;", "(c) "].iter().find_map(|it| Some((lower.find(it)?, it.len())));
    let word = lower.find("copyright").map(|at| (at, "copyright".len()));
    let tag = lower.find("spdx-filecopyrighttext:").map(|at| (at, "spdx-filecopyrighttext:".len()));
    let Some((at, length)) = tag.or(word).or(sign) else { return false };
    let rest = lower.get(at + length..).unwrap_or_default();
    let words: Vec<&str> = rest
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty() && *it != "c")
        .collect();
    let is_year = |it: &&str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    let has_year = words.first().is_some_and(is_year) || words.get(1).is_some_and(is_year);
    let has_name = words.iter().any(|it| !is_year(it) && it.chars().any(char::is_alphabetic));
    // A sentence that only speaks of copyright has no year, and no sign.
    let is_sign = sign.is_some_and(|(at, _)| !lower[at..].starts_with('('));
    let begins =
        lower.trim_start_matches(|it: char| !it.is_alphanumeric()).starts_with("copyright");
    has_name && (has_year || tag.is_some() || is_sign || begins)
}

/// A line that names whoever made something, with a name behind it or below it.
fn maker(text: &str) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start..start + line.trim_end().len();
        start += line.len();
        let bare = line.trim_start_matches(|it: char| !it.is_alphanumeric() && it != '@');
        let lower = bare.to_lowercase();
        if made_by(line) {
            return Some(at);
        }
        let named = MAKERS.iter().find(|it| {
            lower.strip_prefix(**it).is_some_and(|it| !it.starts_with(char::is_alphanumeric))
        });
        let Some(word) = named else { continue };
        let is_field = lower[word.len()..].trim_start_matches(['*', '_', '`', '"']).trim_start();
        let follows = is_field.trim_start_matches([':', '=', '{']).trim();
        let heads = line.trim_start().starts_with('#') && names_somebody(text.get(start..)?);
        if heads || word.contains(' ') && !follows.is_empty() {
            return Some(at);
        }
        if is_field.starts_with([':', '=']) && follows.chars().any(char::is_alphabetic) {
            return Some(at);
        }
        if is_field.starts_with(':') && text.get(start..)?.trim_start().starts_with('-') {
            return Some(at);
        }
    }
    None
}

/// Whether a line says by whom something was made, anywhere in it: "…, created by Jane Doe", "Lumen
/// developed this model".
fn made_by(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let begins = |name: &str| {
        let name = name.trim_start_matches([' ', ':', '*', '_', '`', '[', '"']);
        name.starts_with(|it: char| it.is_uppercase() || it == '@')
    };
    let behind = MAKERS.iter().filter(|it| it.ends_with(" by")).any(|word| {
        let after = lower.find(word).and_then(|at| line.get(at + word.len()..));
        after.is_some_and(begins)
    });
    behind
        || MADE_THIS.iter().any(|words| {
            let before = lower.find(words).and_then(|at| line.get(..at)).unwrap_or_default();
            let last = before.split_whitespace().next_back().unwrap_or_default();
            begins(last) && !matches!(last, "We" | "I" | "They" | "It" | "Who")
        })
}

fn names_somebody(below: &str) -> bool {
    below.lines().take(4).any(|it| it.chars().filter(|it| it.is_alphabetic()).count() > 2)
}

/// Where a text for people names what this was made from, or whose that is.
fn upstream(it: &Matter<'_, '_>, pages: &[&Source]) -> Option<Span> {
    let made_from = it.ground.made_from(it.component);
    let seen = made_from.iter().filter_map(|(_, it)| it.name.as_deref());
    let stated = it.ground.lineage.stated_by(&it.component.id).iter();
    let unseen = stated.filter(|it| carries(it.how)).filter_map(|it| hub_name(&it.to));
    let names: Vec<&str> = seen.chain(unseen).filter(|it| it.contains('/')).collect();
    pages.iter().find_map(|source| {
        let (body, offset) = changes::body(source);
        let words = Text::new(body);
        let at = names.iter().find_map(|it| words.holds_address(it))?;
        Some(source.span(at.start + offset..at.end + offset))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_holder_or_only_speaks_of_copyright() {
        let check = |line, expected| assert_eq!(names_holder(line), expected, "{line}");
        check("Copyright (c) 2024 Acme Tools", true);
        check("// Copyright 2019-2023, The Harbor Authors.", true);
        check("© 2025 Shore Photo Collective", true);
        check("SPDX-FileCopyrightText: 2024 Acme", true);
        check("Copyright Jane Doe", true);
        check("Copyright (c) <year> <copyright holders>", false);
        check("Copyright [yyyy] [name of copyright owner]", false);
        check("The above copyright notice shall be included", false);
        check("(c) You must retain all notices", false);
    }

    #[test]
    fn a_page_names_a_maker() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(maker(text).and_then(|it| text.get(it)), expected, "{text}");
        };
        check("Made by the Shore Collective.\n", Some("Made by the Shore Collective."));
        check("- **Authors:** J. Doe\n", Some("- **Authors:** J. Doe"));
        check("## Citation\n\nDoe 2024\n", Some("## Citation"));
        check("  author = {Doe, J.}\n", Some("  author = {Doe, J.}"));
        check("Photos, created by Jane Doe.\n", Some("Photos, created by Jane Doe."));
        check("- **Developed by:** [Lumen](x)\n", Some("- **Developed by:** [Lumen](x)"));
        check("Lumen developed this model.\n", Some("Lumen developed this model."));
        check("We developed this model.\n", None);
        check("It was created by us and made by hand.\n", None);
        check("Authors of papers may ask.\n", None);
        check("## Citation\n", None);
    }
}
