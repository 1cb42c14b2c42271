//! What a package needs, by its `pyproject.toml`.

use crate::component::{Scope, Use};
use crate::installed::python_name;
use crate::readers::locked;
use crate::readers::requirement::Requirement;
use crate::source::Spanned;
use crate::value::{Node, Value};

/// What `project`, `dependency-groups`, `build-system` and the tables of tools ask for: `table`
/// gives the value under a path of keys.
pub(super) fn uses(table: impl Fn(&[&str]) -> Option<Node>) -> Vec<Use> {
    let mut found = Vec::new();
    let mut lists = |path: &[&str], scope: Scope| {
        let Some(node) = table(path) else { return };
        let words = node.scalars();
        let needs = words.iter().filter_map(Requirement::parse);
        // Only a lockfile tells which version it came to.
        found.extend(needs.map(|it| Requirement { version: None, ..it }.need(scope)));
    };
    lists(&["project", "dependencies"], Scope::Normal);
    lists(&["build-system", "requires"], Scope::Build);
    for (path, scope) in [
        (&["project", "optional-dependencies"][..], Scope::Optional),
        (&["tool", "uv", "dev-dependencies"], Scope::Dev),
    ] {
        lists(path, scope);
    }
    let groups = table(&["dependency-groups"]);
    for (_, group) in groups.iter().flat_map(Node::entries) {
        // `{ include-group = "test" }` names no package.
        let words: Vec<_> = group.items().iter().filter_map(Node::words).collect();
        let needs = words.iter().filter_map(Requirement::parse);
        found.extend(needs.map(|it| Requirement { version: None, ..it }.need(Scope::Dev)));
    }
    found.extend(poetry(&table));
    found
}

fn poetry(table: &impl Fn(&[&str]) -> Option<Node>) -> Vec<Use> {
    let mut found = Vec::new();
    let mut take = |node: Option<&Node>, scope| {
        let entries = node.map(Node::entries).unwrap_or_default();
        found.extend(entries.iter().filter_map(|(key, value)| of_poetry(key, value, scope)));
    };
    take(table(&["tool", "poetry", "dependencies"]).as_ref(), Scope::Normal);
    take(table(&["tool", "poetry", "dev-dependencies"]).as_ref(), Scope::Dev);
    let groups = table(&["tool", "poetry", "group"]);
    for (_, group) in groups.iter().flat_map(Node::entries) {
        take(group.get("dependencies"), Scope::Dev);
    }
    found
}

fn of_poetry(key: &Spanned<String>, value: &Node, scope: Scope) -> Option<Use> {
    if key.value.eq_ignore_ascii_case("python") || value.get("path").is_some() {
        return None;
    }
    let is_optional = value.get("optional").is_some_and(|it| it.value == Value::Bool(true));
    let scope = if is_optional && scope == Scope::Normal { Scope::Optional } else { scope };
    Some(locked::depends("pypi", &python_name(&key.value), None, scope, key.at))
}
