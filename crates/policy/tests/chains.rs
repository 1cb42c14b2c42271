//! Every finding about an upstream tells the whole chain: who, how, under which license, and where.

use caveat_policy::finding::{Link, Step};

mod common;

use common::Project;

const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"allow\"\nunknown = \"review\"\n\
    [rules.model]\ndeny = [\"non-commercial\"]\n";

/// Checks the relations and claims that the finding of `rule` on `component` tells, with places.
fn check(files: &[(&str, &str)], rule: &str, component: &str, expected: &[&str]) {
    let project = Project::new(files, POLICY);
    let report = project.report();
    let mut found = report.findings.iter();
    let found = found.find(|it| it.rule == rule && it.component.as_str() == component);
    let found = found.unwrap_or_else(|| panic!("no {rule} in\n{}", project.findings()));
    let told = |it: &&Step| matches!(it.link, Link::Relation | Link::Claim);
    let line = |it: &Step| {
        let place = it.at.and_then(|at| project.sources.place(at));
        let place = place.map(|it| format!(" ({}:{})", it.path, it.line)).unwrap_or_default();
        format!("{}{place}", it.says)
    };
    let steps: Vec<String> = found.because.steps().filter(told).map(line).collect();
    assert_eq!(steps, expected);
    let links: Vec<_> = found.because.steps().map(|it| it.link).collect();
    assert!(links.is_sorted(), "{links:?}");
}

#[test]
fn a_chain_is_told_step_by_step_with_the_license_of_each() {
    let a = ("m/a/README.md", "---\nlicense: mit\nbase_model: m/b\n---\n");
    let b = ("m/b/README.md", "---\nlicense: apache-2.0\nbase_model: m/c\n---\n");
    let c = ("m/c/README.md", "---\nlicense: cc-by-nc-4.0\nbase_model: m/d\n---\n");
    let chain = [
        "`m/a` is fine-tuned from `m/b` (m/a/README.md:3)",
        "`m/b` is fine-tuned from `m/c` (m/b/README.md:3)",
        "`m/b` states `Apache-2.0` (m/b/README.md:2)",
        "`m/c` states `CC-BY-NC-4.0` (m/c/README.md:2)",
    ];
    check(&[a, b, c], "looser-than-upstream", "path:m/a", &chain);
    check(&[a, b, c], "denied-license", "path:m/a", &chain);
    let looked = "no model of this name is in the scanned tree or in the catalogue of 2026-11-22; \
                  not looked: the network";
    let gone = [
        chain[0],
        chain[1],
        "`m/c` is fine-tuned from `m/d` (m/c/README.md:3)",
        chain[2],
        chain[3],
        looked,
    ];
    check(&[a, b, c], "missing-upstream", "path:m/a", &gone);
    // Who says nothing in the middle is told of too.
    let mute = ("m/b/README.md", "---\nbase_model: m/c\n---\n");
    let silent = [
        chain[0],
        "`m/b` is fine-tuned from `m/c` (m/b/README.md:2)",
        "`m/b` says nothing of a license that is known (m/b/README.md:2)",
        chain[3],
    ];
    check(&[a, mute, c], "denied-license", "path:m/a", &silent);
}
