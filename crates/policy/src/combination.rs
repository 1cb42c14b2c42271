//! Whether code under one license may stand in a program that goes out under another.

use std::sync::LazyLock;

use caveat_core::expression::{Expression, Leaf, LicenseId, Licensed};
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::ground::Ground;

/// Whether a part fits into a whole; ordered, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It does, with what its license asks.
    Yes,
    /// It depends on something that nobody here knows.
    Check,
    /// It does not.
    No,
}

/// How the part comes into the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The whole links to it or calls it.
    Link,
    /// The whole holds a copy of it.
    Copy,
}

/// Whether a part fits, and by which clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitting {
    /// Whether it does.
    pub fit: Fit,
    /// Why, in one clause; empty for a plain yes.
    pub why: String,
    /// The clauses.
    pub cite: String,
    /// Where the terms say so.
    pub at: Option<Span>,
}

impl Fitting {
    fn plain() -> Self {
        Self { fit: Fit::Yes, why: String::new(), cite: String::new(), at: None }
    }
}

/// Two licenses that no license of the whole can serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Whether that is certain.
    pub fit: Fit,
    /// The license that wants the whole for itself.
    pub whole: String,
    /// The one that does not fit there.
    pub part: String,
    /// Whether the first of the two expressions has the license that wants the whole.
    pub first_is_whole: bool,
    /// Why it does not fit.
    pub fitting: Fitting,
    /// What the license of the whole asks, where that is on record.
    pub demand: Option<Demand>,
}

/// That the whole goes out under one license.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The same in one word.
    pub tag: Tag,
    /// In one clause.
    pub says: String,
    /// The section.
    pub cite: String,
    /// Where the terms say so.
    pub at: Option<Span>,
}

/// Whether code under `part` may stand in a program that goes out under `whole`. Of a choice that
/// the part offers the best is taken; whoever offers a choice on the whole has to keep all of it.
pub fn fits(ground: &Ground<'_>, whole: &Expression, part: &Expression, by: By) -> Fitting {
    let wholes: Vec<&Licensed> = whole.licenses().collect();
    let worst = |part: &Licensed| {
        let all = wholes.iter().map(|whole| license_fits(ground, whole, part, by));
        all.max_by_key(|it| it.fit).unwrap_or_else(Fitting::plain)
    };
    let weighed = part.weigh(&mut |leaf| licensed(leaf).map_or(Fit::Yes, |it| worst(it).fit));
    licensed(weighed.decided).map_or_else(Fitting::plain, worst)
}

/// Whether the table says that something under `theirs` may be passed on under `label`, where
/// nothing of it can be told apart again. `None` where it says nothing of the two.
pub fn relabelled(label: &Licensed, theirs: &Licensed) -> Option<Fit> {
    let parts = taken_as(theirs);
    let best = |whole: &Licensed| {
        let rows = parts.iter().filter_map(|part| by_id(whole, part));
        // What only stands side by side in one program is another matter here.
        rows.map(|it| if it.joint { it.fit.max(Fit::Check) } else { it.fit }).min()
    };
    // A label that offers several versions gives what each of them gives.
    let fits: Option<Vec<Fit>> = taken_as(label).iter().map(best).collect();
    fits?.into_iter().max()
}

/// The clash between two licenses in one program, where there is one: at least one of them wants
/// the whole for itself, and neither whole has room for the other.
pub fn clash(ground: &Ground<'_>, one: &Expression, other: &Expression, by: By) -> Option<Clash> {
    let of = |one: Leaf<'_>, other: Leaf<'_>| {
        let (one, other) = (licensed(one)?, licensed(other)?);
        licenses_clash(ground, one, other, by)
    };
    let value = |it: Option<Clash>| it.map_or(Fit::Yes, |it| it.fit);
    let outer = one.weigh(&mut |one| other.weigh(&mut |other| value(of(one, other))).value);
    let inner = other.weigh(&mut |other| value(of(outer.decided, other)));
    of(outer.decided, inner.decided)
}

fn licensed(leaf: Leaf<'_>) -> Option<&Licensed> {
    match leaf {
        Leaf::License(it) => Some(it),
        Leaf::Nothing(_) | Leaf::NoAssertion(_) => None,
    }
}

fn licenses_clash(ground: &Ground<'_>, one: &Licensed, other: &Licensed, by: By) -> Option<Clash> {
    let wants = [demand(ground, one, by), demand(ground, other, by)];
    let fittings = [license_fits(ground, one, other, by), license_fits(ground, other, one, by)];
    let fit = fittings.iter().map(|it| it.fit).min()?;
    // Told from the side whose demand stands in the way.
    let first_is_whole = wants[0].is_some();
    let [first, second] = wants;
    let demand = if first_is_whole { first } else { second };
    let [as_first, as_second] = fittings;
    let (whole, part, fitting) =
        if first_is_whole { (one, other, as_first) } else { (other, one, as_second) };
    (fit > Fit::Yes && demand.is_some()).then(|| Clash {
        fit,
        whole: whole.to_string(),
        part: part.to_string(),
        first_is_whole,
        fitting,
        demand,
    })
}

/// Whether a license wants the whole program for itself. An exception mostly speaks of linking;
/// who copies does not have its leave.
fn demand(ground: &Ground<'_>, license: &Licensed, by: By) -> Option<Demand> {
    if license.with.is_some() && by == By::Link {
        return None;
    }
    let tags = ground.tags(&bare(license));
    let it = tags.iter().find(|it| wants_the_whole(it.tag))?;
    let at = ground.term_span(license, it);
    Some(Demand { tag: it.tag, says: it.says.clone(), cite: it.cite.clone(), at })
}

fn wants_the_whole(tag: Tag) -> bool {
    matches!(tag, Tag::StrongReciprocal | Tag::NetworkReciprocal)
}

/// The license without its exception.
fn bare(license: &Licensed) -> Licensed {
    Licensed { with: None, ..license.clone() }
}

fn license_fits(ground: &Ground<'_>, whole: &Licensed, part: &Licensed, by: By) -> Fitting {
    let wholes = taken_as(whole);
    let parts = taken_as(part);
    let all = wholes.iter().flat_map(|whole| parts.iter().map(move |part| (whole, part)));
    let all = all.map(|(whole, part)| version_fits(ground, whole, part, by));
    let best = all.min_by_key(|it| it.fit).unwrap_or_else(Fitting::plain);
    // What a later version says, nobody here has read.
    let later = whole.or_later || part.or_later;
    Fitting { fit: if later { best.fit.min(Fit::Check) } else { best.fit }, ..best }
}

fn version_fits(ground: &Ground<'_>, whole: &Licensed, part: &Licensed, by: By) -> Fitting {
    let excepted = (by == By::Link && whole.with.is_some()) || part_is_excepted(ground, part, by);
    if excepted || whole.id == part.id {
        return Fitting::plain();
    }
    let tags = ground.tags(part);
    if let Some(row) = by_id(whole, part) {
        return Fitting {
            fit: row.fit,
            why: row.why.to_owned(),
            cite: row.cite.to_owned(),
            at: None,
        };
    }
    let kept: Vec<Tag> = ground.tags(whole).iter().map(|it| it.tag).collect();
    for it in tags.iter().filter(|it| !kept.contains(&it.tag)) {
        let Some(row) = by_tag(it.tag) else { continue };
        let at = ground.term_span(part, it);
        return Fitting { fit: row.fit, why: row.why.to_owned(), cite: it.cite.clone(), at };
    }
    let Some(it) = demand(ground, part, by) else { return Fitting::plain() };
    Fitting { fit: Fit::No, why: it.says, cite: it.cite, at: it.at }
}

/// An exception on what wants the whole speaks of linking; one on any other license gives leave.
fn part_is_excepted(ground: &Ground<'_>, part: &Licensed, by: By) -> bool {
    let wants = || ground.tags(&bare(part)).iter().any(|it| wants_the_whole(it.tag));
    part.with.is_some() && (by == By::Link || !wants())
}

/// The licenses that the recipient of one may take it as.
fn taken_as(license: &Licensed) -> Vec<Licensed> {
    let id = license.id.as_str();
    let found = ROWS.iter().find_map(|it| match it {
        Row::OneOf { license, taken } if *license == id => Some(taken),
        Row::OneOf { .. } | Row::Fits { .. } => None,
    });
    let ids = found.into_iter().flatten().filter_map(|it| LicenseId::new(it));
    let taken: Vec<_> = ids.map(|id| Licensed { id, ..license.clone() }).collect();
    if taken.is_empty() { vec![license.clone()] } else { taken }
}

/// One line of the table.
enum Row {
    /// A license may be taken as one of several.
    OneOf { license: &'static str, taken: Vec<&'static str> },
    /// Whether parts fit into wholes.
    Fits { wholes: Vec<&'static str>, parts: Vec<&'static str>, says: Says },
}

#[derive(Clone, Copy)]
struct Says {
    fit: Fit,
    /// They fit while each stays under its own license.
    joint: bool,
    why: &'static str,
    cite: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("../data/whole-and-part.tsv").lines();
    lines.filter(|it| !it.starts_with('#')).filter_map(row).collect()
});

fn row(line: &'static str) -> Option<Row> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [wholes, parts, fits, why, cite, _source] = cells[..] else { return None };
    let fit = match fits {
        "one-of" => {
            return Some(Row::OneOf { license: parts, taken: why.split(' ').collect() });
        }
        "yes" | "joint" => Fit::Yes,
        "check" => Fit::Check,
        "no" => Fit::No,
        _ => return None,
    };
    let says = Says { fit, joint: fits == "joint", why, cite };
    Some(Row::Fits { wholes: wholes.split(',').collect(), parts: parts.split(',').collect(), says })
}

fn by_id(whole: &Licensed, part: &Licensed) -> Option<Says> {
    let (whole, part) = (whole.id.as_str(), part.id.as_str());
    ROWS.iter().find_map(|it| match it {
        Row::Fits { wholes, parts, says } => {
            (wholes.contains(&whole) && parts.contains(&part)).then_some(*says)
        }
        Row::OneOf { .. } => None,
    })
}

fn by_tag(tag: Tag) -> Option<Says> {
    let tag = tag.name();
    ROWS.iter().find_map(|it| match it {
        Row::Fits { parts, says, .. } => {
            parts.iter().any(|it| it.strip_prefix('#') == Some(tag)).then_some(*says)
        }
        Row::OneOf { .. } => None,
    })
}
