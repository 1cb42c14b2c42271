//! From paths to a graph: the one function that most programs want.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use caveat_core::catalog::{self, Catalog};
use caveat_core::component::Kind;
use caveat_core::coverage::{Coverage, Skipped};
use caveat_core::identify::identify;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::notices::READER as NOTICES;
use caveat_core::reading::{Reading, Subject};
use caveat_core::recall::recall;
use caveat_core::relate::relate;
use caveat_core::source::{Problem, Source, SourceId, Sources};
use caveat_core::terms::Word;

use crate::affected::Affected;
use crate::aids::Aids;
use crate::discover::{Missed, Tree, discover};
use crate::error::{Error, said};
use crate::installed;
use crate::machine::Machine;
use crate::open::Opened;
use crate::read::{Work, is_promising, number, plan, read_all};
use crate::staged::Changed;
use crate::unread::not_looked_at;

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

/// Scans directories and files. What cannot be read or understood is in the graph's problems and
/// in the coverage; only a path that cannot be opened, or nothing to scan at all, is an error.
pub fn scan<P: Into<PathBuf> + Clone>(paths: &[P]) -> Result<Scan, Error> {
    let paths: Vec<PathBuf> = paths.iter().cloned().map(Into::into).collect();
    scan_with(&paths, ScanOptions::default())
}

/// Scans with options.
pub fn scan_with(paths: &[PathBuf], options: ScanOptions) -> Result<Scan, Error> {
    scan_tree(discover(paths, options.ignore_files)?, Aids::none())
}

/// Scans for the command, which has a cache and shows how far it is.
pub(crate) fn scan_for(paths: &[PathBuf], options: ScanOptions, aids: Aids) -> Result<Scan, Error> {
    scan_tree(discover(paths, options.ignore_files)?, aids)
}

/// Scans files that were found.
pub(crate) fn scan_tree(tree: Tree, mut aids: Aids) -> Result<Scan, Error> {
    aids.begin(&tree);
    let library = Library::embedded();
    let read = read_tree(&tree, library, &aids)?;
    if read.coverage.read == read.searched && read.readings.is_empty() {
        return Err(Error::NothingScanned { root: tree.root, skipped: read.coverage.skipped });
    }
    let scan = finish(tree, library, read);
    aids.cache.close();
    Ok(scan)
}

/// Scans files that were found, and tells whom the change of some of them concerns.
pub(crate) fn scan_changed(
    tree: Tree,
    changed: &Changed,
    mut aids: Aids,
) -> Result<(Scan, Affected), Error> {
    aids.begin(&tree);
    let library = Library::embedded();
    let read = read_tree(&tree, library, &aids)?;
    let before = earlier(&read, changed);
    let scan = finish(tree, library, read);
    aids.cache.close();
    let mut affected = Affected::of(&scan.graph, &scan.sources, &changed.paths);
    if let Some((readings, sources)) = before {
        // What was made from something that is gone, or goes by another name now, is concerned too.
        let graph = relate(identify(readings, &sources, &library), &sources);
        let earlier = Affected::of(&graph, &sources, &changed.paths);
        affected = affected.and(&scan.graph, earlier);
    }
    Ok((scan, affected))
}

/// What the tree says together with what changed files said before; nothing where those were silent
/// or still go by the same names.
fn earlier(read: &Taken, changed: &Changed) -> Option<(Vec<Reading>, Sources)> {
    let tree = Tree { files: changed.before.clone(), ..Tree::default() };
    let work = plan(&tree);
    let first = read.sources.next().0;
    let mut taken = Taken::default();
    for (index, opened) in read_all(&work, first, &Aids::none()).into_iter().enumerate() {
        // What could not be read then is no reason now.
        let _ = taken.take(work[index], number(first, index), opened);
    }
    if names(&taken) == names_in(read, &changed.paths) || taken.readings.is_empty() {
        return None;
    }
    let mut readings = read.readings.clone();
    readings.append(&mut taken.readings);
    let mut sources = read.sources.clone();
    taken.sources.iter().for_each(|it| sources.insert(it.clone()));
    Some((readings, sources))
}

/// Of whom a file speaks, and by which names.
type Named<'a> = Vec<(&'a str, &'a Subject, Option<Kind>, Vec<&'a str>)>;

fn names(read: &Taken) -> Named<'_> {
    let all = read.readings.iter().flat_map(|it| &it.sightings);
    let named = all.filter_map(|it| {
        let file = read.sources.get(it.at.source)?.name.as_str();
        let names = it.names.iter().map(|it| it.value.as_str()).collect();
        Some((file, &it.subject, it.kind, names))
    });
    named.collect()
}

fn names_in<'a>(read: &'a Taken, files: &BTreeSet<String>) -> Named<'a> {
    names(read).into_iter().filter(|it| files.contains(it.0)).collect()
}

/// Reads every file that a reader wants, and what packages say that they name.
fn read_tree(tree: &Tree, library: Library, aids: &Aids) -> Result<Taken, Error> {
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
    let Taken { readings, sources, .. } = &mut taken;
    installed::more((&tree.root, &aids.cache), &Machine::here(), &library, readings, sources);
    Ok(taken)
}

/// Makes a graph of what was read.
fn finish(tree: Tree, library: Library, read: Taken) -> Scan {
    let Taken { sources, readings, coverage, .. } = read;
    let graph = relate(identify(readings, &sources, &library), &sources);
    let graph = recall(graph, Catalog::embedded(), table(library), &sources);
    Scan { root: tree.root, sources, library, graph, coverage }
}

/// What was read so far.
#[derive(Default)]
struct Taken {
    sources: Sources,
    readings: Vec<Reading>,
    coverage: Coverage,
    /// Programs that were searched for notices and have none: that is no answer to a question.
    searched: usize,
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
