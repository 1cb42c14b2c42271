//! `mof.yml`: what the project itself says of the parts that it gives away, as the framework's own
//! tool writes it.

use caveat_core::expression::{Licensed, parse_with};
use caveat_core::library::Named;
use caveat_core::source::{Source, Span, Spanned};
use caveat_core::terms::UsedOn;
use caveat_core::value::{Node, yaml};

use super::table::{PARTS, Part};
use crate::case::Case;
use crate::exhibits::parent;

/// No list of parts is longer.
const MOST: usize = 200;
/// Words that stand where a license should.
const NONE: [&str; 3] = ["license not specified", "component not included", "unlicensed"];

/// What a list says of a license: licenses, or words that nobody here can name.
type Stated = Option<Result<Vec<Licensed>, String>>;

/// A list of parts.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// The file.
    pub(super) name: String,
    entries: Vec<Entry>,
}

/// A part in the list.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    name: String,
    /// Where it stands.
    pub(super) at: Span,
    /// Its license.
    pub(super) license: Stated,
    /// Where it is.
    pub(super) path: Option<Spanned<String>>,
}

impl Declared {
    /// What a file lists. What is not understood is not listed.
    pub(super) fn of(source: &Source, case: &Case<'_>) -> Self {
        let parsed = yaml::parse(source);
        let release = parsed.root().and_then(|it| it.get("release"));
        let license = release.and_then(|it| it.get("license"));
        let items =
            release.and_then(|it| it.get("components")).map(Node::items).unwrap_or_default();
        let entries = items.iter().take(MOST).filter_map(|it| entry(it, license, case)).collect();
        Self { name: source.name.clone(), entries }
    }

    /// What it says of a part.
    pub(super) fn entry(&self, part: &Part) -> Option<&Entry> {
        self.entries.iter().find(|it| it.name == part.name)
    }

    /// The folder that its paths start from.
    pub(super) fn folder(&self) -> &str {
        parent(&self.name)
    }
}

fn entry(node: &Node, all: Option<&Node>, case: &Case<'_>) -> Option<Entry> {
    let words = node.get("name")?.words()?;
    let name = words.value.trim().to_lowercase();
    let part = PARTS.iter().find(|it| it.name == name);
    let own = node.get("license").and_then(license_words);
    if own.as_ref().is_some_and(|it| it.value.eq_ignore_ascii_case("component not included")) {
        return None;
    }
    let said = own.or_else(|| part.and_then(|it| of_all(it, all?)));
    let said = said.filter(|it| !NONE.contains(&it.value.to_lowercase().as_str()));
    let path = node.get("component_path").and_then(Node::words).filter(|it| !it.value.is_empty());
    Some(Entry { name, at: words.at, license: said.map(|it| stated(&it, case)), path })
}

/// The license that the list has for everything of a kind, or for everything.
fn of_all(part: &Part, all: &Node) -> Option<Spanned<String>> {
    let of_kind = part.kinds.iter().map(|it| match it {
        UsedOn::Code => "code",
        UsedOn::Data | UsedOn::Model => "data",
    });
    let mut keys = of_kind.chain(["document", "distribution"]);
    keys.find_map(|it| license_words(all.get(it)?))
}

/// The words of `license: MIT` or `license: { name: MIT }`.
fn license_words(node: &Node) -> Option<Spanned<String>> {
    let words = node.get("name").unwrap_or(node).words()?;
    (!words.value.trim().is_empty()).then_some(words)
}

fn stated(words: &Spanned<String>, case: &Case<'_>) -> Result<Vec<Licensed>, String> {
    let known = |it: &str| case.library.license(it).map(|it| it.id);
    let named = match case.library.named(&words.value) {
        Named::License(id) => id,
        Named::Ambiguous(_) | Named::Reserved | Named::Placeholder | Named::Unknown => &words.value,
    };
    let expression = parse_with(named, words.at, &known).expression;
    let licenses: Vec<_> = expression.iter().flat_map(|it| it.licenses().cloned()).collect();
    if licenses.is_empty() { Err(words.value.clone()) } else { Ok(licenses) }
}
