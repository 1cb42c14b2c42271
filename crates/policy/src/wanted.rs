//! Facts that a license asks for and nobody stated.

use crate::date::Date;
use crate::org::Metric;
use crate::vocabulary::Word;

/// A fact that a license asks for and nobody stated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The key of the policy that states it; none where a policy cannot.
    pub key: Option<&'static str>,
    /// The table that the key belongs into.
    pub table: Option<&'static str>,
    /// The day for which it has to hold, where it is not today.
    pub as_of: Option<Date>,
    /// The fact in words.
    pub says: String,
}

impl Wanted {
    /// A figure of the organisation, as of a day.
    pub fn figure(metric: Metric, on: Date, today: Date) -> Self {
        let date = if on == today { "today".to_owned() } else { on.to_string() };
        Self {
            key: Some(metric.word()),
            table: Some("[[org.facts]]"),
            as_of: (on != today).then_some(on),
            says: format!("`{metric}` in [[org.facts]], as of {date}"),
        }
    }

    /// Something else about the organisation, which a key of `[org]` states.
    pub fn of_org(key: &'static str, says: impl Into<String>) -> Self {
        Self { key: Some(key), table: Some("[org]"), as_of: None, says: says.into() }
    }

    /// What no key of a policy can state.
    pub fn other(says: impl Into<String>) -> Self {
        Self { key: None, table: None, as_of: None, says: says.into() }
    }
}
