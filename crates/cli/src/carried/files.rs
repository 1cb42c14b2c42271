//! Files about licenses by their names, and what is read of them.

use std::collections::BTreeSet;
use std::path::Path;

use caveat_core::copyrights::{Copyright, copyrights};
use caveat_core::notices::is_program;
use caveat_core::texts::identify;
use caveat_policy::attribution::{Carried, LegalText, Sort};
use caveat_report::notice::is_own;

use crate::open::{beginning, decode};
use crate::read::reader;

/// How long a file about licenses may be: lists of third parties are long.
const LONGEST: u64 = 2 << 20;
/// How many such files of one component are read.
const MOST: usize = 64;
/// How much of another file is searched for statements of copyright: they stand at its head.
const HEAD: u64 = 8 << 10;

/// Words in names of files whose contents are to be handed on.
const NOTICE: [&str; 5] =
    ["notice", "notices", "thirdpartynotices", "thirdpartylicenses", "attributions"];
/// Endings of texts.
const TEXTS: [&str; 6] = ["", "txt", "md", "rst", "html", "markdown"];

/// What sort of file about licenses one of that name is, if it is one.
pub(super) fn sort(name: &str) -> Option<Sort> {
    let last = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let (stem, ending) = last.rsplit_once('.').unwrap_or((&last, ""));
    let letters: String = stem.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_text = TEXTS.contains(&ending);
    if is_text
        && ["usepolicy", "acceptableuse", "prohibiteduse"].iter().any(|it| letters.contains(it))
    {
        return Some(Sort::UsePolicy);
    }
    let mut words = stem.split(|it: char| !it.is_ascii_alphanumeric());
    let is_notice =
        NOTICE.contains(&letters.as_str()) || words.next().is_some_and(|it| NOTICE.contains(&it));
    if is_text
        && (is_notice || letters.starts_with("thirdparty") || letters.starts_with("3rdparty"))
    {
        return Some(Sort::Notice);
    }
    let is_license = reader(name).is_some_and(|it| it.name == "license-file");
    let is_copyright =
        TEXTS[..3].contains(&ending) && matches!(letters.as_str(), "copyright" | "copyrights");
    (is_license || is_copyright).then_some(Sort::License)
}

/// Words that the name of a license text begins with.
const LICENSE: [&str; 7] =
    ["license", "licence", "copying", "unlicense", "copyright", "eula", "licenses"];

/// Whether a name promises a license text, so that an unknown one is a license nobody knows.
fn is_named_license(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let first = last.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
    LICENSE.contains(&first) || speaks_for(name) != folder(name)
}

/// The folder that a file speaks for: of a collection of license texts the one around it.
pub(super) fn speaks_for(name: &str) -> &str {
    let mut at = folder(name);
    while at.rsplit('/').next().is_some_and(|it| it.eq_ignore_ascii_case("licenses")) {
        at = folder(at);
    }
    at
}

/// The folder of a path; empty for the root.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a file is about the license of what lies in `around`, and not one of many texts that a
/// program for licenses keeps as its data.
pub(super) fn is_about(name: &str, around: &str) -> bool {
    sort(name).is_some() && (speaks_for(name) == folder(name) || speaks_for(name) == around)
}

/// Whether a file of that name may state a copyright at its head.
pub(super) fn has_head(name: &str) -> bool {
    is_program(name)
}

/// What was read of one component.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    carried: Carried,
    /// Statements that are there already.
    seen: BTreeSet<(String, Vec<caveat_core::copyrights::Years>)>,
}

impl Shelf {
    /// Reads a file about licenses.
    pub(super) fn take(&mut self, name: &str, path: &Path) {
        let Some(sort) = sort(name) else { return };
        if self.carried.texts.iter().any(|it| it.name == name) {
            return;
        }
        if self.carried.texts.len() == MOST {
            self.carried.unread.push(name.to_owned());
            return;
        }
        let Ok(mut bytes) = beginning(path, LONGEST + 1) else {
            self.carried.unread.push(name.to_owned());
            return;
        };
        // What is no text has no place in a document.
        if bytes.contains(&0) {
            return;
        }
        let most = usize::try_from(LONGEST).unwrap_or(usize::MAX);
        if bytes.len() > most {
            bytes.truncate(most);
            self.carried.unread.push(name.to_owned());
        }
        let text = decode(bytes);
        if is_own(&text) {
            return;
        }
        // `denied-license.md` may be a page about licenses.
        let is_text =
            sort != Sort::License || is_named_license(name) || !identify(&text).is_empty();
        if is_text && !text.trim().is_empty() {
            self.carried.texts.push(LegalText { name: name.to_owned(), text, sort });
        }
    }

    /// Takes the statements of copyright at the head of a file.
    pub(super) fn look_into(&mut self, path: &Path) {
        let Ok(bytes) = beginning(path, HEAD) else { return };
        if bytes.contains(&0) {
            return;
        }
        for it in copyrights(&decode(bytes)) {
            self.state(it);
        }
    }

    fn state(&mut self, it: Copyright) {
        if it.holder.is_some() && self.seen.insert((it.key(), it.years.clone())) {
            self.carried.statements.push(it);
        }
    }

    /// Notes where the source is.
    pub(super) fn found_at(&mut self, address: Option<String>) {
        if self.carried.address.is_none() {
            self.carried.address = address;
        }
    }

    /// Whether there is a file of that sort.
    pub(super) fn has(&self, sort: Sort) -> bool {
        self.carried.texts.iter().any(|it| it.sort == sort)
    }

    /// What was read, in the order of names.
    pub(super) fn into_carried(mut self) -> Carried {
        self.carried.texts.sort_by(|one, other| one.name.cmp(&other.name));
        self.carried.statements.sort_by_key(|it| (it.key(), it.years.clone()));
        self.carried
    }
}
