//! A parent that nobody saw: its terms are unknown.

use caveat_core::component::{How, Kind};
use caveat_core::inventory::Relation;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::{called, carries};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "missing-upstream";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "made from something that is not here, so nobody saw its terms",
    page: include_str!("missing_upstream.md"),
    check: |case| case.graph.relations.iter().filter_map(|it| finding(case, it)).collect(),
};

fn finding(case: &Case<'_>, relation: &Relation) -> Option<Finding> {
    if relation.seen || !(carries(relation.how) || relation.how == How::TrainedOn) {
        return None;
    }
    let component = case.graph.components.get(&relation.from)?;
    let bare = relation.to.as_str().trim_start_matches("pkg:huggingface/").to_owned();
    let name = bare.trim_start_matches("datasets/").trim_start_matches("path:");
    let what = if relation.kind == Kind::Dataset { "dataset" } else { "model" };
    let says = format!("{} is {} `{name}`", called(component), relation.how.phrase());
    let looked = format!("no {what} of this name is in the scanned tree; not looked: the network");
    let steps =
        vec![Step::new(Link::Relation, says, relation.at), Step::new(Link::Claim, looked, None)];
    Some(Finding {
        rule: NAME,
        level: if relation.how == How::TrainedOn { Level::Note } else { Level::Warn },
        component: component.id.clone(),
        license: None,
        message: format!(
            "{} is {} `{name}`, whose license nobody saw",
            called(component),
            relation.how.phrase()
        ),
        at: relation.at,
        label: format!("this {what} is not in the tree"),
        because: Because::new(steps)?,
        help: vec![format!(
            "scan it too, or put its card into the tree: what it asks reaches {}",
            called(component)
        )],
        cause: format!("{} {}", relation.how.name(), relation.to),
        excepted: None,
    })
}
