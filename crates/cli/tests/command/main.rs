//! The command as people and scripts meet it: run in a folder of its own, with no environment.

mod project;
mod behaviour;
mod diagnostics;
mod catalog;
mod documents;
mod duties;
mod formats;
mod explain;
mod graph;
mod hostile;
mod outbound;
mod may;
mod notices;
