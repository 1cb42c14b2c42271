//! Laws of what travels: terms form an order, carrying keeps it, and nothing upstream makes a
//! verdict better.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use caveat_core::component::{ComponentId, How};
use caveat_core::expression::{Expression, Licensed};
use caveat_core::inventory::Relation;
use caveat_core::library::Library;
use caveat_core::tags::{Tag, tags};
use caveat_policy::finding::{Finding, Link};
use caveat_policy::inheritance::grants_no_more;
use caveat_policy::verdict::Level;
use proptest::prelude::*;

mod common;

use common::Project;

/// Licenses of the policy, each a set of tags: every set can be made, which no list of real
/// licenses allows.
fn licenses(sets: &[&[Tag]]) -> String {
    let mut text = String::new();
    for (number, tags) in sets.iter().enumerate() {
        let tags: Vec<String> = tags.iter().map(|it| format!("\"{it}\"")).collect();
        let tags = tags.join(", ");
        write!(text, "[[license]]\nid = \"LicenseRef-L{number}\"\ntags = [{tags}]\n")
            .expect("a string can be written to");
    }
    text
}

const POLICY: &str = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\nuses = [\"saas\"]\n\
                      [rules]\notherwise = \"allow\"\n";

/// Tags that a label may have to carry.
const CARRIED: [Tag; 10] = [
    Tag::NonCommercial,
    Tag::ResearchOnly,
    Tag::UseRestricted,
    Tag::ScaleCapped,
    Tag::Territorial,
    Tag::CompetitorBarred,
    Tag::OutputRestricted,
    Tag::NamingRequired,
    Tag::AttributionDisplay,
    Tag::Proprietary,
];

fn some_tags() -> impl Strategy<Value = Vec<Tag>> {
    proptest::sample::subsequence(CARRIED.to_vec(), 1..CARRIED.len())
}

/// What stands where in a small project, so that any part of it can be left out.
#[derive(Clone, Debug)]
struct Small {
    label: Vec<Tag>,
    parents: Vec<Vec<Tag>>,
    how: &'static str,
    extra: String,
}

const HOW: [&str; 4] = ["finetune", "adapter", "merge", "quantized"];

impl Small {
    fn project(&self) -> Project {
        let mut card = "---\nlicense: LicenseRef-L0\n".to_owned();
        if !self.parents.is_empty() {
            let how = self.how;
            writeln!(card, "base_model_relation: {how}\nbase_model:")
                .expect("a string can be written to");
        }
        let mut files = Vec::new();
        for number in 1..=self.parents.len() {
            writeln!(card, "- acme/m{number}").expect("a string can be written to");
            let text = format!("---\nlicense: LicenseRef-L{number}\n---\n");
            files.push((format!("models/acme/m{number}/README.md"), text));
        }
        files.push(("models/acme/made/README.md".to_owned(), card + "---\n"));
        let sets = std::iter::once(&self.label).chain(&self.parents);
        let sets: Vec<&[Tag]> = sets.map(Vec::as_slice).collect();
        Project::new(&files, &format!("{POLICY}{}{}", licenses(&sets), self.extra))
    }

    fn looser(&self) -> Vec<Finding> {
        let found = self.project().report().findings.into_iter();
        found.filter(|it| it.rule == "looser-than-upstream" && it.level > Level::Note).collect()
    }

    /// What is found, in words that do not tell how we know.
    fn verdict(&self) -> Vec<(Level, String)> {
        self.looser().into_iter().map(|it| (it.level, it.message)).collect()
    }
}

fn small() -> impl Strategy<Value = Small> {
    let parents = proptest::collection::vec(some_tags(), 1..3);
    (some_tags(), parents, 0..HOW.len(), 0usize..3).prop_map(|(label, parents, how, extra)| {
        let stance = "[relations]\nadapter-of = \"deny\"\n";
        let rule = "[[rule]]\nid = \"r\"\ncheck = \"outbound-no-looser-than-upstream\"\n\
                    verdict = \"review\"\nbecause = \"b\"\n";
        let extra = ["", stance, rule][extra].to_owned();
        Small { label, parents, how: HOW[how], extra }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_further_upstream_never_makes_the_label_better(small in small(), further in some_tags()) {
        let mut more = small.clone();
        more.parents.push(further);
        let worst = |it: &Small| it.looser().iter().map(|it| it.level).max();
        prop_assert!(worst(&more) >= worst(&small));
    }

    #[test]
    fn a_label_that_asks_more_is_never_looser(small in small(), more in some_tags()) {
        let mut stricter = small.clone();
        stricter.label.extend(more);
        stricter.label.sort_unstable();
        stricter.label.dedup();
        let worst = |it: &Small| it.looser().iter().map(|it| it.level).max();
        prop_assert!(worst(&stricter) <= worst(&small));
    }

    #[test]
    fn an_upstream_that_asks_more_is_never_carried_better(small in small(), more in some_tags()) {
        let mut asking = small.clone();
        asking.parents[0].extend(more);
        asking.parents[0].sort_unstable();
        asking.parents[0].dedup();
        let worst = |it: &Small| it.looser().iter().map(|it| it.level).max();
        prop_assert!(worst(&asking) >= worst(&small));
    }

    #[test]
    fn every_step_of_an_explanation_is_needed(small in small()) {
        let before = small.verdict();
        for finding in small.looser() {
            for step in finding.because.steps() {
                let mut without = small.clone();
                match step.link {
                    // What stands upstream, and how, by the license that the finding is about.
                    Link::Relation | Link::Claim => {
                        let number = which(&finding);
                        without.parents = small.parents.clone();
                        without.parents[number - 1] = vec![Tag::Permissive];
                    }
                    Link::Term => {
                        let number = which(&finding);
                        let tag = Tag::ALL.iter().find(|it| step.says.contains(&format!("`{it}`")));
                        let tag = tag.copied().expect("a policy's license asks for tags");
                        without.parents[number - 1].retain(|it| *it != tag);
                        if without.parents[number - 1].is_empty() {
                            without.parents[number - 1].push(Tag::Permissive);
                        }
                    }
                    // The policy is silent, and both positions are shown: an answer changes it.
                    Link::Policy if step.at.is_none() => {
                        without.extra += "[relations]\nadapter-of = \"deny\"\n";
                    }
                    Link::Policy => without.extra.clear(),
                    Link::Fact => prop_assert!(false, "no fact of the organisation decides a label"),
                }
                prop_assert_ne!(&without.verdict(), &before, "{:?}", step);
            }
        }
    }
}

/// The parent whose license a finding is about: `LicenseRef-L<number>`.
fn which(finding: &Finding) -> usize {
    let at = finding.cause.rfind("LicenseRef-L").expect("the cause names the license");
    let digits = finding.cause[at + 12..].chars().take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().expect("a number")
}

/// Every license that has been read, as a label and as what stands above.
fn carried() -> (Vec<String>, Vec<Vec<bool>>) {
    let library = Library::embedded();
    // Where it is not known what a license asks, there is nothing to compare.
    let read = |id: &&str| {
        library.terms(id).is_some_and(|it| tags(it).iter().all(|it| it.tag != Tag::Unknown))
    };
    let ids: Vec<&str> = library.ids().filter(read).collect();
    let card = |(number, id): (usize, &&str)| {
        (format!("m/{number:04}/README.md"), format!("---\nlicense: {id}\n---\n"))
    };
    let files: Vec<(String, String)> = ids.iter().enumerate().map(card).collect();
    let project = Project::new(&files, POLICY);
    let case = project.case();
    let all: Vec<&Expression> =
        case.graph.components.values().filter_map(|it| it.conclusion.license.as_ref()).collect();
    let only = |it: &Expression| it.licenses().next().cloned().expect("one license");
    let above: Vec<Licensed> = all.iter().map(|it| only(it)).collect();
    let row = |label: &&Expression| {
        above.iter().map(|it| grants_no_more(&case, label, it)).collect::<Vec<bool>>()
    };
    (all.iter().map(ToString::to_string).collect(), all.iter().map(row).collect())
}

#[test]
fn granting_no_more_is_an_order_among_all_licenses() {
    let (ids, carries) = carried();
    let mut broken: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (a, row) in carries.iter().enumerate() {
        assert!(row[a], "{} does not carry itself", ids[a]);
        for b in (0..ids.len()).filter(|it| row[*it]) {
            for c in (0..ids.len()).filter(|it| carries[b][*it] && !row[*it]) {
                broken.entry((&ids[a], &ids[c])).or_default().push(&ids[b]);
            }
        }
    }
    let told: Vec<String> =
        broken.iter().map(|((a, c), by)| format!("{a} carries {by:?} which carry {c}")).collect();
    assert!(told.is_empty(), "{} of {} licenses:\n{}", told.len(), ids.len(), told.join("\n"));
}

/// A graph whose relations are made here: nobody writes cards of a ladder.
fn graph_of(edges: impl Iterator<Item = (usize, usize, How)>, count: usize) -> Project {
    let files: Vec<(String, String)> =
        (0..1).map(|it| (format!("m{it}/README.md"), card())).collect();
    let mut project = Project::new(&files, POLICY);
    let (_, one) = project.graph.components.pop_first().expect("one card");
    let id = |number: usize| ComponentId::hub_model(&format!("acme/m{number}"));
    for number in 0..count {
        let it = caveat_core::inventory::Component { id: id(number), ..one.clone() };
        project.graph.components.insert(it.id.clone(), it);
    }
    let relation = |(from, to, how)| Relation {
        from: id(from),
        to: id(to),
        how,
        kind: one.kind,
        at: one.at,
        scope: caveat_core::component::Scope::Normal,
        revision: None,
        seen: true,
    };
    project.graph.relations = edges.map(relation).collect();
    project
}

fn card() -> String {
    "---\nlicense: mit\npipeline_tag: text-generation\n---\n".to_owned()
}

#[test]
fn quantising_twice_is_quantising_once() {
    let findings = |quantised: usize| {
        let hops = (0..quantised).map(|it| (it, it + 1, How::QuantizedFrom));
        let mut project = graph_of(hops, quantised + 1);
        let root = ComponentId::hub_model(&format!("acme/m{quantised}"));
        let gemma = "---\nlicense: gemma\n---\n";
        let other = Project::new(&[("models/x/README.md", gemma)], POLICY);
        let base = other.graph.components.into_values().next().expect("one card");
        let made = project.graph.components.get_mut(&root).expect("the root is there");
        made.conclusion = base.conclusion;
        let first = ComponentId::hub_model("acme/m0");
        let report = project.report();
        let of =
            report.findings.iter().filter(|it| it.component == first && it.rule.contains("looser"));
        of.map(|it| (it.level, it.label.clone())).collect::<Vec<_>>()
    };
    assert_eq!(findings(1).len(), 1);
    for more in [2, 3, 9] {
        assert_eq!(findings(more), findings(1), "{more}");
    }
}

/// How many steps upstream of everything there are: what the work is, whatever the machine.
fn steps(project: &Project) -> usize {
    let lineage = caveat_core::lineage::Lineage::of(&project.graph);
    project.graph.components.keys().map(|it| lineage.upstreams(it).len()).sum()
}

#[test]
fn a_ladder_of_diamonds_is_walked_once() {
    let ladder = |rungs: usize| {
        let edges = (0..rungs).flat_map(|it| {
            let (top, left, right, next) = (3 * it, 3 * it + 1, 3 * it + 2, 3 * it + 3);
            [(top, left), (top, right), (left, next), (right, next)]
        });
        graph_of(edges.map(|(from, to)| (from, to, How::FineTunedFrom)), 3 * rungs + 1)
    };
    // Quadratic at worst, as everything lies upstream of everything; not two to the power of 60.
    let (short, long) = (steps(&ladder(30)), steps(&ladder(60)));
    assert!(long < 5 * short, "{short}, {long}");
    assert!(ladder(60).report().findings.is_empty());
}

#[test]
fn a_cycle_ends() {
    let edges = (0..50).flat_map(|it| [(it, (it + 1) % 50), (it, (it + 7) % 50)]);
    let project = graph_of(edges.map(|(from, to)| (from, to, How::MergeOf)), 50);
    assert!(steps(&project) <= 50 * 49);
    assert!(project.report().findings.is_empty(), "{}", project.findings());
}
