//! Laws of a policy on top of others: nothing comes out better than under a base, and what is broken
//! is never half applied.
#![expect(clippy::disallowed_methods, reason = "the test reads its material")]

use std::path::Path;

use caveat_core::component::{ComponentId, Kind};
use caveat_core::library::Library;
use caveat_core::source::SourceId;
use caveat_core::tags::{Tag, tags};
use caveat_policy::extends::effective;
use caveat_policy::judge::verdicts;
use caveat_policy::layers::{Question, answer_of_all};
use caveat_policy::named::{NAMES, named};
use caveat_policy::policy::{Policy, PolicyError};
use caveat_policy::setting::settings;
use caveat_policy::show::{tables, toml};
use caveat_policy::verdict::{Stance, Verdict};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

mod common;

use common::Project;

const TAGS: [&str; 7] = [
    "permissive",
    "strong-reciprocal",
    "weak-reciprocal",
    "non-commercial",
    "use-restricted",
    "scale-capped",
    "unknown",
];
const LICENSES: [&str; 6] = ["MIT", "GPL-*", "*", "GPL-3.0-only", "CC-BY-NC-4.0", "Nobody-*"];
const ASKED: [&str; 7] = [
    "MIT",
    "GPL-3.0-only",
    "GPL-2.0-only WITH Classpath-exception-2.0",
    "MPL-2.0",
    "CC-BY-NC-4.0",
    "LicenseRef-Llama-3.1-Community",
    "LicenseRef-Nobody-Knows",
];
const STANCES: [&str; 4] = ["allow", "review", "test", "deny"];
const VERDICTS: [&str; 3] = ["allow", "review", "deny"];
const LEVELS: [&str; 4] = ["allow", "note", "warn", "deny"];

/// The word of a number; the first is the mildest. Children lean towards the last, bases to the first.
fn word<const N: usize>(words: [&'static str; N], strict: bool) -> BoxedStrategy<&'static str> {
    let lean = if strict { words[N - 1] } else { words[0] };
    prop_oneof![3 => Just(lean), 1 => proptest::sample::select(words.to_vec())].boxed()
}

fn perhaps(line: BoxedStrategy<String>, often: u32) -> BoxedStrategy<String> {
    prop_oneof![often => line, 4 => Just(String::new())].boxed()
}

fn scalar(key: &'static str, strict: bool) -> BoxedStrategy<String> {
    perhaps(word(VERDICTS, strict).prop_map(move |it| format!("{key} = \"{it}\"\n")).boxed(), 2)
}

fn lists(kind: &'static str, strict: bool) -> BoxedStrategy<String> {
    let each = proptest::option::weighted(0.3, word(STANCES, strict));
    let all = proptest::collection::vec(each, TAGS.len());
    let write = move |stances: Vec<Option<&str>>| {
        let mut text = format!("[rules.{kind}]\n");
        for stance in STANCES {
            let listed = TAGS.iter().zip(&stances).filter(|(_, it)| **it == Some(stance));
            let listed: Vec<_> = listed.map(|(tag, _)| format!("\"{tag}\"")).collect();
            text += format!("{stance} = [{}]\n", listed.join(", ")).as_str();
        }
        text
    };
    all.prop_map(write).boxed()
}

fn rule(id: String, strict: bool) -> BoxedStrategy<String> {
    let some = |key: &'static str, from: &'static [&'static str], often| {
        let line = proptest::sample::select(from).prop_map(move |it| format!("{key} = \"{it}\"\n"));
        perhaps(line.boxed(), often)
    };
    let parts = (
        some("kind", &["code", "model", "dataset"], 2),
        some("use", &["saas", "internal", "distribute-binary"], 2),
        some("product", &["a", "b"], 1),
        some("tag", &TAGS, 6),
        some("license", &LICENSES, 3),
        some("path", &["a/**", "b/**", "**"], 1),
        word(VERDICTS, strict),
    );
    let write = move |(kind, usage, product, tag, license, path, verdict): (
        _,
        _,
        _,
        String,
        String,
        String,
        _,
    )| {
        let conditions: String = [kind, usage, product, tag, license, path].concat();
        let conditions =
            if conditions.is_empty() { "kind = \"code\"\n".to_owned() } else { conditions };
        format!("[[rule]]\nid = \"{id}\"\n{conditions}verdict = \"{verdict}\"\nbecause = \"x\"\n")
    };
    parts.prop_map(write).boxed()
}

const PRODUCTS: &str = "[[product]]\nname = \"a\"\npaths = \"a/**\"\nuses = \"saas\"\n\
    [[product]]\nname = \"b\"\npaths = \"b/**\"\nuses = [\"internal\", \"distribute-binary\"]\nfeeds = \"a\"\n";

fn policy(name: &'static str, strict: bool) -> BoxedStrategy<String> {
    let scalars = ["otherwise", "unknown", "ambiguous", "unanswered", "catalog"];
    let scalars: Vec<_> = scalars.into_iter().map(|it| scalar(it, strict)).collect();
    let level = |key: &'static str| {
        perhaps(word(LEVELS, strict).prop_map(move |it| format!("{key} = \"{it}\"\n")).boxed(), 1)
    };
    let levels = ["denied-license", "needs-review", "unknown-license", "over-threshold"];
    let levels: Vec<_> = levels.into_iter().map(level).collect();
    let answers: Vec<_> =
        ["nc-training", "adapter-of"].into_iter().map(|it| scalar(it, strict)).collect();
    let rules = (0..3).map(|it| perhaps(rule(format!("{name}{it}"), strict), 3));
    let rules: Vec<_> = rules.collect();
    let kinds = (lists("code", strict), lists("model", strict), lists("dataset", strict));
    (scalars, kinds, levels, answers, rules)
        .prop_map(move |(scalars, (code, model, dataset), levels, answers, rules)| {
            format!(
                "[org]\ncommercial = true\ndomicile = \"US\"\n[rules]\n{}{code}{model}{dataset}[levels]\n{}[relations]\n{}{}",
                scalars.concat(), levels.concat(), answers.concat(), rules.concat(),
            )
        })
        .boxed()
}

fn parse(name: &str, text: &str, id: u32) -> Policy {
    Policy::parse_base(name, text, SourceId(id)).unwrap_or_else(|it| panic!("{it:?}\n{text}"))
}

fn at_least(stance: Stance, other: Stance) -> bool {
    stance == other || stance == Stance::Deny || other == Stance::Allow
}

/// Every tag of a license, and what is asked where nobody has read it.
fn asked_tags(license: &str) -> Vec<Tag> {
    let id = license.split(" WITH ").next().unwrap_or(license);
    let Some(terms) = Library::embedded().terms(id) else { return vec![Tag::Unknown] };
    let mut all: Vec<Tag> = tags(terms).iter().map(|it| it.tag).collect();
    if license.contains("WITH") {
        all.push(Tag::WeakReciprocal);
    }
    all
}

/// Asks both everything; the facts are those of `ours`.
fn compare_answers(ours: &Policy, base: &Policy, texts: &str) {
    let id = ComponentId::package("cargo", "x", None);
    for kind in [Kind::Code, Kind::Model, Kind::Dataset, Kind::Document] {
        for license in ASKED {
            for tag in asked_tags(license) {
                for path in ["a/x", "b/x", "c/x"] {
                    for setting in settings(ours, path) {
                        let question = Question { kind, id: &id, path, license, tag };
                        let (own, theirs) = (
                            answer_of_all(ours, &question, &setting),
                            answer_of_all(base, &question, &setting),
                        );
                        assert!(
                            at_least(own.stance, theirs.stance),
                            "{license} {tag} {kind:?} {}: {} but {}\n{texts}",
                            setting.phrase(),
                            own.says,
                            theirs.says,
                        );
                    }
                }
            }
        }
    }
}

/// What a policy makes of each component.
fn come_to(project: &mut Project, policy: &Policy) -> Vec<Verdict> {
    project.policy = policy.clone();
    verdicts(&project.case(), &project.report()).into_values().collect()
}

#[test]
fn nothing_comes_out_better_than_under_a_base() {
    let mut runner = TestRunner::deterministic();
    let pairs = (policy("one", false), policy("two", false), policy("child", true), any::<bool>());
    let cards = ["a", "b"].map(|folder| {
        let card =
            "---\nlicense: cc-by-nc-4.0\nbase_model: acme/b\nbase_model_relation: adapter\n---\n";
        (format!("{folder}/README.md"), card.to_owned())
    });
    let base = ("models/acme/b/README.md".to_owned(), "---\nlicense: llama3.1\n---\n".to_owned());
    let files: Vec<_> = cards.into_iter().chain([base]).collect();
    let mut project = Project::new(&files, "caveat = 1\n");
    let mut accepted = 0;
    for _ in 0..600 {
        let (one, two, child, both) = pairs.new_tree(&mut runner).expect("a value").current();
        let count = if both { 2 } else { 1 };
        let extends = if both { "extends = [\"1\", \"2\"]\n" } else { "extends = \"1\"\n" };
        let child = format!("{extends}{child}{PRODUCTS}");
        let texts = format!("{one}\n-----\n{two}\n-----\n{child}");
        let bases = &[parse("1", &one, 1), parse("2", &two, 2)][..count];
        let Ok(ours) = effective(&parse("child", &child, 0), bases) else { continue };
        accepted += 1;
        for base in bases {
            let same =
                Policy { org: ours.org.clone(), products: ours.products.clone(), ..base.clone() };
            compare_answers(&ours, &same, &texts);
            let under = come_to(&mut project, &same);
            let own = come_to(&mut project, &ours);
            let better = own.iter().zip(&under).any(|(own, under)| own < under);
            assert!(!better, "{under:?} {own:?}\n{}\n{texts}", project.findings());
        }
    }
    assert!(accepted > 60, "the law was tried: {accepted}");
}

/// Example policies, and those that are shipped.
fn material() -> Vec<String> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/policies");
    let read = |it: &&str| std::fs::read_to_string(shared.join(it)).ok();
    let names = ["saas-startup.toml", "research-lab.toml", "on-device.toml"];
    let shipped = NAMES.iter().filter_map(|it| named(it)).map(str::to_owned);
    names.iter().filter_map(read).chain(shipped).collect()
}

#[test]
fn what_is_shown_is_a_policy_that_means_the_same() {
    for text in material() {
        let once = parse("caveat.toml", &text, 0);
        let shown = toml::document(&tables(&once), &|_| None);
        let again = parse("caveat.toml", &shown, 0);
        // What was a default is written now.
        let lines = |it: &str| it.replace("# default", "").replace(' ', "");
        assert_eq!(lines(&toml::document(&tables(&again), &|_| None)), lines(&shown));
        assert_eq!(again.overrides.len(), once.overrides.len());
        for kind in [Kind::Code, Kind::Model, Kind::Dataset] {
            for tag in Tag::ALL {
                let stance = |it: &Policy| it.stance(kind, *tag).map(|it| it.value);
                assert_eq!(stance(&once), stance(&again), "{kind:?} {tag}");
            }
        }
    }
}

/// Every mistake lies in one of the texts.
fn fits(mistakes: &[PolicyError], texts: [&str; 2]) {
    assert!(!mistakes.is_empty());
    for it in mistakes {
        let text = |at: caveat_core::source::Span| texts[at.source.0 as usize].get(at.range());
        assert!(text(it.at).is_some(), "{it}");
        assert!(it.also().is_none_or(|(at, _)| text(at).is_some()), "{it}");
        assert!(!it.to_string().is_empty() && !it.to_string().contains('\n'));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_policy_is_refused_or_whole(
        child in any::<prop::sample::Index>(),
        base in any::<prop::sample::Index>(),
        line in any::<prop::sample::Index>(),
        put in "\\PC{0,6}|[\\[\\]{}=\"'\n#.,\u{0}é]{0,4}|(allow|review|test|deny)",
        cut in 0usize..12,
    ) {
        let all = material();
        let base = base.get(&all);
        let mut child = format!("extends = \"1\"\n{}", child.get(&all).replace("extends = [\"//policy/base.toml\"]", ""));
        let mut start = line.index(child.len() + 1);
        while !child.is_char_boundary(start) { start -= 1; }
        let mut end = (start + cut).min(child.len());
        while !child.is_char_boundary(end) { end += 1; }
        child.replace_range(start..end, &put);
        let texts = [child.as_str(), base.as_str()];
        let parent = parse("1", base, 1);
        match Policy::parse("caveat.toml", &child, SourceId(0)) {
            Err(mistakes) => fits(&mistakes, texts),
            Ok(own) => match effective(&own, &[parent]) {
                Err(mistakes) => fits(&mistakes, texts),
                Ok(it) => prop_assert!(it.extends.is_empty()),
            },
        }
    }
}
