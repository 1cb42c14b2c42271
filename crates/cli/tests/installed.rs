//! Packages that a lockfile names, and what their installed files say of them.

#![expect(clippy::unwrap_used, reason = "what a test writes is there to be read")]

use std::fmt::Write as _;
use std::path::Path;

/// Scans a folder of `files` and compares components as `id = license (files that say so)`.
fn check(files: &[(&str, &str)], expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let scan = caveat::scan(&[folder.path()]).unwrap();
    let mut lines = String::new();
    for it in scan.graph.components.values().filter(|it| !it.own) {
        let license = it.conclusion.license.as_ref().map_or("?".to_owned(), ToString::to_string);
        let places = it.claims.iter().filter_map(|it| scan.sources.place(it.raw.at));
        let places: Vec<_> = places.map(|it| it.path.to_owned()).collect();
        writeln!(lines, "{} in {} = {license} ({})", it.id, it.path, places.join(", ")).unwrap();
    }
    assert_eq!(lines.trim_end(), expected);
}

const LOCK: &str = "version = 4\n[[package]]\nname = \"acme-tiny\"\nversion = \"1.0.0\"\n\
    source = \"registry+r\"\n[[package]]\nname = \"acme-other\"\nversion = \"2.0.0\"\n\
    source = \"registry+r\"\n";

#[test]
fn a_vendored_crate_speaks_though_git_ignores_it() {
    check(
        &[
            (".gitignore", "vendor\n"),
            ("Cargo.lock", LOCK),
            (
                "vendor/acme-tiny/Cargo.toml",
                "[package]\nname = \"acme-tiny\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n",
            ),
            // Another version than the one that is asked for.
            (
                "vendor/acme-other/Cargo.toml",
                "[package]\nname = \"acme-other\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n",
            ),
        ],
        "pkg:cargo/acme-other@2.0.0 in Cargo.lock = ? ()\n\
         pkg:cargo/acme-tiny@1.0.0 in Cargo.lock = MIT (vendor/acme-tiny/Cargo.toml)",
    );
}

#[test]
fn node_modules_are_looked_up_where_the_lockfile_says() {
    check(
        &[
            (".gitignore", "node_modules\n"),
            (
                "web/package-lock.json",
                r#"{"lockfileVersion": 3, "packages": {
                    "node_modules/a": {"version": "1.0.0"},
                    "node_modules/a/node_modules/b": {"version": "1.0.0"},
                    "node_modules/b": {"version": "2.0.0", "license": "ISC"},
                    "node_modules/../../etc": {"version": "3.0.0"}}}"#,
            ),
            ("web/node_modules/a/package.json", r#"{"name": "a", "version": "1.0.0"}"#),
            (
                "web/node_modules/a/LICENSE",
                "Whoever reads this may do with it whatever pleases them, now and later, in any way that they like.\n",
            ),
            (
                "web/node_modules/a/node_modules/b/package.json",
                r#"{"name": "b", "version": "1.0.0", "license": "MIT"}"#,
            ),
            (
                "web/node_modules/b/package.json",
                r#"{"name": "b", "version": "2.0.0", "license": "GPL-3.0-only"}"#,
            ),
        ],
        "pkg:npm/../../etc@3.0.0 in web/package-lock.json = ? ()\n\
         pkg:npm/a@1.0.0 in web/package-lock.json = ? (web/node_modules/a/LICENSE)\n\
         pkg:npm/b@1.0.0 in web/package-lock.json = MIT \
         (web/node_modules/a/node_modules/b/package.json)\n\
         pkg:npm/b@2.0.0 in web/package-lock.json = ISC (web/package-lock.json)",
    );
}

#[test]
fn an_environment_beside_the_project_tells_versions_and_more() {
    let site = ".venv/lib/python3.12/site-packages";
    let metadata = |name: &str, rest: &str| format!("Name: {name}\nVersion: 1.5\n{rest}\n");
    check(
        &[
            (".gitignore", ".venv\n"),
            (".venv/pyvenv.cfg", ""),
            ("requirements.txt", "Acme_Tiny>=1\nacme-absent\n"),
            (
                &format!("{site}/acme_tiny-1.5.dist-info/METADATA"),
                &metadata("Acme-Tiny", "License-Expression: MIT\nRequires-Dist: acme.deep"),
            ),
            (
                &format!("{site}/acme_deep-1.5.dist-info/METADATA"),
                &metadata("acme.deep", "License: Apache-2.0\nRequires-Dist: acme-tiny"),
            ),
            (
                &format!("{site}/acme_unused-1.5.dist-info/METADATA"),
                &metadata("acme.unused", "License: MIT"),
            ),
        ],
        "pkg:pypi/acme-absent in requirements.txt = ? ()\n\
         pkg:pypi/acme-deep@1.5 in requirements.txt \
         = Apache-2.0 (.venv/lib/python3.12/site-packages/acme_deep-1.5.dist-info/METADATA)\n\
         pkg:pypi/acme-tiny@1.5 in requirements.txt \
         = MIT (.venv/lib/python3.12/site-packages/acme_tiny-1.5.dist-info/METADATA)",
    );
}
