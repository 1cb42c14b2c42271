//! What the path of a Markdown file tells of the card in it.

use crate::component::Kind;
use crate::reading::Subject;

/// What a file is by its name. `alone` means that the name says no more than that, so that the
/// card speaks for its directory; `acme__tiny__README.md` speaks for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Card {
    /// `README.md`, `README_WEIGHTS.md`, `x__README.md`.
    Readme { alone: bool },
    /// `MODEL_CARD.md` and its like.
    Model { alone: bool },
    /// `DATASHEET.md`, `dataset_card.md` and their like.
    Dataset { alone: bool },
    /// A text that is a card only if its front matter says so.
    Other,
}

impl Card {
    /// Whom the card is about.
    pub(super) fn subject(self) -> Subject {
        match self {
            Self::Readme { alone: true }
            | Self::Model { alone: true }
            | Self::Dataset { alone: true } => Subject::Directory,
            Self::Readme { alone: false }
            | Self::Model { alone: false }
            | Self::Dataset { alone: false }
            | Self::Other => Subject::File,
        }
    }
}

/// Any Markdown text may be a card.
pub(super) fn wants(path: &str) -> bool {
    stem(path).is_some()
}

/// What the file at `path` is by its name.
pub(super) fn card(path: &str) -> Card {
    let Some(stem) = stem(path) else { return Card::Other };
    let folded = stem.replace('-', "_");
    if let Some(alone) = mentions(&folded, &["readme"]) {
        return Card::Readme { alone };
    }
    if folded == "readme_weights" || folded.ends_with("_readme_weights") {
        return Card::Readme { alone: folded == "readme_weights" };
    }
    if let Some(alone) =
        mentions(&folded, &["dataset_card", "datasetcard", "data_card", "datacard", "datasheet"])
    {
        return Card::Dataset { alone };
    }
    match mentions(&folded, &["model_card", "modelcard"]) {
        Some(alone) => Card::Model { alone },
        None => Card::Other,
    }
}

/// The kind that the nearest telling directory suggests: `datasets/x/README.md` is about data.
pub(super) fn kind(path: &str) -> Option<Kind> {
    let directories = path.rsplit('/').skip(1);
    directories.map(|it| it.to_lowercase().replace('-', "_")).find_map(|it| match it.as_str() {
        "datasets" | "dataset" | "data" | "dataset_cards" => Some(Kind::Dataset),
        "models" | "model" | "model_cards" | "checkpoints" | "weights" => Some(Kind::Model),
        it if it.starts_with("datasets__") => Some(Kind::Dataset),
        it if it.starts_with("models__") => Some(Kind::Model),
        _ => None,
    })
}

/// The file's name in lower case, if it is Markdown.
fn stem(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?.to_lowercase();
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown"));
    stem.map(str::to_owned)
}

/// Whether `stem` is one of `names` (`Some(true)`), or begins or ends in one (`Some(false)`).
fn mentions(stem: &str, names: &[&str]) -> Option<bool> {
    if names.contains(&stem) {
        return Some(true);
    }
    let around = |it: &&str| stem.ends_with(*it) || (*it != "readme" && stem.starts_with(*it));
    names.iter().any(around).then_some(false)
}
