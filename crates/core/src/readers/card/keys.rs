//! The keys of a card, in all their spellings.

use super::words::among;
use crate::component::Kind;
use crate::source::Spanned;
use crate::value::Node;

/// A key that says something about licenses, lineage or the nature of the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    License,
    LicenseName,
    LicenseLink,
    LicenseDetails,
    BaseModel,
    BaseModelRelation,
    ModelLink,
    Datasets,
    SourceDatasets,
    ModelName,
    Name,
    QuantizedBy,
    Tags,
    Library,
    Pipeline,
    Tasks,
    NewVersion,
    Index,
    DuplicatedFrom,
    ClosedToEurope,
}

/// Spellings after [`canonical`] has folded case, `-`, blanks and `licence`.
const KEYS: &[(&str, Key)] = &[
    ("license", Key::License),
    ("licenses", Key::License),
    ("license_name", Key::LicenseName),
    ("license_link", Key::LicenseLink),
    ("license_url", Key::LicenseLink),
    ("license_details", Key::LicenseDetails),
    ("base_model", Key::BaseModel),
    ("base_models", Key::BaseModel),
    ("base_model_sources", Key::BaseModel),
    ("base_model_relation", Key::BaseModelRelation),
    ("model_link", Key::ModelLink),
    ("datasets", Key::Datasets),
    ("dataset", Key::Datasets),
    ("dataset_sources", Key::Datasets),
    ("source_datasets", Key::SourceDatasets),
    ("model_name", Key::ModelName),
    ("model_id", Key::ModelName),
    ("name", Key::Name),
    ("quantized_by", Key::QuantizedBy),
    ("tags", Key::Tags),
    ("library_name", Key::Library),
    ("pipeline_tag", Key::Pipeline),
    ("task_categories", Key::Tasks),
    ("new_version", Key::NewVersion),
    ("model_index", Key::Index),
    ("duplicated_from", Key::DuplicatedFrom),
    ("extra_gated_eu_disallowed", Key::ClosedToEurope),
];

const ONLY_MODELS: &str = "\
    base_model base_models base_model_relation base_model_sources library_name pipeline_tag \
    datasets model_name model_id model_index model_creator model_link model_type \
    quantized_by widget inference metrics";

const ONLY_DATASETS: &str = "\
    task_categories task_ids annotations_creators language_creators size_categories \
    multilinguality source_datasets pretty_name dataset_info configs licenses \
    paperswithcode_id";

/// Keys of an application on the hub that shows a model off.
const ONLY_SPACES: &str = "sdk sdk_version app_file";

/// The key that `written` stands for.
pub(super) fn canonical(written: &str) -> Option<Key> {
    let folded = fold(written);
    KEYS.iter().find(|(spelling, _)| *spelling == folded).map(|(_, key)| *key)
}

/// Whether a mapping with this key is a card. `tags` and `name` are in every blog post.
pub(super) fn marks_a_card(written: &str) -> bool {
    canonical(written).is_some_and(|it| !matches!(it, Key::Tags | Key::Name))
}

/// What a card with these keys describes: the kind that most keys belong to.
pub(super) fn kind(root: &Node) -> Option<Kind> {
    let keys: Vec<String> = root.entries().iter().map(|(it, _)| fold(&it.value)).collect();
    let count = |only: &str| keys.iter().filter(|it| among(it, only)).count();
    if count(ONLY_SPACES) > 0 {
        return Some(Kind::Code);
    }
    // Authors of models copy keys from datasets; nobody gives a dataset a base model.
    let made = count("base_model library_name pipeline_tag") > 0;
    match (count(ONLY_MODELS), count(ONLY_DATASETS)) {
        (0, 0) => None,
        (models, datasets) if models > datasets => Some(Kind::Model),
        (models, datasets) if models == datasets && made => Some(Kind::Model),
        _ => Some(Kind::Dataset),
    }
}

/// Every value under `key`, with the key as it is written.
pub(super) fn all(root: &Node, key: Key) -> impl Iterator<Item = (&Spanned<String>, &Node)> {
    let entries = root.entries().iter();
    entries.filter(move |(it, _)| canonical(&it.value) == Some(key)).map(|(key, it)| (key, it))
}

/// All words under `key`, lists and repeated keys laid end to end.
pub(super) fn words(root: &Node, key: Key) -> Vec<Spanned<String>> {
    all(root, key).flat_map(|(_, it)| it.scalars()).filter(|it| !is_blank(&it.value)).collect()
}

fn is_blank(words: &str) -> bool {
    words.trim().is_empty()
}

fn fold(written: &str) -> String {
    let written = written.trim().trim_start_matches('\u{feff}');
    written.to_lowercase().replace(['-', ' '], "_").replace("licence", "license")
}
