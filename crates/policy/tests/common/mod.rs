//! Small projects in memory: read by the real readers, judged by a real policy, without a disk.

mod history;

use std::collections::BTreeMap;

use caveat_core::catalog::{self, Catalog};
use caveat_core::identify::identify;
use caveat_core::inventory::{Component, Graph};
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::recall::recall;
use caveat_core::relate::relate;
use caveat_core::source::Sources;
use caveat_policy::backlog::Backlog;
use caveat_policy::case::Case;
use caveat_policy::clarify::{Stale, clarify};
use caveat_policy::contributions::Contributions;
use caveat_policy::date::Date;
use caveat_policy::drift::compare;
use caveat_policy::exhibits::Exhibits;
use caveat_policy::finding::{Finding, Report};
use caveat_policy::ground::Ground;
use caveat_policy::judge::{contributed, judge};
use caveat_policy::policy::{Digest, KnownFindings, Lock, Policy};
use caveat_policy::state::state;
use sha2::{Digest as _, Sha256};

/// The day on which every test judges.
pub(crate) const TODAY: &str = "2026-11-22";

/// A project that was read, and the policy for it.
pub(crate) struct Project {
    pub(crate) sources: Sources,
    pub(crate) library: Library,
    pub(crate) graph: Graph,
    pub(crate) policy: Policy,
    pub(crate) stale: Vec<Stale>,
    /// What else the tree holds, where the test looks at that.
    pub(crate) exhibits: Option<Exhibits>,
    pub(crate) backlog: Backlog,
    pub(crate) lock: Option<Lock>,
    /// What others bring in, where the files tell.
    pub(crate) contributions: Option<Contributions>,
}

impl Project {
    /// Reads `files`, name and text, and the policy.
    pub(crate) fn new<S: AsRef<str>>(files: &[(S, S)], policy: &str) -> Self {
        let library = Library::embedded();
        let mut sources = Sources::new();
        for (name, text) in library.sources() {
            sources.add(name, text);
        }
        let table = sources.add(catalog::NAME, Catalog::embedded().text());
        let read = |(name, text): &(S, S)| {
            let reader = READERS.iter().find(|it| (it.wants)(name.as_ref()))?;
            let id = sources.add(name.as_ref(), text.as_ref().to_owned());
            match reader.read {
                Read::Text(read) | Read::Header { read, .. } => Some(read(sources.get(id)?)),
            }
        };
        let readings = files.iter().filter_map(read).collect();
        let graph = relate(identify(readings, &sources, &library), &sources);
        let graph = recall(graph, Catalog::embedded(), table, &sources);
        let id = sources.add("caveat.toml", policy.to_owned());
        let policy = Policy::parse("caveat.toml", policy, id).unwrap_or_else(|mistakes| {
            let told: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
            panic!("the policy is wrong: {}\n{policy}", told.join("; "))
        });
        let mut graph = graph;
        let text = |name: String| files.iter().find(|it| it.0.as_ref() == name);
        let mut digest = |component: &Component, path: &str| {
            let beside = format!("{}/{path}", component.path);
            let (_, text) = text(beside).or_else(|| text(path.to_owned()))?;
            Some(Digest(Sha256::digest(text.as_ref()).into()))
        };
        let known = (&library, &sources);
        let stale = clarify(&mut graph, &policy, known, "", &mut digest);
        let backlog = backlog(files, &policy, &mut sources);
        let lock = lock(files, &mut sources);
        let contributions = history::contributions(files, &mut sources, &library, &mut graph);
        let exhibits = None;
        Self { sources, library, graph, policy, stale, exhibits, backlog, lock, contributions }
    }

    /// The project as rules see it.
    pub(crate) fn case(&self) -> Case<'_> {
        let today = Date::parse(TODAY).expect("today is a day");
        let (graph, library) = (&self.graph, &self.library);
        let mut ground = Ground::new(graph, library, &self.policy, &self.sources, today, "");
        ground.stale.clone_from(&self.stale);
        ground.exhibits = self.exhibits.as_ref();
        ground.backlog.clone_from(&self.backlog);
        ground.contributions = self.contributions.as_ref();
        if let Some(lock) = &self.lock {
            let now = state(&ground, &BTreeMap::new(), &|_| true);
            ground.drift = Some(compare(lock, &now, self.library));
        }
        Case::of(ground)
    }

    /// What comes of it.
    pub(crate) fn report(&self) -> Report {
        if self.contributions.is_some() {
            return contributed(&self.case());
        }
        judge(&self.case())
    }

    /// Its findings, a line for each: place, verdict, rule, message.
    pub(crate) fn findings(&self) -> String {
        let line = |it: &Finding| {
            let place = self.sources.place(it.at).expect("a finding has a place");
            let (path, line, column) = (place.path, place.line, place.column);
            let (level, rule, message) = (it.level.name(), it.rule, &it.message);
            format!("{path}:{line}:{column}: {level}[{rule}] {message}\n")
        };
        let text: String = self.report().findings.iter().map(line).collect();
        if text.is_empty() { "none\n".to_owned() } else { text }
    }
}

/// The baseline that the policy names, as far as it is among the files.
fn backlog<S: AsRef<str>>(files: &[(S, S)], policy: &Policy, sources: &mut Sources) -> Backlog {
    let Some(named) = &policy.baseline else { return Backlog::Unread };
    let name = named.file.value.clone();
    let Some((_, text)) = files.iter().find(|it| it.0.as_ref() == name) else {
        return Backlog::Missing;
    };
    let id = sources.add(name.clone(), text.as_ref().to_owned());
    let findings = KnownFindings::parse(text.as_ref(), id).expect("the baseline is one");
    Backlog::Known { findings, name, whole: true }
}

/// What licenses were, as far as that is among the files.
fn lock<S: AsRef<str>>(files: &[(S, S)], sources: &mut Sources) -> Option<Lock> {
    let (name, text) = files.iter().find(|it| it.0.as_ref() == "caveat.lock")?;
    let id = sources.add(name.as_ref(), text.as_ref().to_owned());
    Some(Lock::parse(text.as_ref(), id).expect("the lock is one"))
}
