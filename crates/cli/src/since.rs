//! What was found at an earlier revision.

use std::path::{Path, PathBuf};

use caveat_policy::date::Date;
use caveat_policy::finding::Finding;

use crate::earlier::{Earlier, earlier};
use crate::error::Error;
use crate::git::Repository;
use crate::judge::judge;
use crate::policies::{Chosen, choose};
use crate::scan::{Scan, ScanOptions, scan_as};

/// A revision that can be compared with.
#[derive(Debug)]
pub(crate) struct Revision {
    pub(crate) repository: Repository,
    pub(crate) commit: String,
    /// What it is, for people.
    pub(crate) told: String,
}

/// Finds the commit to compare with: where the checked out history left the one that `revision`
/// names, as for the changes of a pull request; else that one itself.
pub(crate) fn revision(asked: &str, root: &Path) -> Result<Revision, Error> {
    let commit = named(asked, root)?;
    let Some(base) = commit.repository.merge_base(&commit.commit)? else {
        let told = format!(
            "{} itself: this clone has no commit from which both it and HEAD come",
            commit.told
        );
        return Ok(Revision { told, ..commit });
    };
    if base == commit.commit {
        return Ok(commit);
    }
    let told = format!("{}, where HEAD and {asked} part", short(&base));
    Ok(Revision { commit: base, told, ..commit })
}

/// The commit that a revision names.
pub(crate) fn named(asked: &str, root: &Path) -> Result<Revision, Error> {
    if asked.is_empty() || asked.starts_with('-') || asked.contains(char::is_control) {
        return Err(Error::Usage {
            what: format!("`{asked}` is no revision"),
            help: "name a branch, a tag or a commit, such as origin/main".to_owned(),
        });
    }
    let repository = Repository::of(root).ok_or_else(|| Error::Usage {
        what: format!("`{}` is in no git repository, so it has no `{asked}`", root.display()),
        help: "run it in a clone; to set aside what is there today, use `caveat baseline`"
            .to_owned(),
    })?;
    let Some(commit) = repository.commit(asked)? else { return Err(missing(&repository, asked)?) };
    let told = if commit.starts_with(asked) {
        short(&commit).to_owned()
    } else {
        format!("{asked} ({})", short(&commit))
    };
    Ok(Revision { repository, commit, told })
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// What to run where a revision is not in the clone.
fn missing(repository: &Repository, asked: &str) -> Result<Error, Error> {
    let shallow = repository.is_shallow()?;
    let back = asked.split_once(['~', '^', '@']).map_or(asked, |it| it.0);
    let help = if back != asked && repository.commit(back)?.is_some() {
        if shallow {
            "git fetch --unshallow, or --deepen=N for as many commits as it goes back".to_owned()
        } else {
            "the history does not go back so far".to_owned()
        }
    } else {
        match back.strip_prefix("origin/") {
            Some(branch) => format!("git fetch --depth=1 origin {branch}:refs/remotes/{back}"),
            None => format!("git fetch --depth=1 origin {back}, then name it FETCH_HEAD"),
        }
    };
    Ok(Error::Usage { what: format!("this clone has no revision `{asked}`"), help })
}

/// A tree of an earlier revision that was scanned.
pub(crate) struct Past {
    pub(crate) scan: Option<Scan>,
    /// The policy that judged then.
    pub(crate) policy: Chosen,
    /// The day on which it is judged.
    pub(crate) day: Date,
    /// The folders that nothing is known of.
    pub(crate) submodules: Vec<String>,
    /// Kept as long as its files may be read.
    _files: Earlier,
}

/// Scans what `paths` held at a revision, and finds the policy of that time. `now` is the policy of
/// today, which judges where there was none that can be read.
pub(crate) fn past(
    revision: &Revision,
    paths: &[PathBuf],
    (root, asked, now): (&Path, Option<&str>, &Chosen),
    today: Date,
) -> Result<Past, Error> {
    let repository = &revision.repository;
    let files = earlier(repository, &revision.commit, root)?;
    let then = |path: &Path| {
        let whole = path.canonicalize().ok()?;
        Some(files.top.join(whole.strip_prefix(&repository.top).ok()?))
    };
    let old_root = then(root).unwrap_or_else(|| files.top.clone());
    std::fs::create_dir_all(&old_root).map_err(|it| Error::path(&old_root, it))?;
    let old: Vec<_> = paths.iter().filter_map(|it| then(it)).filter(|it| it.exists()).collect();
    // All that is in it was tracked, whatever a `.gitignore` says.
    let options = ScanOptions { ignore_files: false };
    let scan = match scan_as(&old, options, (&old_root, root)) {
        Err(Error::NothingScanned { .. }) => None,
        done => Some(done?),
    };
    let asked_then = asked.map(|it| match then(Path::new(it)).filter(|it| it.is_file()) {
        Some(path) => path.to_string_lossy().into_owned(),
        None => it.to_owned(),
    });
    let policy = match choose(asked_then.as_deref(), &old_root) {
        // What cannot be understood today may have been fine for the Caveat of that day.
        Err(Error::PolicyInvalid { .. }) => now.clone(),
        done => done?,
    };
    // An exception that has lapsed since then is news, so the day is that of the commit.
    let made = repository.made(&revision.commit)?.map(|it| Date::after_1970(it / 86_400));
    let day = made.map_or(today, |it| it.min(today));
    Ok(Past { scan, policy, day, submodules: files.submodules.clone(), _files: files })
}

impl Past {
    /// What was found then.
    pub(crate) fn findings(&mut self) -> Vec<Finding> {
        let Some(scan) = &mut self.scan else { return Vec::new() };
        judge(scan, &self.policy, self.day).findings
    }
}
