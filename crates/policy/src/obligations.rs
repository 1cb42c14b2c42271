//! Duties: what using something asks of its user, by which clause, with the exact words, and whether
//! it is done.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use caveat_core::component::{ComponentId, How, Kind, Origin, Scope};
use caveat_core::expression::Licensed;
use caveat_core::inventory::{Claim, Component, Relation, Standing};
use caveat_core::source::{SourceId, Span};
use caveat_core::terms::Terms;

use crate::due::{Due, Held, Uses, due, uses};
use crate::duty::{Duty, duties, usual};
use crate::finding::{Obligation, Stated, Status};
use crate::ground::Ground;
use crate::home::{Home, Homes};
use crate::proof::{Matter, Proof, proof};
use crate::ruling::Decided;
use crate::travel::{Travel, carries, over_outputs};
use crate::vocabulary::Word as _;

/// The duties of every component's licenses, own and carried, in the branch that is taken.
pub fn obligations<'a>(
    ground: &Ground<'a>,
    decided: &BTreeMap<&'a ComponentId, Decided<'a>>,
) -> Vec<Obligation> {
    let homes = Homes::of(ground);
    let idle = unshipped(ground);
    let known = Known::default();
    let mut all: Vec<Obligation> = Vec::new();
    for (id, decided) in decided.iter().filter(|it| !it.1.binding.is_empty()) {
        let Some(component) = ground.graph.components.get(*id) else { continue };
        if !is_asked(component) || idle.contains(id) {
            continue;
        }
        let bearer = Bearer::new(ground, homes.as_ref(), &known, component);
        for one in held(ground, component, &decided.binding) {
            let start = all.len();
            for it in bearer.duties(&one) {
                if !all[start..].contains(&it) {
                    all.push(it);
                }
            }
        }
    }
    all
}

/// The duties that one license brings to whoever passes something on, whatever the product, as far
/// as they come along the way from what stands under it; all of them where there is no way.
pub fn of_license(
    ground: &Ground<'_>,
    id: &ComponentId,
    license: &Licensed,
    way: &[&Relation],
) -> Vec<Obligation> {
    let Some(terms) = ground.terms(license) else { return Vec::new() };
    let made = way.iter().all(|it| carries(it.how)) && !over_outputs(way);
    let travel = (!made).then(|| ground.travel(license, way));
    let told = |duty: Duty<'_>| Obligation {
        why: "nobody looked into the tree".to_owned(),
        ..said(ground, id, license, &duty)
    };
    let all = duties(terms).into_iter();
    all.filter(|it| travel.is_none_or(|travel| comes_along(travel, it))).map(told).collect()
}

/// Our own code is licensed by us: what its license asks, it asks of others. A stray text is no work.
fn is_asked(component: &Component) -> bool {
    match component.kind {
        Kind::Code => !component.own,
        Kind::Model | Kind::Dataset => true,
        Kind::Document => false,
    }
}

/// Dependencies that only build or test the project: nothing of them goes out.
fn unshipped<'a>(ground: &Ground<'a>) -> BTreeSet<&'a ComponentId> {
    let relations = &ground.graph.relations;
    let needs = |it: &&Relation| it.how == How::DependsOn;
    let goes_out = |it: &Relation| match it.scope {
        Scope::Normal | Scope::Optional => true,
        Scope::Dev | Scope::Build => false,
    };
    let needed: BTreeSet<&ComponentId> = relations.iter().filter(needs).map(|it| &it.to).collect();
    let components = ground.graph.components.keys();
    let mut shipped: BTreeSet<&ComponentId> =
        components.filter(|it| !needed.contains(it)).collect();
    let mut from: BTreeMap<&ComponentId, Vec<&Relation>> = BTreeMap::new();
    for it in relations.iter().filter(needs).filter(|it| goes_out(it)) {
        from.entry(&it.from).or_default().push(it);
    }
    // What is ours goes out even where another part of ours needs it only for tests.
    let ours = ground.graph.components.values().filter(|it| it.own).map(|it| &it.id);
    shipped.extend(ours);
    let mut waiting: Vec<&ComponentId> = shipped.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        for it in from.get(id).into_iter().flatten() {
            if shipped.insert(&it.to) {
                waiting.push(&it.to);
            }
        }
    }
    needed.into_iter().filter(|it| !shipped.contains(it)).collect()
}

/// A license that binds, and what of it does.
struct Binding<'a> {
    held: Held<'a>,
    /// What of it travelled; `None` where it is the component's own.
    travel: Option<Travel>,
}

/// The licenses that bind a component: its own, and those of what it was made from.
fn held<'a>(
    ground: &Ground<'a>,
    component: &'a Component,
    binding: &[&'a Licensed],
) -> Vec<Binding<'a>> {
    let made_from = ground.made_from(component);
    let mut all: Vec<Binding<'a>> = Vec::new();
    let own = component.conclusion.license.as_ref();
    for license in binding {
        let Some(terms) = ground.terms(license) else { continue };
        if all.iter().any(|it| it.held.license.to_string() == license.to_string()) {
            continue;
        }
        let is_own =
            own.is_some_and(|it| it.licenses().any(|it| it.to_string() == license.to_string()));
        let sources = made_from.iter().filter(|(_, upstream)| {
            let theirs = upstream.conclusion.license.as_ref();
            theirs.is_some_and(|it| it.licenses().any(|it| it.id == license.id))
        });
        let ways: Vec<Travel> =
            sources.clone().map(|(via, _)| ground.travel(license, &via.way)).collect();
        // Where several ways lead there, the one that carries most counts.
        let widest = ways.iter().find(|it| it.tags.is_none() && it.open.is_none());
        let travel = widest.or_else(|| ways.iter().find(|it| it.open.is_none())).or(ways.first());
        let changed = match component.kind {
            Kind::Model | Kind::Dataset => changed(ground, component, license, is_own),
            Kind::Code | Kind::Document => None,
        };
        let travel = if is_own { None } else { travel.copied() };
        all.push(Binding { held: Held { license, terms, changed }, travel });
    }
    all
}

/// Whether a component was made from something under a license that is its own, or only upstream's;
/// `None` where nobody looked. What publishers make of their own works is not changed by others, and
/// what is known to be under another license asks nothing by this one.
fn changed(
    ground: &Ground<'_>,
    component: &Component,
    license: &Licensed,
    is_own: bool,
) -> Option<bool> {
    let theirs = |it: &&Relation| owner(&it.to).is_none() || owner(&it.to) != owner(&component.id);
    let may_be_under_it = |it: &Relation| {
        let upstream = ground.graph.components.get(&it.to).map(|it| &it.conclusion);
        let clear = upstream.filter(|it| it.standing == Standing::Clear);
        let known = clear.and_then(|it| it.license.as_ref());
        known.is_none_or(|it| it.licenses().any(|it| it.id == license.id))
    };
    let stated = ground.lineage.stated_by(&component.id).iter().copied();
    let mut made_of = stated.filter(|it| carries(it.how) && theirs(it));
    let is_changed = !is_own || made_of.any(may_be_under_it);
    (ground.exhibits.is_some() || is_changed).then_some(is_changed)
}

/// Whose a thing is on the hub.
fn owner(id: &ComponentId) -> Option<&str> {
    let name = id.as_str().strip_prefix("pkg:huggingface/")?;
    let name = name.strip_prefix("datasets/").unwrap_or(name);
    Some(name.split_once('/')?.0)
}

/// The duties of each license so far, worked out once, by the place of its terms in memory.
#[derive(Default)]
struct Known<'a>(RefCell<HashMap<*const Terms, Rc<[Duty<'a>]>>>);

impl<'a> Known<'a> {
    fn duties(&self, terms: &'a Terms) -> Rc<[Duty<'a>]> {
        let mut known = self.0.borrow_mut();
        Rc::clone(known.entry(std::ptr::from_ref(terms)).or_insert_with(|| duties(terms).into()))
    }
}

/// A component that has duties.
struct Bearer<'b, 'a> {
    ground: &'b Ground<'a>,
    known: &'b Known<'a>,
    component: &'a Component,
    uses: Vec<Uses<'a>>,
    /// Where it lies; `None` where nobody looked.
    home: Option<(&'b Homes<'a>, Home)>,
    own: OnceCell<Vec<&'a str>>,
}

impl<'b, 'a> Bearer<'b, 'a> {
    fn new(
        ground: &'b Ground<'a>,
        homes: Option<&'b Homes<'a>>,
        known: &'b Known<'a>,
        component: &'a Component,
    ) -> Self {
        let uses = uses(ground, component);
        let home = homes.map(|it| (it, it.home(ground, component)));
        Self { ground, known, component, uses, home, own: OnceCell::new() }
    }

    /// What one license asks for, in each product in which it is due.
    fn duties(&self, it: &Binding<'a>) -> Vec<Obligation> {
        let mut all = Vec::new();
        for duty in self.known.duties(it.held.terms).iter().filter(|duty| travels(it, duty)) {
            for uses in &self.uses {
                let Some(due) = due(self.ground, self.component, &it.held, duty, uses) else {
                    continue;
                };
                all.extend(self.obligation(it, duty, &due));
            }
        }
        all
    }

    fn obligation(&self, it: &Binding<'a>, duty: &Duty<'a>, due: &Due<'a>) -> Option<Obligation> {
        let seen = match (&self.home, self.ground.exhibits) {
            (Some((homes, home)), Some(exhibits)) => {
                let ground = self.ground;
                let (component, held, own) = (self.component, it.held, &self.own);
                let matter =
                    Matter { ground, homes, exhibits, component, home, held, duty, due, own };
                proof(&matter)?
            }
            _ => Proof::unchecked("nobody looked into the tree"),
        };
        let open = self.doubt(it, due).filter(|_| seen.status == Status::Unmet);
        let (status, why) = match open {
            Some(doubt) => (Status::Unchecked, doubt),
            None => (seen.status, seen.why),
        };
        let told = said(self.ground, &self.component.id, it.held.license, duty);
        Some(Obligation {
            status,
            why,
            evidence: seen.evidence,
            product: due.product.map(|it| it.name.value.clone()),
            uses: due.uses.clone(),
            due: due.doubt.is_none(),
            at: seen.at.or_else(|| Some(self.place(it.held.license))),
            stated: Stated { usage: due.at, met: seen.record, ..told.stated },
            remedy: seen.remedy,
            ..told
        })
    }

    /// Why nobody can say that something is to be done at all.
    fn doubt(&self, it: &Binding<'_>, due: &Due<'_>) -> Option<String> {
        let open = it.travel.and_then(|it| it.open);
        let unsettled = || open.map(|_| "whether its terms reach this is not settled".to_owned());
        let unclear = || {
            let clear = self.component.conclusion.standing == Standing::Clear;
            (!clear).then(|| "its license is not clear".to_owned())
        };
        due.doubt.map(str::to_owned).or_else(unsettled).or_else(unclear)
    }

    /// Where the license is stated, else what it was made from.
    fn place(&self, license: &Licensed) -> Span {
        use caveat_core::inventory::Stated as Words;
        let claims = &self.component.claims;
        let means_it = |claim: &&Claim| match &claim.stated {
            Words::Expression(all) => all.licenses().any(|it| it.id == license.id),
            Words::Family { members, .. } => members.iter().any(|it| it == license.id.as_str()),
            Words::Placeholder | Words::Reserved | Words::Unrecognised => false,
        };
        // Nobody changes anything in the text of a license.
        let is_text = |it: &&Claim| it.evidence.origin == Origin::Text;
        let mut labels = claims.iter().filter(|it| !is_text(it));
        let claim = labels.find(means_it).or_else(|| claims.iter().find(means_it));
        let recalled = self.component.is_recalled();
        let named = claim.filter(|_| !recalled).map(|it| it.raw.at);
        let by_way = || {
            let made_from = self.ground.made_from(self.component);
            Some(made_from.first()?.0.way.first()?.at)
        };
        named.or_else(by_way).unwrap_or(self.component.at)
    }
}

/// Whether a duty reached the component: its own do, others as far as their terms travel.
fn travels(it: &Binding<'_>, duty: &Duty<'_>) -> bool {
    it.travel.is_none_or(|travel| comes_along(travel, duty))
}

fn comes_along(travel: Travel, duty: &Duty<'_>) -> bool {
    match usual(duty.kind).and_then(|it| it.tag) {
        Some(tag) => travel.takes(tag),
        None => travel.tags.is_none(),
    }
}

/// A duty as its license states it.
fn said(ground: &Ground<'_>, id: &ComponentId, license: &Licensed, duty: &Duty<'_>) -> Obligation {
    let term = written(ground, license, duty.line.at.clone());
    Obligation {
        kind: duty.kind.word(),
        component: id.clone(),
        license: license.to_string(),
        cite: duty.line.cite.clone(),
        says: duty.line.words.clone(),
        text: duty.any_of.first().map(|it| (*it).to_owned()),
        status: Status::Unchecked,
        evidence: Vec::new(),
        product: None,
        uses: Vec::new(),
        due: false,
        why: String::new(),
        at: None,
        stated: Stated { term, ..Stated::default() },
        remedy: None,
    }
}

/// Where the terms of a license say something, in the sources of the run.
fn written(ground: &Ground<'_>, license: &Licensed, at: Range<usize>) -> Option<Span> {
    let source = match ground.defined(license) {
        Some(own) => own.read.terms.as_ref()?.0,
        None => SourceId(u32::try_from(ground.library.source(license.id.as_str())?).ok()?),
    };
    Some(Span::new(source, at))
}
