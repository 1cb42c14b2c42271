//! What policies speak of: tags, derived from terms.

use std::fmt;
use std::ops::Range;

use crate::terms::{Category, Terms, Confidence};

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// public-domain
    PublicDomain,
    /// permissive
    Permissive,
    /// attribution
    Attribution,
    /// attribution-display
    AttributionDisplay,
    /// naming-required
    NamingRequired,
    /// weak-reciprocal
    WeakReciprocal,
    /// strong-reciprocal
    StrongReciprocal,
    /// network-reciprocal
    NetworkReciprocal,
    /// share-alike
    ShareAlike,
    /// anti-lockdown
    AntiLockdown,
    /// use-restricted
    UseRestricted,
    /// non-commercial
    NonCommercial,
    /// research-only
    ResearchOnly,
    /// no-derivatives
    NoDerivatives,
    /// scale-capped
    ScaleCapped,
    /// revenue-capped
    RevenueCapped,
    /// device-capped
    DeviceCapped,
    /// territorial
    Territorial,
    /// seat-restricted
    SeatRestricted,
    /// competitor-barred
    CompetitorBarred,
    /// output-restricted
    OutputRestricted,
    /// patent-retaliation
    PatentRetaliation,
    /// revocable-remotely
    RevocableRemotely,
    /// source-available
    SourceAvailable,
    /// proprietary
    Proprietary,
    /// unknown
    Unknown,
}

impl Tag {
    /// All tags.
    pub const ALL: &'static [Self] = &[Self::PublicDomain, Self::Permissive, Self::Attribution, Self::AttributionDisplay, Self::NamingRequired, Self::WeakReciprocal, Self::StrongReciprocal, Self::NetworkReciprocal, Self::ShareAlike, Self::AntiLockdown, Self::UseRestricted, Self::NonCommercial, Self::ResearchOnly, Self::NoDerivatives, Self::ScaleCapped, Self::RevenueCapped, Self::DeviceCapped, Self::Territorial, Self::SeatRestricted, Self::CompetitorBarred, Self::OutputRestricted, Self::PatentRetaliation, Self::RevocableRemotely, Self::SourceAvailable, Self::Proprietary, Self::Unknown];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::PublicDomain => "public-domain",
            Self::Permissive => "permissive",
            Self::Attribution => "attribution",
            Self::AttributionDisplay => "attribution-display",
            Self::NamingRequired => "naming-required",
            Self::WeakReciprocal => "weak-reciprocal",
            Self::StrongReciprocal => "strong-reciprocal",
            Self::NetworkReciprocal => "network-reciprocal",
            Self::ShareAlike => "share-alike",
            Self::AntiLockdown => "anti-lockdown",
            Self::UseRestricted => "use-restricted",
            Self::NonCommercial => "non-commercial",
            Self::ResearchOnly => "research-only",
            Self::NoDerivatives => "no-derivatives",
            Self::ScaleCapped => "scale-capped",
            Self::RevenueCapped => "revenue-capped",
            Self::DeviceCapped => "device-capped",
            Self::Territorial => "territorial",
            Self::SeatRestricted => "seat-restricted",
            Self::CompetitorBarred => "competitor-barred",
            Self::OutputRestricted => "output-restricted",
            Self::PatentRetaliation => "patent-retaliation",
            Self::RevocableRemotely => "revocable-remotely",
            Self::SourceAvailable => "source-available",
            Self::Proprietary => "proprietary",
            Self::Unknown => "unknown",
        }
    }

    /// The tag of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A tag with its fact.
#[derive(Clone, Debug)]
pub struct Tagged {
    /// The tag.
    pub tag: Tag,
    /// The clause.
    pub cite: String,
    /// In words.
    pub says: String,
    /// Where.
    pub at: Range<usize>,
    /// How it is known.
    pub confidence: Confidence,
}

/// Interim.
pub fn tags(terms: &Terms) -> Vec<Tagged> {
    let tag = match terms.license.category {
        Category::PublicDomain => Tag::PublicDomain,
        Category::Permissive => Tag::Permissive,
        Category::NonCommercial => Tag::NonCommercial,
        Category::ResearchOnly => Tag::ResearchOnly,
        Category::StrongCopyleft => Tag::StrongReciprocal,
        Category::WeakCopyleft => Tag::WeakReciprocal,
        Category::NetworkCopyleft => Tag::NetworkReciprocal,
        _ => Tag::UseRestricted,
    };
    vec![Tagged { tag, cite: String::new(), says: tag.name().into(), at: terms.license.category_at.clone(), confidence: Confidence::Read }]
}
