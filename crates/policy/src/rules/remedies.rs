//! What to do about a ruling: the cheapest thing first, each something that one can do.

use caveat_core::catalog::{Catalog, Entry};
use caveat_core::inventory::Component;
use caveat_core::tags::{Tag, tags};

use super::elsewhere::place;
use super::license_rulings::{Sort, distinct, except, sort};
use crate::case::Case;
use crate::known;
use crate::layers::{Question, answer};
use crate::ruling::Ruling;
use crate::setting::Setting;
use crate::verdict::{Stance, Verdict};

/// A missing fact, another thing to use, a change to how it is used, a decision on record.
pub(super) fn help(
    case: &Case<'_>,
    component: &Component,
    rulings: &[&Ruling<'_>],
    tags: &[Tag],
) -> Vec<String> {
    let wanted = distinct(rulings.iter().flat_map(|it| &it.wanted));
    let facts =
        wanted.into_iter().map(|it| format!("tell the policy the fact it lacks: {}", it.says));
    let via = rulings.first().and_then(|it| it.via.as_ref());
    let owner = via.map_or(Some(component), |it| case.graph.components.get(it.id));
    let denied = rulings.iter().filter(|it| it.verdict == Verdict::Denied);
    let setting = denied.clone().next().map(|it| &it.setting);
    let other = owner.zip(setting).and_then(|(it, setting)| alternative(case, it, setting));
    let stopped = distinct(denied.map(|it| (it.tag, it.tested)));
    let changes = stopped.into_iter().filter_map(|(tag, tested)| change(tag, tested, rulings));
    let product = rulings.first().and_then(|it| it.setting.product);
    let record = except(component, product, tags.iter().map(|it| it.name()));
    let record = format!("{}{record}", begin(rulings));
    let changes = distinct(changes.map(str::to_owned));
    let exempt = exempt(case, rulings);
    let mut help: Vec<String> =
        facts.chain(other).chain(changes).chain(exempt).chain([record]).collect();
    // Only what follows something can be an alternative to it.
    if let Some(first) = help.first_mut()
        && let Some(rest) = first.strip_prefix("or ")
    {
        *first = rest.to_owned();
    }
    help.extend(owner.and_then(known::help));
    help
}

/// Whom the tested clause spares: no fact of a policy tells whether that is who asks.
fn exempt(case: &Case<'_>, rulings: &[&Ruling<'_>]) -> Option<String> {
    let first = rulings.first().filter(|it| sort(it) == Some(Sort::Threshold))?;
    let terms = case.library.terms(first.license.split(' ').next()?)?;
    let words = terms.limits.thresholds.iter().find_map(|it| it.value.exempt.as_ref())?;
    Some(format!("or show that you are exempt, as are {words}"))
}

/// What has to come before a decision is put on record.
fn begin(rulings: &[&Ruling<'_>]) -> &'static str {
    match rulings.first().and_then(|it| sort(it)) {
        Some(Sort::Denied | Sort::Territory | Sort::Output) => {
            "or use something else, or put the decision on record: "
        }
        Some(Sort::Threshold) => "or use something else; put the answer on record: ",
        Some(Sort::Review) => "have Legal look at the clause, then put the decision on record: ",
        Some(Sort::Unread) | None => {
            "have Legal read the license, then put the decision on record: "
        }
    }
}

/// A change to how it is used that ends what stopped it.
fn change(tag: Tag, tested: bool, rulings: &[&Ruling<'_>]) -> Option<&'static str> {
    let missing = rulings.iter().any(|it| it.tag == tag && !it.wanted.is_empty());
    match tag {
        Tag::NonCommercial | Tag::ResearchOnly => {
            Some("or buy a license for commercial use, where the licensor sells one")
        }
        Tag::StrongReciprocal => {
            Some("leave it out, or let it run as a program of its own that yours only calls")
        }
        Tag::NetworkReciprocal => {
            Some("leave it out, or offer its source to your users over the network")
        }
        Tag::WeakReciprocal => Some("link it so that its users can put their own version in"),
        Tag::AntiLockdown => Some("let the device install changed versions of it"),
        Tag::Territorial if tested && !missing => {
            Some("use it in a product whose `markets` leave these places out")
        }
        Tag::ScaleCapped | Tag::DeviceCapped | Tag::CompetitorBarred if !missing => {
            Some("ask the licensor for a license")
        }
        Tag::RevenueCapped if !missing => Some("buy a license from the licensor"),
        Tag::NoDerivatives => Some("use it unchanged and pass on nothing that was made of it"),
        Tag::ShareAlike => Some("pass on what is made of it under the same license"),
        Tag::PublicDomain
        | Tag::Permissive
        | Tag::Attribution
        | Tag::AttributionDisplay
        | Tag::NamingRequired
        | Tag::UseRestricted
        | Tag::ScaleCapped
        | Tag::RevenueCapped
        | Tag::DeviceCapped
        | Tag::Territorial
        | Tag::SeatRestricted
        | Tag::CompetitorBarred
        | Tag::OutputRestricted
        | Tag::PatentRetaliation
        | Tag::RevocableRemotely
        | Tag::SourceAvailable
        | Tag::Proprietary
        | Tag::Unknown => None,
    }
}

/// A sibling of a well-known model whose publisher asks for nothing that this policy minds: the
/// one whose name is nearest.
fn alternative(case: &Case<'_>, component: &Component, setting: &Setting<'_>) -> Option<String> {
    let id = component.id.as_str().strip_prefix("pkg:huggingface/")?;
    let name = id.split('@').next().filter(|it| !it.starts_with("datasets/"))?;
    let (owner, own) = name.split_once('/')?;
    Catalog::embedded().named(name)?;
    let stem = own.split(['-', '.', '_']).next().filter(|it| it.len() > 2)?;
    let is_sibling = |it: &Entry| {
        let other = it.id.split_once('/').map(|(_, it)| it);
        let other = other.filter(|it| !it.eq_ignore_ascii_case(own));
        !it.is_family
            && it.read.first_hand
            && it.made_from.is_empty()
            && other.is_some_and(|it| it.split(['-', '.', '_']).next() == Some(stem))
    };
    let siblings = Catalog::embedded().of_owner(owner).filter(is_sibling);
    let free = siblings.filter(|it| passes(case, component, setting, it.license.text));
    let best = free.max_by_key(|it| (common(it.id, name), std::cmp::Reverse(it.id)))?;
    Some(format!("use `{}`, which its publisher has under {}", best.id, best.license.text))
}

/// How many letters two names begin with in common.
fn common(one: &str, two: &str) -> usize {
    one.bytes().zip(two.bytes()).take_while(|(one, two)| one.eq_ignore_ascii_case(two)).count()
}

/// Whether the policy allows everything that a license asks, untested.
fn passes(case: &Case<'_>, component: &Component, setting: &Setting<'_>, license: &str) -> bool {
    let Some(terms) = case.library.terms(license) else { return false };
    let asked = tags(terms);
    let path = &place(case, component, setting);
    let (kind, id) = (component.kind, &component.id);
    let allowed = |tag: Tag| {
        let question = Question { kind, id, path, license, tag };
        answer(case.policy, &case.lines.on(&question), &question, setting).stance == Stance::Allow
    };
    !asked.is_empty() && asked.iter().all(|it| allowed(it.tag))
}
