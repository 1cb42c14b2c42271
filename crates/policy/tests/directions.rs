//! A policy on top of another tightens and never loosens: tried for every key of the language.

use caveat_core::source::SourceId;
use caveat_policy::extends::direction::{DIRECTIONS, Direction, direction};
use caveat_policy::extends::effective;
use caveat_policy::policy::{Mistake, Policy, PolicyError};
use caveat_policy::schema::schema;
use serde_json::Value;

/// Every key of the schema, by its path.
fn keys(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut queue = vec![(String::new(), schema)];
    while let Some((path, node)) = queue.pop() {
        if let Some(it) = node.get("$ref").and_then(Value::as_str) {
            let name = it.rsplit('/').next().expect("a reference has a name");
            queue.push((path, &schema["$defs"][name]));
            continue;
        }
        for many in ["anyOf", "oneOf", "allOf"] {
            let all = node.get(many).and_then(Value::as_array).into_iter().flatten();
            queue.extend(all.map(|it| (path.clone(), it)));
        }
        queue.extend(node.get("items").map(|it| (path.clone(), it)));
        for (key, it) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            found.push(path.clone());
            queue.push((path, it));
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_key_of_the_language_has_a_direction() {
    let schema: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    let keys = keys(&schema);
    assert!(keys.len() > 150, "{keys:?}");
    let has_keys = |it: &str| keys.iter().any(|key| key.starts_with(&format!("{it}.")));
    for key in keys.iter().filter(|it| !has_keys(it)) {
        assert!(direction(key).is_some(), "`{key}` goes neither way: give it a line in DIRECTIONS");
    }
    for (key, _) in DIRECTIONS {
        assert!(keys.iter().any(|it| it == key), "`{key}` is no key");
    }
}

fn merged(base: &str, child: &str) -> Result<Policy, Vec<PolicyError>> {
    let parse = |name, text: &str, id| {
        Policy::parse_base(name, text, SourceId(id)).unwrap_or_else(|it| panic!("{it:?}\n{text}"))
    };
    let child = parse("caveat.toml", &format!("extends = \"base.toml\"\n{child}"), 0);
    effective(&child, &[parse("base.toml", base, 1)])
}

/// A key, what a base says, what a child may say, and what it may not.
type Try = (&'static str, &'static str, &'static str, &'static str);

const TRIES: &[Try] = &[
    (
        "org.kind",
        "[org]\nkind = \"for-profit\"",
        "[org]\nkind = \"for-profit\"",
        "[org]\nkind = \"academic\"",
    ),
    (
        "org.commercial",
        "[org]\ncommercial = true",
        "[org]\ncommercial = true",
        "[org]\ncommercial = false",
    ),
    (
        "org.domicile",
        "[org]\ndomicile = \"US\"",
        "[org]\ndomicile = \"US\"",
        "[org]\ndomicile = \"NL\"",
    ),
    (
        "org.markets",
        "[org]\nmarkets = [\"US\", \"NL\"]",
        "[org]\nmarkets = [\"EU\", \"US\"]",
        "[org]\nmarkets = [\"US\"]",
    ),
    (
        "org.fields",
        "[org]\nfields = [\"energy\"]",
        "[org]\nfields = [\"energy\", \"medical\"]",
        "[org]\nfields = []",
    ),
    (
        "org.business",
        "[org]\nbusiness = [\"model-as-a-service\"]",
        "[org]\nbusiness = [\"model-as-a-service\"]",
        "[org]\nbusiness = []",
    ),
    (
        "org.stale-after",
        "[org]\nstale-after = \"90d\"",
        "[org]\nstale-after = \"30d\"",
        "[org]\nstale-after = \"91d\"",
    ),
    (
        "org.facts",
        "[[org.facts]]\nas-of = 2026-01-01\nmau = 100",
        "[[org.facts]]\nas-of = 2026-02-01\nmau = 101",
        "[[org.facts]]\nas-of = 2026-02-01\nmau = 99",
    ),
    ("product.commercial", "[org]\ncommercial = true", "", "commercial = false"),
    (
        "product.markets",
        "[org]\nmarkets = [\"US\", \"EU\"]",
        "markets = [\"worldwide\"]",
        "markets = [\"US\"]",
    ),
    (
        "product.fields",
        "[org]\nfields = [\"energy\"]",
        "fields = [\"energy\"]",
        "fields = [\"medical\"]",
    ),
    (
        "rules.otherwise",
        "[rules]\notherwise = \"review\"",
        "[rules]\notherwise = \"deny\"",
        "[rules]\notherwise = \"allow\"",
    ),
    (
        "rules.unknown",
        "[rules]\nunknown = \"review\"",
        "[rules]\nunknown = \"deny\"",
        "[rules]\nunknown = \"allow\"",
    ),
    (
        "rules.ambiguous",
        "[rules]\nambiguous = \"review\"",
        "[rules]\nambiguous = \"deny\"",
        "[rules]\nambiguous = \"allow\"",
    ),
    (
        "rules.unanswered",
        "[rules]\nunanswered = \"review\"",
        "[rules]\nunanswered = \"deny\"",
        "[rules]\nunanswered = \"allow\"",
    ),
    (
        "rules.catalog",
        "[rules]\ncatalog = \"review\"",
        "[rules]\ncatalog = \"deny\"",
        "[rules]\ncatalog = \"allow\"",
    ),
    (
        "rules.code",
        "[rules.code]\nreview = [\"weak-reciprocal\"]",
        "[rules.code]\ndeny = [\"weak-reciprocal\"]",
        "[rules.code]\nallow = [\"weak-reciprocal\"]",
    ),
    (
        "rules.model",
        "[rules.model]\nreview = [\"use-restricted\"]",
        "[rules.model]\ndeny = [\"use-restricted\"]",
        "[rules.model]\ntest = [\"use-restricted\"]",
    ),
    (
        "rules.weights",
        "[rules.weights]\ndeny = [\"non-commercial\"]",
        "[rules.model]\ndeny = [\"non-commercial\"]",
        "[rules.model]\nreview = [\"non-commercial\"]",
    ),
    (
        "rules.dataset",
        "[rules.dataset]\ndeny = [\"non-commercial\"]",
        "[rules.dataset]\ndeny = [\"non-commercial\"]",
        "[rules.dataset]\nallow = [\"non-commercial\"]",
    ),
    (
        "rules.document",
        "[rules.document]\ndeny = [\"permissive\"]",
        "[rules.document]\ndeny = [\"permissive\"]",
        "[rules.document]\nallow = [\"permissive\"]",
    ),
    (
        "rule",
        "[[rule]]\nid = \"a\"\ntag = \"permissive\"\nverdict = \"review\"\nbecause = \"x\"",
        "[[rule]]\nid = \"b\"\ntag = \"permissive\"\nverdict = \"deny\"\nbecause = \"x\"",
        "[[rule]]\nid = \"b\"\ntag = \"permissive\"\nverdict = \"allow\"\nbecause = \"x\"",
    ),
    (
        "relations",
        "[relations]\nnc-training = \"review\"",
        "[relations]\nnc-training = \"deny\"",
        "[relations]\nnc-training = \"allow\"",
    ),
    (
        "choose.package",
        "[[choose.package]]\npackage = \"pkg:cargo/a\"\ntake = \"MIT\"",
        "[[choose.package]]\npackage = \"pkg:cargo/b\"\ntake = \"0BSD\"",
        "[[choose.package]]\npackage = \"pkg:cargo/a\"\ntake = \"0BSD\"",
    ),
    (
        "exceptions.longest",
        "[exceptions]\nlongest = \"90d\"",
        "[exceptions]\nlongest = \"30d\"",
        "[exceptions]\nlongest = \"1y\"",
    ),
    (
        "exceptions.warn-before",
        "[exceptions]\nwarn-before = \"30d\"",
        "[exceptions]\nwarn-before = \"40d\"",
        "[exceptions]\nwarn-before = \"20d\"",
    ),
    (
        "exceptions.approvers",
        "[exceptions]\napprovers = [\"a@acme.example\", \"b@acme.example\"]",
        "[exceptions]\napprovers = [\"b@acme.example\"]",
        "[exceptions]\napprovers = [\"c@acme.example\"]",
    ),
    (
        "patents.retaliation",
        "[patents]\nretaliation = \"review\"",
        "[patents]\nretaliation = \"deny\"",
        "[patents]\nretaliation = \"allow\"",
    ),
    (
        "baseline.until",
        "[baseline]\nfile = \"b.toml\"\nuntil = 2026-06-30",
        "[baseline]\nfile = \"b.toml\"\nuntil = 2026-05-30",
        "[baseline]\nfile = \"b.toml\"\nuntil = 2026-07-30",
    ),
    (
        "levels",
        "[levels]\nstale-facts = \"deny\"",
        "[levels]\nstale-facts = \"deny\"",
        "[levels]\nstale-facts = \"warn\"",
    ),
];

#[test]
fn a_child_tightens_and_never_loosens_whatever_the_key() {
    for (key, base, stricter, looser) in TRIES {
        let of = |it: &str| match key.strip_prefix("product.") {
            Some(_) => format!("[[product]]\nname = \"a\"\npaths = \"**\"\nuses = \"saas\"\n{it}"),
            None => (*it).to_owned(),
        };
        assert!(merged(base, &of(stricter)).is_ok(), "{key}: {:?}", merged(base, &of(stricter)));
        let Err(mistakes) = merged(base, &of(looser)) else { panic!("{key} may be loosened") };
        assert!(mistakes.iter().all(|it| matches!(it.mistake, Mistake::Loosens { .. })), "{key}");
        let shows = |it: &PolicyError| it.at.source == SourceId(0) && it.also().is_some();
        assert!(mistakes.iter().all(shows), "{key}: both lines are shown");
    }
}

#[test]
fn every_direction_is_tried() {
    for (key, direction) in DIRECTIONS {
        let tried = TRIES.iter().any(|it| it.0 == *key);
        let needs = match direction {
            Direction::Stricter
            | Direction::Wider
            | Direction::Narrower
            | Direction::Sooner
            | Direction::Longer
            | Direction::Larger
            | Direction::Same => !KEPT.contains(key),
            Direction::Added | Direction::Record | Direction::Free => false,
        };
        assert_eq!(tried, needs, "{key}");
    }
}

/// Keys that cannot be loosened: there is one value, or what a child leaves out stays.
const KEPT: [&str; 2] = ["caveat", "patents.grant-required"];

#[test]
fn what_a_base_says_of_us_and_lists_stays_where_a_child_is_silent() {
    let base = "[org]\ncommercial = true\nmarkets = [\"EU\"]\nfields = [\"energy\"]\n\
        [[product]]\nname = \"service\"\npaths = \"**\"\nuses = \"saas\"\n[patents]\ngrant-required = [\"code\"]\n";
    let child = "[[product]]\nname = \"lab\"\npaths = \"lab/**\"\nuses = \"internal\"\n[patents]\ngrant-required = [\"model\"]\n";
    let policy = merged(base, child).expect("it fits");
    let names: Vec<_> = policy.products.iter().map(|it| it.name.value.as_str()).collect();
    assert_eq!(names, ["service", "lab"]);
    assert_eq!(policy.org.commercial.as_ref().map(|it| it.value), Some(true));
    assert_eq!(policy.org.markets.as_deref().map(<[_]>::len), Some(1));
    assert_eq!(policy.org.fields.as_deref().map(<[_]>::len), Some(1));
    assert_eq!(policy.patents.map(|it| it.grant_required.len()), Some(2));
    let again =
        merged(base, "[[product]]\nname = \"service\"\npaths = \"a\"\nuses = \"internal\"\n");
    let again = again.expect_err("a name is given once");
    assert!(matches!(again[0].mistake, Mistake::Twice { .. }), "{again:?}");
}
