//! What readers say of a text, as lines that can be compared.

use caveat_core::component::Strength;
use caveat_core::reading::{Meant, Sighting};
use caveat_core::source::{Source, Span, Spanned};

use crate::reading::read;

/// Everything that was read, one line for each statement, with `@` and the text at its span where
/// that differs from the value.
pub(crate) fn lines(name: &str, text: &str) -> Vec<String> {
    let (source, reading) = read(name, text);
    let mut lines = Vec::new();
    for (index, it) in reading.sightings.iter().enumerate() {
        let kind = it.kind.map_or("?", |it| it.name());
        let mut said = vec![format!("{:?} {kind}", it.subject)];
        statements(&source, it, &mut said);
        if index > 0 && it.subject == reading.sightings[0].subject {
            // What stands beside the subject of the file.
            let aside = if it.aside { "aside " } else { "" };
            said = said[1..].iter().map(|it| format!("{aside}{kind}: {it}")).collect();
        }
        lines.extend(said);
    }
    for it in &reading.problems {
        lines.push(format!("problem: {} @ {:?}", it.what, source.slice(it.at)));
    }
    lines
}

fn statements(source: &Source, sighting: &Sighting, lines: &mut Vec<String>) {
    for it in &sighting.names {
        lines.push(format!("named {}", written(source, it.at, it.value.as_str())));
    }
    for it in &sighting.licenses {
        let weak = if it.evidence.strength == Strength::Detected { " (text)" } else { "" };
        let mut line = format!("license{weak} {}", written(source, it.raw.at, &it.raw.value));
        if let Meant::HubId { name, link } = &it.meant {
            let mut say = |what: &str, it: &Option<Spanned<String>>| {
                if let Some(it) = it {
                    line = format!("{line}, {what} {}", written(source, it.at, &it.value));
                }
            };
            say("name", name);
            say("link", link);
        } else if weak.is_empty() {
            line += " (in words)";
        }
        lines.push(line);
    }
    for it in &sighting.uses {
        let target = written(source, it.target.at, it.target.value.as_str());
        let revision = it.revision.as_ref().map(|it| written(source, it.at, &it.value));
        let revision = revision.map(|it| format!(" at {it}")).unwrap_or_default();
        lines.push(format!("{} {} {target}{revision}", it.how.name(), it.kind.name()));
    }
    if !sighting.traits.is_empty() {
        let traits: Vec<_> =
            sighting.traits.iter().map(|it| written(source, it.at, &it.value)).collect();
        lines.push(format!("traits {}", traits.join(" ")));
    }
}

fn written(source: &Source, at: Span, value: &str) -> String {
    let there = source.slice(at);
    if there == value { value.to_owned() } else { format!("{value} @ {there:?}") }
}
