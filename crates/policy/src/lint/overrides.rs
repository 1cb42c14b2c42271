//! `[[rule]]`s that can never speak.

use std::collections::BTreeSet;

use caveat_core::library::Library;
use caveat_core::source::Spanned;
use caveat_core::tags::{Tag, tags};

use super::told::Told;
use crate::case::Case;
use crate::extends::reach::{Reach, meant};
use crate::finding::Finding;
use crate::policy::{Policy, RuleLine};
use crate::verdict::Level;

pub(super) fn lint(case: &Case<'_>) -> Vec<Finding> {
    let policy = case.policy;
    let carried = carried(policy);
    let reaches: Vec<_> =
        policy.overrides.iter().map(|it| Reach::of(it, &policy.licenses)).collect();
    let mut all = Vec::new();
    for (number, reach) in reaches.iter().enumerate() {
        let rule = reach.rule;
        all.extend(no_such_product(policy, rule));
        if rule.at.source != policy.source {
            continue;
        }
        let of_licenses = rule.licenses.iter().filter_map(|it| no_such_license(policy, rule, it));
        all.extend(of_licenses);
        let found = no_such_use(policy, rule)
            .or_else(|| no_such_tag(reach, &carried))
            .or_else(|| shadowed(&reaches, number));
        all.extend(found);
    }
    all.into_iter().map(Told::finding).collect()
}

/// Every tag that a known license carries, or one that the policy defines.
fn carried(policy: &Policy) -> BTreeSet<Tag> {
    let library = Library::embedded();
    let own = policy.licenses.iter().flat_map(|it| &it.tags).map(|it| it.value);
    let known = library.ids().filter_map(|it| library.terms(it));
    let known = known.flat_map(tags).map(|it| it.tag);
    // What nobody has read asks for it.
    known.chain(own).chain([Tag::Unknown]).collect()
}

fn told(lint: &'static str, rule: &RuleLine, message: String, help: &str) -> Told {
    Told {
        lint,
        level: Level::Warn,
        at: rule.id.at,
        label: "can never speak",
        message,
        because: Spanned::new(format!("says \"{}\"", rule.verdict.value), rule.verdict.at),
        help: help.to_owned(),
    }
}

/// A base may speak of products that are not made here.
fn no_such_product(policy: &Policy, rule: &RuleLine) -> Option<Told> {
    let first = rule.products.first()?;
    if rule.products.iter().any(|it| policy.product(&it.value).is_some()) {
        return None;
    }
    let message = format!(
        "rule `{}` is about product `{}`, which is not made here",
        rule.id.value, first.value
    );
    let help = "if the product has another name here, give it that of the base";
    Some(Told { level: Level::Note, ..told("unmade-product", rule, message, help) })
}

fn no_such_use(policy: &Policy, rule: &RuleLine) -> Option<Told> {
    let first = rule.uses.first()?;
    let named = |name: &str| rule.products.iter().any(|it| it.value == name);
    let about =
        policy.products.iter().filter(|it| rule.products.is_empty() || named(&it.name.value));
    let mut ends = about.flat_map(|it| policy.ends_of(it)).peekable();
    ends.peek()?;
    if ends.any(|it| rule.uses.iter().any(|usage| it.is_used(usage.value))) {
        return None;
    }
    let message = format!(
        "rule `{}` is about the use `{}`, which no product has",
        rule.id.value, first.value
    );
    let help = "state the use in the [[product]] that has it, or remove the rule; \
                `caveat may` asks about any use";
    let (level, label) = (Level::Note, "no product has it");
    Some(Told { level, label, at: first.at, ..told("unmade-use", rule, message, help) })
}

fn no_such_license(
    policy: &Policy,
    rule: &RuleLine,
    pattern: &Spanned<crate::glob::LicensePattern>,
) -> Option<Told> {
    if !meant(&pattern.value, &policy.licenses).is_empty() {
        return None;
    }
    let name = pattern.value.as_str();
    let message = format!("rule `{}` names `{name}`, of which no terms are known", rule.id.value);
    let near = Library::embedded().suggest(name).map(|it| format!("did you mean `{it}`?"));
    let help = near.unwrap_or_else(|| {
        "`caveat licenses` lists the ids; a license of your own is a [[license]]".to_owned()
    });
    let at = pattern.at;
    Some(Told {
        level: Level::Note,
        at,
        label: "no known license",
        ..told("unheard-license", rule, message, &help)
    })
}

fn no_such_tag(reach: &Reach<'_>, carried: &BTreeSet<Tag>) -> Option<Told> {
    let rule = reach.rule;
    if rule.check.is_some() || reach.tags.iter().any(|it| carried.contains(it)) {
        return None;
    }
    let first = rule.tags.first()?;
    let id = &rule.id.value;
    let message = if rule.names_license() {
        format!("rule `{id}` asks for `{}`, which none of its licenses carries", first.value)
    } else {
        format!("rule `{id}` asks for `{}`, which no known license carries", first.value)
    };
    let help = "name other tags, or none: `caveat explain LICENSE` shows what one carries";
    Some(Told { at: first.at, ..told("uncarried-tag", rule, message, help) })
}

/// Another rule speaks wherever this one does, and is stricter, or says the same before it.
fn shadowed(reaches: &[Reach<'_>], number: usize) -> Option<Told> {
    let reach = &reaches[number];
    let rule = reach.rule;
    let hides = |(place, it): &(usize, &Reach<'_>)| {
        let other = it.rule;
        let same = other.verdict.value == rule.verdict.value;
        // Of two that say the same everywhere, the later one is too many.
        let earlier = *place < number || !it.is_within(rule);
        *place != number
            && other.names_license() == rule.names_license()
            && (other.verdict.value > rule.verdict.value || (same && earlier))
            && reach.is_within(other)
    };
    let (_, other) = reaches.iter().enumerate().find(hides)?;
    let other = other.rule;
    let (id, theirs) = (&rule.id.value, &other.id.value);
    let same = other.verdict.value == rule.verdict.value;
    let message = if same {
        format!("rule `{id}` says no more than rule `{theirs}`")
    } else {
        format!("rule `{id}` is never heard: rule `{theirs}` speaks as well and is stricter")
    };
    let says = format!("rule `{theirs}` says \"{}\"", other.verdict.value);
    let because = Spanned::new(says, other.verdict.at);
    let help = "remove it, or narrow the other: `use`, `product`, `path` and `license` do";
    let (lint, level) =
        if same { ("repeated-rule", Level::Note) } else { ("shadowed-rule", Level::Warn) };
    Some(Told { level, because, ..told(lint, rule, message, help) })
}
