//! What becomes of one component in each product that it is part of.

use caveat_core::component::ComponentId;

use crate::case::Case;
use crate::finding::Finding;
use crate::ground::Ground;
use crate::judge::{judge, verdicts};
use crate::policy::{Policy, Product};
use crate::rules::members;
use crate::usage::Usage;
use crate::verdict::{Level, Verdict};

/// What becomes of a component in one product.
#[derive(Clone, Debug)]
pub struct InProduct {
    /// The product; `None` where no product claims the component.
    pub product: Option<String>,
    /// How it is used there.
    pub uses: Vec<Usage>,
    /// What comes of it.
    pub verdict: Verdict,
    /// What is found about it there and asks for somebody, gravest first.
    pub findings: Vec<Finding>,
    /// How many findings an exception or exclusion sets aside.
    pub set_aside: usize,
}

/// The verdict on a component in each product that holds it; none where it is judged only in the
/// hands of what was made from it.
pub fn by_product(ground: &Ground<'_>, id: &ComponentId) -> Vec<InProduct> {
    let Some(component) = ground.graph.components.get(id) else { return Vec::new() };
    if !ground.is_judged(component) {
        return Vec::new();
    }
    let places = ground.places(component);
    let holds = |it: &&Product| places.iter().any(|place| it.holds(place));
    let products: Vec<&Product> = ground.policy.products.iter().filter(holds).collect();
    if products.is_empty() {
        return alone(ground, ground.policy, None, id).into_iter().collect();
    }
    let judged = products.into_iter().filter_map(|it| {
        let policy = only(ground.policy, it);
        alone(ground, &policy, Some(it), id)
    });
    judged.collect()
}

/// The policy as if the tree held nothing but one product. What that feeds is still known.
fn only(policy: &Policy, product: &Product) -> Policy {
    let mut policy = policy.clone();
    for it in policy.products.iter_mut().filter(|it| it.name.value != product.name.value) {
        it.paths.clear();
        it.artefact = None;
    }
    policy
}

fn alone(
    ground: &Ground<'_>,
    policy: &Policy,
    product: Option<&Product>,
    id: &ComponentId,
) -> Option<InProduct> {
    let Ground { graph, library, sources, today, prefix, .. } = ground;
    let mut alone = Ground::new(graph, library, policy, sources, *today, prefix);
    alone.exhibits = ground.exhibits;
    let case = Case::of(alone);
    let mut report = judge(&case);
    let verdict = *verdicts(&case, &report).get(id)?;
    let is_its = |it: &Finding| it.component == *id || members(&case, it).contains(id);
    report.findings.retain(|it| it.level >= Level::Warn && is_its(it));
    Some(InProduct {
        product: product.map(|it| it.name.value.clone()),
        uses: product.into_iter().flat_map(|it| &it.uses).map(|it| it.value).collect(),
        verdict,
        findings: report.findings,
        set_aside: report.set_aside.iter().filter(|it| it.finding.component == *id).count(),
    })
}
