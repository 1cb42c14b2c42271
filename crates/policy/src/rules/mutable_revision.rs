//! Code that loads whatever a name stands for today.

use caveat_core::component::How;
use caveat_core::inventory::Relation;

use super::license_rulings::{bare, related};
use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "mutable-revision";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "code loads a model or dataset by a name whose content and license may change",
    page: include_str!("mutable_revision.md"),
    usual: Level::Note,
    check: |case| case.graph.relations.iter().filter_map(|it| finding(case, it)).collect(),
};

fn finding(case: &Case<'_>, relation: &Relation) -> Option<Finding> {
    let on_hub = relation.to.as_str().starts_with("pkg:huggingface/");
    let revision = relation.revision.as_ref();
    if relation.how != How::Uses || !on_hub || revision.is_some_and(|it| is_commit(&it.value)) {
        return None;
    }
    let component = case.graph.components.get(&relation.from)?;
    let name = bare(&relation.to);
    let (why, at) = match revision {
        Some(it) => (format!("`{}` is a branch or tag, which may move", it.value), it.at),
        None => ("no revision is stated, so the newest is loaded".to_owned(), relation.at),
    };
    let steps = vec![related(case, relation), Step::new(Link::Claim, why.clone(), at)];
    Some(Finding {
        rule: NAME,
        level: Level::Note,
        component: component.id.clone(),
        license: None,
        message: format!("{} loads `{name}` at no fixed revision: {why}", called(component)),
        at,
        label: "may be another model, under another license, tomorrow".to_owned(),
        because: Because::new(steps)?,
        help: vec!["pin it: revision = \"…\" with the commit that was looked at".to_owned()],
        cause: format!("{} {}", relation.to, revision.map_or("", |it| it.value.as_str())),
        excepted: None,
    })
}

/// Whether a revision is a commit: at least seven hexadecimal digits and nothing else.
fn is_commit(revision: &str) -> bool {
    (7..=64).contains(&revision.len()) && revision.bytes().all(|it| it.is_ascii_hexdigit())
}
