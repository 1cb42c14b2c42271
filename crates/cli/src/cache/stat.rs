//! What the system tells of a file without opening it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Some systems tell times by steps of two seconds: what was touched since may be told as before.
const SETTLED: Duration = Duration::from_secs(2);

/// Size, times, number and device of a file. All zeros are no file's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stat(pub(super) [u64; 5]);

impl Stat {
    /// Of a file that was not touched just now; else nothing that fits any file.
    #[cfg(unix)]
    pub(crate) fn of(file: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, rest: i64| {
            let seconds = u64::try_from(seconds).unwrap_or(0);
            seconds.saturating_mul(1_000_000_000).saturating_add(u64::try_from(rest).unwrap_or(0))
        };
        let modified = time(file.mtime(), file.mtime_nsec());
        let changed = time(file.ctime(), file.ctime_nsec());
        let settled = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let settled = settled.saturating_sub(SETTLED).as_nanos();
        if u128::from(modified.max(changed)) >= settled {
            return Self::default();
        }
        Self([file.len(), modified, changed, file.ino(), file.dev()])
    }

    /// Elsewhere nothing tells of every change.
    #[cfg(not(unix))]
    pub(crate) fn of(_: &Metadata) -> Self {
        Self::default()
    }

    /// Whether it tells nothing.
    pub(super) fn is_unsettled(self) -> bool {
        self == Self::default()
    }
}
