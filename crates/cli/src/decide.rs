//! Putting decisions on record: the policy file, what an edit of it would change, and writing it.

use std::fs;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use caveat_policy::amend::{About, difference};
use caveat_policy::date::Date;
use caveat_policy::finding::Finding;
use caveat_policy::package::PackagePattern;
use caveat_policy::policy::Policy;
use caveat_report::plain::plain;

use crate::args::Deciding;
use crate::discover::relative;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::judge::judge;
use crate::mistaken::{UNBOUND, rendered};
use crate::output::put;
use crate::policies::{Chosen, choose};
use crate::scan::{Scan, ScanOptions, scan_with};
use crate::subject::{answers_to, well_known_id};
use crate::write::replace;

/// A policy file that is open for a decision, and the tree that it speaks of.
pub(crate) struct Book {
    pub(crate) scan: Scan,
    pub(crate) chosen: Chosen,
    /// The policy of this file alone; its spans are those of the text.
    pub(crate) policy: Policy,
    pub(crate) text: String,
    path: PathBuf,
    /// What people call the file.
    name: String,
}

impl Book {
    /// Opens the policy file of a tree.
    pub(crate) fn open(request: &Deciding) -> Result<Self, Error> {
        let scan = scan_with(std::slice::from_ref(&request.path), ScanOptions::default())?;
        let chosen = choose(request.policy.as_deref(), &scan.root)?;
        let name = chosen.origin();
        let Some(path) = chosen.files().last().and_then(|it| it.path.clone()) else {
            return Err(Error::Usage {
                what: "there is no caveat.toml to put a decision into".to_owned(),
                help: "write one first: caveat init".to_owned(),
            });
        };
        let text = chosen.files().last().map(|it| it.text.clone()).unwrap_or_default();
        let policy = parsed(&name, &text)?;
        Ok(Self { scan, chosen, policy, text, path, name })
    }

    /// What a record about `subject` is to say that it is about.
    pub(crate) fn about(&self, subject: &str) -> Result<About, Error> {
        if subject.starts_with("pkg:") {
            return match PackagePattern::new(subject) {
                Ok(_) => Ok(About::Package(subject.to_owned())),
                Err(_) => Err(Error::Usage {
                    what: format!("`{subject}` is not a package that a record can be about"),
                    help: "write pkg:huggingface/org/name@revision or pkg:cargo/name@1.2; a branch may move"
                        .to_owned(),
                }),
            };
        }
        let words = subject.strip_prefix("path:").unwrap_or(subject);
        let components = self.scan.graph.components.values();
        let mut meant: Vec<_> = components.filter(|it| answers_to(it, words)).collect();
        if let Some(exact) = meant.iter().position(|it| it.id.as_str() == subject) {
            meant = vec![meant[exact]];
        }
        match meant.as_slice() {
            [one] if one.id.as_str().starts_with("pkg:") => {
                Ok(About::Package(one.id.as_str().to_owned()))
            }
            [one] => self.about_path(&one.path),
            [] => match self.below(Path::new(words)) {
                Some(path) => self.about_path(&path),
                None => well_known_id(words).map_or_else(
                    || Err(unknown(subject)),
                    |it| Ok(About::Package(it.as_str().to_owned())),
                ),
            },
            several => {
                let ids: Vec<_> = several.iter().map(|it| it.id.as_str()).collect();
                Err(Error::Usage {
                    what: format!("`{subject}` is the name of several components"),
                    help: format!("name one of them: {}", ids.join(", ")),
                })
            }
        }
    }

    /// A path below the scanned folder, counted from it.
    fn below(&self, path: &Path) -> Option<String> {
        let whole = [path.to_owned(), self.scan.root.join(path)];
        let whole = whole.iter().find_map(|it| it.canonicalize().ok())?;
        whole.starts_with(&self.scan.root).then(|| relative(&self.scan.root, &whole))
    }

    fn about_path(&self, path: &str) -> Result<About, Error> {
        let path = if path == "." { "" } else { path };
        let parts = [self.chosen.prefix.as_str(), path];
        let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        if parts.is_empty() {
            return Err(Error::Usage {
                what: "a record about the whole tree would be about everything in it".to_owned(),
                help: "name a component by its package URL or its folder: `caveat scan` lists them"
                    .to_owned(),
            });
        }
        Ok(About::Path(parts.join("/")))
    }

    /// What is found under a policy with that text, or as it is.
    pub(crate) fn findings(&self, text: Option<&str>, today: Date) -> Result<Vec<Finding>, Error> {
        let chosen = match text {
            Some(text) => self.chosen.with_text(text)?,
            None => self.chosen.clone(),
        };
        let mut scan = self.scan.clone();
        Ok(judge(&mut scan, &chosen, today).findings)
    }

    /// The policy of an edited text, which has to be one, alone and on top of its bases.
    pub(crate) fn edited(&self, new: &str) -> Result<(Policy, Chosen), Error> {
        let chosen = self.chosen.with_text(new)?;
        Ok((parsed(&self.name, new)?, chosen))
    }

    /// Shows an edit, asks, and writes.
    pub(crate) fn write(
        &self,
        new: &str,
        notes: &[String],
        request: &Deciding,
        (out, log): (&mut dyn Write, &mut dyn Write),
    ) -> Result<u8, Error> {
        let mut said = String::new();
        for line in
            difference(&self.name, &self.text, new).lines().chain(notes.iter().map(String::as_str))
        {
            said.push_str(&plain(line));
            said.push('\n');
        }
        put(out, said.as_bytes())?;
        if request.dry_run {
            return Ok(CLEAN);
        }
        if !request.yes && !agreed(&self.name, log)? {
            return Err(Error::Usage {
                what: format!("`{}` is left as it is", self.name),
                help: "say yes, or correct the decision and give the command again".to_owned(),
            });
        }
        let failed = |source| Error::Write { to: format!("`{}`", self.path.display()), source };
        if fs::read_to_string(&self.path).map_err(failed)? != self.text {
            return Err(Error::Usage {
                what: format!("`{}` was changed in the meantime and is left as it is", self.name),
                help: "give the command again".to_owned(),
            });
        }
        replace(&self.path, new.as_bytes()).map_err(failed)?;
        put(out, format!("wrote {}\n", plain(&self.name)).as_bytes())?;
        Ok(CLEAN)
    }
}

/// Asks a person; a script has to say that it means it.
fn agreed(name: &str, log: &mut dyn Write) -> Result<bool, Error> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::Usage {
            what: format!("nobody is there to ask, and `{}` is left as it is", plain(name)),
            help: "read the edit above, then give the command again with --yes".to_owned(),
        });
    }
    // Where the question cannot be shown, nobody can say yes to it.
    let asked = write!(log, "write this to {}? [y/N] ", plain(name)).and_then(|()| log.flush());
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    Ok(asked.is_ok() && read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn parsed(name: &str, text: &str) -> Result<Policy, Error> {
    Policy::parse_base(name, text, UNBOUND).map_err(|errors| Error::PolicyInvalid {
        name: name.to_owned(),
        mistakes: rendered(name, text, &errors),
    })
}

fn unknown(subject: &str) -> Error {
    Error::Unknown {
        what: "component",
        name: subject.to_owned(),
        help: "`caveat scan` lists what is here; something that is not here yet is named by its package \
               URL, such as pkg:huggingface/org/name"
            .to_owned(),
    }
}

/// What a decision has to state and does not, as an error that names all of it.
pub(crate) fn complete(wanted: &[(&str, bool)], example: &str) -> Result<(), Error> {
    let missing: Vec<_> = wanted.iter().filter(|it| !it.1).map(|it| it.0).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::Usage {
        what: format!("the decision lacks {}, which only people can give", missing.join(", ")),
        help: example.to_owned(),
    })
}

/// A day that somebody gave.
pub(crate) fn date(option: &str, text: &str) -> Result<Date, Error> {
    Date::parse(text).ok_or_else(|| Error::Usage {
        what: format!("`{text}` is no day"),
        help: format!("write it as YYYY-MM-DD: {option} 2027-01-31"),
    })
}

/// A word of a command line, quoted where a shell would take it apart.
pub(crate) fn word(text: &str) -> String {
    caveat_policy::ground::shell_word(text).into_owned()
}
