//! Readings as bytes and back.
//!
//! Every type has one line or one function, and both ways stand together. What does not fit, such
//! as a span in another source, makes the reading one that is not packed; bytes that do not give a
//! reading give nothing.

use caveat_core::component::{Evidence, How, Kind, Origin, Reference, Scope, Strength, Use};
use caveat_core::reading::{Precedence, Reading, Sighting, Wording};
use caveat_core::source::{Problem, Source, SourceId, Span, Spanned};

mod choices;

/// A reading of `source` as bytes.
pub(super) fn pack(reading: &Reading, source: &Source) -> Option<Vec<u8>> {
    let mut to = Packer::new(source);
    reading.pack(&mut to);
    to.fits.then_some(to.bytes)
}

/// The reading that these bytes were made of.
pub(super) fn unpack(bytes: &[u8], source: &Source) -> Option<Reading> {
    let mut from = Unpacker::new(bytes, source.id.0, &source.text);
    let reading = Reading::unpack(&mut from)?;
    from.is_done().then_some(reading)
}

/// Bytes that are being written.
pub(super) struct Packer {
    bytes: Vec<u8>,
    source: SourceId,
    fits: bool,
}

impl Packer {
    pub(super) fn new(source: &Source) -> Self {
        Self { bytes: Vec::new(), source: source.id, fits: true }
    }

    pub(super) fn number(&mut self, it: u64) {
        self.bytes.extend(it.to_le_bytes());
    }

    pub(super) fn bytes(&mut self, it: &[u8]) {
        self.length(it.len());
        self.bytes.extend_from_slice(it);
    }

    pub(super) fn text(&mut self, it: &str) {
        self.bytes(it.as_bytes());
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    fn byte(&mut self, it: u8) {
        self.bytes.push(it);
    }

    fn length(&mut self, it: usize) {
        let length = u32::try_from(it);
        self.fits &= length.is_ok();
        self.bytes.extend(length.unwrap_or(0).to_le_bytes());
    }
}

/// Bytes that are being read.
pub(super) struct Unpacker<'a> {
    all: usize,
    rest: &'a [u8],
    source: SourceId,
    text: &'a str,
}

impl<'a> Unpacker<'a> {
    pub(super) fn new(bytes: &'a [u8], source: u32, text: &'a str) -> Self {
        Self { all: bytes.len(), rest: bytes, source: SourceId(source), text }
    }

    pub(super) fn at(&self) -> usize {
        self.all - self.rest.len()
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let (first, rest) = self.rest.split_first_chunk::<8>()?;
        self.rest = rest;
        Some(u64::from_le_bytes(*first))
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        let (first, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(first)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        std::str::from_utf8(self.bytes()?).ok().map(str::to_owned)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn length(&mut self) -> Option<usize> {
        let (first, rest) = self.rest.split_first_chunk::<4>()?;
        self.rest = rest;
        usize::try_from(u32::from_le_bytes(*first)).ok()
    }
}

/// What can be written as bytes and read back.
trait Packed: Sized {
    fn pack(&self, to: &mut Packer);
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

/// A type that is its fields.
macro_rules! fields {
    ($name:ty { $($field:ident),* }) => {
        impl Packed for $name {
            fn pack(&self, to: &mut Packer) {
                let Self { $($field),* } = self;
                $($field.pack(to);)*
            }
            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                $(let $field = Packed::unpack(from)?;)*
                Some(Self { $($field),* })
            }
        }
    };
}

/// A type that is one of several words.
macro_rules! words {
    ($name:ident { $($word:ident),* }) => {
        impl Packed for $name {
            fn pack(&self, to: &mut Packer) {
                match self { $(Self::$word => to.byte($name::$word as u8),)* }
            }
            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                let byte = from.byte()?;
                [$(Self::$word),*].into_iter().find(|it| *it as u8 == byte)
            }
        }
    };
}

words!(Kind { Code, Model, Dataset, Document });
words!(Scope { Normal, Dev, Build, Optional });
words!(Strength { Detected, Declared, Asserted });
words!(Precedence { Closest, Aggregate, Override });
words!(Origin {
    Manifest,
    Lockfile,
    Card,
    Weights,
    Text,
    Tag,
    Notice,
    Sidecar,
    Sbom,
    Catalog,
    Clarification
});
words!(How {
    DependsOn,
    Contains,
    FineTunedFrom,
    AdapterOf,
    MergeOf,
    QuantizedFrom,
    DistilledFrom,
    TrainedOn,
    EvaluatedOn,
    DerivedFrom,
    Uses
});

fields!(Use { how, kind, target, scope, revision });
fields!(Evidence { at, origin, strength });
fields!(Wording { raw, evidence, meant });
fields!(Problem { at, what, help });
fields!(Reading { sightings, problems });
fields!(Sighting {
    subject,
    kind,
    at,
    names,
    licenses,
    uses,
    traits,
    private,
    foreign,
    elsewhere,
    reported,
    aside
});

impl Packed for String {
    fn pack(&self, to: &mut Packer) {
        to.text(self);
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.text()
    }
}

impl Packed for Reference {
    fn pack(&self, to: &mut Packer) {
        self.0.pack(to);
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self(Packed::unpack(from)?))
    }
}

impl Packed for bool {
    fn pack(&self, to: &mut Packer) {
        to.byte(u8::from(*self));
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Packed for f32 {
    fn pack(&self, to: &mut Packer) {
        to.number(self.to_bits().into());
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self::from_bits(u32::try_from(from.number()?).ok()?))
    }
}

impl Packed for Span {
    fn pack(&self, to: &mut Packer) {
        to.fits &= self.source == to.source;
        to.number(u64::from(self.start) << 32 | u64::from(self.end));
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let both = from.number()?;
        let start = usize::try_from(both >> 32).ok()?;
        let end = usize::try_from(both & u64::from(u32::MAX)).ok()?;
        from.text.get(start..end)?;
        Some(Self::new(from.source, start..end))
    }
}

impl<T: Packed> Packed for Spanned<T> {
    fn pack(&self, to: &mut Packer) {
        self.value.pack(to);
        self.at.pack(to);
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self { value: Packed::unpack(from)?, at: Packed::unpack(from)? })
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut Packer) {
        self.is_some().pack(to);
        if let Some(it) = self {
            it.pack(to);
        }
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, to: &mut Packer) {
        to.length(self.len());
        for it in self {
            it.pack(to);
        }
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        // However many are announced: each takes a byte at least, and they end with the bytes.
        let length = from.length()?;
        (0..length).map(|_| T::unpack(from)).collect()
    }
}
