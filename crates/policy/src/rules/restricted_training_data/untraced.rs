//! Data under a free label, of which nothing tells what it was made from.

use caveat_core::component::How;
use caveat_core::expression::Licensed;
use caveat_core::inventory::{Component, Standing};

use super::super::license_rulings::related;
use super::disputed::answer;
use super::unlicensed::reaches_others;
use super::{Ends, freed, question};
use crate::case::Case;
use crate::dispute::Dispute;
use crate::finding::{Finding, Link, Step};
use crate::ground::called;
use crate::known;
use crate::ruling::Decided;
use crate::verdict::Verdict;

/// Data that a model learned from, and its label.
pub(super) struct Untraced<'a> {
    pub(super) ends: Ends<'a>,
    pub(super) license: &'a Licensed,
}

/// The label of data that nobody traced. The policy lets the data pass, and the model gets to others:
/// then it matters whether the label on the data was its publisher's to give.
pub(super) fn license<'a>(
    case: &Case<'_>,
    ends: &Ends<'_>,
    decided: &Decided<'a>,
) -> Option<&'a Licensed> {
    if !reaches_others(case, ends.model) || tells_sources(case, ends.data) {
        return None;
    }
    let freed = freed(case, decided);
    decided.binding.iter().copied().find(|it| !freed.contains(&it.to_string()))
}

/// What is to be asked about a model, of all such data that it learned from.
pub(super) fn finding(case: &Case<'_>, all: &[Untraced<'_>]) -> Option<Finding> {
    let (first, rest) = all.split_first()?;
    let answer = answer(case, Some(Dispute::DataProvenance), Verdict::Review);
    let name = first.license.to_string();
    let mut steps = Vec::new();
    for Untraced { ends: Ends { relation, data, .. }, license } in all {
        let silent = format!("nothing here tells what {} was made from", called(data));
        steps.push(related(case, relation));
        steps.push(known::states(data, &license.to_string(), license.at));
        steps.push(Step::new(Link::Claim, silent, known::place(data, data.at)));
    }
    let title = case.title(&name);
    if rest.is_empty() {
        let says = format!("under {title}, and nothing here tells what that was made from");
        return question(&first.ends, &answer, Some(name), &says, steps);
    }
    let names: Vec<String> = rest.iter().take(NAMED).map(|it| called(it.ends.data)).collect();
    let more = match rest.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let says = format!(
        "under {title}, and on {}{more}, under free labels too, and nothing here tells what these were \
         made from",
        names.join(", ")
    );
    let ids: Vec<&str> = all.iter().map(|it| it.ends.data.id.as_str()).collect();
    let asked = question(&first.ends, &answer, Some(name), &says, steps)?;
    Some(Finding { cause: format!("{} untraced", ids.join(" ")), ..asked })
}

/// How many sets are named beside the first.
const NAMED: usize = 2;

/// Whether the data says what it was made from, and all of that is known: then each of its sources
/// was compared with its label. Work that has no sources says so.
fn tells_sources(case: &Case<'_>, data: &Component) -> bool {
    let mut sources =
        case.lineage.stated_by(&data.id).iter().filter(|it| is_source(it.how)).peekable();
    if sources.peek().is_none() {
        return data.traits.iter().any(|it| it.value == ORIGINAL);
    }
    let clear = |it: &Component| it.conclusion.standing == Standing::Clear;
    sources.all(|it| case.graph.components.get(&it.to).is_some_and(clear))
}

/// What a card says in `source_datasets` of a work that has no sources.
const ORIGINAL: &str = "original";

fn is_source(how: How) -> bool {
    match how {
        How::DerivedFrom | How::MergeOf | How::DistilledFrom | How::FineTunedFrom => true,
        How::AdapterOf
        | How::QuantizedFrom
        | How::DependsOn
        | How::Contains
        | How::TrainedOn
        | How::EvaluatedOn
        | How::Uses => false,
    }
}
