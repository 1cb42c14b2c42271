//! What policies speak of: a short word for each kind of thing that a license asks or forbids.
//!
//! Tags are derived from terms by one table, so that a policy line and a clause always meet.

mod ground;
mod duties;
mod limits;

use std::fmt;
use std::ops::Range;

use crate::terms::{Confidence, Terms};
use ground::Ground;

/// Declares the tags: variant, name, what it means, and what in the terms gives it.
macro_rules! tags {
    ($($variant:ident = $name:literal, $grounds:path: $meaning:literal;)+) => {
        /// What a license asks, allows or forbids, in one word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Tag {
            $(#[doc = $meaning] $variant,)+
        }

        impl Tag {
            /// All tags, in the order in which they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The kebab-case name that policies use.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it means, in one clause.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }

            /// What in the terms of a license gives it this tag.
            fn grounds(self, terms: &Terms) -> Vec<Ground> {
                match self { $(Self::$variant => $grounds(terms),)+ }
            }
        }

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

    };
}

tags! {
    PublicDomain = "public-domain", duties::public_domain: "nearly all rights are given up";
    Permissive = "permissive", duties::permissive: "use, change and pass on, with little asked";
    Attribution = "attribution", duties::attribution: "credit must be kept or given";
    AttributionDisplay = "attribution-display", duties::attribution_display: "a credit must be shown where people see it";
    NamingRequired = "naming-required", duties::naming_required: "what is made of it must carry a given name";
    WeakReciprocal = "weak-reciprocal", duties::weak_reciprocal: "the code itself, and changes to it, stay under its license";
    StrongReciprocal = "strong-reciprocal", duties::strong_reciprocal: "a whole program that holds it goes out under its license";
    NetworkReciprocal = "network-reciprocal", duties::network_reciprocal: "users over a network are owed source too";
    ShareAlike = "share-alike", duties::share_alike: "data, content or models made of it stay under its license";
    AntiLockdown = "anti-lockdown", duties::anti_lockdown: "a device must let its user install changed versions";
    UseRestricted = "use-restricted", limits::use_restricted: "some fields of use are forbidden";
    NonCommercial = "non-commercial", limits::non_commercial: "commercial use is not licensed";
    ResearchOnly = "research-only", limits::research_only: "use is licensed for research only";
    NoDerivatives = "no-derivatives", limits::no_derivatives: "changed versions may not be made or passed on";
    ScaleCapped = "scale-capped", limits::scale_capped: "past a number of users, visits or people more is asked or nothing is licensed";
    RevenueCapped = "revenue-capped", limits::revenue_capped: "past a revenue more is asked or nothing is licensed";
    DeviceCapped = "device-capped", limits::device_capped: "past a number of devices more is asked or nothing is licensed";
    Territorial = "territorial", limits::territorial: "use in some places is not licensed";
    SeatRestricted = "seat-restricted", limits::seat_restricted: "nothing is licensed to those who live or have their seat in some places";
    CompetitorBarred = "competitor-barred", limits::competitor_barred: "some kinds of business, mostly the licensor's own, are left out";
    OutputRestricted = "output-restricted", limits::output_restricted: "the use of what it puts out is limited";
    PatentRetaliation = "patent-retaliation", limits::patent_retaliation: "a claim against others over it ends all rights";
    RevocableRemotely = "revocable-remotely", limits::revocable_remotely: "the licensor may restrict or end the use without a breach";
    SourceAvailable = "source-available", limits::source_available: "the source can be had, but uses that the licensor sells are reserved";
    Proprietary = "proprietary", limits::proprietary: "rights are kept; passing it on is not licensed";
    Unknown = "unknown", limits::never: "what the license asks is not known";
}

impl Tag {
    /// The tag of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }

    /// Nearly every license gives it, or it bites only those who sue: a policy that does not name
    /// it has nothing against it, where other tags that a policy does not name are not allowed.
    pub fn is_minor(self) -> bool {
        matches!(self, Self::Attribution | Self::PatentRetaliation)
    }
}

/// A tag that a license has, and one fact that gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The tag.
    pub tag: Tag,
    /// The clause of the license.
    pub cite: String,
    /// What the fact says, as one clause in own words.
    pub says: String,
    /// Where the fact stands in the terms file: a byte range.
    pub at: Range<usize>,
    /// How the fact is known.
    pub confidence: Confidence,
}

/// The tags of a license, each with every fact that gives it; never none.
pub fn tags(terms: &Terms) -> Vec<Tagged> {
    let mut tags = Vec::new();
    for tag in Tag::ALL {
        for Ground { cite, says, at, confidence } in tag.grounds(terms) {
            tags.push(Tagged { tag: *tag, cite, says, at, confidence });
        }
    }
    if tags.iter().all(|it| it.tag.is_minor()) {
        let Ground { cite, says, at, confidence } = limits::nothing_known(terms);
        tags.push(Tagged { tag: Tag::Unknown, cite, says, at, confidence });
    }
    tags
}
