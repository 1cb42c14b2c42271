//! Code in one program under licenses that no license of the whole can serve.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::{ComponentId, Kind};
use caveat_core::expression::Expression;
use caveat_core::inventory::Component;
use caveat_core::tags::Tag;

use super::license_rulings::related;
use crate::case::Case;
use crate::combination::{By, Clash, Fit, clash};
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::known;
use crate::outbound::{Part, Role, combined, stated};
use crate::rule::Rule;
use crate::setting::Setting;
use crate::usage::Usage;
use crate::verdict::Level;

const NAME: &str = "incompatible-licenses";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "code in one program is under licenses that no license of the whole can serve",
    page: include_str!("incompatible_licenses.md"),
    usual: Level::Deny,
    check,
};

/// Two sorts of code in one program that clash.
struct Pair<'a> {
    clash: Clash,
    /// What wants the whole for itself, by one license.
    whole: Sort<'a>,
    /// What does not fit there, by one license.
    part: Sort<'a>,
}

/// All code in one program under one license, that with the shortest way first.
type Sort<'a> = Vec<Part<'a>>;

/// What comes of two expressions in one program: many programs are made of the same few licenses.
type Clashes = BTreeMap<(String, String, By), Option<Clash>>;

/// What clashes in a component, by the first of each sort.
type Pairs<'a> = BTreeMap<(&'a ComponentId, &'a ComponentId), Pair<'a>>;

fn check(case: &Case<'_>) -> Vec<Finding> {
    let ours = case.graph.components.values();
    let ours = ours.filter(|it| it.kind == Kind::Code && it.own && case.is_judged(it));
    let mut found: BTreeMap<&ComponentId, (Pairs<'_>, BTreeSet<&ComponentId>)> = BTreeMap::new();
    let mut clashes = Clashes::new();
    for whole in ours {
        let parts = combined(case, whole);
        let below = parts.iter().filter(|it| it.component.is_some_and(|it| it.own));
        let below = below.map(|it| it.id).collect();
        found.insert(&whole.id, (pairs(case, whole, parts, &mut clashes), below));
    }
    let mut findings = Vec::new();
    for (id, (pairs, below)) in &found {
        for (key, pair) in pairs {
            // What one of our pieces combines already is that piece's affair.
            let has = |it: &&&ComponentId| found.get(**it).is_some_and(|it| it.0.contains_key(key));
            let is_above = |it: &&&ComponentId| found.get(**it).is_some_and(|it| it.1.contains(id));
            if !below.iter().filter(has).any(|it| !is_above(&it) || it < id) {
                findings.extend(finding(case, pair));
            }
        }
    }
    findings
}

fn pairs<'a>(
    case: &Case<'a>,
    whole: &'a Component,
    parts: Vec<Part<'a>>,
    clashes: &mut Clashes,
) -> Pairs<'a> {
    let mut sorts: BTreeMap<(String, By), (&Expression, Sort<'a>)> = BTreeMap::new();
    let itself = itself(case, whole).into_iter();
    for part in parts.into_iter().filter(|it| it.component.is_some_and(|it| !it.own)).chain(itself)
    {
        let (Role::Code(by), Some(license)) = (part.role, part.component.and_then(stated)) else {
            continue;
        };
        let key = (license.canonical().to_string(), by);
        sorts.entry(key).or_insert_with(|| (license, Vec::new())).1.push(part);
    }
    for (_, sort) in sorts.values_mut() {
        sort.sort_by_key(|it| (it.way.len(), it.id));
    }
    let sorts: Vec<_> = sorts.into_iter().collect();
    let mut pairs = Pairs::new();
    for (at, ((name, by), (one, first))) in sorts.iter().enumerate() {
        for ((other_name, other_by), (other, second)) in &sorts[at + 1..] {
            let by = *by.max(other_by);
            let key = (name.clone(), other_name.clone(), by);
            let met = clashes.entry(key).or_insert_with(|| clash(case, one, other, by));
            let Some(clash) = met.clone() else { continue };
            let (whole, part) =
                if clash.first_is_whole { (first, second) } else { (second, first) };
            let key = (whole[0].id, part[0].id);
            pairs.insert(key, Pair { clash, whole: whole.clone(), part: part.clone() });
        }
    }
    pairs
}

/// The component's own license counts where it wants the whole program: then what it takes in has
/// to fit. Any other is its author's to change, and a matter of what goes out; so is one that the
/// policy states.
fn itself<'a>(case: &Case<'a>, whole: &'a Component) -> Option<Part<'a>> {
    let wants = |tag| matches!(tag, Tag::StrongReciprocal | Tag::NetworkReciprocal);
    let is_whole = stated(whole)?.licenses().any(|it| case.tags(it).iter().any(|it| wants(it.tag)));
    let places = case.places(whole);
    let mut products = places.iter().flat_map(|it| case.policy.products_of(it));
    if !is_whole || products.any(|it| it.outbound.is_some()) {
        return None;
    }
    let role = Role::Code(By::Link);
    Some(Part { whole, component: Some(whole), id: &whole.id, way: Vec::new(), role })
}

fn finding(case: &Case<'_>, pair: &Pair<'_>) -> Option<Finding> {
    let Pair { clash, whole, part } = pair;
    let (one, other) = (whole.first()?, part.first()?);
    // One of the two may be the component itself, which no relation leads to.
    let far = if other.way.is_empty() { one } else { other };
    let at = far.way.first()?.at;
    let component = one.whole;
    let (level, setting) = level(case, component, clash);
    let mut steps: Vec<Step> = Vec::new();
    for it in [one, other] {
        steps.extend(it.way.iter().map(|it| related(case, it)));
    }
    for it in [one, other] {
        let license = it.component.and_then(stated)?;
        steps.push(known::states(it.component?, &license.to_string(), license.at()));
    }
    steps.sort_by_key(|it| it.link);
    steps.extend(terms(case, clash));
    steps.push(Step::new(Link::Policy, setting, None));
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: Some(clash.whole.clone()),
        message: message(pair, component),
        at,
        label: format!("does not go together with {}", other_license(far, one, clash)),
        because: Because::once(steps)?,
        help: vec![
            format!("replace {} or {}", names(whole), names(part)),
            "or have them talk to each other as separate programs".to_owned(),
            "or ask the authors of one of them for another license".to_owned(),
        ],
        cause: format!("{} {} {} {}", one.id, clash.whole, other.id, clash.part),
        excepted: None,
    })
}

/// The license that the part in question clashes with.
fn other_license<'a>(far: &Part<'_>, one: &Part<'_>, clash: &'a Clash) -> &'a str {
    if far.id == one.id { &clash.part } else { &clash.whole }
}

fn terms(case: &Case<'_>, clash: &Clash) -> Vec<Step> {
    let demand = clash.demand.iter().map(|it| Step {
        link: Link::Term,
        says: format!("{}: {}", case.title(&clash.whole), it.says),
        at: it.at,
        cite: Some(it.cite.clone()),
    });
    let fitting = &clash.fitting;
    let fitting = Step {
        link: Link::Term,
        says: format!("{}: {}", case.title(&clash.part), fitting.why),
        at: fitting.at,
        cite: (!fitting.cite.is_empty()).then(|| fitting.cite.clone()),
    };
    demand.chain([fitting]).collect()
}

fn message(pair: &Pair<'_>, component: &Component) -> String {
    let Pair { clash, whole, part } = pair;
    let why = &clash.fitting.why;
    let name = called(component);
    let sure = if clash.fit == Fit::No { "" } else { "perhaps " };
    let part = format!("{} ({})", names(part), clash.part);
    if whole.first().is_some_and(|it| it.way.is_empty()) {
        return format!(
            "{name} is under {}, which {sure}has no room for {part}: {why}",
            clash.whole
        );
    }
    let whole = format!("{} ({})", names(whole), clash.whole);
    format!(
        "{name} combines {whole} with {part}, which {sure}no license of the whole allows: {why}"
    )
}

/// The first of a sort, and how many more there are.
fn names(sort: &Sort<'_>) -> String {
    let first = sort.first().and_then(|it| it.component).map(called).unwrap_or_default();
    match sort.len() {
        0 | 1 => first,
        more => format!("{first} and {} more", more - 1),
    }
}

/// It bites whoever passes the program on. Who only runs it does what all of these licenses allow,
/// but for those that speak of users over a network.
fn level(case: &Case<'_>, component: &Component, clash: &Clash) -> (Level, String) {
    let places = case.places(component);
    let settings: Vec<Setting<'_>> = places.iter().flat_map(|it| case.settings(it)).collect();
    let of = |it: &Setting<'_>| match it.usage.as_ref().map(|it| it.value) {
        Some(Usage::DistributeBinary | Usage::DistributeWeights) => Level::Deny,
        None => Level::Warn,
        Some(Usage::Saas) if is_about_networks(clash) => Level::Warn,
        Some(
            Usage::Saas
            | Usage::Internal
            | Usage::FineTune
            | Usage::TrainFromData
            | Usage::Distil
            | Usage::EvalOnly,
        ) => Level::Note,
    };
    let worst = settings.iter().map(|it| (of(it), it)).max_by_key(|(level, _)| *level);
    let (level, setting) =
        worst.map_or((Level::Warn, String::new()), |(level, it)| (level, it.phrase()));
    let level = if clash.fit == Fit::No { level } else { level.min(Level::Warn) };
    let says = match level {
        Level::Note | Level::Allow => format!("{setting}: it binds once the program is passed on"),
        Level::Warn | Level::Deny => setting,
    };
    (level, says)
}

fn is_about_networks(clash: &Clash) -> bool {
    clash.demand.as_ref().is_some_and(|it| it.tag == Tag::NetworkReciprocal)
}
