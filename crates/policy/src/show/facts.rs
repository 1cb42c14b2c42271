//! `[org]` and `[[product]]`.

use super::build::{day, flag, number, period, shown, text, unwritten, word};
use super::{Table, Value};
use crate::org::{Facts, Org};
use crate::policy::{Device, DeviceFact, Inbound, InboundTerms, Outbound, Policy, Product};
use crate::vocabulary::Word as _;

pub(super) fn tables(policy: &Policy) -> Vec<Table> {
    let mut head = Table::new("");
    head.put("caveat", Value::Number(1), None);
    let mut tables = vec![head, org(&policy.org)];
    tables.extend(policy.org.facts.iter().map(facts));
    tables.extend(policy.products.iter().map(product));
    tables
}

fn org(org: &Org) -> Table {
    let unknown = || unwritten("not known");
    let mut table = Table::new("[org]");
    table.one("name", org.name.as_ref(), text);
    table.or("kind", org.kind.as_ref(), word, unknown());
    table.or("commercial", org.commercial.as_ref(), flag, unknown());
    table.or("domicile", org.domicile.as_ref(), shown, unknown());
    match &org.markets {
        Some(it) => table.list("markets", it, shown),
        None => table.put("markets", unknown(), None),
    }
    match &org.fields {
        Some(it) => table.list("fields", it, word),
        None => table.put("fields", unwritten("not declared"), None),
    }
    let never = unwritten("figures never grow stale");
    table.or("stale-after", org.stale_after.as_ref(), period, never);
    table
}

fn facts(facts: &Facts) -> Table {
    let mut table = Table::new("[[org.facts]]");
    table.one("as-of", Some(&facts.as_of), day);
    for (metric, figure) in &facts.figures {
        table.one(metric.word(), Some(figure), number);
    }
    table.one("source", facts.source.as_ref(), text);
    table
}

fn product(product: &Product) -> Table {
    let mut table = Table::new("[[product]]");
    table.one("name", Some(&product.name), text);
    table.many("paths", &product.paths, shown);
    table.many("uses", &product.uses, word);
    table.one("tier", product.tier.as_ref(), text);
    table.one("audience", product.audience.as_ref(), word);
    table.many("feeds", &product.feeds, text);
    table.one("outbound", product.outbound.as_ref(), |it: &Outbound| {
        Value::Text(it.words().to_owned())
    });
    if let Some(it) = &product.inbound {
        table.put("inbound", inbound(it), Some(it.at));
    }
    table.one("openness", product.openness.as_ref(), word);
    table.one("artefact", product.artefact.as_ref(), text);
    if let Some(it) = &product.device {
        table.put("device", device(it), Some(it.at));
    }
    table.one("commercial", product.commercial.as_ref(), flag);
    if let Some(it) = &product.markets {
        table.list("markets", it, shown);
    }
    if let Some(it) = &product.fields {
        table.list("fields", it, word);
    }
    table
}

fn inbound(inbound: &Inbound) -> Value {
    let terms = inbound.terms.as_ref().map(|it| match &it.value {
        InboundTerms::SameAsOutbound => Value::Text("inbound=outbound".to_owned()),
        InboundTerms::License(it) => text(it),
    });
    let sign_off = inbound.sign_off.as_ref().map(|it| word(&it.value));
    let signatories = inbound.signatories.as_ref().map(|it| text(&it.value));
    let exempt = inbound.exempt.iter().map(|it| (shown(&it.value), Some(it.at))).collect();
    let exempt = (!inbound.exempt.is_empty()).then_some(Value::List(exempt));
    let all = [
        ("terms", terms),
        ("sign-off", sign_off),
        ("signatories", signatories),
        ("exempt", exempt),
    ];
    let all = all.into_iter().filter_map(|(key, it)| Some((key.to_owned(), it?)));
    Value::Table(all.collect())
}

fn device(device: &Device) -> Value {
    let fact = |it: &DeviceFact| Some((it.word().to_owned(), flag(&device.fact(*it)?.value)));
    Value::Table(DeviceFact::ALL.iter().filter_map(fact).collect())
}
