//! What no compiler checks: the order of modules, the size of files, facts kept out of logic,
//! docs that name what exists.
//!
//! Each module holds one invariant of `ARCHITECTURE.md` as a function from text to faults, tries
//! it on a small wrong input, and is run here over the whole repository.

mod docs;
mod facts;
mod layers;
mod order;
mod rust;
mod size;
mod tree;
mod words;

use tree::Tree;

/// Fails with every fault, so that one run shows all there is to mend.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_module_imports_only_from_modules_above_it() {
    none(&order::faults(&Tree::read()));
}

#[test]
fn files_and_functions_stay_small() {
    none(&size::faults(&Tree::read()));
}

#[test]
fn no_license_is_named_in_logic() {
    none(&facts::faults(&Tree::read()));
}

#[test]
fn every_path_that_the_docs_name_exists() {
    none(&docs::faults(&Tree::read()));
}

#[test]
fn the_readme_quotes_a_program_that_runs() {
    none(&docs::quotation_faults(&Tree::read()));
}

#[test]
fn crates_depend_in_one_direction() {
    none(&layers::dependency_faults(&Tree::read()));
}

#[test]
fn pure_crates_are_kept_from_the_world() {
    none(&layers::purity_faults(&Tree::read()));
}

#[test]
fn there_is_one_spelling_and_no_trace_of_a_workplace() {
    none(&words::faults(&Tree::read()));
}
