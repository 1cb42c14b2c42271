//! Fields of a protobuf message, passed over without asking for their bytes.

use crate::readers::bytes::Bytes;
use crate::readers::header::VALUE_LIMIT;
use crate::reading::HeaderError;

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
    pub(super) fn field(&mut self, at: u64, end: u64) -> Result<Option<(Field, u64)>, HeaderError> {
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
    pub(super) fn entry(
        &mut self,
        entry: &Field,
    ) -> Result<(Option<Field>, Option<Field>), HeaderError> {
        let (mut key, mut value) = (None, None);
        let (mut at, end) = (entry.at, entry.end().unwrap_or(entry.at));
        while let Some((field, next)) = self.field(at, end)? {
            match field.number {
                1 => key = Some(field),
                2 => value = Some(field),
                _ => {}
            }
            at = next;
        }
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
