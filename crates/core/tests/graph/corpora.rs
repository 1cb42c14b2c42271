//! Real trees: every claim stands where it says that it stands.

use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use caveat_core::component::Kind;
use caveat_core::identify::identify;
use caveat_core::inventory::{Component, Graph};
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::{Ranges, Read};
use caveat_core::relate::relate;
use caveat_core::source::{Source, Sources};

/// A folder of the shared corpora, where they are at hand; says so where they are not.
fn corpus(name: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|it| it.join("shared/corpora").join(name)).find(|it| it.is_dir());
    if found.is_none() {
        // Past the capturing of output, which would hide it.
        let _ =
            writeln!(std::io::stderr(), "SKIPPED: no shared/corpora/{name} beside the workspace");
    }
    found
}

fn files(root: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

struct OnDisk(File);

impl Ranges for OnDisk {
    fn len(&self) -> u64 {
        self.0.metadata().map_or(0, |it| it.len())
    }

    fn at(&mut self, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.seek(SeekFrom::Start(offset))?;
        let mut taken = (&mut self.0).take(buffer.len() as u64);
        let mut bytes = Vec::new();
        let count = taken.read_to_end(&mut bytes)?;
        buffer[..count].copy_from_slice(&bytes);
        Ok(count)
    }
}

/// Reads all files that a reader wants and whose text is UTF-8.
fn scan(root: &Path) -> (Sources, Graph) {
    let (mut sources, mut readings) = (Sources::new(), Vec::new());
    for path in files(root) {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        let Some(reader) = READERS.iter().find(|it| (it.wants)(&name)) else { continue };
        let id = sources.next();
        let (source, reading) = match reader.read {
            Read::Text(read) => {
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                let source = Source::text(id, name, text);
                let reading = read(&source);
                (source, reading)
            }
            Read::Header { render, read } => {
                let header = render(&mut OnDisk(File::open(&path).unwrap()));
                let source = header.into_source(id, name);
                let reading = read(&source);
                (source, reading)
            }
        };
        sources.insert(source);
        readings.push(reading);
    }
    let graph = relate(identify(readings, &sources, &Library::embedded()), &sources);
    (sources, graph)
}

/// How many claims there are, and of how many the file writes the words with escapes.
fn claims_stand_where_they_say(root: &Path) -> (usize, usize) {
    let (sources, graph) = scan(root);
    let (mut count, mut escaped) = (0, 0);
    for claim in graph.components.values().flat_map(|it| &it.claims) {
        let place = sources.place(claim.raw.at).unwrap();
        let bytes = std::fs::read(root.join(place.path)).unwrap();
        let range = usize::try_from(place.start).unwrap()..usize::try_from(place.end).unwrap();
        let written = String::from_utf8_lossy(&bytes[range.clone()]);
        // A quoted value may be escaped, and a whole text in a field is shown by its title.
        let is_escaped = written.contains(['\\', '\n', '\'']);
        assert!(written == claim.raw.value || is_escaped, "{place:?}: {:?}", claim.raw.value);
        let before = &bytes[..range.start];
        let text = std::str::from_utf8(before);
        if sources.get(claim.raw.at.source).is_some_and(|it| it.origins.is_empty()) {
            let before = text.unwrap().trim_start_matches('\u{feff}');
            assert_eq!(place.line, before.matches('\n').count() + 1, "{place:?}");
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            assert_eq!(place.column, column, "{place:?}");
        }
        count += 1;
        escaped += usize::from(written != claim.raw.value);
    }
    (count, escaped)
}

#[test]
fn claims_of_real_trees_stand_where_they_say() {
    let (mut total, mut escaped) = (0, 0);
    for name in ["model-cards", "dataset-cards", "license-files", "weights"] {
        let Some(root) = corpus(name) else { return };
        let (here, escaped_here) = claims_stand_where_they_say(&root);
        total += here;
        escaped += escaped_here;
    }
    assert!(total > 2400 && escaped < 10, "{total} claims, {escaped} of them escaped");
}

#[test]
fn the_parts_of_a_real_repository_have_licenses_of_their_own() {
    let Some(root) = corpus("license-files/ai-licenses") else { return };
    let (_, graph) = scan(&root);
    let line = |it: &Component| {
        let license = it.conclusion.license.as_ref().map_or("?".to_owned(), ToString::to_string);
        format!("{} {} {license}", it.path, it.kind.name())
    };
    let of = |folder: &str| -> Vec<String> {
        let inside = graph.components.values().filter(|it| it.path.starts_with(folder));
        inside.map(|it| line(it).replace(folder, "")).collect()
    };
    assert_eq!(
        of("tatsu-lab__stanford_alpaca"),
        [
            " code Apache-2.0",
            "/DATA_LICENSE dataset CC-BY-NC-4.0",
            "/WEIGHT_DIFF_LICENSE model CC-BY-NC-4.0",
        ]
    );
    assert_eq!(
        of("facebookresearch__audiocraft"),
        [" code MIT", "/LICENSE_weights model CC-BY-NC-4.0"]
    );
    assert!(graph.components.values().any(|it| it.kind == Kind::Model));
}
