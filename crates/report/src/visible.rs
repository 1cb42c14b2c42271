//! JSON whose text steers no terminal: what is hidden is escaped, and reads back the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::plain::is_hidden;

/// Writes `value` as indented JSON in which every hidden character is escaped.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Visible(PrettyFormatter::new()));
    value.serialize(&mut serializer)?;
    Ok(())
}

/// The same on one line, which this ends.
pub(crate) fn write_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Visible(CompactFormatter));
    value.serialize(&mut serializer)?;
    writeln!(out)
}

struct Visible<F>(F);

impl<F: Formatter> Formatter for Visible<F> {
    /// `fragment` has no character that JSON itself has to escape.
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hidden) {
            let (before, hidden) = rest.split_at(at);
            to.write_all(before.as_bytes())?;
            let mut letters = hidden.chars();
            let mut units = [0; 2];
            for unit in letters.next().iter().flat_map(|it| it.encode_utf16(&mut units).to_vec()) {
                write!(to, "\\u{unit:04x}")?;
            }
            rest = letters.as_str();
        }
        to.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_array(to)
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array(to)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array_value(to)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object(to)
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object(to)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object_value(to)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object_value(to)
    }
}

#[cfg(test)]
mod tests {
    use super::{write, write_line};

    #[test]
    fn hidden_characters_are_escaped_and_read_back_the_same() {
        let hidden = "a\u{202e}b\u{9b}\u{7f}c\u{e0041}\u{1b}\"\\\n大";
        let mut json = Vec::new();
        write(&[hidden], &mut json).expect("it is written");
        let text = String::from_utf8(json).expect("it is UTF-8");
        assert_eq!(text, "[\n  \"a\\u202eb\\u009b\\u007fc\\udb40\\udc41\\u001b\\\"\\\\\\n大\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&text).expect("it is JSON"), [hidden]);
        let mut line = Vec::new();
        write_line(&[hidden], &mut line).expect("it is written");
        let line = String::from_utf8(line).expect("it is UTF-8");
        assert_eq!(line, "[\"a\\u202eb\\u009b\\u007fc\\udb40\\udc41\\u001b\\\"\\\\\\n大\"]\n");
    }
}
