//! The commands, one file each.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod graph;
pub(crate) mod identify;
pub(crate) mod init;
pub(crate) mod licenses;
pub(crate) mod may;
pub(crate) mod notice;
pub(crate) mod outbound;
pub(crate) mod scan;
