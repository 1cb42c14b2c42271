//! When a duty is due: the products that a component is part of, how they use it, and what else has
//! to be so.

use caveat_core::component::Kind;
use caveat_core::expression::Licensed;
use caveat_core::inventory::Component;
use caveat_core::source::Span;
use caveat_core::terms::{ObjectCodeExempt, Terms};

use crate::asked::due as past_a_size;
use crate::duty::{Act, Condition, Duty, DutyKind};
use crate::ground::Ground;
use crate::policy::Product;
use crate::setting::Setting;
use crate::travelling::is_wanted;
use crate::usage::Usage;
use crate::verdict::Verdict;
use crate::vocabulary::Word;

/// A duty in one product, or where no product is stated.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    /// In which product; `None` where no product claims the component.
    pub product: Option<&'a Product>,
    /// The uses that set it off; where nobody states a use, those that would.
    pub uses: Vec<Usage>,
    /// Where the first of these uses is stated.
    pub at: Option<Span>,
    /// Why it is not certain that it is due; `None` where it is.
    pub doubt: Option<&'static str>,
}

/// Everything that one product, or none, does with a component.
#[derive(Clone, Debug)]
pub struct Uses<'a> {
    product: Option<&'a Product>,
    settings: Vec<Setting<'a>>,
}

/// What a component is used for, by product. What it only feeds it is not itself part of: the duties
/// of a thing are due where the thing is.
pub fn uses<'a>(ground: &Ground<'a>, component: &Component) -> Vec<Uses<'a>> {
    let mut all: Vec<Uses<'a>> = Vec::new();
    let places = ground.places(component);
    let shipped = places.iter().filter(|it| ground.policy.excluded(it).is_none());
    for setting in shipped.flat_map(|it| ground.settings(it)) {
        let (here, end) = (setting.product, setting.ends_in);
        let name = |it: Option<&'a Product>| it.map(|it| it.name.value.as_str());
        if name(here) != name(end) {
            continue;
        }
        let usage = setting.usage.as_ref().map(|it| it.value);
        let known = all.iter().position(|it| name(it.product) == name(here));
        let number = known.unwrap_or(all.len());
        if known.is_none() {
            all.push(Uses { product: here, settings: Vec::new() });
        }
        let Some(uses) = all.get_mut(number) else { continue };
        if !uses.settings.iter().any(|it| it.usage.as_ref().map(|it| it.value) == usage) {
            uses.settings.push(setting);
        }
    }
    all
}

/// What is asked about: a license in the hands of a component.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The license.
    pub license: &'a Licensed,
    /// What it says.
    pub terms: &'a Terms,
    /// Whether the component was made from something under that license, where that is known.
    pub changed: Option<bool>,
}

/// Whether a duty is due by these uses; `None` where it is not.
pub fn due<'a>(
    ground: &Ground<'a>,
    component: &Component,
    held: &Held<'_>,
    duty: &Duty<'_>,
    uses: &Uses<'a>,
) -> Option<Due<'a>> {
    let mut due = Due { product: uses.product, uses: Vec::new(), at: None, doubt: None };
    let mut is_sure = false;
    for setting in &uses.settings {
        let Some(usage) = &setting.usage else {
            let sets_off = |it: &Usage| duty.on.iter().any(|on| does(*it).contains(&on.0));
            due.uses.extend(Usage::ALL.iter().copied().filter(sets_off));
            due.doubt = Some("no product states how it is used");
            continue;
        };
        if is_exempt(component, held, duty, usage.value) {
            continue;
        }
        if is_wanted(ground, component, duty, setting) {
            due.uses.push(usage.value);
            due.at = due.at.or(Some(usage.at));
            is_sure = true;
            continue;
        }
        let answers = duty.on.iter().filter(|it| does(usage.value).contains(&it.0));
        let answers = answers.map(|it| (it.1, holds(ground, component, held, it, setting)));
        let answers: Vec<_> = answers.filter(|it| it.1 != Some(false)).collect();
        let Some((condition, _)) = answers.first() else { continue };
        due.uses.push(usage.value);
        due.at = due.at.or(Some(usage.at));
        is_sure |= answers.iter().any(|it| it.1 == Some(true));
        due.doubt = due.doubt.or(Some(open(*condition)));
    }
    if is_sure {
        due.doubt = None;
    }
    (!due.uses.is_empty()).then_some(due)
}

/// What a use does with a work.
fn does(usage: Usage) -> &'static [Act] {
    match usage {
        Usage::Internal | Usage::EvalOnly => &[Act::Use],
        Usage::FineTune | Usage::TrainFromData | Usage::Distil => &[Act::Use, Act::Publish],
        Usage::Saas => &[Act::Use, Act::Publish, Act::Host],
        Usage::DistributeBinary | Usage::DistributeWeights => {
            &[Act::Use, Act::Publish, Act::Distribute]
        }
    }
}

/// Whether a condition holds; `None` where nobody can tell.
fn holds(
    ground: &Ground<'_>,
    component: &Component,
    held: &Held<'_>,
    (act, condition): &(Act, Condition),
    setting: &Setting<'_>,
) -> Option<bool> {
    if *act == Act::Publish {
        return None;
    }
    let is_code = component.kind == Kind::Code;
    let is_program = setting.usage.as_ref().map(|it| it.value) == Some(Usage::DistributeBinary);
    match condition {
        // Whether the work came with one, the tree tells.
        Condition::Always | Condition::Work => Some(true),
        Condition::Changed => held.changed,
        Condition::Source => Some(!is_code || !is_program),
        Condition::Binary => is_code.then_some(is_program),
        Condition::Commercial => setting.commercial.map(|it| it.value),
        Condition::Threshold => past_a_size(ground, held.license, setting)
            .filter(|it| it.wanted.is_empty())
            .map(|it| it.verdict != Verdict::Allowed),
        Condition::Device | Condition::Asked => None,
    }
}

/// Programs may be free of what copies of the source need.
fn is_exempt(component: &Component, held: &Held<'_>, duty: &Duty<'_>, usage: Usage) -> bool {
    let exempt = held.terms.duties.object_code_exempt.as_ref();
    usage == Usage::DistributeBinary
        && component.kind == Kind::Code
        && matches!(duty.kind, DutyKind::LicenseCopy | DutyKind::Attribution)
        && exempt.is_some_and(|it| it.value == ObjectCodeExempt::Yes)
}

/// What nobody can tell, in one clause.
fn open(condition: Condition) -> &'static str {
    match condition {
        Condition::Always | Condition::Work => "it is due where results are made public",
        Condition::Changed => "it is due where it was changed, which nothing here tells",
        Condition::Source => "it is due where source is passed on",
        Condition::Binary => "it is due where it counts as a program without its source",
        Condition::Commercial => "it is due where it is used for gain, and the policy does not say",
        Condition::Threshold => "it is due past a size, and [[org.facts]] do not tell yours",
        Condition::Device => "it is due for devices that consumers can buy",
        Condition::Asked => "whether it is due is seen in no tree",
    }
}
