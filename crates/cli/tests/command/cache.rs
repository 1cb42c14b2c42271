//! What was read before never changes what is said.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::project::Project;

/// Folders of the shared material.
const CORPORA: [&str; 4] = ["model-cards", "dataset-cards", "license-files", "weights"];
/// Every how many of their files are looked at.
const EVERY: usize = 12;

#[expect(clippy::print_stdout, reason = "what is skipped is said")]
fn corpus() -> Option<Project> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let mut project = Project::new();
    for name in CORPORA {
        let folder = shared.join(name);
        if !folder.is_dir() {
            println!("skipped: no corpus at {}", folder.display());
            return None;
        }
        for file in below(&folder, 0).iter().step_by(EVERY) {
            let inside = file.strip_prefix(&shared).expect("it lies there").display().to_string();
            let Ok(bytes) = fs::read(file) else { continue };
            project = project.with(&inside, bytes);
        }
    }
    Some(project)
}

fn below(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut all: Vec<_> =
        folder.read_dir().into_iter().flatten().flatten().map(|it| it.path()).collect();
    all.sort();
    let (folders, files): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.is_dir());
    let inside = folders.iter().filter(|_| depth < 8).flat_map(|it| below(it, depth + 1));
    files.iter().cloned().chain(inside).collect()
}

/// The report of everything, with a cache in `folder` or without one.
fn report(project: &Project, folder: Option<&str>) -> String {
    let variables: Vec<_> = folder.iter().map(|it| ("CAVEAT_CACHE_DIR", *it)).collect();
    let ran =
        project.run_with(&variables, &["check", ".", "--exit-zero", "--audit", "--format", "json"]);
    ran.check(0, &[]).out
}

/// The one cache in `folder`, which is not the note on the program.
fn file(folder: &Path) -> PathBuf {
    let mut files = below(folder, 0);
    files.retain(|it| it.file_name().is_some_and(|it| it != "program"));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

#[test]
fn with_a_cache_and_without_the_report_is_the_same() {
    let Some(project) = corpus() else { return };
    let folder = Project::new();
    let caches = folder.path("caches");
    let place = caches.to_str();
    let expected = report(&project, None);
    assert_eq!(report(&project, place), expected, "cold");
    let size = fs::metadata(file(&caches)).expect("it was written").len();
    assert!(size > 40_000, "{size} bytes hold nothing");
    assert_eq!(report(&project, place), expected, "warm");
    let no_cache = ["check", ".", "--exit-zero", "--audit", "--format", "json", "--no-cache"];
    let ran =
        project.run_with(&[("CAVEAT_CACHE_DIR", caches.to_str().unwrap_or_default())], &no_cache);
    assert_eq!(ran.out, expected, "not asked");
    // Every sixth byte is another: nothing of it is believed.
    let mut bytes = fs::read(file(&caches)).expect("it is there");
    bytes.iter_mut().skip(100).step_by(6).for_each(|it| *it ^= 1);
    fs::write(file(&caches), bytes).expect("it can be written");
    assert_eq!(report(&project, place), expected, "corrupt");
    assert_eq!(report(&project, place), expected, "mended");
}

#[test]
fn what_was_changed_is_read_again() {
    let card = |license: &str| format!("---\nlicense: {license}\n---\n");
    let project = Project::of("a/README.md", card("mit")).with("b/README.md", card("mit"));
    let folder = Project::new();
    let caches = folder.path("caches");
    for license in ["apache-2.0", "gpl-3.0", "mit", "isc"] {
        fs::write(project.path("b/README.md"), card(license)).expect("it can be written");
        let after = report(&project, caches.to_str());
        assert_eq!(after, report(&project, None));
        assert!(after.to_ascii_lowercase().contains(license), "{license}");
    }
    // A name says something too: the same bytes are another thing elsewhere.
    fs::rename(project.path("b"), project.path("c")).expect("it is there");
    assert_eq!(report(&project, caches.to_str()), report(&project, None));
}

#[test]
fn a_cache_is_where_it_was_asked_for_or_nowhere() {
    let project = Project::of("a/README.md", "---\nlicense: mit\n---\n");
    let home = project.path("home");
    fs::create_dir(&home).expect("it can be made");
    let variables = [("HOME", home.to_str().unwrap_or_default())];
    project.run_with(&variables, &["check"]).check(0, &[]);
    assert_eq!(below(&home, 0), [] as [PathBuf; 0], "a small tree needs none");
    project.run(&["check", "--no-cache"]).check(0, &[]);
    let broken = [("CAVEAT_CACHE_DIR", "a/README.md")];
    project.run_with(&broken, &["check"]).check(0, &[]);
}

#[test]
fn whatever_lies_in_the_cache_the_report_is_the_same() {
    let card = "---\nlicense: mit\nbase_model: acme/base\n---\n";
    let project = Project::of("a/README.md", card).with("b/LICENSE", "All rights reserved.\n");
    let folder = Project::new();
    let caches = folder.path("caches");
    let expected = report(&project, caches.to_str());
    let path = file(&caches);
    let whole = fs::read(&path).expect("it is there");
    let change = (0..whole.len(), prop::collection::vec(any::<u8>(), 0..40), any::<bool>());
    let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
    let ran = runner.run(&change, |(at, bytes, is_cut)| {
        let mut all = whole.clone();
        let end = if is_cut { all.len() } else { (at + bytes.len()).min(all.len()) };
        all.splice(at..end, bytes);
        fs::write(&path, all).expect("it can be written");
        prop_assert_eq!(report(&project, caches.to_str()), expected.clone());
        Ok(())
    });
    ran.expect("it is");
}
