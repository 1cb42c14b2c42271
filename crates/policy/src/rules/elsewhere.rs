//! Where a rule of the policy lets the same thing pass in another product.

use caveat_core::inventory::Component;
use caveat_core::source::Spanned;

use crate::case::Case;
use crate::finding::{Link, Step};
use crate::layers::{Question, answer};
use crate::policy::Product;
use crate::ruling::Ruling;
use crate::setting::Setting;
use crate::usage::Usage;
use crate::verdict::Stance;

/// Says in which product a `[[rule]]` would allow what was stopped, and which one.
pub(super) fn allowed(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Option<Step> {
    let here = ruling.setting.product.map(|it| &it.name.value);
    let others = case.policy.products.iter().filter(|it| Some(&it.name.value) != here);
    let mut settings = others.flat_map(|it| it.uses.iter().map(move |usage| (it, usage)));
    settings.find_map(|(product, usage)| in_product(case, component, ruling, product, usage))
}

fn in_product(
    case: &Case<'_>,
    component: &Component,
    ruling: &Ruling<'_>,
    product: &Product,
    usage: &Spanned<Usage>,
) -> Option<Step> {
    let path = &ruling.setting.path;
    let setting = Setting {
        path: path.clone(),
        product: Some(product),
        ends_in: Some(product),
        asked: false,
        usage: Some(usage.clone()),
        commercial: case.policy.commercial(Some(product)),
        markets: product.markets.as_deref().or(case.policy.org.markets.as_deref()),
    };
    let (kind, id, license, tag) = (component.kind, &component.id, &ruling.license, ruling.tag);
    let answer = answer(case.policy, &Question { kind, id, path, license, tag }, &setting);
    let by_rule = answer.says.starts_with("rule `") && answer.stance == Stance::Allow;
    let says = || format!("in product `{}` it may pass: {}", product.name.value, answer.says);
    by_rule.then(|| Step::new(Link::Policy, says(), answer.at))
}
