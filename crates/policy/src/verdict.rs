//! The one scale on which everything is judged.

use crate::vocabulary::{Word, vocabulary};

vocabulary! {
    /// What comes of it. Ordered: of terms that all bind (`AND`) the greatest counts, of
    /// licenses that we may choose from (`OR`) the least.
    pub enum Verdict: "verdict" {
        /// Go ahead.
        Allowed = "allow",
        /// A person has to look.
        Review = "review",
        /// Not like this.
        Denied = "deny",
    }
}

impl Verdict {
    /// The verdict in reports: `allowed`, `review`, `denied`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Review => "review",
            Self::Denied => "denied",
        }
    }

    /// The verdict on terms that all bind; nothing binds nobody.
    pub fn all(verdicts: impl IntoIterator<Item = Self>) -> Self {
        verdicts.into_iter().max().unwrap_or(Self::Allowed)
    }

    /// The verdict on a choice, if there is anything to choose from.
    pub fn any(verdicts: impl IntoIterator<Item = Self>) -> Option<Self> {
        verdicts.into_iter().min()
    }
}

vocabulary! {
    /// How loud a kind of finding is, as `[levels]` sets it.
    pub enum Level: "level" {
        /// Not reported at all.
        Allow = "allow",
        /// Reported, and nothing more.
        Note = "note",
        /// Reported as something for a person to look at.
        Warn = "warn",
        /// Fails the run.
        Deny = "deny",
    }
}

impl From<Verdict> for Level {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Self::Allow,
            Verdict::Review => Self::Warn,
            Verdict::Denied => Self::Deny,
        }
    }
}

impl Level {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allowed",
            Self::Note => "note",
            Self::Warn => "review",
            Self::Deny => "denied",
        }
    }

    /// What the level makes of a finding: nothing to show, or the verdict that it carries.
    /// A note is shown though it is allowed.
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Allow => None,
            Self::Note => Some(Verdict::Allowed),
            Self::Warn => Some(Verdict::Review),
            Self::Deny => Some(Verdict::Denied),
        }
    }
}

vocabulary! {
    /// What a rule says of a tag: a verdict, or that the organisation's facts decide.
    pub enum Stance: "stance" {
        /// The tag is no obstacle.
        Allow = "allow",
        /// A person has to look.
        Review = "review",
        /// Allowed when the license's own test passes for our facts, denied when it fails, and
        /// `unanswered` when they cannot tell.
        Test = "test",
        /// The tag is not accepted.
        Deny = "deny",
    }
}

impl Stance {
    /// The verdict, unless the facts have to decide.
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Allow => Some(Verdict::Allowed),
            Self::Review => Some(Verdict::Review),
            Self::Test => None,
            Self::Deny => Some(Verdict::Denied),
        }
    }

    /// The stance of the same word.
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Self::Allow,
            Verdict::Review => Self::Review,
            Verdict::Denied => Self::Deny,
        }
    }

    /// The key of `[rules.KIND]` under which tags of this stance are listed.
    pub fn key(self) -> &'static str {
        self.word()
    }
}
