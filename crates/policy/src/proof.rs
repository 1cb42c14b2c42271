//! Whether a duty is done, as far as the tree shows it: one file for each sort of evidence.

mod record;
mod license_copy;
mod notice;
mod credit;
mod display;
mod naming;
mod changes;
mod terms_of_use;
mod source_offer;

use std::cell::OnceCell;

use caveat_core::component::Kind;
use caveat_core::expression::Licensed;
use caveat_core::inventory::Component;
use caveat_core::source::{Source, Span};

use crate::due::{Due, Held};
use crate::duty::{Duty, DutyKind};
use crate::exhibits::{Exhibits, Purpose, purpose};
use crate::finding::{Remedy, Status};
use crate::ground::Ground;
use crate::home::{Home, Homes, text};
use crate::phrase::{Phrase, Text, may_have};
use crate::usage::Usage;

/// What was seen of a duty.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Whether it is done.
    pub status: Status,
    /// Why it is not, or why nobody could see.
    pub why: String,
    /// Where it was seen, or seen not to be.
    pub evidence: Vec<Span>,
    /// Where somebody can change that, if not where the license is stated.
    pub at: Option<Span>,
    /// The record of the policy that decided.
    pub record: Option<Span>,
    /// What would meet it.
    pub remedy: Option<Remedy>,
}

impl Proof {
    fn met(evidence: Vec<Span>) -> Self {
        Self { evidence, ..Self::unchecked("") }.with_status(Status::Met)
    }

    fn unmet(why: impl Into<String>) -> Self {
        Self::unchecked(why).with_status(Status::Unmet)
    }

    /// Nobody could look, and why.
    pub fn unchecked(why: impl Into<String>) -> Self {
        Self {
            status: Status::Unchecked,
            why: why.into(),
            evidence: Vec::new(),
            at: None,
            record: None,
            remedy: None,
        }
    }

    fn with_status(self, status: Status) -> Self {
        Self { status, ..self }
    }
}

/// A duty of one component in one product, with everything that may show it done.
pub struct Matter<'b, 'a> {
    /// The ground of judgement.
    pub ground: &'b Ground<'a>,
    /// Where components lie.
    pub homes: &'b Homes<'a>,
    /// What else the tree holds.
    pub exhibits: &'a Exhibits,
    /// Who has the duty.
    pub component: &'a Component,
    /// Where that lies.
    pub home: &'b Home,
    /// By which license.
    pub held: Held<'a>,
    /// What is to be done.
    pub duty: &'b Duty<'a>,
    /// In which product, for which uses.
    pub due: &'b Due<'a>,
    /// Files that the component has, read when first asked for.
    pub own: &'b OnceCell<Vec<&'a str>>,
}

/// What shows that the duty is done, or not; `None` where it turns out that nothing is to be done.
pub fn proof(matter: &Matter<'_, '_>) -> Option<Proof> {
    let seen = seen(matter)?;
    // It stays open, for silence is no consent; but whoever reads it should know.
    let seen = if seen.status == Status::Unmet && is_cut(matter) {
        let why = format!("{}, and a text that may have it was not read to its end", seen.why);
        Proof { why, ..seen }
    } else {
        seen
    };
    Some(record::of_policy(matter, &seen).unwrap_or(seen))
}

/// Whether a text in which the duty may be done was not read to its end, or not at all.
fn is_cut(it: &Matter<'_, '_>) -> bool {
    let in_texts = match it.duty.kind {
        DutyKind::LicenseCopy
        | DutyKind::NoticeFile
        | DutyKind::Attribution
        | DutyKind::Display
        | DutyKind::FlowDown
        | DutyKind::Source => true,
        DutyKind::Naming
        | DutyKind::StateChanges
        | DutyKind::Documentation
        | DutyKind::ShareAlike
        | DutyKind::SameDatabase
        | DutyKind::Installation
        | DutyKind::Cite
        | DutyKind::OutputNotice
        | DutyKind::ContentFilter
        | DutyKind::DerivativeReport
        | DutyKind::OtherLicense
        | DutyKind::Acceptance
        | DutyKind::GrantBack
        | DutyKind::SourceForm => false,
    };
    let own = || it.files().iter().filter_map(|name| text(it.ground, it.exhibits, name));
    let documents = || it.homes.documents(it.ground, it.due.product);
    in_texts
        && (it.exhibits.is_cut
            || own().any(|it| it.cut_at.is_some())
            || documents().iter().any(|it| it.1.cut_at.is_some()))
}

fn seen(it: &Matter<'_, '_>) -> Option<Proof> {
    Some(match it.duty.kind {
        DutyKind::LicenseCopy => license_copy::proof(it),
        DutyKind::Attribution => credit::proof(it),
        DutyKind::NoticeFile => return notice::proof(it),
        DutyKind::Display => display::proof(it),
        DutyKind::Naming => return naming::proof(it),
        DutyKind::StateChanges => changes::proof(it),
        DutyKind::FlowDown => terms_of_use::proof(it),
        DutyKind::Source => source_offer::proof(it),
        DutyKind::Documentation => changes::documentation(it),
        DutyKind::OutputNotice => display::of_results(it),
        DutyKind::ShareAlike | DutyKind::SameDatabase => {
            Proof::unchecked("whether its terms fit is what other rules look at")
        }
        DutyKind::Installation => Proof::unchecked("what comes with a device is seen in no tree"),
        DutyKind::Cite => Proof::unchecked("papers are seen in no tree"),
        DutyKind::ContentFilter => Proof::unchecked("how outputs are filtered is seen in no file"),
        DutyKind::DerivativeReport | DutyKind::GrantBack | DutyKind::Acceptance => {
            Proof::unchecked("what was sent to the licensor is seen in no tree")
        }
        DutyKind::OtherLicense | DutyKind::SourceForm => {
            Proof::unchecked("it is followed or not by what is done, which no file shows")
        }
    })
}

impl<'a> Matter<'_, 'a> {
    /// The files that the component has.
    fn files(&self) -> &[&'a str] {
        self.own.get_or_init(|| match self.home {
            Home::Folders(_) => self.homes.files_of(self.component),
            Home::Installed | Home::Elsewhere => Vec::new(),
        })
    }

    /// The component's own texts of some purposes.
    fn texts(&self, wanted: &[Purpose]) -> Vec<&'a Source> {
        let fits = |it: &&&str| purpose(it).is_some_and(|it| wanted.contains(&it));
        let open = self.files().iter().filter(fits);
        open.filter_map(|it| text(self.ground, self.exhibits, it)).collect()
    }

    /// The documents of the product of some purposes.
    fn documents(&self, wanted: &[Purpose]) -> Vec<&'a Source> {
        let all = self.homes.documents(self.ground, self.due.product);
        all.iter().filter(|it| wanted.contains(&it.0)).map(|it| it.1).collect()
    }

    /// What is found in the whole product for every component under the same license.
    fn in_product(&self, sort: &'static str, look: impl FnOnce() -> Option<Span>) -> Option<Span> {
        let product = self.due.product.map(|it| it.name.value.clone());
        self.homes.once((product, sort, self.held.license.to_string()), look)
    }

    /// The folder that something would be written into.
    fn folder(&self) -> Option<&str> {
        match self.home {
            Home::Folders(all) => all.first().map(String::as_str),
            Home::Installed | Home::Elsewhere => None,
        }
    }

    /// Where somebody can write something: a file in the component's folder.
    fn remedy(&self, file: Option<&str>, text: Option<&str>) -> Option<Remedy> {
        Some(Remedy {
            folder: self.folder()?.to_owned(),
            file: file.map(str::to_owned),
            text: text.map(str::to_owned),
            name: None,
        })
    }

    /// Whether it is code that others wrote.
    fn is_code(&self) -> bool {
        self.component.kind == Kind::Code
    }

    /// Whether it goes out inside of a program only, which tells of its parts in one place.
    fn is_part(&self) -> bool {
        self.is_code()
            || self.due.uses.contains(&Usage::DistributeBinary)
                && !self.due.uses.contains(&Usage::DistributeWeights)
    }
}

/// Where one of some phrases stands first in some texts.
fn find(texts: &[&Source], phrases: &[Phrase]) -> Option<Span> {
    texts.iter().find_map(|source| {
        if !may_have(&source.text, phrases) {
            return None;
        }
        let words = Text::new(&source.text);
        phrases.iter().find_map(|it| words.find(it)).map(|it| source.span(it))
    })
}

/// Whether two licenses share one text.
fn same_text(a: &str, license: &Licensed) -> bool {
    let bare = |it: &str| {
        let id = it.strip_suffix("-only").or_else(|| it.strip_suffix("-or-later")).unwrap_or(it);
        id.to_ascii_lowercase()
    };
    bare(a) == bare(license.id.as_str())
}
