//! One run on one device: what everything that writes for people has at hand.

use std::io::{self, Write};

use caveat_core::component::ComponentId;
use caveat_core::source::{Place, Span};
use caveat_policy::finding::Finding;
use caveat_policy::verdict::Level;

use crate::lines::Places;
use crate::markup::uri;
use crate::paint::Ink;
use crate::plain::{brief, plain};
use crate::run::{Look, Run};
use crate::wrap::{padded, wrap};

/// Columns that the name of an annotation takes: `license: `.
const NAMES: usize = 9;
/// However narrow the device, text gets this many columns.
const LEAST: usize = 20;

/// A run, a look, and the places in its sources.
pub(crate) struct Screen<'a> {
    pub(crate) run: &'a Run<'a>,
    pub(crate) look: &'a Look,
    pub(crate) places: Places<'a>,
}

impl<'a> Screen<'a> {
    /// The screen for a run.
    pub(crate) fn of(run: &'a Run<'a>, look: &'a Look) -> Self {
        Self { run, look, places: Places::of(run.sources) }
    }

    /// Columns that are left of the width beside `taken`.
    pub(crate) fn room(&self, taken: usize) -> usize {
        self.look.width.saturating_sub(taken).max(LEAST)
    }

    /// `path:line` of a span; `None` where it fits no source.
    pub(crate) fn cited(&self, at: Span) -> Option<String> {
        self.places.place(at).map(|it| format!("{}:{}", plain(it.path), it.line))
    }

    /// `path:line:column` of a finding, or the path of its component at 1:1.
    pub(crate) fn located(&self, at: Span, component: &ComponentId) -> String {
        match self.places.place(at) {
            Some(Place { path, line, column, .. }) => format!("{}:{line}:{column}", plain(path)),
            None => format!("{}:1:1", plain(self.path_of(component))),
        }
    }

    /// `shown` as a link to the file that a span lies in, where the device has links. The address
    /// holds nothing that would end it: see [`uri`].
    pub(crate) fn linked(&self, at: Span, shown: String) -> String {
        let Run { files, .. } = self.run;
        match (&files.address, files.paths.get(&at.source)) {
            (Some(top), Some(path)) => {
                format!("\u{1b}]8;;{top}{}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\", uri(path))
            }
            _ => shown,
        }
    }

    /// The path of a component, or its id where it is not in the tree.
    pub(crate) fn path_of<'b>(&'b self, id: &'b ComponentId) -> &'b str {
        self.run.graph.components.get(id).map_or(id.as_str(), |it| it.path.as_str())
    }

    /// Writes `   = name: text`, wrapped under itself; `text` is not yet plain.
    pub(crate) fn annotate(
        &self,
        indent: usize,
        name: &str,
        text: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let taken = indent + 3 + NAMES;
        let lines = text.lines().flat_map(|it| wrap(&brief(it), self.room(taken)));
        let sign = self.look.paint(Ink::Frame, "=");
        let name = self.look.paint(Ink::Strong, &padded(&format!("{name}:"), NAMES));
        let mut first = Some(format!("{:indent$} {sign} {name}", ""));
        for line in lines {
            let start = first.take().unwrap_or_else(|| " ".repeat(taken));
            writeln!(out, "{start}{line}")?;
        }
        Ok(())
    }
}

/// How a finding introduces itself: `error`, `review`, `note`, and the ink for that.
pub(crate) fn heading(finding: &Finding) -> (&'static str, Ink) {
    match finding.level {
        Level::Deny => ("error", Ink::Error),
        Level::Warn => ("review", Ink::Review),
        Level::Note => ("note", Ink::Note),
        Level::Allow => ("allowed", Ink::Faint),
    }
}
