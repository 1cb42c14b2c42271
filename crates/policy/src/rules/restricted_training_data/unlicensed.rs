//! Questions about training data that no list of a policy asks: what the label promises beyond
//! the data, whose outputs the data are, and who licensed what a database holds.

use std::collections::BTreeSet;

use caveat_core::inventory::{Component, Standing};

use super::super::license_rulings::related;
use super::disputed::{Answer, answer, by_tag};
use super::{Ends, question};
use crate::case::Case;
use crate::dispute::Dispute;
use crate::finding::{Finding, Link, Step};
use crate::inheritance::{Limit, limits_dropped};
use crate::known;
use crate::ruling::Decided;
use crate::usage::Usage;
use crate::verdict::Verdict;

/// Services and the words by which people name their models.
const PROVIDERS: &str = include_str!("../../providers.tsv");

/// The policy accepts the data where the model is used, but the model's label gives more away than
/// the data did.
pub(super) fn by_label(
    case: &Case<'_>,
    ends: &Ends<'_>,
    decided: &Decided<'_>,
    freed: &BTreeSet<String>,
) -> Option<Finding> {
    if !reaches_others(case, ends.model) {
        return None;
    }
    let conclusion = &ends.model.conclusion;
    let own = conclusion.license.as_ref().filter(|_| conclusion.standing == Standing::Clear)?;
    let bound = decided.binding.iter().filter(|it| !freed.contains(&it.to_string()));
    for license in bound {
        let name = license.to_string();
        let asked = |it: Limit| Some((by_tag(case, &name, it.tag)?, it));
        let dropped: Vec<(Dispute, Limit)> =
            limits_dropped(case, own, license).into_iter().filter_map(asked).collect();
        let answers = dropped.into_iter().map(|it| (label_answer(case, it.0), it.1));
        let Some((answer, limit)) = answers.max_by_key(|(it, _)| it.verdict) else { continue };
        let title = case.title(&name).to_owned();
        let steps = vec![
            related(case, ends.relation),
            known::states(ends.data, &name, license.at),
            Step {
                link: Link::Term,
                says: format!("{title}: {}", limit.says),
                at: limit.at,
                cite: Some(limit.cite),
            },
        ];
        let says = format!("under {title}: the label {own} may drop {}", limit.drops);
        return question(ends, &answer, Some(name), &says, steps);
    }
    None
}

/// Whether a model gets to others, as far as anybody says: what stays inside promises nothing.
pub(super) fn reaches_others(case: &Case<'_>, model: &Component) -> bool {
    case.settings(&case.path(&model.path)).iter().any(|it| {
        it.usage.as_ref().is_none_or(|it| match it.value {
            Usage::Saas | Usage::DistributeBinary | Usage::DistributeWeights => true,
            Usage::Internal
            | Usage::FineTune
            | Usage::TrainFromData
            | Usage::Distil
            | Usage::EvalOnly => false,
        })
    })
}

/// Nothing but an answer to the very question makes a label wrong.
fn label_answer(case: &Case<'_>, dispute: Dispute) -> Answer {
    answer(case, Some(dispute), Verdict::Review)
}

/// What the data hold and their license says nothing of: outputs of a service, contents of a
/// database.
pub(super) fn contents(case: &Case<'_>, ends: &Ends<'_>, decided: &Decided<'_>) -> Option<Finding> {
    if let Some((word, service)) = provider(ends.data) {
        let answer = answer(case, Some(Dispute::OutputTraining), Verdict::Review);
        let told = format!("the name or the tags of the data tell of `{word}`");
        let steps = vec![related(case, ends.relation), Step::new(Link::Claim, told, ends.data.at)];
        let says = format!(
            "which looks like outputs of a service of {service}, whose terms bar training on them"
        );
        return question(ends, &answer, None, &says, steps);
    }
    let license = decided.binding.iter().find_map(|it| {
        let terms = case.terms(it)?;
        let fact = terms.grants.excludes.as_ref()?;
        fact.value.0.iter().any(|it| it.contains("contents")).then_some((*it, fact))
    });
    let (license, fact) = license?;
    let answer = answer(case, Some(Dispute::DatabaseContents), Verdict::Review);
    let (name, line) = (license.to_string(), fact.line());
    let title = case.title(&name).to_owned();
    let term = Step {
        link: Link::Term,
        says: format!("{title}: {}", line.words),
        at: case.fact_span(license, fact),
        cite: Some(line.cite),
    };
    let states = known::states(ends.data, &name, license.at);
    let says = format!("under {title}, which covers the database and not what it holds");
    question(ends, &answer, Some(name), &says, vec![related(case, ends.relation), states, term])
}

/// A service that the name or the tags of a dataset tell of, and the word that does.
fn provider(data: &Component) -> Option<(&'static str, &'static str)> {
    let lines = PROVIDERS.lines().filter(|it| !it.starts_with('#'));
    let known: Vec<(&str, &str)> = lines.filter_map(|it| it.split_once('\t')).collect();
    let name = data.name.as_deref().unwrap_or(&data.path);
    let name = name.rsplit('/').next().unwrap_or(name);
    let words = data.traits.iter().map(|it| it.value.as_str()).chain([name]);
    let lower: Vec<String> = words.map(str::to_lowercase).collect();
    known.into_iter().find(|(it, _)| lower.iter().any(|words| names(words, it)))
}

/// Whether a token of `words` begins with `name`: `gpt-4` is in `alpaca-gpt-4o`, not in `mygpt-4`.
fn names(words: &str, name: &str) -> bool {
    words.match_indices(name).any(|(at, _)| {
        let before = words[..at].chars().next_back();
        before.is_none_or(|it| !it.is_alphanumeric())
    })
}
