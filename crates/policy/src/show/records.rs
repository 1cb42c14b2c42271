//! What people put on record, and how loud findings are.

use super::build::{day, flag, made, period, shown, text, unwritten, word};
use super::{Table, Value};
use crate::policy::{
    Allowance, Basis, Clarification, Evidence, Exception, Exceptions, Exclude, Exhibit,
    Expectation, FINDINGS, Met, Place, Policy, Review, Target,
};
use crate::rules;
use crate::vocabulary::Word as _;

pub(super) fn tables(policy: &Policy) -> Vec<Table> {
    let mut tables: Vec<_> = policy.clarify.iter().map(clarification).collect();
    tables.push(bounds(&policy.exceptions));
    tables.extend(policy.exceptions.list.iter().filter_map(|it| exception(policy, it)));
    tables.extend(policy.met.iter().filter_map(|it| met(policy, it)));
    tables.extend(policy.exclude.iter().map(exclude));
    tables.extend(policy.basis.iter().map(basis));
    if let Some(it) = &policy.baseline {
        let mut table = Table::new("[baseline]");
        table.one("file", Some(&it.file), text);
        table.or("until", it.until.as_ref(), day, unwritten("no end"));
        tables.push(table);
    }
    tables.extend(policy.review.as_ref().map(review));
    tables.push(levels(policy));
    tables.extend(policy.tests.iter().map(expectation));
    tables
}

fn target(table: &mut Table, target: &Target) {
    match target {
        Target::Package(it) => table.one("package", Some(it), shown),
        Target::Path(it) => table.one("path", Some(it), shown),
    }
}

fn clarification(it: &Clarification) -> Table {
    let mut table = Table::new("[[clarify]]");
    target(&mut table, &it.target);
    table.one("license", Some(&it.license), text);
    let evidence = |it: &Evidence| {
        let both = [("path", text(&it.path.value)), ("sha256", shown(&it.sha256.value))];
        (Value::Table(both.map(|(key, it)| (key.to_owned(), it)).into()), Some(it.path.at))
    };
    table.put("evidence", Value::List(it.evidence.iter().map(evidence).collect()), None);
    table.one("because", Some(&it.because), text);
    table.one("owner", Some(&it.owner), text);
    table.one("decided", it.decided.as_ref(), day);
    table
}

fn bounds(it: &Exceptions) -> Table {
    let mut table = Table::new("[exceptions]");
    table.or("longest", it.longest.as_ref(), period, unwritten("no bound"));
    table.or("warn-before", it.warn_before.as_ref(), period, unwritten("no warning"));
    if it.approvers.is_empty() {
        table.put("approvers", unwritten("anybody"), None);
    }
    table.many("approvers", &it.approvers, text);
    table
}

fn allowance(it: &Allowance) -> Value {
    match it {
        Allowance::Tag(it) => word(it),
        Allowance::Finding(it) => Value::Text((*it).to_owned()),
    }
}

fn exception(policy: &Policy, it: &Exception) -> Option<Table> {
    let products = made(policy, &it.products)?;
    let mut table = Table::new("[[exception]]");
    table.one("id", Some(&it.id), text);
    target(&mut table, &it.target);
    table.many("product", &products, text);
    table.many("allow", &it.allow, allowance);
    table.one("because", Some(&it.because), text);
    table.one("owner", Some(&it.owner), text);
    let approved = &it.approved;
    let parts = [
        ("by", text(&approved.by.value)),
        ("on", day(&approved.on.value)),
        ("ticket", text(&approved.ticket.value)),
    ];
    let parts = parts.map(|(key, it)| (key.to_owned(), it)).into();
    table.put("approved", Value::Table(parts), Some(approved.at));
    table.one("expires", Some(&it.expires), day);
    Some(table)
}

fn met(policy: &Policy, it: &Met) -> Option<Table> {
    let products = made(policy, &it.products)?;
    let mut table = Table::new("[[met]]");
    table.one("obligation", Some(&it.obligation), text);
    table.many("license", &it.licenses, shown);
    table.many("product", &products, text);
    table.one("shows", it.shows.as_ref(), text);
    let exhibits = it.exhibits.iter().map(|it| (exhibit(it), Some(it.at)));
    table.put("at", Value::List(exhibits.collect()), None);
    table.one("valid-for", it.valid_for.as_ref(), period);
    Some(table)
}

fn exhibit(it: &Exhibit) -> Value {
    let (path, url, checked) = match &it.place {
        Place::File(it) => (Some(shown(&it.value)), None, None),
        Place::Url { url, checked } => {
            (None, Some(text(&url.value)), checked.as_ref().map(|it| day(&it.value)))
        }
    };
    let parts = [
        ("path", path),
        ("url", url),
        ("checked", checked),
        ("screen", it.screen.as_ref().map(|it| text(&it.value))),
        ("contains", it.contains.as_ref().map(|it| text(&it.value))),
        ("complete", it.complete.as_ref().map(|it| flag(&it.value))),
    ];
    let parts = parts.into_iter().filter_map(|(key, it)| Some((key.to_owned(), it?)));
    Value::Table(parts.collect())
}

fn exclude(it: &Exclude) -> Table {
    let mut table = Table::new("[[exclude]]");
    table.many("path", &it.paths, shown);
    table.one("reason", Some(&it.reason), word);
    table.one("because", it.because.as_ref(), text);
    table
}

fn basis(it: &Basis) -> Table {
    let mut table = Table::new("[[basis]]");
    table.many("path", &it.paths, shown);
    table.one("kind", Some(&it.kind), word);
    table.one("because", Some(&it.because), text);
    table.one("owner", Some(&it.owner), text);
    table.one("reviewed", it.reviewed.as_ref(), day);
    table.one("publish", it.publish.as_ref(), flag);
    table
}

fn review(it: &Review) -> Table {
    let mut table = Table::new("[review]");
    table.one("every", Some(&it.every), period);
    table.one("last", Some(&it.last), day);
    table.one("by", it.by.as_ref(), text);
    table
}

fn levels(policy: &Policy) -> Table {
    let mut table = Table::new("[levels]");
    for name in FINDINGS {
        let usual = rules::named(name).map_or("not found by a check", |it| it.usual.word());
        table.or(name, policy.level(name), word, unwritten(usual));
    }
    table
}

fn expectation(it: &Expectation) -> Table {
    let mut table = Table::new("[[test]]");
    table.one("license", Some(&it.license), text);
    table.one("kind", it.kind.as_ref(), word);
    table.many("use", &it.uses, word);
    table.one("product", it.product.as_ref(), text);
    table.one("expect", Some(&it.expect), word);
    table
}
