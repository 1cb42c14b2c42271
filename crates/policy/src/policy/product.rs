//! What we make, and how components are used in it.

use caveat_core::source::{Span, Spanned};
use caveat_core::terms::RestrictedUse;

use crate::glob::Glob;
use crate::person::Who;
use crate::region::Region;
use crate::usage::Usage;
use crate::vocabulary::vocabulary;

/// `[[product]]`: a part of the tree that is used in one way.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Where the table begins.
    pub at: Span,
    /// Its name, unlike every other.
    pub name: Spanned<String>,
    /// Where its files lie; at least one.
    pub paths: Vec<Spanned<Glob>>,
    /// How its components are used; at least one.
    pub uses: Vec<Spanned<Usage>>,
    /// A label of the organisation's own: `strategic`, `foundation`, ….
    pub tier: Option<Spanned<String>>,
    /// Who gets to see it.
    pub audience: Option<Spanned<Audience>>,
    /// Products in which what is made here ends.
    pub feeds: Vec<Spanned<String>>,
    /// Under which license it goes out.
    pub outbound: Option<Spanned<Outbound>>,
    /// Under which terms contributions come in.
    pub inbound: Option<Inbound>,
    /// The class of openness that each model in it reaches.
    pub openness: Option<Spanned<Openness>>,
    /// The built file or folder that ships, to be judged file by file as a part of the product.
    pub artefact: Option<Spanned<String>>,
    /// What the device that it ships on lets its user do.
    pub device: Option<Device>,
    /// Overrides `[org] commercial`.
    pub commercial: Option<Spanned<bool>>,
    /// Overrides `[org] markets`.
    pub markets: Option<Vec<Spanned<Region>>>,
    /// Overrides `[org] fields`.
    pub fields: Option<Vec<Spanned<RestrictedUse>>>,
}

impl Product {
    /// Whether `path` belongs to it: what ships does, wherever it was built.
    pub fn holds(&self, path: &str) -> bool {
        self.paths.iter().any(|it| it.value.matches(path)) || self.ships(path)
    }

    /// Whether `path` is the artefact that ships, or in it.
    pub fn ships(&self, path: &str) -> bool {
        let artefact = self.artefact_path();
        let rest = artefact.and_then(|it| path.strip_prefix(it));
        rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    }

    /// Where the artefact lies.
    pub fn artefact_path(&self) -> Option<&str> {
        let written = self.artefact.as_ref()?.value.as_str();
        let path = written.trim_start_matches("./").trim_matches('/');
        (!path.is_empty()).then_some(path)
    }

    /// Whether nobody outside the organisation sees it.
    pub fn stays_inside(&self) -> bool {
        self.audience.as_ref().is_some_and(|it| it.value == Audience::Internal)
    }

    /// Whether it is used in that way.
    pub fn is_used(&self, usage: Usage) -> bool {
        self.uses.iter().any(|it| it.value == usage)
    }
}

vocabulary! {
    /// Who gets to see a product.
    pub enum Audience: "audience" {
        /// Nobody outside the organisation.
        Internal = "internal",
        /// Named partners.
        Partners = "partners",
        /// Those who pay.
        Customers = "customers",
        /// Everyone.
        Public = "public",
    }
}

/// Under which license a product goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outbound {
    /// Each card's own declared license.
    Declared,
    /// A license expression.
    License(String),
}

impl Outbound {
    /// The license, or the word that stands for it.
    pub fn words(&self) -> &str {
        match self {
            Self::Declared => "declared",
            Self::License(it) => it,
        }
    }
}

/// `inbound`: under which terms contributions come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Inbound {
    /// Where it is written.
    pub at: Span,
    /// The terms.
    pub terms: Option<Spanned<InboundTerms>>,
    /// What contributors sign.
    pub sign_off: Option<Spanned<SignOff>>,
    /// The list of those who signed an agreement.
    pub signatories: Option<Spanned<String>>,
    /// Who need not sign.
    pub exempt: Vec<Spanned<Who>>,
}

/// Under which terms contributions come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InboundTerms {
    /// `inbound=outbound`: those under which the product goes out.
    SameAsOutbound,
    /// A license expression.
    License(String),
}

vocabulary! {
    /// What contributors sign.
    pub enum SignOff: "sign-off" {
        /// A Developer Certificate of Origin in each commit.
        Dco = "dco",
        /// A contributor license agreement.
        Cla = "cla",
        /// Nothing.
        None = "none",
    }
}

vocabulary! {
    /// A class of the Model Openness Framework.
    pub enum Openness: "openness class" {
        /// Open science: everything, with data and intermediate results.
        MofI = "MOF-I",
        /// Open tooling: code and documentation as well.
        MofII = "MOF-II",
        /// Open model: weights, architecture and card.
        MofIII = "MOF-III",
    }
}

/// `device`: what the device that a product ships on lets its user do. Absent is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// Where it is written.
    pub at: Span,
    /// It boots nothing but what we signed.
    pub locked_boot: Option<Spanned<bool>>,
    /// Its user can put another version of a library into it.
    pub user_can_relink: Option<Spanned<bool>>,
}

impl Device {
    /// What is known of a fact.
    pub fn fact(&self, fact: DeviceFact) -> Option<&Spanned<bool>> {
        match fact {
            DeviceFact::LockedBoot => self.locked_boot.as_ref(),
            DeviceFact::UserCanRelink => self.user_can_relink.as_ref(),
        }
    }
}

vocabulary! {
    /// A fact about a device, which rules may ask for.
    pub enum DeviceFact: "fact about the device" {
        /// It boots nothing but what we signed.
        LockedBoot = "locked-boot",
        /// Its user can put another version of a library into it.
        UserCanRelink = "user-can-relink",
    }
}
