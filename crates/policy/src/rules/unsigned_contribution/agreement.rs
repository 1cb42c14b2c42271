//! Those who have to be on the list of an agreement.

use std::collections::BTreeMap;

use caveat_core::component::ComponentId;
use caveat_core::source::{Span, Spanned};

use super::{Asked, NAME, asked, changes, exempt, line_of_policy};
use crate::case::Case;
use crate::commit::Commit;
use crate::contributions::{Contributions, Signatories, among};
use crate::finding::{Because, Finding, Link, Step};
use crate::person::{Person, Who};
use crate::policy::SignOff;
use crate::verdict::Level;

/// Somebody who contributed, and by which commits.
struct Contributor<'a> {
    person: &'a Spanned<Person>,
    first: &'a Commit,
    commits: usize,
    asked: Asked<'a>,
}

/// One finding for each person and product, and one for a product that names no list.
pub(super) fn findings<'a>(case: &'a Case<'_>, all: &'a Contributions) -> Vec<Finding> {
    let mut people: BTreeMap<(Span, bool, String), Contributor<'a>> = BTreeMap::new();
    for commit in all.commits.iter().rev().filter(|it| !it.is_merge()) {
        let people_of = || std::iter::once(&commit.author).chain(&commit.co_authors);
        for asked in asked(case, commit, SignOff::Cla) {
            for person in people_of() {
                let proper = all.mailmap.proper(&person.value);
                // No address is nobody's: then the name tells people apart.
                let who = if proper.mail.is_empty() { &proper.name } else { &proper.mail };
                let contributor = || Contributor { person, first: commit, commits: 0, asked };
                let key = (asked.at, proper.mail.is_empty(), who.to_lowercase());
                people.entry(key).or_insert_with(contributor).commits += 1;
            }
        }
    }
    let mut told = Vec::new();
    let mut findings = Vec::new();
    for it in people.values() {
        let list = it.asked.inbound.signatories.as_ref();
        let known = list.and_then(|it| all.lists.get(&it.value));
        match known.and_then(|it| Some((it, it.now.as_deref()?))) {
            Some((known, now)) => findings.extend(of_person(all, it, (known, now))),
            None if told.contains(&it.asked.at) => {}
            None => {
                told.push(it.asked.at);
                findings.extend(of_no_list(it));
            }
        }
    }
    findings
}

fn of_person(
    all: &Contributions,
    it: &Contributor<'_>,
    (list, now): (&Signatories, &[Who]),
) -> Option<Finding> {
    let written = &it.person.value;
    let proper = all.mailmap.proper(written);
    let is_on = |list: &[Who]| among(list, written).or_else(|| among(list, &proper)).is_some();
    if is_on(&list.before) {
        return None;
    }
    let named = it.asked.inbound.signatories.as_ref()?;
    let file = &named.value;
    let (level, message, found, help) = if is_on(now) {
        (
            Level::Warn,
            format!("{written} is on {file} only since these commits"),
            format!("these commits put {written} on the list"),
            "let whoever keeps the list confirm that the agreement was signed".to_owned(),
        )
    } else if written.is_program() {
        (
            Level::Note,
            format!("{written} is the account of a program, which cannot sign an agreement"),
            format!("{file} does not name {written}"),
            format!("to have it set aside: exempt = [\"{}\"]", written.mail),
        )
    } else {
        (
            Level::Deny,
            format!("{written} has not signed the agreement, as far as {file} tells"),
            format!("{file} does not name {written}"),
            format!("let them sign, then put a line into {file}: {written}"),
        )
    };
    let mut steps = changes(it.first, it.asked);
    steps.push(Step::new(Link::Claim, found, None));
    steps.push(Step::new(Link::Policy, format!("signatories = \"{file}\""), named.at));
    finding(all, it, (level, message, steps), vec![help])
}

/// Nobody can say who signed.
fn of_no_list(it: &Contributor<'_>) -> Option<Finding> {
    let product = &it.asked.product.name.value;
    let named = it.asked.inbound.signatories.as_ref();
    let (level, message, help) = match named {
        Some(list) => (
            Level::Deny,
            format!("there is no list `{}` of those who signed the agreement", list.value),
            "commit the list, a line for each: Name <address>, or *@domain for an organisation"
                .to_owned(),
        ),
        None => (
            Level::Warn,
            format!("product `{product}` asks for an agreement and names no list of who signed"),
            "name it beside `sign-off`: signatories = \"legal/signatories.txt\"".to_owned(),
        ),
    };
    let mut steps = changes(it.first, it.asked);
    steps.push(line_of_policy(it.asked, SignOff::Cla));
    Some(Finding {
        rule: NAME,
        level,
        component: ComponentId::path(""),
        license: None,
        message,
        at: named.map_or(it.asked.at, |it| it.at),
        label: "who signed is not known".to_owned(),
        because: Because::new(steps)?,
        help: vec![help],
        cause: format!("list {product}"),
        excepted: None,
    })
}

fn finding(
    all: &Contributions,
    it: &Contributor<'_>,
    (level, message, mut steps): (Level, String, Vec<Step>),
    help: Vec<String>,
) -> Option<Finding> {
    let many = it.commits;
    let of = if many == 1 { String::new() } else { format!(", and {} more", many - 1) };
    let says = format!("commit {}{of} of {}", it.first.short(), it.person.value);
    steps.insert(0, Step::new(Link::Relation, says, it.person.at));
    steps.push(line_of_policy(it.asked, SignOff::Cla));
    Some(Finding {
        rule: NAME,
        level,
        component: ComponentId::path(""),
        license: None,
        message,
        at: it.person.at,
        label: "contributed this".to_owned(),
        because: Because::new(steps)?,
        help,
        cause: format!("agreement {} {}", it.asked.product.name.value, it.person.value.mail),
        excepted: exempt(all, it.asked, &it.person.value),
    })
}
