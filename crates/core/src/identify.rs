//! From sightings to components: who is meant, and under which license.

use std::collections::BTreeMap;

use crate::claims::claim;
use crate::component::{ComponentId, Kind};
use crate::conclude::conclude;
use crate::group::{Group, Home, fold_into_parents, home};
use crate::inventory::{Claim, Component, Conclusion, Inventory};
use crate::library::Library;
use crate::places::{hub_cache, is_own, kind_by_path};
use crate::reading::Reading;
use crate::source::Sources;

/// Makes components of sightings: groups what belongs together, names each group, and
/// concludes its license. Never fails; what could not be read is in the inventory's problems.
pub fn identify(readings: Vec<Reading>, sources: &Sources, library: &Library) -> Inventory {
    let mut inventory = Inventory::default();
    let mut groups: BTreeMap<Home, Group> = BTreeMap::new();
    for reading in readings {
        inventory.problems.extend(reading.problems);
        for sighting in reading.sightings {
            let Some(source) = sources.get(sighting.at.source) else { continue };
            let home = home(&source.name, &sighting);
            groups.entry(home).or_default().sightings.push((source.id, sighting));
        }
    }
    fold_into_parents(&mut groups);
    // Who lives in the tree comes before who is only named in it: its place is the one to tell.
    let (here, named): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|(_, it)| !it.is_elsewhere());
    for (home, group) in here.into_iter().chain(named) {
        let component = component(&home, group, sources, library);
        add(&mut inventory, component);
    }
    for component in inventory.components.values_mut() {
        component.conclusion = conclude(&component.claims, sources);
    }
    inventory
}

/// Two places that give the same name speak of the same component: their claims meet, and
/// a disagreement shows when the license is concluded.
fn add(inventory: &mut Inventory, component: Component) {
    match inventory.components.get_mut(&component.id) {
        None => drop(inventory.components.insert(component.id.clone(), component)),
        Some(known) => {
            known.claims.extend(component.claims);
            known.names.extend(component.names);
            known.uses.extend(component.uses);
            known.traits.extend(component.traits);
        }
    }
}

fn component(home: &Home, group: Group, sources: &Sources, library: &Library) -> Component {
    let said_kind = group.kind();
    let mut claims: Vec<Claim> = Vec::new();
    let mut component = Component {
        id: ComponentId::path(home.path()),
        kind: said_kind.or_else(|| kind_by_path(home.path())).unwrap_or(default_kind(&group)),
        path: if home.path().is_empty() { ".".to_owned() } else { home.path().to_owned() },
        name: None,
        version: None,
        at: group.sightings[0].1.at,
        names: Vec::new(),
        claims: Vec::new(),
        conclusion: Conclusion::default(),
        traits: Vec::new(),
        uses: Vec::new(),
        private: false,
        own: is_own(home.path()),
    };
    if group.is_elsewhere()
        && let Some(source) = sources.get(component.at.source)
    {
        component.path.clone_from(&source.name);
        component.own = is_own(&source.name);
    }
    for (_, sighting) in group.sightings {
        component.names.extend(sighting.names);
        component.traits.extend(sighting.traits);
        component.private |= sighting.private;
        component.own &= !sighting.foreign;
        for it in sighting.uses {
            if !component.uses.iter().any(|known| same_use(known, &it)) {
                component.uses.push(it);
            }
        }
        claims.extend(sighting.licenses.into_iter().map(|it| claim(it, library)));
    }
    claims.sort_by_key(|it| (std::cmp::Reverse(it.evidence.strength), it.raw.at));
    component.claims = claims;
    name(&mut component, home, sources);
    component
}

fn same_use(a: &crate::component::Use, b: &crate::component::Use) -> bool {
    a.how == b.how
        && a.kind == b.kind
        && a.target.value == b.target.value
        && a.target.at.source == b.target.at.source
}

/// What lives in a place where no file says what it is: a license text alone lies with code,
/// a card without a clue is a model's.
fn default_kind(group: &Group) -> Kind {
    let texts_only = group.sightings.iter().all(|(_, it)| {
        it.licenses.iter().all(|it| it.evidence.origin == crate::component::Origin::Text)
    });
    if texts_only { Kind::Code } else { Kind::Model }
}

/// Strongest first: the layout of the hub's cache, what the files say, the place.
fn name(component: &mut Component, home: &Home, _sources: &Sources) {
    if let Home::Package { ecosystem, name, version, .. } = home {
        component.id = ComponentId::package(ecosystem, name, version.as_deref());
        component.name = Some(name.clone());
        component.version.clone_from(version);
        component.kind = Kind::Code;
        return;
    }
    if let Some(cached) = hub_cache(home.path()) {
        let id = match cached.kind {
            Kind::Dataset => ComponentId::hub_dataset(&cached.name),
            Kind::Code | Kind::Model | Kind::Document => ComponentId::hub_model(&cached.name),
        };
        component.id = cached.revision.as_deref().map_or(id.clone(), |it| id.at_revision(it));
        component.kind = cached.kind;
        component.name = Some(cached.name);
        component.version = cached.revision;
        component.own = false;
        return;
    }
    let full = component.names.iter().map(|it| it.value.as_str()).find(|it| is_hub_name(it));
    if let Some(full) = full {
        component.id = match component.kind {
            Kind::Dataset => ComponentId::hub_dataset(full),
            Kind::Code | Kind::Model | Kind::Document => ComponentId::hub_model(full),
        };
        component.name = Some(full.to_owned());
        return;
    }
    component.name = component.names.first().map(|it| it.value.as_str().to_owned());
}

/// Whether a name is of the form `org/name` that the hub uses.
pub fn is_hub_name(name: &str) -> bool {
    let part = |it: &str| {
        !it.is_empty()
            && it.len() <= 96
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
            && it.bytes().any(|it| it.is_ascii_alphanumeric())
            && !it.starts_with('.')
    };
    name.split_once('/').is_some_and(|(org, name)| part(org) && part(name))
}
