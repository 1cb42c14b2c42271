//! `caveat man`: manual pages, made from what `--help` says.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::CommandFactory;
use clap_mangen::Man;

use crate::args::{Arguments, Man as Request};
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::{deliver, put};

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let failed = |source: io::Error| Error::Write { to: "the manual".to_owned(), source };
    let mut command = Arguments::command();
    command.build();
    let Some(folder) = &request.output else {
        put(out, &page(&command).map_err(failed)?)?;
        return Ok(CLEAN);
    };
    let to = |it: &Path| format!("`{}`", it.display());
    fs::create_dir_all(folder).map_err(|source| Error::Write { to: to(folder), source })?;
    let commands =
        command.get_subcommands().filter(|it| !it.is_hide_set() && it.get_name() != "help");
    for it in std::iter::once(&command).chain(commands) {
        let bytes = page(it).map_err(failed)?;
        let name = it.get_display_name().unwrap_or(it.get_name());
        deliver(&bytes, Some(&folder.join(format!("{name}.1"))), out)?;
    }
    Ok(CLEAN)
}

fn page(command: &clap::Command) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Man::new(command.clone()).render(&mut bytes)?;
    Ok(bytes)
}
