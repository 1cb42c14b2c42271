//! `caveat scan`: what is there and what it says.

use std::io::Write;

use crate::aids::Aids;
use crate::args::{Arguments, Scan as Request};
use crate::error::Error;
use crate::exit::CLEAN;
use crate::files::files;
use crate::output::{self, Shown};
use crate::scan::{ScanOptions, scan_for};

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let outputs = output::inventories(&request.writing)?;
    let aids = Aids::of(request.reading.no_cache, arguments.quiet);
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let scan = scan_for(&request.reading.paths, options, aids)?;
    let files = files(&scan, None);
    let shown = Shown { scan: &scan, files: &files, judged: None, audit: request.writing.audit };
    let mut reports = Vec::new();
    for output in &outputs {
        reports.push((output, output::render(&shown, output, arguments)?));
    }
    output::write(&reports, out)?;
    Ok(CLEAN)
}
