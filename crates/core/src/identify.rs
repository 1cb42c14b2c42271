//! From sightings to components: who is meant, and under which license.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::claims::claim;
use crate::component::{ComponentId, Evidence, How, Kind, Origin, Strength};
use crate::conclude::conclude;
use crate::cover::cover;
use crate::fold::fold;
use crate::group::{Group, Groups, Home, Seen, gather};
use crate::inventory::{Component, Inventory};
use crate::library::Library;
use crate::members::settle;
use crate::parts::part;
use crate::places::{Cached, hub_cache, is_own, is_test_material, kind_by_path};
use crate::pointers::follow;
use crate::reading::{Meant, Reading, Sighting, Subject, Wording};
use crate::reports::{is_report, join};
use crate::source::{Sources, Spanned};

/// Makes components of sightings: groups what belongs together, names each group, and
/// concludes its license. Never fails; what could not be read is in the inventory's problems.
pub fn identify(readings: Vec<Reading>, sources: &Sources, library: &Library) -> Inventory {
    let mut inventory = Inventory::default();
    let mut sightings = Vec::new();
    for reading in readings {
        inventory.problems.extend(reading.problems);
        sightings.extend(reading.sightings);
    }
    inventory.problems.sort_by(|a, b| (a.at, &a.what).cmp(&(b.at, &b.what)));
    let is_cover = |it: &Sighting| matches!(it.subject, Subject::Files { .. });
    let (covers, sightings): (Vec<_>, Vec<_>) = sightings.into_iter().partition(is_cover);
    let (programs, sightings): (Vec<_>, Vec<_>) =
        sightings.into_iter().partition(|it| it.subject == Subject::Program);
    let mut groups = gather(sightings.into_iter(), sources);
    cover(&mut groups, covers, sources);
    part(&mut groups);
    fold(&mut groups);
    follow(&mut groups);
    let (reported, seen): (Groups, Groups) =
        groups.into_iter().partition(|(home, group)| is_report(home, group));
    for (home, group) in seen {
        if let Some(component) = component(&home, group, *library) {
            add(&mut inventory, component);
        }
    }
    let reports = reported.into_iter().filter_map(|(home, group)| {
        let is_about_all = group.sightings.iter().any(|it| !it.said.foreign);
        Some((component(&home, group, *library)?, is_about_all))
    });
    join(&mut inventory.components, reports.collect());
    for component in inventory.components.values_mut() {
        component.claims.sort_by_key(|it| (Reverse(it.evidence.strength), it.raw.at));
        component.conclusion = conclude(&component.claims, sources);
    }
    let programs = gather(programs.into_iter(), sources);
    let programs = programs.into_values().flat_map(|it| it.sightings).collect();
    settle(&mut inventory, programs, sources, *library);
    inventory
}

/// Puts on record what a person found the license of a component to be. It stands above what the
/// files say.
pub fn assert(
    component: &mut Component,
    license: &Spanned<String>,
    sources: &Sources,
    library: Library,
) {
    let evidence =
        Evidence { at: license.at, origin: Origin::Clarification, strength: Strength::Asserted };
    let wording = Wording { raw: license.clone(), evidence, meant: Meant::Expression };
    component.claims.insert(0, claim(wording, library));
    component.conclusion = conclude(&component.claims, sources);
}

/// Two places that give the same name speak of the same component: their claims meet, and
/// a disagreement shows when the license is concluded.
fn add(inventory: &mut Inventory, component: Component) {
    match inventory.components.get_mut(&component.id) {
        None => drop(inventory.components.insert(component.id.clone(), component)),
        Some(known) => {
            known.others.push(component.path.clone());
            known.private |= component.private;
            known.own &= component.own;
            known.take(component);
        }
    }
}

/// The component that lives at `home`; none where nothing speaks of it.
fn component(home: &Home, group: Group, library: Library) -> Option<Component> {
    let first = group.sightings.first()?;
    let path = match home {
        Home::Part { .. } => first.file.clone(),
        Home::Directory(it)
        | Home::File(it)
        | Home::Package { directory: it, .. }
        | Home::Dependency { directory: it, .. } => it.clone(),
        Home::Workspace { .. } => return None,
    };
    // A page may speak of several parts, and it is none of them.
    let id = match home {
        Home::Part { kind, .. } if first.is_readme() => format!("{path}#{}", kind.name()),
        _ => path.clone(),
    };
    let (id, own) = (ComponentId::path(&id), is_own(&path));
    let path = if path.is_empty() { ".".to_owned() } else { path };
    let mut component = Component::new(id, kind(home, &group), path, first.said.at);
    component.own = own;
    if let [first, others @ ..] = &group.elsewhere()[..] {
        (*first).clone_into(&mut component.path);
        component.own = is_own(first);
        component.others = others.iter().map(|it| (*it).to_owned()).collect();
    }
    let version = group.version();
    add_all(&mut component, group, library);
    name(&mut component, home, version);
    Some(component)
}

/// The same words may reach a component by two ways: from its own file and from a folder above.
fn add_all(component: &mut Component, group: Group, library: Library) {
    let (mut used, mut claimed) = (BTreeSet::new(), BTreeSet::new());
    let (is_reported, only_adapts) = (group.is_reported(), group.only_adapts());
    for Seen { said, .. } in group.sightings {
        component.names.extend(said.names);
        component.traits.extend(said.traits);
        component.private |= said.private;
        component.own &= !said.foreign || (said.reported && !is_reported);
        for mut it in said.uses {
            let vague =
                it.kind == Kind::Model && matches!(it.how, How::FineTunedFrom | How::DerivedFrom);
            // A card mostly calls an adapter a fine-tune; the weights beside it know better.
            if vague && only_adapts {
                it.how = How::AdapterOf;
            }
            let source = it.target.at.source;
            if used.insert((it.how, it.kind, it.target.value.clone(), source)) {
                component.uses.push(it);
            }
        }
        for it in said.licenses {
            if claimed.insert((it.raw.at, it.evidence.at, format!("{:?}", it.meant))) {
                component.claims.push(claim(it, library));
            }
        }
    }
}

/// What a component is. Where no file says it, the place may. A card with a license and nothing
/// else is mostly a model's; prose and texts lie with code; a text by itself is just that.
fn kind(home: &Home, group: &Group) -> Kind {
    if let Home::Part { kind, .. } = home {
        return *kind;
    }
    let usual = match home {
        _ if group.is_carded() => Kind::Model,
        Home::File(_) if group.is_texts() => Kind::Document,
        Home::File(_)
        | Home::Directory(_)
        | Home::Part { .. }
        | Home::Package { .. }
        | Home::Dependency { .. }
        | Home::Workspace { .. } => Kind::Code,
    };
    group.stated_kind().or_else(|| kind_by_path(home.path())).unwrap_or(usual)
}

/// Strongest first: the layout of the hub's cache, what the files say, the place.
fn name(component: &mut Component, home: &Home, version: Option<String>) {
    if let Home::Package { ecosystem, name, .. } | Home::Dependency { ecosystem, name, .. } = home {
        component.id = ComponentId::package(ecosystem, name, version.as_deref());
        component.name = Some(name.clone());
        component.version = version;
        if matches!(home, Home::Package { .. }) {
            component.kind = Kind::Code;
        }
        return;
    }
    if let Some(cached) = hub_cache(home.path())
        && !matches!(home, Home::Part { .. })
    {
        name_cached(component, cached);
        return;
    }
    let full = component.names.iter().map(|it| it.value.as_str()).find(|it| is_hub_name(it));
    if let Some(full) = full {
        component.id = hub_id(component.kind, full);
        component.name = Some(full.to_owned());
        return;
    }
    component.name = component.names.first().map(|it| it.value.as_str().to_owned());
}

fn name_cached(component: &mut Component, cached: Cached) {
    let id = hub_id(cached.kind, &cached.name);
    component.id = cached.revision.as_deref().map_or(id.clone(), |it| id.at_revision(it));
    component.kind = cached.kind;
    component.name = Some(cached.name);
    component.version = cached.revision;
    component.own = false;
}

fn hub_id(kind: Kind, name: &str) -> ComponentId {
    match kind {
        Kind::Dataset => ComponentId::hub_dataset(name),
        Kind::Code | Kind::Model | Kind::Document => ComponentId::hub_model(name),
    }
}

/// Whether a file lies among those that tests read: what these say is an example, right or wrong.
pub fn is_example(path: &str) -> bool {
    is_test_material(path)
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
