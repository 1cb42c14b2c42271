//! `caveat explain`: a license, a rule, a well-known model, or a component.

use std::io::{self, Write};

use caveat_core::catalog::{Catalog, DATE, Entry};
use caveat_core::component::ComponentId;
use caveat_core::inventory::{Component, Relation, Standing, Stated};
use caveat_core::library::{Family, Library, Named};
use caveat_core::terms::{Confidence, Section as Said, Terms, Word, describe};
use caveat_policy::rules;
use caveat_policy::vocabulary::nearest;
use caveat_report::explain::{self as page, Page};
use caveat_report::run::Look;
use caveat_report::sheet::{self, Section, Sheet};

use crate::args::{Arguments, Explain as Request};
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::{look, put};
use crate::scan::{Scan, ScanOptions, scan_with};
use crate::subject::{answers_to, hub_ids};

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let look = look(arguments, false);
    let mut text = Vec::new();
    let written = match (&request.path, rules::named(&request.name)) {
        (Some(path), _) => {
            let scan = scan_with(std::slice::from_ref(path), ScanOptions::default())?;
            let meant = meant(&scan, &request.name)?;
            meant.iter().try_for_each(|it| sheet::write(&component(&scan, it), &look, &mut text))
        }
        (None, Some(rule)) => text.write_all(rule.page.as_bytes()),
        (None, None) => by_name(&request.name, &look, &mut text)?,
    };
    written.map_err(|source| Error::Write { to: "the explanation".to_owned(), source })?;
    put(out, &text)?;
    Ok(CLEAN)
}

/// A license or a family of them.
fn by_name(name: &str, look: &Look, out: &mut Vec<u8>) -> Result<io::Result<()>, Error> {
    let library = Library::embedded();
    match library.named(name) {
        Named::License(id) => Ok(license(library, id, look, out)),
        Named::Ambiguous(it) => Ok(sheet::write(&family(library, it), look, out)),
        Named::Reserved | Named::Placeholder | Named::Unknown => {
            let catalog = Catalog::embedded();
            let found =
                hub_ids(name, None).into_iter().find_map(|it| Some((catalog.entry(&it)?, it)));
            let (entry, id) = found.ok_or_else(|| unknown(library, name))?;
            Ok(sheet::write(&well_known(library, &id, &entry), look, out))
        }
    }
}

/// What the catalogue knows of a model or dataset.
fn well_known<'a>(library: Library, id: &ComponentId, entry: &Entry) -> Sheet<'a> {
    let license = entry.license.text;
    let title = library.license(license).map_or(license, |it| it.name);
    let whom = if entry.is_family {
        format!("all whose id begins with {}", entry.id)
    } else {
        format!("{} alone", entry.id)
    };
    let weight = if entry.read.first_hand {
        "the publisher's own words: believed, unless a policy says [rules] catalog = \"review\""
    } else {
        "told by others: never enough to let it pass"
    };
    let made = entry.made_from.iter();
    Sheet {
        title: format!("{id}: well known, not looked at here"),
        head: vec![
            ("license", format!("{license} ({title})")),
            ("source", entry.source()),
            ("about", whom),
            ("weight", weight.to_owned()),
            ("as of", format!("the catalogue of {DATE}; what the hub has today was not asked")),
        ],
        sections: vec![
            Section {
                title: "made from",
                entries: made.map(|(how, it)| (how.name(), it.text.to_owned())).collect(),
            },
            Section {
                title: "to see more",
                entries: vec![
                    ("", format!("caveat explain {license}")),
                    (
                        "",
                        format!(
                            "caveat may saas {}",
                            id.as_str().trim_start_matches("pkg:huggingface/")
                        ),
                    ),
                ],
            },
        ],
        ..Sheet::default()
    }
}

fn family<'a>(library: Library, family: &'a Family) -> Sheet<'a> {
    let usual = family.usual.or(family.members.first().copied());
    let title = |id: &'a str| library.license(id).map_or("", |it| it.name).to_owned();
    let members = family.members.iter().map(|id| (*id, title(id))).collect();
    Sheet {
        title: format!("{}: a family of licenses that differ", family.name),
        head: vec![("note", family.note.to_owned())],
        sections: vec![
            Section { title: "one of", entries: members },
            Section {
                title: "to see one",
                entries: usual.map(|it| ("", format!("caveat explain {it}"))).into_iter().collect(),
            },
        ],
        ..Sheet::default()
    }
}

fn unknown(library: Library, name: &str) -> Error {
    let rule = rules::RULES.iter().map(|it| it.name);
    let near = library.suggest(name).or_else(|| nearest(name, rule));
    let meant = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
    Error::Unknown {
        what: "license, rule or component",
        name: name.to_owned(),
        help: format!("{meant}`caveat licenses` lists the licenses; a component needs --path"),
    }
}

fn license(library: Library, id: &str, look: &Look, out: &mut Vec<u8>) -> io::Result<()> {
    let Some(terms) = library.terms(id) else {
        let name = library.license(id).map_or(id, |it| it.name);
        let unread = "the license is on the SPDX list, but nobody has read its terms for Caveat \
                      yet: under every policy it comes out as unknown";
        let sheet = Sheet {
            title: name.to_owned(),
            head: vec![("id", id.to_owned()), ("terms", unread.to_owned())],
            ..Sheet::default()
        };
        return sheet::write(&sheet, look, out);
    };
    let sections = describe(terms);
    page::explain(&as_page(terms, &sections), look, out)
}

fn as_page<'a>(terms: &'a Terms, sections: &'a [Said]) -> Page<'a> {
    let license = &terms.license;
    let ids = std::iter::once(&license.id).chain(&license.hub_ids).map(String::as_str);
    let source = license.text.as_ref().and_then(|it| terms.sources.get(it));
    Page {
        title: &license.name,
        ids: ids.collect(),
        category: Some(license.category.name()),
        released: license.released.as_deref(),
        law: license.law.as_deref(),
        source: source.and_then(|it| it.repo.as_deref()).or(license.text.as_deref()),
        sections: sections
            .iter()
            .map(|it| page::Section {
                title: it.heading.title(),
                lines: it.lines.iter().map(as_line).collect(),
            })
            .collect(),
    }
}

fn as_line(line: &caveat_core::terms::Line) -> page::Line<'_> {
    page::Line {
        words: &line.words,
        cite: &line.cite,
        confidence: match line.confidence {
            Confidence::Read => page::Confidence::Read,
            Confidence::Secondary => page::Confidence::Secondary,
        },
    }
}

/// The components that answer to a name.
fn meant<'a>(scan: &'a Scan, name: &str) -> Result<Vec<&'a Component>, Error> {
    let all = || scan.graph.components.values();
    let meant: Vec<_> = all().filter(|it| answers_to(it, name)).collect();
    if !meant.is_empty() {
        return Ok(meant);
    }
    let near = nearest(name, all().map(|it| it.name.as_deref().unwrap_or(it.id.as_str())));
    let near = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
    Err(Error::Unknown {
        what: "component",
        name: name.to_owned(),
        help: format!("{near}`caveat scan PATH` lists the components"),
    })
}

/// What is claimed of a component, what follows, and how it stands to others.
fn component<'a>(scan: &'a Scan, it: &'a Component) -> Sheet<'a> {
    let place = |at| scan.sources.place(at).map(|it| format!("{}:{}", it.path, it.line));
    let place = |at| place(at).unwrap_or_else(|| "nowhere".to_owned());
    let license = match (&it.conclusion.license, &it.conclusion.standing) {
        (_, Standing::Ambiguous(why)) => format!("not clear: {why}"),
        (Some(license), Standing::Clear) => license.to_string(),
        (Some(_) | None, Standing::Clear | Standing::Unknown) => "nobody can say".to_owned(),
    };
    let claims = it.claims.iter().map(|it| {
        let decided = it.decided_by.as_ref();
        let decided = decided.map(|it| format!(", decided by `{}` at {}", it.value, place(it.at)));
        let meant = meaning(&it.stated);
        let words: String = it.raw.value.chars().take(WORDS).collect();
        let (strength, at) = (it.evidence.strength.name(), place(it.raw.at));
        let by = decided.unwrap_or_default();
        (it.evidence.origin.name(), format!("\"{words}\" = {meant}{by} ({strength}, {at})"))
    });
    let relation = |it: &'a Relation, other: &ComponentId| {
        let license = scan.graph.components.get(other).map_or_else(
            || "not in the tree".to_owned(),
            |it| it.conclusion.license.as_ref().map_or("unknown".to_owned(), ToString::to_string),
        );
        (it.how.name(), format!("{other}: {license} ({})", place(it.at)))
    };
    let relations = || scan.graph.relations.iter();
    let up = relations().filter(|one| one.from == it.id).map(|one| relation(one, &one.to));
    let down = relations().filter(|one| one.to == it.id).map(|one| relation(one, &one.from));
    Sheet {
        title: it.id.to_string(),
        head: vec![
            ("kind", it.kind.name().to_owned()),
            ("path", it.path.clone()),
            ("license", license),
        ],
        sections: vec![
            Section { title: "what is claimed", entries: claims.collect() },
            Section { title: "made from", entries: up.collect() },
            Section { title: "what is made from it", entries: down.collect() },
        ],
        ..Sheet::default()
    }
}

/// What the words of a claim mean.
fn meaning(stated: &Stated) -> String {
    match stated {
        Stated::Expression(it) => it.to_string(),
        Stated::Family { members, .. } => format!("one of {}", members.join(", ")),
        Stated::Placeholder => "names no license".to_owned(),
        Stated::Reserved => "reserves all rights".to_owned(),
        Stated::Unrecognised => "no known license answers to it".to_owned(),
    }
}

/// How much of a claim is shown.
const WORDS: usize = 80;
