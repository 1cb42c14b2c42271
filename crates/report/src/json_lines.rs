//! `json-lines`: what `json` says, one record on each line, for programs that read a stream.

use std::io::{self, BufWriter, Write};

use crate::json;
use crate::run::{Look, Run};

/// Writes the run record by record; the first says what ran, the last sums up.
pub(crate) fn write(run: &Run<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    json::write_records(run, &mut out)?;
    out.flush()
}
