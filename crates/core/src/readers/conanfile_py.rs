//! `conanfile.py`: what a Conan recipe says of its package, read and never run.

use crate::component::Scope;
use crate::readers::cpp::{conan_need, conan_package};
use crate::readers::manifest;
use crate::readers::named_in_code::{Entry, Keyword, assignments, first_arguments};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Source, Spanned};
use crate::value::part;

/// The reader of Conan recipes.
pub(super) const READER: Reader = Reader {
    name: "conanfile-py",
    reads: "the license of a package in conanfile.py, and what it requires",
    wants: |path| path.rsplit('/').next() == Some("conanfile.py"),
    read: Read::Text(read),
};

fn read(source: &Source) -> Reading {
    let said = assignments(&source.text);
    let texts = |name: &str| -> Vec<Spanned<String>> {
        let all = said.iter().filter(|it: &&Keyword| it.name == name).flat_map(|it| &it.texts);
        all.filter_map(|it: &Entry| spanned(source, it.at.clone())).collect()
    };
    let calls = |name| first_arguments(&source.text, name).into_iter();
    let called = |name| calls(name).filter_map(|it| spanned(source, it)).collect::<Vec<_>>();
    let (mut uses, mut sightings) = (Vec::new(), Vec::new());
    for (references, scope) in [
        ([texts("requires"), called("requires")].concat(), Scope::Normal),
        ([texts("tool_requires"), called("tool_requires")].concat(), Scope::Build),
        ([texts("build_requires"), called("build_requires")].concat(), Scope::Build),
        ([texts("test_requires"), called("test_requires")].concat(), Scope::Dev),
    ] {
        for reference in references {
            let Some((name, version)) = reference.value.split_once('/') else { continue };
            let name = part(&reference, 0..name.len());
            uses.extend(conan_need(&name, version, scope));
            sightings.extend(conan_package(&name, version));
        }
    }
    let licenses: Vec<_> =
        texts("license").into_iter().map(|it| manifest::wording(it, Meant::Expression)).collect();
    let name = texts("name").into_iter().next();
    let first = licenses.first().map(|it| it.raw.at).or(uses.first().map(|it| it.target.at));
    let mut own = match (name, first) {
        (Some(name), _) => {
            let version = texts("version").into_iter().next().map(|it| it.value);
            let subject =
                Subject::Package { ecosystem: "conan", name: name.value.clone(), version };
            manifest::sighting(subject, name)
        }
        (None, Some(at)) => Sighting::new(Subject::Directory, None, at),
        (None, None) => return Reading::default(),
    };
    own.licenses = licenses;
    own.uses = uses;
    sightings.push(own);
    Reading { sightings, problems: Vec::new() }
}

fn spanned(source: &Source, at: std::ops::Range<usize>) -> Option<Spanned<String>> {
    let text = source.text.get(at.clone())?;
    Some(Spanned::new(text.to_owned(), source.span(at)))
}
