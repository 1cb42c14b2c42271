//! Licenses that want themselves again: when another label will do.

use std::cmp::Ordering;

use caveat_core::expression::Licensed;
use caveat_core::tags::Tag;
use caveat_core::terms::ShareAlike;

use super::Loss;
use crate::combination::{Fit, relabelled};
use crate::ground::Ground;

/// Whether both name one text: `-only` and `-or-later` share it.
pub(super) fn same_text(one: &Licensed, other: &Licensed) -> bool {
    text(one).eq_ignore_ascii_case(text(other))
}

fn text(license: &Licensed) -> &str {
    let id = license.id.as_str();
    id.trim_end_matches("-only").trim_end_matches("-or-later")
}

fn allows_later(license: &Licensed) -> bool {
    license.or_later || license.id.as_str().ends_with("-or-later")
}

/// The name without the version, and the version: `CC-BY-SA`, 4.0.
fn versioned(license: &Licensed) -> (String, Vec<u32>) {
    let text = text(license).to_ascii_lowercase();
    let parsed = text.rsplit_once('-').and_then(|(stem, version)| {
        let numbers: Option<Vec<u32>> = version.split('.').map(|it| it.parse().ok()).collect();
        Some((stem.to_owned(), numbers?))
    });
    parsed.unwrap_or((text, Vec::new()))
}

const RECIPROCAL: [Tag; 4] =
    [Tag::WeakReciprocal, Tag::StrongReciprocal, Tag::NetworkReciprocal, Tag::ShareAlike];

/// How `label` stands to the demand of `theirs` for the same license.
pub(super) fn reciprocal(
    ground: &Ground<'_>,
    label: &Licensed,
    theirs: &Licensed,
    tag: Tag,
    asked: &[Tag],
) -> Loss {
    let (stem, version) = versioned(theirs);
    let (own_stem, own_version) = versioned(label);
    let wants = wants(ground, theirs);
    if stem == own_stem {
        return match own_version.cmp(&version) {
            Ordering::Equal => same_version(label, theirs),
            Ordering::Greater => later_version(theirs, wants),
            Ordering::Less => Loss::Lost,
        };
    }
    let answers_in_kind = match tag {
        Tag::AntiLockdown => asked.contains(&Tag::AntiLockdown),
        _ => RECIPROCAL.iter().any(|it| asked.contains(it)),
    };
    // Whoever has a network clause above has to have one on the label.
    let weaker = tag == Tag::NetworkReciprocal && !asked.contains(&tag);
    match (relabelled(label, theirs), wants) {
        (Some(Fit::Yes), _) => Loss::Kept,
        _ if !answers_in_kind || weaker => Loss::Lost,
        (Some(Fit::Check), _) => Loss::Doubtful,
        (Some(Fit::No), _) => Loss::Lost,
        // What limits more is never the equivalent that these ask for.
        (None, _) if limits_more(ground, theirs, asked) => Loss::Lost,
        (None, wants) => by_wish(wants),
    }
}

/// Where nothing tells of the two licenses: whether a text names others that will do as well, or
/// reaches no further than a file.
fn by_wish(wants: Option<ShareAlike>) -> Loss {
    match wants {
        Some(
            ShareAlike::SameOrCompatible
            | ShareAlike::SameLicenseForSource
            | ShareAlike::File
            | ShareAlike::Library,
        ) => Loss::Doubtful,
        Some(ShareAlike::SameLicense | ShareAlike::RestrictionsOnly | ShareAlike::None) | None => {
            Loss::Lost
        }
    }
}

/// Whether the label forbids what the license leaves free.
fn limits_more(ground: &Ground<'_>, theirs: &Licensed, asked: &[Tag]) -> bool {
    let theirs: Vec<Tag> = ground.tags(theirs).iter().map(|it| it.tag).collect();
    let added = |it: &Tag| {
        !theirs.contains(it)
            && matches!(it, Tag::NonCommercial | Tag::ResearchOnly | Tag::NoDerivatives)
    };
    asked.iter().any(added)
}

fn wants(ground: &Ground<'_>, license: &Licensed) -> Option<ShareAlike> {
    let terms = ground.terms(license)?;
    Some(terms.duties.share_alike.as_ref()?.value.value)
}

/// The same version, unless the label gives what was not given: later versions, an exception.
fn same_version(label: &Licensed, theirs: &Licensed) -> Loss {
    let with = |it: &Licensed| it.with.as_ref().map(|it| it.value.clone());
    let excepts_more = label.with.is_some() && with(label) != with(theirs);
    let later_too = allows_later(label) && !allows_later(theirs);
    if excepts_more || later_too { Loss::Lost } else { Loss::Kept }
}

fn later_version(theirs: &Licensed, wants: Option<ShareAlike>) -> Loss {
    if allows_later(theirs) {
        return Loss::Kept;
    }
    let only = theirs.id.as_str().ends_with("-only");
    match wants {
        _ if only => Loss::Lost,
        Some(ShareAlike::SameOrCompatible) => Loss::Kept,
        Some(
            ShareAlike::SameLicense
            | ShareAlike::SameLicenseForSource
            | ShareAlike::File
            | ShareAlike::Library
            | ShareAlike::RestrictionsOnly
            | ShareAlike::None,
        )
        | None => Loss::Doubtful,
    }
}
