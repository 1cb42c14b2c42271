//! Files that speak for themselves. What agrees with the package around a file is evidence and no
//! news; what does not is a part of the package under a license of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::claims::claim;
use crate::component::{ComponentId, Kind};
use crate::conclude::conclude;
use crate::expression::Expression;
use crate::group::Seen;
use crate::inventory::{Claim, Component, Conclusion, Inventory, Standing, Stated};
use crate::library::Library;
use crate::places::{is_own, is_test_material, parent};
use crate::source::{Sources, Span};
use crate::weave::{belongs, texts_of};

/// How many files of a part are quoted.
const QUOTED: usize = 3;
/// How many directories of a part are named beside the first.
const PLACES: usize = 100;

/// How many licenses that files name in agreement are kept.
const KEPT: usize = 64;

/// A file and what it says of its license.
struct Member {
    path: String,
    claims: Vec<Claim>,
    conclusion: Conclusion,
}

/// Files of one package that say the same.
type Groups = BTreeMap<(Option<ComponentId>, String), Vec<Member>>;

/// Weighs what files say of themselves against what is known of the packages that they lie in.
/// What is material of tests is nothing that a package consists of.
pub(crate) fn settle(
    inventory: &mut Inventory,
    files: Vec<Seen>,
    sources: &Sources,
    library: Library,
) {
    let owners = owners(inventory);
    let told = told(inventory);
    let mut groups = Groups::new();
    for seen in files.into_iter().filter(|it| !is_test_material(&it.file)) {
        let news = seen.said.licenses.into_iter().filter(|it| !told.contains(&it.raw.at));
        let claims: Vec<Claim> = news.map(|it| claim(it, library)).collect();
        if claims.is_empty() {
            continue;
        }
        let conclusion = conclude(&claims, sources);
        let owner = owner(&owners, &seen.file);
        let known = owner.as_ref().and_then(|it| inventory.components.get_mut(it));
        if let Some(it) = known
            && agrees(it, &claims, &conclusion)
        {
            it.stating += 1;
            keep(&mut it.in_files, claims);
            continue;
        }
        let key = key(&claims, &conclusion);
        let member = Member { path: seen.file, claims, conclusion };
        groups.entry((owner, key)).or_default().push(member);
    }
    speak(inventory, &mut groups, sources);
    for ((_, _), members) in groups {
        if let Some(part) = part(members) {
            inventory.components.entry(part.id.clone()).or_insert(part);
        }
    }
}

/// Keeps one claim for each license that is named, apart from those that say expressly that later
/// versions are not meant.
fn keep(known: &mut Vec<Claim>, claims: Vec<Claim>) {
    for claim in claims {
        let like = |it: &Claim| key_of(it) == key_of(&claim);
        if known.len() < KEPT && !known.iter().any(like) {
            known.push(claim);
        }
    }
}

fn key_of(claim: &Claim) -> Option<(String, bool)> {
    let Stated::Expression(it) = &claim.stated else { return None };
    Some((it.to_string(), claim.raw.value.contains("-only")))
}

/// The words that a reader of the whole file has read already: those of a card, of a manifest.
fn told(inventory: &Inventory) -> BTreeSet<Span> {
    inventory.components.values().flat_map(|it| &it.claims).map(|it| it.raw.at).collect()
}

/// The code that lives in each directory.
fn owners(inventory: &Inventory) -> BTreeMap<String, ComponentId> {
    let mut owners = BTreeMap::new();
    for (id, it) in inventory.components.iter().filter(|it| it.1.kind == Kind::Code) {
        for path in std::iter::once(&it.path).chain(&it.others) {
            let directory = if path == "." { "" } else { path };
            owners.entry(directory.to_owned()).or_insert_with(|| id.clone());
        }
    }
    owners
}

fn owner(owners: &BTreeMap<String, ComponentId>, path: &str) -> Option<ComponentId> {
    let mut directory = parent(path);
    loop {
        match owners.get(directory) {
            Some(it) => return Some(it.clone()),
            None if directory.is_empty() => return None,
            None => directory = parent(directory),
        }
    }
}

/// Whether a file says no other thing than the package does.
fn agrees(package: &Component, claims: &[Claim], conclusion: &Conclusion) -> bool {
    let Some(license) = &package.conclusion.license else { return false };
    let mut known = texts_of(license);
    for it in &package.claims {
        if let Stated::Expression(it) = &it.stated {
            known.extend(texts_of(it));
        }
    }
    let whole = conclusion.license.as_ref().is_some_and(|it| holds(it, &known));
    claims.iter().all(|it| match &it.stated {
        Stated::Expression(own) => !it.modified && (whole || holds(own, &known)),
        // "A BSD-style license that can be found in the LICENSE file" is the one that lies there.
        Stated::Family { members, .. } => members.iter().any(|it| known.contains(it)),
        Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => false,
    })
}

/// Whether `known` licenses answer an expression: of a choice one branch is enough.
fn holds(expression: &Expression, known: &BTreeSet<String>) -> bool {
    match expression {
        Expression::Or(all) => all.iter().any(|it| holds(it, known)),
        Expression::And(all) => all.iter().all(|it| holds(it, known)),
        Expression::License(_) => texts_of(expression).iter().all(|it| belongs(it, known)),
        Expression::Nothing(_) | Expression::NoAssertion(_) => true,
    }
}

/// What files have in common that say the same.
fn key(claims: &[Claim], conclusion: &Conclusion) -> String {
    match (&conclusion.license, &conclusion.standing) {
        (Some(it), Standing::Clear) => it.to_string(),
        (Some(it), Standing::Ambiguous(_) | Standing::Unknown) => format!("{it}, unclear"),
        (None, _) => claims.first().map_or_else(String::new, |it| it.raw.value.to_lowercase()),
    }
}

/// Where nothing is said of a package of our own, what most of its speaking files say is taken for
/// the whole. That is not certain: the other files say nothing.
fn speak(inventory: &mut Inventory, groups: &mut Groups, sources: &Sources) {
    let mut most: BTreeMap<Option<ComponentId>, (usize, String)> = BTreeMap::new();
    for ((owner, key), members) in groups.iter() {
        let is_clear = members.iter().all(|it| it.conclusion.standing == Standing::Clear);
        let count = most.entry(owner.clone()).or_default();
        if is_clear && members.len() > count.0 {
            *count = (members.len(), key.clone());
        }
    }
    let root = ComponentId::path("");
    for (owner, (count, key)) in most.into_iter().filter(|it| it.1.0 > 0) {
        let has_root = inventory.components.values().any(|it| it.path == ".");
        let id = match &owner {
            Some(it) => it.clone(),
            None if has_root => continue,
            None => root.clone(),
        };
        let is_silent = |it: &Component| it.claims.is_empty() && it.own;
        if !inventory.components.get(&id).is_none_or(is_silent) {
            continue;
        }
        let Some(members) = groups.remove(&(owner, key)) else { continue };
        let Some(mut part) = part(members) else { continue };
        part.id = id.clone();
        ".".clone_into(&mut part.path);
        part.name = None;
        part.others.clear();
        let whole = inventory
            .components
            .entry(id)
            .or_insert_with(|| Component { claims: Vec::new(), ..part.clone() });
        whole.claims.extend(part.claims);
        whole.conclusion = conclude(&whole.claims, sources);
        whole.stating = count;
        if let (Some(it), Standing::Clear) = (&whole.conclusion.license, &whole.conclusion.standing)
        {
            let files =
                if count == 1 { "one file says".to_owned() } else { format!("{count} files say") };
            let why = format!("{files} `{it}`, and nothing says it of the whole");
            whole.conclusion.standing = Standing::Ambiguous(why);
        }
    }
}

/// Files under a license of their own as a component: it is judged in all places where they are.
fn part(members: Vec<Member>) -> Option<Component> {
    let count = members.len();
    let first = members.first()?;
    let path = first.path.clone();
    let at = first.claims.first()?.raw.at;
    let conclusion = first.conclusion.clone();
    let mut directories = vec![parent(&path).to_owned()];
    let mut others = Vec::new();
    for it in &members[1..] {
        let directory = parent(&it.path).to_owned();
        if others.len() < PLACES && !directories.contains(&directory) {
            directories.push(directory);
            others.push(it.path.clone());
        }
    }
    let name = match count {
        1 => None,
        2 => Some(format!("{path} and one more file")),
        more => Some(format!("{path} and {} more files", more - 1)),
    };
    let own = is_own(&path);
    Some(Component {
        own,
        others,
        name,
        claims: members.into_iter().take(QUOTED).flat_map(|it| it.claims).collect(),
        conclusion,
        stating: count,
        ..Component::new(ComponentId::path(&path), Kind::Code, path, at)
    })
}
