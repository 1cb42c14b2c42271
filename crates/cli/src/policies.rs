//! Which policy judges: asked for, found in the repository, or the shipped default.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use caveat_core::source::{Source, SourceId, Sources};
use caveat_policy::named;
use caveat_policy::policy::{Policy as Terms, PolicyError, Product};
use caveat_report::mistakes::mistakes;
use caveat_report::run::Look;

use crate::discover::relative;
use crate::error::Error;

/// Names under which a policy is found, from the scanned folder upwards.
const FILES: [&str; 2] = ["caveat.toml", ".caveat/caveat.toml"];
/// No policy is longer.
const LIMIT: u64 = 1 << 20;

/// A policy that was chosen, with where it came from.
#[derive(Clone, Debug)]
pub struct Chosen {
    name: String,
    text: String,
    terms: Terms,
    /// From the folder that the policy speaks of to the scanned folder; empty for the same.
    pub(crate) prefix: String,
    default_because: Option<String>,
    /// The file that it was read from; nothing for a shipped one.
    pub(crate) path: Option<PathBuf>,
}

impl Chosen {
    /// A shipped policy by its name.
    pub fn named(name: &str) -> Result<Self, Error> {
        let text = named::named(name).ok_or_else(|| Error::PolicyUnknown {
            name: name.to_owned(),
            known: named::NAMES.to_vec(),
        })?;
        Self::parse(format!("policies/{name}.toml"), text.to_owned())
    }

    /// A policy from its text; `name` is what findings call it.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, Error> {
        let (name, text) = (name.into(), text.into());
        // Spans are bound to the sources of a run when it is judged: see `enter`.
        let terms = read(&name, &text, SourceId(u32::MAX - 1))?;
        let prefix = String::new();
        Ok(Self { name, text, terms, prefix, default_because: None, path: None })
    }

    /// A policy from a file.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let unreadable = |source| Error::PolicyUnreadable { path: path.to_owned(), source };
        let name = path
            .file_name()
            .map_or_else(|| path.display().to_string(), |it| it.to_string_lossy().into_owned());
        // What is neither file nor folder may never end, or never begin.
        if !path.metadata().map_err(unreadable)?.is_file() {
            let what = io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
            return Err(unreadable(what));
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(unreadable)?;
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        let invalid = |what: &str| Error::PolicyInvalid {
            name: path.display().to_string(),
            mistakes: format!("  {what}"),
        };
        if bytes.len() as u64 > LIMIT {
            return Err(invalid("the file has more than 1 MiB, which no policy needs"));
        }
        let text = String::from_utf8(bytes).map_err(|it| {
            let line = it.as_bytes()[..it.utf8_error().valid_up_to()].split(|it| *it == b'\n');
            invalid(&format!("line {} is not UTF-8 text; save the file as UTF-8", line.count()))
        })?;
        Ok(Self { path: Some(path.to_owned()), ..Self::parse(name, text)? })
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

    /// The same policy, in the words of another version of its file.
    pub(crate) fn in_words(self, bytes: &[u8]) -> Result<Self, Error> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let terms = read(&self.name, &text, SourceId(u32::MAX - 1))?;
        Ok(Self { text, terms, ..self })
    }

    /// The policy with its spans bound to `sources`.
    pub(crate) fn enter(&self, sources: &mut Sources) -> Terms {
        let id = sources.add(self.name.clone(), self.text.clone());
        read(&self.name, &self.text, id).unwrap_or_else(|_| self.terms.clone())
    }
}

fn read(name: &str, text: &str, id: SourceId) -> Result<Terms, Error> {
    Terms::parse(name, text, id).map_err(|errors| {
        let mut sources = Sources::new();
        sources.insert(Source::text(id, name, text.to_owned()));
        let problems: Vec<_> = errors.iter().map(PolicyError::to_problem).collect();
        let look = Look { width: 100, color: false, verbose: false };
        let mut bytes = Vec::new();
        // Writing to memory does not fail.
        let _ = mistakes(&problems, &sources, &look, &mut bytes);
        let mistakes = String::from_utf8_lossy(&bytes).into_owned();
        Error::PolicyInvalid { name: name.to_owned(), mistakes }
    })
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
        ("extends", !terms.extends.is_empty()),
        ("[[met]]", !terms.met.is_empty()),
        ("[[basis]]", !terms.basis.is_empty()),
        ("[patents]", terms.patents.is_some()),
        ("[baseline]", terms.baseline.is_some()),
        ("[review]", terms.review.is_some()),
        ("[[test]]", !terms.tests.is_empty()),
        ("inbound", any(|it| it.inbound.is_some())),
        ("openness", any(|it| it.openness.is_some())),
        ("artefact", any(|it| it.artefact.is_some())),
    ];
    parts.into_iter().filter(|(_, present)| *present).map(|(name, _)| name).collect()
}
