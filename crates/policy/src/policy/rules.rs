//! What the policy makes of tags and licenses.

use std::collections::BTreeMap;

use caveat_core::component::Kind;
use caveat_core::source::{Span, Spanned};

use super::{DeviceFact, Preset};
use crate::glob::{Glob, LicensePattern};
use crate::package::PackagePattern;
use crate::usage::Usage;
use crate::verdict::{Stance, Verdict};
use crate::vocabulary::vocabulary;
use caveat_core::tags::Tag;

/// `[rules]`: the answers where nothing more special speaks. Each is `None` where the policy is
/// silent; the functions of the same name give what then holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Where `[rules]` stands.
    pub at: Option<Span>,
    /// For a tag that no list names.
    pub otherwise: Option<Spanned<Verdict>>,
    /// For a component whose license nobody can name.
    pub unknown: Option<Spanned<Verdict>>,
    /// For a component of which different licenses are claimed.
    pub ambiguous: Option<Spanned<Verdict>>,
    /// For a test that the organisation's facts cannot answer.
    pub unanswered: Option<Spanned<Verdict>>,
    /// The best for a license that only the catalogue of well-known models tells.
    pub catalog: Option<Spanned<Verdict>>,
    /// `[rules.KIND]`.
    pub kinds: BTreeMap<Kind, KindRules>,
}

impl Rules {
    /// For a tag that no list names.
    pub fn otherwise(&self) -> Verdict {
        stated(self.otherwise.as_ref(), Verdict::Review)
    }

    /// For a component whose license nobody can name.
    pub fn unknown(&self) -> Verdict {
        stated(self.unknown.as_ref(), Verdict::Review)
    }

    /// For a component of which different licenses are claimed.
    pub fn ambiguous(&self) -> Verdict {
        stated(self.ambiguous.as_ref(), Verdict::Review)
    }

    /// For a test that the organisation's facts cannot answer.
    pub fn unanswered(&self) -> Verdict {
        stated(self.unanswered.as_ref(), Verdict::Denied)
    }
}

fn stated(verdict: Option<&Spanned<Verdict>>, silent: Verdict) -> Verdict {
    verdict.map_or(silent, |it| it.value)
}

/// `[rules.KIND]`: what each tag comes out as, for one kind of component.
#[derive(Clone, Debug, PartialEq)]
pub struct KindRules {
    /// Where the table begins, or the name of the preset.
    pub at: Span,
    /// The named preset that it starts from.
    pub preset: Option<Spanned<Preset>>,
    /// What each tag comes out as, and where that is written: the tag in its list, or the preset.
    pub tags: BTreeMap<Tag, Spanned<Stance>>,
}

/// `[[rule]]`: a rule that speaks where all its conditions hold. An empty list is no condition;
/// of a list with several entries one has to hold. At least one list is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleLine {
    /// Where the table begins.
    pub at: Span,
    /// Its name, unlike every other.
    pub id: Spanned<String>,
    /// Kinds of component.
    pub kinds: Vec<Spanned<Kind>>,
    /// Uses of the product.
    pub uses: Vec<Spanned<Usage>>,
    /// Names of products.
    pub products: Vec<Spanned<String>>,
    /// Tags of the license.
    pub tags: Vec<Spanned<Tag>>,
    /// Licenses.
    pub licenses: Vec<Spanned<LicensePattern>>,
    /// Where the component lies.
    pub paths: Vec<Spanned<Glob>>,
    /// Which component it is.
    pub packages: Vec<Spanned<PackagePattern>>,
    /// Facts; every one of these has to hold.
    pub when: Vec<Condition>,
    /// A check that has to fail for the rule to speak.
    pub check: Option<Spanned<Check>>,
    /// What then comes of it.
    pub verdict: Spanned<Verdict>,
    /// Why, in the words that are printed with the verdict.
    pub because: Spanned<String>,
}

impl RuleLine {
    /// Whether the rule asks for a license by name: such a rule beats one that asks for a tag.
    pub fn names_license(&self) -> bool {
        !self.licenses.is_empty()
    }
}

/// A fact that a rule asks for. What is not known is not held to be so.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `device.user-can-relink = false`: what the product's device lets its user do.
    Device(DeviceFact, Spanned<bool>),
    /// `commercial = true`: of the product, else of the organisation.
    Commercial(Spanned<bool>),
}

impl Condition {
    /// Where it is written.
    pub fn at(&self) -> Span {
        match self {
            Self::Device(_, it) | Self::Commercial(it) => it.at,
        }
    }
}

vocabulary! {
    /// Something that is looked up in the graph or in the tree rather than in the license.
    pub enum Check: "check" {
        /// What goes out grants nothing that was not there to give, back to the roots.
        OutboundNoLooserThanUpstream = "outbound-no-looser-than-upstream",
        /// The notice that a license asks for lies beside the weights.
        NoticeTravelsWithWeights = "notice-travels-with-weights",
    }
}

/// `[choose]`: which branch of an `OR` we take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choose {
    /// Licenses in the order in which ties are broken.
    pub prefer: Vec<Spanned<LicensePattern>>,
    /// `[[choose.package]]`: what is taken whatever the verdicts.
    pub packages: Vec<Choice>,
}

impl Choose {
    /// How far down the order of preference a license stands; what is not named stands last.
    pub fn rank(&self, license: &str) -> usize {
        let found = self.prefer.iter().position(|it| it.value.matches(license));
        found.unwrap_or(self.prefer.len())
    }
}

/// `[[choose.package]]`: which branch we take for one package.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Where the table begins.
    pub at: Span,
    /// For which package.
    pub package: Spanned<PackagePattern>,
    /// The license that we take.
    pub take: Spanned<String>,
}
