//! Data under a free label, of which nothing tells what it was made from.

use std::collections::BTreeSet;

use caveat_core::component::How;
use caveat_core::inventory::{Component, Standing};

use super::super::license_rulings::related;
use super::disputed::answer;
use super::unlicensed::reaches_others;
use super::{Ends, question};
use crate::case::Case;
use crate::dispute::Dispute;
use crate::finding::{Finding, Link, Step};
use crate::ground::called;
use crate::known;
use crate::ruling::Decided;
use crate::verdict::Verdict;

/// The policy lets the data pass, and the model gets to others: then it matters whether the label
/// on the data was its publisher's to give.
pub(super) fn sources(
    case: &Case<'_>,
    ends: &Ends<'_>,
    decided: &Decided<'_>,
    freed: &BTreeSet<String>,
) -> Option<Finding> {
    let Ends { relation, model, data } = ends;
    if !reaches_others(case, model) || tells_sources(case, data) {
        return None;
    }
    let license = decided.binding.iter().find(|it| !freed.contains(&it.to_string()))?;
    let answer = answer(case, Some(Dispute::DataProvenance), Verdict::Review);
    let name = license.to_string();
    let title = case.title(&name).to_owned();
    let silent = format!("nothing here tells what {} was made from", called(data));
    let steps = vec![
        related(case, relation),
        known::states(data, &name, license.at),
        Step::new(Link::Claim, silent, known::place(data, data.at)),
    ];
    let says = format!("under {title}, and nothing here tells what that was made from");
    question(ends, &answer, Some(name), &says, steps)
}

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
