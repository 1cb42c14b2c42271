//! Fields of a protobuf message, passed over without asking for their bytes.

use std::ops::Range;

use crate::readers::bytes::Bytes;
use crate::readers::header::VALUE_LIMIT;
use crate::readers::weights;
use crate::reading::{Header, HeaderError};

/// How many fields of one file are walked: real models have some hundreds outside their graph.
const FIELD_LIMIT: u32 = 65_536;

/// One field of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// Its number in the schema.
    pub(super) number: u64,
    /// What it holds.
    pub(super) content: Content,
    /// Where its content begins.
    pub(super) at: u64,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// A number of variable length.
    Number(u64),
    /// A string or another message, of so many bytes, which lie within the message around it.
    Bytes(u64),
    /// A number of fixed length, which was passed over.
    Fixed,
}

impl Field {
    /// Where the content ends, if it is a string or a message.
    pub(super) fn end(&self) -> Option<u64> {
        match self.content {
            Content::Bytes(len) => Some(self.at + len),
            Content::Number(_) | Content::Fixed => None,
        }
    }

    /// The bytes of the content; none of a number.
    pub(super) fn range(&self) -> Range<u64> {
        self.at..self.end().unwrap_or(self.at)
    }
}

/// A walk through the messages of one file.
pub(super) struct Walk<'a> {
    /// The file.
    pub(super) bytes: Bytes<'a>,
    left: u32,
}

impl<'a> Walk<'a> {
    /// A walk that has not begun.
    pub(super) fn new(bytes: Bytes<'a>) -> Self {
        Self { bytes, left: FIELD_LIMIT }
    }

    /// The field at `at` of a message that ends at `end`, and where the next one begins; nothing
    /// at the end.
    fn field(&mut self, at: u64, end: u64) -> Result<Option<(Field, u64)>, HeaderError> {
        if at >= end {
            return Ok(None);
        }
        self.bytes.go_to(at)?;
        self.left = self.left.checked_sub(1).ok_or_else(|| {
            self.bytes.error(format!("there are more than {FIELD_LIMIT} fields to walk over"))
        })?;
        let tag = self.number()?;
        let (number, content_at) = (tag >> 3, self.bytes.position());
        let (content, at) = match tag & 7 {
            0 => (Content::Number(self.number()?), content_at),
            1 => (self.fixed(8)?, content_at),
            2 => {
                let len = self.number()?;
                (Content::Bytes(len), self.bytes.position())
            }
            5 => (self.fixed(4)?, content_at),
            kind => {
                return Err(self.bytes.error(format!("a field is of the unknown kind {kind}")));
            }
        };
        let field = Field { number, content, at };
        if let Content::Bytes(len) = content
            && len > end.saturating_sub(at)
        {
            let left = end.saturating_sub(at);
            return Err(self.bytes.error(format!("a field claims {len} bytes, {left} are left")));
        }
        if number == 0 {
            return Err(self.bytes.error("a field has the number 0"));
        }
        Ok(Some((field, field.end().unwrap_or(self.bytes.position()))))
    }

    /// Hands each field of the message in the bytes `message` to `each`.
    pub(super) fn fields(
        &mut self,
        message: Range<u64>,
        each: &mut dyn FnMut(&mut Self, Field) -> Result<(), HeaderError>,
    ) -> Result<(), HeaderError> {
        let mut at = message.start;
        while let Some((field, next)) = self.field(at, message.end)? {
            each(self, field)?;
            at = next;
        }
        Ok(())
    }

    /// Hands each field of the whole file to `each`.
    pub(super) fn file(
        &mut self,
        each: &mut dyn FnMut(&mut Self, Field) -> Result<(), HeaderError>,
    ) -> Result<(), HeaderError> {
        self.fields(0..self.bytes.len(), each)
    }

    /// Renders the string that `field` is under `key`.
    pub(super) fn render(
        &mut self,
        key: &str,
        field: &Field,
        rendered: &mut Header,
    ) -> Result<(), HeaderError> {
        let (value, left_out) = self.string(field)?;
        rendered.cut_string((key, field.at), (&value, field.at), left_out);
        Ok(())
    }

    /// Renders an entry of a map whose keys its writer chose. The key decides whether its value,
    /// which may be a whole vocabulary, is asked for.
    pub(super) fn render_entry(
        &mut self,
        entry: &Field,
        rendered: &mut Header,
    ) -> Result<(), HeaderError> {
        let (Some(key_field), value) = self.entry(entry)? else { return Ok(()) };
        let (key, left_out) = self.string(&key_field)?;
        if left_out > 0 || !weights::is_telling(&key) || rendered.is_full() {
            return Ok(());
        }
        let Some(value_field) = value else { return Ok(()) };
        let (value, left_out) = self.string(&value_field)?;
        rendered.cut_string((&key, key_field.at), (&value, value_field.at), left_out);
        Ok(())
    }

    /// The string that `field` is, cut at what is rendered, and how many bytes were left out.
    pub(super) fn string(&mut self, field: &Field) -> Result<(String, u64), HeaderError> {
        let len = match field.content {
            Content::Bytes(len) => len,
            Content::Number(_) | Content::Fixed => 0,
        };
        self.bytes.go_to(field.at)?;
        self.bytes.string(len, VALUE_LIMIT)
    }

    /// The key and the value of an entry of a map, wherever they stand in it.
    fn entry(&mut self, entry: &Field) -> Result<(Option<Field>, Option<Field>), HeaderError> {
        let (mut key, mut value) = (None, None);
        self.fields(entry.range(), &mut |_, field| {
            match field.number {
                1 => key = Some(field),
                2 => value = Some(field),
                _ => {}
            }
            Ok(())
        })?;
        Ok((key, value))
    }

    fn fixed(&mut self, len: u64) -> Result<Content, HeaderError> {
        self.bytes.skip(len)?;
        Ok(Content::Fixed)
    }

    /// A number in groups of seven bits, the lowest first.
    fn number(&mut self) -> Result<u64, HeaderError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.bytes.take::<1>()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(self.bytes.error("a number has more than 64 bits"))
    }
}
