//! Whether the name of what was made from a work says what its license asks names to say.

use caveat_core::source::{Span, Spanned};
use caveat_core::terms::NameKind;

use super::{Matter, Proof, changes};
use crate::finding::Remedy;
use crate::home::Home;
use crate::travel::{carries, is_same_work};

pub(super) fn proof(it: &Matter<'_, '_>) -> Option<Proof> {
    // Another form of the same work is no new model.
    let stated = it.ground.lineage.stated_by(&it.component.id);
    let mut made = stated.iter().filter(|it| carries(it.how)).peekable();
    if made.peek().is_some() && made.all(|it| is_same_work(&[it])) {
        return None;
    }
    Some(named(it))
}

fn named(it: &Matter<'_, '_>) -> Proof {
    let Home::Folders(_) = it.home else {
        return Proof::unchecked("its name is given where it lies, which is not here");
    };
    let Some(kind) = it.duty.name else { return Proof::unchecked("no name is asked for") };
    if kind == NameKind::MustIdentifyAsModified {
        return changes::proof(it);
    }
    let names = names(it);
    let word = it.duty.any_of.first().copied();
    let wrong = names.iter().find(|name| !is_fit(it, kind, word, &name.value));
    match wrong {
        None => Proof::met(names.iter().map(|it| it.at).collect()),
        Some(name) => Proof {
            at: Some(name.at),
            evidence: vec![name.at],
            remedy: Some(Remedy {
                name: word.and_then(|word| suggested(kind, word, &name.value)),
                ..it.remedy(None, None).unwrap_or_default()
            }),
            ..Proof::unmet(says(kind, word, &name.value))
        },
    }
}

/// Every name that the tree gives it, without its owner; the folder's where it has none.
fn names(it: &Matter<'_, '_>) -> Vec<Spanned<String>> {
    let bare = |it: &str| it.rsplit('/').next().unwrap_or(it).to_owned();
    let given = it.component.names.iter().map(|it| Spanned::new(bare(it.value.as_str()), it.at));
    let mut names: Vec<Spanned<String>> = given.collect();
    if names.is_empty() {
        let name = it.component.name.as_deref().unwrap_or(&it.component.path);
        let at: Span = it.component.at;
        names.push(Spanned::new(bare(name), at));
    }
    names
}

fn is_fit(it: &Matter<'_, '_>, kind: NameKind, word: Option<&str>, name: &str) -> bool {
    let (name, word) = (folded(name), word.map(folded));
    match (kind, word) {
        (NameKind::Prefix, Some(word)) => name.starts_with(&word),
        (NameKind::Contains, Some(word)) => name.contains(&word),
        (NameKind::MustDiffer, Some(word)) => !name.contains(&word),
        (NameKind::MustDiffer, None) => {
            let upstreams = it.ground.made_from(it.component);
            let theirs = upstreams.iter().filter_map(|(_, it)| it.name.as_deref());
            !theirs.map(|it| folded(it.rsplit('/').next().unwrap_or(it))).any(|it| it == name)
        }
        (NameKind::Prefix | NameKind::Contains | NameKind::MustIdentifyAsModified, _) => true,
    }
}

/// Names are told apart by letters and digits: `Grand 3` begins `grand-3-chat`.
fn folded(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn says(kind: NameKind, word: Option<&str>, name: &str) -> String {
    let word = word.unwrap_or_default();
    match kind {
        NameKind::Prefix => format!("the name \"{name}\" does not begin with \"{word}\""),
        NameKind::Contains => format!("the name \"{name}\" does not have \"{word}\" in it"),
        NameKind::MustDiffer if word.is_empty() => {
            format!("the name \"{name}\" is that of the original")
        }
        NameKind::MustDiffer => format!("the name \"{name}\" has \"{word}\" in it"),
        NameKind::MustIdentifyAsModified => format!("the name \"{name}\" does not tell"),
    }
}

fn suggested(kind: NameKind, word: &str, name: &str) -> Option<String> {
    let word = word.replace(' ', "-");
    match kind {
        NameKind::Prefix | NameKind::Contains => Some(format!("{word}-{name}")),
        NameKind::MustDiffer | NameKind::MustIdentifyAsModified => None,
    }
}
