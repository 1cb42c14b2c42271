//! The files of a policy: its own, and those of the bases that it extends.

use std::path::{Path, PathBuf};

use caveat_core::source::{Source, SourceId, Sources, Span, Spanned};
use caveat_policy::extends::effective;
use caveat_policy::named;
use caveat_policy::policy::{Mistake, Parent, Policy as Terms, PolicyError};
use caveat_report::mistakes::{Mistaken, mistakes};
use caveat_report::run::Look;

use super::text::{bytes_of, text};
use crate::discover::relative;
use crate::error::{Error, said};

/// How many policies may extend one another in a row: nobody follows more.
const DEEPEST: usize = 8;
/// How many files a policy may be made from.
const MOST: usize = 32;

/// A file of a policy.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// What findings call it.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) text: String,
    /// Where it is, without links; nothing for a shipped policy.
    pub(crate) path: Option<PathBuf>,
    /// The files that it extends, by number.
    bases: Vec<usize>,
}

impl File {
    pub(super) fn new(name: String, text: String) -> Self {
        Self { name, text, path: None, bases: Vec::new() }
    }

    pub(super) fn at(path: PathBuf, name: String, text: String) -> Self {
        Self { path: Some(path), ..Self::new(name, text) }
    }

    /// Whether it is the same file: a shipped policy has no path, but a name of its own.
    fn is(&self, other: &Self) -> bool {
        self.path == other.path && (self.path.is_some() || self.name == other.name)
    }
}

/// The files of a policy, every base before those that extend it: the policy's own is the last.
#[derive(Clone, Debug, Default)]
pub(super) struct Files(Vec<File>);

/// What is found on the way from a policy to its bases.
struct Search<'a> {
    /// The folder that no file may lie out of; nothing for a text that comes from nowhere.
    root: Option<&'a Path>,
    /// Files that are complete.
    done: Vec<File>,
    /// The files that lead to the one at hand, each extending the next.
    way: Vec<File>,
}

impl Files {
    /// Reads all files of a policy. Nothing outside of `root` is one.
    pub(super) fn gather(file: File, root: Option<&Path>) -> Result<Self, Error> {
        let mut search = Search { root, done: Vec::new(), way: Vec::new() };
        search.visit(file)?;
        Ok(Self(search.done))
    }

    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = &File> {
        self.0.iter()
    }

    /// The same files, in other words where `words` has some.
    pub(super) fn in_words(mut self, words: &dyn Fn(&Path) -> Option<String>) -> Self {
        for file in &mut self.0 {
            if let Some(text) = file.path.as_deref().and_then(words) {
                file.text = text;
            }
        }
        self
    }

    /// The same with another text of the policy's own file.
    pub(super) fn with_text(&self, text: &str) -> Self {
        let mut files = self.clone();
        if let Some(own) = files.0.last_mut() {
            text.clone_into(&mut own.text);
        }
        files
    }

    /// Calls the policy's own file by another name.
    pub(super) fn rename(&mut self, name: &str) {
        if let Some(own) = self.0.last_mut() {
            name.clone_into(&mut own.name);
        }
    }

    /// Their texts under the numbers that they have before a run, for what is wrong with them.
    pub(super) fn sources(&self) -> Sources {
        let mut sources = Sources::new();
        for (number, file) in self.0.iter().enumerate() {
            sources.insert(Source::text(placeholder(number), &file.name, file.text.clone()));
        }
        sources
    }

    /// What the files come to.
    pub(super) fn read(&self) -> Result<Terms, Error> {
        let ids: Vec<_> = (0..self.0.len()).map(placeholder).collect();
        self.read_as(&ids).map_err(|errors| invalid(&self.0, &errors))
    }

    /// The same as if the files were the sources `ids`.
    pub(super) fn read_as(&self, ids: &[SourceId]) -> Result<Terms, Vec<PolicyError>> {
        let mut all: Vec<Terms> = Vec::new();
        for (number, (file, id)) in self.0.iter().zip(ids).enumerate() {
            let is_own = number + 1 == self.0.len();
            let parse = if is_own { Terms::parse } else { Terms::parse_base };
            let own = parse(file.name.clone(), &file.text, *id)?;
            let parents = file.bases.iter().filter_map(|it| all.get(*it).cloned());
            let parents: Vec<_> = parents.collect();
            all.push(if parents.is_empty() { own } else { effective(&own, &parents)? });
        }
        let Some(terms) = all.pop() else {
            return Ok(Terms::empty("", SourceId(0)));
        };
        let mut undefined = terms.undefined_products();
        // What a base says of products that are not made here is idle; a slip of the child's is not.
        undefined.retain(|it| it.at.source == terms.source);
        if undefined.is_empty() { Ok(terms) } else { Err(undefined) }
    }
}

/// The number of a file before it joins the sources of a run, which bind its spans: see `enter`.
fn placeholder(number: usize) -> SourceId {
    SourceId(u32::MAX - 1 - u32::try_from(number).unwrap_or_default())
}

impl Search<'_> {
    /// Reads a file and all that it extends, and returns its number.
    fn visit(&mut self, file: File) -> Result<usize, Error> {
        let id = placeholder(0);
        let own = Terms::parse_base(file.name.clone(), &file.text, id);
        let own = own.map_err(|errors| invalid(std::slice::from_ref(&file), &errors))?;
        self.way.push(file);
        let mut bases = Vec::new();
        for parent in &own.extends {
            let number = self.base(parent).map_err(|error| match error {
                Refused::Here(mistake) => {
                    let file = self.way.last().map(std::slice::from_ref).unwrap_or_default();
                    invalid(file, &[PolicyError { at: parent.at, mistake }])
                }
                Refused::There(it) => *it,
            })?;
            if !bases.contains(&number) {
                bases.push(number);
            }
        }
        let file = self.way.pop().map(|it| File { bases, ..it });
        self.done.extend(file);
        Ok(self.done.len() - 1)
    }

    /// The number of a base, read first if need be.
    fn base(&mut self, parent: &Spanned<Parent>) -> Result<usize, Refused> {
        let file = self.open(&parent.value)?;
        if let Some(first) = self.way.iter().position(|it| it.is(&file)) {
            let circle = self.way.iter().skip(first).chain([&file]);
            let names: Vec<_> = circle.map(|it| it.name.as_str()).collect();
            let says = format!("`extends` goes round in a circle: {}", names.join(" → "));
            return Err(refused(says, "take one of these lines out"));
        }
        if let Some(known) = self.done.iter().position(|it| it.is(&file)) {
            return Ok(known);
        }
        if self.way.len() >= DEEPEST || self.way.len() + self.done.len() >= MOST {
            let says = format!(
                "`extends` goes too far: at most {DEEPEST} policies in a row, and {MOST} in all"
            );
            return Err(refused(says, "put what they say into fewer files"));
        }
        self.visit(file).map_err(|it| Refused::There(Box::new(it)))
    }

    fn open(&self, parent: &Parent) -> Result<File, Refused> {
        let folder = self.way.last().and_then(|it| it.path.as_deref()?.parent());
        let (written, path) = match parent {
            Parent::Named(name) => {
                let text = named::named(name).unwrap_or_default().to_owned();
                return Ok(File::new(shipped(name), text));
            }
            Parent::FromRoot(it) => (it, self.root.map(|root| root.join(it))),
            Parent::Beside(it) => (it, folder.map(|folder| folder.join(it))),
        };
        let cannot = |why: &str, help: &str| {
            refused(format!("cannot read the base policy `{written}`: {why}"), help)
        };
        let Some((path, root)) = path.zip(self.root) else {
            let help = "extend a shipped policy, or read this one from a file";
            return Err(cannot("this policy is in no folder", help));
        };
        let missing = |it: std::io::Error| {
            let help = "copy the base into the repository; `//` begins at its root, other names \
                        beside this file";
            cannot(&said(&it), help)
        };
        let whole = path.canonicalize().map_err(missing)?;
        if !whole.starts_with(root) {
            return Err(cannot(
                "it lies outside of the repository",
                "copy it in; no link leads out",
            ));
        }
        let bytes = bytes_of(&whole).map_err(missing)?;
        let text = text(bytes).map_err(|it| cannot(&it, "is it the right file?"))?;
        let name = relative(root, &whole);
        Ok(File::at(whole, name, text))
    }
}

/// What findings call a shipped policy.
pub(super) fn shipped(name: &str) -> String {
    format!("policies/{name}.toml")
}

/// Why a base is none.
enum Refused {
    /// The line that names it is wrong.
    Here(Mistake),
    /// There is a mistake in it, or in what it extends.
    There(Box<Error>),
}

fn refused(says: String, help: &str) -> Refused {
    Refused::Here(Mistake::Base { says, help: help.to_owned() })
}

/// The root of the repository that a policy file lies in; without one, the folder that its paths
/// begin in.
pub(super) fn root_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    let repository = folder.ancestors().find(|it| it.join(".git").exists());
    let hidden = folder.file_name().is_some_and(|it| it == ".caveat");
    let own = if hidden { folder.parent().unwrap_or(folder) } else { folder };
    repository.unwrap_or(own).to_owned()
}

/// The mistakes of a policy, each with its lines. The name is that of the file with the first.
fn invalid(files: &[File], errors: &[PolicyError]) -> Error {
    let mut sources = Sources::new();
    for (number, file) in files.iter().enumerate() {
        sources.insert(Source::text(placeholder(number), file.name.clone(), file.text.clone()));
    }
    let told = |it: &PolicyError| Mistaken {
        problem: it.to_problem(),
        also: it.also().map(|(at, says): (Span, _)| (at, says.to_owned())),
    };
    let told: Vec<_> = errors.iter().map(told).collect();
    let look = Look { width: 100, color: false, verbose: false };
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = mistakes(&told, &sources, &look, &mut bytes);
    let mistakes = String::from_utf8_lossy(&bytes).into_owned();
    let first = errors.first().and_then(|it| sources.get(it.at.source));
    let name = first.map(|it| it.name.clone()).unwrap_or_default();
    Error::PolicyInvalid { name, mistakes }
}
