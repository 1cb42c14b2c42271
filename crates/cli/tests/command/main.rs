//! The command as people and scripts meet it: run in a folder of its own, with no environment.

mod project;
mod behaviour;
mod cache;
mod baseline;
mod diagnostics;
mod catalog;
mod decisions;
mod documents;
mod duties;
mod formats;
mod explain;
mod fix;
mod fix_cards;
mod graph;
mod hostile;
mod help;
mod home;
mod outbound;
mod staged;
mod locks;
mod since;
mod own;
mod may;
mod notices;
mod policy;
