//! What a package needs, by its `Cargo.toml`.

use crate::component::{Scope, Use};
use crate::readers::locked;
use crate::source::Spanned;
use crate::value::{Node, Value};

/// The tables of dependencies, and when what stands in them is needed. Underscores are an older
/// spelling.
const TABLES: [(&str, Scope); 5] = [
    ("dependencies", Scope::Normal),
    ("dev-dependencies", Scope::Dev),
    ("dev_dependencies", Scope::Dev),
    ("build-dependencies", Scope::Build),
    ("build_dependencies", Scope::Build),
];

/// What the tables of dependencies in `table` ask for: `table` gives the value under a key of the
/// manifest.
pub(super) fn uses(table: impl Fn(&str) -> Option<Node>) -> Vec<Use> {
    let mut found = Vec::new();
    for (name, scope) in TABLES {
        found.extend(table(name).iter().flat_map(|it| of_table(it, scope)));
    }
    // `[target.'cfg(unix)'.dependencies]`
    let targets = table("target");
    for (_, target) in targets.iter().flat_map(Node::entries) {
        for (name, scope) in TABLES {
            found.extend(target.get(name).iter().flat_map(|it| of_table(it, scope)));
        }
    }
    found
}

fn of_table(table: &Node, scope: Scope) -> Vec<Use> {
    table.entries().iter().map(|(key, value)| need(key, value, scope)).collect()
}

fn need(key: &Spanned<String>, value: &Node, scope: Scope) -> Use {
    let renamed = value.get("package").and_then(Node::words);
    let is_optional = value.get("optional").is_some_and(|it| it.value == Value::Bool(true));
    let scope = if is_optional && scope == Scope::Normal { Scope::Optional } else { scope };
    let name = renamed.as_ref().unwrap_or(key);
    locked::depends("cargo", &name.value, None, scope, name.at)
}
