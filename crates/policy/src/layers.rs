//! Which line of the policy speaks: `[[rule]]` before `[rules.KIND]` before `otherwise`. The
//! first layer that speaks wins; inside a layer the strictest; a named license beats a tag.

use caveat_core::component::{ComponentId, Kind};
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::policy::{Condition, Policy, RuleLine};
use crate::setting::Setting;
use crate::verdict::{Stance, Verdict};

/// What is asked of the policy: may this, under this license with this tag, be used like that?
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What sort of thing.
    pub kind: Kind,
    /// Which thing.
    pub id: &'a ComponentId,
    /// Where it lies, relative to the policy's folder.
    pub path: &'a str,
    /// The license, `WITH` included.
    pub license: &'a str,
    /// What the license asks.
    pub tag: Tag,
}

/// What the policy answers, and which line does.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Allow, review, deny, or look at the organisation's facts.
    pub stance: Stance,
    /// The line that speaks; `None` where the policy is silent.
    pub at: Option<Span>,
    /// The line in words.
    pub says: String,
    /// The line names the tag or the license; otherwise it speaks of whatever no line names.
    pub named: bool,
}

/// Asks the layers in turn, and every rule.
pub fn answer_of_all(policy: &Policy, question: &Question<'_>, setting: &Setting<'_>) -> Answer {
    let rules: Vec<&RuleLine> = policy.overrides.iter().collect();
    answer(policy, &rules, question, setting)
}

/// Asks the layers in turn. Of the rules those are asked that may speak of this.
pub fn answer(
    policy: &Policy,
    rules: &[&RuleLine],
    question: &Question<'_>,
    setting: &Setting<'_>,
) -> Answer {
    by_rule(rules, question, setting)
        .or_else(|| by_device(question, setting))
        .or_else(|| by_kind(policy, question))
        .or_else(|| by_patents(policy, question))
        .unwrap_or_else(|| otherwise(policy, question))
}

/// What a `[[rule]]` answers, if any of these speaks of it.
pub fn by_rule(
    rules: &[&RuleLine],
    question: &Question<'_>,
    setting: &Setting<'_>,
) -> Option<Answer> {
    let matching = || rules.iter().filter(|it| matches(it, question, setting));
    let named = matching().any(|it| it.names_license());
    let rule =
        matching().filter(|it| it.names_license() == named).max_by_key(|it| it.verdict.value)?;
    let says = format!("rule `{}`: {}", rule.id.value, rule.because.value);
    Some(Answer {
        stance: Stance::of(rule.verdict.value),
        at: Some(rule.verdict.at),
        says,
        named: true,
    })
}

/// Whether a `[[rule]]` speaks of this. A rule with a `check` speaks of findings, not licenses.
fn matches(rule: &RuleLine, question: &Question<'_>, setting: &Setting<'_>) -> bool {
    let any = |list: usize, found: bool| list == 0 || found;
    rule.check.is_none()
        && any(rule.tags.len(), rule.tags.iter().any(|it| it.value == question.tag))
        && any(
            rule.licenses.len(),
            rule.licenses.iter().any(|it| it.value.matches(question.license)),
        )
        && concerns(rule, (question.kind, question.id, question.path), setting)
}

/// Whether a `[[rule]]` is about such a thing, at such a place, used like that.
pub fn concerns(
    rule: &RuleLine,
    (kind, id, path): (Kind, &ComponentId, &str),
    setting: &Setting<'_>,
) -> bool {
    let any = |list: usize, found: bool| list == 0 || found;
    let used = setting.usage.as_ref().map(|it| it.value);
    any(rule.kinds.len(), rule.kinds.iter().any(|it| it.value == kind))
        && any(rule.paths.len(), rule.paths.iter().any(|it| it.value.matches(path)))
        && any(rule.packages.len(), rule.packages.iter().any(|it| it.value.matches(id)))
        && any(rule.uses.len(), rule.uses.iter().any(|it| used == Some(it.value)))
        && any(
            rule.products.len(),
            rule.products.iter().any(|it| setting.products().any(|name| name == it.value)),
        )
        && rule.when.iter().all(|it| holds(it, setting))
}

/// Whether a condition holds. A fact that nobody stated holds no condition that would allow
/// something, and no condition that would forbid it.
fn holds(condition: &Condition, setting: &Setting<'_>) -> bool {
    match condition {
        Condition::Device(fact, wanted) => {
            let device = setting.ends_in.or(setting.product).and_then(|it| it.device.as_ref());
            device.and_then(|it| it.fact(*fact)).is_some_and(|it| it.value == wanted.value)
        }
        Condition::Commercial(wanted) => {
            setting.commercial.is_some_and(|it| it.value == wanted.value)
        }
    }
}

fn by_kind(policy: &Policy, question: &Question<'_>) -> Option<Answer> {
    // A stray license text is judged as the code that it most often belongs to.
    let kind = match question.kind {
        Kind::Document => Kind::Code,
        kind @ (Kind::Code | Kind::Model | Kind::Dataset) => kind,
    };
    let stance = policy.stance(kind, question.tag)?;
    let says = format!("[rules.{}] {} = [\"{}\"]", kind.name(), stance.value.key(), question.tag);
    Some(Answer { stance: stance.value, at: Some(stance.at), says, named: true })
}

/// A device that boots what its user installs gives what is asked of those who lock theirs.
fn by_device(question: &Question<'_>, setting: &Setting<'_>) -> Option<Answer> {
    let device = setting.ends_in.or(setting.product)?.device.as_ref()?;
    let open = device.locked_boot.as_ref().filter(|it| !it.value)?;
    let says = "device.locked-boot = false: it boots what its user installs".to_owned();
    let asked = question.tag == Tag::AntiLockdown;
    asked.then_some(Answer { stance: Stance::Allow, at: Some(open.at), says, named: true })
}

/// `[patents] retaliation` speaks of one tag, where no list does.
fn by_patents(policy: &Policy, question: &Question<'_>) -> Option<Answer> {
    let stance = policy.patents.as_ref()?.retaliation.as_ref()?;
    let speaks = question.tag == Tag::PatentRetaliation;
    let verdict = Stance::of(stance.value);
    let says = format!("[patents] retaliation = \"{}\"", verdict.key());
    speaks.then_some(Answer { stance: verdict, at: Some(stance.at), says, named: true })
}

/// No list names the tag. Two tags are asked of nearly every license and decide nothing then.
fn otherwise(policy: &Policy, question: &Question<'_>) -> Answer {
    let rules = &policy.rules;
    if question.tag == Tag::Unknown {
        let at = rules.unknown.as_ref().map(|it| it.at);
        return plain(rules.unknown(), at, "unknown");
    }
    if question.tag.is_minor() {
        let says = format!("no line names the tag `{}`, which alone decides nothing", question.tag);
        return Answer { stance: Stance::Allow, at: None, says, named: false };
    }
    let mut answer =
        plain(rules.otherwise(), rules.otherwise.as_ref().map(|it| it.at), "otherwise");
    answer.says = format!("{}: no line names the tag `{}`", answer.says, question.tag);
    answer
}

fn plain(verdict: Verdict, at: Option<Span>, key: &str) -> Answer {
    let stance = Stance::of(verdict);
    let says = match at {
        Some(_) => format!("[rules] {key} = \"{}\"", stance.key()),
        None => format!("[rules] says nothing of `{key}`: a person has to look"),
    };
    Answer { stance, at, says, named: false }
}
