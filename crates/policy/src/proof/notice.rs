//! Whether a notice goes along, word for word.

use caveat_core::component::ComponentId;
use caveat_core::source::{Source, Span};

use super::{Matter, Proof, display, find};
use crate::duty::Condition;
use crate::exhibits::Purpose;
use crate::home::Home;
use crate::phrase::{Phrase, Text};

pub(super) fn proof(it: &Matter<'_, '_>) -> Option<Proof> {
    if it.duty.on.iter().any(|it| it.1 == Condition::Work) {
        return of_work(it);
    }
    if it.duty.any_of.is_empty() {
        let own = it.texts(&[Purpose::Notice]);
        return Some(own.first().map_or_else(
            || Proof::unchecked("the license fixes no words for it"),
            |source| Proof::met(vec![source.span(0..0)]),
        ));
    }
    Some(fixed(it))
}

/// The license fixes the words.
pub(super) fn fixed(it: &Matter<'_, '_>) -> Proof {
    let phrases: Vec<Phrase> = it.duty.any_of.iter().map(|it| Phrase::new(it)).collect();
    let own = it.texts(&[Purpose::Notice]);
    if let Some(at) = find(&own, &phrases) {
        return Proof::met(vec![at]);
    }
    // Where no file is named, any text beside it will do, but not the license that quotes it.
    let beside = it.texts(&[Purpose::Credits, Purpose::Page, Purpose::Text]);
    let anywhere = it.duty.file.is_none().then(|| find(&beside, &phrases)).flatten();
    if let Some(at) = anywhere {
        return Proof::met(vec![at]);
    }
    let Home::Folders(all) = it.home else {
        return Proof::unchecked("it lies neither in the tree nor on this machine");
    };
    // What is part of a program may have its notices where the program has them.
    if it.is_part()
        && let Some(at) = find(&it.documents(&[Purpose::Notice]), &phrases)
    {
        return Proof::met(vec![at]);
    }
    let text = it.duty.any_of.first().copied();
    let wanted = format!("{}.txt", it.duty.file.unwrap_or("Notice"));
    let remedy = it.remedy(Some(&wanted), text);
    if let Some(other) = own.first() {
        let why = format!("`{}` does not say what the license asks it to say", other.name);
        let at = Some(other.span(0..first_line(other)));
        return Proof { at, remedy, evidence: vec![other.span(0..0)], ..Proof::unmet(why) };
    }
    let folder = all.first().map_or("", String::as_str);
    let place = if folder.is_empty() { "the scanned folder" } else { folder };
    Proof { remedy, ..Proof::unmet(format!("no notice in {place}")) }
}

fn first_line(source: &Source) -> usize {
    source.text.find('\n').unwrap_or(source.text.len())
}

/// The notices that the work itself came with: those that lie beside it, those of what it was made
/// from, and those of which its other files speak.
fn of_work(it: &Matter<'_, '_>) -> Option<Proof> {
    let own = it.texts(&[Purpose::Notice]);
    if let Some(lost) = from_upstream(it, &own) {
        return Some(lost);
    }
    if let Some(source) = own.first() {
        return Some(Proof::met(vec![source.span(0..0)]));
    }
    let file = it.duty.file.unwrap_or("NOTICE");
    let at = mentioned(it, file)?;
    if let Some(kept) = in_product(it) {
        return Some(Proof::met(vec![kept]));
    }
    let why = format!("its files speak of a {file} file, and there is none");
    let remedy = it.remedy(Some(file), None);
    Some(Proof { at: Some(at), evidence: vec![at], remedy, ..Proof::unmet(why) })
}

/// Where the notices of a program name the work, beyond its license.
fn in_product(it: &Matter<'_, '_>) -> Option<Span> {
    if !it.is_part() {
        return None;
    }
    let name = it.component.name.as_deref().or_else(|| it.component.path.rsplit('/').next())?;
    let name = [Phrase::plain(name)];
    it.documents(&[Purpose::Notice]).into_iter().find_map(|it| display::in_text(it, &name))
}

/// Where a file of the work says that a notice came with it.
fn mentioned(it: &Matter<'_, '_>, file: &str) -> Option<Span> {
    let words = [
        format!("see the {file} file"),
        format!("{file} file distributed with"),
        format!("see {file}"),
        format!("{file} file"),
    ];
    let phrases: Vec<Phrase> = words.iter().map(|it| Phrase::plain(it)).collect();
    find(&it.texts(&[Purpose::Page, Purpose::Text, Purpose::Program, Purpose::Credits]), &phrases)
}

/// A notice of something that this was made from, and that did not come along.
fn from_upstream(it: &Matter<'_, '_>, own: &[&Source]) -> Option<Proof> {
    let upstreams = it.ground.made_from(it.component);
    let under_it = |id: &ComponentId| {
        let license = it.ground.graph.components.get(id)?.conclusion.license.as_ref()?;
        license.licenses().any(|one| one.id == it.held.license.id).then_some(())
    };
    let mine: Vec<Text> = own.iter().map(|it| Text::new(&it.text)).collect();
    for (_, upstream) in upstreams.iter().filter(|(_, it)| under_it(&it.id).is_some()) {
        let Home::Folders(_) = it.homes.home(it.ground, upstream) else { continue };
        let files = it.homes.files_of(upstream).into_iter();
        let notices = files.filter(|name| crate::exhibits::purpose(name) == Some(Purpose::Notice));
        let notices = notices.filter_map(|name| crate::home::text(it.ground, it.exhibits, name));
        for notice in notices {
            let lines = notice.text.lines().map(Phrase::plain).filter(|it| !it.is_empty());
            let is_kept = |line: &Phrase| mine.iter().any(|it| it.find(line).is_some());
            if lines.into_iter().any(|line| !is_kept(&line)) {
                let why = format!("`{}` of what it was made from did not come along", notice.name);
                let file = it.duty.file.unwrap_or("NOTICE");
                let remedy = it.remedy(Some(file), Some(&notice.text));
                let evidence = vec![notice.span(0..0)];
                return Some(Proof { evidence, remedy, ..Proof::unmet(why) });
            }
        }
    }
    None
}
