//! A product claims a class of openness that one of its models does not reach.

use caveat_core::component::ComponentId;
use caveat_core::inventory::Component;
use caveat_core::source::{Span, Spanned};

use super::license_rulings::{distinct, except};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::openness::{Gap, Tree, Why, claimed, gaps, models, reached};
use crate::policy::{Openness, Product};
use crate::rule::Rule;
use crate::verdict::Level;
use crate::vocabulary::Word as _;

const NAME: &str = "openness-not-reached";

/// Where the parts and classes were read.
const SOURCE: &str = "Model Openness Framework 1.0";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a product claims a class of openness that a model of it does not reach",
    page: include_str!("openness_not_reached.md"),
    usual: Level::Deny,
    check: |case| {
        let products = case.policy.products.iter();
        let claims = products.filter_map(|it| Some((it, it.openness.as_ref()?)));
        claims.flat_map(|(product, class)| of_product(case, product, class)).collect()
    },
};

fn of_product(case: &Case<'_>, product: &Product, class: &Spanned<Openness>) -> Vec<Finding> {
    let models = models(case, product);
    if models.is_empty() {
        return no_model(case, product, class).into_iter().collect();
    }
    let Some(tree) = Tree::of(case, product) else { return Vec::new() };
    let finding = |it: &&Component| finding(&tree, it, product, class);
    models.iter().filter_map(finding).collect()
}

/// A claim about nothing: only a scan of all that the policy speaks of can tell.
fn no_model(case: &Case<'_>, product: &Product, class: &Spanned<Openness>) -> Option<Finding> {
    if !case.prefix.is_empty() || case.exhibits.is_none() || case.concerned.is_some() {
        return None;
    }
    let name = &product.name.value;
    let steps = vec![
        Step::new(Link::Claim, "looked for models under the `paths` of the product", product.at),
        claim(product, class),
    ];
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: ComponentId::path(&case.prefix),
        license: None,
        message: format!("product `{name}` claims {}, and no model is in it", class.value),
        at: class.at,
        label: "about no model".to_owned(),
        because: Because::new(steps)?,
        help: vec![format!("let `paths` of `{name}` hold its models, or take `openness` out")],
        cause: format!("{name} {}", class.value),
        excepted: None,
    })
}

fn claim(product: &Product, class: &Spanned<Openness>) -> Step {
    let says = format!("product `{}`: openness = \"{}\"", product.name.value, class.value);
    Step::new(Link::Policy, says, class.at)
}

fn finding(
    tree: &Tree<'_, '_>,
    model: &Component,
    product: &Product,
    stated: &Spanned<Openness>,
) -> Option<Finding> {
    let (class, card) = claimed(tree, model, stated.value);
    let gaps = gaps(tree, model, class);
    let worst = gaps.iter().map(|it| &it.why).max()?;
    let level = match worst {
        Why::Missing | Why::Closed => Level::Deny,
        Why::Unseen => Level::Warn,
        Why::OtherKind => Level::Note,
    };
    let name = called(model);
    let message = match level {
        Level::Deny => format!("{name} does not reach {class}: {}", told(&gaps, level)),
        Level::Warn => {
            format!("whether {name} reaches {class} cannot be seen: {}", told(&gaps, level))
        }
        Level::Note | Level::Allow => {
            format!(
                "{name} reaches {class} under licenses for other things: {}",
                told(&gaps, level)
            )
        }
    };
    let because = Because::once(steps(model, product, stated, (class, card), &gaps))?;
    Some(Finding {
        rule: NAME,
        level,
        component: model.id.clone(),
        license: None,
        message,
        at: card.unwrap_or(model.at),
        label: format!("{} of its parts", gaps.len()),
        because,
        help: help(tree, model, product, stated, &gaps),
        cause: cause(product, class, &gaps),
        excepted: None,
    })
}

/// The parts that decide, in a few words for each reason.
fn told(gaps: &[Gap], level: Level) -> String {
    let named = |why: Why| {
        let names: Vec<&str> =
            distinct(gaps.iter().filter(|it| it.why == why).map(|it| it.part.name));
        (!names.is_empty()).then(|| names.join(", "))
    };
    let missing = named(Why::Missing).map(|it| format!("no {it}"));
    let closed = named(Why::Closed).map(|it| format!("under no open license: {it}"));
    let parts: Vec<String> = match level {
        Level::Deny => missing.into_iter().chain(closed).collect(),
        Level::Warn => named(Why::Unseen).into_iter().collect(),
        Level::Note | Level::Allow => named(Why::OtherKind).into_iter().collect(),
    };
    parts.join("; ")
}

fn steps(
    model: &Component,
    product: &Product,
    stated: &Spanned<Openness>,
    (class, card): (Openness, Option<Span>),
    gaps: &[Gap],
) -> Vec<Step> {
    // One license of many parts is one reason.
    let mut reasons: Vec<(&Gap, Vec<&str>)> = Vec::new();
    for it in gaps {
        let same =
            reasons.iter_mut().find(|known| known.0.says == it.says && known.0.term == it.term);
        match same {
            Some(known) => known.1.push(it.part.name),
            None => reasons.push((it, vec![it.part.name])),
        }
    }
    let reason = |(gap, names): &(&Gap, Vec<&str>)| {
        let says = format!("{}: {}", distinct(names.iter().copied()).join(", "), gap.says);
        match &gap.term {
            Some((cite, at)) => Step { link: Link::Term, says, at: *at, cite: Some(cite.clone()) },
            None => Step::new(Link::Claim, says, gap.at),
        }
    };
    let mut steps: Vec<Step> = reasons.iter().map(reason).collect();
    steps.sort_by_key(|it| it.link);
    let looked =
        "looked at the files that go out with it, its card and `mof.yml`; not looked: the network";
    steps.push(Step::new(Link::Claim, looked, None));
    if let Some(at) = card {
        let says = format!("the card of {} claims {class}", called(model));
        steps.push(Step::new(Link::Claim, says, at));
    }
    let asks = format!("{class} of the {SOURCE} asks for these parts under open licenses");
    steps.push(Step::new(Link::Policy, asks, None));
    steps.push(claim(product, stated));
    steps
}

fn help(
    tree: &Tree<'_, '_>,
    model: &Component,
    product: &Product,
    stated: &Spanned<Openness>,
    gaps: &[Gap],
) -> Vec<String> {
    let any = |why: Why| gaps.iter().any(|it| it.why == why);
    let mut help = Vec::new();
    if any(Why::Missing) || any(Why::Unseen) {
        help.push(
            "put what is missing beside the card, or list each part in a `mof.yml` there, with its license \
             and where it is"
                .to_owned(),
        );
    }
    if any(Why::Closed) {
        help.push(
            "give these parts away under an open license, if they are yours to give".to_owned(),
        );
    }
    if any(Why::OtherKind) {
        help.push("take a license that was written for such things".to_owned());
    }
    help.push(match reached(tree, model).filter(|it| *it > stated.value) {
        Some(it) => format!("or claim what is reached: openness = \"{}\"", it.word()),
        None => format!("or take `openness` out of product `{}`", product.name.value),
    });
    help.push(format!("or put it on record: {}", except(model, Some(product), [NAME])));
    help
}

fn cause(product: &Product, class: Openness, gaps: &[Gap]) -> String {
    let parts = distinct(gaps.iter().map(|it| it.part.name)).join(",");
    format!("{} {class} {parts}", product.name.value)
}
