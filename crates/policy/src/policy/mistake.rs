//! What can be wrong with a policy file.

use std::fmt;

use caveat_core::component::Kind;
use caveat_core::source::{Problem, Span, Spanned};

use crate::verdict::Stance;
use crate::vocabulary::{Word, nearest};
use caveat_core::tags::Tag;

/// A mistake in a policy file and the token that makes it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The token.
    pub at: Span,
    /// What is wrong with it.
    pub mistake: Mistake,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It is not TOML.
    Syntax(String),
    /// There is too much of it.
    TooLong(usize),
    /// A table has no such key.
    UnknownKey {
        /// The key.
        key: String,
        /// The table.
        table: String,
        /// The keys that it has.
        allowed: Vec<&'static str>,
    },
    /// A key wants a value of another type.
    WrongType {
        /// The key.
        key: String,
        /// What it wants.
        wanted: &'static str,
        /// What was found, as TOML calls it.
        found: &'static str,
        /// What to do about it, where that is plain.
        help: Option<String>,
    },
    /// A word is none of those that are allowed.
    UnknownWord {
        /// What the words name.
        noun: &'static str,
        /// The word.
        word: String,
        /// The words that are allowed.
        allowed: Vec<&'static str>,
    },
    /// A text has another form than its key wants.
    BadForm {
        /// The text.
        text: String,
        /// Why it will not do, as in "`main` …".
        fault: &'static str,
        /// What to write.
        help: String,
    },
    /// A key is missing that the table cannot do without.
    Missing {
        /// The key, or several of which one has to be there.
        keys: Vec<&'static str>,
        /// The table.
        table: String,
    },
    /// A text or list is empty that may not be.
    Empty {
        /// The key.
        key: String,
    },
    /// Two keys of which only one may be there.
    Both {
        /// The first.
        one: &'static str,
        /// The second.
        other: &'static str,
    },
    /// A name is given to two things.
    Twice {
        /// What it names.
        noun: &'static str,
        /// The name.
        name: String,
        /// Where it was given first.
        first: Span,
    },
    /// A tag stands in two lists of one kind.
    TwoStances {
        /// The tag.
        tag: Tag,
        /// The kind of component.
        kind: Kind,
        /// The list that it stands in first.
        stance: Stance,
        /// Where.
        first: Span,
    },
    /// No product has that name.
    UnknownProduct {
        /// The name.
        name: String,
        /// What products there are.
        products: Vec<String>,
    },
    /// A rule has no condition, so that it would speak for everything.
    Unconditional {
        /// Its name.
        id: String,
    },
    /// An exception ends before it was approved.
    EndsBeforeApproval {
        /// Its name.
        id: String,
        /// Where the approval is dated.
        approved: Span,
    },
    /// A line of a policy is looser than a base that it extends, or two bases contradict each other.
    Loosens {
        /// What is looser than what.
        says: String,
        /// The line of the base, and a few words on it.
        held: Spanned<&'static str>,
        /// What to write instead.
        help: String,
    },
    /// A base policy cannot be had.
    Base {
        /// Why, as in "cannot extend `a.toml`: …".
        says: String,
        /// What to do.
        help: String,
    },
}

impl PolicyError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match &self.mistake {
            Mistake::Syntax(_) | Mistake::Missing { .. } => None,
            Mistake::TooLong(_) => Some("split it, and let one policy extend the other".to_owned()),
            Mistake::UnknownKey { key, allowed, .. } => choice(key, allowed),
            Mistake::WrongType { help, .. } => help.clone(),
            Mistake::UnknownWord { word, allowed, .. } => choice(word, allowed),
            Mistake::BadForm { help, .. }
            | Mistake::Loosens { help, .. }
            | Mistake::Base { help, .. } => Some(help.clone()),
            Mistake::Empty { .. } => Some("say something there".to_owned()),
            Mistake::Twice { noun: "product" | "rule" | "exception" | "license", .. } => {
                Some("give each a name of its own".to_owned())
            }
            Mistake::Both { .. } | Mistake::Twice { .. } => Some("keep one of them".to_owned()),
            Mistake::TwoStances { .. } => Some("keep it in one list".to_owned()),
            Mistake::UnknownProduct { name, products } => {
                let names: Vec<_> = products.iter().map(String::as_str).collect();
                choice(name, &names)
            }
            Mistake::Unconditional { .. } => {
                Some("name a kind, use, product, tag, license, path or package".to_owned())
            }
            Mistake::EndsBeforeApproval { .. } => Some("correct one of the two dates".to_owned()),
        }
    }

    /// Another place that belongs to it, and what stands there.
    pub fn also(&self) -> Option<(Span, &'static str)> {
        match &self.mistake {
            Mistake::Twice { first, .. } => Some((*first, "first given here")),
            Mistake::TwoStances { first, .. } => Some((*first, "first listed here")),
            Mistake::EndsBeforeApproval { approved, .. } => Some((*approved, "approved here")),
            Mistake::Loosens { held, .. } => Some((held.at, held.value)),
            Mistake::Syntax(_)
            | Mistake::TooLong(_)
            | Mistake::UnknownKey { .. }
            | Mistake::WrongType { .. }
            | Mistake::UnknownWord { .. }
            | Mistake::BadForm { .. }
            | Mistake::Missing { .. }
            | Mistake::Empty { .. }
            | Mistake::Both { .. }
            | Mistake::UnknownProduct { .. }
            | Mistake::Base { .. }
            | Mistake::Unconditional { .. } => None,
        }
    }

    /// The same as a problem, for whoever shows those.
    pub fn to_problem(&self) -> Problem {
        Problem { at: self.at, what: self.to_string(), help: self.help() }
    }
}

impl std::error::Error for PolicyError {}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mistake.fmt(f)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(says) | Self::Loosens { says, .. } | Self::Base { says, .. } => {
                f.write_str(says)
            }
            Self::TooLong(bytes) => {
                write!(f, "the policy has {bytes} bytes, more than {}", super::LONGEST)
            }
            Self::UnknownKey { key, table, .. } => {
                write!(f, "unknown key `{}` in {}", shown(key), shown(table))
            }
            Self::WrongType { key, wanted, found, .. } => {
                write!(f, "`{}` wants {wanted}, not {}", shown(key), article(found))
            }
            Self::UnknownWord { noun, word, .. } => write!(f, "unknown {noun} `{}`", shown(word)),
            Self::BadForm { text, fault, .. } => write!(f, "`{}` {fault}", shown(text)),
            Self::Missing { keys, table } => {
                write!(f, "{} lacks `{}`", shown(table), keys.join("` or `"))
            }
            Self::Empty { key } => write!(f, "`{}` is empty", shown(key)),
            Self::Both { one, other } => write!(f, "`{one}` and `{other}` exclude each other"),
            Self::Twice { noun, name, .. } => {
                write!(f, "{noun} `{}` is given twice", shown(name))
            }
            Self::TwoStances { tag, kind, stance, .. } => {
                let kind = kind.name();
                write!(f, "tag `{tag}` is already listed under `{}` for {kind}", stance.key())
            }
            Self::UnknownProduct { name, .. } => write!(f, "no product is named `{}`", shown(name)),
            Self::Unconditional { id } => {
                write!(f, "rule `{}` has no condition and would decide everything", shown(id))
            }
            Self::EndsBeforeApproval { id, .. } => {
                write!(f, "exception `{}` ends before it was approved", shown(id))
            }
        }
    }
}

/// How many words a message lists: all of our own.
const MOST_LISTED: usize = 60;

/// The likeliest of the allowed words, else all of them.
fn choice(word: &str, allowed: &[&str]) -> Option<String> {
    if let Some(it) = nearest(word, allowed.iter().copied()) {
        return Some(format!("did you mean `{}`?", shown(it)));
    }
    let listed: Vec<_> = allowed.iter().take(MOST_LISTED).map(|it| shown(it)).collect();
    let more = if allowed.len() > MOST_LISTED { ", …" } else { "" };
    (!listed.is_empty()).then(|| format!("one of: {}{more}", listed.join(", ")))
}

/// A text as messages show it: on one line, and not too long.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let clean: String = text
        .chars()
        .take(LONGEST)
        .map(|it| if it.is_control() { '\u{fffd}' } else { it })
        .collect();
    if text.chars().nth(LONGEST).is_some() { clean + "…" } else { clean }
}

fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// That `word` is none of the words of `T`.
pub(super) fn unknown<T: Word>(word: &str) -> Mistake {
    let allowed = T::ALL.iter().map(|it| it.word()).collect();
    Mistake::UnknownWord { noun: T::NOUN, word: word.to_owned(), allowed }
}
