//! What files say of themselves, beside what is said of the package around them.

use crate::project::Project;

const PACKAGE: &str = "[package]\nname = \"a\"\nversion = \"1.0.0\"\nlicense = \"Apache-2.0\"\n";
const APACHE: &str = "// SPDX-License-Identifier: Apache-2.0\n";
const GPL: &str = "/*\n * This program is free software; you can redistribute it and/or modify\n \
    * it under the terms of the GNU General Public License as published by\n * the Free Software \
    Foundation; either version 2 of the License, or\n * (at your option) any later version.\n */\n";
const POLICY: &str = "caveat = 1\n[rules]\notherwise = \"deny\"\nunknown = \"deny\"\n\
    [rules.code]\nallow = [\"permissive\", \"attribution\", \"patent-retaliation\"]\n\
    [[product]]\nname = \"a\"\npaths = [\"**\"]\nuses = [\"distribute-binary\"]\n";

fn package() -> Project {
    Project::of("Cargo.toml", PACKAGE).with("caveat.toml", POLICY).with("src/lib.rs", APACHE)
}

#[test]
fn a_file_that_agrees_with_its_package_is_no_news() {
    let mut project = package();
    for number in 0..200 {
        project = project.with(&format!("src/part{number}.rs"), APACHE);
    }
    project.run(&["check"]).check(0, &["no findings; 1 component "]);
}

#[test]
fn files_of_others_in_a_package_are_one_finding() {
    let project = package().with("vendor/x/a.c", GPL).with("vendor/x/b.c", GPL);
    let says =
        ["error[denied-license]: `vendor/x/a.c and one more file`", "vendor/x/a.c:3", "1 error"];
    project.run(&["check"]).check(1, &says);
    project.run(&["scan"]).check(0, &["GPL-2.0-or-later", "2 code"]);
}

#[test]
fn what_tests_read_is_an_example() {
    let project = package().with("tests/data/a.c", GPL).with("fixtures/b.c", GPL);
    project.run(&["check"]).check(0, &["no findings; 1 component "]);
}

#[test]
fn where_nothing_else_speaks_files_do() {
    let project = Project::of("a.c", GPL).with("b.c", GPL).with("caveat.toml", POLICY);
    project.run(&["check"]).check(1, &["error[denied-license]: this project is under"]);
    let silent = Project::of("a.c", "int a;\n");
    silent.run(&["check"]).check(2, &["nothing to scan in"]);
}

#[test]
fn a_file_can_be_asked_for_its_notice() {
    let project = Project::of("a.c", GPL).with("b.py", "# SPDX-License-Identifier: MIT\n");
    let says = ["GPL-2.0-or-later, by a notice in line 3", "MIT, by a tag in line 1"];
    project.run(&["identify", "a.c", "b.py"]).check(0, &says);
}
