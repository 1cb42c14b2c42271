//! What the document says, in order, for those formats that people read.

use caveat_core::component::ComponentId;
use caveat_policy::attribution::{Attribution, Credit, Text};

use super::OWN;

/// A piece of the document. All text in it is foreign.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A title, with the number of the text that it stands above.
    Title {
        /// 1 for the whole, 2 for a part, 3 for a piece of it.
        level: usize,
        words: String,
        number: Option<usize>,
    },
    /// A paragraph.
    Words(String),
    /// A list.
    List(Vec<Item>),
    /// A text as it is.
    Verbatim(String),
}

/// An entry of a list.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) words: String,
    /// Numbers of texts that it points to.
    pub(super) texts: Vec<usize>,
    /// Lines below it.
    pub(super) below: Vec<String>,
}

fn part(words: &str) -> Block {
    Block::Title { level: 2, words: words.to_owned(), number: None }
}

fn piece(words: String) -> Block {
    Block::Title { level: 3, words, number: None }
}

/// The document in order: what is missing stands first, so that nobody overlooks it.
pub(super) fn outline(document: &Attribution) -> Vec<Block> {
    let words = match &document.product {
        Some(it) => format!("Notices for {it}"),
        None => "Notices".to_owned(),
    };
    let mut blocks = vec![Block::Title { level: 1, words, number: None }, opening(document)];
    missing(document, &mut blocks);
    components(document, &mut blocks);
    required(document, &mut blocks);
    notices(document, &mut blocks);
    offers(document, &mut blocks);
    restrictions(document, &mut blocks);
    texts(document, &mut blocks);
    blocks
}

fn opening(document: &Attribution) -> Block {
    let (parts, texts) = (document.credits.len(), document.texts.len());
    let parts = counted(parts, "component");
    let texts = counted(texts, "license text");
    Block::Words(format!("This work contains {parts} under {texts}, which follow. {OWN}."))
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn missing(document: &Attribution, blocks: &mut Vec<Block>) {
    if document.missing.is_empty() {
        return;
    }
    blocks.push(part("MISSING: this document is not complete"));
    let item = |it: &caveat_policy::attribution::Missing| Item {
        words: format!("{}: {}", it.of, it.what),
        texts: Vec::new(),
        below: vec![it.help.clone()],
    };
    blocks.push(Block::List(document.missing.iter().map(item).collect()));
}

/// Name and version.
fn called(credit: &Credit) -> String {
    match &credit.version {
        Some(version) => format!("{} {version}", credit.name),
        None => credit.name.clone(),
    }
}

fn components(document: &Attribution, blocks: &mut Vec<Block>) {
    blocks.push(part("Components"));
    let item = |it: &Credit| {
        let chosen = it.chosen.join(" AND ");
        let license = match &it.license {
            Some(stated) if it.chosen.is_empty() => stated.clone(),
            // Of the same licenses in another order nobody chose.
            Some(stated) if stated.contains(" OR ") => format!("{chosen} (chosen from {stated})"),
            Some(_) => chosen,
            None => "license not known".to_owned(),
        };
        Item {
            words: format!("{}: {license}", called(it)),
            texts: it.texts.clone(),
            below: Vec::new(),
        }
    };
    blocks.push(Block::List(document.credits.iter().map(item).collect()));
    // Who has no text below says here whose it is.
    let bare =
        document.credits.iter().filter(|it| it.texts.is_empty() && !it.copyrights.is_empty());
    let bare: Vec<_> = bare.map(credited).collect();
    if !bare.is_empty() {
        blocks.push(piece("Components without a license text".to_owned()));
        blocks.push(Block::List(bare));
    }
}

fn credited(it: &Credit) -> Item {
    let address = it.address.as_ref().map(|it| format!("from {it}"));
    let nobody = it.copyrights.is_empty().then(|| "no statement of copyright found".to_owned());
    let below = it.copyrights.iter().cloned().chain(nobody).chain(address).collect();
    Item { words: called(it), texts: Vec::new(), below }
}

fn names(document: &Attribution, ids: &[ComponentId]) -> String {
    let name = |id: &ComponentId| {
        let credit = document.credits.iter().find(|it| it.id == *id);
        credit.map_or_else(|| id.to_string(), called)
    };
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn required(document: &Attribution, blocks: &mut Vec<Block>) {
    if document.required.is_empty() {
        return;
    }
    blocks.push(part("Notices and displays that licenses ask for"));
    for it in &document.required {
        blocks.push(piece(format!("{} {}: {}", it.license, it.cite, names(document, &it.of))));
        blocks.push(Block::Words(it.says.clone()));
        blocks.extend(it.text.clone().map(Block::Verbatim));
    }
}

fn notices(document: &Attribution, blocks: &mut Vec<Block>) {
    if document.notices.is_empty() {
        return;
    }
    blocks.push(part("NOTICE files"));
    for it in &document.notices {
        let ids: Vec<_> = it.read_in.iter().map(|it| it.0.clone()).collect();
        blocks.push(piece(names(document, &ids)));
        blocks.push(Block::Verbatim(it.text.clone()));
    }
}

fn offers(document: &Attribution, blocks: &mut Vec<Block>) {
    if document.offers.is_empty() {
        return;
    }
    blocks.push(part("Source"));
    let item = |it: &caveat_policy::attribution::Offer| {
        let address = it.address.as_ref().map(|it| format!("source: {it}"));
        let unknown = || "source: it names no address; say where you keep its source".to_owned();
        Item {
            words: format!(
                "{}: {} {}",
                names(document, std::slice::from_ref(&it.of)),
                it.license,
                it.cite
            ),
            texts: Vec::new(),
            below: vec![it.says.clone(), address.unwrap_or_else(unknown)],
        }
    };
    blocks.push(Block::List(document.offers.iter().map(item).collect()));
}

fn restrictions(document: &Attribution, blocks: &mut Vec<Block>) {
    if document.restrictions.is_empty() {
        return;
    }
    blocks.push(part("Restrictions of use that bind you as well"));
    for it in &document.restrictions {
        blocks.push(piece(format!("{} {}: {}", it.license, it.cite, names(document, &it.of))));
        blocks.push(Block::Words(it.says.clone()));
        let item = |(name, place): &(String, String)| Item {
            words: name.clone(),
            texts: Vec::new(),
            below: vec![place.clone()],
        };
        if !it.policies.is_empty() {
            blocks.push(Block::List(it.policies.iter().map(item).collect()));
        }
        for (file, text) in &it.texts {
            blocks.push(Block::Words(format!("{file}:")));
            blocks.push(Block::Verbatim(text.clone()));
        }
    }
}

fn texts(document: &Attribution, blocks: &mut Vec<Block>) {
    if document.texts.is_empty() {
        return;
    }
    blocks.push(part("License texts"));
    for (number, text) in document.texts.iter().enumerate() {
        let words = title(text);
        blocks.push(Block::Title { level: 3, words, number: Some(number) });
        let under = document.credits.iter().filter(|it| it.texts.contains(&number));
        blocks.push(Block::List(under.map(credited).collect()));
        blocks.push(Block::Verbatim(text.text.clone()));
    }
}

fn title(text: &Text) -> String {
    let mut words = text.licenses.join(", ");
    if words.is_empty() {
        let file = text.read_in.iter().find_map(|it| it.1.clone());
        words = file.unwrap_or_else(|| "a text without a name".to_owned());
    }
    if text.is_standard {
        words.push_str(" (standard text; the component carries none)");
    }
    words
}
