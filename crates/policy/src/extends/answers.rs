//! `[relations]`: an answer to a question may only get stricter, and silence is no mild answer.

use caveat_core::source::Spanned;

use super::{Base, Merge};
use crate::dispute::Question;
use crate::policy::Policy;
use crate::verdict::Verdict;
use crate::vocabulary::Word as _;

pub(super) fn merge(merge: &mut Merge<'_>, policy: &mut Policy) {
    for question in Question::ALL.iter().copied() {
        let own = merge.child.answer(question).cloned();
        let answer = match own {
            Some(own) => {
                for base in merge.bases() {
                    check(merge, question, &own, base);
                }
                Some(own)
            }
            None => joined(merge, question),
        };
        match (question, answer) {
            (Question::Way(it), Some(answer)) => drop(policy.relations.insert(it, answer)),
            (Question::Dispute(it), Some(answer)) => drop(policy.disputes.insert(it, answer)),
            (Question::Way(it), None) => drop(policy.relations.remove(&it)),
            (Question::Dispute(it), None) => drop(policy.disputes.remove(&it)),
        }
    }
}

/// A base that leaves a question open leaves the verdict to the text of the license, which may be
/// as strict as any: only `deny` is surely no looser.
fn check(merge: &mut Merge<'_>, question: Question, own: &Spanned<Verdict>, base: Base<'_>) {
    let stated = base.policy.answer(question);
    let holds = stated.map_or(Verdict::Denied, |it| it.value);
    if own.value >= holds {
        return;
    }
    let (word, name) = (question.word(), base.name());
    let says = match stated {
        Some(it) => {
            format!("`{word} = \"{}\"` is looser than \"{}\" of {name}", own.value, it.value)
        }
        None => format!("`{word} = \"{}\"` answers what {name} leaves open", own.value),
    };
    let help = match stated {
        Some(it) => format!("leave it out, or write \"{}\" or stricter", it.value),
        None => "leave it out or write \"deny\"; a milder answer is the base's to give".to_owned(),
    };
    merge.loosens(own.at, says, base.held(stated.map(|it| it.at)), help);
}

/// What all bases can agree to. One that is silent is no looser than `allow`, and `deny` no looser
/// than silence; between silence and `review` neither is stricter in every case.
fn joined(merge: &Merge<'_>, question: Question) -> Option<Spanned<Verdict>> {
    let stated = || merge.bases().filter_map(|it| it.policy.answer(question));
    let strictest = stated().max_by_key(|it| it.value)?;
    if merge.bases().all(|it| it.policy.answer(question).is_some()) {
        return Some(strictest.clone());
    }
    match strictest.value {
        Verdict::Allowed => None,
        Verdict::Review | Verdict::Denied => Some(Spanned::new(Verdict::Denied, strictest.at)),
    }
}
