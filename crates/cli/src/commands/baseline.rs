//! `caveat baseline`: what is there on the first day is set aside, and only ever taken out again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;

use caveat_policy::backlog::{entry, may_be_listed};
use caveat_policy::date::{Date, Period};
use caveat_policy::finding::Finding;
use caveat_policy::policy::{KnownFinding, KnownFindings};
use caveat_report::plain::plain;

use crate::args::Baseline as Request;
use crate::baseline::{Listed, USUAL, base};
use crate::error::Error;
use crate::exit::CLEAN;
use crate::judge::judge;
use crate::mistaken::UNBOUND;
use crate::output::put;
use crate::policies::{Chosen, choose};
use crate::scan::{ScanOptions, scan_with};
use crate::today::day;
use crate::write::{create, replace};

/// How many entries are shown; the file has them all.
const SHOWN: usize = 20;

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let today = day(request.policy.today.as_deref())?;
    let options = ScanOptions { ignore_files: !request.no_ignore };
    let mut scan = scan_with(std::slice::from_ref(&request.path), options)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    let base = base(&scan.root, &policy.prefix);
    if !policy.prefix.is_empty() || !request.path.is_dir() {
        return Err(Error::Usage {
            what: format!("a baseline is of the whole tree that `{}` speaks of", policy.origin()),
            help: format!("caveat baseline {}", base.display()),
        });
    }
    let listed = Listed::read(&base, policy.baseline_file(), true)?;
    let report = judge(&mut scan, &policy, today);
    let found: Vec<_> = report.findings.iter().filter(|it| may_be_listed(it)).collect();
    let name = policy.baseline_file().unwrap_or(USUAL);
    let said = match listed {
        Listed::Unread | Listed::Missing => first(&base, name, &found, &policy, today)?,
        Listed::Read { text, .. } => prune(&base, name, &text, &found)?,
    };
    put(out, said.as_bytes())?;
    Ok(CLEAN)
}

/// Writes the first baseline: everything that was found.
fn first(
    base: &Path,
    name: &str,
    found: &[&Finding],
    policy: &Chosen,
    today: Date,
) -> Result<String, Error> {
    if found.is_empty() {
        return Ok("nothing is found that a baseline could set aside: none is needed\n".to_owned());
    }
    let list: Vec<_> = found.iter().map(|it| entry(it, "")).collect();
    let path = base.join(name);
    let to = || format!("`{}`", path.display());
    let failed = |source| Error::Write { to: to(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
        inside(base, folder, name)?;
    }
    create(&path, KnownFindings::write(&list).as_bytes()).map_err(failed)?;
    let mut said = format!("wrote {}: {} set aside\n", plain(name), findings(list.len()));
    show(&mut said, "+", list.iter());
    if policy.baseline_file().is_none() {
        let until = Period::parse("180d").map_or(today, |it| today.plus(it));
        let _ = write!(
            said,
            "next: give it an end in caveat.toml, after which these count again\n\
             \x20 [baseline]\n  file  = \"{USUAL}\"\n  until = {until}\n"
        );
    }
    Ok(said)
}

/// A link may have led the folder elsewhere.
fn inside(base: &Path, folder: &Path, name: &str) -> Result<(), Error> {
    let inside = folder.canonicalize().is_ok_and(|it| it.starts_with(base));
    if inside {
        return Ok(());
    }
    Err(Error::Usage {
        what: format!("`{name}` leads out of the repository, and nothing is written there"),
        help: "name another file in [baseline]".to_owned(),
    })
}

/// Takes out what was not found any more, and puts nothing in.
fn prune(base: &Path, name: &str, text: &str, found: &[&Finding]) -> Result<String, Error> {
    // It was read as a baseline before.
    let known = KnownFindings::parse(text, UNBOUND).map(|it| it.list).unwrap_or_default();
    let mut here: BTreeMap<String, usize> = BTreeMap::new();
    for it in found {
        *here.entry(it.fingerprint()).or_default() += 1;
    }
    let (mut kept, mut mended) = (Vec::new(), Vec::new());
    for it in known {
        match here.get_mut(&it.fingerprint.value).filter(|it| **it > 0) {
            Some(count) => {
                *count -= 1;
                kept.push(it);
            }
            None => mended.push(it),
        }
    }
    let new: usize = here.values().sum();
    let mut said = if mended.is_empty() {
        format!("{} stays as it is: {} set aside\n", plain(name), findings(kept.len()))
    } else {
        let path = base.join(name);
        let written = replace(&path, KnownFindings::write(&kept).as_bytes());
        written.map_err(|source| Error::Write { to: format!("`{}`", path.display()), source })?;
        let (out, left) = (mended.len(), findings(kept.len()));
        format!("wrote {}: {out} taken out as mended, {left} set aside\n", plain(name))
    };
    show(&mut said, "-", mended.iter());
    if kept.is_empty() {
        said.push_str(
            "next: nothing of it is left; remove the file, and [baseline] of the policy\n",
        );
    }
    if new > 0 {
        let _ = write!(
            said,
            "{} new and not put in, as a baseline never grows: `caveat check` shows them\n\
             next: mend them, or decide about them one by one: caveat except SUBJECT\n\
             \x20     to begin anew on purpose, delete {} and run this again\n",
            findings(new),
            plain(name)
        );
    }
    Ok(said)
}

fn findings(count: usize) -> String {
    if count == 1 { "1 finding is".to_owned() } else { format!("{count} findings are") }
}

fn show<'a>(
    said: &mut String,
    sign: &str,
    entries: impl ExactSizeIterator<Item = &'a KnownFinding>,
) {
    let more = entries.len().saturating_sub(SHOWN);
    for it in entries.take(SHOWN) {
        let license = it.license.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let about = format!("{} {}{license}", it.rule, it.component);
        let _ = writeln!(said, "  {sign} {}", plain(&about));
    }
    if more > 0 {
        let _ = writeln!(said, "  {sign} {more} more");
    }
}
