//! `package.json` of the project's own packages.

use jsonc_parser::ast::{Object, ObjectProp, StringLit, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::component::{Kind, Scope, Use};
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject, Wording};
use crate::source::{Problem, Source, Spanned};

/// The reader of npm manifests.
pub(super) const READER: Reader = Reader {
    name: "npm-manifest",
    reads: "the license of a package in package.json",
    wants: |path| path == "package.json" || path.ends_with("/package.json"),
    read: Read::Text(read),
};

/// Comes before the path of a license file, in the license field.
const SEE: &str = "SEE LICENSE IN ";

/// The fields that name other packages, and when they are needed. A peer is there already where
/// it is needed at all.
const NEEDS: [(&str, Scope); 4] = [
    ("dependencies", Scope::Normal),
    ("devDependencies", Scope::Dev),
    ("optionalDependencies", Scope::Optional),
    ("peerDependencies", Scope::Optional),
];

/// How many licenses of a list are read.
const LIST_LIMIT: usize = 100;

fn read(source: &Source) -> Reading {
    let mut reading = Reading::default();
    let file = Json { source, skipped: source.text.len() - body(source).len() };
    match parse_to_ast(body(source), &CollectOptions::default(), &ParseOptions::default()) {
        Ok(parsed) => {
            if let Some(Value::Object(root)) = &parsed.value {
                reading.sightings.extend(package(&file, root));
            }
        }
        Err(error) => {
            let range = file.bounded(error.range().start, error.range().end);
            reading.problems.push(Problem::new(source.span(range), error.kind().to_string()));
        }
    }
    reading
}

fn package(file: &Json<'_>, root: &Object<'_>) -> Option<Sighting> {
    let name = root.get_string("name").and_then(|it| file.string(it));
    let version = root.get_string("version").and_then(|it| file.string(it)).map(|it| it.value);
    let mut seen = if let Some(name) = name {
        let subject = Subject::Package { ecosystem: "npm", name: name.value.clone(), version };
        manifest::sighting(subject, name)
    } else {
        let at = file.source.span(file.bounded(root.start(), root.start() + 1));
        Sighting::new(Subject::Directory, Some(Kind::Code), at)
    };
    seen.private = root.get_boolean("private").is_some_and(|it| it.value);
    for field in ["license", "licenses"] {
        match root.get(field).map(|it| &it.value) {
            Some(Value::Array(list)) => {
                let each = list.elements.iter().take(LIST_LIMIT);
                seen.licenses.extend(each.filter_map(|it| license(file, it)));
            }
            Some(value) => seen.licenses.extend(license(file, value)),
            None => {}
        }
    }
    // What npm itself understands by the word, which is no license id.
    seen.private |= seen.licenses.iter().any(|it| it.raw.value == "UNLICENSED");
    for (field, scope) in NEEDS {
        let needs = root.get_object(field).map(|it| it.properties.as_slice()).unwrap_or_default();
        seen.uses.extend(needs.iter().filter_map(|it| need(file, it, scope)));
    }
    let says_something = !seen.names.is_empty()
        || !seen.uses.is_empty()
        || !seen.licenses.is_empty()
        || seen.private;
    says_something.then_some(seen)
}

/// A package that is needed; its version only a lockfile tells.
fn need(file: &Json<'_>, property: &ObjectProp<'_>, scope: Scope) -> Option<Use> {
    let range = file.bounded(property.name.start(), property.name.end());
    let key = manifest::written(file.source, range, property.name.as_str());
    let version = property.value.as_string_lit().map_or("", |it| it.value.as_ref());
    let real = version.strip_prefix("npm:").map(|it| match it.rfind('@') {
        Some(at) if at > 0 => &it[..at],
        Some(_) | None => it,
    });
    let name = real.unwrap_or(&key.value);
    (!name.trim().is_empty()).then(|| locked::depends("npm", name, None, scope, key.at))
}

/// One license: a string, or the older form of an object with `type` and `url`.
fn license(file: &Json<'_>, value: &Value<'_>) -> Option<Wording> {
    let string = match value {
        Value::StringLit(it) => it,
        Value::Object(it) => {
            let Some(name) = it.get_string("type").or_else(|| it.get_string("name")) else {
                let address = file.string(it.get_string("url")?)?;
                return Some(manifest::wording(address, Meant::Name));
            };
            name
        }
        _ => return None,
    };
    Some(words(file.string(string)?, manifest::wording))
}

/// The words of a license field, which may point to a file.
pub(super) fn words(
    words: Spanned<String>,
    wording: impl Fn(Spanned<String>, Meant) -> Wording,
) -> Wording {
    let trimmed = words.value.trim();
    let start = words.value.len() - words.value.trim_start().len();
    match trimmed.get(..SEE.len()) {
        Some(see) if see.eq_ignore_ascii_case(SEE) => {
            let path = trimmed[SEE.len()..].trim();
            let range = start + trimmed.len() - path.len()..start + trimmed.len();
            let same = words.at.range().len() == words.value.len();
            let at = if same { words.at.part(range) } else { words.at };
            wording(Spanned::new(path.to_owned(), at), Meant::File)
        }
        _ => wording(words, Meant::Expression),
    }
}

/// The text without its byte order mark, which the parser refuses.
fn body(source: &Source) -> &str {
    source.text.strip_prefix('\u{feff}').unwrap_or(&source.text)
}

/// A file whose parsed part begins after `skipped` bytes.
struct Json<'s> {
    source: &'s Source,
    skipped: usize,
}

impl Json<'_> {
    fn string(&self, literal: &StringLit<'_>) -> Option<Spanned<String>> {
        let range = self.bounded(literal.start(), literal.end());
        let value: &str = &literal.value;
        (!value.trim().is_empty()).then(|| manifest::written(self.source, range, value))
    }

    fn bounded(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let range = start + self.skipped..end + self.skipped;
        let end = self.source.text.len();
        if self.source.text.get(range.clone()).is_some() { range } else { end..end }
    }
}
