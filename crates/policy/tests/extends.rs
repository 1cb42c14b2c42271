//! A policy on top of others: pages show what is made of it and what is refused. `UPDATE=1` writes
//! what the pages now give.
#![expect(clippy::disallowed_methods, reason = "the pages are files of this crate")]

use std::path::Path;

use caveat_core::source::{SourceId, Sources, Span};
use caveat_policy::extends::effective;
use caveat_policy::policy::{Parent, Policy, PolicyError};

/// The files of one section: the child last, each base before those that extend it.
type Files = Vec<(String, String)>;

/// Every file put on top of the bases that it names; the last one is the answer.
fn merged(files: &Files, sources: &mut Sources) -> Result<Policy, Vec<PolicyError>> {
    let mut known: Vec<(String, Policy)> = Vec::new();
    for (name, text) in files {
        let id = sources.add(name.clone(), text.clone());
        let own = Policy::parse_base(name.clone(), text, id)?;
        let base = |it: &Parent| match it {
            Parent::Named(it) => {
                let text = caveat_policy::named::named(it).expect("a shipped policy");
                Policy::parse_base(*it, text, SourceId(1000)).expect("it is right")
            }
            Parent::FromRoot(it) | Parent::Beside(it) => {
                known.iter().find(|(name, _)| name == it).expect("an earlier file").1.clone()
            }
        };
        let parents: Vec<_> = own.extends.iter().map(|it| base(&it.value)).collect();
        known.push((name.clone(), effective(&own, &parents)?));
    }
    let (_, policy) = known.pop().expect("a file");
    let undefined = policy.undefined_products();
    let own = |it: &PolicyError| it.at.source == policy.source;
    if undefined.iter().any(own) {
        return Err(undefined.into_iter().filter(own).collect());
    }
    Ok(policy)
}

fn place(sources: &Sources, at: Span) -> String {
    sources
        .place(at)
        .map_or_else(|| "shipped".to_owned(), |it| format!("{}:{}:{}", it.path, it.line, it.column))
}

/// What is wrong, or `fits`.
fn told(files: &Files) -> String {
    let mut sources = Sources::new();
    let Err(mistakes) = merged(files, &mut sources) else { return "fits\n".to_owned() };
    let mut lines = String::new();
    for it in mistakes {
        let help = it.help().map(|it| format!("\n  help: {it}")).unwrap_or_default();
        let also = it.also().map(|(at, says)| format!("\n  {}: {says}", place(&sources, at)));
        let also = also.unwrap_or_default();
        lines += format!("{}: {it}{also}{help}\n", place(&sources, it.at)).as_str();
    }
    lines
}

#[test]
fn the_pages_of_bases_hold() {
    check("extends.md");
    check("extends-records.md");
}

/// The page says what comes of its files.
fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    let page = std::fs::read_to_string(&path).expect("the page is here");
    let (mut found, mut files, mut sections) = (String::new(), Files::new(), 0);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        found.extend([line, "\n"]);
        let Some(name) = line.strip_prefix("```") else { continue };
        let block: Vec<_> = lines.by_ref().take_while(|it| *it != "```").collect();
        if let Some(name) = name.strip_prefix("toml ") {
            files.push((name.to_owned(), block.join("\n") + "\n"));
            found += format!("{}\n```\n", block.join("\n")).as_str();
        } else {
            found += format!("{}```\n", told(&std::mem::take(&mut files))).as_str();
            sections += 1;
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &found).expect("the page can be written");
    }
    assert!(sections > 8, "the page is whole");
    assert!(found == page || std::env::var_os("UPDATE").is_some(), "it should read:\n{found}");
}
