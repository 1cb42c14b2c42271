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
mod write;
mod today;
mod discover;
mod open;
mod machine;
mod installed;
mod scan;
mod policies;
mod judge;
mod may;
pub mod args;
mod output;
mod commands;
pub mod run;

pub use caveat_core as core;
pub use caveat_policy as policy;
pub use caveat_report as report;
pub use error::Error;
pub use judge::judge;
pub use may::{Answer, Question, may};
pub use policies::Chosen as Policy;
pub use scan::{Scan, ScanOptions, scan, scan_with};
pub use today::today;

/// Version of the tool.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Date of the license data.
pub const DATA: &str = "2026-11-22";
