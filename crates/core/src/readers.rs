//! Every kind of file that can be read, one line each.

mod card;

use crate::reading::Reader;

/// All readers. A file is given to each that wants it.
pub const READERS: &[Reader] = &[card::READER];
