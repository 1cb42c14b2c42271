//! Data whose label drops what stands above it: whoever learned from the data learned from that too.

use caveat_core::inventory::{Component, Standing};
use caveat_core::lineage::Upstream;

use super::super::license_rulings::{phrase, related};
use super::disputed::{Answer, answer, by_tag};
use super::{Ends, question};
use crate::case::Case;
use crate::finding::{Finding, Link, Step};
use crate::ground::called;
use crate::inheritance::{Limit, limits_dropped};
use crate::known;
use crate::travel::over_outputs;
use crate::verdict::Verdict;

/// The gravest question that a source of the data raises, where the label of the data hides it. What
/// comes of outputs is told of the model that put them out.
pub(super) fn sources(case: &Case<'_>, ends: &Ends<'_>) -> Option<Finding> {
    let own = clear(ends.data)?;
    let mut gravest: Option<(Answer, Finding)> = None;
    for (via, source) in case.made_from(ends.data) {
        let Some(theirs) = clear(source).filter(|_| !over_outputs(&via.way)) else { continue };
        for license in theirs.licenses().filter(|it| !case.frees_trained_models(it)) {
            let name = license.to_string();
            for limit in limits_dropped(case, own, license) {
                let Some(dispute) = by_tag(case, &name, limit.tag) else { continue };
                let answer = answer(case, Some(dispute), Verdict::Review);
                if gravest.as_ref().is_some_and(|(known, _)| known.verdict >= answer.verdict) {
                    continue;
                }
                let found = finding(case, ends, (&via, source), &name, &limit, &answer);
                gravest = found.map(|it| (answer, it)).or(gravest);
            }
        }
    }
    gravest.map(|(_, it)| it)
}

fn finding(
    case: &Case<'_>,
    ends: &Ends<'_>,
    (via, source): (&Upstream<'_>, &Component),
    name: &str,
    limit: &Limit,
    answer: &Answer,
) -> Option<Finding> {
    let title = case.title(name).to_owned();
    let mut steps = vec![related(case, ends.relation)];
    steps.extend(via.way.iter().map(|it| related(case, it)));
    steps.push(known::states(ends.data, &clear(ends.data)?.to_string(), ends.data.at));
    steps.push(known::states(source, name, source.at));
    steps.push(Step {
        link: Link::Term,
        says: format!("{title}: {}", limit.says),
        at: limit.at,
        cite: Some(limit.cite.clone()),
    });
    let how = via.way.first().map_or("is derived from", |it| phrase(case, it));
    let says = format!(
        "which {how} {}, under {title}: the label of the data hides {}",
        called(source),
        limit.drops
    );
    question(ends, answer, Some(name.to_owned()), &says, steps)
}

fn clear(component: &Component) -> Option<&caveat_core::expression::Expression> {
    let is_clear = component.conclusion.standing == Standing::Clear;
    component.conclusion.license.as_ref().filter(|_| is_clear)
}
