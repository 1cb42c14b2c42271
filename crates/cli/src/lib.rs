//! Caveat as a library: scan a directory, judge it by a policy, read the findings.
//!
//! ```no_run
//! let mut scan = caveat::scan(&["."])?;
//! let policy = caveat::Policy::named("commercial-saas")?;
//! let report = caveat::judge(&mut scan, &policy, caveat::today());
//! for finding in &report.findings {
//!     println!("{}: {}", finding.rule, finding.message);
//! }
//! # Ok::<(), caveat::Error>(())
//! ```
//!
//! Nothing here prints or exits but [`run::run`], which is the command.
//!
//! Modules are listed in reading order: each uses only those above it.

mod error;
pub mod exit;
mod write;
mod today;
mod index;
mod tracked;
mod git;
mod cache;
mod discover;
mod progress;
mod aids;
mod open;
pub mod read;
mod machine;
mod installed;
mod unread;
mod staged;
mod affected;
mod scan;
mod earlier;
mod mistaken;
mod baseline;
mod lockfile;
mod own;
mod policies;
mod evidence;
mod exhibits;
mod artefacts;
mod standard;
mod judge;
mod edit;
mod locked;
mod since;
mod range;
mod contributed;
mod files;
mod covered;
mod carried;
mod subject;
mod given;
mod may;
mod expectations;
pub mod args;
mod output;
mod decide;
mod commands;
pub mod run;

pub use caveat_core as core;
pub use caveat_policy as policy;
pub use caveat_report as report;
pub use error::Error;
pub use judge::judge;
pub use may::{Answer, Missing, may};
pub use policies::Chosen as Policy;
pub use scan::{Scan, ScanOptions, scan, scan_with};
pub use subject::Question;
pub use today::today;

/// The day up to which the license data was read.
macro_rules! data {
    () => {
        "2026-11-22"
    };
}

/// Version of the tool.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The day up to which the license data was read.
pub const DATA: &str = data!();
/// Both, as `caveat --version` says them.
const VERSIONS: &str = concat!(env!("CARGO_PKG_VERSION"), " (license data of ", data!(), ")");
