//! Files of commits that state a license which they did not state before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use caveat_core::component::Kind;
use caveat_core::coverage::Skipped;
use caveat_core::identify::identify;
use caveat_core::inventory::Component;
use caveat_core::library::Library;
use caveat_core::reading::Reading;
use caveat_core::source::{Sources, Spanned};
use caveat_policy::clarify::placed;
use caveat_policy::contributions::{Brought, Contributions, brought, said};
use caveat_policy::policy::{InboundTerms, Outbound, Policy, Product};

use super::{from, touches};
use crate::aids::Aids;
use crate::discover::{Found, Tree};
use crate::error::Error;
use crate::git::{Changed, Mode};
use crate::open::Opened;
use crate::policies::Chosen;
use crate::range::Range;
use crate::read::{is_promising, plan, read_all};
use crate::scan::{Scan, with_terms};
use crate::staged::{contents, is_read};

/// What a pointer to bytes that git does not keep begins with.
const POINTS: &[u8] = b"version https://git-lfs.github.com/spec/v1";

/// Contents by what git calls them.
type Contents = BTreeMap<String, Arc<[u8]>>;

/// Adds the files that the commits bring in below `root`, where the policy asks for their terms.
pub(super) fn add(
    (range, root, below): (&Range, &Path, &str),
    policy: &Chosen,
    changes: &BTreeMap<String, Vec<Changed>>,
    (scan, all): (&mut Scan, &mut Contributions),
) -> Result<(), Error> {
    let git = &range.repository;
    let left = range.left()?;
    let mut wanted: Vec<(String, Changed)> = Vec::new();
    for it in git.between(left.as_deref(), &range.head)? {
        let Some(name) = from(below, &it.path).filter(|_| it.after.is_some()) else { continue };
        // What was only moved inside of a product is no news to it.
        let is_moved = it.before.as_ref().map(|it| &it.1) == it.after.as_ref();
        let old = it.before.as_ref().and_then(|it| from(below, &it.0));
        let here = asking(policy, &name);
        let is_news = !is_moved || old.is_none_or(|it| asking(policy, &it) != here);
        scan.coverage.seen += 1;
        if !here.is_empty() && is_news && is_read(&name) {
            wanted.push((name, it));
        }
    }
    let contents = contents(git, &blobs(&wanted), &range.head)?;
    let now = Work::of(root, &wanted, &contents, |it| it.after.as_ref());
    now.lost.into_iter().for_each(|it| scan.coverage.skipped.push(it));
    let then = Work::of(root, &wanted, &contents, |it| it.before.as_ref().map(|it| &it.1));
    let known = before(&then, scan.library);
    let (readings, read) = readings(&now.tree, &mut scan.sources);
    scan.coverage.read = read;
    let none = BTreeSet::new();
    for (name, reading) in readings {
        let known = known.get(&name).unwrap_or(&none);
        let found = brought((&name, reading), known, (&scan.sources, &scan.library));
        all.files.extend(found.into_iter().map(|component| Brought { component, by: None }));
    }
    bring(range, changes, below, all)?;
    for it in &all.files {
        let component = &it.component;
        scan.graph.components.entry(component.id.clone()).or_insert_with(|| component.clone());
    }
    if !all.files.is_empty() && needs_declared(policy.terms()) {
        declare(range, (root, below), (scan, all))?;
    }
    Ok(())
}

/// The products that ask under which terms a file comes in.
fn asking<'a>(policy: &'a Chosen, name: &str) -> Vec<&'a str> {
    let path = placed(&policy.prefix, name);
    let asks = |it: &&Product| it.inbound.as_ref().is_some_and(|it| it.terms.is_some());
    let products = policy.terms().products.iter().filter(asks).filter(|it| it.holds(&path));
    products.map(|it| it.name.value.as_str()).collect()
}

fn blobs(wanted: &[(String, Changed)]) -> BTreeSet<String> {
    let before = wanted.iter().filter_map(|(_, it)| it.before.as_ref().map(|it| it.1.clone()));
    wanted.iter().filter_map(|(_, it)| it.after.clone()).chain(before).collect()
}

/// Files as one side of the changes has them.
struct Work {
    tree: Tree,
    lost: Vec<Skipped>,
}

impl Work {
    fn of(
        root: &Path,
        wanted: &[(String, Changed)],
        contents: &Contents,
        blob: fn(&Changed) -> Option<&String>,
    ) -> Self {
        let mut tree = Tree { root: root.to_owned(), ..Tree::default() };
        let mut lost = Vec::new();
        for (name, change) in wanted {
            let Some(blob) = blob(change) else { continue };
            let skip = |why: &str| Skipped { path: name.clone(), why: why.to_owned() };
            match contents.get(blob) {
                None => lost.push(skip("too large to read from git")),
                Some(it) if it.starts_with(POINTS) => {
                    lost.push(skip("git keeps only a pointer to its bytes"));
                }
                Some(it) => {
                    let (held, name) = (Some(Arc::clone(it)), name.clone());
                    let path = root.join(&name);
                    tree.files.push(Found { name, path, asked_for: false, held, stat: None });
                }
            }
        }
        Self { tree, lost }
    }
}

/// What each file says; what says something joins the sources.
fn readings(tree: &Tree, sources: &mut Sources) -> (Vec<(String, Reading)>, usize) {
    let work = plan(tree);
    let mut found = Vec::new();
    let mut read = 0;
    for opened in read_all(&work, sources.next().0, &Aids::none()) {
        let Opened::Read(source, reading, _) = opened else { continue };
        read += 1;
        if !reading.sightings.is_empty() {
            found.push((source.name.clone(), reading));
            sources.insert(source);
        }
    }
    (found, read)
}

/// What files said before, by the names that they have now.
fn before(then: &Work, library: Library) -> BTreeMap<String, BTreeSet<String>> {
    let mut sources = with_terms(library);
    let (readings, _) = readings(&then.tree, &mut sources);
    let none = BTreeSet::new();
    let said = readings.into_iter().map(|(name, reading)| {
        let found: Vec<Component> = brought((&name, reading), &none, (&sources, &library));
        (name, said(&found))
    });
    said.collect()
}

/// Finds the commit that brought each of the files: the oldest of those which touched it whose
/// content has the words, else the newest.
fn bring(
    range: &Range,
    changes: &BTreeMap<String, Vec<Changed>>,
    below: &str,
    all: &mut Contributions,
) -> Result<(), Error> {
    let top =
        |name: &str| if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
    let paths: Vec<String> = all.files.iter().map(|it| top(&it.component.path)).collect();
    let ways: Vec<Vec<(usize, &str)>> =
        paths.iter().map(|it| touches(all, changes, it).collect()).collect();
    let unsure = ways.iter().filter(|it| it.len() > 1).flatten();
    let contents =
        contents(&range.repository, &unsure.map(|it| it.1.to_owned()).collect(), &range.head)?;
    let raw = |it: &Brought| it.component.claims.first().map(|it| it.raw.value.clone());
    let has = |blob: &str, raw: &str| {
        contents.get(blob).is_some_and(|it| String::from_utf8_lossy(it).contains(raw))
    };
    let by: Vec<Option<usize>> = all
        .files
        .iter()
        .zip(&ways)
        .map(|(file, way)| {
            let raw = raw(file).unwrap_or_default();
            let first = way.iter().find(|it| has(it.1, &raw)).or(way.last());
            first.map(|it| it.0)
        })
        .collect();
    all.files.iter_mut().zip(by).for_each(|(file, by)| file.by = by);
    Ok(())
}

/// Whether the tree itself has to say under which license a product goes out.
fn needs_declared(policy: &Policy) -> bool {
    policy.products.iter().any(|it| {
        let terms = it.inbound.as_ref().and_then(|it| it.terms.as_ref());
        let is_same = terms.is_some_and(|it| it.value == InboundTerms::SameAsOutbound);
        let is_named =
            it.outbound.as_ref().is_some_and(|it| matches!(it.value, Outbound::License(_)));
        is_same && !is_named
    })
}

/// Reads what the folders around the files say of the project's own license.
fn declare(
    range: &Range,
    (root, below): (&Path, &str),
    (scan, all): (&mut Scan, &mut Contributions),
) -> Result<(), Error> {
    let mut folders = BTreeSet::from([String::new()]);
    for file in &all.files {
        let path = &file.component.path;
        folders.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
    }
    let entries = range.repository.files(&range.head)?;
    let beside = entries.iter().filter(|it| it.mode == Mode::File).filter_map(|it| {
        let path = String::from_utf8_lossy(&it.path).into_owned();
        let name = from(below, &path)?;
        let folder = name.rsplit_once('/').map_or("", |it| it.0);
        let is_wanted = folders.contains(folder) && is_promising(&name);
        let change = Changed { path, after: Some(it.id.clone()), before: None };
        is_wanted.then_some((name, change))
    });
    let wanted: Vec<(String, Changed)> = beside.collect();
    let contents = contents(&range.repository, &blobs(&wanted), &range.head)?;
    let work = Work::of(root, &wanted, &contents, |it| it.after.as_ref());
    // What is known of already keeps its source, so that both can be told to be one file.
    let mut own = scan.sources.clone();
    let (readings, _) = readings(&work.tree, &mut own);
    let readings = readings.into_iter().map(|it| it.1).collect();
    let inventory = identify(readings, &own, &scan.library);
    for it in inventory.components.values().filter(|it| it.own || it.kind != Kind::Code) {
        let Some(license) = it.conclusion.license.clone() else { continue };
        let source = own.get(license.at().source);
        let Some(source) = source else { continue };
        let known = scan.sources.iter().find(|it| it.name == source.name && it.text == source.text);
        let known = known.map(|it| it.id);
        let id =
            known.unwrap_or_else(|| scan.sources.add(source.name.clone(), source.text.clone()));
        let at = caveat_core::source::Span::new(id, license.at().range());
        all.declared.insert(it.path.clone(), Spanned::new(license, at));
    }
    Ok(())
}
