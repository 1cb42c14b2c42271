//! `caveat policy`: the policy itself.

mod check;
mod show;
mod schema;

use std::io::Write;
use std::path::PathBuf;

use crate::args::{Arguments, Policy as Request, PolicyChoice, PolicyCommand};
use crate::error::Error;
use crate::policies::{Chosen, choose};

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    match &request.command {
        PolicyCommand::Show(it) => show::run(it, out),
        PolicyCommand::Check(it) => check::run(it, arguments, out),
        PolicyCommand::Schema(it) => schema::run(it, out),
    }
}

/// The folder where we are, and the policy that judges in it.
fn chosen(choice: &PolicyChoice) -> Result<(PathBuf, Chosen), Error> {
    let here = PathBuf::from(".");
    let root = here.canonicalize().map_err(|it| Error::path(&here, it))?;
    let policy = choose(choice.policy.as_deref(), &root)?;
    Ok((root, policy))
}
