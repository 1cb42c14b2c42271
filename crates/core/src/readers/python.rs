//! `pyproject.toml` and `setup.cfg` of the project's own packages.

use crate::component::{Kind, Origin, Scope, Use};
use crate::installed::python_name;
use crate::readers::license_text;
use crate::readers::manifest::{self, Tables};
use crate::readers::python_needs;
use crate::readers::requirement::Requirement;
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::{Source, Spanned};

/// The reader of `pyproject.toml`.
pub(super) const PYPROJECT: Reader = Reader {
    name: "pyproject",
    reads: "the license of a package in pyproject.toml",
    wants: |path| path == "pyproject.toml" || path.ends_with("/pyproject.toml"),
    read: Read::Text(read_pyproject),
};

/// The reader of `setup.cfg`.
pub(super) const SETUP_CFG: Reader = Reader {
    name: "setup-cfg",
    reads: "the license of a package in setup.cfg",
    wants: |path| path == "setup.cfg" || path.ends_with("/setup.cfg"),
    read: Read::Text(read_setup_cfg),
};

/// Begins a classifier about the license.
const CLASSIFIER: &str = "License ::";

/// A classifier that names no license.
const OPEN_SOURCE: &str = "License :: OSI Approved";

/// Begins a classifier that keeps the index from accepting the package.
const PRIVATE: &str = "Private ::";

fn read_pyproject(source: &Source) -> Reading {
    let tables = Tables::parse(source);
    let mut facts = Facts::default();
    for table in [&["project"][..], &["tool", "poetry"]] {
        let field = |name| [table, &[name]].concat();
        facts.name = facts.name.or_else(|| tables.string(&field("name")));
        facts.version = facts.version.or_else(|| tables.string(&field("version")));
        let license = tables.string(&field("license"));
        facts.licenses.extend(license.into_iter().flat_map(|it| words(it, Meant::Expression)));
        facts.classifiers.extend(tables.strings(&field("classifiers")));
        facts.files.extend(tables.strings(&field("license-files")));
        for pattern in ["paths", "globs"] {
            facts.files.extend(tables.strings(&[table, &["license-files", pattern]].concat()));
        }
    }
    let text = tables.string(&["project", "license", "text"]);
    facts.licenses.extend(text.into_iter().flat_map(|it| words(it, Meant::Name)));
    let file = tables.string(&["project", "license", "file"]);
    facts.licenses.extend(file.map(|it| manifest::wording(it, Meant::File)));
    facts.uses = python_needs::uses(|path| tables.node(path));
    let sightings = facts.sighting().into_iter().collect();
    Reading { sightings, problems: tables.problems }
}

fn read_setup_cfg(source: &Source) -> Reading {
    let mut facts = Facts::default();
    for (key, values) in entries(source) {
        if let Some(scope) = scope(&key) {
            let needs = values.iter().filter_map(Requirement::parse);
            facts.uses.extend(needs.map(|it| Requirement { version: None, ..it }.need(scope)));
            continue;
        }
        let Some(key) = key.strip_prefix("metadata.") else { continue };
        let mut values = values.into_iter();
        match key {
            "name" => facts.name = values.next(),
            "version" => {
                facts.version = values.next().filter(|it| !it.value.contains(':'));
            }
            "license" | "licence" => {
                facts.licenses.extend(values.next().map(|it| manifest::wording(it, Meant::Name)));
            }
            "license_expression" => {
                let words = values.next();
                facts.licenses.extend(words.map(|it| manifest::wording(it, Meant::Expression)));
            }
            "license_file" | "license_files" => facts.files.extend(values),
            "classifiers" | "classifier" => facts.classifiers.extend(values),
            _ => {}
        }
    }
    Reading { sightings: facts.sighting().into_iter().collect(), problems: Vec::new() }
}

/// What a file says of a package.
#[derive(Default)]
pub(super) struct Facts {
    /// Its name.
    pub(super) name: Option<Spanned<String>>,
    /// Its version.
    pub(super) version: Option<Spanned<String>>,
    /// Words about its license.
    pub(super) licenses: Vec<Wording>,
    /// What the index sorts it by; some name licenses.
    pub(super) classifiers: Vec<Spanned<String>>,
    /// Where its license texts are.
    pub(super) files: Vec<Spanned<String>>,
    /// What it needs.
    pub(super) uses: Vec<Use>,
}

impl Facts {
    /// All of it as one sighting; nothing where nothing is said.
    pub(super) fn sighting(mut self) -> Option<Sighting> {
        for it in &self.classifiers {
            let is_vague = it.value == OPEN_SOURCE && !self.licenses.is_empty();
            if it.value.starts_with(CLASSIFIER) && !is_vague {
                self.licenses.push(manifest::wording(it.clone(), Meant::Name));
            }
        }
        // Beside a license they only say which files to ship.
        if self.licenses.is_empty() {
            let files = self.files.into_iter();
            self.licenses.extend(files.map(|it| manifest::wording(it, Meant::File)));
        }
        let mut seen = if let Some(name) = self.name {
            let version = self.version.map(|it| it.value);
            let subject =
                Subject::Package { ecosystem: "pypi", name: python_name(&name.value), version };
            manifest::sighting(subject, name)
        } else {
            let license = self.licenses.first().map(|it| it.raw.at);
            let at = license.or(self.uses.first().map(|it| it.target.at))?;
            Sighting::new(Subject::Directory, Some(Kind::Code), at)
        };
        seen.licenses = self.licenses;
        seen.uses = self.uses;
        seen.private = self.classifiers.iter().any(|it| it.value.starts_with(PRIVATE));
        Some(seen)
    }
}

/// The words of a license field, which may hold a whole text.
pub(super) fn words(raw: Spanned<String>, meant: Meant) -> Vec<Wording> {
    if license_text::is_whole(&raw.value) {
        return license_text::of_field(&raw, Origin::Manifest);
    }
    vec![manifest::wording(raw, meant)]
}

/// Whether what stands under a key of `setup.cfg` are needs, and for what.
fn scope(key: &str) -> Option<Scope> {
    match key {
        "options.install_requires" => Some(Scope::Normal),
        "options.setup_requires" => Some(Scope::Build),
        "options.tests_require" => Some(Scope::Dev),
        _ => key.starts_with("options.extras_require.").then_some(Scope::Optional),
    }
}

/// The keys of an INI file, each with its section before it, and their lines.
fn entries(source: &Source) -> Vec<(String, Vec<Spanned<String>>)> {
    let mut found: Vec<(String, Vec<Spanned<String>>)> = Vec::new();
    let (mut section, mut start) = (String::new(), 0);
    for line in source.text.split_inclusive('\n') {
        let content = line.trim_start_matches('\u{feff}').trim();
        let is_continued = line.starts_with([' ', '\t']);
        let at = start + line.find(content).unwrap_or(0);
        start += line.len();
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        if content.starts_with('[') && !is_continued {
            content.trim_matches(['[', ']']).trim().clone_into(&mut section);
            continue;
        }
        let split = content.find(['=', ':']).filter(|_| !is_continued);
        let (key, value) = match split {
            Some(split) => (Some(&content[..split]), &content[split + 1..]),
            None => (None, content),
        };
        if let Some(key) = key {
            let key = key.trim().to_ascii_lowercase().replace('-', "_");
            found.push((format!("{section}.{key}"), Vec::new()));
        }
        let value_at = at + content.len() - value.trim_start().len();
        let value = value.trim();
        if let (Some((_, values)), false) = (found.last_mut(), value.is_empty()) {
            let range = value_at..value_at + value.len();
            values.push(Spanned::new(value.to_owned(), source.span(range)));
        }
    }
    found
}
