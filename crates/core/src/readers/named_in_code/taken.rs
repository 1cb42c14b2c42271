//! What a string names that is handed to a loader.

use super::found::Found;
use super::loaders::Takes;
use super::names::{Form, Named, is_bare, is_ollama, is_owner_and_name, is_revision, named};
use crate::component::Kind;

/// What the string `text` names where a loader `takes` it. A name without an owner counts only
/// where the string `is_sure` to be the name.
pub(super) fn taken(text: &str, takes: Takes, is_sure: bool) -> Option<Found> {
    match takes {
        Takes::Ollama => ollama(text).filter(|_| is_sure),
        Takes::GitHub => github(text),
        Takes::SentenceModel if is_sure && is_bare("sentence-transformers", text) => Some(Found {
            at: 0..text.len(),
            kind: Kind::Model,
            name: format!("sentence-transformers/{text}"),
            revision: None,
        }),
        Takes::Model | Takes::SentenceModel | Takes::Dataset | Takes::Repository => {
            let kind = takes.kind();
            let bare = is_sure && is_bare(kind.name(), text);
            let named = named(text).or_else(|| bare.then(|| Named::whole(text, Form::Bare)))?;
            Some(of(text, &named, kind))
        }
    }
}

/// What `named` says of the string `text`; `kind` is what the place says.
pub(super) fn of(text: &str, named: &Named, kind: Kind) -> Found {
    let revision = named.revision.clone().map(|it| (text[it.clone()].to_owned(), it));
    Found {
        at: named.name.clone(),
        kind: named.kind.unwrap_or(kind),
        name: text[named.name.clone()].to_owned(),
        revision,
    }
}

/// A model in the registry of ollama, or on the hub where the name says so.
pub(super) fn ollama(text: &str) -> Option<Found> {
    let on_hub = ["hf.co/", "huggingface.co/"].iter().find(|it| text.starts_with(**it));
    if let Some(host) = on_hub {
        let path = &text[host.len()..];
        let end = path.find(':').unwrap_or(path.len());
        let at = host.len()..host.len() + end;
        let name = text[at.clone()].to_owned();
        let is_name = is_owner_and_name(&name);
        return is_name.then_some(Found { at, kind: Kind::Model, name, revision: None });
    }
    is_ollama(text).then(|| {
        let library = if text.contains('/') { "" } else { "library/" };
        let name = format!("ollama.com/{library}{text}");
        Found { at: 0..text.len(), kind: Kind::Model, name, revision: None }
    })
}

/// A repository on GitHub, with its branch after a colon.
fn github(text: &str) -> Option<Found> {
    let (name, branch) = text.split_once(':').map_or((text, None), |(a, b)| (a, Some(b)));
    let revision = branch.filter(|it| is_revision(it));
    let revision = revision.map(|it| (it.to_owned(), name.len() + 1..text.len()));
    is_owner_and_name(name).then(|| Found {
        at: 0..name.len(),
        kind: Kind::Code,
        name: format!("github.com/{name}"),
        revision,
    })
}
