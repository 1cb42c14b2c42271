//! From paths to a graph: the one function that most programs want.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use caveat_core::catalog::{self, Catalog};
use caveat_core::component::ComponentId;
use caveat_core::coverage::{Coverage, Skipped};
use caveat_core::identify::identify;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::notices::READER as NOTICES;
use caveat_core::reading::Reading;
use caveat_core::recall::recall;
use caveat_core::relate::relate;
use caveat_core::source::{Problem, Source, SourceId, Sources};
use caveat_core::terms::Word;

use crate::aids::Aids;
use crate::discover::{Found, Missed, Tree, discover};
use crate::error::{Error, said};
use crate::installed;
use crate::machine::Machine;
use crate::open::Opened;
use crate::read::{Work, is_promising, number, plan, read_all};
use crate::unread::not_looked_at;

mod changes;

pub(crate) use changes::{is_silent, scan_changed, unscanned};

/// Everything that a scan found.
#[derive(Clone, Debug)]
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
    /// The first of the sources that are no files of the tree: what this machine has installed.
    pub(crate) installed: SourceId,
    /// Every file of the folders that were walked, by name; none where single files were named, of
    /// which nobody knows what lies beside them.
    pub(crate) files: Vec<Found>,
    /// The components that are asked about; `None` for all.
    pub(crate) concerned: Option<BTreeSet<ComponentId>>,
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

/// Scans directories and files. What cannot be read or understood is in the graph's problems and
/// in the coverage; only a path that cannot be opened, or nothing to scan at all, is an error.
pub fn scan<P: Into<PathBuf> + Clone>(paths: &[P]) -> Result<Scan, Error> {
    let paths: Vec<PathBuf> = paths.iter().cloned().map(Into::into).collect();
    scan_with(&paths, ScanOptions::default())
}

/// Scans with options.
pub fn scan_with(paths: &[PathBuf], options: ScanOptions) -> Result<Scan, Error> {
    scan_for(paths, options, Aids::none())
}

/// Scans for the command, which has a cache and shows how far it is.
pub(crate) fn scan_for(paths: &[PathBuf], options: ScanOptions, aids: Aids) -> Result<Scan, Error> {
    let tree = discover(paths, options.ignore_files, None)?;
    let home = tree.root.clone();
    scanned(tree, &home, aids)
}

/// Scans a copy of a tree: `root` stands for the folder of the original, beside which installed
/// packages lie.
pub(crate) fn scan_as(
    paths: &[PathBuf],
    options: ScanOptions,
    (root, original): (&Path, &Path),
) -> Result<Scan, Error> {
    let tree = discover(paths, options.ignore_files, Some(root))?;
    scanned(tree, original, Aids::none())
}

fn scanned(tree: Tree, home: &Path, mut aids: Aids) -> Result<Scan, Error> {
    aids.begin(&tree);
    let library = Library::embedded();
    let read = read_tree(&tree, home, library, &aids)?;
    if read.coverage.read == read.searched && read.readings.is_empty() {
        return Err(Error::NothingScanned { root: tree.root, skipped: read.coverage.skipped });
    }
    let scan = finish(tree, library, read);
    aids.cache.close();
    Ok(scan)
}

/// Reads every file that a reader wants, and what packages say that they name: those lie beside
/// `home`.
fn read_tree(tree: &Tree, home: &Path, library: Library, aids: &Aids) -> Result<Taken, Error> {
    let mut taken = Taken { sources: with_terms(library), ..Taken::default() };
    let first = taken.sources.next().0;
    let work = plan(tree);
    for (index, opened) in read_all(&work, first, aids).into_iter().enumerate() {
        taken.take(work[index], number(first, index), opened)?;
    }
    for (index, missed) in tree.missed.iter().enumerate() {
        taken.miss(missed, number(first, work.len().saturating_add(index)));
    }
    taken.coverage.skipped.sort();
    taken.coverage.skipped.dedup();
    taken.coverage.seen = tree.files.len();
    taken.coverage.not_looked_at = not_looked_at(tree, &work);
    taken.installed = Some(taken.sources.next());
    let Taken { readings, sources, .. } = &mut taken;
    installed::more((home, &aids.cache), &Machine::here(), &library, readings, sources);
    Ok(taken)
}

/// Makes a graph of what was read.
fn finish(tree: Tree, library: Library, read: Taken) -> Scan {
    let Taken { sources, readings, coverage, installed, .. } = read;
    let graph = relate(identify(readings, &sources, &library), &sources);
    let graph = recall(graph, Catalog::embedded(), table(library), &sources);
    let installed = installed.unwrap_or_else(|| sources.next());
    let Tree { root, mut files, .. } = tree;
    if files.iter().any(|it| it.asked_for) {
        files.clear();
    }
    Scan { root, sources, library, graph, coverage, installed, files, concerned: None }
}

/// What was read so far.
#[derive(Default)]
struct Taken {
    sources: Sources,
    readings: Vec<Reading>,
    coverage: Coverage,
    /// Programs that were searched for notices and have none: that is no answer to a question.
    searched: usize,
    /// The first source that this machine has installed.
    installed: Option<SourceId>,
}

impl Taken {
    fn take(
        &mut self,
        (found, reader): Work<'_>,
        id: SourceId,
        opened: Opened,
    ) -> Result<(), Error> {
        let name = &found.name;
        match opened {
            Opened::Read(source, reading, weights) => {
                self.coverage.weights = self.coverage.weights.and(weights);
                let is_search = reader.name == NOTICES.name && !found.asked_for;
                self.searched += usize::from(is_search && reading.is_empty());
                self.read(source, reading);
            }
            // Who names a file and gets no answer about it has to know at once.
            Opened::Closed(why) if found.asked_for => return Err(Error::path(&found.path, why)),
            Opened::Closed(why) => {
                let what = format!("cannot be read: {}", said(&why));
                self.lose(id, name, what, Some("let Caveat read it, or exclude it in the policy"));
            }
            Opened::Strange { what, .. } if !is_promising(name) => {
                self.skip(name, what.to_owned());
            }
            Opened::Strange { what, help } => self.lose(id, name, what.to_owned(), Some(help)),
        }
        Ok(())
    }

    fn read(&mut self, source: Source, reading: Reading) {
        self.coverage.read += 1;
        if let Some(bytes) = source.cut_at {
            self.skip(&source.name, format!("read only in part: the file has {bytes} bytes"));
        }
        // What said nothing is dropped at once: memory is bound by what was found.
        if !reading.is_empty() {
            self.sources.insert(source);
            self.readings.push(reading);
        }
    }

    /// What the walk could not hand on is lost where somebody would have read it.
    fn miss(&mut self, missed: &Missed, id: SourceId) {
        if missed.is_folder || is_promising(&missed.name) {
            self.lose(id, &missed.name, missed.why.clone(), missed.help);
        } else {
            self.skip(&missed.name, missed.why.clone());
        }
    }

    /// What a file may have said is a question that the gate has to ask, so it gets a problem, and
    /// an empty text for the problem to stand in.
    fn lose(&mut self, id: SourceId, name: &str, what: String, help: Option<&str>) {
        let source = Source::text(id, name, "");
        let problem = Problem { at: source.span(0..0), what, help: help.map(str::to_owned) };
        self.skip(name, problem.what.clone());
        self.sources.insert(source);
        self.readings.push(Reading { sightings: Vec::new(), problems: vec![problem] });
    }

    fn skip(&mut self, name: &str, why: String) {
        self.coverage.skipped.push(Skipped { path: name.to_owned(), why });
    }
}

/// The catalogue's text among the sources that [`with_terms`] begins.
pub(crate) fn table(library: Library) -> SourceId {
    SourceId(u32::try_from(library.sources().count()).unwrap_or(u32::MAX))
}

/// Sources that begin with the library's own texts and the catalogue, so that findings can point
/// into them.
pub(crate) fn with_terms(library: Library) -> Sources {
    let mut sources = Sources::new();
    for (name, text) in library.sources() {
        sources.add(name, text);
    }
    sources.add(catalog::NAME, Catalog::embedded().text());
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

/// Whether a source is a file of the tree, rather than of what this machine has installed.
pub(crate) fn here(scan: &Scan) -> impl Fn(SourceId) -> bool + use<> {
    let (embedded, installed) = (table(scan.library), scan.installed);
    move |it| it > embedded && it < installed
}
