//! How open a model is: which parts of its making are given away, each under what license. The
//! parts and what they ask stand in a table, as the Model Openness Framework has them.

mod table;
mod tree;
mod card;
mod declared;

use caveat_core::component::{How, Kind};
use caveat_core::expression::Licensed;
use caveat_core::inventory::{Component, Standing};
use caveat_core::source::{Source, Span};
use caveat_core::tags::Tag;

use crate::case::Case;
use crate::outbound::held;
use crate::policy::{Openness, Product};
use crate::verdict::Verdict;
use crate::vocabulary::Word as _;
use card::Card;
use declared::Declared;
pub use table::Part;
use table::{CLOSED, PARTS};
pub use tree::Tree;

/// A part that stands between a model and a class, and why.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Which.
    pub part: &'static Part,
    /// Why.
    pub why: Why,
    /// Why, in one clause.
    pub says: String,
    /// Where that can be seen.
    pub at: Option<Span>,
    /// For a license: the clause, and where the terms have it.
    pub term: Option<(String, Option<Span>)>,
}

/// Why a part does not count; ordered, the mildest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its license is open and was written for other things.
    OtherKind,
    /// It may be somewhere, or nobody knows its license.
    Unseen,
    /// It is there under a license that is not open.
    Closed,
    /// It is not there.
    Missing,
}

/// The models that a product hands out, and that its class is about.
pub fn models<'a>(case: &Case<'a>, product: &'a Product) -> Vec<&'a Component> {
    let is_its = |it: &&Component| {
        it.kind == Kind::Model
            && case.is_judged(it)
            && case.places(it).iter().any(|place| product.holds(place))
    };
    held(case, Some(product)).filter(is_its).collect()
}

/// The class that a model has to reach in a product: the product's own, or a better one that its
/// card claims, with the place of the claim.
pub fn claimed(
    tree: &Tree<'_, '_>,
    model: &Component,
    stated: Openness,
) -> (Openness, Option<Span>) {
    let card = tree.card(model).map(Card::of);
    let own = card.and_then(|it| it.claim()).filter(|it| it.value < stated);
    own.map_or((stated, None), |it| (it.value, Some(it.at)))
}

/// What stands between a model and a class; nothing where it is reached.
pub fn gaps(tree: &Tree<'_, '_>, model: &Component, class: Openness) -> Vec<Gap> {
    let looked = Looked {
        tree,
        model,
        card: tree.card(model).map(Card::of),
        declared: tree.declared(model).map(|it| Declared::of(it, tree.case)),
    };
    let asked = PARTS.iter().filter(|it| it.class >= class);
    asked.flat_map(|it| looked.gaps(it)).collect()
}

/// The best class that is reached, as far as anybody can see.
pub fn reached(tree: &Tree<'_, '_>, model: &Component) -> Option<Openness> {
    let is_reached =
        |class: &&Openness| gaps(tree, model, **class).iter().all(|it| it.why == Why::OtherKind);
    Openness::ALL.iter().find(is_reached).copied()
}

/// What a part was found to be.
enum Found {
    /// It is here, under these licenses; none where nobody can say.
    Here { licenses: Vec<Licensed>, doubt: Option<String>, at: Option<Span>, place: String },
    /// Something tells of it, and it is not here.
    Told { says: String, at: Option<Span> },
    /// It is said to be given away, and is not where that says.
    Gone { says: String, at: Span },
    /// Nothing tells of it.
    Nothing,
}

/// Everything that is looked at for one model.
struct Looked<'b, 'a> {
    tree: &'b Tree<'b, 'a>,
    model: &'b Component,
    card: Option<Card<'b>>,
    declared: Option<Declared>,
}

impl Looked<'_, '_> {
    fn gaps(&self, part: &'static Part) -> Vec<Gap> {
        let found = self.find(part);
        let found = match (&found, part.covered()) {
            (Found::Here { .. }, _) | (_, None) => found,
            (_, Some(other)) => match self.find(other) {
                it @ Found::Here { .. } => it,
                Found::Told { .. } | Found::Gone { .. } | Found::Nothing => found,
            },
        };
        let gap = |why, says: String, at| Gap { part, why, says, at, term: None };
        match found {
            Found::Here { licenses, doubt, at, place } => {
                let unknown = doubt.or_else(|| {
                    licenses
                        .is_empty()
                        .then(|| "nobody can say under which license it is".to_owned())
                });
                match unknown {
                    Some(why) => vec![gap(Why::Unseen, format!("`{place}`: {why}"), at)],
                    None => licenses.iter().filter_map(|it| self.closed(part, it, at)).collect(),
                }
            }
            Found::Told { says, at } => vec![gap(Why::Unseen, says, at)],
            Found::Gone { says, at } => vec![gap(Why::Missing, says, Some(at))],
            Found::Nothing => {
                vec![gap(Why::Missing, "nothing in the tree or the card is one".to_owned(), None)]
            }
        }
    }

    /// Why a license is not one that the framework asks for.
    fn closed(&self, part: &'static Part, license: &Licensed, at: Option<Span>) -> Option<Gap> {
        let case = self.tree.case;
        let name = license.to_string();
        let title = case.title(&name);
        let tags = case.tags(license);
        if tags.is_empty() {
            let says = format!("nobody here has read what {title} asks");
            return Some(Gap { part, why: Why::Unseen, says, at, term: None });
        }
        let limits = tags.iter().filter_map(|it| {
            let closed = CLOSED.iter().find(|closed| closed.tag == it.tag)?;
            let clause = (!it.cite.is_empty()).then(|| it.cite.clone());
            let term = clause.map(|cite| (cite, case.term_span(license, it)));
            let (why, says) = match closed.comes_to {
                Verdict::Denied => (Why::Closed, format!("{title} is not open: {}", it.says)),
                Verdict::Review | Verdict::Allowed => {
                    (Why::Unseen, format!("whether {title} is open: {}", it.says))
                }
            };
            let says = match it.tag {
                Tag::Unknown => format!("nobody here knows what {title} asks"),
                _ => says,
            };
            Some(Gap { part, why, says, at, term })
        });
        let worst = limits.reduce(|one, other| if other.why > one.why { other } else { one });
        worst.or_else(|| self.unfit(part, license, at))
    }

    /// An open license that was written for other things than this part.
    fn unfit(&self, part: &'static Part, license: &Licensed, at: Option<Span>) -> Option<Gap> {
        let identity = &self.tree.case.terms(license)?.license;
        let fits = identity.kinds.iter().any(|it| part.kinds.contains(it));
        let name = license.to_string();
        let says = format!("{} is not written for this", self.tree.case.title(&name));
        (!fits).then_some(Gap { part, why: Why::OtherKind, says, at, term: None })
    }

    fn find(&self, part: &'static Part) -> Found {
        if let Some(it) = self.declared.as_ref().and_then(|it| self.by_declaration(it, part)) {
            return it;
        }
        let here = self.tree.files(self.model, part);
        if let Some(name) = here.first() {
            return self.at_file(name);
        }
        let heading = self.card.as_ref().and_then(|it| it.section(part));
        if let (Some(at), Some(card)) = (heading, self.tree.card_name(self.model)) {
            return self.licensed(card, Some(at));
        }
        let by_relation = part.relation.and_then(|how| self.by_relation(how));
        let told = by_relation.or_else(|| self.hinted(part));
        told.or_else(|| self.kept(part)).unwrap_or(Found::Nothing)
    }

    fn at_file(&self, name: &str) -> Found {
        let source = self.tree.source(name);
        self.licensed(name, source.map(|it| it.span(0..0)))
    }

    fn licensed(&self, name: &str, at: Option<Span>) -> Found {
        let (licenses, doubt) = self.tree.licenses(self.model, name);
        Found::Here { licenses, doubt, at, place: name.to_owned() }
    }

    /// What the model's own list of parts says of one.
    fn by_declaration(&self, declared: &Declared, part: &'static Part) -> Option<Found> {
        let it = declared.entry(part)?;
        if let Some(path) = it.path.as_ref().filter(|it| !it.value.contains("://")) {
            let folder = declared.folder();
            let full = crate::clarify::placed(folder, path.value.trim_start_matches("./"));
            if !self.tree.has(&full) {
                let says =
                    format!("`{}` names `{}`, which is not there", declared.name, path.value);
                return Some(Found::Gone { says, at: path.at });
            }
            if it.license.is_none() {
                return Some(self.licensed(&full, Some(it.at)));
            }
        }
        let at = Some(it.at);
        Some(match &it.license {
            Some(Ok(licenses)) => Found::Here {
                licenses: licenses.clone(),
                doubt: None,
                at,
                place: declared.name.clone(),
            },
            Some(Err(words)) => Found::Told {
                says: format!(
                    "`{}` has it under `{words}`, which nobody here can name",
                    declared.name
                ),
                at,
            },
            None => {
                Found::Told { says: format!("`{}` lists it without a license", declared.name), at }
            }
        })
    }

    /// Data that a relation leads to: in the tree it has a license of its own.
    fn by_relation(&self, how: How) -> Option<Found> {
        let case = self.tree.case;
        let all = case.lineage.stated_by(&self.model.id);
        let relations: Vec<_> = all.iter().filter(|it| it.how == how).collect();
        let is_here = |id| case.graph.components.get(id).filter(|it| !case.is_named_only(it));
        let unseen = relations.iter().find(|it| is_here(&it.to).is_none());
        if let Some(it) = unseen {
            let says = format!("`{}` is named and not in the tree", it.to);
            return Some(Found::Told { says, at: Some(it.at) });
        }
        let it = relations.first()?;
        let data = is_here(&it.to)?;
        let clear = data.conclusion.standing == Standing::Clear;
        let doubt = (!clear).then(|| "its license is not clear".to_owned());
        let licenses = self.tree.offered(data);
        Some(Found::Here { licenses, doubt, at: Some(it.at), place: data.path.clone() })
    }

    /// What names a part without holding it.
    fn hinted(&self, part: &'static Part) -> Option<Found> {
        if let Some(name) = self.tree.hints(self.model, part).first() {
            let says = format!("`{name}` names one; whether it is given away is not seen");
            return Some(Found::Told { says, at: self.tree.source(name).map(|it| it.span(0..0)) });
        }
        let link = self.card.as_ref()?.link(part)?;
        let says = "the card links to what may be one; its license is not seen".to_owned();
        Some(Found::Told { says, at: Some(link) })
    }

    /// What lies in the tree and goes out with nothing.
    fn kept(&self, part: &'static Part) -> Option<Found> {
        let name = self.tree.kept(part)?;
        let says = format!("`{name}` may be one, and is in no product that is handed out");
        Some(Found::Told { says, at: self.tree.source(name).map(|it: &Source| it.span(0..0)) })
    }
}
