//! The file `caveat.lock`.

use std::path::Path;

use caveat_core::source::Sources;
use caveat_policy::policy::{LONGEST_LOCK, Lock};

use crate::error::Error;
use crate::mistaken::{UNBOUND, rendered, text_inside};

/// What the file is called; it lies in the folder that the policy speaks of.
pub(crate) const FILE: &str = "caveat.lock";
const WHAT: &str = "lock";

/// A lock that was read.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    name: String,
    text: String,
    /// Whether all of the tree is compared with it that it is of.
    pub(crate) whole: bool,
}

impl Written {
    /// Reads a lock below `base`; nothing where there is none.
    pub(crate) fn read(base: &Path, name: &str) -> Result<Option<Self>, Error> {
        let Some(text) = text_inside(WHAT, base, name, LONGEST_LOCK)? else { return Ok(None) };
        let written = Self { name: name.to_owned(), text, whole: true };
        match Lock::parse(&written.text, UNBOUND) {
            Ok(_) => Ok(Some(written)),
            Err(errors) => Err(Error::FileInvalid {
                what: WHAT,
                name: name.to_owned(),
                mistakes: rendered(name, &written.text, &errors),
            }),
        }
    }

    /// What it says, with its text among the sources.
    pub(crate) fn enter(&self, sources: &mut Sources) -> Option<Lock> {
        let id = sources.add(self.name.clone(), self.text.clone());
        Lock::parse(&self.text, id).ok()
    }

    /// What it says, by itself.
    pub(crate) fn lock(&self) -> Option<Lock> {
        Lock::parse(&self.text, UNBOUND).ok()
    }
}
