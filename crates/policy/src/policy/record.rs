//! What people put on record: clarifications, evidence, exclusions, grounds.

use caveat_core::component::ComponentId;
use caveat_core::source::{Span, Spanned};

use crate::date::{Date, Period};
use crate::glob::{Glob, LicensePattern};
use crate::package::PackagePattern;
use crate::vocabulary::vocabulary;

/// What a record is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A package.
    Package(Spanned<PackagePattern>),
    /// Whatever lies there.
    Path(Spanned<Glob>),
}

impl Target {
    /// Whether it means that component, which lies at `path`.
    pub fn matches(&self, id: &ComponentId, path: Option<&str>) -> bool {
        match self {
            Self::Package(it) => it.value.matches(id),
            Self::Path(it) => path.is_some_and(|path| it.value.matches(path)),
        }
    }

    /// Where it is written.
    pub fn at(&self) -> Span {
        match self {
            Self::Package(it) => it.at,
            Self::Path(it) => it.at,
        }
    }
}

/// `[[clarify]]`: what a license really is, tied to the bytes that say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Clarification {
    /// Where the table begins.
    pub at: Span,
    /// Of what.
    pub target: Target,
    /// The license expression.
    pub license: Spanned<String>,
    /// The files that say so; at least one.
    pub evidence: Vec<Evidence>,
    /// Why.
    pub because: Spanned<String>,
    /// Who answers for it.
    pub owner: Spanned<String>,
    /// When it was decided.
    pub decided: Option<Spanned<Date>>,
}

/// A file and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Path in the package, or from the root of the repository.
    pub path: Spanned<String>,
    /// SHA-256 of its bytes.
    pub sha256: Spanned<Digest>,
}

/// A SHA-256 digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|it| write!(f, "{it:02x}"))
    }
}

/// `[[met]]`: an obligation that we say we meet, and what shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// Where the table begins.
    pub at: Span,
    /// Which obligation, by its kind.
    pub obligation: Spanned<String>,
    /// Of which licenses; empty is all.
    pub licenses: Vec<Spanned<LicensePattern>>,
    /// In which products; empty is all.
    pub products: Vec<Spanned<String>>,
    /// The words that have to be there.
    pub shows: Option<Spanned<String>>,
    /// What shows it; at least one.
    pub exhibits: Vec<Exhibit>,
    /// How long it has to be kept up.
    pub valid_for: Option<Spanned<Period>>,
}

/// One thing that shows that an obligation is met.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhibit {
    /// Where it is written.
    pub at: Span,
    /// Where to look.
    pub place: Place,
    /// The screen on which users see it.
    pub screen: Option<Spanned<String>>,
    /// Words that the file has to hold.
    pub contains: Option<Spanned<String>>,
    /// Whether it lists every component that asks.
    pub complete: Option<Spanned<bool>>,
}

/// Where an exhibit is.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Files of the repository.
    File(Spanned<Glob>),
    /// A page that somebody looked at.
    Url {
        /// The page.
        url: Spanned<String>,
        /// When somebody last looked.
        checked: Option<Spanned<Date>>,
    },
}

/// `[[exclude]]`: what is not shipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclude {
    /// Where the table begins.
    pub at: Span,
    /// Where it lies; at least one.
    pub paths: Vec<Spanned<Glob>>,
    /// What it is.
    pub reason: Spanned<ExcludeReason>,
    /// Why, in words.
    pub because: Option<Spanned<String>>,
}

vocabulary! {
    /// What makes a part of the tree something that is not shipped.
    pub enum ExcludeReason: "reason" {
        /// It builds the product.
        BuildTool = "build-tool",
        /// It is data that the product only reads here.
        Data = "data",
        /// It is for reading.
        Documentation = "documentation",
        /// It shows how the product is used.
        Example = "example",
        /// It tests the product.
        Test = "test",
        /// Whoever runs the product brings it.
        Provided = "provided",
        /// What `because` says.
        Other = "other",
    }
}

/// `[[basis]]`: data that is used on another ground than a license.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// Where the table begins.
    pub at: Span,
    /// Where the data lies; at least one.
    pub paths: Vec<Spanned<Glob>>,
    /// The ground.
    pub kind: Spanned<BasisKind>,
    /// Why it holds.
    pub because: Spanned<String>,
    /// Who answers for it.
    pub owner: Spanned<String>,
    /// When somebody last looked at it.
    pub reviewed: Option<Spanned<Date>>,
    /// Whether the data itself may be published; absent is no.
    pub publish: Option<Spanned<bool>>,
}

vocabulary! {
    /// A ground on which data may be used without a license.
    pub enum BasisKind: "basis" {
        /// Text and data mining for research, Directive (EU) 2019/790, Art. 3.
        TdmResearch = "tdm-research",
        /// Text and data mining where rights were not reserved, the same, Art. 4.
        Tdm = "tdm",
        /// Fair use or fair dealing.
        FairUse = "fair-use",
        /// A contract with whoever holds the rights.
        Contract = "contract",
        /// Consent of the people whom it is about.
        Consent = "consent",
        /// We made it ourselves.
        Own = "own",
        /// What `because` says.
        Other = "other",
    }
}

/// `[baseline]`: findings that were there before.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Where the table begins.
    pub at: Span,
    /// The file that lists them.
    pub file: Spanned<String>,
    /// The last day on which they are not counted.
    pub until: Option<Spanned<Date>>,
}

/// `[review]`: when the policy itself has to be read again.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Where the table begins.
    pub at: Span,
    /// How often.
    pub every: Spanned<Period>,
    /// When it last was.
    pub last: Spanned<Date>,
    /// By whom.
    pub by: Option<Spanned<String>>,
}

impl Review {
    /// The day from which the policy has to be read again.
    pub fn due(&self) -> Date {
        self.last.value.plus(self.every.value)
    }
}
