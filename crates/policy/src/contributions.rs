//! What others bring in: commits with the people who made and signed them, and files that state a
//! license of their own.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::ComponentId;
use caveat_core::expression::Expression;
use caveat_core::identify::identify;
use caveat_core::inventory::{Claim, Component, Conclusion, Standing, Stated};
use caveat_core::library::Library;
use caveat_core::reading::Reading;
use caveat_core::source::{Sources, Spanned};

use crate::commit::Commit;
use crate::mailmap::Mailmap;
use crate::person::{Person, Who};

/// What others bring in.
#[derive(Clone, Debug, Default)]
pub struct Contributions {
    /// The newest first.
    pub commits: Vec<Commit>,
    /// The commit that they stand on, as a person would name it; `None` for a whole history.
    pub base: Option<String>,
    /// Which names and addresses are one person's.
    pub mailmap: Mailmap,
    /// Who signed an agreement, by the path of the list from the policy's folder.
    pub lists: BTreeMap<String, Signatories>,
    /// Files that state a license that they did not state before.
    pub files: Vec<Brought>,
    /// What the tree says of its own license: the folder, from the scanned one, and the license.
    pub declared: BTreeMap<String, Spanned<Expression>>,
}

/// A list of those who signed an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signatories {
    /// Who is on it; `None` where there is no such list.
    pub now: Option<Vec<Who>>,
    /// Who was on it before these commits.
    pub before: Vec<Who>,
}

/// A file that states a license of its own.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The file alone, with one thing that it says of its license.
    pub component: Component,
    /// The commit that brought that, by its place among the commits.
    pub by: Option<usize>,
}

impl Contributions {
    /// The commit that brought a file.
    pub fn bringer(&self, file: &Brought) -> Option<&Commit> {
        self.commits.get(file.by?)
    }

    /// The license that the tree states for what lies at `path`: that of the nearest folder.
    pub fn declared_at(&self, path: &str) -> Option<&Spanned<Expression>> {
        let mut folder = path;
        loop {
            if let Some(it) = self.declared.get(folder) {
                return Some(it);
            }
            if folder == "." || folder.is_empty() {
                return None;
            }
            folder = folder.rsplit_once('/').map_or(".", |it| it.0);
        }
    }
}

/// The people on a list, a line each: `Name <mail>`, `mail` or `*@domain`. A line without an address
/// names nobody, as names are no identities.
pub fn signatories(text: &str) -> Vec<Who> {
    let plain = text.lines().map(|it| it.split('#').next().unwrap_or_default());
    let line = plain.map(|it| it.trim().trim_start_matches(['-', '*', ' ', '|']).trim());
    let line = line.filter(|it| it.contains('@'));
    // What is marked as an item may itself begin with a star.
    line.filter_map(|it| Who::new(&starred(it))).filter(Who::is_mail).collect()
}

/// `@domain` is what `*@domain` lost with its mark.
fn starred(line: &str) -> String {
    if line.starts_with('@') { format!("*{line}") } else { line.to_owned() }
}

/// What one file says of licenses in its own right, each thing once; `known` is what it said before.
pub fn brought(
    (path, reading): (&str, Reading),
    known: &BTreeSet<String>,
    (sources, library): (&Sources, &Library),
) -> Vec<Component> {
    let inventory = identify(vec![reading], sources, library);
    let mut seen = known.clone();
    let mut found = Vec::new();
    for whole in inventory.components.values() {
        for claim in whole.claims.iter().chain(&whole.in_files) {
            if says(claim).is_some_and(|it| seen.insert(it)) {
                found.push(alone(path, whole, claim));
            }
        }
    }
    found
}

/// What a file says of licenses, for comparison with what it says later.
pub fn said(components: &[Component]) -> BTreeSet<String> {
    components.iter().flat_map(|it| &it.claims).filter_map(says).collect()
}

/// What a claim comes to, where it is about what is in the tree.
fn says(claim: &Claim) -> Option<String> {
    if !claim.evidence.origin.is_in_place() {
        return None;
    }
    match &claim.stated {
        Stated::Expression(it) => Some(it.to_string()),
        Stated::Family { name, .. } => Some(name.clone()),
        Stated::Reserved | Stated::Unrecognised => Some(claim.raw.value.clone()),
        Stated::Placeholder => None,
    }
}

/// A file with one claim.
fn alone(path: &str, whole: &Component, claim: &Claim) -> Component {
    let at = claim.raw.at;
    let mut file = Component::new(ComponentId::path(path), whole.kind, path, at);
    file.conclusion = match &claim.stated {
        Stated::Expression(it) => {
            Conclusion { license: Some(it.clone()), standing: Standing::Clear }
        }
        Stated::Family { .. } | Stated::Reserved | Stated::Unrecognised | Stated::Placeholder => {
            Conclusion::default()
        }
    };
    file.claims = vec![claim.clone()];
    file
}

/// Whether somebody is among those who are meant.
pub fn among<'a>(list: impl IntoIterator<Item = &'a Who>, person: &Person) -> Option<&'a Who> {
    list.into_iter().find(|it| it.matches(person))
}
