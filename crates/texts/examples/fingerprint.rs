//! Makes the stored fingerprints: `cargo run --example fingerprint -- TEXTS_FOLDER fingerprints/texts.tsv fingerprints`.
//!
//! The table names for each file of the folder the license it is, what kind of text it is and where it is from.

#![expect(clippy::disallowed_methods, reason = "a program reads files")]

use std::path::Path;
use std::{env, error, fs};

use caveat_texts::{Entry, Kind, OptionalParts, fingerprints};

fn main() -> Result<(), Box<dyn error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [texts, table, out] = arguments.as_slice() else {
        return Err("wanted: TEXTS_FOLDER TABLE OUT_FOLDER".into());
    };
    let parts = OptionalParts::parse(include_str!("../data/optional-parts.txt"));
    for line in fs::read_to_string(table)?.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(file), Some(id), Some(kind)) = (fields.next(), fields.next(), fields.next())
        else {
            return Err(format!("three fields wanted: {line}").into());
        };
        let text = fs::read_to_string(Path::new(texts).join(file))?;
        let kind = match kind {
            "license" => Kind::License,
            "use-policy" => Kind::UsePolicy,
            other => return Err(format!("{file}: unknown kind `{other}`").into()),
        };
        let text = fingerprints(&text, &parts).into_iter().next();
        let text = text.ok_or_else(|| format!("{file} has too few words"))?;
        let entry = Entry { id: id.to_owned(), kind, text };
        let name = file.strip_suffix(".txt").unwrap_or(file).replace('/', "-");
        fs::write(Path::new(out).join(format!("{name}.txt")), entry.print())?;
    }
    Ok(())
}
