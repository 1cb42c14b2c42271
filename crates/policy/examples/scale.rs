//! Times the calculus on graphs that nobody writes by hand: a ladder of diamonds, and many
//! components in trees as deep as the hub's.
//!
//! `cargo run --release -p caveat-policy --example scale -- [COMPONENTS]`
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the example looks at the clock and tells the time"
)]

use std::error::Error;
use std::time::Instant;

use caveat_core::component::{ComponentId, How, Scope};
use caveat_core::identify::identify;
use caveat_core::inventory::{Component, Graph, Relation};
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::relate::relate;
use caveat_core::source::Sources;
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::named;
use caveat_policy::policy::Policy;
use caveat_policy::rules;

fn main() -> Result<(), Box<dyn Error>> {
    let components = std::env::args().nth(1).map_or(Ok(100_000), |it| it.parse())?;
    let rungs = (0..60).flat_map(|it| {
        let (top, left, right, next) = (3 * it, 3 * it + 1, 3 * it + 2, 3 * it + 3);
        [(top, left), (top, right), (left, next), (right, next)]
    });
    time("a ladder of 60 diamonds", 181, rungs.collect())?;
    // Ten lines below each base, each of them ten steps at most below it.
    let below = (1..components).map(|it| (it, if it % 10 == 0 { it / 100 * 100 } else { it - 1 }));
    let below = below.filter(|(from, to)| from != to);
    time(&format!("{components} components"), components, below.collect())
}

fn time(what: &str, count: usize, edges: Vec<(usize, usize)>) -> Result<(), Box<dyn Error>> {
    let library = Library::embedded();
    let mut sources = Sources::new();
    for (name, text) in library.sources() {
        sources.add(name, text);
    }
    let name = "models/x/README.md";
    let reader = READERS.iter().find(|it| (it.wants)(name)).ok_or("cards are read")?;
    let read = |license: &str, sources: &mut Sources| -> Result<Component, Box<dyn Error>> {
        let id =
            sources.add(name, format!("---\nlicense: {license}\npipeline_tag: fill-mask\n---\n"));
        let source = sources.get(id).ok_or("what was added is there")?;
        let reading = match reader.read {
            Read::Text(read) | Read::Header { read, .. } => read(source),
        };
        let graph = relate(identify(vec![reading], sources, &library), sources);
        Ok(graph.components.into_values().next().ok_or("one card")?)
    };
    let licenses = ["mit", "apache-2.0", "gemma", "cc-by-nc-4.0"];
    let cards: Vec<Component> =
        licenses.iter().map(|it| read(it, &mut sources)).collect::<Result<_, _>>()?;
    let id = |number: usize| ComponentId::hub_model(&format!("acme/m{number}"));
    let mut graph = Graph::default();
    for number in 0..count {
        let card = cards[number % cards.len()].clone();
        graph.components.insert(id(number), Component { id: id(number), ..card });
    }
    let relation = |(from, to)| Relation {
        from: id(from),
        to: id(to),
        how: How::FineTunedFrom,
        kind: cards[0].kind,
        at: cards[0].at,
        scope: Scope::Normal,
        revision: None,
        seen: true,
    };
    graph.relations = edges.into_iter().map(relation).collect();
    let policy = named::named(named::DEFAULT).ok_or("the default is shipped")?;
    let at = sources.add("caveat.toml", policy.to_owned());
    let policy = Policy::parse("caveat.toml", policy, at).map_err(|_| "the default is right")?;
    let today = Date::parse("2026-11-22").ok_or("a day")?;
    let start = Instant::now();
    let lineage = caveat_core::lineage::Lineage::of(&graph);
    let steps: usize = graph.components.keys().map(|it| lineage.upstreams(it).len()).sum();
    println!("{what}: {steps} upstreams found in {:?}", start.elapsed());
    let start = Instant::now();
    let case = Case::new(&graph, &library, &policy, &sources, today);
    println!("{what}: ruled in {:?}", start.elapsed());
    let start = Instant::now();
    let rule = rules::named("looser-than-upstream").ok_or("the rule is there")?;
    let found = (rule.check)(&case).len();
    println!("{what}: {found} labels looser than upstream found in {:?}", start.elapsed());
    Ok(())
}
