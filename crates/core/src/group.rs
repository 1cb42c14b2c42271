//! What is said of one subject, gathered from all files that speak of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::component::{How, Kind, Origin, Strength};
use crate::places::{distribution, parent};
use crate::reading::{Sighting, Subject};
use crate::source::{Source, Sources};

/// Where a subject lives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// A directory, for whatever lives there.
    Directory(String),
    /// What a directory holds beside its main thing: the data beside code.
    Part { directory: String, kind: Kind },
    /// One file.
    File(String),
    /// A package, with the directory of its manifest.
    Package { directory: String, ecosystem: &'static str, name: String },
    /// A package that the project takes in: one lockfile may name it in several versions.
    Dependency { directory: String, ecosystem: &'static str, name: String, version: Option<String> },
    /// What packages below a directory may inherit.
    Workspace { directory: String, ecosystem: &'static str },
}

impl Home {
    /// The path that stands for it.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Directory(it)
            | Self::File(it)
            | Self::Part { directory: it, .. }
            | Self::Package { directory: it, .. }
            | Self::Dependency { directory: it, .. }
            | Self::Workspace { directory: it, .. } => it,
        }
    }

    /// The home of whom a sighting in the file `path` is about.
    fn of(path: &str, said: &Sighting) -> Self {
        let directory = parent(path).to_owned();
        match &said.subject {
            Subject::Package { ecosystem, name, version } if said.foreign || said.elsewhere => {
                let (name, version) = (name.clone(), version.clone());
                // Who is only named lives nowhere in particular: all files mean the same.
                let directory = if said.elsewhere { String::new() } else { directory };
                Self::Dependency { directory, ecosystem, name, version }
            }
            // Files that others speak of are sorted out before.
            Subject::Directory | Subject::Files { .. } => Self::Directory(directory),
            Subject::File | Subject::Program => Self::File(path.to_owned()),
            Subject::Package { ecosystem, name, .. } => {
                Self::Package { directory, ecosystem, name: name.clone() }
            }
            Subject::Workspace { ecosystem, .. } => Self::Workspace { directory, ecosystem },
        }
    }
}

/// All sightings by the home of their subject.
pub(crate) type Groups = BTreeMap<Home, Group>;

/// One sighting and the file that it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Path of the file.
    pub(crate) file: String,
    /// The file is binary: what was read is its header.
    pub(crate) is_header: bool,
    /// What the file says.
    pub(crate) said: Sighting,
}

impl Seen {
    /// A file that holds nothing but license texts.
    pub(crate) fn is_text(&self) -> bool {
        let it = &self.said;
        !it.licenses.is_empty()
            && it.licenses.iter().all(|it| it.evidence.origin == Origin::Text)
            && it.names.is_empty()
            && it.uses.is_empty()
    }

    /// The page that stands for a directory.
    pub(crate) fn is_readme(&self) -> bool {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        name.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("readme"))
    }

    /// The file that says which folders beside it are parts of one model.
    pub(crate) fn is_index(&self) -> bool {
        self.file.rsplit('/').next() == Some("model_index.json")
    }

    /// The same without all but what it says of licenses: for whoever stands under them, too.
    pub(crate) fn only_words(&self) -> Self {
        let mut words = self.clone();
        words.said.names.clear();
        words.said.uses.clear();
        words.said.traits.clear();
        words
    }
}

/// Everything that is said of one subject.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    /// What the files say: the page of a directory first, headers of weights last.
    pub(crate) sightings: Vec<Seen>,
    /// The version that a workspace offers.
    pub(crate) offered_version: Option<String>,
}

impl Group {
    /// The kind that the files state: the first that states one.
    pub(crate) fn stated_kind(&self) -> Option<Kind> {
        self.sightings.iter().find_map(|it| it.said.kind)
    }

    /// Whether the weights that lie here are those of adapters alone, by the names that trainers
    /// give them.
    pub(crate) fn only_adapts(&self) -> bool {
        const NAMES: [&str; 4] =
            ["pytorch_lora_weights", "adapter_model", "learned_embeds", "lora."];
        let mut weights = self.sightings.iter().filter(|it| it.is_header).peekable();
        weights.peek().is_some()
            && weights.all(|it| {
                let file = it.file.rsplit('/').next().unwrap_or_default();
                let says_so = it.said.uses.iter().any(|it| it.how == How::AdapterOf);
                says_so || NAMES.iter().any(|name| file.starts_with(name))
            })
    }

    /// Whether a card has a license in its front matter. Only the hub's cards do.
    pub(crate) fn is_carded(&self) -> bool {
        let words = self.sightings.iter().flat_map(|it| &it.said.licenses);
        words
            .map(|it| it.evidence)
            .any(|it| it.origin == Origin::Card && it.strength == Strength::Declared)
    }

    /// Whether this is a model or a dataset, as far as its files tell.
    pub(crate) fn carded_kind(&self) -> Option<Kind> {
        self.stated_kind().or_else(|| self.is_carded().then_some(Kind::Model))
    }

    /// Whether any file names the subject or says in which way it was made from another, or
    /// states both what it is and its license.
    pub(crate) fn stands_alone(&self) -> bool {
        let any = |it: &dyn Fn(&Sighting) -> bool| self.sightings.iter().any(|seen| it(&seen.said));
        any(&|it| !it.names.is_empty() || it.uses.iter().any(|it| it.how != How::DerivedFrom))
            || any(&|it| it.kind.is_some() && !it.licenses.is_empty())
    }

    /// Whether any file says anything of a license.
    pub(crate) fn speaks_of_license(&self) -> bool {
        self.sightings.iter().any(|it| !it.said.licenses.is_empty())
    }

    /// The files that name the subject, which lives in another place; none where it lives here.
    pub(crate) fn elsewhere(&self) -> Vec<&str> {
        if !self.sightings.iter().all(|it| it.said.elsewhere) {
            return Vec::new();
        }
        // What an installed package says of itself stands in no other place of the tree.
        let is_list = |it: &Origin| {
            matches!(it, Origin::Lockfile | Origin::Sbom | Origin::Sidecar | Origin::Tag)
        };
        let only_lists =
            |it: &&Seen| it.said.licenses.iter().all(|it| is_list(&it.evidence.origin));
        let mut known = BTreeSet::new();
        // Lockfiles before bills: the first is where the component is said to be.
        let (bills, locks): (Vec<&Seen>, Vec<&Seen>) =
            self.sightings.iter().filter(only_lists).partition(|it| it.said.reported);
        let lists = locks.into_iter().chain(bills).map(|it| it.file.as_str());
        lists.filter(|it| known.insert(*it)).collect()
    }

    /// Whether all that is known of the subject is what a third party reports.
    pub(crate) fn is_reported(&self) -> bool {
        self.sightings.iter().all(|it| it.said.reported)
    }

    /// Whether license texts are all there is.
    pub(crate) fn is_texts(&self) -> bool {
        self.sightings.iter().all(Seen::is_text)
    }

    /// The version that the files state, else the one that a workspace offers.
    pub(crate) fn version(&self) -> Option<String> {
        let stated = self.sightings.iter().find_map(|it| match &it.said.subject {
            Subject::Package { version, .. } | Subject::Workspace { version, .. } => {
                version.clone()
            }
            Subject::Directory | Subject::File | Subject::Files { .. } | Subject::Program => None,
        });
        stated.or_else(|| self.offered_version.clone())
    }
}

/// Gathers sightings by their home. The order in which they come does not matter.
pub(crate) fn gather(sightings: impl Iterator<Item = Sighting>, sources: &Sources) -> Groups {
    let mut all: Vec<(Seen, _)> = sightings
        .filter_map(|it| {
            let source = sources.get(it.at.source)?;
            let seen = seen(it, source);
            let home = Home::of(&seen.file, &seen.said);
            Some((seen, home))
        })
        .collect();
    all.sort_by(|(a, a_home), (b, b_home)| {
        let rank = |it: &Seen| (it.is_header, !it.is_readme(), it.said.at);
        (rank(a), a_home).cmp(&(rank(b), b_home))
    });
    let mut groups = Groups::new();
    for (it, home) in all {
        groups.entry(home).or_default().sightings.push(it);
    }
    groups
}

/// A text in the metadata of an installed package is that package's. The metadata itself names it.
fn seen(mut said: Sighting, source: &Source) -> Seen {
    if !matches!(said.subject, Subject::Package { .. })
        && let Some((directory, name, version)) = distribution(&source.name)
    {
        let package = Subject::Package { ecosystem: "pypi", name, version: Some(version) };
        said.subject = package;
        let file = format!("{directory}/{}", source.name.rsplit('/').next().unwrap_or_default());
        return Seen { file, is_header: false, said };
    }
    // A header that says nothing renders as nothing; a text that says nothing is not seen.
    let is_header = !source.origins.is_empty() || source.text.is_empty();
    Seen { file: source.name.clone(), is_header, said }
}
