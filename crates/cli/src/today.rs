//! The only place that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use caveat_policy::date::Date;

use crate::error::Error;

/// The day that the user names, else today in UTC.
pub(crate) fn day(asked: Option<&str>) -> Result<Date, Error> {
    match asked {
        Some(text) => Date::parse(text).ok_or_else(|| Error::Usage {
            what: format!("`{text}` is no day"),
            help: "write it as YYYY-MM-DD: --today 2026-01-31".to_owned(),
        }),
        None => Ok(today()),
    }
}

/// Today in UTC.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    Date::after_1970(seconds / 86_400)
}
