//! One run made by hand: every name in it is invented.

use std::collections::BTreeMap;

use caveat_core::component::{ComponentId, Evidence, How, Kind, Origin, Strength};
use caveat_core::coverage::{Coverage, Skipped, Weights};
use caveat_core::expression::Expression;
use caveat_core::inventory::{Claim, Component, Conclusion, Graph, Relation, Standing, Stated};
use caveat_core::source::{Problem, Source, SourceId, Sources, Span, Spanned};
use caveat_policy::finding::Report;
use caveat_report::formats::named;
use caveat_report::run::{Files, Look, Run};

#[path = "sample_report.rs"]
mod sample_report;

/// Everything that a [`Run`] borrows.
pub(crate) struct Sample {
    pub(crate) sources: Sources,
    pub(crate) files: Files,
    pub(crate) graph: Graph,
    pub(crate) report: Report,
    pub(crate) coverage: Coverage,
    pub(crate) categories: BTreeMap<String, String>,
}

const PIPELINE: &str =
    "import nimbus\n\n\ndef main():\n\tpipe = nimbus.load(\"nimbus/paint-dev\")\n";
const CARD: &str = "\u{feff}---\nlicense: apache-2.0 # 大らか\nbase_model: 雲/grand-12b\n---\n";
const STRANGE: &str =
    "---\nlicense: other\nlicense_name: \u{1b}[2Jfree\u{202e}\nlicense_link: ./LICENSE";
const POLICY: &str =
    "mau = 1_300_000\n\n[rules.model]\ndeny = [\"non-commercial\"]\nunknown = \"review\"\n";
const TERMS: &str = "id = \"LicenseRef-Nimbus-NC\"\nuse = \"§2.b\"\n";

impl Sample {
    pub(crate) fn new() -> Self {
        let sources = sources();
        Self {
            graph: graph(&sources),
            files: files(&sources),
            report: sample_report::report(&sources),
            coverage: Coverage {
                read: 7,
                seen: 9,
                weights: Weights { files: 2, read: 4_321, bytes: 9_876_543_210 },
                skipped: vec![Skipped {
                    path: "models/huge.bin".to_owned(),
                    why: "larger than 2 GB".to_owned(),
                }],
                not_looked_at: vec!["the network".to_owned(), "images".to_owned()],
            },
            categories: BTreeMap::from([("Apache-2.0".to_owned(), "permissive".to_owned())]),
            sources,
        }
    }

    /// The run, judged.
    pub(crate) fn run(&self) -> Run<'_> {
        Run {
            version: "0.1.0",
            data: "2026-11-01",
            root: ".",
            policy: Some("caveat.toml"),
            default_because: None,
            sources: &self.sources,
            files: &self.files,
            graph: &self.graph,
            report: Some(&self.report),
            coverage: &self.coverage,
            categories: Some(&self.categories),
            audit: false,
        }
    }
}

/// What the format of that name makes of a run.
pub(crate) fn written(format: &str, run: &Run<'_>, look: &Look) -> String {
    let mut bytes = Vec::new();
    let format = named(format).expect("the format exists");
    (format.write)(run, look, &mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("formats write text")
}

/// The place of `words` in the source called `path`.
pub(crate) fn at(sources: &Sources, path: &str, words: &str) -> Span {
    let source = sources.iter().find(|it| it.name == path).expect("the source exists");
    let start = source.text.find(words).expect("the words are in it");
    source.span(start..start + words.len())
}

fn sources() -> Sources {
    let mut sources = Sources::new();
    sources.add("services/render/pipeline.py", PIPELINE);
    sources.add("models/support/README.md", CARD);
    let filler = "\"weight\": 1, ".repeat(40_000);
    sources
        .add("models/big/config.json", format!("{{{filler}\"license\": \"vast-1.0\", {filler}}}"));
    sources.add("models/strange/README.md", STRANGE);
    sources.add("data/empty/README.md", "");
    sources.add("caveat.toml", POLICY);
    sources.add("terms/nimbus-nc.toml", TERMS);
    let text = "general.name = \"tiny\"\ngeneral.license = \"gemma\"\n";
    let mut header = Source::text(sources.next(), "models/tiny.gguf", text);
    header.origins = vec![(16, 96), (41, 10_432)];
    sources.insert(header);
    sources
}

/// All but the terms, in a folder of the repository.
fn files(sources: &Sources) -> Files {
    let folder = "apps/it/".to_owned();
    let own = sources.iter().filter(|it| !it.name.starts_with("terms/"));
    let paths = own.map(|it| (it.id, format!("{folder}{}", it.name))).collect();
    Files { folder, paths, address: None }
}

/// The expression of one license.
fn license(id: &str, at: Span) -> Expression {
    caveat_core::expression::parse(id, at).expression.expect("the id is an expression")
}

fn claim(sources: &Sources, path: &str, raw: &str, meant: Option<&str>) -> Claim {
    let at = at(sources, path, raw);
    Claim {
        raw: Spanned::new(raw.to_owned(), at),
        stated: match meant {
            Some(it) => Stated::Expression(license(it, at)),
            None => Stated::Unrecognised,
        },
        evidence: Evidence { at, origin: Origin::Card, strength: Strength::Declared },
        decided_by: None,
        score: None,
        modified: false,
        notes: Vec::new(),
    }
}

/// A component with one claim that settles its license.
pub(crate) fn component(id: ComponentId, kind: Kind, path: &str, claims: Vec<Claim>) -> Component {
    let license = claims.first().and_then(|it| match &it.stated {
        Stated::Expression(it) => Some(it.clone()),
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            None
        }
    });
    let standing = if license.is_some() { Standing::Clear } else { Standing::Unknown };
    let at = claims.first().map_or(Span::new(SourceId(0), 0..0), |it| it.raw.at);
    Component {
        claims,
        conclusion: Conclusion { license, standing },
        own: true,
        ..Component::new(id, kind, path, at)
    }
}

fn graph(sources: &Sources) -> Graph {
    let mut mixed = vec![
        claim(sources, "models/tiny.gguf", "gemma", Some("LicenseRef-Gemma")),
        claim(sources, "models/support/README.md", "apache-2.0", Some("Apache-2.0")),
    ];
    mixed[0].evidence.origin = Origin::Weights;
    mixed[1].score = Some(0.98);
    let support = ComponentId::hub_model("acme/support");
    let one = |name: &str| ComponentId::hub_model(name);
    let said = |path, raw, meant| vec![claim(sources, path, raw, meant)];
    let mut components = vec![
        component(
            support.clone(),
            Kind::Model,
            "models/support",
            said("models/support/README.md", "apache-2.0", Some("Apache-2.0")),
        ),
        component(one("acme/tiny"), Kind::Model, "models/tiny.gguf", mixed),
        component(
            ComponentId::path("models/strange"),
            Kind::Model,
            "models/strange",
            said("models/strange/README.md", "\u{1b}[2Jfree\u{202e}", None),
        ),
        component(ComponentId::path("data/empty"), Kind::Dataset, "data/empty", Vec::new()),
    ];
    components[1].conclusion.standing =
        Standing::Ambiguous("the header and the card name different licenses".to_owned());
    let base = at(sources, "models/support/README.md", "雲/grand-12b");
    Graph {
        components: components.into_iter().map(|it| (it.id.clone(), it)).collect(),
        relations: vec![Relation {
            scope: caveat_core::component::Scope::Normal,
            from: support,
            to: one("雲/grand-12b"),
            how: How::FineTunedFrom,
            kind: Kind::Model,
            at: base,
            revision: None,
            seen: false,
        }],
        problems: vec![Problem::new(
            at(sources, "models/strange/README.md", "other"),
            "`license_link` names a file that is not there",
        )],
    }
}
