//! Which files need no licensing information: “Covered and ignored Files”.

use super::{ANNOTATIONS, SIDECAR};

/// What a folder is to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Its files are covered.
    Covered,
    /// It holds license texts and nothing else.
    Texts,
    /// It is for tools: of REUSE, of version control.
    Tools,
}

/// What a folder of that name is, wherever it lies.
pub fn folder(name: &str) -> Folder {
    match name {
        super::TEXTS => Folder::Texts,
        ".reuse" | ".git" | ".hg" | ".sl" | ".svn" | ".jj" => Folder::Tools,
        _ => Folder::Covered,
    }
}

/// Whether a file of that name needs licensing information, unless it is empty or a link.
pub fn is_covered(name: &str) -> bool {
    let is_tool = matches!(name, ANNOTATIONS | ".git" | ".hgtags");
    !is_tool && !name.ends_with(SIDECAR) && !is_notice(name) && !is_spdx_document(name)
}

/// `COPYING`, `LICENSE` and `LICENCE`, with anything behind a dash or dot.
fn is_notice(name: &str) -> bool {
    // The second is how others spell it.
    let rest = ["COPYING", "LICENSE", "LICENCE"].iter().find_map(|it| name.strip_prefix(it));
    rest.is_some_and(|it| it.is_empty() || it.starts_with(['-', '.']))
}

/// A bill of materials of SPDX in any of its formats.
fn is_spdx_document(name: &str) -> bool {
    const ENDINGS: [&str; 6] =
        [".spdx", ".spdx.rdf", ".spdx.json", ".spdx.xml", ".spdx.yml", ".spdx.yaml"];
    ENDINGS.iter().any(|it| name.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::is_covered;

    #[test]
    fn notices_and_what_serves_reuse_are_not_covered() {
        for it in [
            "LICENSE",
            "LICENCE.md",
            "COPYING-GPL",
            "LICENSE-MIT",
            "COPYING.LESSER",
            "a.png.license",
            "REUSE.toml",
            ".license",
            "sbom.spdx",
            "sbom.spdx.json",
            "a.spdx.yml",
            ".hgtags",
        ] {
            assert!(!is_covered(it), "{it}");
        }
        for it in [
            "LICENSES",
            "LICENSEX",
            "license",
            "copying.txt",
            "NOTICE",
            "a.license.txt",
            "a.spdx.txt",
            "spdx.json",
            ".gitignore",
            "reuse.toml",
        ] {
            assert!(is_covered(it), "{it}");
        }
    }
}
