//! Dependencies whose license only a registry knows: one finding for each file that names them.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::{ComponentId, Kind};
use caveat_core::inventory::Component;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::verdict::Level;

/// How many are listed by name.
const LISTED: usize = 8;

/// Components that a lockfile or manifest only names, with no word on their license anywhere on
/// this machine, by that file.
pub(super) fn by_file<'a>(case: &Case<'a>) -> BTreeMap<&'a str, Vec<&'a Component>> {
    let files: BTreeSet<&str> = case.sources.iter().map(|it| it.name.as_str()).collect();
    let mut named: BTreeMap<&str, Vec<&Component>> = BTreeMap::new();
    for it in case.graph.components.values() {
        let only_named = it.kind == Kind::Code && !it.own && files.contains(it.path.as_str());
        if only_named && it.claims.is_empty() && it.id.as_str().starts_with("pkg:") {
            named.entry(&it.path).or_default().push(it);
        }
    }
    named
}

/// One finding for everything that `file` names and nobody here knows. A person has to look: it
/// says more of this machine than of the dependencies, so it does not deny by itself.
pub(super) fn finding(
    case: &Case<'_>,
    rule: &'static str,
    file: &str,
    unseen: &[&Component],
) -> Option<Finding> {
    let first = unseen.iter().min_by_key(|it| it.at)?;
    let names: Vec<&str> = unseen.iter().take(LISTED).map(|it| it.id.as_str()).collect();
    let more = unseen.len().saturating_sub(LISTED);
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    let steps = vec![
        Step::new(Link::Claim, format!("{}{and}", names.join(", ")), None),
        Step::new(
            Link::Claim,
            "looked at the tree and the sources installed on this machine; not looked: registries",
            None,
        ),
        Step::new(
            Link::Policy,
            "what nobody looked at is never allowed; a person has to look",
            None,
        ),
    ];
    let count = unseen.len();
    let what =
        if count == 1 { "one dependency".to_owned() } else { format!("{count} dependencies") };
    Some(Finding {
        rule,
        level: Level::Warn,
        component: ComponentId::path(&case.path(file)),
        license: None,
        message: format!(
            "the license of {what} that `{file}` names can be seen nowhere on this machine"
        ),
        at: first.at,
        label: "the first of them".to_owned(),
        because: Because::new(steps)?,
        help: vec![
            "fetch them first (`cargo fetch`, `npm ci`, `pip install`), then check again"
                .to_owned(),
        ],
        cause: format!("dependencies of {file}"),
        excepted: None,
    })
}
