//! A ladder of diamonds, and trees as deep as the hub's.

use std::error::Error;
use std::time::Instant;

use caveat_core::component::{ComponentId, How, Scope};
use caveat_core::identify::identify;
use caveat_core::inventory::{Component, Graph, Relation};
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::relate::relate;
use caveat_core::source::{Sources, Span};
use caveat_policy::named;

/// Judges a ladder, and a wood of that many components.
pub(crate) fn time(components: usize) -> Result<(), Box<dyn Error>> {
    let rungs = (0..60).flat_map(|it| {
        let (top, left, right, next) = (3 * it, 3 * it + 1, 3 * it + 2, 3 * it + 3);
        [(top, left), (top, right), (left, next), (right, next)]
    });
    of_edges("a ladder of 60 diamonds", 181, rungs.collect())?;
    // Ten lines below each base, each of them ten steps at most below it.
    let below = (1..components).map(|it| (it, if it % 10 == 0 { it / 100 * 100 } else { it - 1 }));
    let below = below.filter(|(from, to)| from != to);
    of_edges(&format!("{components} components"), components, below.collect())
}

fn of_edges(what: &str, count: usize, edges: Vec<(usize, usize)>) -> Result<(), Box<dyn Error>> {
    let library = Library::embedded();
    let mut sources = Sources::new();
    for (name, text) in library.sources() {
        sources.add(name, text);
    }
    let licenses = ["mit", "apache-2.0", "gemma", "cc-by-nc-4.0"];
    let cards: Vec<Component> =
        licenses.iter().map(|it| card(it, &mut sources, &library)).collect::<Result<_, _>>()?;
    let id = |number: usize| ComponentId::hub_model(&format!("acme/m{number}"));
    let mut graph = Graph::default();
    for number in 0..count {
        let card = cards[number % cards.len()].clone();
        graph.components.insert(id(number), Component { id: id(number), ..card });
    }
    // Every relation has a place of its own, as in files that say so.
    let place = |number: usize| Span::new(cards[0].at.source, number..number);
    let relation = |(number, (from, to)): (usize, (usize, usize))| Relation {
        from: id(from),
        to: id(to),
        how: How::FineTunedFrom,
        kind: cards[0].kind,
        at: place(number),
        scope: Scope::Normal,
        revision: None,
        seen: true,
    };
    graph.relations = edges.into_iter().enumerate().map(relation).collect();
    let start = Instant::now();
    let lineage = caveat_core::lineage::Lineage::of(&graph);
    let steps: usize = graph.components.keys().map(|it| lineage.upstreams(it).len()).sum();
    println!("{what}: {steps} upstreams found in {:?}", start.elapsed());
    let policy = named::named(named::DEFAULT).ok_or("the default is shipped")?;
    crate::judged(what, &graph, &library, &mut sources, policy)
}

fn card(
    license: &str,
    sources: &mut Sources,
    library: &Library,
) -> Result<Component, Box<dyn Error>> {
    let name = "models/x/README.md";
    let reader = READERS.iter().find(|it| (it.wants)(name)).ok_or("cards are read")?;
    let id = sources.add(name, format!("---\nlicense: {license}\npipeline_tag: fill-mask\n---\n"));
    let source = sources.get(id).ok_or("what was added is there")?;
    let reading = match reader.read {
        Read::Text(read) | Read::Header { read, .. } => read(source),
    };
    let graph = relate(identify(vec![reading], sources, library), sources);
    Ok(graph.components.into_values().next().ok_or("one card")?)
}
