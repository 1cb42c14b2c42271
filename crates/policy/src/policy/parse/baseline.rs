//! The file of a baseline.

use caveat_core::source::{SourceId, Span, Spanned};
use toml::de::{DeTable, DeValue};

use super::super::baseline::LONGEST_BASELINE;
use super::super::{KnownFinding, KnownFindings, Mistake, PolicyError};
use super::table::{Notes, Table};
use super::values::{number, text};
use super::with_faults;

/// The version of the file that this reads.
const VERSION: u64 = 1;

pub(in super::super) fn known_findings(
    text: &str,
    source: SourceId,
) -> Result<KnownFindings, Vec<PolicyError>> {
    if text.len() > LONGEST_BASELINE {
        let at = Span::new(source, 0..0);
        let what = "there is more in it than in any baseline".to_owned();
        return Err(vec![PolicyError { at, mistake: Mistake::Syntax(what) }]);
    }
    let (root, faults) = DeTable::parse_recoverable(text);
    let notes = Notes::new(source, text);
    let list = {
        let mut root = Table::named_root(&notes, "the baseline", root.get_ref());
        root.need("baseline", version);
        root.list("finding", finding)
    };
    with_faults(text, source, notes.mistakes(), &faults)?;
    Ok(KnownFindings { source, list })
}

fn finding(mut table: Table<'_>) -> Option<KnownFinding> {
    let at = table.at();
    let fingerprint = table.need("fingerprint", fingerprint);
    let rule = table.need("rule", text);
    let component = table.need("component", text);
    let license = table.one("license", text).map(|it| it.value);
    let message = table.one("message", text).map(|it| it.value).unwrap_or_default();
    let (rule, component) = (rule?.value, component?.value);
    Some(KnownFinding { at, fingerprint: fingerprint?, rule, component, license, message })
}

fn version(key: &str, value: &DeValue<'_>) -> Result<u64, Mistake> {
    let found = number(key, value)?;
    if found == VERSION {
        return Ok(found);
    }
    Err(Mistake::BadForm {
        text: found.to_string(),
        fault: "is a version of the baseline that this caveat cannot read",
        help: "use a newer caveat".to_owned(),
    })
}

fn fingerprint(key: &str, value: &DeValue<'_>) -> Result<String, Mistake> {
    let text = text(key, value)?;
    let hexadecimal = |it: u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
    if text.len() == 16 && text.bytes().all(hexadecimal) {
        return Ok(text);
    }
    Err(Mistake::BadForm {
        text,
        fault: "is not the fingerprint of a finding",
        help: "`caveat baseline` writes it; to begin anew, delete the file and run that".to_owned(),
    })
}

/// For tests and callers that make entries without a file.
impl KnownFinding {
    /// An entry that is not written anywhere yet.
    pub fn new(fingerprint: String, rule: &str, component: &str) -> Self {
        let at = Span::new(SourceId(u32::MAX), 0..0);
        Self {
            at,
            fingerprint: Spanned::new(fingerprint, at),
            rule: rule.to_owned(),
            component: component.to_owned(),
            license: None,
            message: String::new(),
        }
    }
}
