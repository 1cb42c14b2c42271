//! Times the calculus on what nobody writes by hand: a ladder of diamonds, many components in trees
//! as deep as the hub's, and a large project under a long policy.
//!
//! `cargo run --release -p caveat-policy --example scale -- [COMPONENTS] [--rules N --exceptions N]`
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the example looks at the clock and tells the time"
)]

mod project;
mod trees;

use std::error::Error;
use std::fmt::Write as _;
use std::time::Instant;

use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::source::Sources;
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::judge::judge;
use caveat_policy::policy::Policy;
use caveat_policy::rules;

fn main() -> Result<(), Box<dyn Error>> {
    let mut components = 100_000;
    let (mut rules, mut exceptions) = (0, 0);
    let mut arguments = std::env::args().skip(1);
    while let Some(it) = arguments.next() {
        match it.as_str() {
            "--rules" => rules = arguments.next().ok_or("how many rules?")?.parse()?,
            "--exceptions" => exceptions = arguments.next().ok_or("how many?")?.parse()?,
            number => components = number.parse()?,
        }
    }
    if rules + exceptions > 0 {
        return project::time(components, rules, exceptions);
    }
    trees::time(components)
}

/// Judges it and tells how long that takes, and rule by rule where that is longer than anybody
/// notices.
fn judged(
    what: &str,
    graph: &Graph,
    library: &Library,
    sources: &mut Sources,
    policy: &str,
) -> Result<(), Box<dyn Error>> {
    let at = sources.add("caveat.toml", policy.to_owned());
    let policy = Policy::parse("caveat.toml", policy, at)
        .map_err(|it| format!("{} mistakes, first {:?}", it.len(), it.first()))?;
    let today = Date::parse("2026-11-22").ok_or("a day")?;
    let start = Instant::now();
    let case = Case::new(graph, library, &policy, sources, today);
    let ruled = start.elapsed();
    let mut slow = String::new();
    let mut findings = 0;
    for rule in rules::RULES {
        let start = Instant::now();
        let found = rules::findings(rule, &case).len();
        findings += found;
        if start.elapsed().as_millis() > 1 {
            write!(slow, "\n  {}: {found} found in {:?}", rule.name, start.elapsed())?;
        }
    }
    let all = start.elapsed();
    let rulings = case.rulings().count();
    println!("{what}: {rulings} rulings in {ruled:?}, with {findings} findings {all:?}{slow}");
    let start = Instant::now();
    if graph.components.len() > 20_000 {
        return Ok(());
    }
    let duties = judge(&case).obligations.len();
    println!(
        "{what}: whole report with {duties} duties in {:?} on top of {ruled:?}",
        start.elapsed()
    );
    Ok(())
}
