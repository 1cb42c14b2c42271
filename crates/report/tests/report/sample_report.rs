//! The judgement of the sample.

use caveat_core::component::ComponentId;
use caveat_core::source::{Sources, Span};
use caveat_policy::finding::{
    Aside, Because, Finding, Link, Obligation, Report, SetAside, Stated, Status, Step,
};
use caveat_policy::fix::{Answered, Change, Fix};
use caveat_policy::usage::Usage;
use caveat_policy::verdict::Level;

use super::at;

pub(super) fn report(sources: &Sources) -> Report {
    let findings = vec![
        non_commercial(sources),
        looser(sources),
        threshold(sources),
        unknown(sources),
        empty(sources),
        header(sources),
        // The same of another component, and the same of another place.
        Finding { component: ComponentId::hub_model("acme/empty"), ..header(sources) },
        Finding { cause: "again".to_owned(), ..elsewhere(sources) },
    ];
    Report {
        set_aside: vec![SetAside {
            finding: findings[5].clone(),
            why: "exception EX-9, approved by dana@acme.example".to_owned(),
            at: at(sources, "caveat.toml", "deny"),
            by: Aside::Policy,
        }],
        obligations: obligations(sources),
        fixes: vec![fix(sources, &findings[1])],
        findings,
    }
}

fn finding(rule: &'static str, level: Level, id: &str, at: Span, steps: Vec<Step>) -> Finding {
    Finding {
        rule,
        level,
        component: ComponentId::hub_model(id),
        license: None,
        message: String::new(),
        at,
        label: String::new(),
        because: Because::new(steps).expect("there are steps"),
        help: Vec::new(),
        cause: String::new(),
        excepted: None,
    }
}

fn term(says: &str, cite: &str, at: Option<Span>) -> Step {
    Step { cite: Some(cite.to_owned()), ..Step::new(Link::Term, says, at) }
}

fn non_commercial(sources: &Sources) -> Finding {
    let terms = at(sources, "terms/nimbus-nc.toml", "§2.b");
    let steps = vec![
        term(
            "Nimbus Non-Commercial License: \"only … for Non-Commercial Purposes\"",
            "§2.b",
            Some(terms),
        ),
        Step::new(
            Link::Policy,
            "[rules.model] deny = [\"non-commercial\", …]; product `api` (saas, commercial)",
            at(sources, "caveat.toml", "deny"),
        ),
    ];
    let place = at(sources, "services/render/pipeline.py", "\"nimbus/paint-dev\"");
    Finding {
        license: Some("LicenseRef-Nimbus-NC".to_owned()),
        message: "paint-dev may not be run in a commercial service".to_owned(),
        label: "non-commercial weights".to_owned(),
        help: vec![
            "use paint-fast, whose license asks nothing, or buy a license from Nimbus and record it:\ncaveat except nimbus/paint-dev --product api --allow non-commercial".to_owned(),
            "or choose another model".to_owned(),
        ],
        ..finding("denied-license", Level::Deny, "nimbus/paint-dev", place, steps)
    }
}

fn looser(sources: &Sources) -> Finding {
    let card = "models/support/README.md";
    let steps = vec![
        Step::new(
            Link::Relation,
            "Grand Terms of Use, by finetune",
            at(sources, card, "雲/grand-12b"),
        ),
        Step::new(
            Link::Claim,
            "`license: apache-2.0` is the only claim",
            at(sources, card, "apache-2.0"),
        ),
        term("pass on the restrictions of §3.2, give recipients the terms", "§3.1", None),
    ];
    Finding {
        message: "`acme/support` is labelled apache-2.0 but derives from 雲/grand-12b".to_owned(),
        label: "cannot drop Grand's use restrictions".to_owned(),
        help: vec!["set `license: grand`".to_owned()],
        ..finding(
            "looser-than-upstream",
            Level::Deny,
            "acme/support",
            at(sources, card, "apache-2.0"),
            steps,
        )
    }
}

/// Another label, and a line more behind it.
fn fix(sources: &Sources, finding: &Finding) -> Fix {
    let rule = finding.rule;
    let next = at(sources, "models/support/README.md", "base_model");
    let with = "other".to_owned();
    Fix {
        name: "label-of-the-base",
        answers: Some(Answered { rule, fingerprint: finding.fingerprint(), at: finding.at }),
        component: finding.component.clone(),
        title: "state `license: other` and `license_name: grand`".to_owned(),
        because: "it alone keeps what 雲/grand-12b asks".to_owned(),
        changes: vec![
            Change::Insert { at: next, text: "license_name: grand\n".to_owned() },
            Change::Replace { at: finding.at, with },
        ],
    }
}

fn threshold(sources: &Sources) -> Finding {
    let steps = vec![
        term(
            "permission needed above 1 million monthly users on the release date (2025-01-21)",
            "§4",
            None,
        ),
        Step::new(
            Link::Fact,
            "mau = 1,300,000 as of 2024-12-31",
            at(sources, "caveat.toml", "mau = 1_300_000"),
        ),
    ];
    Finding {
        message: "vast needs permission: 1.3 million users on its release date".to_owned(),
        label: "scale-capped".to_owned(),
        help: vec!["ask vast@example.org and record the answer with `caveat except`".to_owned()],
        ..finding(
            "over-threshold",
            Level::Deny,
            "acme/vast",
            at(sources, "models/big/config.json", "\"vast-1.0\""),
            steps,
        )
    }
}

fn unknown(sources: &Sources) -> Finding {
    let card = "models/strange/README.md";
    let steps = vec![
        Step::new(
            Link::Claim,
            "`license_name: \u{1b}[2Jfree\u{202e}` is no license that anybody knows, and the words around it are no grant",
            at(sources, card, "license_name"),
        ),
        Step::new(Link::Claim, "`license: other`", at(sources, card, "other")),
        Step::new(Link::Policy, "unknown = \"review\"", at(sources, "caveat.toml", "unknown")),
    ];
    let end = at(sources, card, "./LICENSE");
    Finding {
        message: "no license can be established for \u{1b}]0;strange\u{7}".to_owned(),
        label: "no such file, and nothing in the tree that looks like the text".to_owned(),
        help: vec!["put the text at ./LICENSE".to_owned()],
        ..finding(
            "unknown-license",
            Level::Warn,
            "acme/strange",
            Span { start: end.end, ..end },
            steps,
        )
    }
}

fn empty(sources: &Sources) -> Finding {
    let place = at(sources, "data/empty/README.md", "");
    Finding {
        message: "the card of `data/empty` is empty".to_owned(),
        label: "nothing to read".to_owned(),
        ..finding(
            "unreadable-input",
            Level::Note,
            "acme/empty",
            place,
            vec![Step::new(Link::Claim, "no claim at all", place)],
        )
    }
}

fn header(sources: &Sources) -> Finding {
    let place = at(sources, "models/tiny.gguf", "gemma");
    let name = at(sources, "models/tiny.gguf", "tiny");
    let steps = vec![Step::new(Link::Claim, "calls itself tiny", name)];
    Finding {
        message: "the header and the card of `acme/tiny` name different licenses".to_owned(),
        label: "a family of terms, no version".to_owned(),
        ..finding("ambiguous-license", Level::Warn, "acme/tiny", place, steps)
    }
}

fn elsewhere(sources: &Sources) -> Finding {
    let place = at(sources, "models/strange/README.md", "other");
    let steps = vec![Step::new(Link::Claim, "no claim either", place)];
    Finding {
        message: "the card of `acme/strange` says nothing".to_owned(),
        ..finding("unreadable-input", Level::Note, "acme/empty", place, steps)
    }
}

fn obligations(sources: &Sources) -> Vec<Obligation> {
    let one = |kind, says: &str, text: Option<&str>, status, evidence| Obligation {
        kind,
        component: ComponentId::hub_model("acme/support"),
        license: "LicenseRef-Grand".to_owned(),
        cite: "§1.b".to_owned(),
        says: says.to_owned(),
        text: text.map(str::to_owned),
        status,
        evidence,
        product: Some("support".to_owned()),
        uses: vec![Usage::DistributeWeights],
        due: true,
        why: if status == Status::Met { String::new() } else { "no notice beside it".to_owned() },
        at: None,
        stated: Stated::default(),
        remedy: None,
    };
    let seen = vec![at(sources, "models/support/README.md", "base_model")];
    vec![
        one(
            "notice-file",
            "ship a file called Notice",
            Some("Grand is licensed under the Grand License, © 雲."),
            Status::Unmet,
            vec![],
        ),
        one("display", "show where the model comes from", None, Status::Met, seen),
        one(
            "license-copy",
            "give recipients a copy of the license",
            None,
            Status::Unchecked,
            vec![],
        ),
    ]
}
