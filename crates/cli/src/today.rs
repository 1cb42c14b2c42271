//! The only place that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use caveat_policy::date::Date;

use crate::error::Error;

/// The day that the user names, else today in UTC.
pub(crate) fn day(asked: Option<&str>) -> Result<Date, Error> {
    match asked {
        Some(text) => Date::parse(text)
            .ok_or_else(|| Error::Usage(format!("`{text}` is no day: write it as YYYY-MM-DD"))),
        None => Ok(today()),
    }
}

/// Today in UTC.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    Date::after_1970(seconds / 86_400)
}
