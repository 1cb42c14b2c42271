//! The tables of duties know every word that the facts use.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::library::Library;
use caveat_core::tags::Tag;
use caveat_core::terms::{Acceptance, Heading, HostedService, Terms, Word as _};
use caveat_policy::duty::{Act, Condition, DutyKind, duties, usual};
use caveat_policy::vocabulary::Word as _;

const TRIGGERS: &str = include_str!("../data/duty-triggers.tsv");
const HOSTED: &str = include_str!("../data/hosted-duties.tsv");

fn first_column(table: &str) -> BTreeSet<&str> {
    let lines = table.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.filter_map(|it| it.split('\t').next()).collect()
}

fn known() -> Vec<(&'static str, &'static Terms)> {
    let library = Library::embedded();
    let ids =
        library.sources().filter_map(|(name, _)| name.rsplit('/').next()?.strip_suffix(".toml"));
    ids.filter_map(|id| Some((id, library.terms(id)?))).collect()
}

#[test]
fn every_word_by_which_a_fact_says_when_is_in_the_table_and_used() {
    let mut used = BTreeSet::new();
    for (_, terms) in known() {
        let it = &terms.duties;
        used.extend(it.notices.iter().filter_map(|it| it.value.when.as_deref()));
        used.extend(it.displays.iter().filter_map(|it| it.value.trigger.as_deref()));
        used.extend(it.names.iter().filter_map(|it| it.value.trigger.as_deref()));
        let words = [
            it.license_copy.as_ref().and_then(|it| it.value.trigger.as_deref()),
            it.attribution.as_ref().and_then(|it| it.value.trigger.as_deref()),
            it.state_changes.as_ref().and_then(|it| it.value.trigger.as_deref()),
            it.disclose_source.as_ref().and_then(|it| it.value.trigger.as_deref()),
            it.flow_down.as_ref().and_then(|it| it.value.trigger.as_deref()),
            it.share_alike.as_ref().and_then(|it| it.value.trigger.as_deref()),
            it.output_notice.as_ref().and_then(|it| it.value.trigger.as_deref()),
            it.publication_acknowledgement.as_ref().and_then(|it| it.value.trigger.as_deref()),
        ];
        used.extend(words.into_iter().flatten());
        used.extend(registered(terms));
    }
    assert!(used.len() > 50, "{used:?}");
    assert_eq!(used, first_column(TRIGGERS));
}

/// How a license is accepted says when, where it does not hold for any use.
fn registered(terms: &Terms) -> Option<&'static str> {
    let how = terms.grants.acceptance.as_ref()?.value;
    (how == Acceptance::RegistrationForCommercial).then_some("register before commercial use")
}

/// What terms say that one must do, and that is no duty of its own: the key, and why.
const NO_DUTY: [(&str, &str); 5] = [
    ("attribution", "a fixed notice of the same license is the credit that it asks for"),
    ("hosted-service", "it says when other duties are due: hosted-duties.tsv"),
    ("personal-data", "it says who answers for it, not what is done"),
    ("reverse-engineering", "it asks for terms that leave users a right; no file shows that alone"),
    ("thresholds", "past it a credit is due, which `displays` states with its words"),
];

/// The key that states a line of a terms file.
fn key(text: &str, at: usize) -> &str {
    let head = &text[..text[at..].find('\n').map_or(text.len(), |end| at + end)];
    let stated =
        |it: &&str| it.starts_with(|it: char| it.is_ascii_lowercase()) && it.contains(" = ");
    head.lines().rev().find(stated).and_then(|it| it.split(" = ").next()).unwrap_or_default()
}

#[test]
fn whatever_terms_say_one_must_do_is_a_duty_or_has_a_reason_for_being_none() {
    let library = Library::embedded();
    let texts: BTreeMap<&str, &str> = library
        .sources()
        .map(|(name, text)| (name.rsplit('/').next().unwrap_or(name), text))
        .collect();
    let mut none: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, terms) in known() {
        let told: Vec<_> = duties(terms).into_iter().map(|it| it.line.at).collect();
        let must = terms.lines().filter(|it| it.heading == Heading::Must);
        for line in must.filter(|it| !told.contains(&it.at)) {
            let text = texts[format!("{id}.toml").as_str()];
            none.entry(key(text, line.at.start)).or_insert(id);
        }
    }
    let reasons: BTreeSet<&str> = NO_DUTY.iter().map(|it| it.0).collect();
    let keys: BTreeSet<&str> = none.keys().copied().collect();
    assert_eq!(keys, reasons, "{none:?}");
}

#[test]
fn every_tag_that_asks_for_something_has_its_duty() {
    /// Tags by which duties travel, or that other rules look at.
    const OTHERS: &[(Tag, &str)] = &[
        (Tag::Attribution, "all of the license has to travel for credit to be due"),
        (Tag::WeakReciprocal, "disclose-source is due where programs go out, by its own words"),
        (Tag::StrongReciprocal, "as for weak-reciprocal"),
        (Tag::NetworkReciprocal, "as for weak-reciprocal, and hosted-duties.tsv"),
        (Tag::ShareAlike, "whether the terms of what is made of it fit is asked by other rules"),
        (Tag::AntiLockdown, "installation-information is due by the fact itself"),
    ];
    let mut asking: BTreeSet<Tag> = BTreeSet::new();
    for (_, terms) in known() {
        let told: BTreeSet<_> = duties(terms).into_iter().map(|it| it.line.at.start).collect();
        let tags = caveat_core::tags::tags(terms).into_iter();
        asking.extend(tags.filter(|it| told.contains(&it.at.start)).map(|it| it.tag));
    }
    for tag in DutyKind::ALL.iter().filter_map(|it| usual(*it)?.tag) {
        asking.remove(&tag);
    }
    assert_eq!(asking, OTHERS.iter().map(|it| it.0).collect());
}

#[test]
fn every_kind_of_duty_and_every_clause_on_hosting_has_its_line() {
    for kind in DutyKind::ALL {
        assert!(usual(*kind).is_some(), "{kind} has no line");
    }
    let clauses: BTreeSet<&str> = HostedService::ALL.iter().map(|it| it.0).collect();
    assert_eq!(clauses, first_column(HOSTED));
    for (id, terms) in known() {
        for duty in duties(terms) {
            assert!(!duty.on.is_empty(), "{id}: nothing sets off {}", duty.kind);
        }
    }
}

#[test]
fn what_only_recipients_get_is_not_due_on_a_server() {
    let library = Library::embedded();
    let check = |id: &str, kind: DutyKind, hosted: bool| {
        let terms = library.terms(id).expect("the license is known");
        let duty = duties(terms).into_iter().find(|it| it.kind == kind).expect("it asks for that");
        let on = duty.on.iter().any(|it| it.0 == Act::Host);
        assert_eq!(on, hosted, "{id} {kind}: {:?}", duty.on);
    };
    check("Apache-2.0", DutyKind::NoticeFile, false);
    check("MIT", DutyKind::LicenseCopy, false);
    check("GPL-3.0-only", DutyKind::Source, false);
    check("AGPL-3.0-only", DutyKind::Source, true);
    check("SSPL-1.0", DutyKind::Source, true);
    check("EUPL-1.2", DutyKind::Source, true);
    check("ODC-By-1.0", DutyKind::Attribution, false);
    check("LicenseRef-Gemma-Terms-of-Use", DutyKind::NoticeFile, false);
    check("LicenseRef-Gemma-Terms-of-Use", DutyKind::LicenseCopy, true);
    check("LicenseRef-hunyuan-3d-2.0-community", DutyKind::NoticeFile, false);
    check("LicenseRef-OpenAtom-Model-1.0", DutyKind::LicenseCopy, false);
    check("LicenseRef-OpenAtom-Model-1.0", DutyKind::Attribution, true);
    check("LicenseRef-Llama-3.1-Community", DutyKind::Display, true);
    check("LicenseRef-Llama-3.1-Community", DutyKind::NoticeFile, false);
    check("LicenseRef-Stability-AI-Community", DutyKind::LicenseCopy, true);
    let agpl = library.terms("AGPL-3.0-only").expect("the license is known");
    let source = duties(agpl).into_iter().find(|it| it.kind == DutyKind::Source);
    let on = source.map(|it| it.on).unwrap_or_default();
    assert!(on.contains(&(Act::Host, Condition::Changed)), "{on:?}");
}
