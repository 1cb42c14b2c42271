//! Tells which license texts stand in files: `cargo run --example identify -- FILE…`.

#![expect(clippy::disallowed_methods, reason = "a program reads files")]

use std::{env, error, fs};

use std::io::{Write as _, stdout};

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut out = stdout().lock();
    for path in env::args().skip(1) {
        let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        write!(out, "{path}")?;
        for it in caveat_texts::recognize(&text) {
            write!(
                out,
                "\t{:?} {} {:.3} {:?} {:?}",
                it.likeness, it.nearest, it.score, it.span, it.aliases
            )?;
            for difference in it.differences {
                let added = text.get(difference.added.clone()).unwrap_or_default();
                let before = floor(&text, difference.added.start.saturating_sub(30));
                let before = text.get(before..difference.added.start).unwrap_or_default();
                write!(out, "\n    {before:?} +{added:?} -{}", difference.missing)?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
}
