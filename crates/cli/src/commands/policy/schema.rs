//! `caveat policy schema`: what may stand in a policy, for editors.

use std::io::Write;

use caveat_policy::schema::schema;

use crate::args::PolicySchema as Request;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::deliver;

pub(super) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    deliver(schema().as_bytes(), request.output.as_deref(), out)?;
    Ok(CLEAN)
}
