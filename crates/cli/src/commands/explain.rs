//! `caveat explain`: a license, a rule, a well-known model, or a component.

mod component;

use std::io::{self, Write};

use caveat_core::catalog::{Catalog, DATE, Entry};
use caveat_core::component::ComponentId;
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
use crate::subject::hub_ids;
use component::Looked;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let look = look(arguments, false);
    let mut text = Vec::new();
    let rule = rules::named(&request.name).filter(|_| request.path.is_none());
    let written = match rule {
        Some(rule) => text.write_all(rule.page.as_bytes()),
        None => by_name(request, &look, &mut text)?,
    };
    written.map_err(|source| Error::Write { to: "the explanation".to_owned(), source })?;
    put(out, &text)?;
    Ok(CLEAN)
}

/// A license or a family of them, a component, or what the catalogue knows. Who names a project
/// means something in it.
fn by_name(request: &Request, look: &Look, out: &mut Vec<u8>) -> Result<io::Result<()>, Error> {
    let (library, name) = (Library::embedded(), request.name.as_str());
    let named = if request.path.is_some() { Named::Unknown } else { library.named(name) };
    match named {
        Named::License(id) => return Ok(license(library, id, look, out)),
        Named::Ambiguous(it) => return Ok(sheet::write(&family(library, it), look, out)),
        Named::Reserved | Named::Placeholder | Named::Unknown => {}
    }
    let near = match component::explain(request, look, out)? {
        Looked::Found(done) => return Ok(done),
        Looked::Missed { near } => near,
    };
    let catalog = Catalog::embedded();
    let ids = hub_ids(name, None).into_iter();
    let found = ids.map(|it| (catalog.entry(&it), it)).find_map(|(entry, it)| Some((entry?, it)));
    let (entry, id) = found.ok_or_else(|| unknown(library, request, near))?;
    let sheet = sheet::write(&well_known(library, &id, &entry), look, out);
    Ok(sheet.and_then(|()| component::of_catalog(&id, look, out)))
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
    Sheet {
        title: format!("{id}: well known, not looked at here"),
        head: vec![
            ("license", format!("{license} ({title})")),
            ("source", entry.source()),
            ("about", whom),
            ("weight", weight.to_owned()),
            ("as of", format!("the catalogue of {DATE}; what the hub has today was not asked")),
        ],
        sections: vec![Section {
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
        }],
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

fn unknown(library: Library, request: &Request, near: Option<String>) -> Error {
    let rule = rules::RULES.iter().map(|it| it.name);
    let known = library.suggest(&request.name).or_else(|| nearest(&request.name, rule));
    let near = near.or_else(|| known.map(str::to_owned));
    let meant = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
    Error::Unknown {
        what: "license, rule or component",
        name: request.name.clone(),
        help: format!(
            "{meant}`caveat licenses` lists the licenses, `caveat scan` the components of a project; \
             --path says which project is meant"
        ),
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
