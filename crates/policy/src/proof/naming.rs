//! Whether the name of what was made from a work says what its license asks names to say.

use caveat_core::readers::fields;
use caveat_core::source::{Source, Spanned};
use caveat_core::terms::NameKind;

use super::{Matter, Proof, changes};
use crate::exhibits::Purpose;
use crate::finding::Remedy;
use crate::home::Home;
use crate::travel::{carries, is_same_work};

/// A page has its title among its first lines.
const FIRST_LINES: usize = 40;
/// A title of more words is a sentence.
const MOST_WORDS: usize = 6;
/// What titles of cards say before the name.
const ABOUT: [&str; 3] = ["Model Card for", "Model card for", "Model Card:"];

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
    let word = it.duty.any_of.first().copied();
    let stated = stated(it);
    let guessed = if stated.is_empty() { guessed(it) } else { Vec::new() };
    // What is only guessed at is called so in one place or another.
    if let Some(name) = guessed.iter().find(|name| is_fit(it, kind, word, &name.value)) {
        return Proof::met(vec![name.at]);
    }
    let wrong = stated.iter().find(|name| !is_fit(it, kind, word, &name.value));
    match wrong.or(guessed.first()) {
        None if stated.is_empty() => Proof::unchecked("nothing in the tree tells its name"),
        None => Proof::met(stated.iter().map(|it| it.at).collect()),
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

/// Every name that its files state, without its owner.
fn stated(it: &Matter<'_, '_>) -> Vec<Spanned<String>> {
    let given = &it.component.names;
    given.iter().map(|it| Spanned::new(last(it.value.as_str()).to_owned(), it.at)).collect()
}

/// What it may be called where no file states its name: as among its results, as its folder, as its
/// page is headed.
fn guessed(it: &Matter<'_, '_>) -> Vec<Spanned<String>> {
    let pages = it.texts(&[Purpose::Page]);
    let fields = pages.iter().filter_map(|it| fields(it));
    let results = fields.flat_map(|it| it.indexed);
    let mut names: Vec<Spanned<String>> =
        results.map(|it| Spanned::new(last(&it.value).to_owned(), it.at)).collect();
    let folder = last(it.component.name.as_deref().unwrap_or(&it.component.path));
    if !matches!(folder, "" | ".") {
        names.push(Spanned::new(folder.to_owned(), it.component.at));
    }
    names.extend(pages.iter().filter_map(|it| titled(it)));
    names
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The title of a page, where it looks like a name: few words, with a digit or a hyphen in them.
fn titled(source: &Source) -> Option<Spanned<String>> {
    let (body, offset) = changes::body(source);
    let mut start = offset;
    for line in body.split_inclusive('\n').take(FIRST_LINES) {
        let here = start;
        start += line.len();
        let Some(title) = line.strip_prefix("# ") else { continue };
        let plain: String = title.chars().filter(|it| !"*`~".contains(*it)).collect();
        let plain = plain.trim();
        let name = ABOUT.iter().find_map(|it| plain.strip_prefix(it)).unwrap_or(plain).trim();
        let telling = name.contains(|it: char| it.is_ascii_digit() || it == '-');
        let few = (1..=MOST_WORDS).contains(&name.split_whitespace().count());
        let at = source.span(here..here + line.trim_end().len());
        return (few && telling && !name.contains(['<', '[', '(', ':']))
            .then(|| Spanned::new(last(name).to_owned(), at));
    }
    None
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
