//! A license grants no patents, where the policy asks for a grant.

use std::collections::BTreeSet;

use caveat_core::component::Kind;
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

fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(patents) = &case.policy.patents else { return Vec::new() };
    let mut all = Vec::new();
    for (id, decided) in &case.decided {
        let Some(component) = case.graph.components.get(*id) else { continue };
        let Some(asked) = asked(patents, component) else { continue };
        let mut seen = BTreeSet::new();
        let licenses = decided.binding.iter().filter(|it| seen.insert(it.to_string()));
        all.extend(licenses.filter_map(|it| finding(case, component, it, (patents, asked))));
    }
    all
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
