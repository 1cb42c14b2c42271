//! `[[met]]`: what the policy says is met, and the files that are to show it.

use caveat_core::source::{Source, Span};
use caveat_core::texts::{Likeness, identify};

use super::{Matter, Proof, same_text};
use crate::duty::DutyKind;
use crate::exhibits::Exhibits;
use crate::finding::Status;
use crate::glob::Glob;
use crate::home::{Home, text};
use crate::phrase::{Phrase, Text};
use crate::policy::{Exhibit, Met, Place};
use crate::vocabulary::Word;

/// What the records of the policy make of a duty, where there are any for it.
pub(super) fn of_policy(it: &Matter<'_, '_>, seen: &Proof) -> Option<Proof> {
    let records = it.ground.policy.met.iter().filter(|met| is_for(it, met));
    let judged: Vec<Proof> = records.map(|met| judged(it, met, seen)).collect();
    let with = |wanted: Status| judged.iter().find(|it| it.status == wanted).cloned();
    with(Status::Met).or_else(|| with(Status::Unmet)).or_else(|| with(Status::Unchecked))
}

fn is_for(it: &Matter<'_, '_>, met: &Met) -> bool {
    let product = it.due.product.map(|it| it.name.value.as_str());
    let of_product = || met.products.iter().any(|it| Some(it.value.as_str()) == product);
    DutyKind::from_word(&met.obligation.value) == Some(it.duty.kind)
        && (met.products.is_empty() || of_product())
        && (met.licenses.is_empty() || is_named(it, met))
}

/// Whether a record names the license, in any of the ways to write it.
fn is_named(it: &Matter<'_, '_>, met: &Met) -> bool {
    let id = it.held.license.to_string();
    let named = |name: &str| it.held.terms.license.aliases.iter().any(|it| it == name);
    met.licenses.iter().any(|one| {
        one.value.matches(&id) || named(one.value.as_str()) || is_called(it, one.value.as_str())
    })
}

/// Whether a policy's own way to write a license means this one.
fn is_called(it: &Matter<'_, '_>, name: &str) -> bool {
    use caveat_core::library::Named;
    let words = name.strip_prefix("LicenseRef-").unwrap_or(name).replace(['-', '_'], " ");
    [name, &words].into_iter().any(|words| match it.ground.library.named(words) {
        Named::License(id) => same_text(id, it.held.license),
        Named::Ambiguous(_) | Named::Reserved | Named::Placeholder | Named::Unknown => false,
    })
}

/// One record: every file that it names has to be there and to hold what it says; one of them has to
/// hold what the license asks for.
fn judged(it: &Matter<'_, '_>, met: &Met, seen: &Proof) -> Proof {
    let mut evidence: Vec<Span> = Vec::new();
    let mut texts: Vec<&Source> = Vec::new();
    let mut pages = Vec::new();
    let mut unread = None;
    for exhibit in &met.exhibits {
        match &exhibit.place {
            Place::Url { url, checked } => {
                let day = checked.as_ref().map_or_else(
                    || "nobody says when it was looked at".to_owned(),
                    |it| format!("looked at on {}", it.value),
                );
                pages.push(format!("{} on record, {day}", url.value));
            }
            Place::File(glob) => match files(it, &glob.value, it.exhibits) {
                Err(why) => return failed(it, met, exhibit.at, why, seen),
                Ok((found, are_all)) => {
                    unread = unread.or((!are_all).then_some(glob));
                    if let Err(why) = holds(it, exhibit, &found) {
                        let first = found.first().map(|it| it.span(0..0));
                        return failed(it, met, first.unwrap_or(exhibit.at), why, seen);
                    }
                    evidence.extend(found.iter().map(|it| it.span(0..0)));
                    texts.extend(found);
                }
            },
        }
    }
    if texts.is_empty() {
        let why = if pages.is_empty() {
            "what is on record lies outside of the scanned folder".to_owned()
        } else {
            format!("{}: no page on the network was opened", pages.join("; "))
        };
        return Proof { record: Some(met.at), ..Proof::unchecked(why) };
    }
    if let Some(glob) = unread {
        let why = format!("not every file that `{}` names was read", glob.value.as_str());
        return Proof { record: Some(met.at), ..Proof::unchecked(why) };
    }
    match asked_for(it, met, &texts) {
        Ok(more) => {
            evidence.splice(0..0, more);
            Proof { record: Some(met.at), ..Proof::met(evidence) }
        }
        Err(why) => {
            let at = texts.first().map_or(met.at, |it| it.span(0..0));
            failed(it, met, at, why, seen)
        }
    }
}

fn failed(it: &Matter<'_, '_>, met: &Met, at: Span, why: String, seen: &Proof) -> Proof {
    let remedy = seen.remedy.clone().or_else(|| it.remedy(None, it.duty.any_of.first().copied()));
    Proof { at: Some(at), record: Some(met.at), remedy, ..Proof::unmet(why) }
}

/// The files that a pattern means for this component: where it reaches into folders like the
/// component's, one of them has to be in that.
fn files<'a>(
    it: &Matter<'_, 'a>,
    glob: &Glob,
    exhibits: &'a Exhibits,
) -> Result<(Vec<&'a Source>, bool), String> {
    let named: Vec<&str> =
        exhibits.names().filter(|name| glob.matches(&it.ground.path(name))).collect();
    if let Home::Folders(folders) = it.home {
        let base = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
        let last = base(glob.as_str());
        let meant = |folder: &&String| {
            let inside = |name: &str| {
                let path =
                    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                glob.matches(&it.ground.path(&path))
            };
            named.iter().any(|name| inside(&base(name))) || (!last.contains('*') && inside(&last))
        };
        if let Some(folder) = folders.iter().find(meant).filter(|_| glob.as_str().contains('*')) {
            let inside = |name: &&&str| crate::exhibits::parent(name) == folder.as_str();
            let here: Vec<&str> = named.iter().filter(inside).copied().collect();
            if here.is_empty() {
                return Err(format!("`{}` is not in {folder}", glob.as_str()));
            }
            return Ok(open(it, &here));
        }
    }
    if named.is_empty() && !is_scanned(it, glob) {
        return Ok((Vec::new(), false));
    }
    if named.is_empty() {
        return Err(format!("there is no `{}`", glob.as_str()));
    }
    Ok(open(it, &named))
}

/// Whether what a pattern names would lie in the scanned folder.
fn is_scanned(it: &Matter<'_, '_>, glob: &Glob) -> bool {
    let prefix = &it.ground.prefix;
    let rest = glob.as_str().trim_start_matches('/').strip_prefix(prefix.as_str());
    prefix.is_empty() || rest.is_some_and(|it| prefix.ends_with('/') || it.starts_with('/'))
}

/// Files of that name that were read, and whether these are all.
fn open<'a>(it: &Matter<'_, 'a>, names: &[&str]) -> (Vec<&'a Source>, bool) {
    let texts = names.iter().map(|name| text(it.ground, it.exhibits, name));
    let texts: Vec<Option<&Source>> = texts.collect();
    let are_all = texts.iter().all(|it| it.is_some_and(|it| it.cut_at.is_none()));
    (texts.into_iter().flatten().collect(), are_all)
}

/// Whether files hold what a record says of them.
fn holds(it: &Matter<'_, '_>, exhibit: &Exhibit, found: &[&Source]) -> Result<(), String> {
    if let Some(words) = &exhibit.contains {
        let phrase = Phrase::plain(&words.value);
        let lacks = found.iter().find(|it| {
            !it.text.contains(words.value.as_str()) && Text::new(&it.text).find(&phrase).is_none()
        });
        if let Some(source) = lacks {
            return Err(format!("`{}` does not have \"{}\" in it", source.name, words.value));
        }
    }
    if exhibit.complete.as_ref().is_some_and(|it| it.value) {
        let name = it.component.name.as_deref().unwrap_or(&it.component.path);
        let short = name.rsplit('/').next().unwrap_or(name);
        let phrases = [Phrase::plain(name), Phrase::plain(short)];
        if !found.is_empty() && super::find(found, &phrases).is_none() {
            return Err(format!("{name} is not in the list of `{}`", found[0].name));
        }
    }
    Ok(())
}

/// Whether one of the files has what the record, and the license, ask for.
fn asked_for(it: &Matter<'_, '_>, met: &Met, texts: &[&Source]) -> Result<Vec<Span>, String> {
    let named = || texts.iter().map(|it| format!("`{}`", it.name)).collect::<Vec<_>>().join(", ");
    let mut seen = Vec::new();
    if let Some(words) = &met.shows {
        match super::find(texts, &[Phrase::new(&words.value)]) {
            Some(at) => seen.push(at),
            None => return Err(format!("\"{}\" is not in {}", words.value, named())),
        }
    }
    let has_words =
        matches!(it.duty.kind, DutyKind::NoticeFile | DutyKind::Attribution | DutyKind::Display);
    let fixed = if has_words { super::display::phrases(it) } else { Vec::new() };
    let says_where = met.exhibits.iter().any(|it| it.screen.is_some() || it.complete.is_some());
    if !fixed.is_empty() && !says_where {
        let Some(at) = super::find(texts, &fixed) else {
            let words = it.duty.any_of.first().copied().unwrap_or_default();
            return Err(format!("\"{words}\" is not in {}", named()));
        };
        seen.push(at);
    }
    if it.duty.kind == DutyKind::LicenseCopy {
        let is_it = |source: &&&Source| {
            identify(&source.text).iter().any(|found| {
                let mut ids = found.aliases.iter().chain([&found.nearest]);
                found.likeness != Likeness::Kindred && ids.any(|id| same_text(id, it.held.license))
            })
        };
        match texts.iter().find(is_it) {
            Some(source) => seen.push(source.span(0..0)),
            None => return Err(format!("{} is not the text of the license", named())),
        }
    }
    Ok(seen)
}
