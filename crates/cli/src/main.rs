//! The `caveat` command.
fn main() {}
