//! Where a rule of the policy lets the same thing pass in another product.

use caveat_core::inventory::Component;
use caveat_core::source::Spanned;

use crate::case::Case;
use crate::finding::{Link, Step};
use crate::layers::{Question, by_rule};
use crate::policy::{Product, RuleLine};
use crate::ruling::Ruling;
use crate::setting::Setting;
use crate::usage::Usage;
use crate::verdict::{Stance, Verdict};

/// Says in which product a `[[rule]]` would allow what was stopped, and which one.
pub(super) fn allowed(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Option<Step> {
    // Without a rule that allows such a thing there is nowhere to look for one.
    let allows = |it: &RuleLine| {
        it.verdict.value == Verdict::Allowed
            && (it.tags.is_empty() || it.tags.iter().any(|it| it.value == ruling.tag))
    };
    if !case.policy.overrides.iter().any(allows) {
        return None;
    }
    let here = ruling.setting.product.map(|it| &it.name.value);
    let others = case.policy.products.iter().filter(|it| Some(&it.name.value) != here);
    let mut settings =
        others.flat_map(|it| it.uses.iter().map(move |usage| (it, usage))).peekable();
    settings.peek()?;
    let path = &place(case, component, &ruling.setting);
    let (kind, id, license, tag) = (component.kind, &component.id, &ruling.license, ruling.tag);
    let question = Question { kind, id, path, license, tag };
    let lines = case.lines.on(&question);
    settings.find_map(|(product, usage)| in_product(case, &question, &lines, product, usage))
}

fn in_product(
    case: &Case<'_>,
    question: &Question<'_>,
    lines: &[&RuleLine],
    product: &Product,
    usage: &Spanned<Usage>,
) -> Option<Step> {
    let setting = Setting {
        product: Some(product),
        ends_in: Some(product),
        asked: false,
        usage: Some(usage.clone()),
        commercial: case.policy.commercial(Some(product)),
        markets: case.policy.markets(Some(product)),
    };
    let answer = by_rule(lines, question, &setting)?;
    let says = || format!("in product `{}` it may pass: {}", product.name.value, answer.says);
    (answer.stance == Stance::Allow).then(|| Step::new(Link::Policy, says(), answer.at))
}

/// Where a component is that is used in a setting.
pub(super) fn place(case: &Case<'_>, component: &Component, setting: &Setting<'_>) -> String {
    let name = |it: &Setting<'_>| it.product.map(|it| it.name.value.clone());
    let here = |it: &String| case.settings(it).iter().any(|it| name(it) == name(setting));
    let found = case.places(component).into_iter().find(here);
    found.unwrap_or_else(|| case.path(&component.path))
}
