//! Mistakes in files that people write for Caveat, as text with the lines that they are in.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use caveat_core::source::{Source, SourceId, Sources};
use caveat_policy::policy::PolicyError;
use caveat_report::mistakes::{Mistaken, mistakes};
use caveat_report::run::Look;

use crate::error::Error;

/// Spans are bound to the sources of a run only when a text joins them; until then this stands for
/// its number.
pub(crate) const UNBOUND: SourceId = SourceId(u32::MAX - 1);

/// The mistakes in a text whose source is [`UNBOUND`], each with its line.
pub(crate) fn rendered(name: &str, text: &str, errors: &[PolicyError]) -> String {
    let mut sources = Sources::new();
    sources.insert(Source::text(UNBOUND, name, text.to_owned()));
    let told = |it: &PolicyError| Mistaken { problem: it.to_problem(), also: None };
    let told: Vec<_> = errors.iter().map(told).collect();
    let look = Look { width: 100, color: false, verbose: false };
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = mistakes(&told, &sources, &look, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text of a file that lies below `base`; nothing where there is no such file. Links that lead
/// out are not followed: what lies elsewhere would be quoted in messages.
pub(crate) fn text_inside(
    what: &'static str,
    base: &Path,
    file: &str,
    limit: usize,
) -> Result<Option<String>, Error> {
    let path = base.join(file);
    let invalid = |why: &str| Error::FileInvalid {
        what,
        name: file.to_owned(),
        mistakes: format!("  {why}"),
    };
    let found = match path.canonicalize() {
        Ok(it) => it,
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            let is_link = path.symlink_metadata().is_ok();
            return if is_link {
                Err(invalid("it is a link that leads nowhere"))
            } else {
                Ok(None)
            };
        }
        Err(why) => return Err(Error::path(&path, why)),
    };
    if !base.canonicalize().is_ok_and(|it| found.starts_with(it)) {
        return Err(invalid("it is a link that leads out of the repository; put the file there"));
    }
    if !found.is_file() {
        return Err(invalid("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    let file = File::open(&found).map_err(|why| Error::path(&path, why))?;
    let most = (limit as u64).saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(|why| Error::path(&path, why))?;
    if bytes.len() > limit {
        return Err(invalid(&format!("it has more than {} MiB", limit >> 20)));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| invalid("it is not UTF-8 text"))
}
