//! Opening what duties are looked up in: texts beside components, what the policy points at, and
//! what products show. Everything is bounded, and nothing outside of the scanned folder is opened.

use std::collections::BTreeSet;

use caveat_core::component::ComponentId;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::source::{Source, Sources};
use caveat_policy::exhibits::Exhibits;
use caveat_policy::needed::needed;
use caveat_policy::policy::Policy;

use crate::discover::Found;
use crate::open::{beginning, decode};

/// How much of one file is read. A text for people that is longer says what it has to say before.
const LONGEST: u64 = 1 << 20;
/// How many bytes are read of all of them.
const MOST_BYTES: u64 = 64 << 20;
/// How many files are opened.
const MOST_FILES: usize = 8_000;

/// Opens what has to be opened among `files` before `policy` can judge duties. What is kept joins
/// the sources. Nothing where there are no files to look at.
pub(crate) fn exhibits(
    files: &[Found],
    (graph, library): (&Graph, Library),
    sources: &mut Sources,
    (policy, prefix): (&Policy, &str),
    concerned: Option<&BTreeSet<ComponentId>>,
) -> Option<Exhibits> {
    if files.is_empty() {
        return None;
    }
    let mut exhibits = Exhibits::of(files.iter().map(|it| it.name.clone()));
    for it in sources.iter() {
        if exhibits.has(&it.name) {
            exhibits.open(&it.name, it.id);
        }
    }
    let needed = needed(graph, &library, policy, sources, (prefix, &exhibits), concerned);
    let mut left = MOST_BYTES;
    let all = needed.open.iter().map(|it| (it, true));
    let all = all.chain(needed.search.iter().map(|it| (it, false)));
    for (count, (name, is_kept)) in all.enumerate() {
        if count >= MOST_FILES || left == 0 {
            exhibits.is_cut = true;
            break;
        }
        if exhibits.source(name).is_some() {
            continue;
        }
        let Some((text, cut)) = text(files, name, left.min(LONGEST)) else { continue };
        left = left.saturating_sub(text.len() as u64);
        if is_kept || needed.is_kept(&text) {
            let id = sources.next();
            let mut source = Source::text(id, name.clone(), text);
            source.cut_at = cut;
            sources.insert(source);
            exhibits.open(name, id);
        } else {
            exhibits.searched += 1;
        }
    }
    Some(exhibits)
}

/// The text of a file of the scan, and how long the file is where that is more; none for what is
/// no text, or cannot be read.
fn text(files: &[Found], name: &str, limit: u64) -> Option<(String, Option<u64>)> {
    let found = files.binary_search_by(|it| it.name.as_str().cmp(name)).ok()?;
    let found = files.get(found)?;
    let (bytes, length) = if let Some(held) = &found.held {
        let end = usize::try_from(limit).unwrap_or(usize::MAX).min(held.len());
        (held[..end].to_vec(), held.len() as u64)
    } else {
        let length = found.path.metadata().map_or(0, |it| it.len());
        (beginning(&found.path, limit).ok()?, length)
    };
    let is_text = !bytes.contains(&0);
    is_text.then(|| (decode(bytes), (length > limit).then_some(length)))
}
