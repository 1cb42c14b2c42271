//! How grave it is that something is lost: what the texts say, bounded by what the policy says.

use caveat_core::inventory::Component;
use caveat_core::source::Spanned;

use super::Parent;
use crate::case::Case;
use crate::dispute::Question;
use crate::finding::{Link, Step};
use crate::inheritance::Lost;
use crate::known;
use crate::layers::concerns;
use crate::policy::{Check, RuleLine};
use crate::verdict::{Level, Stance, Verdict};
use crate::vocabulary::Word as _;

/// What decided of all that is lost, and how grave it is.
pub(super) struct Weighed {
    pub(super) level: Level,
    /// What is lost, of that only what made it as grave as this.
    pub(super) lost: Vec<Lost>,
    /// Whether a person has to look because the texts, or who tells of them, leave a doubt.
    pub(super) doubtful: bool,
    /// The line or question that made the difference, where one did.
    pub(super) step: Option<Step>,
    /// What the policy lets pass, and where it says so.
    pub(super) excepted: Option<Spanned<String>>,
}

/// Denied where the texts leave no doubt; for review where they do, unless `[relations]` answers
/// the question that they leave open. A `[[rule]]` with this check may make it milder.
pub(super) fn weigh<'a>(
    case: &Case<'_>,
    component: &Component,
    parent: &Parent<'_>,
    lost: impl Iterator<Item = &'a Lost> + Clone,
) -> Option<Weighed> {
    let told = known::doubt(case, parent.upstream).is_some();
    let verdict = |it: &Lost| {
        let by_text = if told || !it.sure { Verdict::Review } else { Verdict::Denied };
        let answer = |it| case.policy.answer(it).map_or(Verdict::Review, |it| it.value);
        it.open.map_or(by_text, |it| by_text.min(answer(it)))
    };
    let worst = lost.clone().map(verdict).max()?;
    let lost: Vec<Lost> = lost.filter(|it| verdict(it) == worst).cloned().collect();
    let open = deciding(&lost, worst, told);
    // One that asks for what the texts say anyway is told as well, where nothing else decides.
    let speaks =
        |it: &&RuleLine| it.verdict.value < worst || (it.verdict.value == worst && open.is_none());
    let rule = rule(case, component).filter(speaks);
    let stated = open.and_then(|it| case.policy.answer(it));
    let step = match (rule, open) {
        (Some(rule), _) => {
            let says = format!("rule `{}`: {}", rule.id.value, rule.because.value);
            Some(Step::new(Link::Policy, says, rule.verdict.at))
        }
        (None, Some(it)) => Some(answered(it, stated)),
        (None, None) => None,
    };
    let verdict = rule.map_or(worst, |it| it.verdict.value);
    let passes = step.as_ref().filter(|_| verdict == Verdict::Allowed);
    let excepted = passes.and_then(|it| Some(Spanned::new(it.says.clone(), it.at?)));
    let doubtful = worst < Verdict::Denied;
    Some(Weighed { level: Level::from(verdict).max(Level::Note), lost, doubtful, step, excepted })
}

/// The question on which it hangs: none where something is lost all the same, or where a person
/// has to look in any case.
fn deciding(lost: &[Lost], worst: Verdict, told: bool) -> Option<Question> {
    let doubted = |it: &Lost| worst == Verdict::Review && (told || !it.sure);
    let settled = lost.iter().any(|it| it.open.is_none() || doubted(it));
    lost.first()?.open.filter(|_| !settled)
}

/// The policy's answer to a question, or both positions where it has none.
pub(super) fn answered(question: Question, stated: Option<&Spanned<Verdict>>) -> Step {
    let (word, positions) = (question.word(), question.positions());
    let Some(it) = stated else {
        let says = format!("[relations] says nothing of `{word}`: {positions}");
        return Step::new(Link::Policy, says, None);
    };
    let stance = Stance::of(it.value).key();
    let says = format!("[relations] {word} = \"{stance}\": {positions}");
    Step::new(Link::Policy, says, it.at)
}

/// The strictest `[[rule]]` with this check that concerns the component in any of its settings.
pub(super) fn rule<'a>(case: &Case<'a>, component: &Component) -> Option<&'a RuleLine> {
    let checks = |rule: &RuleLine| {
        rule.check.as_ref().map(|it| it.value) == Some(Check::OutboundNoLooserThanUpstream)
    };
    if !case.policy.overrides.iter().any(checks) {
        return None;
    }
    let path = case.path(&component.path);
    let settings = case.settings(&path);
    let thing = (component.kind, &component.id, path.as_str());
    let concerned = |rule: &RuleLine| settings.iter().any(|it| concerns(rule, thing, it));
    let rules = case.policy.overrides.iter().filter(|it| checks(it) && concerned(it));
    rules.max_by_key(|it| it.verdict.value)
}
