//! A policy, as it was written: every part that a finding may quote keeps its place.

mod mistake;
mod product;
mod rules;
mod record;
mod exception;
mod findings;
mod baseline;
mod lock;
mod presets;
mod parse;

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat_core::component::{How, Kind};
use caveat_core::source::{SourceId, Span, Spanned};

pub use baseline::{KnownFinding, KnownFindings, LONGEST_BASELINE, quoted};
pub use exception::{Allowance, Approval, Exception, Exceptions, Objection};
pub(crate) use findings::SHORT;
pub use findings::{FINDINGS, finding};
pub use lock::{LONGEST_LOCK, Lock, Locked, LockedLicense, decided};
pub(crate) use mistake::shown;
pub use mistake::{Mistake, PolicyError};
pub use presets::Preset;
pub use product::{
    Audience, Device, DeviceFact, Inbound, InboundTerms, Openness, Outbound, Product, SignOff,
};
pub use record::{
    Baseline, Basis, BasisKind, Clarification, Digest, Evidence, Exclude, ExcludeReason, Exhibit,
    Met, Place, Review, Target,
};
pub use rules::{Check, Choice, Choose, Condition, KindRules, RuleLine, Rules};

use crate::date::Date;
use crate::dispute::{Dispute, Question};
use crate::org::Org;
use crate::region::Region;
use crate::usage::Usage;
use crate::verdict::{Level, Stance, Verdict};
use caveat_core::tags::Tag;
use caveat_core::terms::{RestrictedUse, Terms};

/// How many bytes of policy are read; more is refused.
pub const LONGEST: usize = 1 << 20;

/// A whole policy file.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What the file is called, for messages.
    pub name: String,
    /// Its text.
    pub source: SourceId,
    /// Policies that this one tightens. Reading them is the caller's business.
    pub extends: Vec<Spanned<Parent>>,
    /// `[org]`: who we are.
    pub org: Org,
    /// `[[product]]`: what we make, and how components are used in it.
    pub products: Vec<Product>,
    /// `[rules]` and `[rules.KIND]`.
    pub rules: Rules,
    /// `[[rule]]`: rules that speak before `[rules.KIND]`.
    pub overrides: Vec<RuleLine>,
    /// `[relations]`: how far a relation carries terms, where the licenses leave that open.
    pub relations: BTreeMap<How, Spanned<Verdict>>,
    /// `[relations]` too: our stance on questions on which experts disagree.
    pub disputes: BTreeMap<Dispute, Spanned<Verdict>>,
    /// `[choose]`: which branch of an `OR` we take.
    pub choose: Choose,
    /// `[[license]]`: licenses that only we know.
    pub licenses: Vec<OwnLicense>,
    /// `[[clarify]]`: what a license really is.
    pub clarify: Vec<Clarification>,
    /// `[exceptions]` and `[[exception]]`: what is allowed although the rules say no.
    pub exceptions: Exceptions,
    /// `[[met]]`: obligations that we say we meet.
    pub met: Vec<Met>,
    /// `[[exclude]]`: what is not shipped.
    pub exclude: Vec<Exclude>,
    /// `[[basis]]`: data that is used on another ground than a license.
    pub basis: Vec<Basis>,
    /// `[patents]`: what we ask of patent terms.
    pub patents: Option<Patents>,
    /// `[baseline]`: findings that were there before.
    pub baseline: Option<Baseline>,
    /// `[review]`: when the policy itself has to be read again.
    pub review: Option<Review>,
    /// `[levels]`: how loud each finding is, by its name in [`FINDINGS`].
    pub levels: BTreeMap<&'static str, Spanned<Level>>,
    /// `[[test]]`: verdicts that the policy's authors expect of it.
    pub tests: Vec<Expectation>,
}

impl Policy {
    /// A policy that says nothing: everything is for review.
    pub fn empty(name: impl Into<String>, source: SourceId) -> Self {
        Self {
            name: name.into(),
            source,
            extends: Vec::new(),
            org: Org::default(),
            products: Vec::new(),
            rules: Rules::default(),
            overrides: Vec::new(),
            relations: BTreeMap::new(),
            disputes: BTreeMap::new(),
            choose: Choose::default(),
            licenses: Vec::new(),
            clarify: Vec::new(),
            exceptions: Exceptions::default(),
            met: Vec::new(),
            exclude: Vec::new(),
            basis: Vec::new(),
            patents: None,
            baseline: None,
            review: None,
            levels: BTreeMap::new(),
            tests: Vec::new(),
        }
    }

    /// Every product that the policy speaks of and that is not defined.
    pub fn undefined_products(&self) -> Vec<PolicyError> {
        parse::undefined_products(self)
    }

    /// The product of that name.
    pub fn product(&self, name: &str) -> Option<&Product> {
        self.products.iter().find(|it| it.name.value == name)
    }

    /// The products that hold `path`, in the order of the file.
    pub fn products_of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Product> {
        self.products.iter().filter(move |it| it.holds(path))
    }

    /// The products in which what is made in `product` ends, itself first, each once, by way of
    /// `feeds`. Cycles end where they close.
    pub fn ends_of<'a>(&'a self, product: &'a Product) -> Vec<&'a Product> {
        let mut ends = vec![product];
        let mut next = 0;
        while let Some(it) = ends.get(next).copied() {
            next += 1;
            for fed in it.feeds.iter().filter_map(|it| self.product(&it.value)) {
                if !ends.iter().any(|it| std::ptr::eq(*it, fed)) {
                    ends.push(fed);
                }
            }
        }
        ends
    }

    /// Whether the product is commercial: its own word, else the organisation's, else unknown.
    pub fn commercial<'a>(&'a self, product: Option<&'a Product>) -> Option<&'a Spanned<bool>> {
        product.and_then(|it| it.commercial.as_ref()).or(self.org.commercial.as_ref())
    }

    /// Fields of activity: the product's own list, else the organisation's.
    pub fn fields<'a>(&'a self, product: Option<&'a Product>) -> &'a [Spanned<RestrictedUse>] {
        let own = product.and_then(|it| it.fields.as_ref());
        own.or(self.org.fields.as_ref()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where users are: the product's own list, for what nobody else sees where we are, else the
    /// organisation's list.
    pub fn markets<'a>(&'a self, product: Option<&'a Product>) -> Option<&'a [Spanned<Region>]> {
        let own = product.and_then(|it| it.markets.as_deref());
        let inside = product.is_some_and(Product::stays_inside);
        let seat = || self.org.domicile.as_ref().map(std::slice::from_ref);
        own.or_else(|| if inside { seat() } else { self.org.markets.as_deref() })
    }

    /// What `[rules.KIND]` says of a tag, and where.
    pub fn stance(&self, kind: Kind, tag: Tag) -> Option<Spanned<Stance>> {
        self.rules.kinds.get(&kind)?.tags.get(&tag).cloned()
    }

    /// Our stance on a question that the licenses leave open, where `[relations]` states one.
    pub fn answer(&self, question: Question) -> Option<&Spanned<Verdict>> {
        match question {
            Question::Way(it) => self.relations.get(&it),
            Question::Dispute(it) => self.disputes.get(&it),
        }
    }

    /// How loud a finding is, if the policy says so.
    pub fn level(&self, finding: &str) -> Option<&Spanned<Level>> {
        self.levels.get(finding)
    }

    /// The exclusion that covers `path`.
    pub fn excluded(&self, path: &str) -> Option<&Exclude> {
        self.exclude.iter().find(|it| it.paths.iter().any(|it| it.value.matches(path)))
    }

    /// The day from which the policy has to be read again.
    pub fn due(&self) -> Option<Date> {
        self.review.as_ref().map(Review::due)
    }
}

/// A policy that another one tightens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parent {
    /// One that is built in: `caveat:commercial-saas`.
    Named(&'static str),
    /// A file, from the root of the repository: `//policy/base.toml`.
    FromRoot(String),
    /// A file, from the folder of this policy.
    Beside(String),
}

/// `[[license]]`: a license that only we know.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnLicense {
    /// Where the table begins.
    pub at: Span,
    /// `LicenseRef-…`.
    pub id: Spanned<String>,
    /// What people call it.
    pub name: Option<Spanned<String>>,
    /// What it asks, as far as policies are concerned.
    pub tags: Vec<Spanned<Tag>>,
    /// The file in the repository that holds its text.
    pub text: Option<Spanned<String>>,
    /// The file in the repository that states its terms, as the terms of known licenses are stated.
    pub terms: Option<Spanned<String>>,
    /// What these files hold. Reading them is the caller's business.
    pub read: OwnRead,
}

/// What the files of a license of our own hold.
#[derive(Clone, Debug, Default)]
pub struct OwnRead {
    /// Its terms, and the source that they stand in.
    pub terms: Option<(SourceId, Arc<Terms>)>,
    /// Its text.
    pub text: Option<String>,
}

/// Two readings of one file are the same.
impl PartialEq for OwnRead {
    fn eq(&self, other: &Self) -> bool {
        let source = |it: &Self| it.terms.as_ref().map(|it| it.0);
        source(self) == source(other) && self.text == other.text
    }
}

/// `[patents]`: what we ask of patent terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Patents {
    /// Where the table begins.
    pub at: Span,
    /// Kinds of component whose license has to grant patents; one that does not is for review.
    pub grant_required: Vec<Spanned<Kind>>,
    /// What becomes of a license that ends when we sue.
    pub retaliation: Option<Spanned<Verdict>>,
    /// A file on the fields in which we hold or have licensed patents.
    pub field_notes: Option<Spanned<String>>,
}

/// `[[test]]`: a verdict that the policy's authors expect of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// Where the table begins.
    pub at: Span,
    /// The license expression.
    pub license: Spanned<String>,
    /// Of what kind of component.
    pub kind: Option<Spanned<Kind>>,
    /// Used in which way.
    pub uses: Vec<Spanned<Usage>>,
    /// In which product.
    pub product: Option<Spanned<String>>,
    /// What should come out.
    pub expect: Spanned<Verdict>,
}
