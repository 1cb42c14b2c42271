//! `caveat clarify`: what a license really is, tied to the bytes that say so.

use std::io::Write;

use caveat_core::inventory::Component;
use caveat_policy::amend::{About, NewClarification, Reread, reread, with_clarification};
use caveat_policy::date::Date;
use caveat_policy::glob::Glob;
use caveat_policy::package::PackagePattern;
use caveat_policy::policy::{Clarification, Digest, Target};

use super::except::not_added;
use crate::args::Clarify as Request;
use crate::decide::{Book, complete, word};
use crate::error::Error;
use crate::evidence::digest;
use crate::exit::CLEAN;
use crate::output::put;
use crate::subject::expression;
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let today = day(request.deciding.today.as_deref())?;
    let book = Book::open(&request.deciding)?;
    if let Some(license) = &request.license
        && expression(license).is_none()
        && !license.contains("LicenseRef-")
    {
        return Err(Error::Unknown {
            what: "license",
            name: license.clone(),
            help: "write an SPDX expression; `caveat licenses` lists what is known".to_owned(),
        });
    }
    let text = if request.update {
        updated(request, &book, today)?
    } else {
        added(request, &book, today)?
    };
    if text == book.text {
        put(out, b"the files are those that were read: nothing is to be updated\n")?;
        return Ok(CLEAN);
    }
    book.edited(&text)?;
    book.write(&text, &[], &request.deciding, (out, log))
}

fn added(request: &Request, book: &Book, today: Date) -> Result<String, Error> {
    let Request { license, because, owner, .. } = request;
    let given = |it: &Option<String>| it.as_ref().is_some_and(|it| !it.trim().is_empty());
    let wanted =
        [("--license", given(license)), ("--because", given(because)), ("--owner", given(owner))];
    let or = |it: &Option<String>, otherwise: &str| {
        it.as_deref().map_or_else(|| otherwise.to_owned(), word)
    };
    let example = format!(
        "caveat clarify {} --license {} --because {} --owner {}",
        word(&request.subject),
        or(license, "SPDX-EXPRESSION"),
        or(because, "\"who read what\""),
        or(owner, "who-answers@acme.example")
    );
    complete(&wanted, &example)?;
    let about = book.about(&request.subject)?;
    let component = component(book, &about, &request.subject)?;
    let evidence = evidence(request, book, component)?;
    let of = |it: &Option<String>| it.clone().unwrap_or_default();
    let new = NewClarification {
        about,
        license: of(license),
        evidence,
        because: of(because),
        owner: of(owner),
        decided: today,
    };
    let text = with_clarification(&book.policy, &book.text, &new);
    let (policy, _) = book.edited(&text)?;
    if policy.clarify.len() != book.policy.clarify.len() + 1 {
        return Err(not_added());
    }
    Ok(text)
}

/// The component that a record would be about.
fn component<'a>(book: &'a Book, about: &About, subject: &str) -> Result<&'a Component, Error> {
    let target = |it: &Component| match about {
        About::Package(pattern) => {
            PackagePattern::new(pattern).is_ok_and(|pattern| pattern.matches(&it.id))
        }
        About::Path(path) => {
            Glob::new(path).is_ok_and(|glob| glob.matches(&joined(&book.chosen.prefix, &it.path)))
        }
    };
    let meant: Vec<_> = book.scan.graph.components.values().filter(|it| target(it)).collect();
    match meant.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::Usage {
            what: format!("nothing here is `{subject}`, so nobody can read what it says"),
            help: "`caveat scan` lists what is here".to_owned(),
        }),
        [one, ..] => Err(Error::Usage {
            what: format!("`{subject}` is {} components, each with words of its own", meant.len()),
            help: format!("name one of them, such as {}", one.id),
        }),
    }
}

fn joined(prefix: &str, path: &str) -> String {
    let parts = [prefix, if path == "." { "" } else { path }];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("/")
}

/// The files that say what the license is, and what they hold.
fn evidence(
    request: &Request,
    book: &Book,
    component: &Component,
) -> Result<Vec<(String, Digest)>, Error> {
    let place = (book.scan.root.as_path(), book.chosen.prefix.as_str());
    let read = |path: &str| digest(component, path, place, &book.scan.sources);
    if !request.evidence.is_empty() {
        let named = request.evidence.iter().map(|it| {
            let missing = || Error::Usage {
                what: format!("there is no `{it}` in the folder of the component or of the policy"),
                help: "name the file from one of these folders".to_owned(),
            };
            read(it).map(|digest| (it.clone(), digest)).ok_or_else(missing)
        });
        return named.collect();
    }
    let claims = component.claims.iter().filter(|it| it.evidence.origin.is_in_place());
    let places = claims.map(|it| it.raw.at.source).chain([component.at.source]);
    let mut files: Vec<(String, Digest)> = Vec::new();
    for source in places.filter_map(|it| book.scan.sources.get(it)) {
        let folder = format!("{}/", component.path);
        let inside = source.name.strip_prefix(&folder);
        let name = inside.map_or_else(|| joined(place.1, &source.name), str::to_owned);
        let last = source.name.rsplit('/').next().unwrap_or_default();
        let found =
            [name.as_str(), last].into_iter().find_map(|it| Some((it.to_owned(), read(it)?)));
        files.extend(found.filter(|it| !files.iter().any(|known| known.0 == it.0)));
    }
    if files.is_empty() {
        return Err(Error::Usage {
            what: format!(
                "no file of {} is here whose bytes could bind the decision",
                component.id
            ),
            help: "put the text that was read beside it, and name it: --evidence FILE".to_owned(),
        });
    }
    Ok(files)
}

fn updated(request: &Request, book: &Book, today: Date) -> Result<String, Error> {
    let (clarification, component) = existing(request, book)?;
    let place = (book.scan.root.as_path(), book.chosen.prefix.as_str());
    let digests = clarification.evidence.iter().map(|it| {
        let missing = || Error::Usage {
            what: format!(
                "there is no `{}` any more, in which the license was read",
                it.path.value
            ),
            help: "remove this [[clarify]], and clarify anew by what is there".to_owned(),
        };
        digest(component, &it.path.value, place, &book.scan.sources).ok_or_else(missing)
    });
    let digests: Vec<Digest> = digests.collect::<Result<_, _>>()?;
    let same = clarification.evidence.iter().map(|it| it.sha256.value).eq(digests.iter().copied());
    let told = [&request.license, &request.because, &request.owner].iter().any(|it| it.is_some());
    let new = Reread {
        license: request.license.clone(),
        digests,
        because: request.because.clone(),
        owner: request.owner.clone(),
        decided: (!same || told).then_some(today),
    };
    Ok(reread(&book.text, clarification, &new))
}

/// The clarification that is about the subject, and a component that it is about.
fn existing<'a>(
    request: &Request,
    book: &'a Book,
) -> Result<(&'a Clarification, &'a Component), Error> {
    let subject = request.subject.as_str();
    let about = book.about(subject).ok();
    let is_meant = |it: &Clarification| match &it.target {
        Target::Package(pattern) => {
            let written = pattern.value.as_str();
            let component = about.as_ref().and_then(|it| component(book, it, subject).ok());
            written == subject || component.is_some_and(|it| pattern.value.matches(&it.id))
        }
        Target::Path(glob) => {
            let path = match &about {
                Some(About::Path(it)) => it.as_str(),
                Some(About::Package(_)) | None => subject,
            };
            glob.value.as_str() == subject || glob.value.matches(path)
        }
    };
    let found =
        book.policy.clarify.iter().find(|it| is_meant(it)).ok_or_else(|| Error::Unknown {
            what: "[[clarify]] for",
            name: subject.to_owned(),
            help: format!("write one: caveat clarify {} --license EXPR …", word(subject)),
        })?;
    let matches = |it: &&Component| {
        found.target.matches(&it.id, Some(&joined(&book.chosen.prefix, &it.path)))
    };
    let component =
        book.scan.graph.components.values().find(matches).ok_or_else(|| Error::Usage {
            what: format!("nothing in the tree is what the clarification for `{subject}` is for"),
            help: "remove it, or correct its package or path".to_owned(),
        })?;
    Ok((found, component))
}
