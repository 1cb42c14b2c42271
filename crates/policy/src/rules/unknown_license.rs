//! No license can be established, or nobody has read its terms.

use std::collections::BTreeSet;

use caveat_core::component::{ComponentId, Kind, Origin};
use caveat_core::inventory::{Claim, Component, Standing, Stated};
use caveat_core::tags::Tag;

use super::license_rulings::{Sort, except, findings};
use super::unseen_dependencies;
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{asked_as, called};
use crate::layers::{Question, answer};
use crate::rule::Rule;
use crate::setting::Setting;
use crate::verdict::{Level, Stance};

const NAME: &str = "unknown-license";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "nobody can say which license this is under, or what that license asks",
    page: include_str!("unknown_license.md"),
    usual: Level::Warn,
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut all = findings(case, NAME, Sort::Unread);
    let unseen = unseen_dependencies::by_file(case);
    let grouped: BTreeSet<&ComponentId> = unseen.values().flatten().map(|it| &it.id).collect();
    let others = case.graph.components.values().filter(|it| !grouped.contains(&it.id));
    all.extend(others.filter_map(|it| unknown(case, it)));
    let finding =
        |(file, all): (&&str, &Vec<_>)| unseen_dependencies::finding(case, NAME, file, all);
    all.extend(unseen.iter().filter_map(finding));
    all
}

fn unknown(case: &Case<'_>, component: &Component) -> Option<Finding> {
    if component.conclusion.standing != Standing::Unknown || refused(component) {
        return None;
    }
    let own = component.own && component.kind == Kind::Code;
    if own && needs_none(component) || is_paper(case, component) {
        return None;
    }
    let words = component.claims.iter().find(|it| !matches!(it.stated, Stated::Expression(_)));
    let (at, label) = match words {
        Some(it) => (it.raw.at, said(it)),
        None => (component.at, "says nothing of a license".to_owned()),
    };
    // Words that nobody can name are judged wherever they stand; silence about own work is not.
    let own = own && words.is_none();
    let (level, policy) = if own { (Level::Note, own_code()) } else { stance(case, component) };
    let mut steps: Vec<Step> = words.iter().filter_map(|it| beside(it)).collect();
    steps.push(Step::new(Link::Claim, looked(component), None));
    steps.push(policy);
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: None,
        message: format!("no license can be established for {}", called(component)),
        at,
        label,
        because: Because::new(steps)?,
        help: help(component, own),
        cause: words.map(|it| it.raw.value.clone()).unwrap_or_default(),
        excepted: None,
    })
}

/// Terms that a project asks of its own users, by the name of the file and the folder that it lies in:
/// nothing is under them there.
fn is_paper(case: &Case<'_>, component: &Component) -> bool {
    const PAPERS: [&str; 5] = ["doc", "docs", "legal", "policies", "terms"];
    let is_terms = |it: &Claim| {
        let name = case.sources.get(it.raw.at.source).map(|it| it.name.to_ascii_lowercase());
        let name = name.unwrap_or_default();
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let folder = folder.rsplit('/').next().unwrap_or_default();
        it.evidence.origin == Origin::Text
            && PAPERS.contains(&folder)
            && file.split(|it: char| !it.is_alphanumeric()).any(|it| it == "eula")
    };
    component.own && !component.claims.is_empty() && component.claims.iter().all(is_terms)
}

/// Own code that nobody publishes as a package, or whose rights are kept, needs no license.
fn needs_none(component: &Component) -> bool {
    let reserved = |it: &Claim| matches!(it.stated, Stated::Reserved);
    let silent = component.claims.is_empty();
    let packaged = component.id.as_str().starts_with("pkg:");
    component.private || (silent && !packaged) || component.claims.iter().any(reserved)
}

/// An expression that cannot be read has a finding of its own.
pub(super) fn refused(component: &Component) -> bool {
    component.claims.iter().any(|it| {
        matches!(it.stated, Stated::Unrecognised) && it.notes.iter().any(|it| it.kind.refuses())
    })
}

fn said(claim: &Claim) -> String {
    match (&claim.stated, claim.evidence.origin) {
        (Stated::Placeholder, _) => "names no license".to_owned(),
        (_, Origin::Text) => "a text that is none of the known licenses".to_owned(),
        (Stated::Reserved, _) => "reserves all rights".to_owned(),
        (Stated::Unrecognised | Stated::Family { .. } | Stated::Expression(_), _) => {
            "no known license answers to this".to_owned()
        }
    }
}

fn beside(claim: &Claim) -> Option<Step> {
    let it = claim.decided_by.as_ref()?;
    let says = match linked(claim) {
        Some(path) => format!("no license text that can be named is at `{path}`"),
        None => format!("`{}` is no license that is known here", it.value),
    };
    Some(Step::new(Link::Claim, says, it.at))
}

/// The file beside it that a claim leads to.
fn linked(claim: &Claim) -> Option<&str> {
    let it = claim.decided_by.as_ref().map(|it| it.value.as_str())?;
    let is_path = !it.contains("://") && !it.contains(char::is_whitespace);
    let is_file = it.starts_with("./") || it.to_ascii_uppercase().contains("LICEN");
    (is_path && is_file && it.len() < LONGEST_PATH).then_some(it)
}

/// What is longer is no name of a file.
const LONGEST_PATH: usize = 256;

fn looked(component: &Component) -> String {
    let place = if component.path == "." { "the root" } else { &component.path };
    format!(
        "looked at cards, headers, manifests and license texts in {place}; not looked: the network"
    )
}

/// Strictest over all settings, as a `[[rule]]` may speak of the tag `unknown`.
fn stance(case: &Case<'_>, component: &Component) -> (Level, Step) {
    let by_package = case.lines.by_package(&component.id);
    let at_place = |path: String| {
        let named = [by_package.clone(), case.lines.by_path(&path)].concat();
        let rules = case.lines.rules(&named, &[], Tag::Unknown);
        let asked = |it: Setting<'_>| {
            let (kind, id, path) = (component.kind, &component.id, path.as_str());
            let question = Question { kind, id, path, license: "", tag: Tag::Unknown };
            (answer(case.policy, &rules, &question, &it), it.phrase())
        };
        case.settings(&path).into_iter().map(asked).collect::<Vec<_>>()
    };
    let all = case.places(component).into_iter().flat_map(at_place);
    let strictest = all.max_by_key(|(it, _)| it.stance);
    let Some((answer, setting)) = strictest else { return (Level::Warn, own_code()) };
    let level = match answer.stance {
        Stance::Allow => Level::Note,
        Stance::Review | Stance::Test => Level::Warn,
        Stance::Deny => Level::Deny,
    };
    (level, Step::new(Link::Policy, format!("{}; {setting}", answer.says), answer.at))
}

fn own_code() -> Step {
    Step::new(
        Link::Policy,
        "own code needs no license to be used by its owner, but nobody else may",
        None,
    )
}

fn help(component: &Component, own: bool) -> Vec<String> {
    if own {
        return vec![
            "state the license in the manifest, or mark the package as private".to_owned(),
        ];
    }
    let subject = asked_as(component);
    let link = component.claims.iter().find_map(linked);
    let first = match link {
        Some(it) => format!("put the text at {it}, or state the license in its card or manifest"),
        None => "put the license text beside it, or state the license in its card or manifest"
            .to_owned(),
    };
    vec![
        first,
        format!(
            "or put on record what counsel read: caveat clarify {subject} --license EXPR; if you hold \
             the terms elsewhere: {}",
            except(component, None, [NAME])
        ),
    ]
}
