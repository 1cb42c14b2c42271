//! REUSE 3.3: whether each file of a project says whose it is and under which license.
//!
//! The specification: <https://reuse.software/spec-3.3/>. Clauses are quoted by its headings.

mod exempt;
mod header;
mod expressions;
mod texts;
mod problem;
mod sayings;
mod about;
mod words;
mod lint;

pub use exempt::{Folder, folder, is_covered};
pub use header::{Said, Stated, stated};
pub use lint::{Associated, Covered, FileInfo, Lint, Origin, Project, lint};
pub use problem::{Kind, Place, Problem, Spot};

/// The version of the specification.
pub const VERSION: &str = "3.3";

/// What lies beside a file that has no place for comments.
pub const SIDECAR: &str = ".license";

/// What annotates files of its folder and below.
pub const ANNOTATIONS: &str = "REUSE.toml";

/// What did that for the whole project in earlier versions.
pub const DEP5: &str = ".reuse/dep5";

/// The folder of license texts, in the root.
pub const TEXTS: &str = "LICENSES";
