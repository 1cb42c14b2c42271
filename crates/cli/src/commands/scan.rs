//! `caveat scan`: what is there and what it says.

use std::io::Write;

use crate::args::{Arguments, Scan as Request};
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::{self, Shown};
use crate::scan::{ScanOptions, scan_with};

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let format = output::format(&request.writing.format)?;
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let scan = scan_with(&request.reading.paths, options)?;
    let shown = Shown { scan: &scan, judged: None, audit: request.writing.audit };
    output::write(&shown, format, request.writing.output.as_deref(), arguments, out)?;
    Ok(CLEAN)
}
