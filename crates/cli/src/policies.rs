//! Which policy judges: asked for, found in the repository, or the shipped default.

mod bases;
mod text;

use std::path::{Path, PathBuf};

use caveat_core::source::{SourceId, Sources};
use caveat_policy::named;
use caveat_policy::policy::Policy as Terms;

use crate::baseline::{Listed, base};
use crate::discover::relative;
use crate::error::Error;
use crate::lockfile::{FILE, Written};
use crate::own::Own;
pub(crate) use bases::File;
use bases::{Files, root_of, shipped};
use text::text_of;

/// Names under which a policy is found, from the scanned folder upwards.
const FILES: [&str; 2] = ["caveat.toml", ".caveat/caveat.toml"];

/// A policy that was chosen, with where it came from.
#[derive(Clone, Debug)]
pub struct Chosen {
    name: String,
    /// The files that it was made from.
    files: Files,
    /// What they come to; its spans point into no sources of a run.
    terms: Terms,
    /// From the folder that the policy speaks of to the scanned folder; empty for the same.
    pub(crate) prefix: String,
    default_because: Option<String>,
    /// It is the scanned tree's own, or stands in for one: what else the tree says of its findings
    /// counts too.
    is_own: bool,
    /// Findings that were there before.
    pub(crate) listed: Listed,
    /// What licenses were.
    pub(crate) lock: Option<Written>,
    /// Files of licenses that only the policy knows.
    own: Own,
}

impl Chosen {
    /// A shipped policy by its name.
    pub fn named(name: &str) -> Result<Self, Error> {
        let text = named::named(name).ok_or_else(|| Error::PolicyUnknown {
            name: name.to_owned(),
            known: named::NAMES.to_vec(),
        })?;
        Self::parse(shipped(name), text.to_owned())
    }

    /// A policy from its text; `name` is what findings call it.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, Error> {
        Self::of(File::new(name.into(), text.into()), None)
    }

    /// A policy from a file. What it extends is read from the repository that it lies in.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let name = path
            .file_name()
            .map_or_else(|| path.display().to_string(), |it| it.to_string_lossy().into_owned());
        let text = text_of(path)?;
        let whole = path.canonicalize();
        let whole =
            whole.map_err(|source| Error::PolicyUnreadable { path: path.to_owned(), source })?;
        let root = root_of(&whole);
        let chosen = Self::of(File::at(whole.clone(), name, text), Some(&root))?;
        let own = Own::read(&chosen.terms, chosen.files.sources(), &folder_of(&whole))?;
        Ok(Self { own, ..chosen })
    }

    fn of(file: File, root: Option<&Path>) -> Result<Self, Error> {
        let name = file.name.clone();
        let files = Files::gather(file, root)?;
        let terms = files.read()?;
        let (default_because, prefix) = (None, String::new());
        let (is_own, listed, lock) = (false, Listed::Unread, None);
        let own = Own::default();
        Ok(Self { name, files, terms, prefix, default_because, is_own, listed, lock, own })
    }

    /// The same with the baseline of the tree at `root`, which sets findings aside that were there
    /// before: the file that `[baseline]` names, or `.caveat/baseline.toml` where the policy is the
    /// tree's own. `whole` says that all of the tree is judged.
    pub fn with_baseline(mut self, root: &Path, whole: bool) -> Result<Self, Error> {
        let named = self.terms.baseline.as_ref().map(|it| it.file.value.as_str());
        if named.is_some() || self.is_own {
            let whole = whole && self.prefix.is_empty();
            self.listed = Listed::read(&base(root, &self.prefix), named, whole)?;
        }
        Ok(self)
    }

    /// The same with the `caveat.lock` of the tree at `root`, with which it is compared. `whole`
    /// says that all of the tree is.
    pub fn with_lock(mut self, root: &Path, whole: bool) -> Result<Self, Error> {
        let base = base(root, &self.prefix);
        self.lock = Written::read(&base, FILE)?;
        let Some(lock) = &mut self.lock else {
            return Err(Error::Usage {
                what: format!("there is no {FILE} in `{}` to compare with", base.display()),
                help: "write it, and commit it: caveat lock".to_owned(),
            });
        };
        lock.whole = whole && self.prefix.is_empty();
        Ok(self)
    }

    /// The same policy with another text, as it would be after an edit.
    pub(crate) fn with_text(&self, text: &str) -> Result<Self, Error> {
        let files = self.files.with_text(text);
        let terms = files.read()?;
        Ok(Self { files, terms, ..self.clone() })
    }

    /// What it says, bases included.
    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The file that `[baseline]` names.
    pub(crate) fn baseline_file(&self) -> Option<&str> {
        self.terms.baseline.as_ref().map(|it| it.file.value.as_str())
    }

    /// What findings and reports call it.
    pub fn origin(&self) -> String {
        self.name.clone()
    }

    /// Why the built-in default judges, where it does.
    pub fn default_because(&self) -> Option<&str> {
        self.default_because.as_deref()
    }

    /// Whether it holds only as long as files of the tree, which nobody need read, are the same.
    pub(crate) fn quotes_files(&self) -> bool {
        !self.terms.clarify.is_empty()
    }

    /// The same policy, in other words where `words` has some for a file of it.
    pub(crate) fn in_words(self, words: &dyn Fn(&Path) -> Option<String>) -> Result<Self, Error> {
        let files = self.files.in_words(words);
        let terms = files.read()?;
        Ok(Self { files, terms, ..self })
    }

    /// The policy with its spans bound to `sources`, which its files join: bases first.
    pub(crate) fn enter(&self, sources: &mut Sources) -> Terms {
        let mut add = |it: &File| sources.add(it.name.clone(), it.text.clone());
        let ids: Vec<SourceId> = self.files.all().map(&mut add).collect();
        let mut terms = self.files.read_as(&ids).unwrap_or_else(|_| self.terms.clone());
        self.own.enter(&mut terms, sources);
        terms
    }

    /// The files that it was made from, in the order in which they join the sources.
    pub(crate) fn files(&self) -> impl DoubleEndedIterator<Item = &File> {
        self.files.all()
    }
}

/// The folder that the paths of a policy file start from.
fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new("."));
    let hidden = FILES.iter().find_map(|it| it.split_once('/')).map(|(it, _)| it);
    let inside = folder.file_name().and_then(|it| it.to_str()).filter(|it| Some(*it) == hidden);
    inside.and_then(|_| folder.parent()).unwrap_or(folder).to_owned()
}

/// The policy that `asked` names, else the repository's own, else the shipped default.
pub(crate) fn choose(asked: Option<&str>, root: &Path) -> Result<Chosen, Error> {
    match asked {
        Some(asked) => chosen(asked, root),
        None => found_or_default(root),
    }
}

fn chosen(asked: &str, root: &Path) -> Result<Chosen, Error> {
    let path = PathBuf::from(asked);
    // A name without a dot or slash is a shipped policy first, whatever folder is called so.
    if !asked.contains(['/', '\\', '.']) && !path.is_file() {
        return Chosen::named(asked);
    }
    let mut chosen = Chosen::load(&path)?;
    if let (Ok(path), Some((own, base))) = (path.canonicalize(), find(root))
        && own == path
    {
        chosen.prefix = relative(&base, root);
        chosen.is_own = true;
    }
    Ok(chosen)
}

fn found_or_default(root: &Path) -> Result<Chosen, Error> {
    let mut because = "no caveat.toml was found".to_owned();
    if let Some((path, base)) = find(root) {
        let mut chosen = Chosen::load(&path)?;
        chosen.name = relative(&base, &path);
        chosen.is_own = true;
        chosen.files.rename(&chosen.name);
        chosen.prefix = relative(&base, root);
        // Who asks about a folder that the repository's policy leaves out wants an answer.
        if chosen.prefix.is_empty() || chosen.terms.excluded(&chosen.prefix).is_none() {
            return Ok(chosen);
        }
        because = format!("{} of the repository excludes this folder", chosen.name);
    }
    let mut chosen = Chosen::named(named::DEFAULT)?;
    chosen.default_because = Some(because);
    chosen.is_own = true;
    Ok(chosen)
}

/// Looks from `root` upwards to the top of the repository. Returns the file and the folder that
/// its paths are relative to. What has the name and is no file is found too: to pass it over
/// would judge by another policy than people see.
fn find(root: &Path) -> Option<(PathBuf, PathBuf)> {
    for folder in root.ancestors() {
        for name in FILES {
            let path = folder.join(name);
            if path.symlink_metadata().is_ok() {
                return Some((path, folder.to_owned()));
            }
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
