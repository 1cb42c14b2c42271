//! Everything that a format may show of one run.

use std::collections::BTreeMap;

use caveat_core::coverage::Coverage;
use caveat_core::inventory::Graph;
use caveat_core::source::{SourceId, Sources};
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
    /// Why the built-in default judges, where nobody named a policy: none was found, or the one
    /// that was found speaks of other places.
    pub default_because: Option<&'a str>,
    /// All text.
    pub sources: &'a Sources,
    /// Where its files lie for those who see the whole repository.
    pub files: &'a Files,
    /// What is there.
    pub graph: &'a Graph,
    /// What was found; `None` where nothing was judged.
    pub report: Option<&'a Report>,
    /// What was looked at.
    pub coverage: &'a Coverage,
    /// Category of each license, by the concluded license as reports write it; `None` where
    /// nobody asked for categories.
    pub categories: Option<&'a BTreeMap<String, String>>,
    /// Show also what was allowed or set aside.
    pub audit: bool,
}

/// Where files lie, counted from the top of the repository: what is scanned may be a part of it.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The scanned folder, with `/` at its end; empty where that is the top.
    pub folder: String,
    /// The path of each source that is a file of the repository. What is in none, such as the
    /// terms of a license, is missing here.
    pub paths: BTreeMap<SourceId, String>,
    /// The address of the top of the repository, `file://…/`, where whoever looks can follow links.
    pub address: Option<String>,
}

/// How the output is to look on its device.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns to wrap at.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether to show also what is seldom wanted: where a license's terms are on record, every
    /// file that was skipped.
    pub verbose: bool,
}
