//! The command as people and scripts meet it: run in a folder of its own, with no environment.

mod project;
mod behaviour;
mod baseline;
mod diagnostics;
mod catalog;
mod decisions;
mod documents;
mod formats;
mod explain;
mod graph;
mod hostile;
mod locks;
mod outbound;
mod since;
mod own;
mod may;
mod notices;
