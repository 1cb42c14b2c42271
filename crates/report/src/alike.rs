//! What one decision of a person settles is told once: findings that differ only in whom they are
//! about, or in where the same thing happens again.

use std::collections::BTreeMap;

use caveat_policy::finding::{Finding, Link, Step};

use crate::plain::brief;
use crate::screen::Screen;

/// How many other places are shown.
const NAMED: usize = 6;
/// How many other components are named.
const MOST: usize = 20;

/// A finding, and others that say the same.
pub(crate) struct Alike<'a> {
    pub(crate) first: &'a Finding,
    pub(crate) rest: Vec<&'a Finding>,
}

/// Puts together what is alike, in the order of the first of each.
pub(crate) fn alike<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Alike<'a>> {
    let mut all: Vec<Alike<'a>> = Vec::new();
    let mut at_place = BTreeMap::new();
    let mut of_component = BTreeMap::new();
    for finding in findings {
        let sort = (finding.rule, finding.level, &finding.license);
        let (place, component) = ((sort, finding.at), (sort, &finding.component));
        let same = |it: &&usize| is_for_another(all[**it].first, finding);
        let again = |it: &&usize| is_elsewhere(all[**it].first, finding);
        let known = at_place.get(&place).filter(same);
        if let Some(known) = known.or_else(|| of_component.get(&component).filter(again)).copied() {
            all[known].rest.push(finding);
            continue;
        }
        at_place.entry(place).or_insert(all.len());
        of_component.entry(component).or_insert(all.len());
        all.push(Alike { first: finding, rest: Vec::new() });
    }
    all
}

/// The same words at the same place decide about another component, which has its license from
/// the same file.
fn is_for_another(first: &Finding, second: &Finding) -> bool {
    let says = |it: &Step| it.says.clone();
    first.because.steps().map(says).eq(second.because.steps().map(says))
}

/// The component does the same thing again. Where a term of a license decides, each finding quotes
/// its own.
fn is_elsewhere(first: &Finding, second: &Finding) -> bool {
    let quotes = |it: &Finding| it.because.steps().any(|it| it.link == Link::Term);
    !quotes(first) && !quotes(second)
}

impl Screen<'_> {
    /// A line with all that the same words decide about, then one for each other place.
    pub(crate) fn others(&self, alike: &Alike<'_>) -> Vec<String> {
        let (same, others): (Vec<&Finding>, Vec<&Finding>) =
            alike.rest.iter().partition(|it| it.at == alike.first.at);
        let mut lines = Vec::new();
        if !same.is_empty() {
            let names =
                same.iter().take(MOST).map(|it| format!("`{}`", self.path_of(&it.component)));
            let more = same.len().saturating_sub(MOST);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            lines.push(format!("{}{more}", names.collect::<Vec<_>>().join(", ")));
        }
        let line = |it: &&Finding| {
            let place = self.cited(it.at).unwrap_or_else(|| self.path_of(&it.component).to_owned());
            format!("{place}: {}", brief(&it.message))
        };
        lines.extend(others.iter().take(NAMED).map(line));
        if others.len() > NAMED {
            let more = others.len() - NAMED;
            lines.push(format!("and {more} more like these; --format concise has a line for each"));
        }
        lines
    }
}
