//! Trees in memory: what a scan of some files finds.

use caveat_core::identify::identify;
use caveat_core::inventory::{Component, Graph, Standing};
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::{Read, Reading};
use caveat_core::relate::relate;
use caveat_core::source::{Source, Sources};

/// Everything that the readers take from `files`, in their order.
///
/// A file's content stands for more than itself where it begins so: `text:MIT` is the text that
/// SPDX gives of that license; `safetensors:{…}` and `gguf:key=value;key=value` are weights with
/// that header.
pub(crate) fn read(files: &[(&str, &str)]) -> (Sources, Vec<Reading>) {
    let mut sources = Sources::new();
    let mut readings = Vec::new();
    for (name, content) in files {
        let id = sources.next();
        let Some(reader) = READERS.iter().find(|it| (it.wants)(name)) else {
            sources.add(*name, "");
            continue;
        };
        let (source, reading) = match reader.read {
            Read::Text(read) => {
                let source = Source::text(id, *name, text(content));
                let reading = read(&source);
                (source, reading)
            }
            Read::Header { render, read } => {
                let bytes = bytes(content);
                let source = render(&mut bytes.as_slice()).into_source(id, *name);
                let reading = read(&source);
                (source, reading)
            }
        };
        sources.insert(source);
        readings.push(reading);
    }
    (sources, readings)
}

/// The graph of what lies in `files`.
pub(crate) fn graph(files: &[(&str, &str)]) -> Graph {
    let (sources, readings) = read(files);
    relate(identify(readings, &sources, &Library::embedded()), &sources)
}

/// Compares components, one a line: identity, where it is unless the identity says so, kind,
/// license, and why that is not clear.
pub(crate) fn check(files: &[(&str, &str)], expected: &str) {
    let graph = graph(files);
    let lines: Vec<String> = graph.components.values().map(component).collect();
    assert_eq!(lines.join("\n"), indented(expected), "{files:?}");
}

/// A multi-line literal without the indentation of the code around it.
pub(crate) fn indented(text: &str) -> String {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

/// One component as a line.
pub(crate) fn component(it: &Component) -> String {
    let id = it.id.as_str();
    let place = if id.starts_with("path:") { String::new() } else { format!(" in {}", it.path) };
    let license = it.conclusion.license.as_ref().map_or("?".to_owned(), ToString::to_string);
    let doubt = match &it.conclusion.standing {
        Standing::Clear => String::new(),
        Standing::Unknown => " unknown".to_owned(),
        Standing::Ambiguous(why) => format!(" ambiguous: {why}"),
    };
    format!("{id}{place} {} {license}{doubt}", it.kind.name())
}

fn text(content: &str) -> String {
    let Some(id) = content.strip_prefix("text:") else { return content.to_owned() };
    let id = spdx::license_id(id).unwrap_or_else(|| panic!("{id} is no SPDX id"));
    id.text().to_owned()
}

fn bytes(content: &str) -> Vec<u8> {
    if let Some(header) = content.strip_prefix("safetensors:") {
        return [&(header.len() as u64).to_le_bytes()[..], header.as_bytes()].concat();
    }
    let Some(pairs) = content.strip_prefix("gguf:") else { return content.as_bytes().to_vec() };
    let pairs: Vec<_> = pairs.split(';').filter_map(|it| it.split_once('=')).collect();
    let string = |it: &str| [&(it.len() as u64).to_le_bytes()[..], it.as_bytes()].concat();
    let mut bytes = [b"GGUF".as_slice(), &3u32.to_le_bytes(), &0u64.to_le_bytes()].concat();
    bytes.extend((pairs.len() as u64).to_le_bytes());
    for (key, value) in pairs {
        bytes.extend(string(key));
        bytes.extend(8u32.to_le_bytes());
        bytes.extend(string(value));
    }
    bytes
}
