//! What a reader takes from one file: sightings, not yet identities.

use crate::component::{Evidence, Kind, Reference, Use};
use crate::source::{Problem, Source, SourceId, Span, Spanned};

/// Whom a statement is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Whatever lives in the directory of the file.
    Directory,
    /// The file itself, and nothing beside it.
    File,
    /// The file itself as a part of the program around it.
    Program,
    /// A package that the file names: ecosystem (the purl type), name, version.
    Package {
        /// The purl type: `cargo`, `npm`, `pypi`, …
        ecosystem: &'static str,
        /// Its name in that ecosystem.
        name: String,
        /// Its version, where stated.
        version: Option<String>,
    },
    /// Packages below the directory of the file that say they inherit from it: see
    /// [`Meant::Inherited`]. Not a component of its own.
    Workspace {
        /// The purl type.
        ecosystem: &'static str,
        /// The version that members may inherit, where stated.
        version: Option<String>,
    },
    /// Files in and below the directory of the file. Where components live in them the words are
    /// theirs; the others are a part of their own.
    Files {
        /// Their paths from that directory: `*` stands for any part of a name, `**` for any part
        /// of a path, and `\` takes the next sign as it is.
        pattern: String,
        /// What holds where other files speak of the same ones.
        precedence: Precedence,
    },
}

/// What holds where a file says something of itself and others speak of it, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    /// Only what stands nearest to it.
    #[default]
    Closest,
    /// What it says besides.
    Aggregate,
    /// This rather than what others say of the file.
    Override,
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
    /// A sentence that amounts to an SPDX expression.
    Grant(String),
    /// A license text that was recognised: the SPDX id or `LicenseRef` of it.
    Text {
        /// What the text is.
        license: String,
        /// How well it fits, 0 to 1.
        score: f32,
        /// Whether words were added or removed.
        modified: bool,
    },
    /// A license text that nobody could name.
    UnknownText,
    /// A path, relative to the file, at which the license text lies; may be a glob or a URL.
    File,
    /// Nothing of its own: the words stand in the nearest [`Subject::Workspace`] of the same
    /// ecosystem in a directory above. The raw words are those that say so.
    Inherited,
}

/// What one file says about one subject.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that a file says or does not")]
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
    /// The subject is somebody else's work that the project takes in: a dependency.
    pub foreign: bool,
    /// The file only names the subject, which lives in another place: a lockfile does.
    pub elsewhere: bool,
    /// It is what a third party reports, as a bill of materials does: what the subject's own files
    /// say outweighs it.
    pub reported: bool,
    /// The file speaks of the subject in passing: it counts only where something else shows that
    /// there is such a thing.
    pub aside: bool,
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
            foreign: false,
            elsewhere: false,
            reported: false,
            aside: false,
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
        /// Renders the header; what could not be read is said in the text.
        render: fn(&mut dyn Ranges) -> Header,
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

impl Ranges for &[u8] {
    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }

    fn at(&mut self, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(<[u8]>::len(self));
        let count = buffer.len().min(<[u8]>::len(self) - start);
        buffer[..count].copy_from_slice(&self[start..start + count]);
        Ok(count)
    }
}

/// The license-relevant metadata of a binary header, rendered as text.
///
/// Each line is `key = "value"`, `key = ["one", "two"]`, `key = 7`, or a remark after `#`, of which
/// `# problem: …` says what could not be read. So whatever is to be said of a header has a place
/// in a text. Values are escaped like TOML basic strings, so that nothing in a header can make a
/// line of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The lines.
    pub text: String,
    /// For each line and each value: (offset in `text`, offset in the file), ascending in `text`.
    pub origins: Vec<(u32, u64)>,
}

impl Header {
    /// The rendered text as a source that knows where in the file each value lies.
    pub fn into_source(self, id: SourceId, name: impl Into<String>) -> Source {
        let mut source = Source::text(id, name, self.text);
        source.origins = self.origins;
        source
    }
}

/// Why a header could not be read further, in one clause, and where it went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    /// What is wrong.
    pub what: String,
    /// Byte offset in the file.
    pub offset: u64,
}
