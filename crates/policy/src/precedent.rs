//! What was decided once holds for everything of the same sort.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use caveat_core::component::{ComponentId, Kind};
use caveat_core::expression::Expression;
use caveat_core::inventory::Component;
use caveat_core::terms::Territory;

use crate::ground::Ground;
use crate::known::doubt;
use crate::lines::{Line, Lines};
use crate::ruling::{Decided, Judged, Subject, judged, texts};
use crate::travel::Passage;

/// Decisions so far, by all that they depend on. Licenses, names and places are numbered, the same
/// number for those that the policy cannot tell apart: thousands of components share few decisions.
#[derive(Debug)]
pub struct Precedents<'a, 'b> {
    ground: &'b Ground<'a>,
    lines: &'b Lines<'a>,
    licenses: HashMap<String, usize>,
    texts: HashMap<Option<BTreeSet<&'a str>>, usize>,
    named: HashMap<Vec<Line>, usize>,
    places: HashMap<Vec<usize>, usize>,
    sorts: HashMap<&'a ComponentId, Sort>,
    /// Whether two licenses say the same, by their numbers.
    same: HashMap<(usize, usize), bool>,
    known: HashMap<Key, Rc<Judged<'a>>>,
}

/// All of a component on which a decision depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Sort {
    kind: Kind,
    /// What its license reads; `None` where it has none.
    license: Option<usize>,
    /// Which texts it has of licenses among which there is a choice.
    texts: usize,
    /// Which lines of the policy name it as a package.
    package: usize,
    /// Which name the place where it lies.
    path: usize,
    /// Which name the places where it lies, or where code loads it from.
    places: usize,
    /// Whether its own names or words decide: then it is judged for itself.
    is_special: bool,
}

/// All on which a decision depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    component: (usize, usize, usize),
    owner: (Option<usize>, usize, Kind, usize, usize),
    passage: Option<Passage>,
}

impl<'a, 'b> Precedents<'a, 'b> {
    /// No decision yet.
    pub fn new(ground: &'b Ground<'a>, lines: &'b Lines<'a>) -> Self {
        Self {
            ground,
            lines,
            licenses: HashMap::new(),
            texts: HashMap::new(),
            named: HashMap::new(),
            places: HashMap::new(),
            sorts: HashMap::new(),
            same: HashMap::new(),
            known: HashMap::new(),
        }
    }

    /// A component's own license, and those of everything that it was made from. What several
    /// things upstream bring alike is brought by the nearest.
    pub fn own_and_carried(&mut self, component: &'a Component) -> Decided<'a> {
        let own = component.conclusion.license.as_ref();
        let mut decided = own
            .map(|it| self.decide((component, component), None, it).of(it, None))
            .unwrap_or_default();
        let mut made_from = self.ground.made_from(component);
        made_from.sort_by_key(|(via, _)| via.way.len());
        let mut brought = Vec::new();
        for (via, upstream) in made_from {
            let Some(license) = &upstream.conclusion.license else { continue };
            let passage = self.ground.passage(&via.way);
            let key = self.key((component, upstream), Some(passage));
            if key.is_some_and(|it| brought.contains(&it)) {
                continue;
            }
            brought.extend(key);
            let learned = matches!(passage, Passage::Learned { .. });
            if !learned
                && own.is_some_and(|it| self.say_the_same((component, it), (upstream, license)))
            {
                continue;
            }
            let judged = self.decide((component, upstream), Some(passage), license);
            let carried = judged.of(license, Some(via));
            decided.rulings.extend(carried.rulings);
            decided.binding.extend(carried.binding);
        }
        decided
    }

    /// Whether the licenses of two components say the same.
    fn say_the_same(
        &mut self,
        (one, license): (&'a Component, &Expression),
        (other, theirs): (&'a Component, &Expression),
    ) -> bool {
        let (one, other) = (self.sort(one).license, self.sort(other).license);
        let Some(pair) = one.zip(other) else { return license.same_as(theirs) };
        *self.same.entry(pair).or_insert_with(|| license.same_as(theirs))
    }

    /// The license of data as it would bind the model that is trained on it.
    pub fn training_data(
        &mut self,
        model: &'a Component,
        data: &'a Component,
    ) -> Option<Decided<'a>> {
        let license = data.conclusion.license.as_ref()?;
        Some(self.decide((model, data), None, license).of(license, None))
    }

    /// Decides on `license`, which `owner` states, in the hands of `component`.
    fn decide(
        &mut self,
        (component, owner): (&'a Component, &'a Component),
        passage: Option<Passage>,
        license: &'a Expression,
    ) -> Rc<Judged<'a>> {
        let key = self.key((component, owner), passage);
        if let Some(known) = key.and_then(|it| self.known.get(&it)) {
            return Rc::clone(known);
        }
        let subject = Subject::under(self.ground, self.lines, (component, owner), passage);
        let found = Rc::new(judged(&subject, license));
        if let Some(key) = key {
            self.known.insert(key, Rc::clone(&found));
        }
        found
    }

    /// What a decision depends on; `None` where it depends on more than the sorts of both.
    fn key(
        &mut self,
        (component, owner): (&'a Component, &'a Component),
        passage: Option<Passage>,
    ) -> Option<Key> {
        let (one, other) = (self.sort(component), self.sort(owner));
        (!other.is_special).then_some(Key {
            component: (one.package, one.path, one.places),
            owner: (other.license, other.texts, other.kind, other.package, other.path),
            passage,
        })
    }

    fn sort(&mut self, component: &'a Component) -> Sort {
        if let Some(known) = self.sorts.get(&component.id) {
            return *known;
        }
        let license = component.conclusion.license.as_ref();
        // Where it lies comes first.
        let named: Vec<usize> = self
            .ground
            .places(component)
            .iter()
            .map(|it| number(&mut self.named, self.lines.by_path(it)))
            .collect();
        let path = named.first().copied();
        let sort = Sort {
            kind: component.kind,
            license: license.map(|it| number(&mut self.licenses, it.to_string())),
            texts: number(&mut self.texts, license.map(|it| offered(component, it))),
            package: number(&mut self.named, self.lines.by_package(&component.id)),
            path: path.unwrap_or_default(),
            places: number(&mut self.places, named),
            is_special: license.is_some_and(|it| is_special(self.ground, component, it)),
        };
        self.sorts.insert(&component.id, sort);
        sort
    }
}

/// Whether it depends on the names of a component what its license asks, or on who tells of it.
fn is_special(ground: &Ground<'_>, component: &Component, license: &Expression) -> bool {
    let of_some_models = license.licenses().any(|it| {
        let terms = ground.terms(it);
        let some = |it: &Territory| it.models.is_some();
        terms.is_some_and(|it| it.limits.territory.iter().any(|it| some(&it.value)))
    });
    of_some_models || doubt(ground, component).is_some()
}

/// The texts that a component has of several licenses, among which there may be a choice.
fn offered<'a>(component: &'a Component, license: &Expression) -> BTreeSet<&'a str> {
    if matches!(license, Expression::License(_)) {
        return BTreeSet::new();
    }
    texts(component).filter(|id| license.licenses().any(|it| it.id.as_str() == *id)).collect()
}

/// The number of a thing: the same for the same.
fn number<T: std::hash::Hash + Eq>(numbers: &mut HashMap<T, usize>, thing: T) -> usize {
    let next = numbers.len();
    *numbers.entry(thing).or_insert(next)
}
