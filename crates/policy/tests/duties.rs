//! The tables of duties know every word that the facts use.

use std::collections::BTreeSet;

use caveat_core::library::Library;
use caveat_core::terms::{HostedService, Terms, Word as _};
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
    }
    assert!(used.len() > 50, "{used:?}");
    assert_eq!(used, first_column(TRIGGERS));
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
