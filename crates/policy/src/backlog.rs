//! Findings that were there before: what the baseline lists is set aside until its end.

use std::collections::BTreeMap;

use caveat_core::source::Span;

use crate::finding::{Aside, Finding, Report, SetAside};
use crate::policy::{KnownFinding, KnownFindings};

/// What is known of findings that were there before.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Backlog {
    /// Nobody looked for a baseline.
    #[default]
    Unread,
    /// The policy names one, and it is not there.
    Missing,
    /// It was read.
    Known {
        /// What it lists.
        findings: KnownFindings,
        /// What its file is called.
        name: String,
        /// Whether the whole tree was scanned that it is of: only then is an entry that was not
        /// found mended.
        whole: bool,
    },
}

/// Rules that speak of the policy and its records rather than of the tree: a baseline that listed
/// their findings would hide that it is out of date itself.
const OF_THE_POLICY: [&str; 6] = [
    "expired-baseline",
    "expired-exception",
    "stale-baseline",
    "stale-clarification",
    "stale-facts",
    "unused-exception",
];

/// Whether a baseline may list a finding.
pub fn may_be_listed(finding: &Finding) -> bool {
    !OF_THE_POLICY.contains(&finding.rule)
}

/// The entry for a finding; `prefix` leads from the folder of the baseline to the scanned one.
pub fn entry(finding: &Finding, prefix: &str) -> KnownFinding {
    let component = crate::finding::below(prefix, finding.component.as_str());
    KnownFinding {
        license: finding.license.clone(),
        message: finding.message.clone(),
        ..KnownFinding::new(finding.fingerprint_below(prefix), finding.rule, &component)
    }
}

/// The entries of a list by fingerprint: one of them stands for one finding, so that a second of
/// the same sort is new.
pub(crate) struct Unclaimed<'a>(BTreeMap<&'a str, Vec<&'a KnownFinding>>);

impl<'a> Unclaimed<'a> {
    pub(crate) fn of(list: &'a [KnownFinding]) -> Self {
        let mut entries: BTreeMap<&str, Vec<&KnownFinding>> = BTreeMap::new();
        for it in list.iter().rev() {
            entries.entry(&it.fingerprint.value).or_default().push(it);
        }
        Self(entries)
    }

    /// The entry of a finding, which is then claimed.
    fn claim(&mut self, finding: &Finding, prefix: &str) -> Option<&'a KnownFinding> {
        self.0.get_mut(finding.fingerprint_below(prefix).as_str())?.pop()
    }

    /// What nothing claimed, in the order of the file.
    pub(crate) fn left(self) -> Vec<&'a KnownFinding> {
        let mut left: Vec<_> = self.0.into_values().flatten().collect();
        left.sort_by_key(|it| it.at);
        left
    }
}

/// Sets aside every finding that `list` has an entry for, with `why`, and returns the entries that
/// nothing was found for.
pub(crate) fn set_aside<'a>(
    report: &mut Report,
    list: &'a [KnownFinding],
    prefix: &str,
    why: &str,
) -> Vec<&'a KnownFinding> {
    let mut entries = Unclaimed::of(list);
    let aside = |finding: &Finding| {
        may_be_listed(finding).then(|| entries.claim(finding, prefix)).flatten().map(|it| it.at)
    };
    take_out(report, Aside::Baseline, why, aside);
    entries.left()
}

/// Keeps the findings that are not in `list`, the findings of another judgement, or are graver
/// now; the others are set aside with `why`.
pub fn keep_new(report: &mut Report, before: &[Finding], why: &str) {
    let mut known: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for it in before {
        known.entry(it.fingerprint()).or_default().push(it);
    }
    let aside = |finding: &Finding| {
        let then = known.get_mut(&finding.fingerprint())?.pop()?;
        (then.level >= finding.level).then_some(finding.at)
    };
    take_out(report, Aside::NotNew, why, aside);
}

/// Moves what `place` gives a place for to what does not count.
fn take_out(
    report: &mut Report,
    by: Aside,
    why: &str,
    mut place: impl FnMut(&Finding) -> Option<Span>,
) {
    for finding in std::mem::take(&mut report.findings) {
        match place(&finding) {
            Some(at) => report.set_aside.push(SetAside { finding, why: why.to_owned(), at, by }),
            None => report.findings.push(finding),
        }
    }
}
