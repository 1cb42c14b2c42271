//! What a license asks of the organisation itself: its size, its seat, its markets.

mod territory;
mod threshold;

use caveat_core::expression::Licensed;
use caveat_core::inventory::Component;
use caveat_core::source::Span;
use caveat_core::tags::{Tag, Tagged};
use caveat_core::terms::Word as _;

use crate::finding::{Link, Step};
use crate::ground::Ground;
use crate::setting::Setting;
use crate::verdict::{Stance, Verdict};
use crate::wanted::Wanted;

/// One sort of thing that a license asks, with the clauses that ask it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What sort of thing.
    pub tag: Tag,
    /// The thing in one clause.
    pub says: String,
    /// The clauses as steps of an explanation.
    pub clauses: Vec<Step>,
}

impl Asked {
    /// What a license asks, its facts gathered by tag; `place` tells where a fact is written.
    pub fn all<'a>(
        tagged: impl IntoIterator<Item = &'a Tagged>,
        place: impl Fn(&Tagged) -> Option<Span>,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for it in tagged {
            let clause = Step {
                link: Link::Term,
                says: it.says.clone(),
                at: place(it),
                cite: Some(it.cite.clone()),
            };
            match all.iter_mut().find(|asked| asked.tag == it.tag) {
                Some(asked) => asked.clauses.push(clause),
                None => {
                    all.push(Self { tag: it.tag, says: it.says.clone(), clauses: vec![clause] });
                }
            }
        }
        all
    }

    /// A license that cannot be judged, because of what `says` says.
    pub fn unknown(says: String) -> Self {
        let clause = Step::new(Link::Claim, says.clone(), None);
        Self { tag: Tag::Unknown, says, clauses: vec![clause] }
    }
}

/// What the facts of the organisation answer.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Allowed where the test passes; denied where it fails; as the policy says where the facts
    /// cannot answer.
    pub verdict: Verdict,
    /// The answer in one clause.
    pub says: String,
    /// The facts that decided.
    pub steps: Vec<Step>,
    /// Facts that are missing.
    pub wanted: Vec<Wanted>,
}

/// How one test came out.
#[derive(Clone, Debug)]
enum Outcome {
    Passes(Vec<Step>),
    Fails(String, Vec<Step>),
    /// The clause in words, the fact that is missing, and what is known of it.
    Unanswered(String, Wanted, Vec<Step>),
}

/// Asks the facts about everything in `license` that stands behind `tag`. `None` where the terms
/// hold no test for it.
pub fn ask(
    case: &Ground<'_>,
    owner: &Component,
    license: &Licensed,
    tag: Tag,
    setting: &Setting<'_>,
) -> Option<Tested> {
    let terms = case.terms(license)?;
    let outcomes = match tag {
        Tag::Territorial | Tag::SeatRestricted => {
            territory::outcomes(case, terms, owner, tag, setting)
        }
        _ => threshold::outcomes(case, terms, tag, setting),
    };
    (!outcomes.is_empty()).then(|| tested(case, outcomes))
}

/// Asks the facts about a credit that is due past a size only: allowed where it is not due, denied
/// where it is. `None` where no such duty hangs on a size.
pub fn due(case: &Ground<'_>, license: &Licensed, setting: &Setting<'_>) -> Option<Tested> {
    let terms = case.terms(license)?;
    let mut outcomes = Vec::new();
    let mut clauses = Vec::new();
    for fact in &terms.limits.thresholds {
        let Some(outcome) = threshold::display(case, &fact.value, setting) else { continue };
        outcomes.push(outcome);
        clauses.push(Step {
            link: Link::Term,
            says: format!("{}: {}", fact.value.who(), fact.value.consequence.clause()),
            at: case.fact_span(license, fact),
            cite: Some(fact.cite.clone()),
        });
    }
    if outcomes.is_empty() {
        return None;
    }
    let mut tested = tested(case, outcomes);
    tested.steps.splice(0..0, clauses);
    Some(tested)
}

/// The worst outcome decides, and only what decided is told.
fn tested(case: &Ground<'_>, outcomes: Vec<Outcome>) -> Tested {
    let mut fails = (Vec::new(), Vec::new());
    let mut open = (Vec::new(), Vec::new());
    let mut known = Vec::new();
    let mut passes = Vec::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Passes(steps) => passes.extend(steps),
            Outcome::Fails(says, steps) => {
                fails.0.push(says);
                fails.1.extend(steps);
            }
            Outcome::Unanswered(says, wanted, steps) => {
                open.0.push(says);
                open.1.push(wanted);
                known.extend(steps);
            }
        }
    }
    let says = |all: Vec<String>| all.join("; ");
    if !fails.0.is_empty() {
        let (says, steps) = (says(fails.0), fails.1);
        return Tested { verdict: Verdict::Denied, says, steps, wanted: Vec::new() };
    }
    if !open.0.is_empty() {
        return unanswered(case, &says(open.0), open.1, known);
    }
    let says = "the test passes".to_owned();
    Tested { verdict: Verdict::Allowed, says, steps: passes, wanted: Vec::new() }
}

/// The facts cannot tell: the policy says what then comes of it.
fn unanswered(case: &Ground<'_>, says: &str, wanted: Vec<Wanted>, known: Vec<Step>) -> Tested {
    let rules = &case.policy.rules;
    let verdict = rules.unanswered();
    let missing = |it: &Wanted| format!("not stated: {}", it.says);
    let missing = wanted.iter().map(|it| Step::new(Link::Fact, missing(it), case.policy.org.at));
    let mut steps: Vec<Step> = known.into_iter().chain(missing).collect();
    let line = rules.unanswered.as_ref().map(|it| it.at);
    let policy = match line {
        Some(_) => format!("[rules] unanswered = \"{}\"", Stance::of(verdict).key()),
        None => "[rules] says nothing of `unanswered`, which then denies".to_owned(),
    };
    steps.push(Step::new(Link::Policy, policy, line));
    let says = format!("{says}, and the facts do not tell");
    Tested { verdict, says, steps, wanted }
}
