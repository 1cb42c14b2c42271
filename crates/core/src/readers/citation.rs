//! `CITATION.cff`: the license of whatever it says how to cite.

use crate::component::Kind;
use crate::readers::sidecar::{self, file_name};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::{Problem, Source};
use crate::value::{Value, yaml};

/// The reader of citation files.
pub(super) const READER: Reader = Reader {
    name: "citation",
    reads: "the license in CITATION.cff",
    wants: |path| path.to_ascii_lowercase().ends_with(".cff"),
    read: Read::Text(read),
};

fn read(source: &Source) -> Reading {
    let parsed = yaml::parse(source);
    let mut reading = Reading { sightings: Vec::new(), problems: parsed.problems.clone() };
    let is_citation = |it: &&crate::value::Node| it.get("cff-version").is_some();
    let Some(root) = parsed.root().filter(is_citation) else {
        // Other formats have the same ending.
        return if source.text.contains("cff-version") { reading } else { Reading::default() };
    };
    // What it says in `references` is of other works.
    let kind = sidecar::first(root, &["type"]).and_then(|it| match it.value.as_str() {
        "dataset" => Some(Kind::Dataset),
        "software" => Some(Kind::Code),
        _ => None,
    });
    let is_canonical = file_name(&source.name).eq_ignore_ascii_case("citation.cff");
    let subject = if is_canonical { Subject::Directory } else { Subject::File };
    let mut seen = Sighting::new(subject, kind, root.at);
    if let Some(license) = root.get("license") {
        let words = sidecar::scalars(license).filter(|it| !it.value.trim().is_empty());
        seen.licenses.extend(words.map(|it| sidecar::wording(it, Meant::Expression)));
        if matches!(license.value, Value::List(_)) && seen.licenses.len() > 1 {
            let mut problem = Problem::new(license.at, "a list of licenses leaves a choice");
            problem.help = Some("until one is chosen, all of them are taken to bind".to_owned());
            reading.problems.push(problem);
        }
    }
    if seen.licenses.is_empty() {
        let link = sidecar::first(root, &["license-url"]);
        seen.licenses.extend(link.map(|it| sidecar::wording(it, Meant::Name)));
    }
    // A citation without a license says nothing of what is cited.
    if let Some(first) = seen.licenses.first() {
        seen.at = first.raw.at;
        reading.sightings.push(seen);
    }
    reading
}
