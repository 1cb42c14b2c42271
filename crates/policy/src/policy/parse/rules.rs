//! `[rules]`, `[[rule]]` and what else says how licenses are judged.

use std::collections::BTreeMap;

use caveat_core::component::Kind;
use caveat_core::source::Spanned;

use super::super::{
    Check, Choice, Choose, Condition, DeviceFact, Expectation, KindRules, Mistake, OwnLicense,
    OwnRead, Patents, Preset, RuleLine, Rules,
};
use super::table::Table;
use super::values::{file, flag, glob, kind, license, license_ref, package, text, word};
use crate::dispute::Question;
use crate::verdict::{Stance, Verdict};
use crate::vocabulary::Word;
use caveat_core::tags::Tag;

pub(super) fn rules(mut table: Table<'_>) -> Rules {
    let mut rules = Rules {
        at: Some(table.at()),
        otherwise: table.one("otherwise", word),
        unknown: table.one("unknown", word),
        ambiguous: table.one("ambiguous", word),
        unanswered: table.one("unanswered", word),
        catalog: table.one("catalog", word),
        kinds: BTreeMap::new(),
    };
    let keys: [(&'static str, Kind); 5] = [
        ("code", Kind::Code),
        ("model", Kind::Model),
        ("weights", Kind::Model),
        ("dataset", Kind::Dataset),
        ("document", Kind::Document),
    ];
    for (key, kind) in keys {
        let Some(found) = kind_rules(&mut table, key, kind) else { continue };
        if let Some(earlier) = rules.kinds.get(&kind) {
            let (noun, name, first) = ("kind", kind.name().to_owned(), earlier.at);
            table.note(found.at, Mistake::Twice { noun, name, first });
        } else {
            rules.kinds.insert(kind, found);
        }
    }
    rules
}

/// `code = "permissive+"`, or `[rules.code]`.
fn kind_rules(rules: &mut Table<'_>, key: &'static str, kind: Kind) -> Option<KindRules> {
    if rules.is_string(key) {
        let preset = rules.one(key, word::<Preset>)?;
        return Some(KindRules { at: preset.at, tags: expand(&preset), preset: Some(preset) });
    }
    let mut table = rules.table(key)?;
    let preset = table.one("preset", word::<Preset>);
    let mut listed: BTreeMap<Tag, Spanned<Stance>> = BTreeMap::new();
    for stance in Stance::ALL.iter().copied() {
        for tag in table.many(stance.key(), word::<Tag>) {
            let (at, tag) = (tag.at, tag.value);
            if let Some(earlier) = listed.get(&tag) {
                let (stance, first) = (earlier.value, earlier.at);
                table.note(at, Mistake::TwoStances { tag, kind, stance, first });
            } else {
                listed.insert(tag, Spanned::new(stance, at));
            }
        }
    }
    let mut tags = preset.as_ref().map(expand).unwrap_or_default();
    tags.extend(listed);
    let at = table.at();
    Some(KindRules { at, preset, tags })
}

fn expand(preset: &Spanned<Preset>) -> BTreeMap<Tag, Spanned<Stance>> {
    preset.value.tags().map(|(tag, stance)| (tag, Spanned::new(stance, preset.at))).collect()
}

pub(super) fn rule(mut table: Table<'_>) -> Option<RuleLine> {
    let at = table.at();
    let id = table.need("id", text);
    let kinds = table.many("kind", kind);
    let uses = table.many("use", word);
    let products = table.many("product", text);
    let tags = table.many("tag", word);
    let licenses = table.many("license", license);
    let paths = table.many("path", glob);
    let packages = table.many("package", package);
    let when = table.table("when").map(conditions).unwrap_or_default();
    let check = table.one("check", word::<Check>);
    let verdict = table.need("verdict", word);
    let because = table.need("because", text);
    let conditions = ["kind", "use", "product", "tag", "license", "path", "package", "check"];
    let conditional = conditions.iter().any(|it| table.has(it)) || !when.is_empty();
    if let Some(id) = id.as_ref().filter(|_| !conditional) {
        table.note(id.at, Mistake::Unconditional { id: id.value.clone() });
    }
    let (id, verdict, because) = (id?, verdict?, because?);
    Some(RuleLine {
        at,
        id,
        kinds,
        uses,
        products,
        tags,
        licenses,
        paths,
        packages,
        when,
        check,
        verdict,
        because,
    })
}

fn conditions(mut table: Table<'_>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    if let Some(mut device) = table.table("device") {
        for fact in DeviceFact::ALL {
            let found = device.one(fact.word(), flag);
            conditions.extend(found.map(|it| Condition::Device(*fact, it)));
        }
    }
    conditions.extend(table.one("commercial", flag).map(Condition::Commercial));
    conditions
}

pub(super) fn choose(mut table: Table<'_>) -> Choose {
    Choose { prefer: table.many("prefer", license), packages: table.list("package", choice) }
}

fn choice(mut table: Table<'_>) -> Option<Choice> {
    let at = table.at();
    let (package, take) = (table.need("package", package), table.need("take", text));
    Some(Choice { at, package: package?, take: take? })
}

pub(super) fn relations(mut table: Table<'_>) -> BTreeMap<Question, Spanned<Verdict>> {
    let mut answers = BTreeMap::new();
    for key in table.names() {
        match Question::from_word(&key.value) {
            Some(it) => answers.extend(table.named(&key.value, word).map(|found| (it, found))),
            None => table.note(key.at, super::super::mistake::unknown::<Question>(&key.value)),
        }
    }
    answers
}

pub(super) fn own_license(mut table: Table<'_>) -> Option<OwnLicense> {
    let at = table.at();
    let id = table.need("id", license_ref);
    let name = table.one("name", text);
    let terms = table.one("terms", file);
    // A license says what it asks, by tags or by terms.
    let tags =
        if terms.is_some() { table.many("tags", word) } else { table.need_many("tags", word) };
    let text = table.one("text", file);
    let read = OwnRead::default();
    Some(OwnLicense { at, id: id?, name, tags, text, terms, read })
}

pub(super) fn patents(mut table: Table<'_>) -> Patents {
    Patents {
        at: table.at(),
        grant_required: table.many("grant-required", kind),
        retaliation: table.one("retaliation", word),
        field_notes: table.one("field-notes", file),
    }
}

pub(super) fn expectation(mut table: Table<'_>) -> Option<Expectation> {
    let at = table.at();
    let license = table.need("license", text);
    let kind = table.one("kind", kind);
    let uses = table.many("use", word);
    let product = table.one("product", text);
    let expect = table.need("expect", word);
    Some(Expectation { at, license: license?, kind, uses, product, expect: expect? })
}
