//! From manifests and lockfiles to components and how they need each other.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test bounds its time")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use caveat_core::component::How;
use caveat_core::identify::identify;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::relate::relate;
use caveat_core::source::Sources;

fn graph(files: &[(&str, &str)]) -> Graph {
    let mut sources = Sources::new();
    let library = Library::embedded();
    for (name, text) in library.sources() {
        sources.add(name, text);
    }
    let mut readings = Vec::new();
    for (name, text) in files {
        let id = sources.add(*name, (*text).to_owned());
        let reader = READERS.iter().find(|it| (it.wants)(name)).unwrap();
        let Read::Text(read) = reader.read else { panic!("{name} is no text") };
        readings.push(read(sources.get(id).unwrap()));
    }
    relate(identify(readings, &sources, &library), &sources)
}

/// Components as `id path license`, `*` before what is the project's own; then relations.
fn check(files: &[(&str, &str)], expected: &str) {
    let graph = graph(files);
    let mut lines = String::new();
    for it in graph.components.values() {
        let own = if it.own { "*" } else { "" };
        let license = it.conclusion.license.as_ref().map(|it| format!(" {it}"));
        writeln!(lines, "{own}{} in {}{}", it.id, it.path, license.unwrap_or_default()).unwrap();
    }
    let mut relations: Vec<_> = graph.relations.iter().collect();
    relations.sort_by_key(|it| (&it.from, &it.to));
    for it in relations {
        let seen = if it.seen { "" } else { " unseen" };
        let scope = it.scope.name();
        writeln!(lines, "{} {} {} {scope}{seen}", it.from, it.how.name(), it.to).unwrap();
    }
    assert_eq!(lines.trim_end(), expected);
}

const WORKSPACE: [(&str, &str); 5] = [
    (
        "Cargo.lock",
        "version = 4\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\"rand 0.9.0\", \
         \"tool\"]\n[[package]]\nname = \"rand\"\nversion = \"0.8.5\"\nsource = \"registry\"\n\
         [[package]]\nname = \"rand\"\nversion = \"0.9.0\"\nsource = \"registry\"\n[[package]]\n\
         name = \"tool\"\nversion = \"0.2.0\"\ndependencies = [\"rand 0.8.5\"]\n",
    ),
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"*\"]\n[workspace.package]\nversion = \"0.1.0\"\nlicense = \"MIT\"\n",
    ),
    (
        "LICENSE",
        "All rights are reserved by somebody, whoever that may be, in this and any other year.",
    ),
    (
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion.workspace = true\nlicense.workspace = true\n\
         [dependencies]\ntool = { path = \"../tool\" }\n[dev-dependencies]\nrand = \"0.9\"\nalias.workspace = true\n",
    ),
    (
        "tool/Cargo.toml",
        "[package]\nname = \"tool\"\nversion = \"0.2.0\"\n[dependencies]\nrand = \"0.8\"\n",
    ),
];

#[test]
fn manifest_and_lockfile_meet() {
    check(
        &WORKSPACE,
        "*path:. in . MIT\n*pkg:cargo/app@0.1.0 in app MIT\npkg:cargo/rand@0.8.5 in Cargo.lock\n\
         pkg:cargo/rand@0.9.0 in Cargo.lock\n*pkg:cargo/tool@0.2.0 in tool\n\
         pkg:cargo/app@0.1.0 depends-on pkg:cargo/rand@0.9.0 dev\n\
         pkg:cargo/app@0.1.0 depends-on pkg:cargo/tool@0.2.0 normal\n\
         pkg:cargo/tool@0.2.0 depends-on pkg:cargo/rand@0.8.5 normal",
    );
}

#[test]
fn what_installed_packages_say_meets_what_the_lockfile_names() {
    check(
        &[
            ("Cargo.lock", WORKSPACE[0].1),
            (
                "vendor/rand/Cargo.toml",
                "[package]\nname = \"rand\"\nversion = \"0.9.0\"\nlicense = \"MIT OR Apache-2.0\"\n\
                 [dev-dependencies]\nbench = \"1\"\n",
            ),
        ],
        "*pkg:cargo/app@0.1.0 in Cargo.lock\npkg:cargo/rand@0.8.5 in Cargo.lock\n\
         pkg:cargo/rand@0.9.0 in vendor/rand Apache-2.0 OR MIT\n*pkg:cargo/tool@0.2.0 in Cargo.lock\n\
         pkg:cargo/app@0.1.0 depends-on pkg:cargo/rand@0.9.0 normal\n\
         pkg:cargo/app@0.1.0 depends-on pkg:cargo/tool@0.2.0 normal\n\
         pkg:cargo/tool@0.2.0 depends-on pkg:cargo/rand@0.8.5 normal",
    );
}

#[test]
fn metadata_names_its_package_whatever_the_folder_is_called() {
    check(
        &[(
            "site-packages:acme.tiny-1.5.dist-info/METADATA",
            "Name: acme.tiny\nVersion: 1.5\nLicense: MIT\n",
        )],
        "pkg:pypi/acme-tiny@1.5 in site-packages:acme.tiny-1.5.dist-info MIT",
    );
}

#[test]
fn without_a_lockfile_only_the_name_is_known() {
    check(
        &[
            (
                "a/pyproject.toml",
                "[project]\nname = \"app\"\ndependencies = [\"torch>=2\", \"tqdm\"]\n",
            ),
            ("a/requirements.txt", "tqdm==4.0\n"),
            ("b/README.md", "---\nlicense: mit\nlibrary_name: x\ndatasets: [tqdm]\n---\n"),
        ],
        "*path:b in b MIT\n*pkg:pypi/app in a\npkg:pypi/torch in a/pyproject.toml\n\
         pkg:pypi/tqdm@4.0 in a/requirements.txt\npath:b trained-on pkg:huggingface/datasets/tqdm \
         normal unseen\npkg:pypi/app depends-on pkg:pypi/torch normal unseen\n\
         pkg:pypi/app depends-on pkg:pypi/tqdm@4.0 normal",
    );
}

#[test]
fn each_project_has_its_own_lockfile() {
    let lock = |version: &str| {
        format!(
            "[[package]]\nname = \"x\"\nversion = \"{version}\"\nsource = {{ registry = \"r\" }}\n"
        )
    };
    let project = |name: &str| format!("[project]\nname = \"{name}\"\ndependencies = [\"x\"]\n");
    check(
        &[
            ("a/pyproject.toml", &project("one")),
            ("a/uv.lock", &lock("1")),
            ("b/pyproject.toml", &project("two")),
            ("b/uv.lock", &lock("2")),
        ],
        "*pkg:pypi/one in a\n*pkg:pypi/two in b\npkg:pypi/x@1 in a/uv.lock\npkg:pypi/x@2 in b/uv.lock\n\
         pkg:pypi/one depends-on pkg:pypi/x@1 normal\npkg:pypi/two depends-on pkg:pypi/x@2 normal",
    );
}

#[test]
fn a_license_in_the_lockfile_must_be_that_of_the_manifest() {
    let lock = r#"{"lockfileVersion": 3, "packages": {"node_modules/a":
        {"version": "1.0.0", "license": "MIT"}}}"#;
    let manifest = r#"{"name": "a", "version": "1.0.0", "license": "ISC"}"#;
    let files = [("package-lock.json", lock), ("node_modules/a/package.json", manifest)];
    let graph = graph(&files);
    let component = graph.components.values().next().unwrap();
    assert_eq!(component.conclusion.license.as_ref().unwrap().to_string(), "MIT AND ISC");
    assert_eq!(component.claims.len(), 2);
}

#[test]
fn many_packages_take_little_time() {
    let mut lock = String::from("version = 4\n");
    for number in 0..20_000 {
        let needs = format!("\"p{}\", \"p{}\"", (number + 1) % 20_000, (number * 7) % 20_000);
        write!(
            lock,
            "[[package]]\nname = \"p{number}\"\nversion = \"1.0.{number}\"\nsource = \"registry\"\n\
             dependencies = [{needs}]\n"
        )
        .unwrap();
    }
    let start = Instant::now();
    let graph = graph(&[("Cargo.lock", &lock)]);
    assert_eq!(graph.components.len(), 20_000);
    assert!(graph.relations.iter().all(|it| it.how == How::DependsOn && it.seen));
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}
