//! The commands, one file each.

pub(crate) mod baseline;
pub(crate) mod check;
pub(crate) mod clarify;
pub(crate) mod completions;
pub(crate) mod contributions;
pub(crate) mod diff;
pub(crate) mod except;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod graph;
pub(crate) mod identify;
pub(crate) mod init;
pub(crate) mod licenses;
pub(crate) mod lock;
pub(crate) mod man;
pub(crate) mod may;
pub(crate) mod notice;
pub(crate) mod outbound;
pub(crate) mod policy;
pub(crate) mod renew;
pub(crate) mod reuse;
pub(crate) mod rules;
pub(crate) mod scan;
