//! From paths to a graph: the one function that most programs want.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use caveat_core::coverage::{Coverage, Skipped};
use caveat_core::identify::identify;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::readers;
use caveat_core::reading::Reader;
use caveat_core::relate::relate;
use caveat_core::source::{SourceId, Sources};
use caveat_core::terms::Word;

use crate::discover::{Found, Tree, discover};
use crate::error::Error;
use crate::installed;
use crate::machine::Machine;
use crate::open::{Opened, open};

/// Everything that a scan found.
#[derive(Debug)]
pub struct Scan {
    /// The directory that all paths are relative to.
    pub root: PathBuf,
    /// All text that said something.
    pub sources: Sources,
    /// The license terms.
    pub library: Library,
    /// Components and relations.
    pub graph: Graph,
    /// What was looked at.
    pub coverage: Coverage,
}

/// What a scan is to do.
#[derive(Clone, Copy, Debug)]
pub struct ScanOptions {
    /// Leave out what `.gitignore` files name.
    pub ignore_files: bool,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self { ignore_files: true }
    }
}

/// Scans directories and files. Files that cannot be read are in the coverage, and what cannot
/// be understood in the graph's problems; only a path that is not there, or nothing to scan at
/// all, is an error.
pub fn scan<P: Into<PathBuf> + Clone>(paths: &[P]) -> Result<Scan, Error> {
    let paths: Vec<PathBuf> = paths.iter().cloned().map(Into::into).collect();
    scan_with(&paths, ScanOptions::default())
}

/// Scans with options.
pub fn scan_with(paths: &[PathBuf], options: ScanOptions) -> Result<Scan, Error> {
    let tree = discover(paths, options.ignore_files)?;
    let library = Library::embedded();
    let mut sources = with_terms(library);
    let first = sources.next().0;
    let work = plan(&tree);
    let mut coverage =
        Coverage { seen: tree.files.len(), skipped: tree.skipped.clone(), ..Coverage::default() };
    let mut readings = Vec::new();
    for (index, opened) in read_all(&work, first) {
        let name = &work[index].0.name;
        match opened {
            Opened::Skipped(why) => coverage.skipped.push(Skipped { path: name.clone(), why }),
            Opened::Read(source, reading) => {
                coverage.read += 1;
                if let Some(bytes) = source.cut_at {
                    let why = format!("read only in part: the file has {bytes} bytes");
                    coverage.skipped.push(Skipped { path: name.clone(), why });
                }
                // What said nothing is dropped at once: memory is bound by what was found.
                if !reading.is_empty() {
                    sources.insert(source);
                    readings.push(reading);
                }
            }
        }
    }
    if coverage.read == 0 && coverage.skipped.is_empty() {
        return Err(Error::NothingScanned { root: tree.root });
    }
    installed::more(&tree.root, &Machine::here(), &library, &mut readings, &mut sources);
    coverage.not_looked_at = not_looked_at(&tree, &work);
    let graph = relate(identify(readings, &sources, &library), &sources);
    Ok(Scan { root: tree.root, sources, library, graph, coverage })
}

/// Sources that begin with the library's own texts, so that findings can point into them.
pub(crate) fn with_terms(library: Library) -> Sources {
    let mut sources = Sources::new();
    for (name, text) in library.sources() {
        sources.add(name, text);
    }
    sources
}

/// The category of every concluded license, for counting: the strictest where there are several.
pub(crate) fn categories(scan: &Scan) -> BTreeMap<String, String> {
    let mut categories = BTreeMap::new();
    for component in scan.graph.components.values() {
        let Some(license) = &component.conclusion.license else { continue };
        let terms = license.licenses().map(|it| scan.library.terms(it.id.as_str()));
        let category = terms.map(|it| it.map(|it| it.license.category)).max().flatten();
        if let Some(it) = category {
            categories.insert(license.to_string(), it.name().to_owned());
        }
    }
    categories
}

/// Which reader reads which file: the first that wants it. A file that the user named and no
/// reader wants is read as a license text.
fn plan(tree: &Tree) -> Vec<(&Found, &'static Reader)> {
    let reader = |it: &Found| {
        let wanted = readers::READERS.iter().find(|reader| (reader.wants)(&it.name));
        wanted.or_else(|| it.asked_for.then_some(&readers::ANY_TEXT))
    };
    tree.files.iter().filter_map(|it| Some((it, reader(it)?))).collect()
}

/// Reads on all cores; the result is in the order of the files whatever the order of reading.
fn read_all(work: &[(&Found, &'static Reader)], first: u32) -> Vec<(usize, Opened)> {
    let next = AtomicUsize::new(0);
    let threads =
        std::thread::available_parallelism().map_or(1, usize::from).min(work.len().max(1));
    let batch = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((found, reader)) = work.get(index) else { return done };
            let id = SourceId(first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)));
            done.push((index, open(found, reader, id)));
        }
    };
    let mut all = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(batch)).collect();
        handles.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect::<Vec<_>>()
    });
    all.sort_by_key(|(index, _)| *index);
    all
}

/// Where a license or a lineage may be written and nobody looked.
fn not_looked_at(tree: &Tree, work: &[(&Found, &'static Reader)]) -> Vec<String> {
    let mut places = vec!["the network: no model hub or package registry was asked".to_owned()];
    if tree.ignored {
        places.push("files that .gitignore names (use --no-ignore)".to_owned());
    }
    let read: std::collections::BTreeSet<&str> =
        work.iter().map(|(it, _)| it.name.as_str()).collect();
    for (endings, what) in UNREAD {
        let files: Vec<&str> = tree
            .files
            .iter()
            .map(|it| it.name.as_str())
            .filter(|it| !read.contains(it) && endings.iter().any(|ending| it.ends_with(ending)))
            .collect();
        if let Some(first) = files.first() {
            let more = if files.len() > 1 {
                format!(" and {} more", files.len() - 1)
            } else {
                String::new()
            };
            places.push(format!("{what}: {first}{more}"));
        }
    }
    places
}

/// Kinds of files that may tell of licenses or models and have no reader yet.
const UNREAD: [(&[&str], &str); 4] = [
    (
        &[
            ".py", ".ipynb", ".rs", ".js", ".ts", ".tsx", ".jsx", ".go", ".java", ".c", ".cpp",
            ".sh",
        ],
        "models and datasets named in code, and license notices in sources",
    ),
    (
        &[".onnx", ".tflite", ".mlmodel", ".keras", ".h5", ".pt", ".pth", ".bin", ".ckpt"],
        "the headers of weight files other than GGUF and safetensors",
    ),
    (&["Modelfile", "Dockerfile"], "models that build files pull"),
    (
        &["CITATION.cff", "datapackage.json", "croissant.json", "dataset-metadata.json"],
        "dataset metadata other than cards",
    ),
];
