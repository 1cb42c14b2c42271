//! The file of a baseline: where it is, and what it lists.

use std::path::{Path, PathBuf};

use caveat_core::source::Sources;
use caveat_policy::backlog::Backlog;
use caveat_policy::policy::{KnownFindings, LONGEST_BASELINE};

use crate::error::Error;
use crate::mistaken::{UNBOUND, rendered, text_inside};

/// Where a baseline lies that the policy says nothing of.
pub(crate) const USUAL: &str = ".caveat/baseline.toml";

/// What was read of a baseline.
#[derive(Clone, Debug, Default)]
pub(crate) enum Listed {
    /// Nobody looked.
    #[default]
    Unread,
    /// The policy names a file that is not there.
    Missing,
    /// It was read, and is one.
    Read {
        /// From the folder that the policy speaks of.
        name: String,
        text: String,
        /// Whether the whole of that folder is judged.
        whole: bool,
    },
}

impl Listed {
    /// Reads the file below `base` that the policy names, or the usual one, which need not be
    /// there.
    pub(crate) fn read(base: &Path, named: Option<&str>, whole: bool) -> Result<Self, Error> {
        let name = named.unwrap_or(USUAL);
        let what = "baseline";
        let Some(text) = text_inside(what, base, name, LONGEST_BASELINE)? else {
            return Ok(if named.is_some() { Self::Missing } else { Self::Unread });
        };
        if let Err(errors) = KnownFindings::parse(&text, UNBOUND) {
            let mistakes = rendered(name, &text, &errors);
            return Err(Error::FileInvalid { what, name: name.to_owned(), mistakes });
        }
        Ok(Self::Read { name: name.to_owned(), text, whole })
    }

    /// What it lists, with its text among the sources.
    pub(crate) fn enter(&self, sources: &mut Sources) -> Backlog {
        match self {
            Self::Unread => Backlog::Unread,
            Self::Missing => Backlog::Missing,
            Self::Read { name, text, whole } => {
                let id = sources.add(name.clone(), text.clone());
                KnownFindings::parse(text, id).map_or(Backlog::Unread, |findings| Backlog::Known {
                    findings,
                    name: name.clone(),
                    whole: *whole,
                })
            }
        }
    }
}

/// The folder that a policy speaks of: `prefix` leads from it to the scanned folder.
pub(crate) fn base(root: &Path, prefix: &str) -> PathBuf {
    let up = prefix.split('/').filter(|it| !it.is_empty()).count();
    root.ancestors().nth(up).unwrap_or(root).to_owned()
}
