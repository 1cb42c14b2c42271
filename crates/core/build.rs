//! Makes the index of the library: which file a license has, and which license a name means.
//! Two licenses that would answer to one name stop the build.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads its inputs and writes its output"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/library/normal.rs"]
mod normal;

/// What a name means, as Rust source.
type Names = BTreeMap<String, String>;

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets the directory"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets the output directory"));
    for watched in ["terms", "exceptions", "names.toml", "src/library/normal.rs", "build.rs"] {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }
    let general = parse(&root.join("names.toml"));
    let mut synonyms: Vec<(String, String)> =
        list(&general, "synonyms").iter().map(|it| (text_at(it, 0), text_at(it, 1))).collect();
    synonyms.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    let synonyms: Vec<(&str, &str)> =
        synonyms.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();

    let mut names = Names::new();
    let mut index = String::new();
    licenses(&root, &synonyms, &mut names, &mut index);
    exceptions(&root, &mut index);
    general_names(&general, &synonyms, &mut names, &mut index);
    spdx_names(&synonyms, &mut names);

    let _ = writeln!(index, "pub(super) static NAMES: &[(&str, Meaning)] = &[");
    for (name, meaning) in &names {
        let _ = writeln!(index, "    ({name:?}, {meaning}),");
    }
    let _ = writeln!(index, "];\npub(super) static SYNONYMS: &[(&str, &str)] = &{synonyms:?};");
    fs::write(out.join("index.rs"), index).expect("the output directory can be written");
}

/// The embedded license files, by id, and all names that they give themselves.
fn licenses(root: &Path, synonyms: &[(&str, &str)], names: &mut Names, index: &mut String) {
    let _ = writeln!(index, "pub(super) static LICENSES: &[File] = &[");
    for (number, path) in files(&root.join("terms")).iter().enumerate() {
        let license = entry(path, "license", "terms", index);
        let meaning = format!("Meaning::File({number})");
        let scancode = license.get("scancode").and_then(toml::Value::as_str);
        let scancode = scancode.map(|it| format!("LicenseRef-scancode-{it}"));
        let given = ["aliases", "hub-ids", "hub-names", "urls", "classifiers"];
        let given = given.iter().flat_map(|key| texts(&license, key));
        let own = [text(&license, "id"), text(&license, "name")];
        for name in own.into_iter().chain(given).chain(scancode) {
            add(names, &name, synonyms, &meaning);
        }
    }
    let _ = writeln!(index, "];");
}

fn exceptions(root: &Path, index: &mut String) {
    let _ = writeln!(index, "pub(super) static EXCEPTIONS: &[File] = &[");
    for path in files(&root.join("exceptions")) {
        entry(&path, "exception", "exceptions", index);
    }
    let _ = writeln!(index, "];");
}

/// Writes the entry of one file and gives the section that says who it is.
fn entry(path: &Path, section: &str, directory: &str, index: &mut String) -> toml::Table {
    let mut file = parse(path);
    let Some(toml::Value::Table(who)) = file.remove(section) else {
        panic!("{} has no [{section}]", path.display())
    };
    let (id, title) = (text(&who, "id"), text(&who, "name"));
    let name = format!("{directory}/{id}.toml");
    assert!(path.ends_with(&name), "{} holds `{id}`", path.display());
    let flag = |key| who.get(key).and_then(toml::Value::as_bool).unwrap_or(false);
    let (osi, libre) = (flag("osi-approved"), flag("fsf-libre"));
    let (key, at) = (id.to_ascii_lowercase(), path.to_str().expect("the path is Unicode"));
    let (hub_ids, hub_names) = (texts(&who, "hub-ids"), texts(&who, "hub-names"));
    let _ = writeln!(
        index,
        "    File {{ key: {key:?}, id: {id:?}, title: {title:?}, osi: {osi}, libre: {libre}, \
         hub_ids: &{hub_ids:?}, hub_names: &{hub_names:?}, \
         name: {name:?}, text: include_str!({at:?}) }},"
    );
    who
}

/// Families, placeholders and the words that keep all rights.
fn general_names(
    general: &toml::Table,
    synonyms: &[(&str, &str)],
    names: &mut Names,
    index: &mut String,
) {
    for (key, meaning) in
        [("placeholders", "Meaning::Placeholder"), ("reserved", "Meaning::Reserved")]
    {
        for name in texts(general, key) {
            add(names, &name, synonyms, meaning);
        }
    }
    let _ = writeln!(index, "pub(super) static FAMILIES: &[Family] = &[");
    for (number, family) in list(general, "family").iter().enumerate() {
        let family = family.as_table().expect("a family is a table");
        let usual = family.get("usual").and_then(toml::Value::as_str);
        let _ = writeln!(
            index,
            "    Family {{ name: {:?}, members: &{:?}, usual: {usual:?}, note: {:?} }},",
            text(family, "name"),
            texts(family, "members"),
            text(family, "note"),
        );
        let meaning = format!("Meaning::Family({number})");
        let given = ["aliases", "urls"].iter().flat_map(|key| texts(family, key));
        for name in [text(family, "name")].into_iter().chain(given) {
            add(names, &name, synonyms, &meaning);
        }
    }
    let _ = writeln!(index, "];");
    for (key, name) in [("id-addresses", "ID_ADDRESSES"), ("common", "COMMON")] {
        let _ = writeln!(index, "pub(super) static {name}: &[&str] = &{:?};", texts(general, key));
    }
}

/// Ids and titles on the SPDX list of licenses that have no file. One that means two is left out.
fn spdx_names(synonyms: &[(&str, &str)], names: &mut Names) {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for license in spdx::identifiers::LICENSES {
        for name in [license.name, license.full_name] {
            if let Some(key) = normal::key(name, synonyms) {
                let ids = found.entry(key).or_default();
                if !ids.contains(&license.name) {
                    ids.push(license.name);
                }
            }
        }
    }
    for (key, ids) in found {
        if let [id] = ids.as_slice() {
            names.entry(key).or_insert_with(|| format!("Meaning::Spdx({id:?})"));
        }
    }
}

fn add(names: &mut Names, name: &str, synonyms: &[(&str, &str)], meaning: &str) {
    let key = normal::key(name, synonyms).unwrap_or_else(|| panic!("`{name}` is too long"));
    let other = names.insert(key.clone(), meaning.to_owned());
    if let Some(other) = other.filter(|it| it != meaning) {
        println!("cargo::error=`{name}` (`{key}`) means two things: {other} and {meaning}");
    }
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("the directory of terms can be read");
    let mut paths: Vec<_> = entries.map(|it| it.expect("an entry can be read").path()).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it == "toml"));
    paths.sort_by_key(|it| it.file_stem().map(|it| it.to_string_lossy().to_ascii_lowercase()));
    paths
}

fn parse(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).expect("a terms file can be read");
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text(table: &toml::Table, key: &str) -> String {
    let text = table.get(key).and_then(toml::Value::as_str);
    text.unwrap_or_else(|| panic!("`{key}` is missing in {table:?}")).to_owned()
}

fn list<'a>(table: &'a toml::Table, key: &str) -> &'a [toml::Value] {
    table.get(key).and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn texts(table: &toml::Table, key: &str) -> Vec<String> {
    list(table, key).iter().map(|it| it.as_str().expect("a text").to_owned()).collect()
}

fn text_at(value: &toml::Value, index: usize) -> String {
    value.get(index).and_then(toml::Value::as_str).expect("a pair of texts").to_owned()
}
