//! Why a run could not be done.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run could not be done: what was attempted, on what, and why it failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A path cannot be read.
    Path {
        /// As the user gave it.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Nothing that could be read was found: a gate that looks at nothing passes nothing.
    NothingScanned {
        /// Where it was looked for.
        root: PathBuf,
    },
    /// A policy file cannot be read.
    PolicyUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A policy cannot be understood. The text is a rendered list of its mistakes.
    PolicyInvalid {
        /// Its name.
        name: String,
        /// Where and what, a line each.
        mistakes: String,
    },
    /// No shipped policy has that name and no file has it either.
    PolicyUnknown {
        /// As the user gave it.
        name: String,
        /// Names that exist.
        known: Vec<&'static str>,
    },
    /// Nothing answers to a name.
    Unknown {
        /// What sort of thing was looked for.
        what: &'static str,
        /// The name.
        name: String,
        /// What to do.
        help: String,
    },
    /// Output cannot be written.
    Write {
        /// Where to.
        to: String,
        /// Why.
        source: io::Error,
    },
    /// A request that contradicts itself or asks for what is not there.
    Usage(String),
}

impl Error {
    pub(crate) fn path(path: &Path, source: io::Error) -> Self {
        Self::Path { path: path.to_owned(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, .. } => write!(f, "cannot read `{}`", path.display()),
            Self::NothingScanned { root } => write!(
                f,
                "nothing to scan in `{}`: no card, weight file, manifest or license text was found\n  \
                 help: check the path; `caveat scan PATH --no-ignore` also reads what .gitignore names",
                root.display()
            ),
            Self::PolicyUnreadable { path, .. } => {
                write!(f, "cannot read the policy `{}`", path.display())
            }
            Self::PolicyInvalid { name, mistakes } => {
                write!(f, "cannot use the policy `{name}`:\n{mistakes}")
            }
            Self::PolicyUnknown { name, known } => write!(
                f,
                "no policy `{name}`: neither a file nor one of the shipped ones ({})",
                known.join(", ")
            ),
            Self::Unknown { what, name, help } => write!(f, "no {what} `{name}`\n  help: {help}"),
            Self::Write { to, .. } => write!(f, "cannot write {to}"),
            Self::Usage(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Path { source, .. }
            | Self::PolicyUnreadable { source, .. }
            | Self::Write { source, .. } => Some(source),
            Self::NothingScanned { .. }
            | Self::PolicyInvalid { .. }
            | Self::PolicyUnknown { .. }
            | Self::Unknown { .. }
            | Self::Usage(_) => None,
        }
    }
}
