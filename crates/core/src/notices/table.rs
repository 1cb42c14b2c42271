//! The rules of notices, as `data/notices.toml` has them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::{Beginnings, Words};

const TEXT: &str = include_str!("../../data/notices.toml");

/// A few words in the order in which they are looked for.
pub(super) type Phrase = Vec<String>;

/// Which words beside a name make a grant of it, or which sentence is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// The words stand before a name.
    Before,
    /// The words point to a license: they count where nothing grants one.
    Pointer,
    /// The words are the key of a field.
    Label,
    /// The words stand behind a name.
    Behind,
    /// A name or an address stands by itself.
    Alone,
    /// The words are all there is to say.
    Sentence,
    /// The words add a permission to a grant before them.
    Exception,
}

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    #[cfg(test)]
    pub(super) name: String,
    pub(super) kind: Kind,
    /// One of these stands in the clause before; none are asked for if there are none.
    pub(super) after_one_of: Vec<String>,
    /// The name has `license` beside it, or a version in it.
    pub(super) needs_license: bool,
    /// They count in a text of few words only, and at the end of a line or sentence.
    pub(super) is_brief: bool,
    /// What the sentence grants; the words themselves where that is `words`.
    pub(super) means: Option<String>,
    /// Examples: a text and what it grants.
    #[cfg(test)]
    pub(super) grants: Vec<(String, String)>,
    /// Examples that grant nothing.
    #[cfg(test)]
    pub(super) silent: Vec<String>,
}

/// Everything that the file holds.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rules: Vec<Rule>,
    /// By first word: each phrase and the rule that it belongs to, longest first.
    pub(super) phrases: BTreeMap<String, Vec<(Phrase, usize)>>,
    /// The first words of those.
    pub(super) beginnings: Beginnings,
    pub(super) fillers: Vec<String>,
    pub(super) denials: Vec<String>,
    /// Whether a word may be one of those.
    pub(super) denying: Beginnings,
    pub(super) takes_back: Vec<Phrase>,
    pub(super) choices: Vec<String>,
    pub(super) alternatives: Vec<Phrase>,
    pub(super) partings: Vec<Phrase>,
    pub(super) later: Vec<Phrase>,
    pub(super) before_later: Vec<String>,
    pub(super) plain: Vec<String>,
    pub(super) publishers: Vec<Phrase>,
    pub(super) doubtful: Vec<String>,
    pub(super) unversioned: Vec<(String, String)>,
    pub(super) renamed: Vec<(String, String, String)>,
    pub(super) misnamed: Vec<(String, String, String)>,
    pub(super) badges: Vec<String>,
    pub(super) addresses: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    rule: Vec<Entry>,
    fillers: Vec<String>,
    denials: Vec<String>,
    takes_back: Vec<String>,
    choices: Vec<String>,
    alternatives: Vec<String>,
    partings: Vec<String>,
    later: Vec<String>,
    before_later: Vec<String>,
    plain: Vec<String>,
    publishers: Vec<String>,
    doubtful: Vec<String>,
    unversioned: Vec<(String, String)>,
    renamed: Vec<(String, String, String)>,
    misnamed: Vec<(String, String, String)>,
    badges: Vec<String>,
    addresses: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Entry {
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
    name: String,
    kind: Kind,
    words: Vec<String>,
    #[serde(default)]
    after_one_of: Vec<String>,
    #[serde(default)]
    needs_license: bool,
    #[serde(default)]
    is_brief: bool,
    means: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
    grants: Vec<(String, String)>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
    silent: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(TEXT).expect("the table is well formed: a test reads it");
    let mut phrases: BTreeMap<String, Vec<(Phrase, usize)>> = BTreeMap::new();
    for (number, rule) in file.rule.iter().enumerate() {
        for phrase in rule.words.iter().map(|it| phrase(it)) {
            let Some(first) = phrase.first().cloned() else { continue };
            phrases.entry(first).or_default().push((phrase, number));
        }
    }
    for all in phrases.values_mut() {
        all.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
    }
    let listed = |all: Vec<String>| all.iter().map(|it| phrase(it)).collect();
    let rule = |it: Entry| Rule {
        #[cfg(test)]
        name: it.name,
        kind: it.kind,
        after_one_of: it.after_one_of,
        needs_license: it.needs_license,
        is_brief: it.is_brief,
        means: it.means,
        #[cfg(test)]
        grants: it.grants,
        #[cfg(test)]
        silent: it.silent,
    };
    Table {
        rules: file.rule.into_iter().map(rule).collect(),
        beginnings: Beginnings::of(phrases.keys().map(String::as_str)),
        phrases,
        fillers: file.fillers,
        denying: Beginnings::of(file.denials.iter().map(String::as_str)),
        denials: file.denials,
        takes_back: listed(file.takes_back),
        choices: file.choices,
        alternatives: listed(file.alternatives),
        partings: listed(file.partings),
        later: listed(file.later),
        before_later: file.before_later,
        plain: file.plain,
        publishers: listed(file.publishers),
        doubtful: file.doubtful,
        unversioned: file.unversioned,
        renamed: file.renamed,
        misnamed: file.misnamed,
        badges: file.badges,
        addresses: file.addresses,
    }
});

/// The rules.
pub(super) fn table() -> &'static Table {
    &TABLE
}

/// Words as they are compared.
fn phrase(words: &str) -> Phrase {
    let whole = 0..words.len();
    let read = Words::of(words, &[whole]);
    (0..read.all.len()).map(|it| read.word(it).to_owned()).collect()
}
