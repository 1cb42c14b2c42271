//! The one scale on which everything is judged.

/// What comes of a license under a policy. `AND` takes the worst, `OR` the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// May be used.
    Allowed,
    /// A person has to look.
    Review,
    /// May not be used.
    Denied,
}

impl Verdict {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Review => "review",
            Self::Denied => "denied",
        }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Worth knowing; decides nothing.
    Note,
    /// A person has to look.
    Review,
    /// Fails the check.
    Deny,
}

impl Level {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allowed",
            Self::Note => "note",
            Self::Review => "review",
            Self::Deny => "denied",
        }
    }
}

impl From<Verdict> for Level {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Self::Allow,
            Verdict::Review => Self::Review,
            Verdict::Denied => Self::Deny,
        }
    }
}
