//! Named lists of tags, for policies that need no list of their own.

use crate::verdict::Stance::{self, Allow, Deny, Review, Test};
use crate::vocabulary::{Word, vocabulary};
use caveat_core::tags::Tag;

vocabulary! {
    /// A stance on every tag, by name: `code = "permissive+"`.
    pub enum Preset: "preset" {
        /// Nothing that asks for more than notices.
        Permissive = "permissive",
        /// As well what keeps only its own changes open.
        PermissivePlus = "permissive+",
        /// Whatever is open source or open data, reciprocal terms included.
        AnyOpen = "any-open",
        /// Whatever research may use, non-commercial terms included.
        Research = "research",
        /// Whatever a business may use, tested against the facts of the organisation.
        Commercial = "commercial",
    }
}

impl Preset {
    /// What it says of each tag. `unknown` is left to `[rules] unknown`.
    pub fn tags(self) -> impl Iterator<Item = (Tag, Stance)> {
        let column = Self::ALL.iter().position(|it| *it == self).unwrap_or_default();
        TABLE.iter().map(move |(tag, stances)| (*tag, stances[column]))
    }
}

/// A row for each tag, a column for each preset in the order above.
#[rustfmt::skip]
const TABLE: [(Tag, [Stance; 5]); 25] = [
    //                        permissive  permissive+  any-open  research  commercial
    (Tag::PublicDomain,       [Allow,     Allow,       Allow,    Allow,    Allow]),
    (Tag::Permissive,         [Allow,     Allow,       Allow,    Allow,    Allow]),
    (Tag::Attribution,        [Allow,     Allow,       Allow,    Allow,    Allow]),
    (Tag::AttributionDisplay, [Review,    Review,      Allow,    Allow,    Allow]),
    (Tag::NamingRequired,     [Review,    Review,      Review,   Allow,    Review]),
    (Tag::WeakReciprocal,     [Deny,      Allow,       Allow,    Allow,    Review]),
    (Tag::StrongReciprocal,   [Deny,      Deny,        Allow,    Allow,    Deny]),
    (Tag::NetworkReciprocal,  [Deny,      Deny,        Allow,    Allow,    Deny]),
    (Tag::ShareAlike,         [Deny,      Review,      Allow,    Allow,    Review]),
    (Tag::AntiLockdown,       [Deny,      Deny,        Allow,    Allow,    Review]),
    (Tag::UseRestricted,      [Review,    Review,      Review,   Allow,    Review]),
    (Tag::NonCommercial,      [Deny,      Deny,        Deny,     Allow,    Deny]),
    (Tag::ResearchOnly,       [Deny,      Deny,        Deny,     Allow,    Deny]),
    (Tag::NoDerivatives,      [Deny,      Deny,        Deny,     Review,   Deny]),
    (Tag::ScaleCapped,        [Deny,      Deny,        Deny,     Test,     Test]),
    (Tag::RevenueCapped,      [Deny,      Deny,        Deny,     Test,     Test]),
    (Tag::DeviceCapped,       [Deny,      Deny,        Deny,     Test,     Test]),
    (Tag::Territorial,        [Deny,      Deny,        Deny,     Test,     Test]),
    (Tag::SeatRestricted,     [Deny,      Deny,        Deny,     Test,     Test]),
    (Tag::CompetitorBarred,   [Deny,      Deny,        Deny,     Review,   Review]),
    (Tag::OutputRestricted,   [Deny,      Deny,        Deny,     Review,   Review]),
    (Tag::PatentRetaliation,  [Allow,     Allow,       Allow,    Allow,    Allow]),
    (Tag::RevocableRemotely,  [Deny,      Deny,        Deny,     Review,   Review]),
    (Tag::SourceAvailable,    [Deny,      Deny,        Deny,     Review,   Review]),
    (Tag::Proprietary,        [Deny,      Deny,        Deny,     Review,   Review]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_speaks_of_every_tag_once() {
        for preset in Preset::ALL {
            let tags: Vec<_> = preset.tags().map(|(tag, _)| tag).collect();
            let expected: Vec<_> =
                Tag::ALL.iter().copied().filter(|it| *it != Tag::Unknown).collect();
            assert_eq!(tags, expected, "{preset}");
        }
    }

    #[test]
    fn what_a_narrow_preset_lets_through_a_wider_one_does() {
        let wider = [
            (Preset::Permissive, Preset::PermissivePlus),
            (Preset::PermissivePlus, Preset::AnyOpen),
            (Preset::AnyOpen, Preset::Research),
        ];
        for (narrow, wide) in wider {
            for ((tag, before), (_, after)) in narrow.tags().zip(wide.tags()) {
                let kept = before != Allow || after == Allow;
                assert!(kept, "{tag}: {narrow} allows it, {wide} does not");
            }
        }
    }
}
