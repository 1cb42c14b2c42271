//! Reading a text with whichever readers want it.

use caveat_core::readers::READERS;
use caveat_core::reading::{Read, Reading};
use caveat_core::source::{Source, SourceId};

/// Reads `text` under `name` with the one reader that wants it.
pub(crate) fn read(name: &str, text: &str) -> (Source, Reading) {
    let source = Source::text(SourceId(0), name, text.to_owned());
    let mut reading = Reading::default();
    for reader in READERS.iter().filter(|it| (it.wants)(name)) {
        if let Read::Text(read) = reader.read {
            let found = read(&source);
            reading.sightings.extend(found.sightings);
            reading.problems.extend(found.problems);
        }
    }
    (source, reading)
}
