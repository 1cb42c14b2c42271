//! What a reader takes from one file: sightings, not yet identities.

use crate::component::{Evidence, Kind, Reference, Use};
use crate::source::{Problem, Source, Span, Spanned};

/// Whom a statement is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Whatever lives in the directory of the file.
    Directory,
    /// The file itself, and nothing beside it.
    File,
    /// A package that the file names: ecosystem (the purl type), name, version.
    Package {
        /// The purl type: `cargo`, `npm`, `pypi`, …
        ecosystem: &'static str,
        /// Its name in that ecosystem.
        name: String,
        /// Its version, where stated.
        version: Option<String>,
    },
}

/// Words about a license, as written; what they mean is decided by `identify`.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    /// The words.
    pub raw: Spanned<String>,
    /// Where they stand and what weight they have.
    pub evidence: Evidence,
    /// How they are to be understood.
    pub meant: Meant,
}

/// How words about a license are to be understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Meant {
    /// An SPDX expression, or what somebody took for one.
    Expression,
    /// A Hugging Face license id, with the `license_name` and `license_link` beside it.
    HubId {
        /// `license_name`, where given.
        name: Option<Spanned<String>>,
        /// `license_link`, where given: a URL or a path beside the card.
        link: Option<Spanned<String>>,
    },
    /// A name or URL in free words: "Apache 2.0", a classifier, a license URL.
    Name,
    /// A license text that was recognised: the SPDX id or `LicenseRef` of it.
    Text {
        /// What the text is.
        license: String,
        /// How well it fits, 0 to 1.
        score: f32,
        /// Whether words were added or removed.
        modified: bool,
    },
    /// A license text, or a pointer to one, that nobody could name.
    UnknownText,
}

/// What one file says about one subject.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// Whom it is about.
    pub subject: Subject,
    /// What kind of thing the subject is, if the file tells.
    pub kind: Option<Kind>,
    /// The place that stands for the subject in this file.
    pub at: Span,
    /// Names that the file gives the subject, strongest first.
    pub names: Vec<Spanned<Reference>>,
    /// What it says about licenses.
    pub licenses: Vec<Wording>,
    /// What it says the subject was made from or uses.
    pub uses: Vec<Use>,
    /// Free words that tell what the subject is: tags, a pipeline, an architecture.
    pub traits: Vec<Spanned<String>>,
    /// The file says that the subject is private: not for publication.
    pub private: bool,
}

impl Sighting {
    /// A sighting that so far says nothing but that `subject` is there.
    pub fn new(subject: Subject, kind: Option<Kind>, at: Span) -> Self {
        Self {
            subject,
            kind,
            at,
            names: Vec::new(),
            licenses: Vec::new(),
            uses: Vec::new(),
            traits: Vec::new(),
            private: false,
        }
    }
}

/// What was understood of one file, and what was not.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What it says.
    pub sightings: Vec<Sighting>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Whether the file had nothing to say: it can be dropped at once.
    pub fn is_empty(&self) -> bool {
        self.sightings.is_empty() && self.problems.is_empty()
    }
}

/// One kind of file that can be read, and how. Reading never fails: bad input gives problems.
#[derive(Clone, Copy)]
pub struct Reader {
    /// Kebab-case name.
    pub name: &'static str,
    /// What it reads, in a few words, for coverage and documentation.
    pub reads: &'static str,
    /// Whether it wants a file of this path (relative, with `/`).
    pub wants: fn(&str) -> bool,
    /// How it reads.
    pub read: Read,
}

/// The two ways to read a file.
#[derive(Clone, Copy)]
pub enum Read {
    /// The whole text (bounded by the caller) in, sightings out.
    Text(fn(&Source) -> Reading),
    /// Ask for ranges of a binary, render what its header says as `key = value` lines.
    /// The lines become a [`Source`], and that is read as text.
    Header {
        /// Reads the header.
        render: fn(&mut dyn Ranges) -> Result<Header, HeaderError>,
        /// Reads the rendered lines.
        read: fn(&Source) -> Reading,
    },
}

/// Bytes that can be asked for by range: a file, a slice, later an HTTP range request.
pub trait Ranges {
    /// How many bytes there are.
    fn len(&self) -> u64;
    /// Fills `buffer` from `offset`; fewer bytes than asked for only at the end.
    /// Returns how many bytes were filled.
    fn at(&mut self, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize>;
    /// Whether there are no bytes at all.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The license-relevant metadata of a binary header, rendered as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Lines `key = "value"`, values escaped like TOML basic strings.
    pub text: String,
    /// For each line: (offset of its value in `text`, offset of the value in the file), ascending.
    pub origins: Vec<(u32, u64)>,
}

/// Why a header could not be read, in one clause, with the offset where it went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    /// What is wrong.
    pub what: String,
    /// Byte offset in the file.
    pub offset: u64,
}
