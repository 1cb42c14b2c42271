//! `caveat init`: a first policy.

use std::io::Write;

use caveat_policy::named;
use caveat_policy::template::{Start, template};

use crate::args::Init as Request;
use crate::error::Error;
use crate::run::CLEAN;
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
    if path.exists() {
        let what = format!(
            "`{}` exists already and is left as it is\n  help: remove or rename it first, or name another folder: caveat init PATH",
            path.display()
        );
        return Err(Error::Usage(what));
    }
    create(&path, text.as_bytes())
        .map_err(|source| Error::Write { to: format!("`{}`", path.display()), source })?;
    let _ = writeln!(
        out,
        "wrote {}\nnext: fill in [org] and [[product]], then run `caveat check`",
        path.display()
    );
    Ok(CLEAN)
}
