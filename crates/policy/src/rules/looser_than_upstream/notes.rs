//! Labels that ask more than they have to: no breach, but nobody is bound by them to what was there.

use caveat_core::expression::Expression;
use caveat_core::inventory::Component;
use caveat_core::tags::Tag;

use super::super::license_rulings::related;
use super::compared::Compared;
use super::{NAME, Parent};
use crate::case::Case;
use crate::finding::{Because, Finding};
use crate::ground::called;
use crate::known;
use crate::travel::is_same_work;
use crate::verdict::Level;

/// A note where the label limits what upstream leaves free, or where a mere copy has a label of
/// its own.
pub(super) fn finding(
    case: &Case<'_>,
    compared: &Compared<'_>,
    component: &Component,
    own: &Expression,
    parents: &[Parent<'_>],
) -> Option<Finding> {
    let parent = parents.iter().min_by_key(|it| it.via.way.len())?;
    if parent.theirs.same_as(own) {
        return None;
    }
    let added = compared.added(component, parent, || {
        let theirs = limits(case, parent.theirs);
        limits(case, own).into_iter().find(|it| !theirs.contains(it))
    });
    let copied = is_same_work(&parent.via.way);
    if component.is_recalled() || (added.is_none() && !copied) {
        return None;
    }
    let mut steps: Vec<_> = parent.via.way.iter().map(|it| related(case, it)).collect();
    steps.push(known::states(parent.upstream, &parent.theirs.to_string(), parent.theirs.at()));
    let (name, from) = (called(component), called(parent.upstream));
    let how = parent.via.way.first()?.how.phrase();
    let why = match added {
        Some(it) => {
            format!("the label adds `{it}`, which binds nobody to the part that is not yours")
        }
        None => "the label is another though the work is the same".to_owned(),
    };
    let claim = component.claims.first()?;
    Some(Finding {
        rule: NAME,
        level: Level::Note,
        component: component.id.clone(),
        license: Some(own.to_string()),
        message: format!(
            "{name} is labelled {own} and {how} {from}, under {}: {why}",
            parent.theirs
        ),
        at: claim.raw.at,
        label: "asks more than it has to".to_owned(),
        because: Because::new(steps)?,
        help: vec![format!("keep `{}` and its notices beside the label", parent.theirs)],
        cause: format!("{} {} note", parent.upstream.id, parent.theirs),
        excepted: None,
    })
}

/// The limits on use that a license sets.
fn limits(case: &Case<'_>, license: &Expression) -> Vec<Tag> {
    let is_limit = |it: &Tag| {
        matches!(
            it,
            Tag::NonCommercial
                | Tag::ResearchOnly
                | Tag::UseRestricted
                | Tag::NoDerivatives
                | Tag::ScaleCapped
                | Tag::RevenueCapped
                | Tag::DeviceCapped
                | Tag::Territorial
                | Tag::SeatRestricted
                | Tag::CompetitorBarred
                | Tag::Proprietary
        )
    };
    let tags = |it| case.tags(it).iter().map(|it| it.tag).collect::<Vec<_>>();
    license.licenses().flat_map(tags).filter(is_limit).collect()
}
