//! From what goes out to the document.

use std::collections::BTreeSet;

use caveat_core::copyrights::{Copyright, copyrights};
use caveat_core::expression::{Expression, Licensed};
use caveat_core::inventory::{Component, Standing};
use caveat_core::terms::{Heading, Value as _};

use super::duties::{asked, offers, restrictions};
use super::texts::{Texts, holds, identified, is_same_license};
use super::{Attribution, Carried, Credit, LegalText, Material, Missing, Notice, Sort};

/// Makes the document. What it cannot have is listed in it.
pub fn gather(material: &Material<'_, '_>) -> Attribution {
    let mut document = Attribution::default();
    let mut texts = Texts::default();
    let nothing = Carried::default();
    for component in &material.shipped.components {
        let carried = (material.carried)(&component.id).unwrap_or(&nothing);
        let binding = binding(material, component);
        // What the project makes itself and licenses to nobody needs no notice.
        if component.own && binding.is_empty() {
            continue;
        }
        document.missing.extend(unclear(component, &binding));
        let unread = carried.unread.iter().map(|it| unread(component, it));
        document.missing.extend(unread);
        let credit = credit(material, component, &binding, carried);
        let entry = Entry { material, component, at: document.credits.len(), binding, carried };
        document.credits.push(credit);
        entry.take_texts(&mut texts, &mut document.missing);
        entry.take_notices(&mut document.notices);
    }
    document.texts = texts.into_texts(&mut document.credits);
    let duties = &material.case.obligations;
    document.required = asked(&document.credits, duties);
    document.offers = offers(&document.credits, duties);
    document.restrictions = restrictions(material, &document.credits, duties);
    document.missing.sort();
    document.missing.dedup();
    document
}

/// The licenses that bind a component, each once.
fn binding<'a>(material: &Material<'a, '_>, component: &Component) -> Vec<&'a Licensed> {
    let mut all: Vec<&Licensed> = Vec::new();
    let decided = material.case.decided.get(&component.id);
    for it in decided.into_iter().flat_map(|it| &it.binding) {
        if !all.iter().any(|known| known.to_string() == it.to_string()) {
            all.push(it);
        }
    }
    all
}

/// A component of which nobody can say which license binds.
fn unclear(component: &Component, binding: &[&Licensed]) -> Option<Missing> {
    let what = match &component.conclusion.standing {
        Standing::Ambiguous(why) => format!("which license it is under: {why}"),
        Standing::Unknown => "its license: nobody can say which one it is".to_owned(),
        Standing::Clear if binding.is_empty() => "its license: it grants none".to_owned(),
        Standing::Clear => return None,
    };
    let record = "put its license on record with [[clarify]] in the policy, or leave it out";
    let is_package = component.id.as_str().starts_with("pkg:") && component.claims.is_empty();
    let install = "install it on this machine, so that its files can be read; or ";
    let help = format!("{}{record}", if is_package { install } else { "" });
    Some(Missing { of: component.id.clone(), what, help })
}

/// A file that is longer, or one of more, than is read.
fn unread(component: &Component, file: &str) -> Missing {
    Missing {
        of: component.id.clone(),
        what: format!("`{file}`: it cannot be read, or not whole"),
        help: "add it to the document by hand".to_owned(),
    }
}

fn credit(
    material: &Material<'_, '_>,
    component: &Component,
    binding: &[&Licensed],
    carried: &Carried,
) -> Credit {
    let name = component.name.clone();
    Credit {
        id: component.id.clone(),
        name: name.unwrap_or_else(|| component.id.as_str().trim_start_matches("path:").to_owned()),
        version: component.version.clone(),
        license: component.conclusion.license.as_ref().map(ToString::to_string),
        chosen: binding.iter().map(ToString::to_string).collect(),
        copyrights: statements(material, carried),
        address: carried.address.clone(),
        texts: Vec::new(),
    }
}

/// What a component states of its copyright, each once. What belongs to the text of a license and
/// not to the work under it stays in the text.
fn statements(material: &Material<'_, '_>, carried: &Carried) -> Vec<String> {
    let mut all: Vec<Copyright> = Vec::new();
    for it in carried.texts.iter().filter(|it| it.sort != Sort::UsePolicy) {
        let of_texts: BTreeSet<_> = identified(&it.text)
            .iter()
            .filter_map(|it| (material.standard)(it))
            .flat_map(copyrights)
            .map(|it| it.key())
            .collect();
        all.extend(copyrights(&it.text).into_iter().filter(|it| !of_texts.contains(&it.key())));
    }
    all.extend(carried.statements.iter().cloned());
    let named = all.iter().any(|it| it.holder.is_some());
    let mut seen = BTreeSet::new();
    all.retain(|it| (it.holder.is_some() || !named) && seen.insert((it.key(), it.years.clone())));
    all.into_iter().map(|it| it.statement).collect()
}

/// A component on its way into the document.
struct Entry<'a, 'b, 'c> {
    material: &'c Material<'a, 'b>,
    component: &'a Component,
    /// Its number among the credits.
    at: usize,
    binding: Vec<&'a Licensed>,
    carried: &'c Carried,
}

impl Entry<'_, '_, '_> {
    fn take_texts(&self, texts: &mut Texts, missing: &mut Vec<Missing>) {
        let id = &self.component.id;
        let mut held: Vec<String> = Vec::new();
        for it in self.carried.texts.iter().filter(|it| it.sort == Sort::License) {
            let licenses = identified(&it.text);
            if !self.is_declined(&licenses) {
                held.extend(licenses.iter().cloned());
                texts.take(id, self.at, it, licenses);
            }
        }
        for license in &self.binding {
            let name = license.id.as_str();
            if !held.iter().any(|it| is_same_license(it, name)) {
                match (self.material.standard)(name) {
                    Some(text) => texts.take_standard(id, self.at, name, text),
                    None => missing.extend(self.lacks(name)),
                }
            }
            let Some(exception) = &license.with else { continue };
            let carries = |text: &str| self.carried.texts.iter().any(|it| holds(&it.text, text));
            if let Some(text) = (self.material.standard)(&exception.value).filter(|it| !carries(it))
            {
                texts.take_standard(id, self.at, &exception.value, text);
            }
        }
    }

    /// Whether a text is that of a branch which is not taken: it has no place in the document.
    fn is_declined(&self, licenses: &[String]) -> bool {
        let stated: Vec<_> =
            self.component.conclusion.license.iter().flat_map(Expression::licenses).collect();
        let is_of = |id: &str, it: &Licensed| is_same_license(id, it.id.as_str());
        !licenses.is_empty()
            && licenses.iter().all(|id| {
                let offered = stated.iter().any(|it| is_of(id, it));
                offered && !self.binding.iter().any(|it| is_of(id, it))
            })
    }

    /// A license whose text nobody has: missing, unless its terms ask for no copy.
    fn lacks(&self, id: &str) -> Option<Missing> {
        let terms = self.material.case.terms_of(id);
        let copy = terms.and_then(|it| it.duties.license_copy.as_ref());
        if copy.is_some_and(|it| it.value.heading() != Heading::Must) {
            return None;
        }
        let place = terms.and_then(|it| it.license.urls.first());
        let place = place.map(|it| format!(", as published at {it}")).unwrap_or_default();
        Some(Missing {
            of: self.component.id.clone(),
            what: format!(
                "the text of `{id}`: neither the component nor the list of licenses has it"
            ),
            help: format!("put the text beside the component as `LICENSE`{place}"),
        })
    }

    fn take_notices(&self, notices: &mut Vec<Notice>) {
        for it in self.carried.texts.iter().filter(|it| it.sort == Sort::Notice) {
            let LegalText { name, text, .. } = it;
            let (place, text) = ((self.component.id.clone(), name.clone()), text.trim());
            match notices.iter_mut().find(|it| it.text == text) {
                Some(known) => known.read_in.push(place),
                None => notices.push(Notice { read_in: vec![place], text: text.to_owned() }),
            }
        }
    }
}
