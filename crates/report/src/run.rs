//! Everything that a format may show of one run.

use caveat_core::coverage::Coverage;
use caveat_core::inventory::Graph;
use caveat_core::source::Sources;
use caveat_policy::finding::Report;

/// One run of the tool, ready to be written.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// Version of the tool.
    pub version: &'a str,
    /// Date of the license data, `YYYY-MM-DD`.
    pub data: &'a str,
    /// What was scanned, as the user named it.
    pub root: &'a str,
    /// The policy that judged: its name or file; `None` where nothing was judged.
    pub policy: Option<&'a str>,
    /// All text.
    pub sources: &'a Sources,
    /// What is there.
    pub graph: &'a Graph,
    /// What was found; `None` where nothing was judged.
    pub report: Option<&'a Report>,
    /// What was looked at.
    pub coverage: &'a Coverage,
    /// Show also what was allowed or set aside.
    pub audit: bool,
}

/// How the output is to look on its device.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns to wrap at.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
}
