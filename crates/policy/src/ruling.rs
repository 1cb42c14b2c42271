//! What a policy makes of one license in the hands of one component.

mod subject;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use caveat_core::expression::{Expression, Leaf, Licensed};
use caveat_core::lineage::Upstream;
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::finding::{Link, Step};
use crate::policy::Exception;
use crate::setting::Setting;
use crate::travel::over_outputs;
use crate::usage::Usage;
use crate::verdict::Verdict;
use crate::wanted::Wanted;
pub use subject::Subject;
pub(crate) use subject::texts;

/// What the policy makes of one thing that one license asks, in the strictest setting.
#[derive(Clone, Debug)]
pub struct Opinion<'a> {
    /// The license, `WITH` included.
    pub license: String,
    /// What the license asks.
    pub tag: Tag,
    /// What comes of it.
    pub verdict: Verdict,
    /// Whether an organisation's facts decided.
    pub tested: bool,
    /// Term, fact and policy line.
    pub steps: Vec<Step>,
    /// What the license asks, in one clause.
    pub says: String,
    /// Facts of the organisation that are missing for an answer.
    pub wanted: Vec<Wanted>,
    /// The setting in which it was strictest.
    pub setting: Setting<'a>,
    /// An exception that sets it aside.
    pub exception: Option<&'a Exception>,
}

/// An opinion in the hands of one component. Many components share one opinion.
#[derive(Clone, Debug)]
pub struct Ruling<'a> {
    /// Where the license is stated.
    pub stated: Span,
    /// The thing upstream whose license this is; `None` for the component's own.
    pub via: Option<Rc<Upstream<'a>>>,
    opinion: Rc<Opinion<'a>>,
}

impl<'a> Deref for Ruling<'a> {
    type Target = Opinion<'a>;

    fn deref(&self) -> &Opinion<'a> {
        &self.opinion
    }
}

/// Everything decided about one component's licenses.
#[derive(Clone, Debug, Default)]
pub struct Decided<'a> {
    /// One for each license and tag, allowed ones too.
    pub rulings: Vec<Ruling<'a>>,
    /// For every choice that a license offered: the branch taken.
    pub choices: Vec<String>,
    /// The licenses that bind: of every choice only the branch taken.
    pub binding: Vec<&'a Licensed>,
}

/// What was decided about an expression, whoever states it.
#[derive(Clone, Debug, Default)]
pub struct Judged<'a> {
    /// Opinions on the licenses that bind, each with its leaf of the expression, by number.
    opinions: Vec<(usize, Rc<Opinion<'a>>)>,
    /// The leaves that bind.
    binding: Vec<usize>,
    /// For every choice that was offered: the branch taken.
    choices: Vec<String>,
}

impl Opinion<'_> {
    /// Whether it counts: the verdict is not allowed, and no exception sets it aside.
    pub fn stands(&self) -> bool {
        self.verdict != Verdict::Allowed && self.exception.is_none()
    }

    /// Whether facts decided that it is allowed.
    pub fn passes_a_test(&self) -> bool {
        self.tested && self.verdict == Verdict::Allowed
    }

    /// The clauses and facts by which a test passes.
    pub fn passing(&self) -> impl Iterator<Item = Step> {
        self.steps.iter().filter_map(|step| match step.link {
            Link::Term => Some(step.clone()),
            Link::Fact => {
                let says = format!("{} test passes: {}", self.tag, step.says);
                Some(Step { says, ..step.clone() })
            }
            Link::Relation | Link::Claim | Link::Policy => None,
        })
    }
}

impl Ruling<'_> {
    /// Whether it is about a model that learns from what another puts out.
    pub fn is_about_training(&self) -> bool {
        trains(self.setting.usage.as_ref().map(|it| it.value))
            || self.via.as_ref().is_some_and(|it| over_outputs(&it.way))
    }
}

impl Decided<'_> {
    /// The strictest of all rulings that no exception sets aside.
    pub fn verdict(&self) -> Verdict {
        strictest(self.rulings.iter().map(|it| &**it))
    }
}

impl<'a> Judged<'a> {
    /// The strictest of all opinions that no exception sets aside.
    pub fn verdict(&self) -> Verdict {
        strictest(self.opinions.iter().map(|(_, it)| &**it))
    }

    /// What it comes to where `expression`, which reads the same, is stated: by a component itself,
    /// or by something upstream of it.
    pub fn of(&self, expression: &'a Expression, via: Option<Upstream<'a>>) -> Decided<'a> {
        let via = via.map(Rc::new);
        let leaf = |number: usize| expression.leaves().nth(number);
        let ruling = |(number, opinion): &(usize, Rc<Opinion<'a>>)| {
            let stated = leaf(*number)?.at();
            Some(Ruling { stated, via: via.clone(), opinion: Rc::clone(opinion) })
        };
        let licensed = |number: &usize| match leaf(*number)? {
            Leaf::License(it) => Some(it),
            Leaf::Nothing(_) | Leaf::NoAssertion(_) => None,
        };
        Decided {
            rulings: self.opinions.iter().filter_map(ruling).collect(),
            choices: self.choices.clone(),
            binding: self.binding.iter().filter_map(licensed).collect(),
        }
    }
}

fn strictest<'b, 'a: 'b>(opinions: impl Iterator<Item = &'b Opinion<'a>>) -> Verdict {
    Verdict::all(opinions.filter(|it| it.stands()).map(|it| it.verdict))
}

/// Judges `expression`, a license that binds `subject`. Of every choice the best branch counts: the
/// one that the policy takes, else the mildest, else the preferred one, else one whose text lies there.
pub fn judged<'a>(subject: &Subject<'a, '_>, expression: &Expression) -> Judged<'a> {
    let taken = subject.choice();
    let mut opinions: BTreeMap<String, Vec<Rc<Opinion<'a>>>> = BTreeMap::new();
    let weighed = expression.weigh(&mut |leaf| {
        let name = leaf.to_string();
        let rank = subject.ground.policy.choose.rank(&name);
        let is_other = taken.is_some_and(|it| it != name);
        let found = opinions.entry(name).or_insert_with(|| subject.leaf(leaf));
        (is_other, strictest(found.iter().map(|it| &**it)), rank, !subject.has_text(leaf))
    });
    let leaves: Vec<Leaf<'_>> = expression.leaves().collect();
    let number = |leaf: &Leaf<'_>| leaves.iter().position(|it| it == leaf);
    let binding: Vec<usize> = weighed.binding.iter().filter_map(number).collect();
    let of_leaf = |number: &usize| {
        let found = leaves.get(*number).and_then(|it| opinions.get(&it.to_string()));
        let number = *number;
        found.into_iter().flatten().map(move |it| (number, Rc::clone(it)))
    };
    Judged {
        opinions: binding.iter().flat_map(of_leaf).collect(),
        choices: weighed.choices.iter().map(|it| it.taken.to_string()).collect(),
        binding,
    }
}

/// Whether a use is to train a model on what another puts out.
fn trains(usage: Option<Usage>) -> bool {
    matches!(usage, Some(Usage::Distil | Usage::TrainFromData))
}
