//! Where the files of a scan lie in the repository, for those who see the whole of it.

use std::path::{Path, PathBuf};

use caveat_core::source::Source;
use caveat_report::run::Files;

use crate::discover::relative;
use crate::policies::Chosen;
use crate::scan::{Scan, table};

/// The files among the sources of a scan, counted from the top of its repository; without one from
/// the current directory, if the scan lies below it, else from the scanned folder.
pub(crate) fn files(scan: &Scan, policy: Option<&Chosen>) -> Files {
    let top = top(&scan.root);
    let embedded = table(scan.library);
    let mut files = below_top(&scan.root);
    for it in scan.sources.iter().filter(|it| it.id > embedded) {
        // What an installed package says of itself is no file of the repository.
        if scan.root.join(&it.name).symlink_metadata().is_ok() {
            files.paths.insert(it.id, format!("{}{}", files.folder, it.name));
        }
    }
    // The files of the policy join the sources late, under names of their own.
    for file in policy.into_iter().flat_map(Chosen::files) {
        let is_it = |it: &&Source| it.name == file.name && it.text == file.text;
        let Some(id) = scan.sources.iter().filter(is_it).last().map(|it| it.id) else { continue };
        files.paths.remove(&id);
        if let Some(path) = file.path.as_ref().filter(|it| it.starts_with(&top)) {
            files.paths.insert(id, relative(&top, path));
        }
    }
    files
}

/// Where the folder `root` lies in its repository, without any file.
pub(crate) fn below_top(root: &Path) -> Files {
    let top = top(root);
    let below = relative(&top, root);
    let folder = if below.is_empty() { below } else { below + "/" };
    Files { folder, address: address(&top), ..Files::default() }
}

/// The address of a folder on this machine.
fn address(folder: &Path) -> Option<String> {
    let path = folder.to_str()?.replace('\\', "/");
    Some(format!("file:///{}/", caveat_report::uri(path.trim_matches('/'))))
}

fn top(root: &Path) -> PathBuf {
    let repository = root.ancestors().find(|it| it.join(".git").exists()).map(Path::to_owned);
    let here = || std::env::current_dir().ok()?.canonicalize().ok();
    let here = || here().filter(|it| root.starts_with(it));
    repository.or_else(here).unwrap_or_else(|| root.to_owned())
}
