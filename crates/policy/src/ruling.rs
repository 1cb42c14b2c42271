//! What a policy makes of one license in the hands of one component.

use std::collections::BTreeMap;

use caveat_core::expression::{Expression, Leaf, Licensed};
use caveat_core::inventory::Component;
use caveat_core::lineage::Upstream;
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::asked::{Asked, Tested, ask};
use crate::dispute;
use crate::finding::{Link, Step};
use crate::ground::Ground;
use crate::known::{Doubt, doubt, states};
use crate::layers::{Answer, Question, answer};
use crate::policy::{Allowance, Exception};
use crate::setting::Setting;
use crate::travel::over_outputs;
use crate::usage::Usage;
use crate::verdict::{Stance, Verdict};
use crate::vocabulary::Word as _;
use crate::wanted::Wanted;

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
    pub wanted: Vec<Wanted>,
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

impl Ruling<'_> {
    /// Whether it counts: the verdict is not allowed, and no exception sets it aside.
    pub fn stands(&self) -> bool {
        self.verdict != Verdict::Allowed && self.exception.is_none()
    }

    /// Whether it is about a model that learns from what another puts out.
    pub fn is_about_training(&self) -> bool {
        trains(self.setting.usage.as_ref().map(|it| it.value))
            || self.via.as_ref().is_some_and(|it| over_outputs(&it.way))
    }
}

impl Decided<'_> {
    /// The strictest of all rulings that no exception sets aside.
    pub fn verdict(&self) -> Verdict {
        strictest(&self.rulings)
    }
}

fn strictest(rulings: &[Ruling<'_>]) -> Verdict {
    Verdict::all(rulings.iter().filter(|it| it.stands()).map(|it| it.verdict))
}

/// Who is judged: a component, and for its upstreams' terms the way to them.
struct Subject<'a, 'b> {
    case: &'b Ground<'a>,
    component: &'a Component,
    /// Whose license it is: decides which lists of the policy speak.
    owner: &'a Component,
    via: Option<Upstream<'a>>,
    /// Where the component is.
    places: Vec<String>,
}

/// Judges `expression`, the license of `owner`, as it binds `component`.
pub fn decide<'a>(
    case: &Ground<'a>,
    component: &'a Component,
    owner: &'a Component,
    via: Option<Upstream<'a>>,
    expression: &'a Expression,
) -> Decided<'a> {
    let places = case.places(component);
    let subject = Subject { case, component, owner, via, places };
    let taken = case.choice(&component.id);
    // The best branch of every OR: the one the policy takes, else the mildest, else the
    // preferred one.
    let mut judged: BTreeMap<String, Vec<Ruling<'a>>> = BTreeMap::new();
    let weighed = expression.weigh(&mut |leaf| {
        let name = leaf.to_string();
        let rulings = subject.leaf(leaf);
        let verdict = strictest(&rulings);
        let rank = case.policy.choose.rank(&name);
        let is_other = taken.is_some_and(|it| it != name);
        judged.entry(name).or_insert(rulings);
        (is_other, verdict, rank)
    });
    let choices = weighed.choices.iter().map(|it| it.taken.to_string()).collect();
    // What was judged to be weighed needs no second judgement.
    let binding = weighed.binding.iter();
    let rulings = binding
        .flat_map(|it| judged.remove(&it.to_string()).unwrap_or_else(|| subject.leaf(*it)))
        .collect();
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
            Leaf::Nothing(at) => self.unknown("NONE", at, "states that there is no license"),
            Leaf::NoAssertion(at) => self.unknown("NOASSERTION", at, "nobody asserts a license"),
        }
    }

    fn license(&self, license: &Licensed) -> Vec<Ruling<'a>> {
        let name = license.to_string();
        let mut tagged = self.case.tags(license);
        if tagged.is_empty() {
            let says = format!("nobody has read the terms of `{name}` yet");
            return self.unknown(&name, license.at, &says);
        }
        let travel = self.via.as_ref().map(|it| self.case.travel(license, &it.way));
        tagged.retain(|it| travel.is_none_or(|travel| travel.takes(it.tag)));
        let asked = Asked::all(&tagged, |it| self.case.term_span(license, it));
        let mut rulings: Vec<_> = asked
            .iter()
            .flat_map(|asked| {
                let test = |it: &_| ask(self.case, self.owner, license, asked.tag, it);
                self.over_settings(|it| self.in_setting(&name, license.at, asked, it, &test))
            })
            .collect();
        let hearsay = self.case.defined(license).is_none() && !self.case.text_was_read(license);
        if hearsay && !rulings.is_empty() {
            rulings.extend(self.over_settings(|it| self.by_hearsay(&name, license.at, it)));
        }
        if let Some(it) = self.doubted() {
            let says = states(self.owner, &name, license.at);
            rulings.extend(self.over_settings(|setting| {
                self.by_catalog(&name, license.at, setting, (&it, says.clone()))
            }));
        }
        if let Some(question) = travel.and_then(|it| it.open) {
            for it in &mut rulings {
                self.bound_by_relation(it, question);
            }
        }
        rulings
    }

    /// Where the license leaves open how far it reaches, the policy's stance bounds what it does.
    fn bound_by_relation(&self, ruling: &mut Ruling<'a>, question: dispute::Question) {
        let Some(stance) = self.case.policy.answer(question) else { return };
        if ruling.verdict <= stance.value {
            return;
        }
        ruling.verdict = stance.value;
        if stance.value == Verdict::Allowed {
            ruling.exception = None;
        }
        let word = Stance::of(stance.value).key();
        let says = format!("[relations] {} = \"{word}\"", question.word());
        ruling.steps.push(Step::new(Link::Policy, says, stance.at));
    }

    fn unknown(&self, license: &str, at: Span, says: &str) -> Vec<Ruling<'a>> {
        let asked = Asked::unknown(says.to_owned());
        self.over_settings(|it| self.in_setting(license, at, &asked, it, &|_: &_| None))
    }

    /// The same question in every setting. The strictest answer stands, and beside it the strictest
    /// that each exception sets aside: what is excepted in one product may hold in another.
    fn over_settings(&self, rule: impl Fn(Setting<'a>) -> Ruling<'a>) -> Vec<Ruling<'a>> {
        let mut kept: Vec<Ruling<'a>> = Vec::new();
        let settings = self.places.iter().flat_map(|it| self.case.settings(it));
        for ruling in settings.map(rule) {
            let excepted = |it: &Ruling<'_>| it.exception.map(|it| it.at);
            match kept.iter_mut().find(|it| excepted(it) == excepted(&ruling)) {
                Some(it) if it.verdict < ruling.verdict => *it = ruling,
                Some(_) => {}
                None => kept.push(ruling),
            }
        }
        kept
    }

    fn in_setting(
        &self,
        license: &str,
        stated: Span,
        asked: &Asked,
        setting: Setting<'a>,
        test: &dyn Fn(&Setting<'a>) -> Option<Tested>,
    ) -> Ruling<'a> {
        let answer = self.answer(license, asked.tag, &setting);
        let told = if answer.stance == Stance::Test { test(&setting) } else { None };
        // Without a test in the terms a person has to look.
        let by_test = told.as_ref().map_or(Verdict::Review, |it| it.verdict);
        let verdict = answer.stance.verdict().unwrap_or(by_test);
        let line = format!("{}; {}", answer.says, setting.phrase());
        let mut steps = asked.clauses.clone();
        let mut ruling = self.ruling(license, stated, asked.tag, verdict, setting);
        ruling.says.clone_from(&asked.says);
        if let Some(it) = told {
            steps.extend(it.steps);
            ruling.tested = true;
            ruling.wanted = it.wanted;
            if verdict != Verdict::Allowed {
                ruling.says = it.says;
            }
        }
        steps.push(Step::new(Link::Policy, line, answer.at));
        ruling.steps = steps;
        ruling
    }

    /// What third parties tell of a license is never enough to let it pass.
    fn by_hearsay(&self, license: &str, stated: Span, setting: Setting<'a>) -> Ruling<'a> {
        let says = "its terms are told by others only, nobody here has read its text".to_owned();
        let policy = "what nobody has read is never allowed; a person has to look";
        let mut ruling = self.ruling(license, stated, Tag::Unknown, Verdict::Review, setting);
        ruling.steps =
            vec![Step::new(Link::Claim, says.clone(), None), Step::new(Link::Policy, policy, None)];
        ruling.says = says;
        ruling
    }

    /// Why the catalogue is not believed of what is in our hands. Of what is only named, another
    /// rule tells that nobody saw it.
    fn doubted(&self) -> Option<Doubt> {
        let named = self.via.is_some() || self.case.is_named_only(self.owner);
        if named { None } else { doubt(self.case, self.owner) }
    }

    /// What the catalogue alone tells lets pass as much as it is believed.
    fn by_catalog(
        &self,
        license: &str,
        stated: Span,
        setting: Setting<'a>,
        (doubt, told): (&Doubt, Step),
    ) -> Ruling<'a> {
        let mut ruling = self.ruling(license, stated, Tag::Unknown, doubt.verdict, setting);
        doubt.says.clone_into(&mut ruling.says);
        ruling.steps = vec![told, doubt.step.clone()];
        ruling
    }

    fn ruling(
        &self,
        license: &str,
        stated: Span,
        tag: Tag,
        verdict: Verdict,
        setting: Setting<'a>,
    ) -> Ruling<'a> {
        // What is allowed needs no exception, and uses none.
        let stopped = verdict != Verdict::Allowed;
        let exception = if stopped { self.exception(tag, &setting) } else { None };
        Ruling {
            license: license.to_owned(),
            stated,
            via: self.via.clone(),
            tag,
            verdict,
            tested: false,
            steps: Vec::new(),
            says: String::new(),
            wanted: Vec::new(),
            setting,
            exception,
        }
    }

    fn answer(&self, license: &str, tag: Tag, setting: &Setting<'_>) -> Answer {
        let path = &setting.path;
        let question = Question { kind: self.owner.kind, id: &self.owner.id, path, license, tag };
        let mut answer = answer(self.case.policy, &question, setting);
        // Limits on outputs bind those who train on outputs.
        let idle = tag == Tag::OutputRestricted
            && !trains(setting.usage.as_ref().map(|it| it.value))
            && !self.via.as_ref().is_some_and(|it| over_outputs(&it.way));
        // What a device must let its user do binds those who ship one.
        let device = setting.ends_in.or(setting.product).and_then(|it| it.device.as_ref());
        let locks = tag == Tag::AntiLockdown && device.is_none();
        let stays = setting.usage.as_ref().is_some_and(|it| !ships(it.value));
        if (locks && stays) || ((idle || locks) && !answer.named) {
            answer.stance = Stance::Allow;
        }
        answer
    }

    /// The exception in force that lets this tag pass, if there is one.
    fn exception(&self, tag: Tag, setting: &Setting<'a>) -> Option<&'a Exception> {
        let policy = self.case.policy;
        policy.exceptions.list.iter().find(|it| {
            let product = it.products.is_empty() || setting.products().any(|name| it.is_for(name));
            product
                && it.allows(Allowance::Tag(tag)).is_some()
                && self.is_meant(it, &setting.path)
                && self.case.in_force(it)
        })
    }

    fn is_meant(&self, exception: &Exception, path: &str) -> bool {
        let known_as = |id, path: &str| exception.target.matches(id, Some(path));
        known_as(&self.component.id, path)
            || known_as(&self.owner.id, &self.case.path(&self.owner.path))
    }
}

/// Whether a use hands something to others.
fn ships(usage: Usage) -> bool {
    matches!(usage, Usage::DistributeBinary | Usage::DistributeWeights)
}

/// Whether a use is to train a model on what another puts out.
fn trains(usage: Option<Usage>) -> bool {
    matches!(usage, Some(Usage::Distil | Usage::TrainFromData))
}
