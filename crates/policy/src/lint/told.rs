//! A lint as a finding: at a token, with the line behind it and what to do.

use caveat_core::component::ComponentId;
use caveat_core::source::{Span, Spanned};

use crate::finding::{Because, Finding, Link, Step};
use crate::verdict::Level;

/// What one lint says.
pub(super) struct Told {
    /// The name of the lint.
    pub(super) lint: &'static str,
    pub(super) level: Level,
    /// The token.
    pub(super) at: Span,
    /// A few words to stand there.
    pub(super) label: &'static str,
    /// What is wrong.
    pub(super) message: String,
    /// The line or fact behind it.
    pub(super) because: Spanned<String>,
    /// What to do.
    pub(super) help: String,
}

impl Told {
    pub(super) fn finding(self) -> Finding {
        let first = Step::new(Link::Policy, self.because.value, self.because.at);
        Finding {
            rule: self.lint,
            level: self.level,
            component: ComponentId::path(""),
            license: None,
            cause: self.message.clone(),
            message: self.message,
            at: self.at,
            label: self.label.to_owned(),
            because: Because { first, rest: Vec::new() },
            help: vec![self.help],
            excepted: None,
        }
    }
}
