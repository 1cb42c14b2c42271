//! Components, claims and relations in `caveat/1`.

use caveat_core::component::How;
use caveat_core::inventory::{Claim, Component, Relation, Standing, Stated};
use serde::Serialize;

use crate::lines::Places;
use crate::tally::standing;

#[derive(Serialize)]
pub(super) struct JsonComponent<'a> {
    id: &'a str,
    kind: &'static str,
    name: Option<&'a str>,
    version: Option<&'a str>,
    path: &'a str,
    license: Option<String>,
    standing: &'static str,
    why: Option<&'a str>,
    claims: Vec<JsonClaim<'a>>,
}

impl<'a> JsonComponent<'a> {
    pub(super) fn of(it: &'a Component, places: &Places<'a>) -> Self {
        let (standing, why) = match standing(it) {
            Standing::Clear => ("clear", None),
            Standing::Ambiguous(why) => ("ambiguous", Some(why.as_str())),
            Standing::Unknown => ("unknown", None),
        };
        Self {
            id: it.id.as_str(),
            kind: it.kind.name(),
            name: it.name.as_deref(),
            version: it.version.as_deref(),
            path: &it.path,
            license: it.conclusion.license.as_ref().map(ToString::to_string),
            standing,
            why,
            claims: it.claims.iter().map(|it| JsonClaim::of(it, places)).collect(),
        }
    }
}

#[derive(Serialize)]
struct JsonClaim<'a> {
    expression: Option<String>,
    raw: &'a str,
    origin: &'static str,
    strength: &'static str,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    start: Option<u64>,
    end: Option<u64>,
    score: Option<f32>,
    modified: bool,
}

impl<'a> JsonClaim<'a> {
    fn of(it: &'a Claim, places: &Places<'a>) -> Self {
        let place = places.place(it.raw.at);
        let expression = match &it.stated {
            Stated::Expression(it) => Some(it.to_string()),
            Stated::Family { .. }
            | Stated::Placeholder
            | Stated::Reserved
            | Stated::Unrecognised => None,
        };
        Self {
            expression,
            raw: &it.raw.value,
            origin: it.evidence.origin.name(),
            strength: it.evidence.strength.name(),
            path: place.as_ref().map(|it| it.path),
            line: place.as_ref().map(|it| it.line),
            column: place.as_ref().map(|it| it.column),
            start: place.as_ref().map(|it| it.start),
            end: place.as_ref().map(|it| it.end),
            score: it.score.filter(|it| it.is_finite()),
            modified: it.modified,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct JsonRelation<'a> {
    from: &'a str,
    to: &'a str,
    how: &'static str,
    /// When a dependency is needed; nothing for other relations.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    revision: Option<&'a str>,
    seen: bool,
    path: Option<&'a str>,
    line: Option<usize>,
}

impl<'a> JsonRelation<'a> {
    pub(crate) fn of(it: &'a Relation, places: &Places<'a>) -> Self {
        let place = places.place(it.at);
        Self {
            from: it.from.as_str(),
            to: it.to.as_str(),
            how: it.how.name(),
            scope: (it.how == How::DependsOn).then(|| it.scope.name()),
            revision: it.revision.as_ref().map(|it| it.value.as_str()),
            seen: it.seen,
            path: place.as_ref().map(|it| it.path),
            line: place.as_ref().map(|it| it.line),
        }
    }
}
