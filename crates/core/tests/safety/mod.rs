//! What holds for every reader and every input: shared by tests and the fuzz target.

use caveat_core::reading::{Meant, Read, Reader, Reading};
use caveat_core::source::{Source, SourceId, Span};

/// Reads `bytes` with `reader` as the file `name`, whether it wants that or not, and checks what
/// came of it.
pub(crate) fn read(reader: &Reader, name: &str, bytes: &[u8]) {
    let id = SourceId(7);
    match reader.read {
        Read::Text(read) => {
            let source = Source::text(id, name, String::from_utf8_lossy(bytes).into_owned());
            check(&source, &read(&source));
        }
        Read::Header { render, read } => {
            let mut ranges = bytes;
            let source = render(&mut ranges).into_source(id, name);
            assert!(source.origins.is_sorted_by_key(|it| it.0), "{}", source.text);
            check(&source, &read(&source));
        }
    }
}

/// Every place lies in the source, on boundaries of characters.
fn check(source: &Source, reading: &Reading) {
    let fits = |at: Span| {
        assert_eq!(at.source, source.id);
        assert!(source.text.get(at.range()).is_some(), "{at:?} in {:?}", source.text);
    };
    for it in &reading.problems {
        fits(it.at);
    }
    for seen in &reading.sightings {
        fits(seen.at);
        seen.names.iter().map(|it| it.at).for_each(fits);
        seen.traits.iter().map(|it| it.at).for_each(fits);
        for it in &seen.uses {
            fits(it.target.at);
            it.revision.iter().map(|it| it.at).for_each(fits);
        }
        for it in &seen.licenses {
            fits(it.raw.at);
            fits(it.evidence.at);
            if let Meant::HubId { name, link } = &it.meant {
                name.iter().chain(link).map(|it| it.at).for_each(fits);
            }
        }
    }
}
