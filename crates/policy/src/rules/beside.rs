//! What a person should know beside the clause that stopped something: where the law is open, and
//! what the license says of outputs when it stops the model.

use caveat_core::component::Kind;
use caveat_core::inventory::Component;
use caveat_core::source::{SourceId, Span};
use caveat_core::tags::Tag;

use super::missing_patent_grant::field_notes;
use super::restricted_training_data::disputed::by_tag;
use crate::case::Case;
use crate::dispute::Question;
use crate::finding::{Link, Step};
use crate::ruling::Ruling;
use crate::usage::Usage;

/// Notes on one ruling; none where it needs none.
pub(super) fn notes(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Vec<Step> {
    if !ruling.stands() {
        return Vec::new();
    }
    let patents = case.policy.patents.as_ref().filter(|_| ruling.tag == Tag::PatentRetaliation);
    let notes = patents.and_then(field_notes);
    let open = unsettled(case, component, ruling);
    open.into_iter().chain(outputs(case, component, ruling)).chain(notes).collect()
}

/// Whether the terms of data bind what is trained on it is no finding of law.
fn unsettled(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Option<Step> {
    let trains = matches!(
        ruling.setting.usage.as_ref().map(|it| it.value),
        Some(Usage::TrainFromData | Usage::FineTune)
    );
    if component.kind != Kind::Dataset || ruling.via.is_some() || !trains {
        return None;
    }
    let dispute = by_tag(case, &ruling.license, ruling.tag)?;
    let positions = Question::Dispute(dispute).positions();
    let says = format!(
        "whether this binds the weights is unsettled: {positions}; so this is your policy's stance"
    );
    Some(Step::new(Link::Policy, says, None))
}

/// What a license that stops a model says of what the model puts out.
fn outputs(case: &Case<'_>, component: &Component, ruling: &Ruling<'_>) -> Option<Step> {
    if component.kind != Kind::Model
        || !matches!(ruling.tag, Tag::NonCommercial | Tag::ResearchOnly)
    {
        return None;
    }
    let id = ruling.license.split(" WITH ").next()?;
    let fact = case.library.terms(id)?.outputs.limits.first()?;
    let number = case.library.source(id).and_then(|it| u32::try_from(it).ok())?;
    let line = fact.line();
    Some(Step {
        link: Link::Term,
        says: format!("of what it puts out: {}", line.words),
        at: Some(Span::new(SourceId(number), line.at)),
        cite: Some(line.cite),
    })
}
