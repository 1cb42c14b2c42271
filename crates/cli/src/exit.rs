//! Exit codes: what scripts see of a run.

/// Nothing that fails.
pub const CLEAN: u8 = 0;
/// Findings that fail.
pub const FINDINGS: u8 = 1;
/// The job could not be done.
pub const FAILED: u8 = 2;
