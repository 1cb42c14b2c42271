//! What a model is for, as its card tells, and whether two models are for the same.

use std::collections::BTreeSet;

use caveat_core::inventory::Component;

/// Kinds of task that a model of another kind does not compete with or imitate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Writes text.
    Text,
    /// Makes pictures or films.
    Picture,
    /// Makes sound or speech.
    Sound,
    /// Makes solid shapes.
    Shape,
    /// Sorts, finds, measures or embeds, and makes nothing.
    Judging,
}

/// How a student stands to its teacher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// Both are for the same.
    Alike,
    /// They are for different things.
    Unlike,
    /// No card tells.
    Unknown,
}

/// The hub's words for tasks.
const TASKS: &[(&str, Task)] = &[
    ("text-generation", Task::Text),
    ("text2text-generation", Task::Text),
    ("conversational", Task::Text),
    ("summarization", Task::Text),
    ("translation", Task::Text),
    ("image-text-to-text", Task::Text),
    ("visual-question-answering", Task::Text),
    ("any-to-any", Task::Text),
    ("text-to-image", Task::Picture),
    ("image-to-image", Task::Picture),
    ("text-to-video", Task::Picture),
    ("image-to-video", Task::Picture),
    ("unconditional-image-generation", Task::Picture),
    ("text-to-speech", Task::Sound),
    ("text-to-audio", Task::Sound),
    ("audio-to-audio", Task::Sound),
    ("text-to-3d", Task::Shape),
    ("image-to-3d", Task::Shape),
    ("text-classification", Task::Judging),
    ("zero-shot-classification", Task::Judging),
    ("token-classification", Task::Judging),
    ("text-ranking", Task::Judging),
    ("feature-extraction", Task::Judging),
    ("sentence-similarity", Task::Judging),
    ("fill-mask", Task::Judging),
    ("question-answering", Task::Judging),
    ("image-classification", Task::Judging),
    ("object-detection", Task::Judging),
    ("image-segmentation", Task::Judging),
    ("image-feature-extraction", Task::Judging),
    ("depth-estimation", Task::Judging),
    ("automatic-speech-recognition", Task::Judging),
    ("audio-classification", Task::Judging),
    ("tabular-classification", Task::Judging),
    ("tabular-regression", Task::Judging),
    ("time-series-forecasting", Task::Judging),
];

/// What a model is for, as far as its card tells.
pub fn tasks(model: &Component) -> BTreeSet<Task> {
    let known = |word: &str| TASKS.iter().find(|(it, _)| *it == word).map(|(_, task)| *task);
    model.traits.iter().filter_map(|it| known(&it.value)).collect()
}

/// Whether a student is for the same as its teacher.
pub fn likeness(student: &Component, teacher: &Component) -> Likeness {
    let (student, teacher) = (tasks(student), tasks(teacher));
    if student.is_empty() || teacher.is_empty() {
        return Likeness::Unknown;
    }
    if student.is_disjoint(&teacher) { Likeness::Unlike } else { Likeness::Alike }
}

/// Words on a card by which people say that a model no longer refuses.
const UNGUARDED: &[&str] =
    &["abliterated", "abliteration", "uncensored", "decensored", "unfiltered", "heretic"];

/// Whether a model says of itself that refusals were taken out: in a tag, which is sure, or in its
/// name, which may mean something else. `None` where nothing tells so.
pub fn is_unguarded(model: &Component) -> Option<bool> {
    let tagged =
        model.traits.iter().any(|it| UNGUARDED.contains(&it.value.to_lowercase().as_str()));
    if tagged {
        return Some(true);
    }
    let names = model.names.iter().map(|it| it.value.as_str()).chain(model.name.as_deref());
    let place = std::iter::once(model.path.as_str());
    let tells = |it: &str| {
        let it = it.to_lowercase();
        it.split(|it: char| !it.is_alphanumeric()).any(|word| UNGUARDED.contains(&word))
    };
    names.chain(place).any(tells).then_some(false)
}
