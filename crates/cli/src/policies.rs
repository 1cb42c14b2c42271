//! Which policy judges: asked for, found in the repository, or the shipped default.

mod bases;
mod text;

use std::path::{Path, PathBuf};

use caveat_core::source::{SourceId, Sources};
use caveat_policy::named;
use caveat_policy::policy::{Policy as Terms, Product};

use crate::discover::relative;
use crate::error::Error;
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
        Self::of(File::at(whole, name, text), Some(&root))
    }

    fn of(file: File, root: Option<&Path>) -> Result<Self, Error> {
        let name = file.name.clone();
        let files = Files::gather(file, root)?;
        let terms = files.read()?;
        Ok(Self { name, files, terms, prefix: String::new(), default_because: None })
    }

    /// What findings and reports call it.
    pub fn origin(&self) -> String {
        self.name.clone()
    }

    /// Why the built-in default judges, where it does.
    pub fn default_because(&self) -> Option<&str> {
        self.default_because.as_deref()
    }

    /// The parts of it that are understood and checked, and that do not decide anything yet.
    pub fn without_effect(&self) -> Vec<&'static str> {
        without_effect(&self.terms)
    }

    /// What it says; its spans are bound to no sources.
    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The policy with its spans bound to `sources`, which its files join: bases first.
    pub(crate) fn enter(&self, sources: &mut Sources) -> Terms {
        let mut add = |it: &File| sources.add(it.name.clone(), it.text.clone());
        let ids: Vec<SourceId> = self.files.all().map(&mut add).collect();
        self.files.read_as(&ids).unwrap_or_else(|_| self.terms.clone())
    }

    /// The files that it was made from, in the order in which they join the sources.
    pub(crate) fn files(&self) -> impl DoubleEndedIterator<Item = &File> {
        self.files.all()
    }
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
    }
    Ok(chosen)
}

fn found_or_default(root: &Path) -> Result<Chosen, Error> {
    let mut because = "no caveat.toml was found".to_owned();
    if let Some((path, base)) = find(root) {
        let mut chosen = Chosen::load(&path)?;
        chosen.name = relative(&base, &path);
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

fn without_effect(terms: &Terms) -> Vec<&'static str> {
    let any = |has: fn(&Product) -> bool| terms.products.iter().any(has);
    let parts = [
        ("[[basis]]", !terms.basis.is_empty()),
        ("[patents]", terms.patents.is_some()),
        ("[baseline]", terms.baseline.is_some()),
        ("inbound", any(|it| it.inbound.is_some())),
        ("openness", any(|it| it.openness.is_some())),
        ("artefact", any(|it| it.artefact.is_some())),
    ];
    parts.into_iter().filter(|(_, present)| *present).map(|(name, _)| name).collect()
}
