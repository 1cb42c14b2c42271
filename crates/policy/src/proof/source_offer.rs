//! Whether somebody who gets a program is told how to get its source.

use caveat_core::source::{Source, Span};

use super::{Matter, Proof, display};
use crate::exhibits::Purpose;
use crate::home::Home;
use crate::phrase::{Phrase, Text};

/// What source is called.
const SOURCE: [&str; 2] = ["source", "sources"];
/// Words by which it is offered, in whatever form.
const OFFERED: [&str; 16] = [
    "available",
    "offer",
    "offers",
    "offered",
    "obtain",
    "obtained",
    "download",
    "downloaded",
    "request",
    "provide",
    "provided",
    "get",
    "found",
    "http",
    "https",
    "copy",
];
/// How many words one may stand before or behind the other.
const NEAR: usize = 10;
/// Words before it that make another thing of it: "open source", "data source".
const OTHER: [&str; 4] = ["open", "data", "closed", "available"];

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
    let own = it.texts(&wanted).into_iter().find_map(in_text);
    let notices = || it.documents(&wanted).into_iter().find_map(in_text);
    let found = own.or_else(|| it.once("source offer".to_owned(), notices));
    found.or_else(|| {
        let name = it.component.name.as_deref().or_else(|| it.component.path.rsplit('/').next())?;
        let name = Phrase::plain(name);
        let pages = [Purpose::Page, Purpose::Text];
        let speaks = |source: &&Source| Text::new(&source.text).find(&name).is_some();
        // Few pages offer any source, and many are there.
        let offers = |source: &Source| {
            it.once(format!("source offer in {}", source.name), || in_text(source))
        };
        let all = it.documents(&pages).into_iter().filter(|it| offers(it).is_some());
        let own = it.texts(&pages).into_iter().find_map(in_text);
        own.or_else(|| all.filter(speaks).find_map(offers))
    })
}

/// Where a text offers source, but not as part of a license that speaks of it.
fn in_text(source: &Source) -> Option<Span> {
    let words = Text::new(&source.text);
    let all: Vec<&str> = words.words().collect();
    let is_offer = |at: usize| {
        let before = at.checked_sub(1).and_then(|it| all.get(it)).copied().unwrap_or_default();
        let from = at.saturating_sub(NEAR);
        let near = all.get(from..(at + NEAR).min(all.len())).unwrap_or_default();
        SOURCE.contains(&all[at])
            && !OTHER.contains(&before)
            && near.iter().any(|it| OFFERED.contains(it))
    };
    let offers = (0..all.len()).filter(|at| is_offer(*at)).filter_map(|at| words.place(at));
    display::outside_of_licenses(source, offers)
}
