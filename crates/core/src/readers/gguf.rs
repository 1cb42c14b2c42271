//! Headers of GGUF files: all key-value pairs are walked, since a license may follow the tokenizer.

use crate::component::Kind;
use crate::readers::bytes::Bytes;
use crate::readers::header::{self, VALUE_LIMIT};
use crate::readers::weights;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;

/// The reader of GGUF files.
pub(super) const READER: Reader = Reader {
    name: "gguf",
    reads: "license, base models and datasets in the header of a GGUF file",
    wants: |path| path.to_ascii_lowercase().ends_with(".gguf"),
    read: Read::Header { render, read },
};

/// Keys are short by specification.
const KEY_LIMIT: u64 = 65_535;

/// How many pairs are walked: real files have some dozens.
const PAIR_LIMIT: u64 = 65_536;

/// How many strings in arrays are walked over, in all: the largest vocabularies have 300 thousand.
const ELEMENT_LIMIT: u64 = 4 * 1024 * 1024;

/// How many strings of one array are rendered.
const LIST_LIMIT: usize = 256;

/// How deep arrays may lie in arrays.
const DEPTH_LIMIT: u32 = 4;

/// The number that stands for a string among the types of values.
const STRING: u32 = 8;

/// The number that stands for an array.
const ARRAY: u32 = 9;

/// Namespaces of keys that are rendered.
const NAMESPACES: [&str; 5] = ["general.", "base_model.", "dataset.", "adapter.", "git-lfs."];

fn render(ranges: &mut dyn Ranges) -> Header {
    if let Some(pointer) = header::pointer(ranges) {
        return pointer;
    }
    let mut rendered = Header::default();
    let bytes = Bytes::new(ranges);
    let mut walk = Walk { bytes, big_endian: false, narrow: false, elements: ELEMENT_LIMIT };
    if let Err(error) = walk.file(&mut rendered) {
        rendered.problem(&error);
    }
    rendered
}

fn read(source: &Source) -> Reading {
    let lines = header::lines(source);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), weights::place(source));
    weights::gguf(source, &lines, &mut seen);
    Reading { sightings: vec![seen], problems: lines.problems }
}

/// A walk through the header.
struct Walk<'a> {
    bytes: Bytes<'a>,
    big_endian: bool,
    /// Version 1 counts in 32 bits.
    narrow: bool,
    /// How many more strings in arrays may be walked over.
    elements: u64,
}

impl Walk<'_> {
    fn file(&mut self, rendered: &mut Header) -> Result<(), HeaderError> {
        let magic = self.bytes.take::<4>()?;
        if &magic != b"GGUF" {
            let what = "not a GGUF file: it does not begin with `GGUF`".into();
            return Err(HeaderError { what, offset: 0 });
        }
        let version = self.version()?;
        if !(1..=3).contains(&version) {
            let what = format!("GGUF version {version} is not known");
            return Err(HeaderError { what, offset: 4 });
        }
        self.narrow = version == 1;
        let tensors_at = self.bytes.position();
        let tensors = self.count()?;
        if tensors > self.bytes.left() / 16 {
            let what = format!("the header claims {tensors} tensors, more than the file can hold");
            rendered.problem(&HeaderError { what, offset: tensors_at });
        }
        let pairs_at = self.bytes.position();
        let pairs = self.count()?;
        if pairs > self.bytes.left() / 9 {
            let what = format!("the header claims {pairs} keys, more than the file can hold");
            return Err(HeaderError { what, offset: pairs_at });
        }
        for _ in 0..pairs.min(PAIR_LIMIT) {
            self.pair(rendered)?;
        }
        if pairs > PAIR_LIMIT {
            return Err(self.bytes.error(format!("only {PAIR_LIMIT} of {pairs} keys were read")));
        }
        Ok(())
    }

    /// The version, which also tells the byte order.
    fn version(&mut self) -> Result<u32, HeaderError> {
        let version = self.word()?;
        self.big_endian = version.trailing_zeros() >= 16;
        Ok(if self.big_endian { version.swap_bytes() } else { version })
    }

    fn pair(&mut self, rendered: &mut Header) -> Result<(), HeaderError> {
        let len = self.count()?;
        if len > KEY_LIMIT {
            return Err(self.bytes.error(format!("a key claims to have {len} bytes")));
        }
        let key_at = self.bytes.position();
        let key = self.bytes.take_many(len)?;
        let key = String::from_utf8_lossy(&key);
        let kind = self.word()?;
        if is_wanted(&key) && !rendered.is_full() {
            return self.wanted(&key, key_at, kind, rendered);
        }
        self.pass(kind, 0)
    }

    fn wanted(
        &mut self,
        key: &str,
        key_at: u64,
        kind: u32,
        rendered: &mut Header,
    ) -> Result<(), HeaderError> {
        match kind {
            STRING => {
                let (value, value_at, left_out) = self.string(VALUE_LIMIT)?;
                rendered.string(key, key_at, &value, value_at);
                if left_out > 0 {
                    rendered.remark(&format!("{key}: {left_out} bytes more"), value_at);
                }
                Ok(())
            }
            ARRAY => self.wanted_array(key, key_at, rendered),
            6 | 12 => self.pass(kind, 0),
            _ => {
                let value_at = self.bytes.position();
                let value = self.integer(kind)?;
                rendered.number(key, key_at, &value, value_at);
                Ok(())
            }
        }
    }

    fn wanted_array(
        &mut self,
        key: &str,
        key_at: u64,
        rendered: &mut Header,
    ) -> Result<(), HeaderError> {
        let kind = self.word()?;
        if kind != STRING {
            return self.elements(kind, 0);
        }
        let count = self.string_count()?;
        let (mut values, mut room) = (Vec::new(), VALUE_LIMIT);
        let mut end = Ok(());
        for _ in 0..count {
            let limit = if values.len() < LIST_LIMIT { room } else { 0 };
            match self.string(limit) {
                Ok((value, value_at, 0)) if limit > 0 => {
                    room -= value.len().min(room);
                    values.push((value, value_at));
                }
                Ok(_) => room = 0,
                Err(error) => {
                    end = Err(error);
                    break;
                }
            }
        }
        rendered.list(key, key_at, &values);
        let left_out = count - values.len() as u64;
        if left_out > 0 {
            rendered.remark(&format!("{key}: {left_out} values more"), key_at);
        }
        end
    }

    /// Passes over a value.
    fn pass(&mut self, kind: u32, depth: u32) -> Result<(), HeaderError> {
        match kind {
            STRING => {
                let len = self.count()?;
                self.bytes.skip(len)
            }
            ARRAY => {
                let kind = self.word()?;
                self.elements(kind, depth)
            }
            _ => {
                let size = self.size(kind)?;
                self.bytes.skip(size)
            }
        }
    }

    /// Passes over the elements of an array, whose count comes next.
    fn elements(&mut self, kind: u32, depth: u32) -> Result<(), HeaderError> {
        if kind == STRING {
            for _ in 0..self.string_count()? {
                let len = self.count()?;
                self.bytes.skip(len)?;
            }
            return Ok(());
        }
        if kind != ARRAY {
            let size = self.size(kind)?;
            let count = self.count()?;
            return self.bytes.skip(count.saturating_mul(size));
        }
        if depth >= DEPTH_LIMIT {
            return Err(self.bytes.error("arrays lie too deep in arrays"));
        }
        for _ in 0..self.string_count()? {
            self.pass(ARRAY, depth + 1)?;
        }
        Ok(())
    }

    /// How many elements without a fixed size follow; each has a length of its own.
    fn string_count(&mut self) -> Result<u64, HeaderError> {
        let count = self.count()?;
        if count > self.bytes.left() / if self.narrow { 4 } else { 8 } {
            let what = format!("an array claims {count} elements, more than the file can hold");
            return Err(self.bytes.error(what));
        }
        match self.elements.checked_sub(count) {
            Some(left) => self.elements = left,
            None => {
                return Err(self.bytes.error(format!("an array of {count} elements is too long")));
            }
        }
        Ok(count)
    }

    /// A string, cut at `limit`; where it begins; and how many of its bytes were left out.
    fn string(&mut self, limit: usize) -> Result<(String, u64, u64), HeaderError> {
        let len = self.count()?;
        if len > self.bytes.left() {
            let what = format!("a string claims {len} bytes, {} are left", self.bytes.left());
            return Err(self.bytes.error(what));
        }
        let at = self.bytes.position();
        let taken = len.min(limit as u64);
        let bytes = self.bytes.take_many(taken)?;
        self.bytes.skip(len - taken)?;
        let value = String::from_utf8_lossy(&bytes);
        let value = if taken < len { value.trim_end_matches('\u{fffd}') } else { &value };
        Ok((value.to_owned(), at, len - taken))
    }

    /// An integer or a truth value, as it is written in text.
    fn integer(&mut self, kind: u32) -> Result<String, HeaderError> {
        let size = self.size(kind)?;
        let mut wide = [0; 8];
        let bytes = self.bytes.take_many(size)?;
        for (index, byte) in bytes.iter().enumerate() {
            wide[if self.big_endian { bytes.len() - 1 - index } else { index }] = *byte;
        }
        let value = u64::from_le_bytes(wide);
        Ok(match kind {
            1 | 3 | 5 | 11 => {
                let unused = 64 - 8 * size;
                (value.cast_signed() << unused >> unused).to_string()
            }
            7 => (value != 0).to_string(),
            _ => value.to_string(),
        })
    }

    /// How many bytes a value of a fixed size has.
    fn size(&self, kind: u32) -> Result<u64, HeaderError> {
        Ok(match kind {
            0 | 1 | 7 => 1,
            2 | 3 => 2,
            4..=6 => 4,
            10..=12 => 8,
            _ => return Err(self.bytes.error(format!("a value has the unknown type {kind}"))),
        })
    }

    /// A count or length: a claim.
    fn count(&mut self) -> Result<u64, HeaderError> {
        if self.narrow {
            return self.word().map(u64::from);
        }
        let bytes = self.bytes.take::<8>()?;
        Ok(if self.big_endian { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) })
    }

    fn word(&mut self) -> Result<u32, HeaderError> {
        let bytes = self.bytes.take::<4>()?;
        Ok(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }
}

fn is_wanted(key: &str) -> bool {
    NAMESPACES.iter().any(|it| key.starts_with(it)) || key.contains("licen")
}
