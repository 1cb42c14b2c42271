//! An id that SPDX has replaced.

use caveat_core::expression::NoteKind;

use crate::case::Case;
use crate::finding::{Because, Finding, Link, Step};
use crate::ground::called;
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "deprecated-license-id";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "an SPDX id that has been replaced, often because it left something open",
    page: include_str!("deprecated_license_id.md"),
    usual: Level::Note,
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for component in case.graph.components.values() {
        for claim in &component.claims {
            for note in claim.notes.iter().filter(|it| it.kind == NoteKind::Deprecated) {
                let says = format!("stated as `{}`", claim.raw.value);
                let mut help: Vec<String> =
                    note.instead.iter().map(|it| format!("write `{it}`")).collect();
                help.extend(note.help.clone());
                all.extend(Because::new(vec![Step::new(Link::Claim, says, claim.raw.at)]).map(
                    |because| Finding {
                        rule: NAME,
                        level: Level::Note,
                        component: component.id.clone(),
                        license: note.instead.clone(),
                        message: format!("{}: {}", called(component), note.message),
                        at: note.at,
                        label: "replaced on the SPDX list".to_owned(),
                        because,
                        help,
                        cause: claim.raw.value.clone(),
                        excepted: None,
                    },
                ));
            }
        }
    }
    all
}
