//! How far a long scan has come, for people who wait before a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What is done sooner needs no words.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line is drawn.
const PACE: Duration = Duration::from_millis(100);
/// Back to the beginning of the line, and nothing in it.
const CLEAR: &str = "\r\u{1b}[K";

/// Counts what is done, and tells of it where somebody looks.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    counts: Arc<Counts>,
    drawing: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Counts {
    done: AtomicUsize,
    of: AtomicUsize,
    is_over: AtomicBool,
}

impl Progress {
    /// One that tells nobody.
    pub(crate) fn silent() -> Self {
        Self::default()
    }

    /// One that tells whoever sits before a terminal. Build servers keep every line, so they get none.
    pub(crate) fn shown(quiet: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        if quiet || is_dumb || set("CI") || !stderr().is_terminal() {
            return Self::silent();
        }
        let counts = Arc::new(Counts::default());
        let drawn = Arc::clone(&counts);
        let drawing = thread::Builder::new().name("caveat-progress".to_owned());
        let drawing = drawing.spawn(move || draw(&drawn)).ok();
        Self { counts, drawing }
    }

    /// There is so much more to do.
    pub(crate) fn expect(&self, more: usize) {
        self.counts.of.fetch_add(more, Ordering::Relaxed);
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.counts.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// Whatever ends a scan, the line is gone before anything else is written.
impl Drop for Progress {
    fn drop(&mut self) {
        self.counts.is_over.store(true, Ordering::Relaxed);
        if let Some(drawing) = self.drawing.take() {
            drawing.thread().unpark();
            let _ = drawing.join();
        }
    }
}

fn draw(counts: &Counts) {
    thread::park_timeout(PATIENCE);
    let mut drawn = false;
    while !counts.is_over.load(Ordering::Relaxed) {
        let (done, of) = (counts.done.load(Ordering::Relaxed), counts.of.load(Ordering::Relaxed));
        let mut out = stderr().lock();
        let _ = write!(out, "{CLEAR}{}", line(done, of)).and_then(|()| out.flush());
        drop(out);
        drawn = true;
        thread::park_timeout(PACE);
    }
    if drawn {
        let mut out = stderr().lock();
        let _ = write!(out, "{CLEAR}").and_then(|()| out.flush());
    }
}

fn line(done: usize, of: usize) -> String {
    match (done, of) {
        (_, 0) => "looking for files …".to_owned(),
        (done, of) if done < of => format!("read {done} of {of} files …"),
        _ => "judging …".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_what_is_being_done() {
        assert_eq!(line(0, 0), "looking for files …");
        assert_eq!(line(7, 90), "read 7 of 90 files …");
        assert_eq!(line(90, 90), "judging …");
    }

    #[test]
    fn it_ends_at_once_whoever_waits() {
        let counts = Arc::new(Counts::default());
        let drawn = Arc::clone(&counts);
        let drawing = Some(thread::spawn(move || draw(&drawn)));
        drop(Progress { counts, drawing });
    }
}
