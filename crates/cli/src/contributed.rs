//! What commits bring in, as git has it: people, and files that state a license of their own.

mod licensed;

use std::collections::BTreeMap;
use std::path::Path;

use caveat_core::coverage::Coverage;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::source::Sources;
use caveat_policy::clarify::placed;
use caveat_policy::commit::Commit;
use caveat_policy::contributions::{Contributions, Signatories, signatories};
use caveat_policy::mailmap::Mailmap;

use crate::baseline::base;
use crate::discover::relative;
use crate::error::Error;
use crate::git::Changed;
use crate::policies::Chosen;
use crate::range::Range;
use crate::scan::{Scan, with_terms};

/// How large a list of people may be.
const LIST: u64 = 4 << 20;

/// What the commits of a range bring in below `root`, and what is there of it to show.
pub(crate) fn contributed(
    range: &Range,
    policy: &Chosen,
    root: &Path,
) -> Result<(Scan, Contributions), Error> {
    let library = Library::embedded();
    let mut scan = empty(root, library);
    let (ids, texts) = range.commits()?;
    let refs: Vec<&str> = ids.iter().map(String::as_str).collect();
    let changes = range.repository.changed_by(&refs)?;
    let below = relative(&range.repository.top, root);
    let commits = ids.iter().zip(&texts).map(|(id, text)| {
        let mut commit = Commit::read(id, text, &mut scan.sources);
        let own = changes.get(id).map_or(&[][..], Vec::as_slice);
        commit.is_empty = own.is_empty();
        commit.paths = own.iter().filter_map(|it| from(&below, &it.path)).collect();
        commit
    });
    let commits: Vec<Commit> = commits.collect();
    // Whoever contributes does not say by it who somebody else is.
    let known = match range.left()? {
        None if range.base.is_none() => Some(range.head.clone()),
        left => left,
    };
    let mailmap = known.map(|it| range.repository.file(&it, ".mailmap", LIST)).transpose()?;
    let mailmap = mailmap.flatten();
    let mut all = Contributions {
        commits,
        base: range.onto.clone(),
        mailmap: Mailmap::parse(&mailmap.unwrap_or_default()),
        lists: lists(range, policy, root)?,
        ..Contributions::default()
    };
    licensed::add((range, root, &below), policy, &changes, (&mut scan, &mut all))?;
    tell(&mut scan.coverage, &all, policy);
    Ok((scan, all))
}

/// A scan of nothing, so far.
fn empty(root: &Path, library: Library) -> Scan {
    let sources: Sources = with_terms(library);
    let (graph, coverage, root) = (Graph::default(), Coverage::default(), root.to_owned());
    let installed = caveat_core::source::SourceId(u32::MAX);
    let (files, concerned) = (Vec::new(), None);
    Scan { root, sources, library, graph, coverage, installed, files, concerned }
}

/// A path of the repository, from the folder that is asked about.
fn from(below: &str, path: &str) -> Option<String> {
    if below.is_empty() {
        return Some(path.to_owned());
    }
    path.strip_prefix(below)?.strip_prefix('/').map(str::to_owned)
}

/// The lists of those who signed, as they are now and as they were before the commits: who puts
/// himself onto one has not signed by that.
fn lists(
    range: &Range,
    policy: &Chosen,
    root: &Path,
) -> Result<BTreeMap<String, Signatories>, Error> {
    let folder = relative(&range.repository.top, &base(root, &policy.prefix));
    let mut lists = BTreeMap::new();
    let named = policy.terms().products.iter().filter_map(|it| it.inbound.as_ref());
    for name in named.filter_map(|it| it.signatories.as_ref()) {
        let path =
            if folder.is_empty() { name.value.clone() } else { format!("{folder}/{}", name.value) };
        let path = path.trim_start_matches("./").to_owned();
        let read = |commit: &str| {
            let text = range.repository.file(commit, &path, LIST)?;
            Ok(text.map(|it| signatories(&it)))
        };
        let now = read(&range.head)?;
        let before = match range.left()? {
            Some(it) => read(&it)?.unwrap_or_default(),
            // Of a whole history there is nothing before, and the list is what counts.
            None if range.base.is_none() => now.clone().unwrap_or_default(),
            None => Vec::new(),
        };
        lists.insert(name.value.clone(), Signatories { now, before });
    }
    Ok(lists)
}

/// What was not asked about.
fn tell(coverage: &mut Coverage, all: &Contributions, policy: &Chosen) {
    let merges = all.commits.iter().filter(|it| it.is_merge()).count();
    if merges > 0 {
        let what = "merge commits, as what they bring together is asked about itself";
        coverage.not_looked_at.push(format!("{what}: {merges}"));
    }
    let asks = |path: &String| {
        let path = placed(&policy.prefix, path);
        policy.terms().products.iter().any(|it| it.inbound.is_some() && it.holds(&path))
    };
    let others = all.commits.iter().filter(|it| !it.is_merge() && !it.is_empty);
    let others = others.filter(|it| !it.paths.iter().any(asks)).count();
    if others > 0 {
        let what = "commits that change no product with `inbound`";
        coverage.not_looked_at.push(format!("{what}: {others}"));
    }
}

/// The changes by which commits touched a path, the oldest first: the commit and the content.
fn touches<'a>(
    all: &'a Contributions,
    changes: &'a BTreeMap<String, Vec<Changed>>,
    path: &'a str,
) -> impl Iterator<Item = (usize, &'a str)> {
    let commits = all.commits.iter().enumerate().rev();
    commits.filter_map(move |(number, commit)| {
        let change = changes.get(&commit.id)?.iter().find(|it| it.path == path)?;
        Some((number, change.after.as_deref()?))
    })
}
