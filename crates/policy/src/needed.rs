//! Which files somebody has to open before duties can be judged: the program that reads files asks
//! here, and hands over what it read.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::{ComponentId, Kind};
use caveat_core::expression::Expression;
use caveat_core::inventory::{Component, Graph};
use caveat_core::library::Library;
use caveat_core::source::Sources;
use caveat_core::terms::Terms;

use crate::date::Date;
use crate::duty::{DutyKind, duties};
use crate::exhibits::{Exhibits, LISTS, Purpose, is_noise, purpose};
use crate::ground::Ground;
use crate::home::{Home, Homes};
use crate::phrase::{Phrase, Text, may_have};
use crate::policy::{Place, Policy};

/// How many programs of one component are opened for the lines at their head.
const HEADS: usize = 24;

/// Files to open, and what to look for in those that are kept only where they have it.
#[derive(Clone, Debug, Default)]
pub struct Needed {
    /// To be read and kept, the most telling first.
    pub open: Vec<String>,
    /// To be searched, and kept where [`Needed::is_kept`] says so.
    pub search: Vec<String>,
    needles: Vec<Phrase>,
}

impl Needed {
    /// Whether a searched text has something in it that was looked for.
    pub fn is_kept(&self, text: &str) -> bool {
        if !may_have(text, &self.needles) {
            return false;
        }
        let words = Text::new(text);
        self.needles.iter().any(|it| words.find(it).is_some())
    }
}

/// What has to be opened of a tree with these files.
pub fn needed(
    graph: &Graph,
    library: &Library,
    policy: &Policy,
    sources: &Sources,
    (prefix, exhibits): (&str, &Exhibits),
    concerned: Option<&BTreeSet<ComponentId>>,
) -> Needed {
    let mut ground = Ground::new(graph, library, policy, sources, Date::after_1970(0), prefix);
    ground.exhibits = Some(exhibits);
    let Some(homes) = Homes::of(&ground) else { return Needed::default() };
    let is_meant = |it: &&Component| concerned.is_none_or(|all| all.contains(&it.id));
    let asking = graph.components.values().filter(|it| is_asking(it)).filter(is_meant);
    let asking: Vec<&Component> = asking.collect();
    if asking.is_empty() {
        return Needed::default();
    }
    let mut open = Listed::default();
    open.of_policy(&ground, exhibits);
    // What came along from upstream is compared with what lies there.
    let known: Vec<&Component> = match concerned {
        None => graph.components.values().collect(),
        Some(_) => with_upstreams(&ground, &asking),
    };
    for it in known.iter().filter(|it| is_asking(it)) {
        open.of_component(&ground, &homes, it);
    }
    open.of_products(&ground, exhibits);
    open.of_hub(exhibits);
    let needles = needles(&ground, &known);
    let search = if needles.is_empty() { Vec::new() } else { programs(exhibits, &open.known) };
    Needed { open: open.names, search, needles }
}

/// Whether a component may have duties.
fn is_asking(it: &Component) -> bool {
    match it.kind {
        Kind::Code => !it.own,
        Kind::Model | Kind::Dataset => true,
        Kind::Document => false,
    }
}

#[derive(Default)]
struct Listed {
    names: Vec<String>,
    known: BTreeSet<String>,
}

impl Listed {
    fn add(&mut self, name: &str) {
        if self.known.insert(name.to_owned()) {
            self.names.push(name.to_owned());
        }
    }

    /// What the policy points at.
    fn of_policy(&mut self, ground: &Ground<'_>, exhibits: &Exhibits) {
        let places = ground.policy.met.iter().flat_map(|it| &it.exhibits).map(|it| &it.place);
        let globs: Vec<_> = places
            .filter_map(|it| match it {
                Place::File(glob) => Some(&glob.value),
                Place::Url { .. } => None,
            })
            .collect();
        for name in exhibits.names().filter(|_| !globs.is_empty()) {
            let path = ground.path(name);
            if globs.iter().any(|it| it.matches(&path)) {
                self.add(name);
            }
        }
    }

    /// The texts of a component; of code also the heads of some of its files.
    fn of_component(&mut self, ground: &Ground<'_>, homes: &Homes<'_>, it: &Component) {
        let Home::Folders(_) = homes.home(ground, it) else { return };
        let files: Vec<&str> = homes.files_of(it);
        let is = |name: &&&str, wanted: bool| {
            purpose(name).is_some_and(|it| (it == Purpose::Program) == wanted)
        };
        for name in files.iter().filter(|it| is(it, false)) {
            self.add(name);
        }
        if it.kind == Kind::Code {
            for name in files.iter().filter(|it| is(it, true)).take(HEADS) {
                self.add(name);
            }
        }
    }

    /// Where branches were at in copies of the cache of the hub.
    fn of_hub(&mut self, exhibits: &Exhibits) {
        let is_cached = |it: &&str| {
            let folder = it.strip_suffix("/refs/main").and_then(|it| it.rsplit('/').next());
            folder.is_some_and(|it| it.starts_with("models--") || it.starts_with("datasets--"))
        };
        for name in exhibits.names().filter(is_cached) {
            self.add(name);
        }
    }

    /// What speaks for products.
    fn of_products(&mut self, ground: &Ground<'_>, exhibits: &Exhibits) {
        let products = &ground.policy.products;
        let in_product = |name: &str| {
            let path = ground.path(name);
            products.is_empty() || products.iter().any(|it| it.holds(&path))
        };
        let ships = |name: &str| {
            let path = ground.path(name);
            products.iter().any(|it| it.ships(&path))
        };
        let speaks = |name: &&str| {
            purpose(name).is_some_and(|it| it != Purpose::Program)
                && (!is_noise(name) || ships(name))
        };
        let claims = products.iter().any(|it| it.openness.is_some());
        let lists = |name: &&str| claims && is_list(name);
        for name in
            exhibits.names().filter(|it| speaks(it) || lists(it)).filter(|it| in_product(it))
        {
            self.add(name);
        }
    }
}

/// Whether a file lists what is given away of a model.
fn is_list(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|it| LISTS.contains(&it))
}

/// These and all that they were made from.
fn with_upstreams<'a>(ground: &Ground<'a>, all: &[&'a Component]) -> Vec<&'a Component> {
    let upstreams = all.iter().flat_map(|it| ground.made_from(it)).map(|it| it.1);
    all.iter().copied().chain(upstreams).collect()
}

/// Fixed words that the license of one of these wants to be seen in a product.
fn needles(ground: &Ground<'_>, of: &[&Component]) -> Vec<Phrase> {
    let licenses = of.iter().filter_map(|it| it.conclusion.license.as_ref());
    let mut all: BTreeMap<&str, &Terms> = BTreeMap::new();
    for it in licenses.flat_map(Expression::licenses) {
        all.extend(ground.terms(it).map(|terms| (it.id.as_str(), terms)));
    }
    let terms = all.into_values();
    let displays = terms.flat_map(duties).filter(|it| it.kind == DutyKind::Display);
    let texts = displays.flat_map(|it| it.any_of);
    texts.map(Phrase::new).filter(|it| !it.is_empty()).collect()
}

/// Programs that may show them.
fn programs(exhibits: &Exhibits, known: &BTreeSet<String>) -> Vec<String> {
    let is_program = |name: &&str| {
        purpose(name) == Some(Purpose::Program) && !is_noise(name) && !known.contains(*name)
    };
    exhibits.names().filter(is_program).map(str::to_owned).collect()
}
