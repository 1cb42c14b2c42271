//! Whether a credit is seen in a product, word for word.

use caveat_core::source::{Source, Span};
use caveat_core::terms::DisplayKind;
use caveat_core::texts::{Likeness, identify, looks_like_license};

use super::{Matter, Proof};
use crate::exhibits::Purpose;
use crate::phrase::{Phrase, Text, may_have};

pub(super) fn proof(it: &Matter<'_, '_>) -> Proof {
    match it.duty.display {
        Some(DisplayKind::LegalNotices) => {
            return Proof::unchecked("what a program shows when it runs is seen in no file");
        }
        Some(DisplayKind::Advertising) => {
            return Proof::unchecked("advertising is seen in no tree");
        }
        Some(DisplayKind::Credit | DisplayKind::Documentation | DisplayKind::Disclaimer) | None => {
        }
    }
    if it.duty.any_of.is_empty() {
        return Proof::unchecked("the license fixes no words for it");
    }
    let phrases = phrases(it);
    if phrases.iter().all(Phrase::is_empty) {
        return Proof::unchecked("nothing tells the name that is to be shown");
    }
    if let Some(at) = shown(it, &phrases) {
        return Proof::met(vec![at]);
    }
    let place = it.due.product.map_or_else(
        || "the scanned folder".to_owned(),
        |it| format!("product `{}`", it.name.value),
    );
    let words =
        it.duty.any_of.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(" or ");
    if it.exhibits.is_cut {
        return Proof::unchecked(format!(
            "{words} is in none of the files that were opened, and there are more"
        ));
    }
    let remedy = it.remedy(None, it.duty.any_of.first().copied());
    Proof { remedy, ..Proof::unmet(format!("{words} is in no text of {place}")) }
}

/// The texts, any of which will do; a blank that is all there is stands for the name.
pub(super) fn phrases(it: &Matter<'_, '_>) -> Vec<Phrase> {
    let name = it.component.name.as_deref().map(|it| it.rsplit('/').next().unwrap_or(it));
    let filled = |text: &&str| {
        let phrase = Phrase::new(text);
        if phrase.is_empty() { Phrase::plain(name.unwrap_or_default()) } else { phrase }
    };
    it.duty.any_of.iter().map(filled).collect()
}

/// Where the words are seen: in what the product shows, or in what is written of the component.
fn shown(it: &Matter<'_, '_>, phrases: &[Phrase]) -> Option<Span> {
    let own = it.texts(&[Purpose::Notice, Purpose::Credits, Purpose::Page, Purpose::Text]);
    own.into_iter().find_map(|source| in_text(source, phrases)).or_else(|| {
        let key = if it.duty.any_of.iter().any(|it| Phrase::new(it).is_empty()) {
            return in_product(it, phrases);
        } else {
            it.duty.line.at.start
        };
        it.homes.once(
            (
                it.due.product.map(|it| it.name.value.clone()),
                "display",
                format!("{} {key}", it.held.license),
            ),
            || in_product(it, phrases),
        )
    })
}

/// Where a product shows the words.
fn in_product(it: &Matter<'_, '_>, phrases: &[Phrase]) -> Option<Span> {
    let all = it.homes.documents(it.ground, it.due.product);
    let shows = all.iter().filter(|it| it.0 != Purpose::License && !is_policy(&it.1.name));
    shows.into_iter().find_map(|it| in_text(it.1, phrases))
}

/// A policy says what has to be shown, and shows nothing.
fn is_policy(name: &str) -> bool {
    name.rsplit('/').next() == Some("caveat.toml")
}

/// Where a text has the words, but not as part of a license that asks for them.
pub(super) fn in_text(source: &Source, phrases: &[Phrase]) -> Option<Span> {
    if !may_have(&source.text, phrases) {
        return None;
    }
    let words = Text::new(&source.text);
    outside_of_licenses(source, phrases.iter().flat_map(|it| words.all(it)))
}

/// The first of some places in a text that lies in no license.
pub(super) fn outside_of_licenses(
    source: &Source,
    found: impl Iterator<Item = std::ops::Range<usize>>,
) -> Option<Span> {
    let mut found = found.peekable();
    found.peek()?;
    let quoted = if looks_like_license(&source.text) {
        let all = identify(&source.text).into_iter();
        all.filter(|it| it.likeness != Likeness::Kindred).map(|it| it.span).collect()
    } else {
        Vec::new()
    };
    let is_free = |at: &std::ops::Range<usize>| {
        !quoted.iter().any(|it| it.start <= at.start && at.end <= it.end)
    };
    found.find(is_free).map(|it| source.span(it))
}

/// A notice on results names the license: where a product does, it is done.
pub(super) fn of_results(it: &Matter<'_, '_>) -> Proof {
    let license = &it.held.terms.license;
    let names: Vec<Phrase> =
        [&license.id, &license.name].into_iter().map(|it| Phrase::plain(it)).collect();
    let found = it.in_product("results", || {
        let pages = it.documents(&[Purpose::Notice, Purpose::Credits, Purpose::Page]);
        pages.into_iter().find_map(|source| in_text(source, &names))
    });
    found.map_or_else(|| Proof::unchecked("results are seen in no tree"), |at| Proof::met(vec![at]))
}
