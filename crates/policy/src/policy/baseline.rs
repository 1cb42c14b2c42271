//! The findings that were there before: the file that `[baseline]` names.

use std::fmt::Write as _;

use caveat_core::source::{SourceId, Span, Spanned};

use super::PolicyError;
use super::parse;

/// How many bytes of a baseline are read; more is refused. Ten thousand findings take about four
/// megabytes.
pub const LONGEST_BASELINE: usize = 32 << 20;

/// What every file of this kind begins with, for the people who meet it.
const HEAD: &str = "\
# Findings that were there when this file was made. They are set aside until the day that\n\
# `[baseline] until` names in the policy. `caveat baseline` takes out what is mended and puts\n\
# nothing in.\n\
baseline = 1\n";

/// Findings that were there before.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownFindings {
    /// Its text.
    pub source: SourceId,
    /// One for each finding.
    pub list: Vec<KnownFinding>,
}

/// A finding that was there before.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownFinding {
    /// Where it is written.
    pub at: Span,
    /// The digest that tells it from others.
    pub fingerprint: Spanned<String>,
    /// The rule that spoke.
    pub rule: String,
    /// Whom it was about.
    pub component: String,
    /// The license it was about, where it was about one.
    pub license: Option<String>,
    /// What it said, for people.
    pub message: String,
}

impl KnownFindings {
    /// Reads the text of a baseline. All mistakes are told at once; there is at least one where
    /// there is no baseline.
    pub fn parse(text: &str, source: SourceId) -> Result<Self, Vec<PolicyError>> {
        parse::known_findings(text, source)
    }

    /// The text of a baseline, in one order whatever the order of the list.
    pub fn write(list: &[KnownFinding]) -> String {
        let key = |it: &&KnownFinding| {
            let license = it.license.clone().unwrap_or_default();
            (it.component.clone(), it.rule.clone(), license, it.fingerprint.value.clone())
        };
        let mut sorted: Vec<_> = list.iter().collect();
        sorted.sort_by_cached_key(key);
        let mut text = HEAD.to_owned();
        for it in sorted {
            let pairs = [
                ("fingerprint", Some(&it.fingerprint.value)),
                ("rule", Some(&it.rule)),
                ("component", Some(&it.component)),
                ("license", it.license.as_ref()),
                ("message", Some(&it.message)),
            ];
            text.push_str("\n[[finding]]\n");
            for (key, value) in pairs {
                let Some(value) = value else { continue };
                // Writing to memory does not fail.
                let _ = writeln!(text, "{key:<11} = {}", quoted(value));
            }
        }
        text
    }
}

/// A text as a string of TOML, on one line.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for it in text.chars() {
        match it {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // What steers a terminal or turns the line around is not put into a file unseen.
            it if it.is_control() || is_unseen(it) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(it));
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

/// Marks that change how the text around them looks; all lie below U+10000.
fn is_unseen(it: char) -> bool {
    matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
