//! The beginning that a license asks of a name, where a card states the name and nothing refers to it.

use caveat_core::inventory::Component;
use caveat_core::readers::fields;

use super::place::editable;
use super::{Bench, Fixer, Offers};
use crate::case::Case;
use crate::duty::DutyKind;
use crate::finding::Finding;
use crate::fix::{Change, Fix};
use crate::inheritance::{Prefix, prefixes};
use crate::vocabulary::Word as _;

const NAME: &str = "beginning-of-the-name";

pub(super) const FIXER: Fixer = Fixer {
    name: NAME,
    summary: "begins the name in a card as the license of the base asks",
    offers: Offers::For("looser-than-upstream", offer),
};

pub(super) const OWED: Fixer = Fixer {
    name: NAME,
    summary: "begins the name in a card as the license of the base asks",
    offers: Offers::For("unmet-obligation", |bench, finding| {
        let is_name = finding.cause.split(' ').next() == Some(DutyKind::Naming.word());
        is_name.then(|| offer(bench, finding)).flatten()
    }),
};

fn offer(bench: &Bench<'_>, finding: &Finding) -> Option<Fix> {
    let case = bench.case;
    let component = case.graph.components.get(&finding.component)?;
    let [name] = component.names.as_slice() else { return None };
    let source = editable(case, component, name.at).filter(|_| name.at == finding.at)?;
    let words = name.value.as_str();
    let is_field = fields(source)?.names.iter().any(|it| it.value.at == name.at);
    if !is_field || source.slice(name.at) != words || is_referred_to(case, component) {
        return None;
    }
    let prefix = prefix(case, component)?;
    let own = words.rsplit('/').next()?;
    let begins = prefix.text.split_whitespace().collect::<Vec<_>>().join("-");
    let plain = |it: &str| it.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it));
    if prefix.fits(own) || !plain(&begins) || !plain(own) {
        return None;
    }
    let start = name.at.end as usize - own.len();
    Some(Fix {
        name: NAME,
        answers: None,
        component: component.id.clone(),
        title: format!("name it `{begins}-{own}`"),
        because: format!("the license of the base asks it ({})", prefix.cite),
        changes: vec![Change::Insert { at: source.span(start..start), text: format!("{begins}-") }],
    })
}

/// Whether anything in the tree means it by its name, and would mean nothing then.
fn is_referred_to(case: &Case<'_>, component: &Component) -> bool {
    case.graph.relations.iter().any(|it| it.to == component.id)
}

/// The one beginning that is asked for, where no question is open.
fn prefix(case: &Case<'_>, component: &Component) -> Option<Prefix> {
    let mut found: Option<Prefix> = None;
    for (via, of) in case.made_from(component) {
        let theirs = of.conclusion.license.as_ref()?;
        for prefix in prefixes(case, theirs, &via.way) {
            if prefix.open.is_some() || found.as_ref().is_some_and(|it| it.text != prefix.text) {
                return None;
            }
            found = Some(prefix);
        }
    }
    found
}
