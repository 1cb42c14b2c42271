//! `caveat diff`: what changed of licenses between two states.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use caveat_core::library::Library;
use caveat_policy::date::Date;
use caveat_policy::drift::{Asked, Comparison, Drift, Update, compare};
use caveat_policy::policy::{Lock, Locked, decided};
use caveat_report::plain::plain;
use caveat_report::write_json;
use serde::Serialize;

use crate::args::Diff as Request;
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::locked::state_of;
use crate::lockfile::Written;
use crate::output::{no_format, put};
use crate::policies::choose;
use crate::scan::{ScanOptions, scan_with};
use crate::since::{named, past};
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    if !["full", "json"].contains(&request.format.as_str()) {
        return Err(no_format(&request.format));
    }
    let today = day(request.policy.today.as_deref())?;
    let sides = [&request.old, &request.new].map(PathBuf::from);
    let mut paths = sides.iter().rev().filter(|it| it.is_dir());
    let home = paths.next().cloned().unwrap_or_else(|| PathBuf::from("."));
    let old = side(&request.old, &home, request, today, log)?;
    let new = side(&request.new, &home, request, today, log)?;
    let changes = compare(&old, &new, Library::embedded());
    let mut text = Vec::new();
    if request.format == "json" {
        let shown = Document::of(request, &changes);
        write_json(&shown, &mut text)
            .map_err(|source| Error::Write { to: "the comparison".to_owned(), source })?;
    } else {
        let mut said = String::new();
        tell(&changes, &mut said);
        sum_up(&changes, &mut said);
        text = said.into_bytes();
    }
    put(out, &text)?;
    let fails = changes.drifts.iter().any(|it| it.change.is_of_license() || it.is_worse());
    Ok(if fails && !request.exit_zero { FINDINGS } else { CLEAN })
}

/// One of the two: a lock, a tree, or a tree at a revision.
fn side(
    words: &str,
    home: &Path,
    request: &Request,
    today: Date,
    log: &mut dyn Write,
) -> Result<Lock, Error> {
    let path = Path::new(words);
    let asked = request.policy.policy.as_deref();
    if path.extension().is_some_and(|it| it == "lock") && path.is_file() {
        return lock(path);
    }
    if path.exists() || words.starts_with(['.', '/']) {
        let mut scan = scan_with(&[path.to_owned()], ScanOptions::default())?;
        let policy = choose(asked, &scan.root)?;
        return Ok(state_of(&mut scan, &policy, today));
    }
    let root = home.canonicalize().map_err(|it| Error::path(home, it))?;
    let revision = named(words, &root)?;
    let policy = choose(asked, &root)?;
    let place = (root.as_path(), asked, &policy);
    let mut past = past(&revision, std::slice::from_ref(&root), place, today)?;
    for it in &past.submodules {
        // The log may be closed, and then there is nobody to tell.
        let _ = writeln!(log, "not compared: the submodule `{}`", plain(it));
    }
    let policy = past.policy.clone();
    let nothing =
        || Lock { source: crate::mistaken::UNBOUND, components: vec![], licenses: vec![] };
    Ok(past.scan.as_mut().map_or_else(nothing, |it| state_of(it, &policy, today)))
}

fn lock(path: &Path) -> Result<Lock, Error> {
    let whole = path.canonicalize().map_err(|it| Error::path(path, it))?;
    let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
    let (Some(folder), Some(name)) = (whole.parent(), whole.file_name()) else {
        return Err(Error::path(path, missing()));
    };
    let written = Written::read(folder, &name.to_string_lossy())?;
    written.and_then(|it| it.lock()).ok_or_else(|| Error::path(path, missing()))
}

/// Every change, for people.
pub(super) fn tell(changes: &Comparison, said: &mut String) {
    // Writing to memory does not fail.
    for it in &changes.drifts {
        let _ = writeln!(said, "{}: {}", plain(&it.is.id.value), sentence(it));
        asks(&it.newly, &it.no_longer, said);
    }
    for it in &changes.updates {
        let under = it.components.len();
        let _ = writeln!(
            said,
            "{}: its terms are on record in another way ({under} under it)",
            plain(&it.was.id)
        );
        asks(&it.newly, &it.no_longer, said);
    }
}

fn asks(newly: &[Asked], no_longer: &[Asked], said: &mut String) {
    for (words, all) in [("new", newly), ("no longer", no_longer)] {
        for it in all {
            let cite = it.cite.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
            let _ = writeln!(said, "  {words:<9}  {}", plain(&format!("{it}{cite}")));
        }
    }
}

fn sentence(it: &Drift) -> String {
    let mut parts = Vec::new();
    if it.was.id.value != it.is.id.value || it.was.version != it.is.version {
        let version = |it: &Locked| it.version.clone().unwrap_or_else(|| it.id.value.clone());
        parts.push(format!("from {} to {}", version(&it.was), version(&it.is)));
    }
    if it.change.is_of_license() {
        parts.push(format!("{} -> {}", license(&it.was), license(&it.is)));
    } else if it.is.evidence != it.was.evidence
        && it.change == caveat_policy::drift::Change::Evidence
    {
        parts.push(format!("{}, in other words", license(&it.is)));
    }
    if let (Some(was), Some(is)) = (it.was.decision, it.is.decision)
        && was != is
    {
        parts.push(format!("{} -> {}", decided(was), decided(is)));
    }
    plain(&parts.join("; ")).into_owned()
}

fn license(it: &Locked) -> &str {
    it.license.as_ref().map_or("no known license", |it| it.value.as_str())
}

fn sum_up(changes: &Comparison, said: &mut String) {
    let count = |keep: fn(&Drift) -> bool| changes.drifts.iter().filter(|it| keep(it)).count();
    let parts = [
        (count(|it| it.change.is_of_license()), "of another license"),
        (count(Drift::is_worse), "decided worse"),
        (count(|it| it.change == caveat_policy::drift::Change::Evidence), "in other words"),
        (changes.updates.len(), "terms on record in another way"),
        (changes.added.len(), "new"),
        (changes.removed.len(), "gone"),
        (changes.unseen.len(), "not installed for one of the two"),
    ];
    let parts: Vec<_> =
        parts.iter().filter(|it| it.0 > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let told = if parts.is_empty() { "nothing changed".to_owned() } else { parts.join(", ") };
    let _ = writeln!(said, "summary: {told}");
}

/// The comparison as a document; its fields may not change when the program does.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    old: &'a str,
    new: &'a str,
    drifts: Vec<JsonDrift<'a>>,
    terms: Vec<JsonUpdate<'a>>,
    added: &'a [String],
    removed: &'a [String],
    unseen: &'a [String],
}

#[derive(Serialize)]
struct JsonDrift<'a> {
    component: &'a str,
    change: &'static str,
    worse: bool,
    old: JsonSide<'a>,
    new: JsonSide<'a>,
    newly: Vec<JsonAsked<'a>>,
    no_longer: Vec<JsonAsked<'a>>,
}

#[derive(Serialize)]
struct JsonSide<'a> {
    component: &'a str,
    version: Option<&'a str>,
    license: Option<&'a str>,
    evidence: Option<String>,
    decision: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonUpdate<'a> {
    license: &'a str,
    components: &'a [String],
    newly: Vec<JsonAsked<'a>>,
    no_longer: Vec<JsonAsked<'a>>,
}

#[derive(Serialize)]
struct JsonAsked<'a> {
    tag: &'a str,
    says: Option<&'a str>,
    cite: Option<&'a str>,
}

impl<'a> Document<'a> {
    fn of(request: &'a Request, changes: &'a Comparison) -> Self {
        Self {
            schema: "caveat-diff/1",
            old: &request.old,
            new: &request.new,
            drifts: changes.drifts.iter().map(JsonDrift::of).collect(),
            terms: changes.updates.iter().map(JsonUpdate::of).collect(),
            added: &changes.added,
            removed: &changes.removed,
            unseen: &changes.unseen,
        }
    }
}

impl<'a> JsonDrift<'a> {
    fn of(it: &'a Drift) -> Self {
        Self {
            component: &it.is.id.value,
            change: it.change.name(),
            worse: it.is_worse(),
            old: JsonSide::of(&it.was),
            new: JsonSide::of(&it.is),
            newly: it.newly.iter().map(JsonAsked::of).collect(),
            no_longer: it.no_longer.iter().map(JsonAsked::of).collect(),
        }
    }
}

impl<'a> JsonSide<'a> {
    fn of(it: &'a Locked) -> Self {
        Self {
            component: &it.id.value,
            version: it.version.as_deref(),
            license: it.license.as_ref().map(|it| it.value.as_str()),
            evidence: it.evidence.as_ref().map(|it| it.value.to_string()),
            decision: it.decision.map(decided),
        }
    }
}

impl<'a> JsonUpdate<'a> {
    fn of(it: &'a Update) -> Self {
        Self {
            license: &it.was.id,
            components: &it.components,
            newly: it.newly.iter().map(JsonAsked::of).collect(),
            no_longer: it.no_longer.iter().map(JsonAsked::of).collect(),
        }
    }
}

impl<'a> JsonAsked<'a> {
    fn of(it: &'a Asked) -> Self {
        Self { tag: &it.tag, says: it.says.as_deref(), cite: it.cite.as_deref() }
    }
}
