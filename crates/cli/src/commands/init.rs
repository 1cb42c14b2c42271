//! `caveat init`: a first policy.

use std::io::{self, Write};

use caveat_policy::named;
use caveat_policy::template::{Start, template};
use caveat_report::plain::plain;

use crate::args::Init as Request;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::put;
use crate::write::create;

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let path = request.path.join("caveat.toml");
    let text = match &request.policy {
        None => template(&Start::default()),
        Some(name) => named::named(name)
            .ok_or_else(|| Error::PolicyUnknown {
                name: name.clone(),
                known: named::NAMES.to_vec(),
            })?
            .to_owned(),
    };
    create(&path, text.as_bytes()).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Usage {
            what: format!("`{}` exists already and is left as it is", path.display()),
            help: "remove or rename it first, or name another folder: caveat init PATH".to_owned(),
        },
        _ => Error::Write { to: format!("`{}`", path.display()), source },
    })?;
    let said = format!(
        "wrote {}\nnext: fill in [org] and [[product]], then run `caveat check`\n",
        plain(&path.to_string_lossy())
    );
    put(out, said.as_bytes())?;
    Ok(CLEAN)
}
