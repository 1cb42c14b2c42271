//! What a policy makes of one license in the hands of one component.

use caveat_core::component::ComponentId;
use caveat_core::expression::{Expression, Leaf, Licensed};
use caveat_core::inventory::Component;
use caveat_core::lineage::Upstream;
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::asked::{Asked, Tested, ask};
use crate::finding::{Link, Step};
use crate::ground::Ground;
use crate::layers::{Question, answer};
use crate::policy::{Allowance, Exception};
use crate::setting::Setting;
use crate::usage::Usage;
use crate::verdict::{Stance, Verdict};

/// What the policy makes of one thing that one license asks, in the strictest setting.
#[derive(Clone, Debug)]
pub struct Ruling<'a> {
    /// The license, `WITH` included.
    pub license: String,
    /// Where it is stated.
    pub stated: Span,
    /// The thing upstream whose license this is; `None` for the component's own.
    pub via: Option<Upstream<'a>>,
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
    pub wanted: Vec<String>,
    /// The setting in which it was strictest.
    pub setting: Setting<'a>,
    /// An exception that sets it aside.
    pub exception: Option<&'a Exception>,
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

impl Decided<'_> {
    /// The strictest of all rulings that no exception sets aside.
    pub fn verdict(&self) -> Verdict {
        Verdict::all(self.rulings.iter().filter(|it| it.exception.is_none()).map(|it| it.verdict))
    }
}

/// Who is judged: a component, and for its upstreams' terms the way to them.
struct Subject<'a, 'b> {
    case: &'b Ground<'a>,
    component: &'a Component,
    /// Whose license it is: decides which lists of the policy speak.
    owner: &'a Component,
    via: Option<Upstream<'a>>,
    path: String,
}

/// Judges `expression`, the license of `owner`, as it binds `component`.
pub fn decide<'a>(
    case: &Ground<'a>,
    component: &'a Component,
    owner: &'a Component,
    via: Option<Upstream<'a>>,
    expression: &'a Expression,
) -> Decided<'a> {
    let path = case.path(&component.path);
    let subject = Subject { case, component, owner, via, path };
    let taken = case.choice(&component.id);
    // The best branch of every OR: the one the policy takes, else the mildest, else the
    // preferred one.
    let weighed = expression.weigh(&mut |leaf| {
        let rulings = subject.leaf(leaf);
        let verdict =
            Verdict::all(rulings.iter().filter(|it| it.exception.is_none()).map(|it| it.verdict));
        let name = leaf.to_string();
        (taken.is_some_and(|it| it != name), verdict, case.policy.choose.rank(&name))
    });
    let choices = weighed.choices.iter().map(|it| it.taken.to_string()).collect();
    let rulings = weighed.binding.iter().flat_map(|it| subject.leaf(*it)).collect();
    let licenses = weighed.binding.iter().filter_map(|it| match it {
        Leaf::License(it) => Some(*it),
        Leaf::Nothing(_) | Leaf::NoAssertion(_) => None,
    });
    let binding = licenses.collect();
    Decided { rulings, choices, binding }
}

impl<'a> Subject<'a, '_> {
    fn leaf(&self, leaf: Leaf<'_>) -> Vec<Ruling<'a>> {
        match leaf {
            Leaf::License(license) => self.license(license),
            Leaf::Nothing(at) => vec![self.unknown("NONE", at, "states that there is no license")],
            Leaf::NoAssertion(at) => {
                vec![self.unknown("NOASSERTION", at, "nobody asserts a license")]
            }
        }
    }

    fn license(&self, license: &Licensed) -> Vec<Ruling<'a>> {
        let name = license.to_string();
        let tagged = self.case.tags(license);
        if tagged.is_empty() {
            let says = format!("nobody has read the terms of `{name}` yet");
            return vec![self.unknown(&name, license.at, &says)];
        }
        let asked = Asked::all(&tagged, |it| self.case.term_span(license, it));
        asked.iter().map(|it| self.strictest(&name, license, it)).collect()
    }

    fn unknown(&self, license: &str, at: Span, says: &str) -> Ruling<'a> {
        let asked = Asked::unknown(says.to_owned());
        self.over_settings(license, at, &asked, |_: &Setting<'a>| None)
    }

    fn strictest(&self, name: &str, license: &Licensed, asked: &Asked) -> Ruling<'a> {
        self.over_settings(name, license.at, asked, |setting| {
            ask(self.case, self.owner, license, asked.tag, setting)
        })
    }

    /// The same question in every setting; the strictest answer stands.
    fn over_settings(
        &self,
        license: &str,
        stated: Span,
        asked: &Asked,
        test: impl Fn(&Setting<'a>) -> Option<Tested>,
    ) -> Ruling<'a> {
        let all = self.case.settings(&self.path);
        let rulings = all.into_iter().map(|it| self.in_setting(license, stated, asked, it, &test));
        rulings
            .reduce(|one, other| if weight(&other) > weight(&one) { other } else { one })
            .expect("there is at least one setting")
    }

    fn in_setting(
        &self,
        license: &str,
        stated: Span,
        asked: &Asked,
        setting: Setting<'a>,
        test: &impl Fn(&Setting<'a>) -> Option<Tested>,
    ) -> Ruling<'a> {
        let question = Question {
            kind: self.owner.kind,
            id: &self.owner.id,
            path: &self.path,
            license,
            tag: asked.tag,
        };
        let mut answer = answer(self.case.policy, &question, &setting);
        if !matters(asked.tag, setting.usage.as_ref().map(|it| it.value)) && !answer.named {
            answer.stance = Stance::Allow;
        }
        let mut steps = asked.clauses.clone();
        let told = if answer.stance == Stance::Test { test(&setting) } else { None };
        // Without a test in the terms a person has to look.
        let by_test = told.as_ref().map_or(Verdict::Review, |it| it.verdict);
        let verdict = answer.stance.verdict().unwrap_or(by_test);
        steps.extend(told.iter().flat_map(|it| it.steps.clone()));
        let mut says_asked = asked.says.clone();
        let mut wanted = Vec::new();
        if let Some(it) = &told {
            if verdict != Verdict::Allowed {
                says_asked.clone_from(&it.says);
            }
            wanted.clone_from(&it.wanted);
        }
        let says = format!("{}; {}", answer.says, setting.phrase());
        steps.push(Step::new(Link::Policy, says, answer.at));
        Ruling {
            license: license.to_owned(),
            stated,
            via: self.via.clone(),
            tag: asked.tag,
            verdict,
            tested: told.is_some(),
            steps,
            says: says_asked,
            wanted,
            exception: self.exception(asked.tag, &setting),
            setting,
        }
    }

    /// The exception in force that lets this tag pass, if there is one.
    fn exception(&self, tag: Tag, setting: &Setting<'a>) -> Option<&'a Exception> {
        let policy = self.case.policy;
        policy.exceptions.list.iter().find(|it| {
            let product = it.products.is_empty() || setting.products().any(|name| it.is_for(name));
            product
                && it.allows(Allowance::Tag(tag)).is_some()
                && self.is_meant(it)
                && policy.exceptions.objection(it, self.case.today).is_none()
        })
    }

    fn is_meant(&self, exception: &Exception) -> bool {
        let known_as = |id: &ComponentId| exception.target.matches(id, Some(&self.path));
        known_as(&self.component.id) || known_as(&self.owner.id)
    }
}

/// A ruling that no exception sets aside outweighs one that is set aside.
fn weight(ruling: &Ruling<'_>) -> (Verdict, bool) {
    (ruling.verdict, ruling.exception.is_none())
}

/// Whether a tag has anything to say of a use that no line of the policy names it for: limits
/// on outputs bind those who train on outputs.
fn matters(tag: Tag, usage: Option<Usage>) -> bool {
    let trains = matches!(usage, Some(Usage::Distil | Usage::TrainFromData));
    tag != Tag::OutputRestricted || trains
}
