//! What is associated with one file: “Order of precedence”.

use super::header::{Said, Stated};
use super::sayings::{Saying, Sayings};
use crate::reading::Precedence;

/// What annotations say of one file, from the root inwards.
#[derive(Debug, Default)]
pub(super) struct About<'a> {
    /// What holds whatever the file says.
    pub(super) overriding: Option<&'a Saying>,
    /// What is said besides.
    adding: Vec<&'a Saying>,
    /// What holds where the file says nothing.
    filling: Vec<&'a Saying>,
}

impl<'a> About<'a> {
    /// What `sayings`, in that order, say of the file at `path`.
    pub(super) fn of(path: &str, sayings: &'a [Sayings]) -> Self {
        let mut about = Self::default();
        for it in sayings.iter().filter_map(|it| it.about(path)) {
            match it.precedence {
                Precedence::Aggregate => about.adding.push(it),
                Precedence::Closest => about.filling.push(it),
                Precedence::Override => {
                    about.overriding = Some(it);
                    // What lies nearer to the file is not heard.
                    break;
                }
            }
        }
        about
    }

    /// Copyright notices and licenses; each is looked for separately.
    pub(super) fn associated(&self, own: &Stated) -> (Vec<Said>, Vec<Said>) {
        let copyrights = self.one(&own.copyrights, |it| &it.copyrights);
        (copyrights, self.one(&own.licenses, |it| &it.licenses))
    }

    fn one(&self, own: &[Said], of: fn(&Saying) -> &Vec<Said>) -> Vec<Said> {
        let added = self.adding.iter().flat_map(|it| of(it));
        if let Some(it) = self.overriding {
            return added.chain(of(it)).cloned().collect();
        }
        let nearest = || self.filling.iter().rev().map(|it| of(it)).find(|it| !it.is_empty());
        let filled = if own.is_empty() { nearest().map(Vec::as_slice) } else { Some(own) };
        added.chain(filled.unwrap_or_default()).cloned().collect()
    }
}
