//! The keys of a card that can be changed by themselves: its license and its names.

use super::front_matter;
use super::keys::{self, Key};
use crate::source::{Source, Spanned};
use crate::value::{Node, Value, yaml};

/// A card lists the results of one model, of a few at most.
const MOST_INDEXED: usize = 8;

/// A key of a front matter, and what stands under it.
#[derive(Clone, Debug)]
pub struct Field {
    /// As it is written.
    pub key: Spanned<String>,
    /// What stands under it.
    pub value: Node,
}

/// The keys of a card that tell its license and its name, in the order of the text.
#[derive(Clone, Debug)]
pub struct Fields {
    /// `license`, in all its spellings.
    pub license: Vec<Field>,
    /// `license_name`.
    pub license_name: Vec<Field>,
    /// `license_link`.
    pub license_link: Vec<Field>,
    /// `model_name`, `model_id` and `name`.
    pub names: Vec<Field>,
    /// What `model-index` calls the models whose results it lists.
    pub indexed: Vec<Spanned<String>>,
}

/// The keys of the front matter of `source`; nothing where it is not whole, not at the start, or no
/// mapping: who changes a part of it has to know where it ends.
pub fn fields(source: &Source) -> Option<Fields> {
    let found = front_matter::find(&source.text).filter(|it| it.flaw.is_none())?;
    let parsed = yaml::parse_part(source, found.block);
    let root = parsed.documents.into_iter().next().filter(|_| !parsed.broken)?;
    if !matches!(root.value, Value::Map(_)) {
        return None;
    }
    let under = |key: Key| -> Vec<Field> {
        let field = |(key, value): (&Spanned<String>, &Node)| Field {
            key: key.clone(),
            value: value.clone(),
        };
        keys::all(&root, key).map(field).collect()
    };
    let mut names = under(Key::ModelName);
    names.extend(under(Key::Name));
    Some(Fields {
        license: under(Key::License),
        license_name: under(Key::LicenseName),
        license_link: under(Key::LicenseLink),
        names,
        indexed: under(Key::Index).iter().flat_map(|it| indexed(&it.value)).collect(),
    })
}

fn indexed(list: &Node) -> Vec<Spanned<String>> {
    let names = list.items().iter().filter_map(|it| it.get("name")?.words());
    names.filter(|it| !it.value.trim().is_empty()).take(MOST_INDEXED).collect()
}
