//! Every reader of the table, over anything: the first byte chooses the reader, the first line is
//! the path, and the rest is the file.

#![no_main]

#[path = "../../crates/core/tests/safety/mod.rs"]
mod safety;

use caveat_core::readers::READERS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let end = rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len());
    let (name, content) = rest.split_at(end);
    let reader = &READERS[usize::from(*first) % READERS.len()];
    safety::read(reader, &String::from_utf8_lossy(name), content.get(1..).unwrap_or_default());
});
