//! `[rules]`, `[[rule]]` and what else says how licenses are judged.

use caveat_core::component::Kind;
use caveat_core::source::Spanned;
use caveat_core::tags::Tag;

use super::build::{flag, made, shown, text, unwritten, word};
use super::{Table, Value};
use crate::dispute::Question;
use crate::policy::{Choice, Condition, KindRules, OwnLicense, Policy, RuleLine};
use crate::verdict::{Stance, Verdict};
use crate::vocabulary::Word as _;

pub(super) fn tables(policy: &Policy) -> Vec<Table> {
    let mut tables = vec![rules(policy)];
    tables.extend(policy.rules.kinds.iter().map(|(kind, it)| listed(*kind, it)));
    tables.extend(policy.overrides.iter().filter_map(|it| rule(policy, it)));
    tables.push(relations(policy));
    let mut choose = Table::new("[choose]");
    choose.many("prefer", &policy.choose.prefer, shown);
    tables.push(choose);
    tables.extend(policy.choose.packages.iter().map(choice));
    tables.extend(policy.licenses.iter().map(own_license));
    if let Some(it) = &policy.patents {
        let mut patents = Table::new("[patents]");
        patents.many("grant-required", &it.grant_required, word);
        patents.one("retaliation", it.retaliation.as_ref(), word);
        patents.one("field-notes", it.field_notes.as_ref(), text);
        tables.push(patents);
    }
    tables
}

fn rules(policy: &Policy) -> Table {
    let rules = &policy.rules;
    let mut table = Table::new("[rules]");
    let mut line = |key, it: &Option<Spanned<Verdict>>, default: Verdict| {
        table.or(key, it.as_ref(), word, word(&default));
    };
    line("otherwise", &rules.otherwise, rules.otherwise());
    line("unknown", &rules.unknown, rules.unknown());
    line("ambiguous", &rules.ambiguous, rules.ambiguous());
    line("unanswered", &rules.unanswered, rules.unanswered());
    line("catalog", &rules.catalog, Verdict::Allowed);
    table
}

fn listed(kind: Kind, rules: &KindRules) -> Table {
    let mut table = Table::new(format!("[rules.{}]", kind.name()));
    for stance in Stance::ALL.iter().copied() {
        let tags = rules.tags.iter().filter(|(_, it)| it.value == stance);
        let tags: Vec<Spanned<Tag>> = tags.map(|(tag, it)| Spanned::new(*tag, it.at)).collect();
        table.many(stance.key(), &tags, word);
    }
    table
}

/// A rule; none of products that are not made here, of which a base may speak.
fn rule(policy: &Policy, rule: &RuleLine) -> Option<Table> {
    let products = made(policy, &rule.products)?;
    let mut table = Table::new("[[rule]]");
    table.one("id", Some(&rule.id), text);
    table.many("kind", &rule.kinds, word);
    table.many("use", &rule.uses, word);
    table.many("product", &products, text);
    table.many("tag", &rule.tags, word);
    table.many("license", &rule.licenses, shown);
    table.many("path", &rule.paths, shown);
    table.many("package", &rule.packages, shown);
    if let Some(at) = rule.when.first().map(Condition::at) {
        table.put("when", when(&rule.when), Some(at));
    }
    table.one("check", rule.check.as_ref(), word);
    table.one("verdict", Some(&rule.verdict), word);
    table.one("because", Some(&rule.because), text);
    Some(table)
}

fn when(conditions: &[Condition]) -> Value {
    let mut device = Vec::new();
    let mut all = Vec::new();
    for it in conditions {
        match it {
            Condition::Device(fact, it) => device.push((fact.word().to_owned(), flag(&it.value))),
            Condition::Commercial(it) => all.push(("commercial".to_owned(), flag(&it.value))),
        }
    }
    if !device.is_empty() {
        all.insert(0, ("device".to_owned(), Value::Table(device)));
    }
    Value::Table(all)
}

fn relations(policy: &Policy) -> Table {
    let mut table = Table::new("[relations]");
    for question in Question::ALL.iter().copied() {
        let default = match question {
            Question::Dispute(_) => unwritten("a person has to look"),
            Question::Way(_) => continue,
        };
        table.or(question.word(), policy.answer(question), word, default);
    }
    for question in Question::ALL.iter().filter(|it| matches!(it, Question::Way(_))) {
        table.one(question.word(), policy.answer(*question), word);
    }
    table
}

fn choice(choice: &Choice) -> Table {
    let mut table = Table::new("[[choose.package]]");
    table.one("package", Some(&choice.package), shown);
    table.one("take", Some(&choice.take), text);
    table
}

fn own_license(license: &OwnLicense) -> Table {
    let mut table = Table::new("[[license]]");
    table.one("id", Some(&license.id), text);
    table.one("name", license.name.as_ref(), text);
    table.many("tags", &license.tags, word);
    table.one("text", license.text.as_ref(), text);
    table.one("terms", license.terms.as_ref(), text);
    table
}
