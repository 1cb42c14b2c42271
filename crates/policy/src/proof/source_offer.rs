//! Whether somebody who gets a program is told how to get its source.

use caveat_core::source::{Source, Span};

use super::{Matter, Proof, display};
use crate::exhibits::Purpose;
use crate::home::Home;
use crate::phrase::{Phrase, Text, may_have};

/// What source is called.
const SOURCE: [&str; 2] = ["source", "sources"];
/// Words by which it is offered, in whatever form.
const OFFERED: &str = "available offer offers offered obtain obtained download downloaded request provide \
                       provided get found http https copy";
/// How many words one may stand before or behind the other.
const NEAR: usize = 10;
/// Words before it that make another thing of it: "open source", "data source".
const OTHER: [&str; 3] = ["open", "data", "closed"];

pub(super) fn proof(it: &Matter<'_, '_>) -> Proof {
    if let Some(at) = offered(it) {
        return Proof::met(vec![at]);
    }
    match it.home {
        Home::Folders(_) => {
            let why = "nothing that goes along says where its source is";
            Proof { remedy: it.remedy(Some("SOURCE.txt"), None), ..Proof::unmet(why) }
        }
        Home::Installed | Home::Elsewhere => {
            Proof::unchecked("its source is where it came from; what ships has to say where")
        }
    }
}

/// Where source is offered: in notices and terms, or on a page that speaks of the component.
fn offered(it: &Matter<'_, '_>) -> Option<Span> {
    let wanted = [Purpose::Notice, Purpose::Terms, Purpose::Credits];
    let first = |all: Vec<&Source>| all.into_iter().find_map(in_text);
    let found = first(it.texts(&wanted))
        .or_else(|| it.in_product("offer", || first(it.documents(&wanted))));
    found.or_else(|| {
        let name = it.component.name.as_deref().or_else(|| it.component.path.rsplit('/').next())?;
        let name = Phrase::plain(name);
        let own = it.texts(&[Purpose::Page, Purpose::Text]).into_iter();
        let pages = it.documents(&[Purpose::Page, Purpose::Text]).into_iter();
        let speaks = pages.filter(|it| {
            let names = std::slice::from_ref(&name);
            may_have(&it.text, names) && Text::new(&it.text).find(&name).is_some()
        });
        own.chain(speaks).find_map(in_text)
    })
}

/// Where a text offers source, but not as part of a license that speaks of it.
fn in_text(source: &Source) -> Option<Span> {
    let words = Text::new(&source.text);
    let offers = offers(&words).filter_map(|at| words.place(at));
    display::outside_of_licenses(source, offers)
}

/// The numbers of the words by which source is offered.
fn offers(text: &Text) -> impl Iterator<Item = usize> {
    let all: Vec<&str> = text.words().collect();
    let is_offer = |at: usize| {
        let before = at.checked_sub(1).and_then(|it| all.get(it)).copied().unwrap_or_default();
        let from = at.saturating_sub(NEAR);
        let near = all.get(from..(at + NEAR).min(all.len())).unwrap_or_default();
        all.get(at).is_some_and(|it| SOURCE.contains(it))
            && !OTHER.contains(&before)
            && near.iter().any(|it| OFFERED.split(' ').any(|word| word == *it))
    };
    let found: Vec<usize> = (0..all.len()).filter(|at| is_offer(*at)).collect();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_is_offered_in_many_words() {
        let check = |text, expected: bool| {
            assert_eq!(offers(&Text::new(text)).next().is_some(), expected, "{text}");
        };
        check("The source code of fast is available at https://acme.example/fast.", true);
        check("Source: https://acme.example/fast", true);
        check("Write to us and we send you a copy of the complete source on a disk.", true);
        check("Fast is open source and available at any shop.", false);
        check("The source of the river lies in the hills.", false);
    }
}
