//! A license forbids or limits a field in which we are.

use std::collections::BTreeMap;

use caveat_core::expression::Licensed;
use caveat_core::inventory::Component;
use caveat_core::source::Spanned;
use caveat_core::tags::Tag;
use caveat_core::terms::{Fact, RestrictedUse, RestrictedUses, Word as _};

use super::license_rulings::{distinct, except, pointed, relation_steps};
use crate::case::Case;
use crate::field::{Listed, listed};
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::rule::Rule;
use crate::ruling::Ruling;
use crate::setting::Setting;
use crate::verdict::Level;

const NAME: &str = "restricted-use";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a license forbids or limits a field in which we are",
    page: include_str!("restricted_use.md"),
    usual: Level::Deny,
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let nobody = case.policy.org.fields.is_none()
        && case.policy.products.iter().all(|it| it.fields.is_none());
    if nobody {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (id, decided) in &case.decided {
        let Some(component) = case.graph.components.get(*id) else { continue };
        // One finding for each license: its clauses share the tag.
        let mut by_license: BTreeMap<&str, &Ruling<'_>> = BTreeMap::new();
        for it in decided.rulings.iter().filter(|it| it.tag == Tag::UseRestricted) {
            by_license.entry(&it.license).or_insert(it);
        }
        all.extend(by_license.into_values().filter_map(|it| finding(case, component, it)));
    }
    all
}

/// A field of ours, and what the license says of it.
struct Met<'a> {
    field: &'a Spanned<RestrictedUse>,
    says: Option<Listed<'a>>,
    setting: Setting<'a>,
}

fn finding(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Option<Finding> {
    let decided = case.decided.get(&component.id)?;
    let license = decided.binding.iter().find(|it| it.to_string() == ruling.license)?;
    let terms = case.terms(license);
    let list = terms.and_then(|it| it.restrictions.restricted_uses.as_ref());
    let met = met(case, component, list);
    let worst = met.iter().map(|it| grave(it.says)).max()?;
    let met: Vec<&Met<'_>> = met.iter().filter(|it| grave(it.says) == worst).collect();
    let first = met.first()?;
    let (at, label, claim) = pointed(case, component, ruling);
    let mut steps = relation_steps(case, ruling);
    steps.extend(claim);
    steps.push(clause(case, license, list, &met));
    let fact = |it: &&&Met<'_>| {
        let says = format!("fields has \"{}\"; {}", it.field.value.name(), it.setting.phrase());
        Step::new(Link::Fact, says, it.field.at)
    };
    steps.extend(met.iter().map(|it| fact(&it)));
    let names: Vec<&str> = distinct(met.iter().map(|it| it.field.value.name()));
    Some(Finding {
        rule: NAME,
        level: if worst == Grave::Forbidden { Level::Deny } else { Level::Warn },
        component: component.id.clone(),
        license: Some(ruling.license.clone()),
        message: message(case, component, ruling, (&first.says, &names)),
        at,
        label,
        because: Because::new(steps)?,
        help: help(component, first, worst),
        cause: names.join(","),
        excepted: None,
    })
}

/// How grave an answer is; the order counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grave {
    Unknown,
    Limited,
    Forbidden,
}

fn grave(says: Option<Listed<'_>>) -> Grave {
    match says {
        Some(Listed::Forbidden) => Grave::Forbidden,
        Some(Listed::Limited(_)) => Grave::Limited,
        Some(Listed::Absent | Listed::Unread) | None => Grave::Unknown,
    }
}

/// The fields that are declared where the component is used, unless its license's list is known and
/// does not name them. Each once, for the first product that declares it.
fn met<'a>(
    case: &Case<'a>,
    component: &Component,
    list: Option<&'a Fact<RestrictedUses>>,
) -> Vec<Met<'a>> {
    let mut met: Vec<Met<'a>> = Vec::new();
    for place in case.places(component) {
        for setting in case.settings(&place) {
            let product = setting.ends_in.or(setting.product);
            for field in case.policy.fields(product) {
                let says = list.map(|it| listed(&it.value, it.note.as_deref(), field.value));
                let known = met.iter().any(|it| it.field.at == field.at);
                if says != Some(Listed::Absent) && !known {
                    met.push(Met { field, says, setting: setting.clone() });
                }
            }
        }
    }
    met
}

/// What the license says of the fields, with the clause; or that nobody read it.
fn clause(
    case: &Case<'_>,
    license: &Licensed,
    list: Option<&Fact<RestrictedUses>>,
    met: &[&Met<'_>],
) -> Step {
    let Some(list) = list else {
        let says = "the license forbids fields of use, and nobody here has read which";
        return Step::new(Link::Term, says, None);
    };
    let limits: Vec<&str> = distinct(met.iter().filter_map(|it| match it.says {
        Some(Listed::Limited(note)) => Some(note),
        Some(Listed::Forbidden | Listed::Absent | Listed::Unread) | None => None,
    }));
    let forbidden = met.iter().filter(|it| it.says == Some(Listed::Forbidden));
    let forbidden: Vec<&str> = distinct(forbidden.map(|it| it.field.value.clause()));
    let says = match (limits.is_empty(), forbidden.is_empty()) {
        (_, false) => format!("use it for these, or only within limits: {}", forbidden.join(", ")),
        (false, true) => {
            format!("limits on these uses, as noted in reading: {}", limits.join("; "))
        }
        (true, true) => "only a part of the list of forbidden uses was read".to_owned(),
    };
    let says = if forbidden.is_empty() { says } else { format!("must not: {says}") };
    Step {
        link: Link::Term,
        says,
        at: case.fact_span(license, list),
        cite: Some(list.cite.clone()),
    }
}

fn message(
    case: &Case<'_>,
    component: &Component,
    ruling: &Ruling<'_>,
    (says, fields): (&Option<Listed<'_>>, &[&str]),
) -> String {
    let (name, title, fields) = (called(component), case.title(&ruling.license), fields.join(", "));
    match says {
        Some(Listed::Forbidden) => format!("{name} is under {title}, which forbids {fields}"),
        Some(Listed::Limited(_)) => format!("{name} is under {title}, which limits {fields}"),
        Some(Listed::Absent | Listed::Unread) | None => format!(
            "{name} is under {title}, which forbids uses that nobody here has read: {fields} may be \
             one of them"
        ),
    }
}

fn help(component: &Component, met: &Met<'_>, worst: Grave) -> Vec<String> {
    let field = met.field.value.name();
    let read = match worst {
        Grave::Forbidden => "use something whose license does not forbid it",
        Grave::Limited => "have Legal look at the clause: it may leave room for what you do",
        Grave::Unknown => "have Legal read the license's list of forbidden uses",
    };
    vec![
        format!(
            "if what this is used in is not about {field}, give that product `fields` of its own"
        ),
        read.to_owned(),
        format!("or put the decision on record: {}", except(component, None, [NAME])),
    ]
}
