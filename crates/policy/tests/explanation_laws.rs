//! An explanation names what decided, and nothing else: take any one step of it away, and something
//! else is found.
//!
//! What lies between on a chain is told with its license so that nobody has to look it up; that is
//! the only thing told that decides nothing, and left out here.

use std::fmt::Write as _;

use caveat_core::tags::Tag;
use caveat_policy::finding::{Finding, Link, Step};
use proptest::prelude::*;

mod common;

use common::Project;

/// Tags that a list of a policy decides, without facts.
const TAGS: [Tag; 7] = [
    Tag::NonCommercial,
    Tag::ResearchOnly,
    Tag::UseRestricted,
    Tag::NoDerivatives,
    Tag::ShareAlike,
    Tag::OutputRestricted,
    Tag::Proprietary,
];

const STANCES: [&str; 3] = ["allow", "review", "deny"];
const HOW: [&str; 4] = ["finetune", "quantized", "merge", "distill"];

/// A chain of models, the last of them the base, and data that the first learned from.
#[derive(Clone, Debug)]
struct Small {
    /// What the license of each model asks.
    models: Vec<Vec<Tag>>,
    /// How each was made from the next; `None` where it was not.
    how: Vec<Option<&'static str>>,
    data: Option<Vec<Tag>>,
    /// What the policy says of each tag.
    stances: Vec<&'static str>,
    /// What it says of questions.
    relations: Vec<(String, &'static str)>,
    /// A rule that denies one tag.
    rule: Option<Tag>,
}

impl Small {
    fn project(&self) -> Project {
        let mut files = Vec::new();
        for (number, how) in self.how.iter().enumerate() {
            let mut card = format!("---\nlicense: LicenseRef-L{number}\n");
            if let Some(how) = how {
                let base = number + 1;
                write!(card, "base_model: acme/m{base}\nbase_model_relation: {how}\n").unwrap();
            }
            if number == 0 && self.data.is_some() {
                card += "datasets: [wave/d]\n";
            }
            files.push((format!("models/acme/m{number}/README.md"), card + "---\n"));
        }
        let card = "---\nlicense: LicenseRef-D\nsource_datasets: [original]\n---\n";
        files.push(("data/wave/d/README.md".to_owned(), card.to_owned()));
        Project::new(&files, &self.policy())
    }

    fn policy(&self) -> String {
        let mut text = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\n\
                        uses = [\"saas\"]\n[rules]\notherwise = \"allow\"\n"
            .to_owned();
        for kind in ["model", "dataset"] {
            writeln!(text, "[rules.{kind}]").unwrap();
            for stance in STANCES {
                let all = TAGS.iter().zip(&self.stances).filter(|(_, it)| **it == stance);
                let all: Vec<String> = all.map(|(tag, _)| format!("\"{tag}\"")).collect();
                writeln!(text, "{stance} = [{}]", all.join(", ")).unwrap();
            }
        }
        text += "[relations]\n";
        for (question, stance) in &self.relations {
            writeln!(text, "{question} = \"{stance}\"").unwrap();
        }
        if let Some(tag) = self.rule {
            let rule = format!("tag = \"{tag}\"\nverdict = \"deny\"\nbecause = \"b\"\n");
            write!(text, "[[rule]]\nid = \"r\"\n{rule}").unwrap();
        }
        let models = self.models.iter().enumerate();
        let mut licenses: Vec<(String, &[Tag])> =
            models.map(|(number, it)| (format!("L{number}"), it.as_slice())).collect();
        licenses.push(("D".to_owned(), self.data.as_deref().unwrap_or(&[Tag::Permissive])));
        for (id, tags) in licenses {
            let tags: Vec<String> = tags.iter().map(|it| format!("\"{it}\"")).collect();
            let tags = tags.join(", ");
            write!(text, "[[license]]\nid = \"LicenseRef-{id}\"\ntags = [{tags}]\n").unwrap();
        }
        text
    }

    /// What lists and questions decide about the first model, whose sources nobody has to look for.
    fn found(&self) -> Vec<Finding> {
        let rules =
            ["denied-license", "needs-review", "restricted-output", "restricted-training-data"];
        let found = self.project().report().findings.into_iter();
        let of = |it: &Finding| {
            rules.contains(&it.rule) && it.component.as_str() == "path:models/acme/m0"
        };
        found.filter(of).collect()
    }

    /// The license that a finding is about.
    fn license(&mut self, finding: &Finding) -> &mut Vec<Tag> {
        let name = finding.license.as_deref().expect("it is about a license");
        match name.strip_prefix("LicenseRef-L") {
            Some(number) => &mut self.models[number.parse::<usize>().expect("a number")],
            None => self.data.as_mut().expect("it is about the data"),
        }
    }

    /// The same project without what a step tells; `None` where the step tells of what lies between.
    fn without(&self, finding: &Finding, step: &Step) -> Option<Self> {
        let mut without = self.clone();
        let tag = |says: &str| {
            let named = |it: &&Tag| {
                says.contains(&format!("`{it}`")) || says.contains(&format!("\"{it}\""))
            };
            Tag::ALL.iter().find(named).copied()
        };
        match step.link {
            Link::Relation if step.says.contains("trained on") => without.data = None,
            Link::Relation => {
                let from = (0..self.how.len())
                    .find(|it| step.says.starts_with(&format!("`models/acme/m{it}`")));
                without.how[from.expect("a model is made")] = None;
            }
            Link::Claim => {
                let license = finding.license.as_deref().expect("it is about a license");
                if !step.says.contains(license) {
                    return None;
                }
                *without.license(finding) = vec![Tag::Permissive];
            }
            Link::Term => {
                let tag = tag(&step.says).expect("a policy's license asks for tags");
                let tags = without.license(finding);
                tags.retain(|it| *it != tag);
                if tags.is_empty() {
                    tags.push(Tag::Permissive);
                }
            }
            Link::Policy if step.says.starts_with("rule `r`") => without.rule = None,
            Link::Policy if step.says.starts_with("[rules") => {
                let tag = tag(&step.says).expect("a list names a tag");
                let number = TAGS.iter().position(|it| *it == tag).expect("a listed tag");
                without.stances[number] = "allow";
            }
            // Another answer to the question, or the first one, makes a difference.
            Link::Policy => {
                let rest = step.says.trim_start_matches("[relations] ");
                let rest = rest.trim_start_matches("says nothing of `");
                let word = |it: char| !(it.is_ascii_lowercase() || it == '-');
                let question = rest.split(word).next().expect("a question");
                without.relations.retain(|(it, _)| it != question);
                without.relations.push((question.to_owned(), "allow"));
            }
            Link::Fact => panic!("no fact of the organisation decides here: {step:?}"),
        }
        Some(without)
    }
}

fn some_tags() -> impl Strategy<Value = Vec<Tag>> {
    proptest::sample::subsequence(TAGS.to_vec(), 1..4)
}

fn small() -> impl Strategy<Value = Small> {
    let models = proptest::collection::vec(some_tags(), 3);
    let how = proptest::collection::vec(proptest::sample::select(HOW.to_vec()), 2);
    let stances = proptest::collection::vec(proptest::sample::select(STANCES.to_vec()), TAGS.len());
    let questions = ["trained-on", "nc-training", "output-training", "distilled-from"];
    let relation =
        (proptest::sample::select(questions.to_vec()), proptest::sample::select(STANCES.to_vec()));
    let rule = proptest::option::of(proptest::sample::select(TAGS.to_vec()));
    let data = proptest::option::of(some_tags());
    (models, how, data, stances, proptest::option::of(relation), rule).prop_map(
        |(models, how, data, stances, relation, rule)| {
            let relations = relation.into_iter().map(|(it, stance)| (it.to_owned(), stance));
            let how = how.into_iter().map(Some).chain([None]).collect();
            // Where a list says what the rule says, neither of them is missed alone.
            let spared = |(tag, stance): (&Tag, &'static str)| {
                if rule == Some(*tag) { "allow" } else { stance }
            };
            let stances = TAGS.iter().zip(stances).map(spared).collect();
            Small { models, how, data, stances, relations: relations.collect(), rule }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_any_one_step_something_else_is_found(small in small()) {
        let same = |one: &Finding, other: &Finding| {
            (one.rule, one.level, &one.message, &one.license)
                == (other.rule, other.level, &other.message, &other.license)
        };
        for finding in small.found() {
            for step in finding.because.steps() {
                let Some(without) = small.without(&finding, step) else { continue };
                let still = without.found().into_iter().find(|it| same(it, &finding));
                prop_assert!(still.is_none(), "without {step:?}: {still:?}");
            }
        }
    }
}

/// A project whose files and policy hold one thing in each line, so that a line can be left out.
fn line_by_line(files: &[(&str, &str)], policy: &str, rule: &str) {
    let find = |files: &[(String, String)], policy: &str| {
        let project = Project::new(files, policy);
        let found = project.report().findings.into_iter().find(|it| it.rule == rule);
        (project, found)
    };
    let files: Vec<(String, String)> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let (project, found) = find(&files, policy);
    let found = found.unwrap_or_else(|| panic!("no {rule} in\n{}", project.findings()));
    let mut tried = 0;
    for step in found.because.steps() {
        let place = step.at.and_then(|at| project.sources.place(at));
        // What a terms file says is not ours to leave out.
        let Some(place) = place.filter(|it| !it.path.starts_with("terms/")) else { continue };
        let mut without = files.clone();
        let mut less = policy.to_owned();
        let text = match without.iter_mut().find(|(name, _)| *name == place.path) {
            Some((_, text)) => text,
            None if place.path == "caveat.toml" => &mut less,
            None => continue,
        };
        let kept = text.lines().enumerate().filter(|(number, _)| number + 1 != place.line as usize);
        *text = kept.map(|(_, line)| format!("{line}\n")).collect();
        tried += 1;
        let (_, still) = find(&without, &less);
        let same = still.is_some_and(|it| (it.level, &it.message) == (found.level, &found.message));
        assert!(!same, "{rule} is found without {step:?}");
    }
    assert!(tried > 0, "{rule}: {tried} steps could be left out");
}

#[test]
fn facts_and_lists_are_told_only_where_they_decide() {
    let llama = ("m/a/README.md", "---\nlicense: llama3.1\n---\n");
    let tuned = ("m/b/README.md", "---\nlicense: llama3.1\nbase_model: m/a\n---\n");
    let policy = "caveat = 1\n[org]\ndomicile = \"US\"\nmarkets = [\"KR\"]\n[[org.facts]]\n\
                  as-of = 2024-06-30\nmau = 900000000\nannual-revenue-usd = 5\n\
                  [rules]\notherwise = \"allow\"\n[rules.model]\ntest = [\n\"scale-capped\",\n\
                  \"territorial\",\n\"revenue-capped\",\n]\ndeny = [\n\"non-commercial\",\n]\n";
    line_by_line(&[llama, tuned], policy, "over-threshold");
    let hunyuan = "---\nlicense: LicenseRef-hunyuan-video-community\n---\n";
    line_by_line(&[("m/a/README.md", hunyuan)], policy, "outside-territory");
    let nc = ("m/a/README.md", "---\nlicense: cc-by-nc-4.0\n---\n");
    let made = ("m/b/README.md", "---\nlicense: mit\nbase_model: m/a\n---\n");
    line_by_line(&[nc, made], policy, "denied-license");
}

/// A program of ours, and others' code that it needs.
fn program(needs: &[(&str, &str)], (usage, outbound): (&str, &str)) -> Project {
    let list: Vec<String> =
        needs.iter().map(|(name, _)| format!("\"{name}\": \"1.0.0\"")).collect();
    let head = format!(
        "\"name\": \"made\", \"version\": \"1.0.0\", \"license\": \"MIT\", \"dependencies\": {{{}}}",
        list.join(", ")
    );
    let locked = needs.iter().map(|(name, license)| {
        format!(", \"node_modules/{name}\": {{\"version\": \"1.0.0\", \"license\": \"{license}\"}}")
    });
    let packages = format!("\"\": {{{head}}}{}", locked.collect::<String>());
    let lock = format!("{{{head}, \"lockfileVersion\": 3, \"packages\": {{{packages}}}}}");
    let files = [("package.json", format!("{{{head}}}")), ("package-lock.json", lock)];
    let files = files.map(|(name, text)| (name.to_owned(), text));
    let policy = format!(
        "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"{usage}\"]\n\
         outbound = \"{outbound}\"\n[rules]\notherwise = \"allow\"\n"
    );
    Project::new(&files, &policy)
}

#[test]
fn licenses_that_clash_are_told_with_nothing_that_does_not_clash() {
    const SHIPPED: (&str, &str) = ("distribute-binary", "MIT");
    let check = |needs: [(&str, &str); 2], rule: &str| {
        let find =
            |needs: &[(&str, &str)], usage| -> Vec<(caveat_policy::verdict::Level, String)> {
                let found = program(needs, usage).report().findings.into_iter();
                found.filter(|it| it.rule == rule).map(|it| (it.level, it.message)).collect()
            };
        // What clashes with nothing is not told of.
        let with = [needs[0], needs[1], ("plain", "ISC")];
        let project = program(&with, SHIPPED);
        let found = project.report().findings.into_iter().find(|it| it.rule == rule);
        let found = found.unwrap_or_else(|| panic!("no {rule} in\n{}", project.findings()));
        let before = find(&with, SHIPPED);
        for step in found.because.steps() {
            assert!(!step.says.contains("plain"), "{step:?}");
            let named: Vec<_> = with.iter().filter(|(name, _)| step.says.contains(name)).collect();
            match step.link {
                Link::Relation | Link::Claim => {
                    let [(gone, _)] = named[..] else { panic!("{step:?}") };
                    let rest: Vec<_> = with.into_iter().filter(|it| it.0 != *gone).collect();
                    assert_ne!(find(&rest, SHIPPED), before, "without {step:?}");
                }
                Link::Policy => {
                    let other = match step.says.contains("outbound") {
                        true => ("distribute-binary", "GPL-3.0-only"),
                        false => ("internal", "MIT"),
                    };
                    assert_ne!(find(&with, other), before, "without {step:?}");
                }
                Link::Term | Link::Fact => {}
            }
        }
    };
    check([("gnu", "GPL-2.0-only"), ("feather", "Apache-2.0")], "incompatible-licenses");
    check([("gnu", "GPL-3.0-only"), ("old", "BSD-4-Clause")], "incompatible-licenses");
    check([("gnu", "GPL-3.0-only"), ("feather", "Apache-2.0")], "outbound-conflict");
}
