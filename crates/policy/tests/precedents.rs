//! What is decided once for many is what would be decided for each, and no line of the policy is
//! missed for being looked up.

use std::fmt::Write as _;

use caveat_core::component::Kind;
use caveat_core::tags::Tag;
use caveat_policy::layers::{Question, answer, answer_of_all};
use caveat_policy::ruling::{Ruling, Subject, judged};
use proptest::prelude::*;

#[expect(dead_code, reason = "other tests use more of it")]
mod common;

use common::Project;

const LICENSES: [&str; 6] =
    ["mit", "cc-by-nc-4.0", "gemma", "llama3.2", "MIT OR GPL-3.0-only", "cc-by-sa-4.0"];
const FOLDERS: [&str; 4] = ["m/a", "m/a/deep", "m/b", "other"];
const TAGS: [Tag; 5] = [
    Tag::NonCommercial,
    Tag::UseRestricted,
    Tag::Permissive,
    Tag::ShareAlike,
    Tag::StrongReciprocal,
];
/// What a line may name; one `{}` stands for the number of a thing.
const NAMED: [&str; 9] = [
    "path = [\"m/**\"]",
    "path = [\"m/a/t{}\"]",
    "path = [\"**/t{}\"]",
    "path = [\"m/*/t{}/**\"]",
    "package = [\"path:m/a/t{}\"]",
    "package = [\"path:m/*\"]",
    "license = [\"CC-BY-*\"]",
    "license = [\"*\"]\nkind = [\"model\"]",
    "use = [\"saas\"]",
];

#[derive(Clone, Debug)]
struct Small {
    /// License, folder, and which other thing it was made from.
    things: Vec<(usize, usize, Option<usize>)>,
    /// What it names, the number there, the tag, the verdict.
    rules: Vec<(usize, usize, Option<usize>, usize)>,
    exceptions: Vec<(usize, usize, usize)>,
}

impl Small {
    fn project(&self) -> Project {
        let file = |(number, (license, folder, base)): (usize, &(usize, usize, Option<usize>))| {
            let mut card =
                format!("---\nlicense: {}\nmodel_name: acme/t{number}\n", LICENSES[*license]);
            if let Some(base) = base.filter(|it| *it < number) {
                writeln!(card, "base_model: acme/t{base}").expect("a string takes all");
            }
            (format!("{}/t{number}/README.md", FOLDERS[*folder]), card + "---\n")
        };
        let files: Vec<(String, String)> = self.things.iter().enumerate().map(file).collect();
        let mut policy = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"m/a/**\"]\n\
            uses = [\"saas\"]\n[[product]]\nname = \"lab\"\npaths = [\"m/**\"]\nuses = [\"internal\"]\n\
            [rules]\notherwise = \"review\"\n[rules.model]\nallow = [\"permissive\"]\n"
            .to_owned();
        for (number, (named, thing, tag, verdict)) in self.rules.iter().enumerate() {
            let named = NAMED[*named].replace("{}", &thing.to_string());
            let tag = tag.map(|it| format!("tag = [\"{}\"]\n", TAGS[it])).unwrap_or_default();
            let verdict = ["allow", "review", "deny"][*verdict];
            write!(
                policy,
                "[[rule]]\nid = \"r{number}\"\n{named}\n{tag}verdict = \"{verdict}\"\nbecause = \"b\"\n"
            )
            .expect("a string takes all");
        }
        for (number, (target, thing, tag)) in self.exceptions.iter().enumerate() {
            let target =
                ["path = \"m/a/t{}\"", "path = \"m/**\"", "package = \"path:m/b/t{}\""][*target];
            let target = target.replace("{}", &thing.to_string());
            write!(
                policy,
                "[[exception]]\nid = \"e{number}\"\n{target}\nallow = [\"{}\"]\nbecause = \"b\"\n\
                 owner = \"o\"\napproved = {{ by = \"legal\", on = 2026-10-01, ticket = \"T\" }}\n\
                 expires = 2027-03-01\n",
                TAGS[*tag]
            )
            .expect("a string takes all");
        }
        Project::new(&files, &policy)
    }
}

fn small() -> impl Strategy<Value = Small> {
    let thing = (0..LICENSES.len(), 0..FOLDERS.len(), proptest::option::of(0usize..6));
    let rule = (0..NAMED.len(), 0usize..6, proptest::option::of(0..TAGS.len()), 0usize..3);
    let exception = (0usize..3, 0usize..6, 0..TAGS.len());
    (
        proptest::collection::vec(thing, 1..7),
        proptest::collection::vec(rule, 0..6),
        proptest::collection::vec(exception, 0..3),
    )
        .prop_map(|(things, rules, exceptions)| Small { things, rules, exceptions })
}

/// All of a ruling that anybody is told.
fn told(it: &Ruling<'_>) -> String {
    let exception = it.exception.map(|it| it.id.value.as_str());
    let parts = (&it.license, it.tag, it.verdict, it.stated, exception);
    format!("{parts:?} {} {} {:?} {:?}", it.says, it.setting.phrase(), it.steps, it.wanted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_decided_for_another_of_its_sort_is_decided_for_each(small in small()) {
        let project = small.project();
        let case = project.case();
        for component in case.graph.components.values() {
            let Some(license) = &component.conclusion.license else { continue };
            let anew = judged(&Subject::of(&case, &case.lines, component), license);
            let anew: Vec<String> = anew.of(license, None).rulings.iter().map(told).collect();
            let all = case.decided[&component.id].rulings.iter();
            let own: Vec<String> = all.clone().filter(|it| it.via.is_none()).map(told).collect();
            prop_assert_eq!(own, anew);
            for (via, upstream) in case.made_from(component) {
                let Some(theirs) = &upstream.conclusion.license else { continue };
                if license.same_as(theirs) {
                    continue;
                }
                let ends = (component, upstream);
                let passage = Some(case.passage(&via.way));
                let anew = judged(&Subject::under(&case, &case.lines, ends, passage), theirs);
                for it in &anew.of(theirs, Some(via)).rulings {
                    let same = |known: &Ruling<'_>| {
                        known.via.is_some() && (known.tag, known.verdict) == (it.tag, it.verdict)
                    };
                    prop_assert!(all.clone().any(same), "nothing brought {}", told(it));
                }
            }
        }
    }

    #[test]
    fn no_rule_is_missed_for_being_looked_up(small in small()) {
        let project = small.project();
        let case = project.case();
        for component in case.graph.components.values() {
            for (license, tag) in ["MIT", "CC-BY-NC-4.0"].into_iter().zip(TAGS) {
                let path = case.path(&component.path);
                let (kind, id, path) = (Kind::Model, &component.id, path.as_str());
                let question = Question { kind, id, path, license, tag };
                let found = case.lines.on(&question);
                for setting in case.settings(path) {
                    let one = answer(case.policy, &found, &question, &setting);
                    let other = answer_of_all(case.policy, &question, &setting);
                    prop_assert_eq!((one.stance, one.at), (other.stance, other.at));
                }
            }
        }
    }
}
