//! A product that goes out under a license which something in it does not allow.

use std::collections::BTreeMap;

use caveat_core::component::{How, Kind, Scope};
use caveat_core::expression::{Expression, parse_with};
use caveat_core::inventory::{Component, Relation};
use caveat_core::source::{Span, Spanned};

use super::license_rulings::{distinct, related};
use crate::case::Case;
use crate::combination::Fit;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::known;
use crate::outbound::{
    Objection, Part, Release, Role, code, held, label, of_product, offer, stated,
};
use crate::policy::{Outbound, Product};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "outbound-conflict";

/// What organisations call a part of their work that they give away.
const OPEN: [&str; 3] = ["foundation", "open", "open-source"];
/// What organisations call a part of their work that stays with them.
const CLOSED: [&str; 2] = ["strategic", "proprietary"];

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a product goes out under a license that something in it does not allow",
    page: include_str!("outbound_conflict.md"),
    usual: Level::Deny,
    check: |case| {
        let open = case.policy.products.iter().filter_map(|it| Some((it, given_away(it)?)));
        open.flat_map(|(product, why)| of_open(case, product, &why)).collect()
    },
};

/// A product, and the license that it goes out under.
#[derive(Clone, Copy)]
struct Open<'a> {
    product: &'a Product,
    license: &'a Expression,
    at: Span,
}

fn of_open(case: &Case<'_>, product: &Product, why: &Step) -> Vec<Finding> {
    let mut findings = match &product.outbound {
        Some(it) => under_stated(case, product, it),
        None => unstated(case, product, why).into_iter().collect(),
    };
    findings.extend(on_closed(case, product, why));
    findings.extend(fed_by_closed(case, product, why));
    findings
}

/// Why a product goes out: its license says so, or its tier.
fn given_away(product: &Product) -> Option<Step> {
    if let Some(it) = &product.outbound {
        return Some(goes_out(product, it.value.words(), it.at));
    }
    let is_open = |it: &&Spanned<String>| OPEN.contains(&it.value.as_str());
    product.tier.as_ref().filter(is_open).and_then(|_| tier(product))
}

/// What is given away under no license is given to nobody.
fn unstated(case: &Case<'_>, product: &Product, why: &Step) -> Option<Finding> {
    let first = held(case, Some(product)).next()?;
    let name = &product.name.value;
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: first.id.clone(),
        license: None,
        message: format!(
            "product `{name}` is given away, and no `outbound` says under which license, so that nothing \
             decides what may go in"
        ),
        at: why.at?,
        label: "is given away".to_owned(),
        because: Because::new(vec![why.clone()])?,
        help: vec![
            "state it: outbound = \"declared\" is what each part says of itself; `caveat outbound` \
             lists what would do"
                .to_owned(),
        ],
        cause: format!("{name} states no outbound"),
        excepted: None,
    })
}

fn under_stated(case: &Case<'_>, product: &Product, outbound: &Spanned<Outbound>) -> Vec<Finding> {
    match &outbound.value {
        Outbound::License(words) => {
            let known = |it: &str| case.library.license(it).map(|it| it.id);
            let license = parse_with(words, outbound.at, &known).expression;
            let open = |license| Open { product, license, at: outbound.at };
            license.as_ref().map(|it| under(case, open(it))).unwrap_or_default()
        }
        Outbound::Declared => declared(case, product, outbound.at),
    }
}

/// Everything in the product against the license that the policy states for it.
fn under(case: &Case<'_>, open: Open<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for release in of_product(case, Some(open.product)) {
        let objections = offer(case, &release, open.license).objections;
        findings.extend(by_part(case, open, &release, objections));
    }
    let ours = held(case, Some(open.product)).filter(|it| it.own && it.kind == Kind::Code);
    for it in ours {
        let part = itself(it);
        let objection = label(case, it, open.license);
        findings.extend(objection.and_then(|found| finding(case, open, &part, &[&found])));
    }
    findings
}

fn itself(it: &Component) -> Part<'_> {
    let role = Role::Itself;
    Part { whole: it, component: Some(it), id: &it.id, way: Vec::new(), role }
}

/// One finding for each part. What nobody knows the license of, other rules report.
fn by_part(
    case: &Case<'_>,
    open: Open<'_>,
    release: &Release<'_>,
    objections: Vec<Objection<'_>>,
) -> Vec<Finding> {
    let mut parts: BTreeMap<usize, Vec<Objection<'_>>> = BTreeMap::new();
    for it in objections.into_iter().filter(|it| it.license.is_some()) {
        parts.entry(it.part).or_default().push(it);
    }
    let finding = |(number, all): (usize, Vec<Objection<'_>>)| {
        let part = release.parts.get(number)?;
        if is_told_elsewhere(part, open.license) {
            return None;
        }
        finding(case, open, part, &all.iter().collect::<Vec<_>>())
    };
    parts.into_iter().filter_map(finding).collect()
}

/// What a model owes to its parents and data is told where its own label is the license in question.
fn is_told_elsewhere(part: &Part<'_>, license: &Expression) -> bool {
    match part.role {
        Role::Parent | Role::Data => stated(part.whole).is_some_and(|it| it.same_as(license)),
        Role::Code(_) | Role::Itself => false,
    }
}

/// Each piece of code against the license that it declares itself. Models and data that declare
/// too much are told of by another rule.
fn declared(case: &Case<'_>, product: &Product, at: Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    for whole in held(case, Some(product)).filter(|it| it.own && it.kind == Kind::Code) {
        let Some(license) = stated(whole) else { continue };
        let open = Open { product, license, at };
        let parts = code(case, whole);
        let release = Release { product: Some(product), kind: Kind::Code, parts };
        let objections = offer(case, &release, license).objections;
        findings.extend(by_part(case, open, &release, objections));
    }
    findings
}

fn finding(
    case: &Case<'_>,
    open: Open<'_>,
    part: &Part<'_>,
    objections: &[&Objection<'_>],
) -> Option<Finding> {
    let license = objections.first()?.license?;
    let fit = objections.iter().map(|it| it.fit).max()?;
    let component = part.component?;
    let mut steps: Vec<Step> = part.way.iter().map(|it| related(case, it)).collect();
    steps.push(known::states(component, &license.to_string(), license.at()));
    steps.extend(objections.iter().map(|it| Step {
        link: Link::Term,
        says: format!("{}: {}", case.title(&license.to_string()), it.why),
        at: it.at,
        cite: (!it.cite.is_empty()).then(|| it.cite.clone()),
    }));
    steps.push(goes_out(open.product, &open.license.to_string(), open.at));
    let why = distinct(objections.iter().map(|it| it.why.as_str())).join("; ");
    Some(Finding {
        rule: NAME,
        level: if fit == Fit::No { Level::Deny } else { Level::Warn },
        component: part.whole.id.clone(),
        license: Some(license.to_string()),
        message: format!("{}, under {license}: {why}", how(case, open, part)),
        at: part.way.first().map_or_else(|| place(component, license), |it| it.at),
        label: format!("is under {license}"),
        because: Because::new(steps)?,
        help: help(open, part, license),
        cause: format!("{} {} {}", open.product.name.value, open.license, part.id),
        excepted: None,
    })
}

/// What goes out under which license and how the part comes into it.
fn how(case: &Case<'_>, open: Open<'_>, part: &Part<'_>) -> String {
    let whole = called(part.whole);
    let name = |it: Option<&Component>| it.map_or_else(|| format!("`{}`", part.id), called);
    let out = format!("{whole} goes out under {}", open.license);
    let (Some(first), Some(last)) = (part.way.first(), part.way.last()) else {
        return format!("{out} but is itself");
    };
    let by = case.graph.components.get(&first.to).filter(|_| first.to != last.to);
    let by = by.map(|it| format!(", by way of {}", called(it))).unwrap_or_default();
    format!("{out} but {} {}{by}", first.how.phrase(), name(part.component))
}

fn place(component: &Component, license: &Expression) -> Span {
    known::place(component, license.at())
}

fn goes_out(product: &Product, license: &str, at: Span) -> Step {
    let says = format!("product `{}` has outbound = \"{license}\"", product.name.value);
    Step::new(Link::Policy, says, at)
}

fn help(open: Open<'_>, part: &Part<'_>, license: &Expression) -> Vec<String> {
    let product = &open.product.name.value;
    if part.way.is_empty() {
        let agree = format!("let its own words and the outbound license of `{product}` agree");
        return vec![agree];
    }
    vec![
        format!("use something else than {}", part.component.map_or_else(String::new, called)),
        format!(
            "or let `{product}` go out under a license that has room for {license}: `caveat outbound` \
             lists them"
        ),
    ]
}

/// A product that goes out cannot be had without what stays here, if it needs it.
fn on_closed(case: &Case<'_>, product: &Product, why: &Step) -> Vec<Finding> {
    let mut findings = Vec::new();
    for from in held(case, Some(product)) {
        for relation in
            case.lineage.stated_by(&from.id).iter().copied().filter(|it| it.scope != Scope::Dev)
        {
            let to = case.graph.components.get(&relation.to);
            let Some(to) = to.filter(|_| relation.how != How::EvaluatedOn) else { continue };
            let Some(closed) = closed(case, product, to) else { continue };
            findings.extend(needs_closed(case, (product, why), relation, (from, to, closed)));
        }
    }
    findings
}

/// The closed product that something belongs to, where it is in no other sort of product.
fn closed<'a>(case: &Case<'a>, open: &Product, it: &Component) -> Option<&'a Product> {
    let places = case.places(it);
    let all = case.policy.products.iter();
    let mut holding = all.filter(|it| places.iter().any(|place| it.holds(place)));
    let first = holding.next().filter(|it| is_closed(it) && it.name.value != open.name.value)?;
    holding.all(is_closed).then_some(first)
}

fn is_closed(product: &Product) -> bool {
    let tier = product.tier.as_ref().map(|it| it.value.as_str());
    product.outbound.is_none() && tier.is_some_and(|it| CLOSED.contains(&it))
}

fn needs_closed(
    case: &Case<'_>,
    (product, why): (&Product, &Step),
    relation: &Relation,
    (from, to, closed): (&Component, &Component, &Product),
) -> Option<Finding> {
    let steps = vec![related(case, relation), tier(closed)?, why.clone()];
    Some(Finding {
        rule: NAME,
        level: Level::Deny,
        component: from.id.clone(),
        license: None,
        message: format!(
            "{} goes out in product `{}` but {} {}, which stays in product `{}`",
            called(from),
            product.name.value,
            relation.how.phrase(),
            called(to),
            closed.name.value
        ),
        at: relation.at,
        label: "is of use to nobody who has not this too".to_owned(),
        because: Because::new(steps)?,
        help: vec![format!(
            "let {} go out as well, or let {} do without it",
            called(to),
            called(from)
        )],
        cause: format!("{} {} {}", product.name.value, relation.how.name(), to.id),
        excepted: None,
    })
}

fn tier(product: &Product) -> Option<Step> {
    let tier = product.tier.as_ref()?;
    let says = format!("product `{}` has tier = \"{}\"", product.name.value, tier.value);
    Some(Step::new(Link::Policy, says, tier.at))
}

/// What is made in a closed product and fed into an open one goes out with it.
fn fed_by_closed(case: &Case<'_>, open: &Product, why: &Step) -> Vec<Finding> {
    let feeding = case.policy.products.iter().filter(|it| is_closed(it)).filter_map(|it| {
        let feeds = it.feeds.iter().find(|fed| fed.value == open.name.value)?;
        let first = held(case, Some(it)).next()?;
        Some((it, feeds.at, first))
    });
    let finding = |(closed, at, first): (&Product, Span, &Component)| {
        Some(Finding {
            rule: NAME,
            level: Level::Warn,
            component: first.id.clone(),
            license: None,
            message: format!(
                "product `{}` goes out, and product `{}`, which stays, feeds it",
                open.name.value, closed.name.value
            ),
            at,
            label: "goes out with it".to_owned(),
            because: Because::new(vec![tier(closed)?, why.clone()])?,
            help: vec![
                "see that nothing goes out that should stay, or state another tier".to_owned(),
            ],
            cause: format!("{} feeds {}", closed.name.value, open.name.value),
            excepted: None,
        })
    };
    feeding.filter_map(finding).collect()
}
