//! What a string has to look like to name something on a hub, and what only looks like it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::lists::{ENDINGS, NO_OWNERS, PLACEHOLDERS, SERVICES, WEIGHTS};
use crate::component::Kind;

/// Models and datasets that the hub lists without an owner.
static BARE: LazyLock<BTreeSet<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/hub-names-without-owner.tsv").lines();
    lines.filter_map(|it| it.split_once('\t')).collect()
});

/// What a string names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    /// Where in the string the name stands.
    pub(super) name: Range<usize>,
    /// The kind of thing, where the string itself says so.
    pub(super) kind: Option<Kind>,
    /// Where in the string the revision stands.
    pub(super) revision: Option<Range<usize>>,
    /// How it is written.
    pub(super) form: Form,
}

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `owner/name`.
    Plain,
    /// A name of the time before owners.
    Bare,
    /// With a scheme that only a hub has: `hf://…`, `hf_hub:…`.
    Scheme,
    /// The address of a file in a repository.
    File,
    /// The address of a page, which may be there to be read by people.
    Page,
}

impl Named {
    /// The whole of `text` is the name.
    pub(super) fn whole(text: &str, form: Form) -> Self {
        Self { name: 0..text.len(), kind: None, revision: None, form }
    }
}

/// What the whole string names, if anything.
pub(super) fn named(text: &str) -> Option<Named> {
    let told = with_scheme(text).or_else(|| address(text));
    told.or_else(|| is_owner_and_name(text).then(|| Named::whole(text, Form::Plain)))
}

/// Whether a name needs no owner: `sort` is the kind of thing, or a library that has an owner of
/// its own for such names.
pub(super) fn is_bare(sort: &str, text: &str) -> bool {
    BARE.contains(&(sort, text))
}

/// Whether a text is of the form `owner/name`, and is neither a path nor to be replaced.
pub(super) fn is_owner_and_name(text: &str) -> bool {
    let Some((owner, name)) = text.split_once('/') else { return false };
    is_part(owner) && is_part(name) && !is_path(owner, name) && !is_placeholder(owner, name)
}

/// Whether a revision can be called so: a branch, a tag, a commit.
pub(super) fn is_revision(text: &str) -> bool {
    // A slash is written as a number in addresses.
    let text = text.replace("%2F", "/");
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-_./".contains(&it);
    !text.is_empty() && text.len() <= 200 && text.bytes().all(plain)
}

/// Whether a text names a model as `ollama` does: `name`, `owner/name`, each with `:tag` or not.
pub(super) fn is_ollama(text: &str) -> bool {
    let (path, tag) = text.split_once(':').unwrap_or((text, "latest"));
    let plain = |it: &str| {
        !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
    };
    let mut parts = path.split('/');
    let known = parts.next().is_some_and(plain) && parts.next().is_none_or(plain);
    known
        && parts.next().is_none()
        && plain(tag)
        && path.starts_with(|it: char| it.is_ascii_alphanumeric())
        && path.bytes().any(|it| it.is_ascii_alphabetic())
        && !path.split('/').any(asks_to_be_replaced)
}

/// The addresses inside a text that holds other words too: those of files, and those with a
/// scheme of their own, are loaded by somebody.
pub(super) fn inside(text: &str) -> Vec<(usize, Named)> {
    const MOST: usize = 50;
    let mut found = Vec::new();
    for (start, word) in words(text).take(10_000) {
        for mark in ["http://", "https://", "hf://", "hf-", "hf_hub:"] {
            let Some(at) = word.find(mark) else { continue };
            let named = with_scheme(&word[at..]).or_else(|| address(&word[at..]));
            found.extend(named.filter(|it| it.form != Form::Page).map(|it| (start + at, it)));
            break;
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// Runs of what can stand in an address; holes of a template end one.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |it: char| it.is_whitespace() || "\"'`{}<>$,;()\\|".contains(it);
    let mut start = 0;
    text.split(ends).map(move |word| {
        // The next word begins after the one character that ended this one.
        let at = start;
        start += word.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
        (at, word)
    })
}

fn with_scheme(text: &str) -> Option<Named> {
    let start = ["hf_hub:", "hf-hub:"].iter().find(|it| text.starts_with(**it)).map(|it| it.len());
    let mut path = Path { text, at: start.or_else(|| after_scheme(text))? };
    let kind = path.kind()?;
    let name = path.owner_and_name(b"/@:")?;
    let revision = text[name.end..].strip_prefix('@').map(|it| {
        let length = it.find('/').unwrap_or(it.len());
        name.end + 1..name.end + 1 + length
    });
    let revision = revision.filter(|it| is_revision(&text[it.clone()]));
    Some(Named { name, kind: Some(kind), revision, form: Form::Scheme })
}

/// Where the path begins after `hf://` and schemes like `hf-files://`.
fn after_scheme(text: &str) -> Option<usize> {
    let (scheme, _) = text.split_once("://")?;
    let is_other = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase());
    let is_known = scheme == "hf" || scheme.strip_prefix("hf-").is_some_and(is_other);
    is_known.then_some(scheme.len() + 3)
}

fn address(text: &str) -> Option<Named> {
    let after = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let (host, _) = after.split_once('/')?;
    let at = text.len() - after.len() + host.len() + 1;
    let mut path = Path { text, at };
    let serves = matches!(host, "api-inference.huggingface.co" | "router.huggingface.co");
    if serves {
        path.skip("hf-inference/");
        path.skip("models/").then_some(())?;
        let name = path.owner_and_name(b"/?#")?;
        return Some(Named { name, kind: Some(Kind::Model), revision: None, form: Form::File });
    }
    if !matches!(host, "huggingface.co" | "www.huggingface.co" | "hf.co" | "hf-mirror.com") {
        return weights(text, host);
    }
    let kind = path.kind()?;
    let name = path.owner_and_name(b"/?#@")?;
    path.at = name.end;
    let is_file = ["/resolve/", "/raw/"].iter().any(|it| path.skip(it));
    let is_shown = !is_file && ["/blob/", "/tree/"].iter().any(|it| path.skip(it));
    let revision = (is_file || is_shown).then(|| path.revision());
    let revision = revision.filter(|it| is_revision(&text[it.clone()]));
    let form = if is_file && revision.is_some() { Form::File } else { Form::Page };
    Some(Named { name, kind: Some(kind), revision, form })
}

/// The address of a file of weights anywhere: a release, a bucket.
fn weights(text: &str, host: &str) -> Option<Named> {
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let (_, ending) = text[..end].rsplit_once('/')?.1.rsplit_once('.')?;
    let is_weights = WEIGHTS.contains(ending.to_ascii_lowercase().as_str());
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~/:%+@=,".contains(&it);
    let is_whole = text[..end].bytes().all(is_plain)
        && !text[..end].split('/').skip(2).any(asks_to_be_replaced);
    let (host, _) = host.split_once(':').unwrap_or((host, ""));
    let is_public = host.rsplit_once('.').is_some_and(|(before, last)| {
        let for_examples = before == "example" || before.ends_with(".example") || last == "example";
        last.bytes().all(|it| it.is_ascii_alphabetic()) && !for_examples
    });
    (is_weights && is_whole && is_public).then_some(Named {
        name: 0..end,
        kind: Some(Kind::Model),
        revision: None,
        form: Form::File,
    })
}

/// The path of an address, read from left to right.
struct Path<'t> {
    text: &'t str,
    at: usize,
}

impl Path<'_> {
    fn skip(&mut self, word: &str) -> bool {
        let found = self.text[self.at..].starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Up to one of the bytes `ends`.
    fn segment(&self, ends: &[u8]) -> Range<usize> {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|it| ends.contains(it)).unwrap_or(rest.len());
        self.at..self.at + length
    }

    /// A branch, tag or commit; `refs/pr/1` is one too.
    fn revision(&self) -> Range<usize> {
        let mut whole = self.segment(b"/?#");
        if self.text[whole.clone()] == *"refs" {
            for _ in 0..2 {
                let at = (whole.end + 1).min(self.text.len());
                whole.end = Path { text: self.text, at }.segment(b"/?#").end;
            }
        }
        whole
    }

    /// What the hub's first folder says; nothing for what is neither model nor dataset.
    fn kind(&mut self) -> Option<Kind> {
        const OTHERS: &[&str] = &[
            "spaces/",
            "docs/",
            "blog/",
            "papers/",
            "collections/",
            "learn/",
            "tasks/",
            "posts/",
            "api/",
            "settings/",
            "organizations/",
            "join/",
            "chat/",
            "new/",
            "models/",
            "kernels/",
            "buckets/",
            "front/",
            "login/",
            "course/",
            "inference/",
            "transformers/",
            "metrics/",
        ];
        if self.skip("datasets/") {
            return Some(Kind::Dataset);
        }
        let other = OTHERS.iter().any(|it| self.text[self.at..].starts_with(it));
        (!other).then_some(Kind::Model)
    }

    fn owner_and_name(&self, ends: &[u8]) -> Option<Range<usize>> {
        let owner = self.segment(b"/");
        let name = Path { text: self.text, at: (owner.end + 1).min(self.text.len()) }.segment(ends);
        let whole = owner.start..name.end;
        self.text.get(whole.clone()).filter(|it| is_owner_and_name(it)).map(|_| whole)
    }
}

fn is_part(part: &str) -> bool {
    part.len() <= 96
        && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
        && part.bytes().any(|it| it.is_ascii_alphabetic())
        && part.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_')
        && !part.ends_with(['-', '.'])
        && !part.contains("..")
        && !part.contains("--")
}

fn is_path(owner: &str, name: &str) -> bool {
    let owner = owner.to_ascii_lowercase();
    let ending = name.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
    let is_service = SERVICES.contains(owner.as_str())
        || (owner == "openai" && (name.starts_with("gpt-4") || name.starts_with("gpt-3.5")))
        || (owner == "google" && name.starts_with("gemini"))
        || (owner == "ibm" && name.starts_with("granite-"));
    is_service
        || NO_OWNERS.contains(owner.as_str())
        || ending.is_some_and(|it| ENDINGS.contains(it.as_str()))
}

fn is_placeholder(owner: &str, name: &str) -> bool {
    asks_to_be_replaced(owner) || asks_to_be_replaced(name)
}

fn asks_to_be_replaced(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    let begins =
        ["your-", "your_", "my-", "my_", "yourorg", "yourname", "myorg", "path_to", "path-to"];
    PLACEHOLDERS.contains(part.as_str())
        || begins.iter().any(|it| part.starts_with(it))
        || part.contains("xxxx")
        || part.chars().all(|it| it == 'x')
}
