//! Why a run could not be done.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use caveat_core::coverage::Skipped;
use caveat_policy::vocabulary::nearest;
use caveat_report::plain::plain;

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
        /// What is there and has nearly that name.
        near: Option<PathBuf>,
    },
    /// Nothing that could be read was found: a gate that looks at nothing passes nothing.
    NothingScanned {
        /// Where it was looked for.
        root: PathBuf,
        /// What was met and left out.
        skipped: Vec<Skipped>,
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
    /// A file that the tool wrote or the policy names cannot be understood.
    FileInvalid {
        /// What the file is.
        what: &'static str,
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
    /// A word that is none of those that exist.
    Unlisted {
        /// What sort of word was looked for.
        what: &'static str,
        /// As the user gave it.
        name: String,
        /// Words that exist.
        known: Vec<&'static str>,
    },
    /// A request that cannot be followed.
    Usage {
        /// Why.
        what: String,
        /// What to do.
        help: String,
    },
}

impl Error {
    pub(crate) fn path(path: &Path, source: io::Error) -> Self {
        let near = near(path).filter(|_| source.kind() == io::ErrorKind::NotFound);
        Self::Path { path: path.to_owned(), source, near }
    }

    /// What to do, where the sentence does not say so itself.
    pub(crate) fn help(&self) -> Option<String> {
        let Self::Path { source, near, .. } = self else { return None };
        match near {
            Some(near) => Some(format!("did you mean {}?", quoted(near))),
            None if source.kind() == io::ErrorKind::NotFound => {
                Some(String::from("check the spelling, and from which folder the path begins"))
            }
            None => None,
        }
    }
}

/// How many names of a folder are compared with one that is missing from it.
const COMPARED: usize = 1000;

/// The path with the first part that is missing spelled as something that is there.
fn near(path: &Path) -> Option<PathBuf> {
    let there = path.ancestors().skip(1).find(|it| it.as_os_str().is_empty() || it.is_dir())?;
    let mut parts = path.strip_prefix(there).ok()?.components();
    let missing = parts.next()?.as_os_str().to_str()?;
    let folder = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    let names = folder.read_dir().ok()?.take(COMPARED);
    let mut names: Vec<_> =
        names.filter_map(|it| it.ok()?.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let near = nearest(missing, names.iter().map(String::as_str))?;
    Some(parts.fold(there.join(near), |path, part| path.join(part))).filter(|it| it.exists())
}

/// What people named is shown without anything that would steer their terminal.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, .. } => write!(f, "cannot read {}", quoted(path)),
            Self::NothingScanned { root, skipped } => nothing_scanned(f, root, skipped),
            Self::PolicyUnreadable { path, .. } => {
                write!(f, "cannot read the policy {}", quoted(path))
            }
            Self::PolicyInvalid { name, mistakes } => {
                write!(f, "cannot use the policy `{}`:\n{mistakes}", plain(name))
            }
            Self::FileInvalid { what, name, mistakes } => {
                write!(f, "cannot use the {what} `{}`:\n{mistakes}", plain(name))
            }
            Self::PolicyUnknown { name, known } => {
                write!(
                    f,
                    "no policy `{}`: it is neither a file nor a shipped policy",
                    plain(name)
                )?;
                help(f, name, known)
            }
            Self::Unlisted { what, name, known } => {
                write!(f, "no {what} `{}`", plain(name))?;
                help(f, name, known)
            }
            Self::Unknown { what, name, help } => {
                write!(f, "no {what} `{}`\n  help: {}", plain(name), plain(help))
            }
            Self::Write { to, .. } => write!(f, "cannot write {}", plain(to)),
            Self::Usage { what, help } => {
                write!(f, "{}\n  help: {}", plain(what), plain(help))
            }
        }
    }
}

fn quoted(path: &Path) -> String {
    format!("`{}`", plain(&path.to_string_lossy()))
}

/// How many of the files that were left out are named.
const NAMED: usize = 3;

fn nothing_scanned(f: &mut fmt::Formatter<'_>, root: &Path, skipped: &[Skipped]) -> fmt::Result {
    let what = "no card, weight file, manifest or license text was found";
    write!(f, "nothing to scan in {}: {what}", quoted(root))?;
    for it in skipped.iter().take(NAMED) {
        write!(f, "\n  left out: {}: {}", plain(&it.path), plain(&it.why))?;
    }
    if skipped.len() > NAMED {
        write!(f, "\n  left out: {} more", skipped.len() - NAMED)?;
    }
    write!(f, "\n  help: check the path; --no-ignore reads also what .gitignore names")
}

/// The nearest of the names that exist, then all of them.
fn help(f: &mut fmt::Formatter<'_>, name: &str, known: &[&str]) -> fmt::Result {
    write!(f, "\n  help: ")?;
    if let Some(near) = nearest(name, known.iter().copied()) {
        write!(f, "did you mean `{near}`? ")?;
    }
    write!(f, "there is {}", known.join(", "))
}

/// What the system says, in its words for people.
pub(crate) fn said(problem: &io::Error) -> String {
    let text = problem.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect())
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Path { source, .. }
            | Self::PolicyUnreadable { source, .. }
            | Self::Write { source, .. } => Some(source),
            Self::NothingScanned { .. }
            | Self::PolicyInvalid { .. }
            | Self::FileInvalid { .. }
            | Self::PolicyUnknown { .. }
            | Self::Unlisted { .. }
            | Self::Unknown { .. }
            | Self::Usage { .. } => None,
        }
    }
}
