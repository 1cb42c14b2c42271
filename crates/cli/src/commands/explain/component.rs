//! A component: what is claimed of it, what it was made from, what each step carries, and what
//! becomes of it in each product.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use caveat_core::catalog::Catalog;
use caveat_core::component::ComponentId;
use caveat_core::inventory::{Component, Relation, Standing, Stated};
use caveat_core::library::Library;
use caveat_core::recall::recalled;
use caveat_core::source::{Sources, Span};
use caveat_policy::chain::{Carried, Chain, Reach, Rung, chain};
use caveat_policy::date::Date;
use caveat_policy::ground::Ground;
use caveat_policy::policy::Policy;
use caveat_policy::products::{InProduct, by_product};
use caveat_policy::vocabulary::Word as _;
use caveat_policy::vocabulary::nearest;
use caveat_report::run::Look;
use caveat_report::sheet::{self, Section, Sheet};
use caveat_report::tree::{self, Branch};

use crate::args::Explain as Request;
use crate::error::Error;
use crate::judge::on_ground;
use crate::policies::choose;
use crate::scan::{ScanOptions, scan_with, table, with_terms};
use crate::subject::answers_to;
use crate::today::day;

/// How much of a claim is shown.
const WORDS: usize = 80;

/// What came of looking for a component.
pub(super) enum Looked {
    /// It was found, and written as far as that can be done.
    Found(io::Result<()>),
    /// Nothing in the project answers to the name; this is the most similar of what does.
    Missed { near: Option<String> },
}

/// Explains every component of the project that answers to the name.
pub(super) fn explain(request: &Request, look: &Look, out: &mut Vec<u8>) -> Result<Looked, Error> {
    let home = request.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let mut scan = match scan_with(std::slice::from_ref(&home), ScanOptions::default()) {
        Err(Error::NothingScanned { .. }) if request.path.is_none() => {
            return Ok(Looked::Missed { near: None });
        }
        done => done?,
    };
    let all = || scan.graph.components.values();
    if !all().any(|it| answers_to(it, &request.name)) {
        let names = all().flat_map(asked_for);
        return Ok(Looked::Missed { near: nearest(&request.name, names).map(str::to_owned) });
    }
    let today = day(request.policy.today.as_deref())?;
    let policy = choose(request.policy.policy.as_deref(), Path::new(&scan.root))?;
    let done = on_ground(&mut scan, &policy, today, |ground| {
        let all = ground.graph.components.values();
        let meant = all.filter(|it| answers_to(it, &request.name));
        meant.enumerate().try_for_each(|(number, it)| {
            if number > 0 {
                writeln!(out)?;
            }
            write_component(&ground, it, &policy.origin(), look, out)
        })
    });
    Ok(Looked::Found(done))
}

/// The chain of something that only the catalogue tells of.
pub(super) fn of_catalog(id: &ComponentId, look: &Look, out: &mut Vec<u8>) -> io::Result<()> {
    let library = Library::embedded();
    let sources = with_terms(library);
    let at = Span::new(table(library), 0..0);
    let found = recalled(id, at, Catalog::embedded(), table(library), &sources);
    let Some(graph) = found.filter(|it| !it.relations.is_empty()) else { return Ok(()) };
    let Some(component) = graph.components.get(id) else { return Ok(()) };
    let policy = Policy::empty("", at.source);
    // A chain is the same on every day.
    let today = Date::after_1970(0);
    let ground = Ground::new(&graph, &library, &policy, &sources, today, "");
    write_chain(&ground, &chain(&ground, component), look, out)
}

/// What somebody may have meant to type: a name, a path, or its last one or two parts.
fn asked_for(it: &Component) -> Vec<&str> {
    let mut names: Vec<&str> = it.name.as_deref().into_iter().collect();
    if it.path != "." {
        let last = it.path.rmatch_indices('/').take(2).map(|(at, _)| &it.path[at + 1..]);
        names.push(&it.path);
        names.extend(last);
    }
    let id = it.id.as_str();
    names.push(id.strip_prefix("path:").unwrap_or(id));
    names
}

fn write_component(
    ground: &Ground<'_>,
    it: &Component,
    policy: &str,
    look: &Look,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let claims = it.claims.iter().map(|claim| {
        let decided = claim.decided_by.as_ref().map(|by| {
            let at = place(ground.sources, by.at);
            format!(", decided by `{}` at {at}", by.value)
        });
        let words: String = claim.raw.value.chars().take(WORDS).collect();
        let at = place(ground.sources, claim.raw.at);
        let (meant, strength) = (meaning(&claim.stated), claim.evidence.strength.name());
        let by = decided.unwrap_or_default();
        (claim.evidence.origin.name(), format!("\"{words}\" = {meant}{by} ({strength}, {at})"))
    });
    let head = vec![
        ("kind", it.kind.name().to_owned()),
        ("path", it.path.clone()),
        ("license", license(it)),
    ];
    let sheet = Sheet {
        title: it.id.to_string(),
        head,
        sections: vec![Section { title: "what is claimed", entries: claims.collect() }],
        ..Sheet::default()
    };
    sheet::write(&sheet, look, out)?;
    write_chain(ground, &chain(ground, it), look, out)?;
    let verdicts = by_product(ground, &it.id);
    let alone = "judged only in the hands of what is made from it";
    let mut entries: Vec<_> =
        verdicts.iter().map(|it| (it.verdict.name(), in_product(it))).collect();
    if entries.is_empty() {
        entries.push(("", alone.to_owned()));
    }
    entries.push(("policy", policy.to_owned()));
    let sections = [
        Section { title: "what becomes of it", entries },
        Section { title: "what is made from it", entries: below(ground, it) },
    ];
    sheet::write_sections(&sections, look, out)
}

/// What is made from a component, a line each.
fn below(ground: &Ground<'_>, it: &Component) -> Vec<(&'static str, String)> {
    let down = ground.graph.relations.iter().filter(|one| one.to == it.id);
    let line = |one: &Relation| {
        let license = ground.graph.components.get(&one.from).map(license).unwrap_or_default();
        (one.how.name(), format!("{}: {license} ({})", one.from, place(ground.sources, one.at)))
    };
    down.map(line).collect()
}

/// A product, how it is used there, and what was found.
fn in_product(it: &InProduct) -> String {
    let uses: Vec<_> = it.uses.iter().map(ToString::to_string).collect();
    let product = it.product.as_ref().map_or_else(
        || "no product claims it".to_owned(),
        |name| format!("product `{name}` ({})", uses.join(", ")),
    );
    let found = it.findings.iter().map(|it| format!("\n{}: {}", it.rule, it.message));
    let aside = match it.set_aside {
        0 => String::new(),
        many => format!("\n{many} set aside by the policy; `caveat check --audit` shows them"),
    };
    product + &found.collect::<String>() + &aside
}

fn write_chain(
    ground: &Ground<'_>,
    chain: &Chain<'_>,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut branches: Vec<Branch> = chain.rungs.iter().map(|it| branch(ground, it)).collect();
    if chain.is_cut {
        let text = "and more; `caveat graph` draws all of it".to_owned();
        branches.push(Branch { depth: 1, text, ..Branch::default() });
    }
    if branches.len() < 2 {
        return Ok(());
    }
    writeln!(out, "\nwhat it is made from")?;
    tree::write(&branches, look, out)
}

fn branch(ground: &Ground<'_>, it: &Rung<'_>) -> Branch {
    let license = it.component.map_or_else(|| "not in the tree".to_owned(), license);
    let license = match it.component {
        Some(it) if it.is_recalled() => format!("{license}, as the catalogue says"),
        Some(_) | None => license,
    };
    let Some(by) = it.by else {
        return Branch { text: format!("{}: {license}", it.id), ..Branch::default() };
    };
    let at = place(ground.sources, by.at);
    let text = format!("{} {}: {license} ({at})", by.how.name(), it.id);
    let notes = if it.again { vec!["as above".to_owned()] } else { reach(&it.reach) };
    Branch { depth: it.depth, text, notes }
}

/// What of a license comes down, in words.
fn reach(reach: &Reach) -> Vec<String> {
    let one = |it: &str| vec![it.to_owned()];
    match reach {
        Reach::Own | Reach::Apart => Vec::new(),
        Reach::Unknown => one("what it carries nobody here knows: no license is known"),
        Reach::Unsettled => one(
            "whether data binds what is trained on it is unsettled; the policy says how to take it",
        ),
        Reach::Carried(all) if all.is_empty() => one("carries nothing that its terms tell of"),
        Reach::Carried(all) => {
            let several = all.iter().any(|it| it.license != all[0].license);
            let license =
                |it: &Carried| if several { it.license.clone() + " " } else { String::new() };
            all.iter().map(|it| carried(it, &license(it))).collect()
        }
    }
}

/// A demand; its license is named where there are several.
fn carried(it: &Carried, license: &str) -> String {
    let open = it.open.map(|it| format!("; not settled: `{}`", it.word()));
    let open = open.unwrap_or_default();
    format!("carries {}: {} ({license}{}{open})", it.tag, it.says, it.cite)
}

fn license(it: &Component) -> String {
    match (&it.conclusion.license, &it.conclusion.standing) {
        (_, Standing::Ambiguous(why)) => format!("not clear: {why}"),
        (Some(license), Standing::Clear) => license.to_string(),
        (Some(_) | None, Standing::Clear | Standing::Unknown) => "nobody can say".to_owned(),
    }
}

fn place(sources: &Sources, at: Span) -> String {
    let place = sources.place(at).map(|it| format!("{}:{}", it.path, it.line));
    place.unwrap_or_else(|| "nowhere".to_owned())
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
