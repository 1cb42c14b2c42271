//! What licenses say: facts with the clause that each comes from. A term that is absent is unknown.
//!
//! The facts are data. Each license has one file `terms/<id>.toml`; the types here say what such a
//! file may state, and each fact keeps its place in the file so that a finding can point at it.

mod fact;
mod table;
mod vocabulary;
mod identity;
mod grants;
mod limits;
mod duties;
mod restrictions;
mod outputs;
mod legal;
mod exception;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

pub use duties::*;
pub use exception::{ExceptionTerms, Relaxed};
pub use fact::{Confidence, Day, Fact, Heading, Line, Section};
pub use grants::*;
pub use identity::{Category, Identity, Origin, UsedOn, WrittenFor};
pub use legal::*;
pub use limits::*;
pub use outputs::*;
pub use restrictions::*;
pub use table::{Misread, Table};
pub use vocabulary::{Qualified, Value, Word};

/// What one license says.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Who the license is.
    pub license: Identity,
    /// Where its text was read, by the names that facts use.
    pub sources: BTreeMap<String, Origin>,
    /// What it lets people do.
    pub grants: Grants,
    /// Whom it leaves out.
    pub limits: Exclusions,
    /// What it asks.
    pub duties: Duties,
    /// What it forbids.
    pub restrictions: Restrictions,
    /// What it says of outputs and derivatives.
    pub outputs: Outputs,
    /// Patents, trademarks, termination.
    pub legal: Legal,
}

impl Terms {
    /// Reads the text of a terms file: an embedded one, or one that a user wrote.
    pub fn parse(text: &str) -> Result<Self, Vec<Misread>> {
        whole(text, |root| {
            let license = root.table("license").and_then(|mut table| {
                let license = Identity::read(&mut table);
                table.finish();
                license
            });
            let sources = root.table("sources").map(|mut it| identity::origins(&mut it));
            let grants = part(root, "grants", Grants::read);
            let limits = part(root, "limits", Exclusions::read);
            let duties = part(root, "duties", Duties::read);
            let restrictions = part(root, "restrictions", Restrictions::read);
            let outputs = part(root, "outputs", Outputs::read);
            let legal = part(root, "legal", Legal::read);
            let sources = sources.unwrap_or_default();
            let license = license?;
            let terms =
                Self { license, sources, grants, limits, duties, restrictions, outputs, legal };
            terms.sources_are_named(root);
            Some(terms)
        })
    }

    /// Every fact, told in own words, in the order of the file.
    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        let Self { license: _, sources: _, grants, limits, duties, restrictions, outputs, legal } =
            self;
        (grants.lines())
            .chain(limits.lines())
            .chain(duties.lines())
            .chain(restrictions.lines())
            .chain(outputs.lines())
            .chain(legal.lines())
    }

    /// Whether anybody read the text itself: at least one fact comes from it. Of a license that is
    /// known by hearsay alone, nobody can say that it allows something.
    pub fn text_was_read(&self) -> bool {
        self.lines().any(|it| it.confidence == Confidence::Read)
    }

    fn sources_are_named(&self, root: &Table<'_>) {
        let mut unnamed = BTreeSet::new();
        for line in self.lines().filter(|it| !self.sources.contains_key(&it.source)) {
            if unnamed.insert(line.source.clone()) {
                root.misread(line.at, format!("source `{}` is not in [sources]", line.source));
            }
        }
    }
}

/// Every fact of a license under the heading that it belongs to, as a person would read it.
pub fn describe(terms: &Terms) -> Vec<Section> {
    let mut lines: BTreeMap<Heading, Vec<Line>> = BTreeMap::new();
    for line in terms.lines() {
        lines.entry(line.heading).or_default().push(line);
    }
    lines.into_iter().map(|(heading, lines)| Section { heading, lines }).collect()
}

fn part<'a, T: Default>(
    root: &mut Table<'a>,
    key: &'static str,
    read: impl FnOnce(&mut Table<'a>) -> T,
) -> T {
    let Some(mut table) = root.table(key) else { return T::default() };
    let part = read(&mut table);
    table.finish();
    part
}

/// Parses a whole file and gives either what it says or all that is wrong with it.
fn whole<T>(text: &str, read: impl FnOnce(&mut Table<'_>) -> Option<T>) -> Result<T, Vec<Misread>> {
    let parsed = DeTable::parse(text).map_err(|error| {
        let at = error.span().unwrap_or(0..text.len());
        vec![Misread { at, what: error.message().to_owned() }]
    })?;
    let wrong = RefCell::new(Vec::new());
    let mut root = Table::new(parsed.get_ref(), 0..text.len(), &wrong);
    let value = read(&mut root);
    root.finish();
    let wrong = wrong.into_inner();
    match value {
        Some(value) if wrong.is_empty() => Ok(value),
        _ if wrong.is_empty() => {
            Err(vec![Misread { at: 0..text.len(), what: "what it is about is missing".to_owned() }])
        }
        _ => Err(wrong),
    }
}
