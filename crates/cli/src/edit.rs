//! Carrying out fixes: files are read again, compared, and changed whole or not at all. Nothing is
//! written through a link, out of the scanned folder, or over what is there already.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use caveat_core::source::Source;
use caveat_policy::fix::{Change, Fix};
use caveat_report::patch::Patched;

use crate::error::{Error, said};
use crate::open::decode;
use crate::scan::Scan;
use crate::write::Waiting;

/// What can be carried out of some fixes.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The fixes that can be.
    pub(crate) fixes: Vec<Fix>,
    /// Those that cannot, and why.
    pub(crate) refused: Vec<(Fix, String)>,
    /// The files that they change, by path.
    files: BTreeMap<PathBuf, Edited>,
}

/// A file that is to be changed or made.
#[derive(Debug, Default)]
struct Edited {
    name: String,
    /// Its bytes as they were read again; nothing for one that is not there.
    bytes: Option<Vec<u8>>,
    edits: Vec<(Range<usize>, String)>,
}

impl Plan {
    /// Looks which fixes can be carried out. Each is taken whole or refused.
    pub(crate) fn of(scan: &Scan, fixes: Vec<Fix>) -> Self {
        let mut plan = Self::default();
        for fix in fixes {
            let changes: Result<Vec<_>, String> =
                fix.changes.iter().map(|it| plan.edited(scan, it)).collect();
            match changes {
                Ok(changes) => {
                    for (path, edited) in changes {
                        let known = plan.files.entry(path).or_default();
                        known.edits.extend(edited.edits);
                        known.edits.sort_by_key(|it| (it.0.start, it.0.end));
                        known.name = edited.name;
                        known.bytes = edited.bytes;
                    }
                    plan.fixes.push(fix);
                }
                Err(why) => plan.refused.push((fix, why)),
            }
        }
        plan
    }

    /// The files as they are and as they will be.
    pub(crate) fn patched(&self) -> Vec<Patched> {
        let patched = |it: &Edited| Patched {
            path: it.name.clone(),
            before: it.bytes.clone().map(decode),
            edits: it.edits.clone(),
        };
        self.files.values().map(patched).collect()
    }

    /// Writes all files. Every new content lies beside its place before the first takes it.
    pub(crate) fn carry_out(&self) -> Result<(), Error> {
        let failed =
            |path: &Path, source| Error::Write { to: format!("`{}`", path.display()), source };
        let mut waiting = Vec::new();
        for (path, edited) in &self.files {
            let is_new = edited.bytes.is_none();
            let file = Waiting::new(path, &edited.after(), is_new);
            waiting.push((path, file.map_err(|it| failed(path, it))?));
        }
        for (path, file) in waiting {
            file.place(path).map_err(|it| failed(path, it))?;
        }
        Ok(())
    }

    /// What a change makes of a file, or why it is not made.
    fn edited(&self, scan: &Scan, change: &Change) -> Result<(PathBuf, Edited), String> {
        if let Some((at, words)) = change.edit() {
            let source = scan.sources.get(at.source).ok_or("nobody knows the file any more")?;
            let path = below(&scan.root, &source.name)?;
            let bytes = unchanged(&path, source)?;
            let edits = vec![(at.range(), words.to_owned())];
            return Ok((path, Edited { name: source.name.clone(), bytes: Some(bytes), edits }));
        }
        let Change::NewFile { path: name, text } = change else {
            return Err("it changes nothing".to_owned());
        };
        let path = below(&scan.root, name)?;
        if path.symlink_metadata().is_ok() || self.files.contains_key(&path) {
            return Err(format!("`{name}` is there already and is left as it is"));
        }
        let edits = vec![(0..0, text.clone())];
        Ok((path, Edited { name: name.clone(), bytes: None, edits }))
    }
}

impl Edited {
    /// What the file will hold: bytes that are no text stay as they are.
    fn after(&self) -> Vec<u8> {
        let before = self.bytes.as_deref().unwrap_or_default();
        let mut after = Vec::with_capacity(before.len());
        let mut at = 0;
        for (range, words) in &self.edits {
            after.extend_from_slice(before.get(at..range.start).unwrap_or_default());
            after.extend_from_slice(words.as_bytes());
            at = range.end;
        }
        after.extend_from_slice(before.get(at..).unwrap_or_default());
        after
    }
}

/// Where a name of the scan lies, if the way there leads over no link and stays below `root`.
fn below(root: &Path, name: &str) -> Result<PathBuf, String> {
    let parts: Vec<_> = Path::new(name).components().collect();
    if parts.is_empty() || !parts.iter().all(|it| matches!(it, Component::Normal(_))) {
        return Err("it lies outside of the scanned folder".to_owned());
    }
    let path = root.join(name);
    let folder = path.parent().unwrap_or(root);
    let real =
        folder.canonicalize().map_err(|it| format!("its folder cannot be found: {}", said(&it)))?;
    if real != folder {
        return Err("a link leads there, and what it leads to may be shared".to_owned());
    }
    Ok(path)
}

/// The bytes of a file, if they are still those that were read.
fn unchanged(path: &Path, source: &Source) -> Result<Vec<u8>, String> {
    let unreadable = |it: io::Error| format!("it cannot be read again: {}", said(&it));
    let about = path.symlink_metadata().map_err(unreadable)?;
    if about.is_symlink() {
        return Err("it is a link, and what it leads to may be shared".to_owned());
    }
    let changed = || "it was changed while Caveat was at work".to_owned();
    let expected = source.cut_at.unwrap_or(source.text.len() as u64);
    if !about.is_file() || about.len() != expected {
        return Err(changed());
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let seen = bytes.get(..source.text.len()).ok_or_else(changed)?;
    if decode(seen.to_vec()) == source.text { Ok(bytes) } else { Err(changed()) }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use caveat_policy::fix::{Change, Fix};
    use tempfile::TempDir;

    use super::Plan;
    use crate::scan::{Scan, scan};

    const CARD: &str = "---\nlicense: mit\n---\n";

    /// A fix that replaces the label of the card, and makes a file beside it.
    fn fix(scan: &Scan, with: &str, path: &str) -> Fix {
        let card = scan.sources.iter().find(|it| it.name == "README.md").expect("it was read");
        let label = Change::Replace { at: card.span(13..16), with: with.to_owned() };
        let file = Change::NewFile { path: path.to_owned(), text: "new\n".to_owned() };
        Fix {
            name: "it",
            answers: None,
            component: scan.graph.components.keys().next().expect("a component").clone(),
            title: String::new(),
            because: String::new(),
            changes: vec![label, file],
        }
    }

    /// Carries out such a fix after `meanwhile`; whether it was refused whole.
    fn refused(path: &str, meanwhile: impl Fn(&Path)) -> bool {
        let folder = TempDir::new().expect("a folder can be made");
        fs::write(folder.path().join("README.md"), CARD).expect("a file can be written");
        let scan = scan(&[folder.path()]).expect("it can be read");
        meanwhile(folder.path());
        let plan = Plan::of(&scan, vec![fix(&scan, "isc", path)]);
        plan.carry_out().expect("what is planned can be done");
        let text = fs::read_to_string(folder.path().join("README.md")).unwrap_or_default();
        assert_eq!(plan.fixes.len() + plan.refused.len(), 1);
        assert_eq!(text.contains("isc"), !plan.fixes.is_empty());
        plan.fixes.is_empty()
    }

    #[test]
    fn a_fix_is_made_whole_or_not_at_all() {
        let write = |folder: &Path, name: &str, text: &str| {
            fs::write(folder.join(name), text).expect("a file can be written");
        };
        assert!(!refused("Notice", |_| {}));
        assert!(refused("Notice", |it| write(it, "Notice", "mine\n")));
        assert!(refused("README.md", |_| {}));
        assert!(refused("../Notice", |_| {}));
        assert!(refused("/tmp/Notice", |_| {}));
        assert!(refused("none/Notice", |_| {}));
        assert!(refused("", |_| {}));
        assert!(refused("Notice", |it| write(it, "README.md", "---\nlicense: bsd\n---\n")));
        assert!(refused("Notice", |it| write(it, "README.md", &CARD[..18])));
        assert!(refused("Notice", |it| fs::remove_file(it.join("README.md")).expect("it goes")));
    }
}
