//! `caveat lock`: writes down what licenses are, so that what changes is seen.

use std::fmt::Write as _;
use std::io::Write;

use caveat_policy::drift::{Comparison, compare};
use caveat_report::plain::plain;

use super::diff::tell;
use crate::args::Lock as Request;
use crate::baseline::base;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::locked::state_of;
use crate::lockfile::{FILE, Written};
use crate::output::put;
use crate::policies::choose;
use crate::scan::{ScanOptions, scan_with};
use crate::today::day;
use crate::write::{create, replace};

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let today = day(request.policy.today.as_deref())?;
    let options = ScanOptions { ignore_files: !request.no_ignore };
    let mut scan = scan_with(std::slice::from_ref(&request.path), options)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    let base = base(&scan.root, &policy.prefix);
    if !policy.prefix.is_empty() || !request.path.is_dir() {
        return Err(Error::Usage {
            what: format!("a lock is of the whole tree that `{}` speaks of", policy.origin()),
            help: format!("caveat lock {}", base.display()),
        });
    }
    let before = Written::read(&base, FILE)?.and_then(|it| it.lock());
    let now = state_of(&mut scan, &policy, today);
    let text = now.write();
    let path = base.join(FILE);
    let failed = |source| Error::Write { to: format!("`{}`", path.display()), source };
    let changes = before.as_ref().map(|it| compare(it, &now, scan.library));
    match &before {
        None => create(&path, text.as_bytes()).map_err(failed)?,
        Some(_) => replace(&path, text.as_bytes()).map_err(failed)?,
    }
    let (components, licenses) = (now.components.len(), now.licenses.len());
    let mut said = format!("wrote {FILE}: {components} components, {licenses} licenses\n");
    if let Some(it) = changes {
        told(&it, &mut said);
    }
    put(out, said.as_bytes())?;
    Ok(CLEAN)
}

/// What is taken over from now on: whoever writes it has to see it.
fn told(changes: &Comparison, said: &mut String) {
    tell(changes, said);
    for (sign, ids) in [("+", &changes.added), ("-", &changes.removed)] {
        for it in ids {
            let _ = writeln!(said, "{sign} {}", plain(it));
        }
    }
}
