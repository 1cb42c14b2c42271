//! Values of one type each, and their words.

use caveat_core::component::Kind;
use caveat_core::tags::Tag;
use caveat_core::terms::{Business, RestrictedUse};
use serde_json::{Map, Value, json};

use crate::named::NAMES;
use crate::org::OrgKind;
use crate::policy::{
    Audience, BasisKind, Check, ExcludeReason, FINDINGS, Openness, Preset, SHORT, SignOff,
};
use crate::region::Region;
use crate::usage::Usage;
use crate::verdict::{Level, Verdict};
use crate::vocabulary::Word;

/// What is defined once under `$defs`.
pub(super) fn defined(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// One value or a list of them.
pub(super) fn many(name: &str) -> Value {
    json!({ "anyOf": [defined(name), { "type": "array", "items": defined(name) }] })
}

/// One value or a list of one at least.
pub(super) fn some(name: &str) -> Value {
    json!({ "anyOf": [defined(name), { "type": "array", "items": defined(name), "minItems": 1 }] })
}

/// Tables, `[[so]]`.
pub(super) fn list(table: &Value) -> Value {
    json!({ "type": "array", "items": table })
}

/// One table at least.
pub(super) fn need_list(table: &Value) -> Value {
    json!({ "type": "array", "items": table, "minItems": 1 })
}

/// True or false.
pub(super) fn flag() -> Value {
    json!({ "type": "boolean" })
}

/// A number that counts.
pub(super) fn number() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn words<T: Word>() -> Value {
    let aliases = T::ALIASES.iter().map(|(it, _)| *it);
    let words: Vec<_> = T::ALL.iter().map(|it| it.word()).chain(aliases).collect();
    json!({ "enum": words })
}

fn pattern(pattern: &str, example: &str) -> Value {
    json!({ "type": "string", "pattern": pattern, "examples": [example] })
}

pub(super) fn definitions() -> Value {
    let shipped: Vec<_> = NAMES.iter().map(|it| format!("caveat:{it}")).collect();
    let tags: Vec<_> = Tag::ALL.iter().map(|it| it.name()).collect();
    let short = SHORT.iter().map(|(short, _)| *short);
    let findings: Vec<_> = FINDINGS.iter().copied().chain(short).collect();
    let inside = r"^(?!/)(?!(.*/)?\.\.(/|$))[^\\]*\S[^\\]*$";
    let all = [
        ("text", json!({ "type": "string", "pattern": r"\S" })),
        ("day", json!({ "type": "string", "format": "date", "examples": ["2026-12-31"] })),
        ("period", pattern("^[0-9]{1,6}[dwmy]$", "120d")),
        ("glob", pattern(r"^(?!!)(?!/*$)(?!(.*/)?\.\.(/|$))[^\\{}]*\S[^\\{}]*$", "services/**")),
        ("file", pattern(inside, "legal/notices.md")),
        ("who", pattern(r"[^\W_]", "*@acme.example")),
        ("license", pattern(r"\S", "LGPL-*")),
        ("license-ref", pattern("^LicenseRef-[A-Za-z0-9.-]+$", "LicenseRef-acme-1.0")),
        (
            "package",
            pattern(r"^(pkg:[^/]+/.*\S.*|path:.*\S.*)$", "pkg:huggingface/acme/rank@3f2a9c1"),
        ),
        ("digest", pattern("^[0-9a-fA-F]{64}$", &"0".repeat(64))),
        ("url", pattern("^https?://", "https://acme.example/about")),
        (
            "parent",
            json!({ "anyOf": [
            { "enum": shipped },
            { "type": "string", "pattern": r"^(?!caveat:)(?!.*://)(//(?!/))?(?!/)(?!(.*/)?\.\.(/|$))[^\\]*\S[^\\]*$" },
        ] }),
        ),
        ("region", json!({ "enum": Region::words() })),
        ("tag", json!({ "enum": tags })),
        ("allowance", json!({ "anyOf": [defined("tag"), { "enum": findings }] })),
        ("verdict", words::<Verdict>()),
        ("level", words::<Level>()),
        ("use", words::<Usage>()),
        ("kind", words::<Kind>()),
        ("preset", words::<Preset>()),
        ("check", words::<Check>()),
        ("field", words::<RestrictedUse>()),
        ("business", words::<Business>()),
        ("org-kind", words::<OrgKind>()),
        ("audience", words::<Audience>()),
        ("openness", words::<Openness>()),
        ("sign-off", words::<SignOff>()),
        ("reason", words::<ExcludeReason>()),
        ("ground", words::<BasisKind>()),
    ];
    Value::Object(all.into_iter().map(|(name, it)| (name.to_owned(), it)).collect::<Map<_, _>>())
}
