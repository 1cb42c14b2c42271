//! Products whose files all belong to an earlier one too.

use caveat_core::source::Spanned;

use super::told::Told;
use crate::case::Case;
use crate::finding::Finding;
use crate::glob::Glob;
use crate::policy::Product;
use crate::verdict::Level;

const NAME: &str = "overlapping-product";
/// How many products are compared, each with each.
const MOST: usize = 500;

pub(super) fn lint(case: &Case<'_>) -> Vec<Finding> {
    let products = &case.policy.products;
    let products = products.get(..MOST.min(products.len())).unwrap_or_default();
    let mut all = Vec::new();
    for (number, product) in products.iter().enumerate() {
        let earlier = products.iter().take(number).find(|it| is_within(product, it));
        let is_own = product.at.source == case.policy.source;
        all.extend(earlier.filter(|_| is_own).map(|it| told(product, it).finding()));
    }
    all
}

fn told(product: &Product, earlier: &Product) -> Told {
    let (name, other) = (&product.name, &earlier.name);
    let at = product.paths.first().map_or(name.at, |it| it.at);
    let there = earlier.paths.first().map_or(other.at, |it| it.at);
    Told {
        lint: NAME,
        level: Level::Note,
        at,
        label: "in both",
        message: format!(
            "all of product `{}` is in product `{}` too: it is judged as both, and the strictest counts",
            name.value, other.value
        ),
        because: Spanned::new(format!("product `{}` holds these files", other.value), there),
        help: format!(
            "if it is no part of `{}`, give that narrower paths; if it is, leave it so",
            other.value
        ),
    }
}

fn is_within(product: &Product, other: &Product) -> bool {
    let covered =
        |it: &Spanned<Glob>| other.paths.iter().any(|other| covers(&other.value, &it.value));
    !product.paths.is_empty() && product.paths.iter().all(covered)
}

/// Whether whatever a pattern matches, another does as well: told of whole folders only.
fn covers(other: &Glob, glob: &Glob) -> bool {
    let path = |it: &'_ Glob| it.as_str().trim_start_matches("./").trim_matches('/').to_owned();
    let (other, path) = (path(other), path(glob));
    if other == "**" || other == path {
        return true;
    }
    let folder = other.strip_suffix("/**").unwrap_or(&other);
    !folder.contains(['*', '?']) && path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
}
