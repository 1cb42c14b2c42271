//! A license for models that is not known here is called by no name that it does not have.

#![expect(clippy::disallowed_methods, reason = "the test reads its material")]

use std::fs;
use std::path::Path;

use caveat_texts::{Kind, Likeness, recognize_without};

/// Each text is looked at as if nobody had ever seen it, nor another text of the same id.
#[test]
fn an_unknown_license_is_not_taken_for_a_known_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/kb/texts");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    };
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/fingerprints/texts.tsv");
    let table = fs::read_to_string(table).unwrap();
    let id = |file: &str| {
        let row = table.lines().find(|it| it.split('\t').next() == Some(file))?;
        row.split('\t').nth(1)
    };
    let (mut all, mut wrong) = (0, Vec::new());
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let Some(id) = id(&name) else { continue };
        let text = String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned();
        all += 1;
        for it in recognize_without(&text, |it| it == id) {
            let (whole, part) = (text.len(), it.span.len());
            let told = format!(
                "{name} ({id}): {} {:?} {:.3}, {part} of {whole}",
                it.nearest, it.likeness, it.score
            );
            eprintln!("{told}");
            // A license that another one quotes in full is there.
            let is_most = part * 2 > whole;
            let is_named = it.likeness == Likeness::Verbatim;
            if it.kind == Kind::License && is_most && is_named {
                wrong.push(told);
            }
        }
    }
    assert!(all > 50 && wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
}
