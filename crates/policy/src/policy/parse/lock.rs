//! The file `caveat.lock`.

use caveat_core::source::{SourceId, Span};
use toml::de::{DeTable, DeValue};

use super::super::lock::{LONGEST_LOCK, decided, decision};
use super::super::{Lock, Locked, LockedLicense, Mistake, PolicyError};
use super::table::{Notes, Table};
use super::values::{digest, number, text};
use super::with_faults;
use crate::verdict::Verdict;
use crate::vocabulary::Word;

/// The version of the file that this reads.
const VERSION: u64 = 1;

pub(in super::super) fn lock(text: &str, source: SourceId) -> Result<Lock, Vec<PolicyError>> {
    if text.len() > LONGEST_LOCK {
        let at = Span::new(source, 0..0);
        let what = "there is more in it than in any lock".to_owned();
        return Err(vec![PolicyError { at, mistake: Mistake::Syntax(what) }]);
    }
    let (root, faults) = DeTable::parse_recoverable(text);
    let notes = Notes::new(source, text);
    let (components, licenses) = {
        let mut root = Table::named_root(&notes, "the lock", root.get_ref());
        root.need("lock", version);
        (root.list("component", component), root.list("license", license))
    };
    with_faults(text, source, notes.mistakes(), &faults)?;
    Ok(Lock { source, components, licenses })
}

fn component(mut table: Table<'_>) -> Option<Locked> {
    let at = table.at();
    let id = table.need("id", text);
    let version = table.one("version", text).map(|it| it.value);
    let license = table.one("license", text);
    let evidence = table.one("evidence", digest);
    let decision = table.one("decision", verdict).map(|it| it.value);
    Some(Locked { at, id: id?, version, license, evidence, decision })
}

fn license(mut table: Table<'_>) -> Option<LockedLicense> {
    let at = table.at();
    let id = table.need("id", text);
    let terms = table.one("terms", digest).map(|it| it.value);
    let asks = table.many("asks", text).into_iter().map(|it| it.value).collect();
    Some(LockedLicense { at, id: id?.value, terms, asks })
}

fn verdict(key: &str, value: &DeValue<'_>) -> Result<Verdict, Mistake> {
    let word = text(key, value)?;
    decision(&word).ok_or_else(|| {
        let allowed = Verdict::ALL.iter().map(|it| decided(*it)).collect();
        Mistake::UnknownWord { noun: "decision", word, allowed }
    })
}

fn version(key: &str, value: &DeValue<'_>) -> Result<u64, Mistake> {
    let found = number(key, value)?;
    if found == VERSION {
        return Ok(found);
    }
    Err(Mistake::BadForm {
        text: found.to_string(),
        fault: "is a version of the lock that this caveat cannot read",
        help: "use a newer caveat".to_owned(),
    })
}
