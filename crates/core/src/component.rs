//! The pieces of a project, and what is said of their licenses.

use std::fmt::{self, Write as _};

use crate::source::{Span, Spanned};

/// A package URL such as `pkg:huggingface/acme/base`, or `path:models/tiny` for what has no name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentId(String);

impl ComponentId {
    /// A model of the Hugging Face hub, `name` being `org/name` or a bare name.
    pub fn hub_model(name: &str) -> Self {
        Self(format!("pkg:huggingface/{name}"))
    }

    /// A dataset of the Hugging Face hub.
    pub fn hub_dataset(name: &str) -> Self {
        Self(format!("pkg:huggingface/datasets/{name}"))
    }

    /// Whatever lives at `path`, relative to the root.
    pub fn path(path: &str) -> Self {
        Self(format!("path:{}", if path.is_empty() { "." } else { path }))
    }

    /// A package of an ecosystem (`cargo`, `npm`, `pypi`, …), with its version where known.
    pub fn package(ecosystem: &str, name: &str, version: Option<&str>) -> Self {
        let mut url = format!("pkg:{ecosystem}/");
        escape(name, &mut url);
        if let Some(version) = version {
            url.push('@');
            escape(version, &mut url);
        }
        Self(url)
    }

    /// Something of which there is only what people call it: a title, an address.
    pub fn called(words: &str) -> Self {
        let words = words.split_once("://").map_or(words, |(_, rest)| rest);
        let mut id = String::from("pkg:generic/");
        for it in words.trim_matches('/').chars() {
            match it {
                '/' | '-' | '.' | '_' | '~' => id.push(it),
                _ if it.is_alphanumeric() => id.push(it),
                _ => {
                    let mut bytes = [0; 4];
                    for byte in it.encode_utf8(&mut bytes).bytes() {
                        let _ = write!(id, "%{byte:02X}");
                    }
                }
            }
        }
        Self(id)
    }

    /// The same component at one revision.
    #[must_use]
    pub fn at_revision(&self, revision: &str) -> Self {
        Self(format!("{}@{revision}", self.0))
    }

    /// Whoever the package URL `url` means.
    pub(crate) fn of_url(url: &str) -> Self {
        Self(url.to_owned())
    }

    /// The identity as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes what a package URL cannot hold as its bytes: `@acme/ui` is `%40acme/ui`.
fn escape(text: &str, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            url.push(byte.into());
        } else {
            let digit = |it: u8| char::from(b"0123456789ABCDEF"[usize::from(it)]);
            url.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

/// A package URL without its version, and the version.
pub(crate) fn split_version(url: &str) -> (&str, Option<&str>) {
    let last = url.rfind('/').map_or(0, |it| it + 1);
    match url[last..].find('@') {
        Some(at) => (&url[..last + at], Some(&url[last + at + 1..])),
        None => (url, None),
    }
}

impl fmt::Display for ComponentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of thing a component is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A program or library, in source or binary form.
    Code,
    /// Model weights, an adapter, or the card that describes them.
    Model,
    /// Data.
    Dataset,
    /// A text that belongs to nothing else: a stray license, a page.
    Document,
}

impl Kind {
    /// The name that reports and policies use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Model => "model",
            Self::Dataset => "dataset",
            Self::Document => "document",
        }
    }
}

/// Where a claim of a license was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A package manifest.
    Manifest,
    /// A lockfile.
    Lockfile,
    /// A model or dataset card.
    Card,
    /// The header of a weight file.
    Weights,
    /// A whole license text.
    Text,
    /// An `SPDX-License-Identifier` tag.
    Tag,
    /// A sentence that grants a license.
    Notice,
    /// A metadata file that lies beside what it describes.
    Sidecar,
    /// A bill of materials.
    Sbom,
    /// The catalogue of well-known models.
    Catalog,
    /// A clarification in the policy.
    Clarification,
}

impl Origin {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Lockfile => "lockfile",
            Self::Card => "card",
            Self::Weights => "weights",
            Self::Text => "text",
            Self::Tag => "tag",
            Self::Notice => "notice",
            Self::Sidecar => "sidecar",
            Self::Sbom => "sbom",
            Self::Catalog => "catalog",
            Self::Clarification => "clarification",
        }
    }

    /// Whether it speaks of what lies beside it, as its author does. The others tell of what is
    /// elsewhere.
    pub fn is_in_place(self) -> bool {
        match self {
            Self::Manifest
            | Self::Card
            | Self::Weights
            | Self::Text
            | Self::Tag
            | Self::Notice
            | Self::Sidecar => true,
            Self::Lockfile | Self::Sbom | Self::Catalog | Self::Clarification => false,
        }
    }
}

/// How much weight a claim has; later outweighs earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Read out of prose or found in a text.
    Detected,
    /// Said in a field that is there for it.
    Declared,
    /// Put on record by a person who answers for it.
    Asserted,
}

impl Strength {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Detected => "detected",
            Self::Declared => "declared",
            Self::Asserted => "asserted",
        }
    }
}

/// A name as some file writes it. Whose it is, only relating decides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(pub String);

impl Reference {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How one component stands to another that it was made from or uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// Code that needs other code.
    DependsOn,
    /// A whole and its part.
    Contains,
    /// Trained further from a base model.
    FineTunedFrom,
    /// An adapter (`LoRA` and its kin) for a base model.
    AdapterOf,
    /// Merged from several models.
    MergeOf,
    /// Quantised or converted from a model.
    QuantizedFrom,
    /// Trained on the outputs of a model, or made of them.
    DistilledFrom,
    /// Trained on a dataset.
    TrainedOn,
    /// Measured on a dataset.
    EvaluatedOn,
    /// A dataset made from another, or a model made from another in a way nobody says.
    DerivedFrom,
    /// Loaded or called by code.
    Uses,
}

impl How {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::DependsOn => "depends-on",
            Self::Contains => "contains",
            Self::FineTunedFrom => "fine-tuned-from",
            Self::AdapterOf => "adapter-of",
            Self::MergeOf => "merge-of",
            Self::QuantizedFrom => "quantized-from",
            Self::DistilledFrom => "distilled-from",
            Self::TrainedOn => "trained-on",
            Self::EvaluatedOn => "evaluated-on",
            Self::DerivedFrom => "derived-from",
            Self::Uses => "uses",
        }
    }

    /// In a sentence: "`acme/tiny` … `acme/base`".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::DependsOn => "depends on",
            Self::Contains => "contains",
            Self::FineTunedFrom => "is fine-tuned from",
            Self::AdapterOf => "is an adapter of",
            Self::MergeOf => "is merged from",
            Self::QuantizedFrom => "is quantised from",
            Self::DistilledFrom => "is distilled from",
            Self::TrainedOn => "is trained on",
            Self::EvaluatedOn => "is evaluated on",
            Self::DerivedFrom => "is derived from",
            Self::Uses => "uses",
        }
    }
}

/// When a component needs another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Whenever it is used.
    #[default]
    Normal,
    /// Only to develop or test it.
    Dev,
    /// Only to build it.
    Build,
    /// Only where a user asks for it.
    Optional,
}

impl Scope {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Dev => "dev",
            Self::Build => "build",
            Self::Optional => "optional",
        }
    }
}

/// A use of something by name, as one file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// In which way.
    pub how: How,
    /// What kind of thing is meant.
    pub kind: Kind,
    /// The name as written; a package URL where the file leaves no doubt whom it means.
    pub target: Spanned<Reference>,
    /// When it is needed.
    pub scope: Scope,
    /// The revision that the file pins, where it does.
    pub revision: Option<Spanned<String>>,
}

impl Use {
    /// In which way a thing of some kind uses it: whatever words a card has for it, data are made
    /// of what a model puts out, never of its weights.
    pub(crate) fn how_of(&self, kind: Kind) -> How {
        let made = matches!(
            self.how,
            How::FineTunedFrom
                | How::AdapterOf
                | How::MergeOf
                | How::QuantizedFrom
                | How::DerivedFrom
        );
        let put_out = made && kind == Kind::Dataset && self.kind == Kind::Model;
        if put_out { How::DistilledFrom } else { self.how }
    }
}

/// Where something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The place.
    pub at: Span,
    /// What sort of place.
    pub origin: Origin,
    /// How much weight it has.
    pub strength: Strength,
}
