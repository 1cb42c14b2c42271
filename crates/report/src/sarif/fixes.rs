//! What a fix replaces, file by file.

use serde::Serialize;

use super::{Artifact, Message};
use crate::markup::uri;
use crate::mend::{self, Edit};
use crate::plain::brief;
use crate::told::{Teller, Told};

/// The fixes of a result: none or one.
pub(super) fn fixes(teller: &Teller<'_>, told: &Told<'_>) -> Vec<Fix> {
    let Some((fix, edits)) = mend::fix(teller, told) else { return Vec::new() };
    let mut changes: Vec<(String, ArtifactChange)> = Vec::new();
    for edit in edits {
        let replacement = Replacement::of(&edit);
        if let Some((_, it)) = changes.iter_mut().find(|it| it.0 == edit.path) {
            it.replacements.push(replacement);
            continue;
        }
        let artifact_location = Artifact { uri: uri(&edit.path) };
        let replacements = vec![replacement];
        changes.push((edit.path, ArtifactChange { artifact_location, replacements }));
    }
    let text = format!("{}, as {}", brief(&fix.title), brief(&fix.because));
    let artifact_changes = changes.into_iter().map(|it| it.1).collect();
    vec![Fix { description: Message { text }, artifact_changes }]
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Deleted,
    inserted_content: Message,
}

/// A region that may be empty, and then is a place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Deleted {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Replacement {
    fn of(edit: &Edit) -> Self {
        Self {
            deleted_region: Deleted {
                start_line: edit.from.line,
                start_column: edit.from.characters,
                end_line: edit.to.line,
                end_column: edit.to.characters,
            },
            inserted_content: Message { text: edit.text.clone() },
        }
    }
}
