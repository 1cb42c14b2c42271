//! Whether somebody who gets a program is told how to get its source.

use caveat_core::source::{Source, Span};

use super::{Matter, Proof, display};
use crate::exhibits::Purpose;
use crate::home::Home;
use crate::phrase::{Phrase, Text, may_have};

/// Words by which source is offered.
const OFFERED: [&str; 14] = [
    "corresponding source",
    "source code is available",
    "source code form is available",
    "source is available",
    "sources are available",
    "source code can be",
    "source can be",
    "written offer",
    "offer of source",
    "source offer",
    "obtain the source",
    "get the source",
    "copy of the source",
    "source code at",
];

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
    let phrases: Vec<Phrase> = OFFERED.iter().map(|it| Phrase::plain(it)).collect();
    let wanted = [Purpose::Notice, Purpose::Terms, Purpose::Credits];
    let first =
        |all: Vec<&Source>| all.into_iter().find_map(|source| display::in_text(source, &phrases));
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
        own.chain(speaks).find_map(|source| display::in_text(source, &phrases))
    })
}
