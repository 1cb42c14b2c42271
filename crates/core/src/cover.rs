//! Whose words are that somebody wrote for files by their paths: of the weights that lie there, of
//! the folder that they cover, else of a part of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::component::Kind;
use crate::group::{Groups, Home, Seen};
use crate::pattern::{Sign, matches, signs};
use crate::places::{kind_by_path, parent, resolved};
use crate::reading::{Precedence, Sighting, Subject};
use crate::source::Sources;

/// Words for the files of one pattern.
struct Cover {
    /// The file that has them.
    file: String,
    /// The pattern, seen from the root.
    pattern: String,
    signs: Vec<Sign>,
    precedence: Precedence,
    said: Sighting,
}

/// Gives the words of all `covers` to whom they are about.
pub(crate) fn cover(groups: &mut Groups, covers: Vec<Sighting>, sources: &Sources) {
    let covers: Vec<Cover> = covers
        .into_iter()
        .filter_map(|it| made(sources.get(it.at.source).map_or("", |it| &it.name), it))
        .collect();
    if covers.is_empty() {
        return;
    }
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for seen in groups.values_mut().flat_map(|it| &mut it.sightings).filter(|it| it.is_header) {
        used.extend(give(seen, &covers));
    }
    let (mut known, mut parts) = (Folders::of(groups), BTreeMap::new());
    for (index, it) in covers.into_iter().enumerate() {
        let words = words(&it.said);
        if let Some(folder) = whole_folder(&it.pattern) {
            // Of a folder in which nothing lives that is only worth telling if it is new.
            let is_known = known.lives_in(folder) || known.around(folder) != Some(&words);
            if is_known {
                known.add(folder, words);
                to_folder(groups, folder.to_owned(), it);
            }
        } else if !used.contains(&index) && known.around(parent(it.literal())) != Some(&words) {
            to_part(groups, &mut parts, it);
        }
    }
}

/// What a sighting says of licenses, for comparing.
fn words(said: &Sighting) -> BTreeSet<String> {
    said.licenses.iter().map(|it| it.raw.value.trim().to_ascii_lowercase()).collect()
}

/// What is said of folders in which something lives.
struct Folders(BTreeMap<String, BTreeSet<String>>);

impl Folders {
    fn of(groups: &Groups) -> Self {
        let mut folders = Self(BTreeMap::new());
        for (home, group) in groups {
            if let Home::Directory(path) | Home::Package { directory: path, .. } = home {
                let all = group.sightings.iter().flat_map(|it| words(&it.said)).collect();
                folders.add(path, all);
            }
        }
        folders
    }

    fn add(&mut self, path: &str, words: BTreeSet<String>) {
        self.0.entry(path.to_owned()).or_default().extend(words);
    }

    fn lives_in(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// What is said of the nearest folder around `path` in which something lives.
    fn around(&self, path: &str) -> Option<&BTreeSet<String>> {
        let mut path = path;
        loop {
            match self.0.get(path) {
                Some(it) => return Some(it),
                None if path.is_empty() => return None,
                None => path = parent(path),
            }
        }
    }
}

impl Cover {
    /// The pattern up to its first star.
    fn literal(&self) -> &str {
        self.pattern.split('*').next().unwrap_or_default()
    }
}

fn made(file: &str, said: Sighting) -> Option<Cover> {
    let Subject::Files { pattern, precedence } = &said.subject else { return None };
    let pattern = resolved(parent(file), pattern.replace('\\', "\u{0}").as_str())?;
    let pattern = pattern.replace('\u{0}', "\\");
    let (signs, precedence) = (signs(&pattern), *precedence);
    Some(Cover { file: file.to_owned(), pattern, signs, precedence, said })
}

/// Gives a weight file the words that are for it, and tells which covers are.
fn give(seen: &mut Seen, covers: &[Cover]) -> Vec<usize> {
    let mut by_file: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, it) in covers.iter().enumerate().filter(|(_, it)| matches(&it.signs, &seen.file)) {
        // The last pattern of a file that matches holds.
        by_file.insert(&it.file, index);
    }
    let mut meant: Vec<usize> = by_file.into_values().collect();
    // The outermost that overrides is heard alone, but never instead of the file itself: whoever
    // takes weights in cannot write away what their header says. Else the nearest speaks, unless
    // the file does, and who adds adds.
    meant.sort_by_key(|it| covers[*it].file.matches('/').count());
    let overriding = meant.iter().find(|it| covers[**it].precedence == Precedence::Override);
    if let Some(only) = overriding.copied() {
        seen.said.licenses.extend(covers[only].said.licenses.iter().cloned());
        return meant;
    }
    let is_spoken_for = !seen.said.licenses.is_empty();
    let beside = |it: &usize| covers[*it].file.strip_suffix(".license") == Some(seen.file.as_str());
    let nearest = meant.iter().copied().find(beside).or(meant.last().copied());
    for it in &meant {
        let adds = covers[*it].precedence == Precedence::Aggregate;
        let is_nearest = nearest == Some(*it) && (!is_spoken_for || beside(it));
        if adds || is_nearest {
            seen.said.licenses.extend(covers[*it].said.licenses.iter().cloned());
        }
    }
    meant
}

/// The folder of which a pattern covers all files.
fn whole_folder(pattern: &str) -> Option<&str> {
    let folder = match pattern.rsplit_once('/') {
        Some((folder, "*" | "**")) => folder.strip_suffix("/**").unwrap_or(folder),
        None if matches!(pattern, "*" | "**") => "",
        Some(_) | None => return None,
    };
    (!folder.contains(['*', '\\'])).then_some(folder)
}

/// Words for a whole folder are said of the folder.
fn to_folder(groups: &mut Groups, folder: String, cover: Cover) {
    let mut said = cover.said;
    said.subject = Subject::Directory;
    let group = groups.entry(Home::Directory(folder)).or_default();
    group.sightings.push(Seen { file: cover.file, is_header: false, said });
}

/// Files that make one part: of one kind, under the same words, told of by one file or by files
/// beside them in one folder.
type Part = (Kind, BTreeSet<String>, String);

/// Files in which no component lives are a part.
fn to_part(groups: &mut Groups, parts: &mut BTreeMap<Part, Home>, cover: Cover) {
    let kind = kind_of(&cover.pattern);
    let teller = if cover.file.ends_with(".license") {
        parent(&cover.file).to_owned()
    } else {
        cover.file.clone()
    };
    let mut said = cover.said;
    said.subject = Subject::File;
    said.kind = Some(kind);
    said.elsewhere = true;
    let here = || Home::File(cover.pattern.clone());
    let home = parts.entry((kind, words(&said), teller)).or_insert_with(here).clone();
    let seen = Seen { file: cover.pattern, is_header: false, said };
    groups.entry(home).or_default().sightings.push(seen);
}

/// What files are, by their endings, else by their folders.
fn kind_of(pattern: &str) -> Kind {
    const CODE: [&str; 24] = [
        "c", "cc", "cpp", "cs", "css", "cu", "go", "h", "hpp", "html", "ipynb", "java", "js", "kt",
        "lua", "php", "py", "rb", "rs", "sh", "swift", "ts", "tsx", "toml",
    ];
    const DATA: [&str; 9] =
        ["arrow", "csv", "jsonl", "npy", "npz", "parquet", "tfrecord", "tsv", "wav"];
    const WEIGHTS: [&str; 9] =
        ["bin", "ckpt", "gguf", "h5", "onnx", "pt", "pth", "safetensors", "tflite"];
    let ending = pattern.rsplit('/').next().and_then(|it| it.rsplit_once('.'));
    let ending = ending.map(|it| it.1.to_ascii_lowercase()).unwrap_or_default();
    let is_one = |of: &[&str]| of.contains(&ending.as_str());
    match () {
        () if is_one(&CODE) => Kind::Code,
        () if is_one(&DATA) => Kind::Dataset,
        () if is_one(&WEIGHTS) => Kind::Model,
        () => kind_by_path(parent(pattern)).unwrap_or(Kind::Document),
    }
}
