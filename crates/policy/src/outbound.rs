//! Under which licenses a product may go out, given all that is in it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use caveat_core::component::{ComponentId, How, Kind, Scope};
use caveat_core::expression::{Expression, Leaf, Licensed};
use caveat_core::inventory::{Component, Relation, Standing};
use caveat_core::source::Span;
use caveat_core::tags::Tag;

use crate::combination::{By, Fit, fits};
use crate::finding::Obligation;
use crate::ground::Ground;
use crate::inheritance::{Lost, Made, lost};
use crate::known;
use crate::obligations::of_license;
use crate::policy::Product;
use crate::travel::{carries, over_outputs, reaches};
use crate::verdict::Verdict;

/// All of one kind that goes out in one product, with what is in it.
#[derive(Clone, Debug)]
pub struct Release<'a> {
    /// The product; `None` for what no product claims.
    pub product: Option<&'a Product>,
    /// What sort of thing goes out.
    pub kind: Kind,
    /// What is in it and is not ours to license.
    pub parts: Vec<Part<'a>>,
}

/// Something in a release whose terms come from others.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// What it is in: one of our own components.
    pub whole: &'a Component,
    /// Whose license it is; `None` where only a name is known.
    pub component: Option<&'a Component>,
    /// Its identity.
    pub id: &'a ComponentId,
    /// The relations that lead to it; none for what goes out as it is.
    pub way: Vec<&'a Relation>,
    /// How it comes in.
    pub role: Role,
}

/// How a part comes into a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// As code that other code needs or holds.
    Code(By),
    /// As what a model or dataset was made from.
    Parent,
    /// As data that a model was trained on.
    Data,
    /// As itself: nothing says that it was made here.
    Itself,
}

/// Something that stands against a license.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection<'a> {
    /// Whether it is certain.
    pub fit: Fit,
    /// The number of the part in its release.
    pub part: usize,
    /// Its license; `None` where nobody can say.
    pub license: Option<&'a Expression>,
    /// Why, in one clause.
    pub why: String,
    /// The clauses.
    pub cite: String,
    /// Where the terms say so.
    pub at: Option<Span>,
}

/// What is to be said of one license for one release.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// What stands against it; nothing where it may be taken.
    pub objections: Vec<Objection<'a>>,
    /// What has to be done in any case.
    pub duties: Vec<Obligation>,
}

impl Offer<'_> {
    /// Whether it may be taken.
    pub fn fit(&self) -> Fit {
        self.objections.iter().map(|it| it.fit).max().unwrap_or(Fit::Yes)
    }
}

/// Licenses that are commonly released under, for a kind of thing.
pub fn common(kind: Kind) -> Vec<&'static str> {
    let lines = include_str!("../data/outbound-candidates.tsv").lines();
    let rows = lines.filter(|it| !it.starts_with('#')).filter_map(|it| it.split_once('\t'));
    rows.filter(|(it, _)| *it == kind.name()).map(|(_, it)| it).collect()
}

/// What goes out in each product; all of it where the policy states no product that holds any.
pub fn releases<'a>(ground: &Ground<'a>) -> Vec<Release<'a>> {
    let products = &ground.policy.products;
    let mut all: Vec<_> = products.iter().flat_map(|it| of_product(ground, Some(it))).collect();
    if all.is_empty() {
        all = of_product(ground, None);
    }
    all
}

/// What goes out in one product, by kind; in the whole tree for `None`.
pub fn of_product<'a>(ground: &Ground<'a>, product: Option<&'a Product>) -> Vec<Release<'a>> {
    let release = |kind| {
        let held: Vec<_> = held(ground, product).filter(|it| it.kind == kind).collect();
        let parts: Vec<_> = held.iter().flat_map(|it| parts(ground, it)).collect();
        (!held.is_empty()).then(|| Release { product, kind, parts: once(parts) })
    };
    [Kind::Code, Kind::Model, Kind::Dataset].into_iter().filter_map(release).collect()
}

/// What lies in the tree and in the product, or in one that feeds it.
pub fn held<'a>(
    ground: &Ground<'a>,
    product: Option<&'a Product>,
) -> impl Iterator<Item = &'a Component> {
    let ends_here = move |it: &&Product| {
        product.is_some_and(|end| {
            ground.policy.ends_of(it).iter().any(|it| it.name.value == end.name.value)
        })
    };
    let feeding: Vec<_> = ground.policy.products.iter().filter(ends_here).collect();
    let is_here = move |it: &Component| {
        let places = ground.places(it);
        let held = || places.iter().any(|place| feeding.iter().any(|it| it.holds(place)));
        let excluded = places.iter().all(|it| ground.policy.excluded(it).is_some());
        !excluded && !ground.is_named_only(it) && (product.is_none() || held())
    };
    let ours = |it: &&Component| it.own || it.id.as_str().starts_with("path:");
    let all = ground.graph.components.values();
    all.filter(move |it| (it.kind != Kind::Code || ours(it)) && is_here(it))
}

/// Each thing once, by the way along which most of its terms come, and the shortest of those.
fn once(mut parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut seen = BTreeSet::new();
    let adapts = |it: &Part<'_>| it.way.iter().any(|it| it.how == How::AdapterOf);
    parts.sort_by_cached_key(|it| (over_outputs(&it.way), adapts(it), it.way.len()));
    parts.retain(|it| seen.insert((it.id, it.role == Role::Data)));
    parts.sort_by_key(|it| it.id);
    parts
}

/// What is in one component and is not ours to license.
fn parts<'a>(ground: &Ground<'a>, whole: &'a Component) -> Vec<Part<'a>> {
    let itself = || Part {
        whole,
        component: Some(whole),
        id: &whole.id,
        way: Vec::new(),
        role: if whole.kind == Kind::Code { Role::Code(By::Copy) } else { Role::Itself },
    };
    if whole.kind == Kind::Code {
        return if whole.own { code(ground, whole) } else { vec![itself()] };
    }
    let mut parts = Vec::new();
    for up in ground.lineage.upstreams(&whole.id) {
        let Some((last, before)) = up.way.split_last() else { continue };
        let made = before.iter().all(|it| carries(it.how));
        let role = match last.how {
            // By way of data that a model put out, what its terms say of outputs comes along.
            _ if reaches(&up.way) => Role::Parent,
            How::TrainedOn if made => Role::Data,
            _ => continue,
        };
        let component = ground.graph.components.get(up.id);
        parts.push(Part { whole, component, id: up.id, way: up.way, role });
    }
    if parts.is_empty() {
        parts.push(itself());
    }
    parts
}

/// Others' code that a component of ours needs whenever it is used, or holds, all the way. What it
/// holds under another license may be ours or a copy: its place alone does not tell.
pub fn code<'a>(ground: &Ground<'a>, whole: &'a Component) -> Vec<Part<'a>> {
    let mut parts = combined(ground, whole);
    let held = |it: &Part<'_>| it.way.last().is_some_and(|it| it.how == How::Contains);
    parts.retain(|it| it.component.is_none_or(|one| !one.own || held(it)));
    parts
}

/// All code in one program with a component: what that needs whenever it is used, or holds.
pub fn combined<'a>(ground: &Ground<'a>, whole: &'a Component) -> Vec<Part<'a>> {
    let mut found: BTreeMap<&ComponentId, Part<'a>> = BTreeMap::new();
    let mut queue: VecDeque<(&ComponentId, Vec<&'a Relation>)> =
        VecDeque::from([(&whole.id, Vec::new())]);
    while let Some((id, way)) = queue.pop_front() {
        for up in ground.lineage.stated_by(id).iter().copied().filter(|it| is_combined(it)) {
            let component = ground.graph.components.get(&up.to);
            let is_code = component.is_none_or(|it| it.kind == Kind::Code);
            if !is_code || up.to == whole.id || found.contains_key(&up.to) {
                continue;
            }
            let way: Vec<_> = way.iter().copied().chain([up]).collect();
            let copied = way.iter().any(|it| it.how == How::Contains);
            let role = Role::Code(if copied { By::Copy } else { By::Link });
            let part = Part { whole, component, id: &up.to, way: way.clone(), role };
            found.insert(&up.to, part);
            queue.push_back((&up.to, way));
        }
    }
    found.into_values().collect()
}

/// Whether a relation puts code into one program with other code.
fn is_combined(relation: &Relation) -> bool {
    let whenever = relation.scope == Scope::Normal;
    whenever
        && relation.kind == Kind::Code
        && matches!(relation.how, How::DependsOn | How::Contains)
}

/// What stands against a license for a release, and what it asks.
pub fn offer<'a>(ground: &Ground<'a>, release: &Release<'a>, outbound: &Expression) -> Offer<'a> {
    let mut objections = Vec::new();
    let mut duties: Vec<Obligation> = Vec::new();
    for (number, part) in release.parts.iter().enumerate() {
        objections
            .extend(against(ground, part, outbound).map(|it| Objection { part: number, ..it }));
        let binding = part.component.and_then(stated).map(|it| binding(ground, part, it, outbound));
        for license in binding.into_iter().flatten() {
            duties.extend(of_license(ground, part.id, license, &part.way));
        }
    }
    objections.sort_by_key(|it| std::cmp::Reverse(it.fit));
    Offer { objections, duties }
}

/// The licenses of a part that bind, of each choice the one that fits best.
fn binding<'a>(
    ground: &Ground<'_>,
    part: &Part<'_>,
    license: &'a Expression,
    outbound: &Expression,
) -> Vec<&'a Licensed> {
    let by = match part.role {
        Role::Code(by) => by,
        Role::Parent | Role::Itself => By::Copy,
        // What data asks of a model is not settled: an objection says so.
        Role::Data => return Vec::new(),
    };
    let weighed = license.weigh(&mut |leaf| match leaf {
        Leaf::License(it) => fits(ground, outbound, &Expression::License(it.clone()), by).fit,
        Leaf::Nothing(_) | Leaf::NoAssertion(_) => Fit::No,
    });
    let licensed = |it: &Leaf<'a>| match it {
        Leaf::License(it) => Some(*it),
        Leaf::Nothing(_) | Leaf::NoAssertion(_) => None,
    };
    weighed.binding.iter().filter_map(licensed).collect()
}

/// The license of a component, where it is known and clear.
pub fn stated(component: &Component) -> Option<&Expression> {
    let clear = component.conclusion.standing == Standing::Clear;
    component.conclusion.license.as_ref().filter(|_| clear)
}

fn against<'a>(
    ground: &Ground<'a>,
    part: &Part<'a>,
    outbound: &Expression,
) -> impl Iterator<Item = Objection<'a>> {
    let license = part.component.and_then(stated);
    let found = match (license, part.role) {
        (None, _) => vec![unknown()],
        (Some(license), Role::Code(by)) => {
            let it = fits(ground, outbound, license, by);
            let against = it.fit > Fit::Yes;
            let objection = || Objection {
                fit: it.fit,
                part: 0,
                license: Some(license),
                why: it.why.clone(),
                cite: it.cite.clone(),
                at: it.at,
            };
            against.then(objection).into_iter().collect()
        }
        (Some(license), Role::Parent | Role::Itself) => by_terms(ground, part, license, outbound),
        (Some(license), Role::Data) => by_data(ground, part, license, outbound),
    };
    let doubt = part.component.is_some_and(|it| known::doubt(ground, it).is_some());
    // Whoever wrote it may change its license; whether that is us, nobody here knows.
    let is_code = matches!(part.role, Role::Code(_));
    let ours = is_code && part.component.is_some_and(|it| it.own && it.id != part.whole.id);
    let at_most = if doubt || ours { Fit::Check } else { Fit::No };
    found.into_iter().map(move |it| Objection { fit: it.fit.min(at_most), ..it })
}

/// What the license that something of ours states already would lose under another. Whoever wrote
/// it may change it, so it is a question and no obstacle.
pub fn label<'a>(
    ground: &Ground<'a>,
    whole: &'a Component,
    outbound: &Expression,
) -> Option<Objection<'a>> {
    stated(whole).filter(|it| !it.same_as(outbound))?;
    let role = if whole.kind == Kind::Code { Role::Code(By::Copy) } else { Role::Itself };
    let part = Part { whole, component: Some(whole), id: &whole.id, way: Vec::new(), role };
    let first = against(ground, &part, outbound).next()?;
    Some(Objection { fit: Fit::Check, ..first })
}

fn unknown<'a>() -> Objection<'a> {
    Objection {
        fit: Fit::Check,
        part: 0,
        license: None,
        why: "nobody here knows its license".to_owned(),
        cite: String::new(),
        at: None,
    }
}

/// What the outbound license would drop of what must travel.
fn by_terms<'a>(
    ground: &Ground<'a>,
    part: &Part<'a>,
    license: &'a Expression,
    outbound: &Expression,
) -> Vec<Objection<'a>> {
    // Where a text leaves a question open, the policy may answer it.
    let fit = |it: &Lost| match it.open.map(|it| ground.policy.answer(it).map(|it| it.value)) {
        Some(Some(Verdict::Allowed)) => None,
        Some(None | Some(Verdict::Review)) => Some(Fit::Check),
        Some(Some(Verdict::Denied)) | None => Some(if it.sure { Fit::No } else { Fit::Check }),
    };
    let objection = |it: Lost| {
        Some(Objection {
            fit: fit(&it)?,
            part: 0,
            license: Some(license),
            why: format!("{}: it would drop {}", it.says, it.drops),
            cite: it.cite.unwrap_or_default(),
            at: it.at,
        })
    };
    lost(ground, &made(part, license, outbound)).into_iter().filter_map(objection).collect()
}

/// A part under an outbound license, as something that was made from it.
fn made<'a>(part: &'a Part<'_>, theirs: &'a Expression, own: &'a Expression) -> Made<'a> {
    Made { component: part.whole, own, theirs, way: &part.way }
}

/// Whether data binds what is trained on it is not settled: the policy says how to take it.
fn by_data<'a>(
    ground: &Ground<'a>,
    part: &Part<'a>,
    license: &'a Expression,
    outbound: &Expression,
) -> Vec<Objection<'a>> {
    let stance = ground.policy.relations.get(&How::TrainedOn).map(|it| it.value);
    let at_most = match stance {
        Some(Verdict::Allowed) => return Vec::new(),
        Some(Verdict::Denied) => Fit::No,
        Some(Verdict::Review) | None => Fit::Check,
    };
    // A credit to those who made the data is due where the data goes out, not the model.
    let binds = |it: &Licensed| {
        let tags = ground.tags(it);
        let free = tags.iter().all(|it| {
            matches!(it.tag, Tag::Permissive | Tag::PublicDomain | Tag::Attribution)
                || it.tag.is_minor()
        });
        !ground.frees_trained_models(it) && (tags.is_empty() || !free)
    };
    if !license.licenses().any(binds) {
        return Vec::new();
    }
    let unsettled = "whether data binds what is trained on it is not settled";
    let all = lost(ground, &made(part, license, outbound)).into_iter().take(1);
    all.map(|it| Objection {
        fit: at_most,
        part: 0,
        license: Some(license),
        why: format!("{unsettled}; if it does: {}", it.says),
        cite: it.cite.unwrap_or_default(),
        at: it.at,
    })
    .collect()
}
