//! `caveat explain`: a license, a rule, or a component.

use std::io::Write;

use caveat_core::inventory::{Component, Standing};
use caveat_core::library::{Library, Named};
use caveat_core::terms::{Confidence, Section, Terms, Word, describe};
use caveat_policy::rules;
use caveat_report::explain::{self as page, Page};
use caveat_report::plain::plain;

use crate::args::{Arguments, Explain as Request};
use crate::error::Error;
use crate::output::look;
use crate::run::CLEAN;
use crate::scan::{Scan, ScanOptions, scan_with};

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let failed = |source| Error::Write { to: "the explanation".to_owned(), source };
    if let Some(path) = &request.path {
        let scan = scan_with(std::slice::from_ref(path), ScanOptions::default())?;
        if let Some(it) = component(&scan, &request.name) {
            return explain_component(&scan, it, out).map(|()| CLEAN).map_err(failed);
        }
    }
    if let Some(rule) = rules::named(&request.name) {
        return out.write_all(rule.page.as_bytes()).map(|()| CLEAN).map_err(failed);
    }
    let library = Library::embedded();
    match library.named(&request.name) {
        Named::License(id) => license(library, id, arguments, out).map(|()| CLEAN).map_err(failed),
        Named::Ambiguous(family) => {
            let text = format!(
                "`{}` is a family of licenses that differ: {}\n\n  {}\n\nname one of them: caveat explain {}\n",
                family.name,
                family.note,
                family.members.join("\n  "),
                family.usual.or(family.members.first().copied()).unwrap_or("ID"),
            );
            out.write_all(text.as_bytes()).map(|()| CLEAN).map_err(failed)
        }
        Named::Reserved | Named::Placeholder | Named::Unknown => {
            Err(unknown(library, &request.name))
        }
    }
}

fn unknown(library: Library, name: &str) -> Error {
    let rule = rules::RULES.iter().map(|it| it.name);
    let near = library.suggest(name).or_else(|| caveat_policy::vocabulary::nearest(name, rule));
    let meant = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
    Error::Unknown {
        what: "license, rule or component",
        name: name.to_owned(),
        help: format!("{meant}`caveat licenses` lists the licenses; a component needs --path"),
    }
}

fn license(
    library: Library,
    id: &str,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let look = look(arguments, false);
    let Some(terms) = library.terms(id) else {
        let name = library.license(id).map_or(id, |it| it.name);
        return writeln!(
            out,
            "{name} ({id})\n\nThe license is on the SPDX list, but nobody has read its terms for Caveat yet:\n\
             under every policy it comes out as unknown."
        );
    };
    let sections = describe(terms);
    page::explain(&as_page(terms, &sections), &look, out)
}

fn as_page<'a>(terms: &'a Terms, sections: &'a [Section]) -> Page<'a> {
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

fn component<'a>(scan: &'a Scan, name: &str) -> Option<&'a Component> {
    let all = || scan.graph.components.values();
    let exact = all().find(|it| it.id.as_str() == name);
    exact.or_else(|| all().find(|it| it.path == name || it.name.as_deref() == Some(name)))
}

/// What is claimed of a component, what follows, and what it was made from.
fn explain_component(scan: &Scan, it: &Component, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{} ({}) in {}", plain(it.id.as_str()), it.kind.name(), plain(&it.path))?;
    let license =
        it.conclusion.license.as_ref().map_or("nobody can say".to_owned(), ToString::to_string);
    writeln!(out, "\nlicense: {}", plain(&license))?;
    if let Standing::Ambiguous(why) = &it.conclusion.standing {
        writeln!(out, "  not clear: {}", plain(why))?;
    }
    for claim in &it.claims {
        let place = scan.sources.place(claim.raw.at);
        let place = place.map(|it| format!("{}:{}", it.path, it.line)).unwrap_or_default();
        let words: String = claim.raw.value.chars().take(60).collect();
        let (origin, strength) = (claim.evidence.origin.name(), claim.evidence.strength.name());
        writeln!(out, "  {origin} says \"{}\" ({strength}, {})", plain(&words), plain(&place))?;
    }
    let from: Vec<_> =
        scan.graph.relations.iter().filter(|relation| relation.from == it.id).collect();
    if !from.is_empty() {
        writeln!(out, "\nmade from")?;
    }
    for relation in from {
        let theirs = scan.graph.components.get(&relation.to);
        let license = match theirs {
            Some(it) => it
                .conclusion
                .license
                .as_ref()
                .map_or("license unknown".to_owned(), ToString::to_string),
            None => "not in the tree".to_owned(),
        };
        writeln!(
            out,
            "  {} {} ({})",
            relation.how.name(),
            plain(relation.to.as_str()),
            plain(&license)
        )?;
    }
    Ok(())
}
