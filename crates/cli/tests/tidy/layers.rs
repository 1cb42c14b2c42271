//! Crates depend in one direction, and the pure ones are kept from disk, clock and environment.

use super::tree::Tree;

/// Each crate's folder with those it may use, lowest first.
const LAYERS: [(&str, &[&str]); 5] = [
    ("texts", &[]),
    ("core", &["caveat-texts"]),
    ("policy", &["caveat-core"]),
    ("report", &["caveat-core", "caveat-policy"]),
    ("cli", &["caveat-texts", "caveat-core", "caveat-policy", "caveat-report"]),
];

/// The crates that are functions of their arguments alone.
const PURE: [&str; 4] = ["texts", "core", "policy", "report"];

/// What stands for each way out into the world: the rest of each family is listed in the file.
const WAYS_OUT: [&str; 8] = [
    "std::fs::read",
    "std::fs::File::open",
    "std::env::var",
    "std::net::TcpStream::connect",
    "std::process::Command::new",
    "std::time::SystemTime::now",
    "std::time::Instant::now",
    "std::thread::spawn",
];

/// Every dependency of one of our crates on another that may not be.
pub(crate) fn dependency_faults(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for name in tree.crates() {
        let Some((_, allowed)) = LAYERS.iter().find(|(it, _)| *it == name) else {
            faults.push(format!("crates/{name}: has no place in LAYERS"));
            continue;
        };
        let path = format!("crates/{name}/Cargo.toml");
        let manifest = parse(tree, &path, &mut faults);
        for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let used = manifest.get(table).and_then(toml::Value::as_table);
            let ours = used.into_iter().flat_map(toml::Table::keys);
            for it in ours.filter(|it| it.starts_with("caveat") && !allowed.contains(&it.as_str()))
            {
                faults.push(format!("{path}: `{name}` may not use `{it}`"));
            }
        }
    }
    faults
}

/// Every pure crate whose `clippy.toml` leaves a way out, gives no reason, or differs from the
/// others'.
pub(crate) fn purity_faults(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    let first = tree.text(&format!("crates/{}/clippy.toml", PURE[0]));
    for name in PURE {
        let path = format!("crates/{name}/clippy.toml");
        if tree.text(&path).is_some() && tree.text(&path) != first {
            faults.push(format!("{path}: differs from that of `{}`", PURE[0]));
        }
        let settings = parse(tree, &path, &mut faults);
        if settings.is_empty() {
            continue;
        }
        let root = parse(tree, "clippy.toml", &mut faults);
        for (key, value) in &root {
            if settings.get(key) != Some(value) {
                faults.push(format!("{path}: lacks `{key}` of the root's, which it hides"));
            }
        }
        let banned = settings.get("disallowed-methods").and_then(toml::Value::as_array);
        let banned = banned.map(Vec::as_slice).unwrap_or_default();
        let text = |ban: &toml::Value, key: &str| ban.get(key)?.as_str().map(str::to_owned);
        for way in WAYS_OUT {
            if !banned.iter().any(|it| text(it, "path").as_deref() == Some(way)) {
                faults.push(format!("{path}: `{way}` is not banned"));
            }
        }
        for ban in banned.iter().filter(|it| text(it, "reason").is_none_or(|it| it.is_empty())) {
            faults.push(format!("{path}: no reason for {ban:?}"));
        }
    }
    faults
}

fn parse(tree: &Tree, path: &str, faults: &mut Vec<String>) -> toml::Table {
    let Some(text) = tree.text(path) else {
        faults.push(format!("{path}: missing"));
        return toml::Table::new();
    };
    text.parse().unwrap_or_else(|why| {
        faults.push(format!("{path}: {why}"));
        toml::Table::new()
    })
}

#[test]
fn a_dependency_against_the_stream_is_a_fault() {
    let count = |path: &str, text: &str| dependency_faults(&Tree::of(&[(path, text)])).len();
    let core = "crates/core/Cargo.toml";
    assert_eq!(count(core, "[dependencies]\ncaveat-texts.workspace = true\nserde = \"1\""), 0);
    assert_eq!(count(core, "[dependencies]\ncaveat-policy.workspace = true"), 1);
    assert_eq!(count(core, "[dev-dependencies]\ncaveat-report = \"1\""), 1);
    assert_eq!(count("crates/hub/Cargo.toml", ""), 1);
}

#[test]
fn a_way_out_that_is_not_banned_is_a_fault() {
    let complete = WAYS_OUT.map(|it| format!("{{ path = \"{it}\", reason = \"pure\" }},")).concat();
    let count = |bans: &str, last: &str| {
        let settings = |bans: &str| format!("in-tests = true\ndisallowed-methods = [{bans}]");
        let (most, last) = (settings(bans), settings(last));
        let paths = PURE.map(|it| format!("crates/{it}/clippy.toml"));
        let mut files = vec![("clippy.toml", "in-tests = true")];
        files.extend(paths[..3].iter().map(|it| (it.as_str(), most.as_str())));
        files.push((&paths[3], &last));
        purity_faults(&Tree::of(&files)).len()
    };
    assert_eq!(count(&complete, &complete), 0);
    let unreasoned = complete.replacen("pure", "", 1);
    assert_eq!(count(&unreasoned, &unreasoned), 4);
    let leaking = complete.replacen("std::env::var", "std::env::vars", 1);
    assert_eq!(count(&leaking, &leaking), 4);
    assert_eq!(count(&complete, &leaking), 2);
}
