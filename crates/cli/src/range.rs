//! Which commits are asked about.

use std::collections::BTreeSet;
use std::path::Path;

use crate::error::Error;
use crate::git::{History, Repository};
use crate::since::named;

/// Commits that follow one another.
#[derive(Debug)]
pub(crate) struct Range {
    pub(crate) repository: Repository,
    /// The commit that they stand on; nothing for a whole history.
    pub(crate) base: Option<String>,
    /// The newest of them.
    pub(crate) head: String,
    /// How a person would name the commit that they stand on.
    pub(crate) onto: Option<String>,
    /// What they are, for people.
    pub(crate) told: String,
}

/// The commits that `asked` names, as git writes it: `BASE..HEAD`, or `BASE` for all since. Without
/// one, those that the branch from which this one comes does not have.
pub(crate) fn range(asked: Option<&str>, root: &Path) -> Result<Range, Error> {
    let (base, head) = match asked {
        Some(asked) => match asked.split_once("..") {
            Some((base, head)) => (base.to_owned(), head.trim_start_matches('.').to_owned()),
            None => (asked.to_owned(), String::new()),
        },
        None => (usual(root)?, String::new()),
    };
    let head = if head.is_empty() { "HEAD".to_owned() } else { head };
    let base = if base.is_empty() { "HEAD".to_owned() } else { base };
    let newest = named(&head, root)?;
    let oldest = named(&base, root)?;
    let repository = newest.repository;
    let parted = repository.parted(&oldest.commit, &newest.commit)?;
    if parted.is_none() && repository.is_shallow()? {
        return Err(Error::Usage {
            what: format!("this clone is shallow and does not tell where {base} and {head} part"),
            help: FETCH.to_owned(),
        });
    }
    Ok(Range {
        repository,
        base: Some(oldest.commit),
        head: newest.commit,
        told: format!("{base}..{head}"),
        onto: Some(base),
    })
}

/// Every commit that the checked out one comes from.
pub(crate) fn whole(root: &Path) -> Result<Range, Error> {
    let newest = named("HEAD", root)?;
    let (repository, head) = (newest.repository, newest.commit);
    let told = "all commits of HEAD".to_owned();
    Ok(Range { repository, base: None, head, onto: None, told })
}

/// What to do about a history that is not all here.
const FETCH: &str = "git fetch --unshallow, or --deepen=N for as many commits as are missing \
                     (`fetch-depth: 0` where a workflow checks out)";

impl Range {
    /// The commits, which are all in this clone, and their texts.
    pub(crate) fn commits(&self) -> Result<(Vec<String>, Vec<String>), Error> {
        let History { commits, below } =
            self.repository.history(self.base.as_deref(), &self.head)?;
        let ids: Vec<&str> = commits.iter().map(String::as_str).collect();
        let texts = self.repository.commits(&ids)?;
        // Where a clone ends, git says that there are no parents; the commit knows better.
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        let is_here = |it: &str| below.contains(it) || known.contains(it);
        if self.repository.is_shallow()? {
            let head = |it: &str| it.split("\n\n").next().unwrap_or_default().to_owned();
            let heads: Vec<String> = texts.iter().map(|it| head(it)).collect();
            let mut parents = heads.iter().flat_map(|it| it.lines());
            let missing =
                parents.find_map(|it| it.strip_prefix("parent ").filter(|it| !is_here(it)));
            if let Some(missing) = missing {
                return Err(Error::Usage {
                    what: format!(
                        "this clone is shallow and does not have all of {}: {missing} is missing",
                        self.told
                    ),
                    help: FETCH.to_owned(),
                });
            }
        }
        Ok((commits, texts))
    }

    /// Where the commits leave what they stand on.
    pub(crate) fn left(&self) -> Result<Option<String>, Error> {
        let Some(base) = &self.base else { return Ok(None) };
        self.repository.parted(base, &self.head)
    }
}

/// Branches that others' work is usually put on, in the order in which they are looked for.
const USUAL: [&str; 5] = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/// The branch that the checked out one is to go into: its upstream, unless that is the same branch
/// elsewhere; else the main one.
fn usual(root: &Path) -> Result<String, Error> {
    let Some(repository) = Repository::of(root) else {
        return named("HEAD", root).map(|it| it.commit);
    };
    let here = repository.branch("HEAD")?;
    let upstream = repository.branch("@{upstream}")?;
    let is_copy = |it: &String| {
        let name = it.split_once('/').map_or("", |it| it.1);
        here.as_deref() == Some(name)
    };
    if let Some(it) = upstream.clone().filter(|it| !is_copy(it)) {
        return Ok(it);
    }
    for it in USUAL.iter().filter(|it| here.as_deref() != Some(**it)) {
        if repository.commit(it)?.is_some() {
            return Ok(repository.branch(it)?.unwrap_or_else(|| (*it).to_owned()));
        }
    }
    upstream.ok_or_else(|| Error::Usage {
        what: "no branch is known that these commits are to go into".to_owned(),
        help: "name the commits: caveat contributions main..HEAD, or --all of them".to_owned(),
    })
}
