//! `setup.py`: what a package says of itself inside a program, which is read and never run.

use crate::component::Scope;
use crate::readers::manifest;
use crate::readers::named_in_code::{Entry, keywords};
use crate::readers::python::{Facts, words};
use crate::readers::requirement::Requirement;
use crate::reading::{Meant, Read, Reader, Reading};
use crate::source::{Source, Spanned};

/// The reader of `setup.py`.
pub(super) const READER: Reader = Reader {
    name: "setup-py",
    reads: "the license and the dependencies of a package in setup.py",
    wants: |path| path == "setup.py" || path.ends_with("/setup.py"),
    read: Read::Text(read),
};

/// Extras that only those want who work on the package.
const FOR_DEVELOPERS: [&str; 9] =
    ["all_dev", "ci", "dev", "develop", "doc", "docs", "lint", "test", "tests"];

fn read(source: &Source) -> Reading {
    let mut facts = Facts::default();
    for argument in keywords(&source.text, "setup") {
        let texts: Vec<(&Entry, Spanned<String>)> =
            argument.texts.iter().filter_map(|it| Some((it, spanned(source, it)?))).collect();
        let mut first = texts.iter().map(|(_, it)| it.clone());
        match argument.name.as_str() {
            "name" => facts.name = first.next(),
            "version" => facts.version = first.next(),
            "license" => {
                facts
                    .licenses
                    .extend(first.next().into_iter().flat_map(|it| words(it, Meant::Name)));
            }
            "license_expression" => {
                let words = first.next().map(|it| manifest::wording(it, Meant::Expression));
                facts.licenses.extend(words);
            }
            "license_file" | "license_files" => facts.files.extend(first),
            "classifiers" => facts.classifiers.extend(first),
            "install_requires" | "requires" => needs(&mut facts, &texts, |_| Scope::Normal),
            "setup_requires" => needs(&mut facts, &texts, |_| Scope::Build),
            "tests_require" => needs(&mut facts, &texts, |_| Scope::Dev),
            "extras_require" => needs(&mut facts, &texts, |it| match it.key.as_deref() {
                Some(key) if FOR_DEVELOPERS.contains(&key) => Scope::Dev,
                Some(_) | None => Scope::Optional,
            }),
            _ => {}
        }
    }
    Reading { sightings: facts.sighting().into_iter().collect(), problems: Vec::new() }
}

fn spanned(source: &Source, entry: &Entry) -> Option<Spanned<String>> {
    let text = source.text.get(entry.at.clone())?;
    Some(Spanned::new(text.to_owned(), source.span(entry.at.clone())))
}

fn needs(facts: &mut Facts, texts: &[(&Entry, Spanned<String>)], scope: impl Fn(&Entry) -> Scope) {
    let found = texts.iter().filter_map(|(entry, it)| {
        // Only a lockfile tells which version it came to.
        let needed = Requirement { version: None, ..Requirement::parse(it)? };
        Some(needed.need(scope(entry)))
    });
    facts.uses.extend(found);
}
