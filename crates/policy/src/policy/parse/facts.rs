//! `[org]` and `[[product]]`.

use std::collections::BTreeMap;

use caveat_core::source::Spanned;

use super::super::{Device, Inbound, Mistake, Product};
use super::table::Table;
use super::values::{
    date, file, flag, glob, inbound_terms, number, outbound, period, region, text, who, word,
};
use crate::org::{Facts, Metric, Org};
use crate::vocabulary::Word;

pub(super) fn org(mut table: Table<'_>) -> Org {
    Org {
        at: Some(table.at()),
        name: table.one("name", text),
        kind: table.one("kind", word),
        commercial: table.one("commercial", flag),
        domicile: table.one("domicile", region),
        markets: table.some("markets", region),
        fields: table.some("fields", word),
        business: table.some("business", word),
        stale_after: table.one("stale-after", period),
        facts: table.list("facts", facts),
    }
}

fn facts(mut table: Table<'_>) -> Option<Facts> {
    let as_of = table.need("as-of", date);
    let source = table.one("source", text);
    let mut figures: BTreeMap<Metric, Spanned<u64>> = BTreeMap::new();
    for metric in Metric::ALL {
        let aliases = Metric::ALIASES.iter().filter(|(_, it)| it == metric).map(|(it, _)| *it);
        for key in std::iter::once(metric.word()).chain(aliases) {
            let Some(figure) = table.one(key, number) else { continue };
            let at = figure.at;
            if let Some(earlier) = figures.insert(*metric, figure) {
                let (noun, name, first) = ("figure", key.to_owned(), earlier.at);
                table.note(at, Mistake::Twice { noun, name, first });
            }
        }
    }
    let at = table.at();
    Some(Facts { at, as_of: as_of?, source, figures })
}

pub(super) fn product(mut table: Table<'_>) -> Option<Product> {
    let at = table.at();
    let name = table.need("name", text);
    Some(Product {
        at,
        paths: table.need_many("paths", glob),
        uses: table.need_many("uses", word),
        tier: table.one("tier", text),
        audience: table.one("audience", word),
        feeds: table.many("feeds", text),
        outbound: table.one("outbound", outbound),
        inbound: table.table("inbound").map(inbound),
        openness: table.one("openness", word),
        artefact: table.one("artefact", file),
        device: table.table("device").map(device),
        commercial: table.one("commercial", flag),
        markets: table.some("markets", region),
        fields: table.some("fields", word),
        name: name?,
    })
}

fn inbound(mut table: Table<'_>) -> Inbound {
    let at = table.at();
    let terms = table.one("terms", inbound_terms);
    let sign_off = table.one("sign-off", word);
    let signatories = table.one("signatories", file);
    let exempt = table.many("exempt", who);
    Inbound { at, terms, sign_off, signatories, exempt }
}

fn device(mut table: Table<'_>) -> Device {
    let at = table.at();
    let locked_boot = table.one("locked-boot", flag);
    let user_can_relink = table.one("user-can-relink", flag);
    Device { at, locked_boot, user_can_relink }
}
