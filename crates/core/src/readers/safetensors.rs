//! Headers of safetensors files, of which only `__metadata__` says anything about licenses.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::component::Kind;
use crate::readers::bytes::Bytes;
use crate::readers::header::{self, VALUE_LIMIT};
use crate::readers::weights;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;

/// The reader of safetensors files.
pub(super) const READER: Reader = Reader {
    name: "safetensors",
    reads: "license and base model in the metadata of a safetensors file",
    wants: |path| path.to_ascii_lowercase().ends_with(".safetensors"),
    read: Read::Header { render, read },
};

/// The longest header that the format allows.
const HEADER_LIMIT: u64 = 100_000_000;

/// How many keys are rendered.
const KEY_LIMIT: usize = 4096;

/// Whole keys that say something about licenses or lineage, beside those that [`WORDS`] finds.
const KEYS: [&str; 12] = [
    "author",
    "baseModel",
    "format",
    "name",
    "title",
    "ss_author",
    "ss_base_model_version",
    "ss_network_module",
    "ss_output_name",
    "ss_sd_model_hash",
    "ss_sd_model_name",
    "ss_training_comment",
];

/// Parts of keys that say something about licenses or lineage.
const WORDS: [&str; 8] =
    ["modelspec.", "licen", "base_model", "model_name", "merge", "source", "repo", "dataset_name"];

fn render(ranges: &mut dyn Ranges) -> Header {
    if let Some(pointer) = header::pointer(ranges) {
        return pointer;
    }
    let mut rendered = Header::default();
    if let Err(error) = file(&mut Bytes::new(ranges), &mut rendered) {
        rendered.problem(&error);
    }
    rendered
}

fn read(source: &Source) -> Reading {
    let lines = header::lines(source);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), weights::place(source));
    weights::safetensors(source, &lines, &mut seen);
    Reading { sightings: vec![seen], problems: lines.problems }
}

fn file(bytes: &mut Bytes<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    let claimed = u64::from_le_bytes(bytes.take::<8>()?);
    let wrong = |what: String| HeaderError { what, offset: 0 };
    if claimed > HEADER_LIMIT {
        let what = format!("the header claims {claimed} bytes, more than the format allows");
        return Err(wrong(what));
    }
    let left = bytes.left();
    let text = bytes.take_many(claimed.min(left))?;
    let (text, valid) = match str::from_utf8(&text) {
        Ok(text) => (text, true),
        Err(error) => (str::from_utf8(&text[..error.valid_up_to()]).unwrap_or_default(), false),
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let parsed = (&mut json).deserialize_map(Tensors(Values { text, rendered }));
    if claimed > left {
        return Err(wrong(format!("the header claims {claimed} bytes, the file has {left} left")));
    }
    if !valid {
        let what = "the header is not UTF-8".into();
        return Err(HeaderError { what, offset: 8 + text.len() as u64 });
    }
    parsed.and_then(|()| json.end()).map_err(|error| {
        let column = if error.line() == 1 { error.column().saturating_sub(1) } else { 0 };
        let what = format!("the header is not the JSON it should be: {error}");
        HeaderError { what, offset: 8 + column as u64 }
    })
}

/// Visits the header: passes over tensors, and goes into the metadata, however often it comes.
struct Tensors<'t, 'h>(Values<'t, 'h>);

impl<'t> Visitor<'t> for Tensors<'t, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tensors")
    }

    fn visit_map<A: MapAccess<'t>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<&RawValue>()? {
            if string(key).is_some_and(|it| it == "__metadata__") {
                map.next_value_seed(&mut self.0)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Visits the metadata, and renders what is wanted of it.
struct Values<'t, 'h> {
    text: &'t str,
    rendered: &'h mut Header,
}

impl<'t> DeserializeSeed<'t> for &mut Values<'t, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'t>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for &mut Values<'t, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of strings under `__metadata__`")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        let mut count = 0;
        while let Some(key) = map.next_key::<&RawValue>()? {
            let value = map.next_value::<&RawValue>()?;
            count += 1;
            if count > KEY_LIMIT || self.rendered.is_full() {
                return Err(A::Error::custom("the metadata has too many keys"));
            }
            if let (Some(name), Some(content)) = (string(key), string(value))
                && is_wanted(&name)
            {
                self.value(&name, self.offset(key), &content, self.offset(value));
            }
        }
        Ok(())
    }
}

impl Values<'_, '_> {
    /// Where the content of a string, past its quote, lies in the file.
    fn offset(&self, raw: &RawValue) -> u64 {
        let within = raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        8 + 1 + within as u64
    }

    fn value(&mut self, key: &str, key_at: u64, value: &str, value_at: u64) {
        let mut shown = value.len().min(VALUE_LIMIT);
        while !value.is_char_boundary(shown) {
            shown -= 1;
        }
        self.rendered.string(key, key_at, &value[..shown], value_at);
        if shown < value.len() {
            let left_out = value.len() - shown;
            self.rendered.remark(&format!("{key}: {left_out} bytes more"), value_at);
        }
    }
}

/// The string that a JSON value is, if it is one.
fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

fn is_wanted(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    let bulky = lower.ends_with("thumbnail");
    !bulky && (KEYS.contains(&key) || WORDS.iter().any(|it| lower.contains(it)))
}
