//! Reading a text with whichever readers want it.

use caveat_core::readers::READERS;
use caveat_core::reading::{Read, Reading};
use caveat_core::source::{Source, SourceId};

/// Reads `text` under `name` with the one reader that wants it.
pub(crate) fn read(name: &str, text: &str) -> (Source, Reading) {
    let source = Source::text(SourceId(0), name, text.to_owned());
    let mut reading = Reading::default();
    let wanted = READERS.iter().find(|it| (it.wants)(name));
    if let Some(Read::Text(read)) = wanted.map(|it| it.read) {
        reading = read(&source);
    }
    (source, reading)
}
