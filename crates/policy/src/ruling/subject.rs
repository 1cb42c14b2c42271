//! Who is judged, and what the policy makes of each thing that a license asks of them.

use std::rc::Rc;

use caveat_core::component::Origin;
use caveat_core::expression::{Leaf, Licensed};
use caveat_core::inventory::{Component, Stated};
use caveat_core::source::Spanned;
use caveat_core::tags::{Tag, Tagged};

use super::{Opinion, trains};
use crate::asked::{Asked, Tested, ask};
use crate::dispute;
use crate::finding::{Link, Step};
use crate::ground::Ground;
use crate::known::{Doubt, doubt, states};
use crate::layers::{Answer, Question, answer};
use crate::lines::{Line, Lines};
use crate::policy::{Allowance, Exception, RuleLine};
use crate::setting::Setting;
use crate::travel::{Passage, travel};
use crate::usage::Usage;
use crate::verdict::{Stance, Verdict};
use crate::vocabulary::Word as _;

/// Who is judged: a component, and for the terms of something upstream the way to it.
#[derive(Debug)]
pub struct Subject<'a, 'b> {
    pub(super) ground: &'b Ground<'a>,
    lines: &'b Lines<'a>,
    component: &'a Component,
    /// Whose license it is: decides which lists of the policy speak.
    owner: &'a Component,
    /// How far terms come along; `None` where the license is the component's own.
    passage: Option<Passage>,
    /// Where the component is.
    places: Vec<Place<'a>>,
}

/// A place in which a component is.
#[derive(Debug)]
struct Place<'a> {
    path: String,
    settings: Vec<Setting<'a>>,
    /// Lines of the policy that name the place, or whose license it is.
    named: Vec<Line>,
    /// Exceptions in force that name the place, the component, or whose license it is.
    exceptions: Vec<&'a Exception>,
}

/// One license in one place: the rules that may speak of each of its tags.
struct Asking<'a, 'c> {
    license: &'c str,
    asked: &'c Asked,
    place: &'c Place<'a>,
    rules: &'c [&'a RuleLine],
}

impl<'a, 'b> Subject<'a, 'b> {
    /// A component in whose own license there is a question.
    pub fn of(ground: &'b Ground<'a>, lines: &'b Lines<'a>, component: &'a Component) -> Self {
        Self::under(ground, lines, (component, component), None)
    }

    /// A component, and whose license it is that binds it; how far terms come along from there.
    pub fn under(
        ground: &'b Ground<'a>,
        lines: &'b Lines<'a>,
        (component, owner): (&'a Component, &'a Component),
        passage: Option<Passage>,
    ) -> Self {
        let theirs = lines.by_package(&owner.id);
        let ours = [lines.by_package(&component.id), lines.by_path(&ground.path(&owner.path))];
        let place = |path: String| {
            let here = lines.by_path(&path);
            let settings = ground.settings(&path);
            let named = [theirs.as_slice(), &here].concat();
            let excepted = [ours.concat().as_slice(), &named].concat();
            Place { path, settings, named, exceptions: in_force(ground, excepted) }
        };
        let places = ground.places(component).into_iter().map(place).collect();
        Self { ground, lines, component, owner, passage, places }
    }

    /// The branch that the policy takes for the component, where it says.
    pub(super) fn choice(&self) -> Option<&'a str> {
        let choices = &self.ground.policy.choose.packages;
        let named = self.lines.by_package(&self.component.id);
        let choice = named.iter().find_map(|it| match it {
            Line::Choice(it) => choices.get(*it),
            Line::Product(_) | Line::Rule(_) | Line::Exception(_) => None,
        });
        Some(choice?.take.value.as_str())
    }

    /// Whether whoever states the license has its text with it.
    pub(super) fn has_text(&self, leaf: Leaf<'_>) -> bool {
        match leaf {
            Leaf::License(it) => texts(self.owner).any(|text| text == it.id.as_str()),
            Leaf::Nothing(_) | Leaf::NoAssertion(_) => false,
        }
    }

    /// What the policy makes of one leaf of an expression.
    pub(super) fn leaf(&self, leaf: Leaf<'_>) -> Vec<Rc<Opinion<'a>>> {
        let found = match leaf {
            Leaf::License(license) => self.license(license),
            Leaf::Nothing(_) => self.unknown("NONE", "states that there is no license"),
            Leaf::NoAssertion(_) => self.unknown("NOASSERTION", "nobody asserts a license"),
        };
        found.into_iter().map(Rc::new).collect()
    }

    fn license(&self, license: &Licensed) -> Vec<Opinion<'a>> {
        let ground = self.ground;
        let name = license.to_string();
        let tags = ground.tags(license);
        if tags.is_empty() {
            let says = format!("nobody has read the terms of `{name}` yet");
            return self.unknown(&name, &says);
        }
        let travel = self.passage.map(|it| travel(ground.terms(license), it));
        let takes = |it: &&Tagged| travel.is_none_or(|travel| travel.takes(it.tag));
        let asked = Asked::all(tags.iter().filter(takes), |it| ground.term_span(license, it));
        let licensed = self.lines.by_license(&name);
        let mut opinions: Vec<Opinion<'a>> = Vec::new();
        for asked in &asked {
            let test = |it: &_| ask(ground, self.owner, license, asked.tag, it);
            opinions.extend(self.on(&name, asked, &licensed, &test));
        }
        let hearsay = ground.defined(license).is_none() && !ground.text_was_read(license);
        if hearsay && !opinions.is_empty() {
            opinions.extend(self.over_settings(|place, it| by_hearsay(&name, place, it)));
        }
        if let Some(doubt) = self.doubted() {
            let told = states(self.owner, &name, license.at);
            opinions.extend(
                self.over_settings(|place, it| {
                    by_catalog(&name, place, it, (&doubt, told.clone()))
                }),
            );
        }
        if let Some(question) = travel.and_then(|it| it.open) {
            for it in &mut opinions {
                self.bound_by_relation(it, question);
            }
        }
        opinions
    }

    /// Where the license leaves open how far it reaches, the policy's stance bounds what it does;
    /// of what experts dispute, its silence does as well.
    fn bound_by_relation(&self, opinion: &mut Opinion<'a>, question: dispute::Question) {
        let stated = self.ground.policy.answer(question);
        let silent = match question {
            dispute::Question::Dispute(_) => Verdict::Review,
            dispute::Question::Way(_) => Verdict::Denied,
        };
        let bound = stated.map_or(silent, |it| it.value);
        if opinion.verdict <= bound {
            return;
        }
        opinion.verdict = bound;
        if bound == Verdict::Allowed {
            opinion.exception = None;
        }
        opinion.steps.push(answered(question, stated));
    }

    fn unknown(&self, license: &str, says: &str) -> Vec<Opinion<'a>> {
        let asked = Asked::unknown(says.to_owned());
        self.on(license, &asked, &self.lines.by_license(license), &|_: &_| None)
    }

    /// What the policy makes of one thing that a license asks, which the rules `licensed` name.
    fn on(
        &self,
        license: &str,
        asked: &Asked,
        licensed: &[usize],
        test: &dyn Fn(&Setting<'a>) -> Option<Tested>,
    ) -> Vec<Opinion<'a>> {
        let rules = |it: &Place<'a>| self.lines.rules(&it.named, licensed, asked.tag);
        let rules: Vec<Vec<&'a RuleLine>> = self.places.iter().map(rules).collect();
        let by_place = self.places.iter().zip(&rules);
        let settings = by_place.flat_map(|(place, rules)| {
            place.settings.iter().map(move |setting| (place, rules, setting))
        });
        strictest_of(settings.map(|(place, rules, setting)| {
            let asking = Asking { license, asked, place, rules };
            self.in_setting(&asking, setting, test)
        }))
    }

    fn over_settings(
        &self,
        opinion: impl Fn(&Place<'a>, &Setting<'a>) -> Opinion<'a>,
    ) -> Vec<Opinion<'a>> {
        let opinion = &opinion;
        let of_place = |place: &'_ Place<'a>| {
            place.settings.iter().map(move |it| opinion(place, it)).collect::<Vec<_>>()
        };
        strictest_of(self.places.iter().flat_map(of_place))
    }

    fn in_setting(
        &self,
        asking: &Asking<'a, '_>,
        setting: &Setting<'a>,
        test: &dyn Fn(&Setting<'a>) -> Option<Tested>,
    ) -> Opinion<'a> {
        let asked = asking.asked;
        let answer = self.answer(asking, setting);
        let told = if answer.stance == Stance::Test { test(setting) } else { None };
        // Without a test in the terms a person has to look.
        let by_test = told.as_ref().map_or(Verdict::Review, |it| it.verdict);
        let verdict = answer.stance.verdict().unwrap_or(by_test);
        let line = format!("{}; {}", answer.says, setting.phrase());
        let mut steps = asked.clauses.clone();
        let mut opinion = opinion(asking.license, asking.place, asked.tag, verdict, setting);
        opinion.says.clone_from(&asked.says);
        if let Some(it) = told {
            steps.extend(it.steps);
            opinion.tested = true;
            opinion.wanted = it.wanted;
            if verdict != Verdict::Allowed {
                opinion.says = it.says;
            }
        }
        steps.push(Step::new(Link::Policy, line, answer.at));
        opinion.steps = steps;
        opinion
    }

    /// Why the catalogue is not believed of what is in our hands. Of what is only named, another
    /// rule tells that nobody saw it.
    fn doubted(&self) -> Option<Doubt> {
        let named = self.passage.is_some() || self.ground.is_named_only(self.owner);
        if named { None } else { doubt(self.ground, self.owner) }
    }

    fn answer(&self, asking: &Asking<'a, '_>, setting: &Setting<'_>) -> Answer {
        let Asking { license, asked: Asked { tag, .. }, place, rules } = asking;
        let (kind, id, path) = (self.owner.kind, &self.owner.id, place.path.as_str());
        let question = Question { kind, id, path, license, tag: *tag };
        let mut answer = answer(self.ground.policy, rules, &question, setting);
        // Limits on outputs bind those who train on outputs.
        let learned = matches!(self.passage, Some(Passage::Learned { .. } | Passage::PutOut));
        let idle = *tag == Tag::OutputRestricted
            && !trains(setting.usage.as_ref().map(|it| it.value))
            && !learned;
        // What a device must let its user do binds those who ship one.
        let device = setting.ends_in.or(setting.product).and_then(|it| it.device.as_ref());
        let locks = *tag == Tag::AntiLockdown && device.is_none();
        let stays = setting.usage.as_ref().is_some_and(|it| !ships(it.value));
        if (locks && stays) || ((idle || locks) && !answer.named) {
            answer.stance = Stance::Allow;
        }
        answer
    }
}

/// The licenses whose texts lie with a component.
pub(crate) fn texts(component: &Component) -> impl Iterator<Item = &str> {
    let texts = component.claims.iter().filter(|it| it.evidence.origin == Origin::Text);
    let stated = texts.filter_map(|it| match &it.stated {
        Stated::Expression(found) => Some(found),
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            None
        }
    });
    stated.flat_map(|it| it.licenses().map(|it| it.id.as_str()))
}

fn opinion<'a>(
    license: &str,
    place: &Place<'a>,
    tag: Tag,
    verdict: Verdict,
    setting: &Setting<'a>,
) -> Opinion<'a> {
    // What is allowed needs no exception, and uses none.
    let stopped = verdict != Verdict::Allowed;
    let exception = if stopped { place.exception(tag, setting) } else { None };
    Opinion {
        license: license.to_owned(),
        tag,
        verdict,
        tested: false,
        steps: Vec::new(),
        says: String::new(),
        wanted: Vec::new(),
        setting: setting.clone(),
        exception,
    }
}

impl<'a> Place<'a> {
    /// The exception that lets this tag pass, if there is one.
    fn exception(&self, tag: Tag, setting: &Setting<'a>) -> Option<&'a Exception> {
        let is_meant = |it: &&Exception| {
            let product = it.products.is_empty() || setting.products().any(|name| it.is_for(name));
            product && it.allows(Allowance::Tag(tag)).is_some()
        };
        self.exceptions.iter().copied().find(is_meant)
    }
}

/// The exceptions among these lines that hold today, in the order of the file.
fn in_force<'a>(ground: &Ground<'a>, mut named: Vec<Line>) -> Vec<&'a Exception> {
    named.sort_unstable();
    named.dedup();
    let exception = |it: Line| match it {
        Line::Exception(it) => ground.policy.exceptions.list.get(it),
        Line::Product(_) | Line::Rule(_) | Line::Choice(_) => None,
    };
    named.into_iter().filter_map(exception).filter(|it| ground.in_force(it)).collect()
}

/// The same question in every setting. The strictest answer stands, and beside it the strictest
/// that each exception sets aside: what is excepted in one product may hold in another.
fn strictest_of<'a>(opinions: impl Iterator<Item = Opinion<'a>>) -> Vec<Opinion<'a>> {
    let mut kept: Vec<Opinion<'a>> = Vec::new();
    for opinion in opinions {
        let excepted = |it: &Opinion<'_>| it.exception.map(|it| it.at);
        match kept.iter_mut().find(|it| excepted(it) == excepted(&opinion)) {
            Some(it) if it.verdict < opinion.verdict => *it = opinion,
            Some(_) => {}
            None => kept.push(opinion),
        }
    }
    kept
}

/// What third parties tell of a license is never enough to let it pass.
fn by_hearsay<'a>(license: &str, place: &Place<'a>, setting: &Setting<'a>) -> Opinion<'a> {
    let says = "its terms are told by others only, nobody here has read its text".to_owned();
    let policy = "what nobody has read is never allowed; a person has to look";
    let mut opinion = opinion(license, place, Tag::Unknown, Verdict::Review, setting);
    opinion.steps =
        vec![Step::new(Link::Claim, says.clone(), None), Step::new(Link::Policy, policy, None)];
    opinion.says = says;
    opinion
}

/// What the catalogue alone tells lets pass as much as it is believed.
fn by_catalog<'a>(
    license: &str,
    place: &Place<'a>,
    setting: &Setting<'a>,
    (doubt, told): (&Doubt, Step),
) -> Opinion<'a> {
    let mut opinion = opinion(license, place, Tag::Unknown, doubt.verdict, setting);
    doubt.says.clone_into(&mut opinion.says);
    opinion.steps = vec![told, doubt.step.clone()];
    opinion
}

/// The policy's answer to a question, or both positions where it has none.
fn answered(question: dispute::Question, stated: Option<&Spanned<Verdict>>) -> Step {
    let word = question.word();
    if let Some(it) = stated {
        let stance = Stance::of(it.value).key();
        return Step::new(Link::Policy, format!("[relations] {word} = \"{stance}\""), it.at);
    }
    let says = format!("[relations] says nothing of `{word}`: {}", question.positions());
    Step::new(Link::Policy, says, None)
}

/// Whether a use hands something to others.
fn ships(usage: Usage) -> bool {
    matches!(usage, Usage::DistributeBinary | Usage::DistributeWeights)
}
