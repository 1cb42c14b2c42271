//! A policy's own cases, judged as everything is judged.

use std::collections::BTreeMap;

use caveat_core::component::{ComponentId, Kind};
use caveat_core::expression::parse_with;
use caveat_core::inventory::Graph;
use caveat_core::library::Named;
use caveat_core::source::{SourceId, Span};
use caveat_policy::case::Case;
use caveat_policy::date::Date;
use caveat_policy::finding::{Because, Finding, Link, Step};
use caveat_policy::glob::Glob;
use caveat_policy::ground::Ground;
use caveat_policy::judge::{judge, verdicts};
use caveat_policy::policy::{Expectation, Policy as Terms};
use caveat_policy::verdict::{Level, Verdict};
use caveat_policy::vocabulary::Word as _;

use crate::may::decisive;
use crate::scan::Scan;
use crate::subject::{carrier, usual_kind};

/// What a case that comes out otherwise is called.
pub(crate) const NAME: &str = "failed-test";
/// How many cases are run: each is a judgement.
const MOST: usize = 2000;

/// What came of the cases.
pub(crate) struct Tested {
    /// How many were run.
    pub(crate) cases: usize,
    /// Those that came out otherwise.
    pub(crate) failed: Vec<Finding>,
}

/// Runs the `[[test]]` cases of a policy.
pub(crate) fn run(terms: &Terms, scan: &Scan, today: Date) -> Tested {
    let mut products: BTreeMap<Option<&str>, Terms> = BTreeMap::new();
    let mut failed = Vec::new();
    let cases = terms.tests.iter().take(MOST);
    let count = cases.len();
    for test in cases {
        let product = test.product.as_ref().map(|it| it.value.as_str());
        let policy = products.entry(product).or_insert_with(|| only(terms, product));
        failed.extend(outcome(test, (terms, policy), scan, today));
    }
    Tested { cases: count, failed }
}

/// The policy as if the case lay in that product, or in none.
fn only(terms: &Terms, product: Option<&str>) -> Terms {
    let mut policy = terms.clone();
    for it in &mut policy.products {
        let at = it.paths.first().map_or(it.at, |it| it.at);
        it.paths.clear();
        if product == Some(it.name.value.as_str()) {
            let everywhere = Glob::new("**").ok();
            it.paths.extend(everywhere.map(|it| caveat_core::source::Spanned::new(it, at)));
        }
    }
    policy
}

/// What is wrong with a case, if anything is.
fn outcome(
    test: &Expectation,
    (terms, policy): (&Terms, &Terms),
    scan: &Scan,
    today: Date,
) -> Option<Finding> {
    let library = scan.library;
    let words = match library.named(&test.license.value) {
        Named::License(id) => id.to_owned(),
        Named::Ambiguous(_) | Named::Reserved | Named::Placeholder | Named::Unknown => {
            test.license.value.clone()
        }
    };
    // A number that no source has: a step that points there has no place.
    let at = Span::new(SourceId(u32::MAX), 0..words.len());
    let known = |it: &str| library.license(it).map(|it| it.id);
    let Some(license) = parse_with(&words, at, &known).expression else {
        return Some(unreadable(test));
    };
    let kind = test.kind.as_ref().map_or_else(|| usual_kind(&license, library), |it| it.value);
    let component = carrier(&test.license.value, words, at, license, kind);
    let id = component.id.clone();
    let graph = Graph { components: [(id.clone(), component)].into(), ..Graph::default() };
    let mut ground = Ground::new(&graph, &scan.library, policy, &scan.sources, today, "");
    ground.uses.clone_from(&test.uses);
    let case = Case::of(ground);
    let mut report = judge(&case);
    let found = *verdicts(&case, &report).get(&id)?;
    let expected = test.expect.value;
    // What a base expects is the least that it can be sure of: who extends it may be stricter.
    let is_own = test.at.source == terms.source;
    if found == expected || (!is_own && found > expected) {
        return None;
    }
    report.findings.retain(|it| it.component == id && it.level >= Level::Warn);
    let (_, steps) = decisive(&case, &report.findings, &[id].into());
    Some(otherwise(test, kind, found, steps))
}

fn otherwise(test: &Expectation, kind: Kind, found: Verdict, mut steps: Vec<Step>) -> Finding {
    // The case is only what it says: that needs no telling.
    steps.retain(|it| it.link != Link::Claim);
    let silent = || Step::new(Link::Policy, "no line of the policy stops it", None);
    let because =
        Because::new(steps).unwrap_or_else(|| Because { first: silent(), rest: Vec::new() });
    let expected = test.expect.value;
    finding(
        test,
        test.expect.at,
        format!("{} should come to \"{expected}\" and comes to \"{found}\"", said(test, kind)),
        format!("comes to \"{found}\""),
        because,
        "correct the line that decides, or what the case expects",
    )
}

fn unreadable(test: &Expectation) -> Finding {
    let says = format!("a case expects \"{}\" of it", test.expect.value);
    let first = Step::new(Link::Policy, says, test.expect.at);
    finding(
        test,
        test.license.at,
        format!("`{}` is no license expression", test.license.value),
        "cannot be judged".to_owned(),
        Because { first, rest: Vec::new() },
        "write SPDX ids with AND, OR and WITH: `caveat licenses` lists the ids",
    )
}

fn said(test: &Expectation, kind: Kind) -> String {
    let uses: Vec<_> = test.uses.iter().map(|it| it.value.word()).collect();
    let uses = if uses.is_empty() { String::new() } else { format!(" for {}", uses.join(", ")) };
    let product = test.product.as_ref().map(|it| format!(" in `{}`", it.value)).unwrap_or_default();
    format!("`{}` as {}{uses}{product}", test.license.value, kind.name())
}

fn finding(
    test: &Expectation,
    at: Span,
    message: String,
    label: String,
    because: Because,
    help: &str,
) -> Finding {
    Finding {
        rule: NAME,
        level: Level::Deny,
        component: ComponentId::path(""),
        license: Some(test.license.value.clone()),
        cause: message.clone(),
        message,
        at,
        label,
        because,
        help: vec![help.to_owned()],
        excepted: None,
    }
}
