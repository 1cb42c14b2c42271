//! The attribution document as bytes: one file for each format, and one line in [`NOTICES`].

mod outline;
mod text;
mod markdown;
mod html;
mod json;

use std::io::{self, Write};

use caveat_policy::attribution::Attribution;

/// One way to write the document.
#[derive(Clone, Copy, Debug)]
pub struct NoticeFormat {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What files of it end in.
    pub endings: &'static [&'static str],
    /// Writes the document. Fails only where `out` does.
    pub write: fn(&Attribution, &mut dyn Write) -> io::Result<()>,
}

/// All formats; the first is the default.
pub const NOTICES: &[NoticeFormat] = &[
    NoticeFormat { name: "text", endings: &["txt"], write: text::write },
    NoticeFormat { name: "markdown", endings: &["md", "markdown"], write: markdown::write },
    NoticeFormat { name: "html", endings: &["html", "htm"], write: html::write },
    NoticeFormat { name: "json", endings: &["json"], write: json::write },
];

/// The format of that name.
pub fn named(name: &str) -> Option<&'static NoticeFormat> {
    NOTICES.iter().find(|it| it.name == name)
}

/// The format that a file of that name is in.
pub fn of_file(name: &str) -> Option<&'static NoticeFormat> {
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    NOTICES.iter().find(|it| it.endings.contains(&ending.as_str()))
}

/// What a document of ours says at its head, so that it is not taken for one of the parts that it
/// lists.
const OWN: &str = "Written by caveat notice";

/// How far in a document that stands.
const HEAD: usize = 1_000;

/// Whether a text is such a document, in whatever format.
pub fn is_own(text: &str) -> bool {
    let head = text.char_indices().nth(HEAD).map_or(text, |(at, _)| &text[..at]);
    head.contains(OWN) || head.contains(json::SCHEMA)
}
