//! Files of others: of publishers, of other tools' tests, of the cargo registry.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use caveat_texts::{Match, identify, looks_like_license, recognize};

use crate::files::walk;
use crate::{busy, shown, since};

pub(crate) fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}

/// A file or folder of the corpora, which nothing stands for if they are not at hand.
fn shared(path: &str) -> PathBuf {
    PathBuf::from(env::var_os("CORPORA").unwrap_or_default()).join(path)
}

/// Ids are compared by family: a text alone does not say whether later versions are granted.
fn family(id: &str) -> String {
    let id = id.to_ascii_lowercase();
    let plain = ["-only", "-or-later", "+"].iter().find_map(|it| id.strip_suffix(it));
    plain.unwrap_or(&id).to_owned()
}

/// What is said of the AI license files of publishers, to be read by a person.
pub(crate) fn publishers_files() {
    for path in walk(&shared("license-files/ai-licenses")) {
        let name = path.iter().rev().take(3).collect::<PathBuf>();
        let name: PathBuf = name.iter().rev().collect();
        println!("publishers {}: {}", name.display(), shown(&recognize(&read(&path))));
    }
}

/// A row of the table of expected licenses.
struct Row {
    path: PathBuf,
    group: String,
    expected: Option<BTreeSet<String>>,
}

fn rows() -> Vec<Row> {
    let keys: BTreeMap<String, String> = read(&shared("license-files/scancode-keys.tsv"))
        .lines()
        .filter_map(|it| {
            let mut fields = it.split('\t');
            Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
        })
        .collect();
    let table = read(&shared("license-files/EXPECTED.tsv"));
    let mut rows = Vec::new();
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let group: Vec<&str> = fields[0].split('/').skip(1).take(2).collect();
        let depth = if group[0] == "licensee" || group[0] == "askalono" { 1 } else { 2 };
        let mut group = group[..depth].join("/");
        if group.ends_with("assets") {
            let kind = fields[0].split('/').nth(3).unwrap_or_default();
            group = format!("{group}/{kind}");
        }
        let words = fields[1].split(|it: char| it.is_whitespace() || "(),|".contains(it));
        let ids = words.filter(|it| !["", "AND", "OR", "WITH", "Copyright", "NONE"].contains(it));
        let id = |it: &str| match fields[2] {
            "scancode-key" => keys.get(it).map(String::as_str).map(family),
            _ => Some(family(it)),
        };
        let expected = ids.map(id).collect();
        rows.push(Row { path: shared(fields[0]), group, expected });
    }
    rows
}

/// How an answer stands to what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Judgement {
    Agreed,
    Other,
    Silent,
    /// A short text is a notice, which is not the matter of this crate; a mixture may be all notices.
    SilentOnNotices,
    SilentOnUnknown,
}

fn judge(expected: &BTreeSet<String>, words: usize, found: &[Match]) -> Judgement {
    const NOTICE: usize = 120;
    let is_wanted = |it: &&str| expected.contains(&family(it));
    let is_right = |it: &Match| is_wanted(&it.nearest) || it.aliases.iter().any(&is_wanted);
    if !found.is_empty() {
        return if found.iter().all(is_right) { Judgement::Agreed } else { Judgement::Other };
    }
    if expected.is_empty() {
        Judgement::Agreed
    } else if words < NOTICE || expected.len() > 1 {
        Judgement::SilentOnNotices
    } else if expected.iter().any(|it| it.starts_with("licenseref-scancode")) {
        Judgement::SilentOnUnknown
    } else {
        Judgement::Silent
    }
}

/// Files of the table of expected licenses, by group; each disagreement is listed if VERBOSE is set.
pub(crate) fn labelled_files() {
    let mut groups: BTreeMap<(String, Judgement), u32> = BTreeMap::new();
    let mut spent = Duration::ZERO;
    for row in rows() {
        let Some(expected) = row.expected else { continue };
        let text = read(&row.path);
        let words = text.split_whitespace().count();
        let start = busy();
        let found = recognize(&text);
        spent += since(start);
        let judgement = judge(&expected, words, &found);
        *groups.entry((row.group, judgement)).or_default() += 1;
        let is_worth_a_look = matches!(judgement, Judgement::Other | Judgement::Silent);
        if is_worth_a_look && env::var_os("VERBOSE").is_some() {
            let path = row.path.display();
            println!("    {path} ({words} words) wants {expected:?}: {}", shown(&found));
        }
    }
    println!("labelled: {spent:?}");
    for ((group, judgement), count) in groups {
        println!("labelled {group}: {judgement:?} {count}");
    }
}

fn registry() -> PathBuf {
    PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cargo/registry/src")
}

/// The files called LICENSE-APACHE of the crates at hand.
pub(crate) fn apache_files() {
    let is_apache = |it: &PathBuf| {
        it.file_name()
            .is_some_and(|it| it.to_string_lossy().to_uppercase().starts_with("LICENSE-APACHE"))
    };
    let (mut all, mut right) = (0, 0);
    for path in walk(&registry()).into_iter().filter(is_apache) {
        let found = identify(&read(&path));
        all += 1;
        if found.len() == 1 && found[0].license() == Some("Apache-2.0") {
            right += 1;
        } else {
            println!("    {}: {}", path.display(), shown(&found));
        }
    }
    println!("apache: {right} of {all}");
}

/// The time for files of all kinds, as many as make 42 megabytes.
pub(crate) fn mixed_files() {
    const FILES: usize = 5000;
    const BYTES: usize = 42 << 20;
    let mut paths = walk(&shared("license-files"));
    paths.extend(walk(&registry()));
    let mut texts: Vec<String> = Vec::new();
    let mut size = 0;
    let step = paths.len().div_ceil(FILES).max(1);
    for path in paths.iter().step_by(step) {
        let text = read(path);
        let is_text = !text.contains('\0') && text.len() < 4 << 20;
        if is_text && size + text.len() <= BYTES && texts.len() < FILES {
            size += text.len();
            texts.push(text);
        }
    }
    let start = busy();
    let likely = texts.iter().filter(|it| looks_like_license(it)).count();
    let looked = since(start);
    let start = busy();
    let found: usize =
        texts.iter().filter(|it| looks_like_license(it)).map(|it| recognize(it).len()).sum();
    let gated = since(start);
    let start = busy();
    let more: usize = texts.iter().map(|it| recognize(it).len()).sum();
    let spent = since(start);
    println!(
        "mixed: {} files, {size} bytes; looks like one: {likely}, {looked:?}; looked at those: {found} found, {gated:?}; at all: {more}, {spent:?}",
        texts.len()
    );
}
