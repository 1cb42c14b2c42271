//! Whether time grows with the input and no faster.

use std::time::{Duration, Instant};

/// How much longer an input is that is compared with another.
pub(crate) const LONGER: usize = 4;

/// Whether what is done to an input of some length, and to one that is [`LONGER`], takes times that
/// fit: four times as long for what is linear, sixteen times for what is quadratic.
pub(crate) fn fits(short: impl Fn(), grown: impl Fn()) -> bool {
    const SLOWER: u32 = 10;
    /// A busy machine may slow one of the two; what grows too fast does so every time.
    const TRIES: usize = 6;
    /// What is done in less is too short to be measured.
    const NOTHING: Duration = Duration::from_millis(20);
    (0..TRIES).any(|_| least_time(&grown) < least_time(&short).max(NOTHING) * SLOWER)
}

/// The least time of a few runs: what else the machine does makes one longer and never shorter.
fn least_time(act: &impl Fn()) -> Duration {
    const RUNS: u32 = 2;
    let run = |_| {
        let start = Instant::now();
        act();
        start.elapsed()
    };
    (0..RUNS).map(run).min().unwrap_or_default()
}
