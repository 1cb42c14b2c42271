//! What a license asks of the organisation itself: its size, its seat, its markets.

mod territory;
mod threshold;

use caveat_core::expression::Licensed;
use caveat_core::inventory::Component;
use caveat_core::source::Span;
use caveat_core::tags::{Tag, Tagged};

use crate::ground::Ground;
use crate::finding::{Link, Step};
use crate::setting::Setting;
use crate::verdict::Verdict;

/// One thing that a license asks, with the clause.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What sort of thing.
    pub tag: Tag,
    /// The thing in one clause.
    pub says: String,
    /// Where the terms say so.
    pub at: Option<Span>,
    /// The section of the license.
    pub cite: Option<String>,
}

impl Asked {
    /// What a tag stands for.
    pub fn of(tagged: &Tagged, at: Option<Span>) -> Self {
        Self { tag: tagged.tag, says: tagged.says.clone(), at, cite: Some(tagged.cite.clone()) }
    }

    /// As a step of an explanation.
    pub fn step(&self) -> Step {
        Step { link: Link::Term, says: self.says.clone(), at: self.at, cite: self.cite.clone() }
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
    pub wanted: Vec<String>,
}

/// How one test came out.
#[derive(Clone, Debug)]
enum Outcome {
    Passes(Vec<Step>),
    Fails(String, Vec<Step>),
    Unanswered(String, String),
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
    let terms = case.library.terms(license.id.as_str())?;
    let outcomes = match tag {
        Tag::Territorial | Tag::SeatRestricted => territory::outcomes(case, terms, owner, tag, setting),
        _ => threshold::outcomes(case, terms, tag, setting),
    };
    (!outcomes.is_empty()).then(|| tested(case, outcomes))
}

/// The worst outcome decides, and only what decided is told.
fn tested(case: &Ground<'_>, outcomes: Vec<Outcome>) -> Tested {
    let unanswered = case.policy.rules.unanswered();
    let mut fails = (Vec::new(), Vec::new());
    let mut open = (Vec::new(), Vec::new());
    let mut passes = Vec::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Passes(steps) => passes.extend(steps),
            Outcome::Fails(says, steps) => {
                fails.0.push(says);
                fails.1.extend(steps);
            }
            Outcome::Unanswered(says, wanted) => {
                open.0.push(says);
                open.1.push(wanted);
            }
        }
    }
    if !fails.0.is_empty() {
        return Tested { verdict: Verdict::Denied, says: fails.0.join("; "), steps: fails.1, wanted: Vec::new() };
    }
    if !open.0.is_empty() {
        let steps = open.1.iter().map(|it| Step::new(Link::Fact, format!("not stated: {it}"), case.policy.org.at));
        let steps = steps.collect();
        return Tested { verdict: unanswered, says: open.0.join("; "), steps, wanted: open.1 };
    }
    Tested { verdict: Verdict::Allowed, says: "the test passes".to_owned(), steps: passes, wanted: Vec::new() }
}
