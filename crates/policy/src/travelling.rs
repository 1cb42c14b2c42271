//! `check = "notice-travels-with-weights"`: what a policy asks of notices whatever the use.

use caveat_core::inventory::Component;

use crate::duty::{Act, Duty, DutyKind};
use crate::finding::Obligation;
use crate::ground::Ground;
use crate::layers::concerns;
use crate::policy::Product;
use crate::policy::{Check, RuleLine};
use crate::setting::Setting;
use crate::vocabulary::Word as _;

/// Whether the policy wants a duty done in that setting although the license would not: what is
/// excused on a server is not excused on a device.
pub fn is_wanted(
    ground: &Ground<'_>,
    component: &Component,
    duty: &Duty<'_>,
    setting: &Setting<'_>,
) -> bool {
    let copies = duty.on.iter().any(|it| it.0 == Act::Distribute);
    copies && is_notice(duty.kind, !duty.any_of.is_empty()) && {
        let mut lines = lines(ground);
        // The places that the setting is one of.
        let is_here = |path: &&String| {
            let products = ground.settings(path).into_iter().map(|it| it.product);
            let name = |it: Option<&Product>| it.map(|it| it.name.value.clone());
            products.into_iter().any(|it| name(it) == name(setting.product))
        };
        let places = ground.places(component);
        lines.any(|line| {
            let mut here = places.iter().filter(is_here);
            here.any(|path| concerns(line, (component.kind, &component.id, path), setting))
        })
    }
}

/// The strictest rule that says how grave it is that a notice does not travel.
pub fn rule_on<'a>(
    ground: &Ground<'a>,
    component: &Component,
    it: &Obligation,
) -> Option<&'a RuleLine> {
    let kind = DutyKind::from_word(it.kind);
    let is_meant = kind.is_some_and(|kind| is_notice(kind, it.text.is_some()));
    if !is_meant || lines(ground).next().is_none() {
        return None;
    }
    let places = ground.places(component);
    let settings: Vec<(&String, Setting<'_>)> = places
        .iter()
        .flat_map(|place| ground.settings(place).into_iter().map(move |it| (place, it)))
        .collect();
    let concerned = |line: &&RuleLine| {
        settings.iter().any(|(path, setting)| {
            let product = setting.product.map(|it| it.name.value.as_str());
            product == it.product.as_deref()
                && concerns(line, (component.kind, &component.id, path), setting)
        })
    };
    lines(ground).filter(concerned).max_by_key(|it| it.verdict.value)
}

fn lines<'a>(ground: &Ground<'a>) -> impl Iterator<Item = &'a RuleLine> {
    let wanted = |it: &&RuleLine| {
        it.check.as_ref().is_some_and(|it| it.value == Check::NoticeTravelsWithWeights)
    };
    ground.policy.overrides.iter().filter(wanted)
}

/// A notice in the sense of that check: words that have to go along.
fn is_notice(kind: DutyKind, has_words: bool) -> bool {
    kind == DutyKind::NoticeFile || (kind == DutyKind::Attribution && has_words)
}
