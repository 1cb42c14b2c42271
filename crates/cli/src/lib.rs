//! Scan a directory, judge it by a policy, report.
