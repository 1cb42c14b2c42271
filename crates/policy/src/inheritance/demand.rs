//! What a license demands of the label on what is made from it.

use caveat_core::component::Kind;
use caveat_core::expression::Licensed;
use caveat_core::inventory::{Component, Relation};
use caveat_core::source::Span;
use caveat_core::tags::{Tag, Tagged};
use caveat_core::terms::{
    Confidence, Distillation, Fact, FlowDown, OutputLimit, SameLicenseForDatabase, Terms, Value,
    Word,
};

use super::Conflict;
use crate::dispute::{Dispute, Question};
use crate::ground::Ground;
use crate::task::{Likeness, Task, is_unguarded, likeness, tasks};
use crate::travel::is_same_work;

/// One thing that must travel, with the fact that says so.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    pub(super) what: What,
    /// What sort of conflict it is to drop it.
    pub(super) conflict: Conflict,
    /// What a label drops that does not carry it, in a few words.
    pub(super) drops: String,
    /// What the license says, in one clause.
    pub(super) says: String,
    pub(super) at: Option<Span>,
    pub(super) cite: String,
    /// Read in the text, not told by others.
    pub(super) sure: bool,
    /// The question on which it hangs, where the text leaves one open.
    pub(super) open: Option<Question>,
}

/// The kinds of things that must travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// What a tag stands for.
    Tag(Tag),
    /// A use that stays forbidden, by its name in the terms.
    ForbiddenUse(&'static str),
    /// The agreement itself: no other text will do.
    Agreement,
    /// That no model outside the family learns from outputs.
    OwnFamily,
    /// That no other model at all does, whatever its label.
    NoStudent,
    /// That refusals stay in.
    Guardrails,
    /// That changed versions are not passed on: a label under which that is so may do.
    NoAdaptation,
}

impl What {
    /// Whether it is a limit on use, which a license may want to be passed on in a certain way.
    fn is_limit(self) -> bool {
        match self {
            Self::Tag(it) => matches!(
                it,
                Tag::UseRestricted | Tag::NonCommercial | Tag::ResearchOnly | Tag::CompetitorBarred
            ),
            Self::ForbiddenUse(_) => true,
            Self::Agreement
            | Self::OwnFamily
            | Self::NoStudent
            | Self::Guardrails
            | Self::NoAdaptation => false,
        }
    }

    pub(super) fn forbidden_use(self) -> Option<&'static str> {
        match self {
            Self::ForbiddenUse(it) => Some(it),
            Self::Tag(_)
            | Self::Agreement
            | Self::OwnFamily
            | Self::NoStudent
            | Self::Guardrails
            | Self::NoAdaptation => None,
        }
    }
}

/// Everything that `theirs` demands and that travels on the way to what was made of it. Without
/// anything made, what the license demands of a label as such.
pub(super) fn demands(
    ground: &Ground<'_>,
    made: Option<&Component>,
    theirs: &Licensed,
    way: &[&Relation],
) -> Vec<Demand> {
    let tags = ground.tags(theirs);
    let travel = ground.travel(theirs, way);
    // Where only what concerns outputs travels, whether there may be a student is asked below, and
    // what it is called binds its maker: a name that begins as it must leaves the label free.
    let apart = |tag| travel.student && matches!(tag, Tag::OutputRestricted | Tag::NamingRequired);
    let changed = |tag| tag == Tag::NoDerivatives && !is_same_work(way);
    let taken = tags.iter().filter(|it| travel.takes(it.tag));
    let taken = taken.filter(|it| !apart(it.tag) && !changed(it.tag));
    let mut all: Vec<Demand> = taken.filter_map(|it| of_tag(ground, theirs, it)).collect();
    let known = ground.terms(theirs);
    if let Some(terms) = known {
        if travel.takes(Tag::UseRestricted) {
            all.extend(forbidden_uses(ground, theirs, terms));
        }
        match travel.tags {
            None => {
                all.extend(agreement(ground, theirs, terms));
                all.extend(database(ground, theirs, terms, way));
                all.extend(made.and_then(|it| guardrails(ground, it, theirs, terms)));
            }
            Some(_) if travel.student => all.extend(student(ground, theirs, terms, way)),
            Some(_) => {}
        }
    }
    if travel.tags.is_none() && !is_same_work(way) {
        let kept = tags.iter().filter(|it| it.tag == Tag::NoDerivatives);
        all.extend(kept.map(|it| no_adaptation(ground, theirs, it)));
    }
    said_once(&mut all);
    let carrier = known.and_then(|it| it.duties.flow_down.as_ref());
    for it in &mut all {
        it.open = it.open.or(travel.open);
        if let Some(fact) = carrier.filter(|_| it.what.is_limit()) {
            it.says = format!("{}; {}", it.says, fact.line().words);
            it.cite = format!("{}; {}", it.cite, fact.cite);
        }
    }
    all
}

/// Of several clauses that ask the same the first that leaves no doubt is told.
fn said_once(all: &mut Vec<Demand>) {
    let mut kept: Vec<Demand> = Vec::new();
    for it in all.drain(..) {
        match kept.iter_mut().find(|known| known.what == it.what) {
            Some(known) if it.sure && !known.sure => *known = it,
            Some(_) => {}
            None => kept.push(it),
        }
    }
    *all = kept;
}

fn of_tag(ground: &Ground<'_>, theirs: &Licensed, it: &Tagged) -> Option<Demand> {
    Some(Demand {
        what: What::Tag(it.tag),
        conflict: Conflict::Label,
        drops: phrase(it.tag)?.to_owned(),
        says: it.says.clone(),
        at: ground.term_span(theirs, it),
        cite: it.cite.clone(),
        sure: it.confidence == Confidence::Read,
        open: None,
    })
}

/// Whoever may not pass on changed versions passes none on under another label.
fn no_adaptation(ground: &Ground<'_>, theirs: &Licensed, it: &Tagged) -> Demand {
    Demand {
        what: What::NoAdaptation,
        conflict: Conflict::Use,
        drops: "passing on changed versions".to_owned(),
        says: it.says.clone(),
        at: ground.term_span(theirs, it),
        cite: it.cite.clone(),
        sure: it.confidence == Confidence::Read,
        open: None,
    }
}

fn of_fact<T: Value>(
    ground: &Ground<'_>,
    theirs: &Licensed,
    fact: &Fact<T>,
    what: What,
    drops: &str,
) -> Demand {
    Demand {
        what,
        conflict: Conflict::Label,
        drops: drops.to_owned(),
        says: fact.line().words,
        at: ground.fact_span(theirs, fact),
        cite: fact.cite.clone(),
        sure: fact.confidence == Confidence::Read,
        open: None,
    }
}

/// A database that stays under its license while what is made of it may not: only another dataset
/// is the database again.
fn database(
    ground: &Ground<'_>,
    theirs: &Licensed,
    terms: &Terms,
    way: &[&Relation],
) -> Option<Demand> {
    let fact = terms.duties.same_license_for_database.as_ref()?;
    let stays = fact.value == SameLicenseForDatabase::Yes;
    let again = way.last().is_none_or(|it| it.kind == Kind::Dataset);
    let drops = "its demand for the same license";
    (stays && again).then(|| of_fact(ground, theirs, fact, What::Agreement, drops))
}

/// Refusals that were taken out, where the license itself forbids it. A use policy beside the
/// license says less plainly what is meant, and a name may mean something else than a tag.
fn guardrails(
    ground: &Ground<'_>,
    made: &Component,
    theirs: &Licensed,
    terms: &Terms,
) -> Option<Demand> {
    let fact = terms.restrictions.guardrails.as_ref()?;
    let tagged = is_unguarded(made)?;
    let own_words = terms.license.text.as_ref() == Some(&fact.source);
    let demand = of_fact(ground, theirs, fact, What::Guardrails, "taking out its guardrails");
    Some(Demand { conflict: Conflict::Use, sure: demand.sure && tagged && own_words, ..demand })
}

fn forbidden_uses(ground: &Ground<'_>, theirs: &Licensed, terms: &Terms) -> Vec<Demand> {
    let Some(fact) = &terms.restrictions.restricted_uses else { return Vec::new() };
    // Where similar restrictions will do, a shorter list may be similar enough.
    let similar = terms.duties.flow_down.as_ref();
    let similar = similar.is_some_and(|it| it.value.value == FlowDown::EquivalentOk);
    let demand = |name| {
        let what = What::ForbiddenUse(name);
        let demand = of_fact(ground, theirs, fact, what, "its list of forbidden uses");
        Demand { sure: demand.sure && !similar, ..demand }
    };
    fact.value.0.iter().map(|it| demand(it.clause())).collect()
}

fn agreement(ground: &Ground<'_>, theirs: &Licensed, terms: &Terms) -> Option<Demand> {
    let fact = terms.duties.flow_down.as_ref()?;
    let same = match fact.value.value {
        FlowDown::CopyOfAgreement | FlowDown::SameTerms | FlowDown::SameLicense => true,
        FlowDown::EnforceableProvision
        | FlowDown::SameRestrictions
        | FlowDown::EquivalentOk
        | FlowDown::UsersMustComply
        | FlowDown::AttributionAndDisclaimer => false,
    };
    same.then(|| of_fact(ground, theirs, fact, What::Agreement, "the agreement itself"))
}

/// Whether there may be a student at all. Some bans are about one kind of model: of a student that
/// is known to be of another they say nothing.
fn student(
    ground: &Ground<'_>,
    theirs: &Licensed,
    terms: &Terms,
    way: &[&Relation],
) -> Option<Demand> {
    let fact = terms.outputs.distillation.as_ref()?;
    let ends = ground.student(way);
    let tasks = ends.map(|it| tasks(it.0)).unwrap_or_default();
    let spared = |it: Task| !tasks.is_empty() && !tasks.contains(&it);
    if field(terms).is_some_and(spared) {
        return None;
    }
    let (what, open) = match fact.value {
        Distillation::Forbidden => (What::NoStudent, None),
        Distillation::ForbiddenOutsideFamily => (What::OwnFamily, None),
        Distillation::ForbiddenIfCompeting
            if ends.is_some_and(|(student, of)| likeness(student, of) == Likeness::Unlike) =>
        {
            return None;
        }
        Distillation::ForbiddenIfCompeting => {
            (What::NoStudent, Some(Question::Dispute(Dispute::CompetingStudent)))
        }
        Distillation::Derivative
        | Distillation::DerivativeIfSimilar
        | Distillation::DerivativeMustShareAlike
        | Distillation::NonCommercialOnly
        | Distillation::NoticeRequired
        | Distillation::NotCovered
        | Distillation::Unrestricted
        | Distillation::Undefined => return None,
    };
    let demand = of_fact(ground, theirs, fact, what, "training other models on its outputs");
    Some(Demand { conflict: Conflict::Use, open, ..demand })
}

/// The kind of model that a ban on students is about, where it is about one.
fn field(terms: &Terms) -> Option<Task> {
    terms.outputs.limits.iter().find_map(|it| match it.value.limit {
        OutputLimit::NoTrainOtherLlm => Some(Task::Text),
        OutputLimit::NoTrainOtherAi => {
            let field = it.value.field.as_ref()?;
            field.contains("text-to-image").then_some(Task::Picture)
        }
        OutputLimit::None
        | OutputLimit::NotStated
        | OutputLimit::UseRestrictionsApply
        | OutputLimit::NonCommercial
        | OutputLimit::ResearchOnly
        | OutputLimit::NoTrainCompeting
        | OutputLimit::NoTrainFoundationalModel => None,
    })
}

/// What a label drops, in a few words; `None` for what no label has to carry.
fn phrase(tag: Tag) -> Option<&'static str> {
    Some(match tag {
        Tag::Permissive
        | Tag::PublicDomain
        | Tag::Unknown
        | Tag::PatentRetaliation
        | Tag::RevocableRemotely => return None,
        Tag::Attribution => "its credit",
        Tag::AttributionDisplay => "its visible credit",
        Tag::NamingRequired => "its naming rule",
        Tag::WeakReciprocal | Tag::StrongReciprocal | Tag::NetworkReciprocal | Tag::ShareAlike => {
            "its demand for the same license"
        }
        Tag::AntiLockdown => "its demand that users can install changes",
        Tag::UseRestricted => "its use restrictions",
        Tag::NonCommercial => "its limit to non-commercial use",
        Tag::ResearchOnly => "its limit to research",
        Tag::NoDerivatives => "its ban on changed versions",
        Tag::ScaleCapped | Tag::RevenueCapped | Tag::DeviceCapped => "its limit by size",
        Tag::Territorial | Tag::SeatRestricted => "its territory",
        Tag::CompetitorBarred => "its bar on competitors",
        Tag::OutputRestricted => "its limits on outputs",
        Tag::SourceAvailable => "the uses that it reserves",
        Tag::Proprietary => "its ban on passing it on",
    })
}
