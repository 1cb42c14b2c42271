//! A license grants no patents, where the policy asks for a grant.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::{ComponentId, Kind};
use caveat_core::expression::{Expression, Licensed};
use caveat_core::inventory::Component;
use caveat_core::source::Spanned;
use caveat_core::terms::{PatentGrant, Terms};

use super::license_rulings::except;
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::known;
use crate::policy::Patents;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "missing-patent-grant";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a license grants no patents, and the policy asks for a grant",
    page: include_str!("missing_patent_grant.md"),
    usual: Level::Warn,
    check,
};

/// How many of many that are alike are named.
const NAMED: usize = 8;

/// A finding about one component.
struct Alone<'a> {
    component: &'a Component,
    finding: Finding,
}

/// What makes findings alike: license, what it lacks, kind of component, products.
type Likeness<'a> = (String, String, Kind, Vec<&'a str>);

fn check(case: &Case<'_>) -> Vec<Finding> {
    let (mut alone, groups) = sorted(case);
    alone.extend(groups.into_iter().filter_map(|(key, all)| together(&key, all)));
    alone
}

/// The components that a finding is about, where it is one for many; none where it is about one.
pub(crate) fn members(case: &Case<'_>, finding: &Finding) -> Vec<ComponentId> {
    if finding.rule != NAME {
        return Vec::new();
    }
    let is_it = |(key, all): &(Likeness<'_>, Vec<Alone<'_>>)| {
        finding.cause == cause(key) && all.iter().any(|it| it.component.id == finding.component)
    };
    let found = sorted(case).1.into_iter().find(is_it);
    found.into_iter().flat_map(|it| it.1).map(|it| it.component.id.clone()).collect()
}

/// What is told by itself, and what is alike.
fn sorted<'a>(case: &Case<'a>) -> (Vec<Finding>, Vec<(Likeness<'a>, Vec<Alone<'a>>)>) {
    let mut groups: BTreeMap<Likeness<'_>, Vec<Alone<'_>>> = BTreeMap::new();
    let mut alone = Vec::new();
    for it in all(case) {
        // What an exception or exclusion sets aside is set aside by itself.
        if is_set_aside(case, &it) {
            alone.push(it.finding);
            continue;
        }
        let license = it.finding.license.clone().unwrap_or_default();
        let mut products: Vec<&str> = Vec::new();
        for setting in case.settings(&case.path(&it.component.path)) {
            let name = setting.product.map(|it| it.name.value.as_str());
            products.extend(name.filter(|it| !products.contains(it)));
        }
        let key = (license, it.finding.label.clone(), it.component.kind, products);
        groups.entry(key).or_default().push(it);
    }
    let (many, few) = groups.into_iter().partition::<Vec<_>, _>(|(_, all)| all.len() > 1);
    alone.extend(few.into_iter().flat_map(|(_, all)| all).map(|it| it.finding));
    (alone, many)
}

fn is_set_aside(case: &Case<'_>, it: &Alone<'_>) -> bool {
    let mut places = case.places(it.component);
    places.extend(case.sources.get(it.finding.at.source).map(|it| case.path(&it.name)));
    places.iter().any(|it| case.policy.excluded(it).is_some())
        || !case.excepting(&it.finding).is_empty()
}

fn all<'a>(case: &Case<'a>) -> Vec<Alone<'a>> {
    let Some(patents) = &case.policy.patents else { return Vec::new() };
    let mut all = Vec::new();
    for (id, decided) in &case.decided {
        let Some(component) = case.graph.components.get(*id) else { continue };
        let Some(asked) = asked(patents, component) else { continue };
        let mut seen = BTreeSet::new();
        let licenses = decided.binding.iter().filter(|it| seen.insert(it.to_string()));
        let findings = licenses.filter_map(|it| finding(case, component, it, (patents, asked)));
        all.extend(findings.map(|finding| Alone { component, finding }));
    }
    all
}

/// One finding for many under one license in one product.
fn together(key: &Likeness<'_>, all: Vec<Alone<'_>>) -> Option<Finding> {
    let count = all.len();
    let mut steps: Vec<Step> = Vec::new();
    for it in all.iter().take(NAMED) {
        steps.push(it.finding.because.first.clone());
    }
    if count > NAMED {
        steps.push(Step::new(Link::Claim, format!("and {} more", count - NAMED), None));
    }
    let first = all.into_iter().min_by_key(|it| it.finding.at)?;
    steps.extend(first.finding.because.rest.iter().cloned());
    let (_, _, _, products) = key;
    let where_to = match products.as_slice() {
        [] => String::new(),
        [one] => format!(" in product `{one}`"),
        many => format!(" in products `{}`", many.join("`, `")),
    };
    let others = count - 1;
    let name = called(first.component);
    let many = format!("{name} and {others} more{where_to} are under");
    let message = first.finding.message.replacen(&format!("{name} is under"), &many, 1);
    let mut help = first.finding.help;
    if let Some(last) = help.last_mut() {
        last.insert_str(0, "for each of them, ");
    }
    let because = Because::new(steps)?;
    Some(Finding { message, because, help, cause: cause(key), ..first.finding })
}

/// What tells a group from others: not how many are in it.
fn cause((_, lacking, kind, products): &Likeness<'_>) -> String {
    format!("{}s in {}: {lacking}", kind.name(), products.join(", "))
}

/// The line that asks for a grant for what others made; nobody grants patents to themselves.
fn asked<'a>(patents: &'a Patents, component: &Component) -> Option<&'a Spanned<Kind>> {
    let own = component.own && component.kind == Kind::Code;
    patents.grant_required.iter().find(|it| !own && it.value == component.kind)
}

/// What a license says that grants no patents; `None` where it grants them.
fn lacking(terms: Option<&Terms>) -> Option<&'static str> {
    match terms.and_then(|it| it.legal.patent_grant.as_ref()).map(|it| it.value) {
        Some(PatentGrant::Explicit | PatentGrant::ImpliedBroad) => None,
        Some(PatentGrant::None) => Some("grants no patents"),
        Some(PatentGrant::Disclaimed) => Some("withholds patents in so many words"),
        Some(PatentGrant::NotStated) => Some("does not say whether patents are licensed"),
        None => Some("is not known to license patents"),
    }
}

fn finding(
    case: &Case<'_>,
    component: &Component,
    license: &Licensed,
    (patents, asked): (&Patents, &Spanned<Kind>),
) -> Option<Finding> {
    let terms = case.terms(license);
    let lacking = lacking(terms)?;
    let name = license.to_string();
    let mut steps = vec![known::states(component, &name, license.at)];
    let fact = terms.and_then(|it| it.legal.patent_grant.as_ref());
    steps.push(match fact {
        Some(it) => Step {
            link: Link::Term,
            says: it.note.clone().map_or(lacking.to_owned(), |note| format!("{lacking}: {note}")),
            at: case.fact_span(license, it),
            cite: Some(it.cite.clone()),
        },
        None => Step::new(Link::Term, "nobody here has read what it says of patents", None),
    });
    let says = format!("[patents] grant-required = [\"{}\"]", asked.value.name());
    steps.push(Step::new(Link::Policy, says, asked.at));
    steps.extend(field_notes(patents));
    let own = component.conclusion.license.as_ref();
    let stated = own.is_some_and(|it| it.licenses().any(|it| it.at == license.at));
    let at = if stated { license.at } else { component.at };
    Some(Finding {
        rule: NAME,
        level: Level::Warn,
        component: component.id.clone(),
        license: Some(name.clone()),
        message: format!("{} is under {}, which {lacking}", called(component), case.title(&name)),
        at: known::place(component, at),
        label: lacking.to_owned(),
        because: Because::new(steps)?,
        help: help(case, component, license),
        cause: String::new(),
        excepted: None,
    })
}

/// Where the organisation keeps what it holds and has licensed.
pub(super) fn field_notes(patents: &Patents) -> Option<Step> {
    let it = patents.field_notes.as_ref()?;
    let says = format!("compare the fields in which patents matter to us: {}", it.value);
    Some(Step::new(Link::Policy, says, it.at))
}

fn help(case: &Case<'_>, component: &Component, license: &Licensed) -> Vec<String> {
    let grants = |it: &&Licensed| lacking(case.terms(it)).is_none();
    let offered = component.conclusion.license.iter().flat_map(Expression::licenses);
    let other = offered.filter(|it| it.at != license.at).find(grants);
    // Whether the other is a choice, and not one more that binds, only the expression tells.
    let chosen = case.decided.get(&component.id).is_some_and(|it| !it.choices.is_empty());
    let other = other.filter(|_| chosen).map(|it| {
        format!("take the other branch, which grants patents: [choose] prefer = [\"{it}\", …]")
    });
    let look = format!(
        "have Legal look whether patents of its authors matter here, then put the decision on record: {}",
        except(component, None, [NAME])
    );
    other.into_iter().chain([look]).collect()
}
