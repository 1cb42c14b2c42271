//! A lock that was just written has no drift; one card that changes its license is exactly that.

use std::collections::BTreeMap;

use caveat_core::library::Library;
use caveat_core::source::SourceId;
use caveat_policy::drift::{Change, Comparison, compare};
use caveat_policy::policy::Lock;
use caveat_policy::state::state;
use proptest::prelude::*;

#[expect(dead_code, reason = "a line for each finding is what other tests compare")]
mod common;

use common::Project;

/// Licenses as cards write them, none of them meaning the same as another.
const LICENSES: [&str; 7] =
    ["mit", "apache-2.0", "cc-by-nc-4.0", "gemma", "llama3.1", "other", "[mit, apache-2.0]"];

fn lock(licenses: &[usize]) -> Lock {
    let card = |(number, it): (usize, &usize)| {
        let text = format!("---\nlicense: {}\n---\n# M\n", LICENSES[*it]);
        (format!("models/m{number}/README.md"), text)
    };
    let files: Vec<_> = licenses.iter().enumerate().map(card).collect();
    let project = Project::new(&files, "caveat = 1\n");
    state(&project.case(), &BTreeMap::new(), &|_| true)
}

fn read(text: &str) -> Lock {
    Lock::parse(text, SourceId(0)).expect("what was written can be read")
}

fn between(was: &[usize], is: &[usize]) -> Comparison {
    compare(&read(&lock(was).write()), &lock(is), Library::embedded())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_just_written_has_no_drift(licenses in prop::collection::vec(0..LICENSES.len(), 1..8)) {
        prop_assert_eq!(between(&licenses, &licenses), Comparison::default());
        let text = lock(&licenses).write();
        prop_assert_eq!(read(&text).write(), text, "and is written in one way");
    }

    #[test]
    fn one_card_that_changes_is_one_drift(
        licenses in prop::collection::vec(0..LICENSES.len(), 1..8),
        at in any::<prop::sample::Index>(),
        to in 0..LICENSES.len(),
    ) {
        let at = at.index(licenses.len());
        prop_assume!(licenses[at] != to);
        let mut changed = licenses.clone();
        changed[at] = to;
        let found = between(&licenses, &changed);
        let ids: Vec<_> = found.drifts.iter().map(|it| it.is.id.value.as_str()).collect();
        let expected = format!("path:models/m{at}");
        prop_assert_eq!(ids, [expected.as_str()]);
        prop_assert!(found.updates.is_empty() && found.added.is_empty() && found.removed.is_empty());
        prop_assert_eq!(found.drifts[0].change, Change::License);
    }
}

#[test]
fn what_differs_is_told_side_by_side() {
    let found = between(&[0], &[2]);
    let tags = |of: &[caveat_policy::drift::Asked]| -> Vec<String> {
        of.iter().map(|it| it.tag.clone()).collect()
    };
    assert!(tags(&found.drifts[0].newly).contains(&"non-commercial".to_owned()), "{found:?}");
    assert!(tags(&found.drifts[0].no_longer).contains(&"permissive".to_owned()), "{found:?}");
    let said = found.drifts[0].newly.iter().find(|it| it.tag == "non-commercial").unwrap();
    assert_eq!(said.to_string(), "use only for non-commercial purposes");
    assert!(said.cite.as_ref().is_some_and(|it| it.starts_with("CC-BY-NC-4.0 §")));
}

#[test]
fn another_order_is_no_other_license_and_a_bare_machine_sees_no_change() {
    let check = |was: &str, is: &str, expected: (usize, usize)| {
        let lock = |it: &str| read(&format!("lock = 1\n[[component]]\n{it}\n"));
        let found = compare(&lock(was), &lock(is), Library::embedded());
        assert_eq!((found.drifts.len(), found.unseen.len()), expected, "{was} {is}");
    };
    let serde = "id = \"pkg:cargo/serde@1.0.1\"";
    check(&format!("{serde}\nlicense = \"MIT\""), serde, (0, 1));
    check(serde, &format!("{serde}\nlicense = \"MIT\""), (0, 1));
    check(serde, serde, (0, 0));
    let newer = "id = \"pkg:cargo/serde@2.0.0\"";
    check(&format!("{serde}\nlicense = \"MIT\""), &format!("{newer}\nlicense = \"MIT\""), (0, 0));
    check(&format!("{serde}\nlicense = \"MIT\""), &format!("{newer}\nlicense = \"ISC\""), (1, 0));
    // A card has no such excuse.
    let card = "id = \"path:models/a\"";
    check(&format!("{card}\nlicense = \"MIT\""), card, (1, 0));
}
