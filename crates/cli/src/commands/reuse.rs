//! `caveat reuse`: whether each file says whose it is and under which license.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use caveat_core::coverage::Coverage;
use caveat_core::inventory::Graph;
use caveat_core::reuse::{Covered, Lint, Project, SIDECAR, lint, stated};
use caveat_core::source::{Source, SourceId, Sources};
use caveat_report::reuse::{concise, findings, full, json, json_lines};
use caveat_report::run::{Files, Run};

use crate::args::{Arguments, Reuse as Request, Writing};
use crate::covered::{Holdings, holdings, is_inside, project};
use crate::discover::relative;
use crate::error::{Error, said};
use crate::exit::{CLEAN, FINDINGS};
use crate::files::below_top;
use crate::open::regular;
use crate::output::{self, Output};

/// How much of a file is looked at: what is said of it stands at its top.
const LIMIT: u64 = 8 << 20;
/// By its first bytes a file is known for a text.
const FIRST: usize = 8 << 10;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let outputs = output::outputs(&Writing {
        format: request.format.clone(),
        output: request.output.clone(),
        audit: false,
    })?;
    let (root, named) = project(&request.paths)?;
    let mut held = holdings(&root);
    if !named.is_empty() {
        let named: Vec<String> = named.iter().map(|it| relative(&root, it)).collect();
        held.files.retain(|it| named.contains(it));
    } else if held.files.is_empty() && held.missed.is_empty() {
        return Err(Error::Usage {
            what: format!("`{}` has no file that needs licensing information", root.display()),
            help: "check the path: empty files, links and what git ignores do not count".to_owned(),
        });
    }
    let lint = lint(&read(&root, held, !named.is_empty()));
    let mut reports = Vec::new();
    for it in &outputs {
        reports.push((it, render(&lint, &root, it, arguments)?));
    }
    output::write(&reports, out)?;
    Ok(if lint.is_compliant() || request.exit_zero { CLEAN } else { FINDINGS })
}

/// Reads everything that the judgement is about.
fn read(root: &Path, held: Holdings, is_part: bool) -> Project {
    let whole = |names: Vec<String>| -> Vec<Source> {
        let texts = names.into_iter().map(|it| (text(&root.join(&it)), it));
        let sources = texts.enumerate().map(|(number, (text, name))| {
            let id = SourceId(u32::try_from(number).unwrap_or(u32::MAX));
            Source::text(id, name, text.ok().flatten().unwrap_or_default())
        });
        sources.collect()
    };
    let mut files = each(&held.files, &|it| covered(root, it));
    files.extend(held.missed.into_iter().map(|(path, why)| Covered {
        path,
        unread: Some(why),
        ..Covered::default()
    }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Project { files, annotations: whole(held.annotations), texts: whole(held.texts), is_part }
}

/// What a file says of itself, or the file beside it.
fn covered(root: &Path, name: &str) -> Covered {
    let beside = format!("{name}{SIDECAR}");
    let teller = if is_inside(root, &root.join(&beside)) { beside } else { name.to_owned() };
    let mut covered = Covered { path: name.to_owned(), ..Covered::default() };
    match text(&root.join(&teller)) {
        Ok(Some(text)) => covered.stated = stated(&teller, &text),
        // What is no text says nothing of itself.
        Ok(None) => {}
        Err(it) => covered.unread = Some(said(&it)),
    }
    covered
}

/// The text of a file, in whatever encoding; nothing for what is no text.
fn text(path: &Path) -> io::Result<Option<String>> {
    let mut file = regular(path)?.take(LIMIT);
    let mut bytes = Vec::new();
    file.by_ref().take(FIRST as u64).read_to_end(&mut bytes)?;
    let is_wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let is_control = |it: &u8| matches!(it, 0..=6 | 14..=26 | 28..=31);
    if !is_wide && bytes.iter().any(is_control) {
        return Ok(None);
    }
    file.read_to_end(&mut bytes)?;
    if is_wide {
        return Ok(Some(from_wide(&bytes)));
    }
    Ok(Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(it) if it.utf8_error().error_len().is_none() => {
            String::from_utf8_lossy(it.as_bytes()).into_owned()
        }
        // Older texts have a byte for each letter, and the sign of copyright is one of them.
        Err(it) => it.as_bytes().iter().map(|it| char::from(*it)).collect(),
    }))
}

/// UTF-16, in the order that its first two bytes tell.
fn from_wide(bytes: &[u8]) -> String {
    let is_little = bytes.first() == Some(&0xff);
    let unit = |it: &[u8]| {
        let pair = [it[0], it[1]];
        if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(unit).collect();
    String::from_utf16_lossy(&units)
}

/// Does the same with each name, on all cores; the answers have the order of the names.
fn each(names: &[String], work: &(dyn Fn(&str) -> Covered + Sync)) -> Vec<Covered> {
    let next = AtomicUsize::new(0);
    let batch = || {
        let mut done = Vec::new();
        while let Some(it) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A defect costs this file and no other.
            let judged = catch_unwind(AssertUnwindSafe(|| work(it)));
            done.push(judged.unwrap_or_else(|_| Covered {
                path: it.clone(),
                unread: Some("not read because of a defect in Caveat".to_owned()),
                ..Covered::default()
            }));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(names.len());
    thread::scope(|scope| {
        let start = || thread::Builder::new().spawn_scoped(scope, batch).ok();
        let started: Vec<_> = (1..threads).filter_map(|_| start()).collect();
        let own = batch();
        own.into_iter()
            .chain(started.into_iter().filter_map(|it| it.join().ok()).flatten())
            .collect()
    })
}

fn render(
    lint: &Lint,
    root: &Path,
    output: &Output,
    arguments: &Arguments,
) -> Result<Vec<u8>, Error> {
    let look = output::look(arguments, output.file.is_some());
    let quiet = arguments.quiet && output.file.is_none();
    let (shown, mut bytes) = (root.display().to_string(), Vec::new());
    let written = match output.format.name {
        "full" => full(lint, &look, quiet, &mut bytes),
        "concise" => concise(lint, &look, quiet, &mut bytes),
        "json" => json(lint, crate::VERSION, &shown, &mut bytes),
        "json-lines" => json_lines(lint, crate::VERSION, &shown, &mut bytes),
        _ => {
            let (sources, files) = quoted(lint, root);
            let numbers = sources.iter().map(|it| (it.name.clone(), it.id)).collect();
            let report = findings(lint, &numbers);
            let coverage =
                Coverage { read: lint.files.len(), seen: lint.files.len(), ..Coverage::default() };
            let run = Run {
                version: crate::VERSION,
                data: crate::DATA,
                root: &shown,
                policy: Some("REUSE 3.3"),
                default_because: None,
                sources: &sources,
                files: &files,
                graph: &Graph::default(),
                report: Some(&report),
                coverage: &coverage,
                categories: None,
                audit: false,
            };
            (output.format.write)(&run, &look, &mut bytes)
        }
    };
    written.map_err(|source| Error::Write { to: "the report".to_owned(), source })?;
    Ok(bytes)
}

/// The files that problems point into, and where they lie in the repository.
fn quoted(lint: &Lint, root: &Path) -> (Sources, Files) {
    let (mut sources, mut files) = (Sources::new(), below_top(root));
    // Of a file that is meant as a whole nobody has to see the text.
    let mut has_spot: BTreeMap<&str, bool> = BTreeMap::new();
    for place in lint.problems.iter().flat_map(|it| &it.places) {
        *has_spot.entry(&place.path).or_default() |= place.spot.is_some();
    }
    for (name, has_spot) in has_spot {
        let text = if has_spot { text(&root.join(name)).ok().flatten() } else { None };
        let id = sources.add(name, text.unwrap_or_default());
        files.paths.insert(id, format!("{}{name}", files.folder));
    }
    (sources, files)
}
