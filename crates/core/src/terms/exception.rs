//! What an exception (`… WITH …`) relaxes.

use std::collections::BTreeMap;

use super::fact::{Fact, Heading};
use super::identity::{Origin, origins};
use super::table::{Misread, Table};
use super::vocabulary::Value;
use super::whole;

/// An exception that is added to a license by `WITH`.
#[derive(Clone, Debug)]
pub struct ExceptionTerms {
    /// SPDX id.
    pub id: String,
    /// Its title.
    pub name: String,
    /// Licenses that it is written with.
    pub applies_to: Vec<String>,
    /// Deprecated SPDX ids that stand for a license with it.
    pub deprecated_ids: Vec<String>,
    /// Recipients may drop it.
    pub removable: bool,
    /// Duties that stay.
    pub keeps: String,
    /// What a reader should know besides.
    pub note: Option<String>,
    /// What it relaxes; everything else stays as in the license.
    pub relaxes: Vec<Fact<Relaxed>>,
    /// Where its text was read.
    pub sources: BTreeMap<String, Origin>,
}

/// One term that an exception relaxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxed {
    /// The term, as section and key of a terms file: `duties.share-alike`.
    pub term: String,
    /// The clause of the license that is relaxed.
    pub clause: String,
    /// What the term becomes.
    pub becomes: String,
    /// In which case.
    pub when: String,
}

impl Value for Relaxed {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        Some(Self {
            term: table.need("term"),
            clause: table.need("clause"),
            becomes: table.need("becomes"),
            when: table.need("when"),
        })
    }

    fn heading(&self) -> Heading {
        Heading::May
    }

    fn says(&self) -> String {
        let term = self.term.rsplit('.').next().unwrap_or(&self.term).replace('-', " ");
        format!("{}: {term} becomes {}; when: {}", self.clause, self.becomes, self.when)
    }
}

impl ExceptionTerms {
    /// Reads the text of an exception file.
    pub fn parse(text: &str) -> Result<Self, Vec<Misread>> {
        whole(text, |root| {
            let mut table = root.table("exception")?;
            let exception = Self {
                id: table.need("id"),
                name: table.need("name"),
                applies_to: table.texts("applies-to"),
                deprecated_ids: table.texts("deprecated-ids"),
                removable: table.flag("removable"),
                keeps: table.need("keeps"),
                note: table.text("note"),
                relaxes: table.facts("relaxes"),
                sources: root.table("sources").map(|mut it| origins(&mut it)).unwrap_or_default(),
            };
            table.finish();
            Some(exception)
        })
    }
}
