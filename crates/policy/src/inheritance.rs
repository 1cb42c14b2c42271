//! What a label loses of the license above it. Terms form an order: a label may ask more than
//! what it was made from, never less.

use std::collections::BTreeSet;

use caveat_core::expression::{Expression, Licensed};
use caveat_core::source::Span;
use caveat_core::tags::{Tag, Tagged};

use crate::case::Case;

/// Something that must travel and that the label below does not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What, in a few words.
    pub drops: String,
    /// What the upstream license says, in one clause.
    pub says: String,
    /// Where its terms say so.
    pub at: Option<Span>,
    /// The section.
    pub cite: Option<String>,
}

/// What `own` loses of `theirs`. Of a choice upstream the branch that loses least is taken; a
/// choice below gives only what all of its branches ask.
pub fn lost(case: &Case<'_>, own: &Expression, theirs: &Expression) -> Vec<Lost> {
    let kept = kept(case, own);
    let weighed = theirs.weigh(&mut |leaf| match leaf {
        caveat_core::expression::Leaf::License(it) => of_license(case, &kept, it).len(),
        caveat_core::expression::Leaf::Nothing(_)
        | caveat_core::expression::Leaf::NoAssertion(_) => 0,
    });
    let mut all = Vec::new();
    for leaf in weighed.binding {
        if let caveat_core::expression::Leaf::License(it) = leaf {
            all.extend(of_license(case, &kept, it));
        }
    }
    all
}

/// What a label asks of everyone, whichever branch they take.
#[derive(Clone, Debug, Default)]
struct Kept {
    licenses: BTreeSet<String>,
    families: BTreeSet<String>,
    tags: BTreeSet<Tag>,
    forbidden_uses: BTreeSet<String>,
    /// Nobody has read what the label asks.
    unread: bool,
}

fn kept(case: &Case<'_>, own: &Expression) -> Kept {
    match own {
        Expression::License(it) => of_label(case, it),
        Expression::And(parts) => {
            parts.iter().map(|it| kept(case, it)).reduce(union).unwrap_or_default()
        }
        Expression::Or(parts) => {
            parts.iter().map(|it| kept(case, it)).reduce(intersection).unwrap_or_default()
        }
        Expression::Nothing(_) | Expression::NoAssertion(_) => {
            Kept { unread: true, ..Kept::default() }
        }
    }
}

fn of_label(case: &Case<'_>, license: &Licensed) -> Kept {
    let terms = case.library.terms(license.id.as_str());
    Kept {
        licenses: BTreeSet::from([text_of(license)]),
        families: terms.map(|it| it.license.family.clone()).into_iter().collect(),
        tags: case.tags(license).iter().map(|it| it.tag).collect(),
        forbidden_uses: case.forbidden_uses(license).into_iter().map(str::to_owned).collect(),
        unread: terms.is_none(),
    }
}

fn union(mut one: Kept, other: Kept) -> Kept {
    one.licenses.extend(other.licenses);
    one.families.extend(other.families);
    one.tags.extend(other.tags);
    one.forbidden_uses.extend(other.forbidden_uses);
    one.unread |= other.unread;
    one
}

fn intersection(mut one: Kept, other: Kept) -> Kept {
    one.licenses.retain(|it| other.licenses.contains(it));
    one.families.retain(|it| other.families.contains(it));
    one.tags.retain(|it| other.tags.contains(it));
    one.forbidden_uses.retain(|it| other.forbidden_uses.contains(it));
    one.unread |= other.unread;
    one
}

/// The license without what only says which later versions may be chosen.
fn text_of(license: &Licensed) -> String {
    license.id.as_str().trim_end_matches("-only").trim_end_matches("-or-later").to_owned()
}

fn of_license(case: &Case<'_>, kept: &Kept, theirs: &Licensed) -> Vec<Lost> {
    if kept.unread || kept.licenses.contains(&text_of(theirs)) {
        return Vec::new();
    }
    let tags = case.tags(theirs);
    let mut all: Vec<Lost> = tags
        .iter()
        .filter(|it| is_lost(case, kept, theirs, it.tag))
        .map(|it| described(case, theirs, it, phrase(it.tag).to_owned()))
        .collect();
    all.dedup_by(|a, b| a.drops == b.drops);
    all.extend(dropped_uses(case, kept, theirs, &tags));
    all
}

fn described(case: &Case<'_>, theirs: &Licensed, tagged: &Tagged, drops: String) -> Lost {
    Lost {
        drops,
        says: tagged.says.clone(),
        at: case.term_span(theirs, tagged),
        cite: Some(tagged.cite.clone()),
    }
}

fn is_lost(case: &Case<'_>, kept: &Kept, theirs: &Licensed, tag: Tag) -> bool {
    match tag {
        // Nothing that a label could lose, or nothing that it has to carry.
        Tag::Permissive
        | Tag::PublicDomain
        | Tag::Unknown
        | Tag::PatentRetaliation
        | Tag::SourceAvailable
        | Tag::Proprietary
        | Tag::RevocableRemotely => false,
        // Only a dedication asks for no credit at all.
        Tag::Attribution => kept.tags.contains(&Tag::PublicDomain),
        // The same license, or another version of it, is required.
        Tag::WeakReciprocal
        | Tag::StrongReciprocal
        | Tag::NetworkReciprocal
        | Tag::ShareAlike
        | Tag::AntiLockdown => {
            let terms = case.library.terms(theirs.id.as_str());
            let family = terms.map(|it| &it.license.family);
            !(kept.tags.contains(&tag) && family.is_some_and(|it| kept.families.contains(it)))
        }
        Tag::AttributionDisplay
        | Tag::NamingRequired
        | Tag::UseRestricted
        | Tag::NonCommercial
        | Tag::NoDerivatives
        | Tag::ScaleCapped
        | Tag::RevenueCapped
        | Tag::DeviceCapped
        | Tag::Territorial
        | Tag::SeatRestricted
        | Tag::CompetitorBarred
        | Tag::OutputRestricted => !kept.tags.contains(&tag),
        // Research only is narrower than non-commercial.
        Tag::ResearchOnly => !kept.tags.contains(&Tag::ResearchOnly),
    }
}

/// Both restrict uses, but the label's list leaves out some that must travel.
fn dropped_uses(case: &Case<'_>, kept: &Kept, theirs: &Licensed, tags: &[Tagged]) -> Option<Lost> {
    let restricted = tags.iter().find(|it| it.tag == Tag::UseRestricted)?;
    if !kept.tags.contains(&Tag::UseRestricted) || kept.forbidden_uses.is_empty() {
        return None;
    }
    let forbidden = case.forbidden_uses(theirs);
    let missing: Vec<&str> =
        forbidden.into_iter().filter(|it| !kept.forbidden_uses.contains(*it)).collect();
    if missing.is_empty() {
        return None;
    }
    let drops = format!("its ban on {}", missing.join(", "));
    Some(described(case, theirs, restricted, drops))
}

/// What a label drops, in a few words.
fn phrase(tag: Tag) -> &'static str {
    match tag {
        Tag::Attribution => "its credit",
        Tag::AttributionDisplay => "its visible credit",
        Tag::NamingRequired => "its naming rule",
        Tag::WeakReciprocal | Tag::StrongReciprocal | Tag::NetworkReciprocal | Tag::ShareAlike => {
            "its demand for the same license"
        }
        Tag::AntiLockdown => "its demand that users can install changes",
        Tag::UseRestricted => "its use restrictions",
        Tag::NonCommercial => "its limit to non-commercial use",
        Tag::ResearchOnly => "its limit to research",
        Tag::NoDerivatives => "its ban on derivatives",
        Tag::ScaleCapped | Tag::RevenueCapped | Tag::DeviceCapped => "its limit by size",
        Tag::Territorial | Tag::SeatRestricted => "its territory",
        Tag::CompetitorBarred => "its bar on competitors",
        Tag::OutputRestricted => "its limits on outputs",
        Tag::Permissive
        | Tag::PublicDomain
        | Tag::Unknown
        | Tag::PatentRetaliation
        | Tag::SourceAvailable
        | Tag::Proprietary
        | Tag::RevocableRemotely => "its terms",
    }
}
