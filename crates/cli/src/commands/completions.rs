//! `caveat completions`: what a shell has to know to complete what is typed.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Arguments, Completions as Request};
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::put;

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(request.shell, &mut command, "caveat", &mut script);
    put(out, &script)?;
    Ok(CLEAN)
}
