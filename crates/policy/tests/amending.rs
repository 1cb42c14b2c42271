//! Decisions are put on record, and all else stays as it was written.

use caveat_core::source::SourceId;
use caveat_policy::amend::{
    About, Approved, NewClarification, NewException, Reread, difference, free_id, renewed, reread,
    with_clarification, with_exception,
};
use caveat_policy::date::Date;
use caveat_policy::policy::{Digest, Policy};
use proptest::prelude::*;

const HEAD: &str =
    "caveat = 1 # ours\n\n[[product]]\nname = \"api\"\npaths = [\"**\"]\nuses = [\"saas\"]\n";

fn read(text: &str) -> Policy {
    Policy::parse("caveat.toml", text, SourceId(0)).unwrap_or_else(|mistakes| {
        panic!("{}\n{text}", mistakes.iter().map(ToString::to_string).collect::<String>())
    })
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("it is a day")
}

fn new(because: &str) -> NewException {
    NewException {
        id: "EX-10".to_owned(),
        about: About::Package("pkg:huggingface/acme/tiny".to_owned()),
        products: vec!["api".to_owned()],
        allow: vec!["non-commercial".to_owned()],
        because: because.to_owned(),
        owner: "o@acme.example".to_owned(),
        approved: Approved {
            by: "c@acme.example".to_owned(),
            on: day("2026-11-22"),
            ticket: "T-1".to_owned(),
        },
        expires: day("2027-05-01"),
    }
}

const WRITTEN: &str = "[[exception]]\nid       = \"EX-10\"\npackage  = \"pkg:huggingface/acme/tiny\"\n\
    product  = \"api\"\nallow    = [\"non-commercial\"]\nbecause  = \"x\"\nowner    = \"o@acme.example\"\n\
    approved = { by = \"c@acme.example\", on = 2026-11-22, ticket = \"T-1\" }\nexpires  = 2027-05-01\n";

#[test]
fn an_exception_goes_behind_the_others_and_touches_nothing() {
    let check = |before: &str, after: &str| {
        let text = format!("{HEAD}{before}{after}");
        let found = with_exception(&read(&text), &text, &new("x"));
        let gap = if after.is_empty() { "" } else { "\n" };
        let expected = format!(
            "{}\n\n{WRITTEN}{gap}{}",
            format!("{HEAD}{before}").trim_end(),
            after.trim_start()
        );
        assert_eq!(found, expected);
        assert_eq!(read(&found).exceptions.list.len(), read(&text).exceptions.list.len() + 1);
    };
    let nine = WRITTEN
        .replace("EX-10", "EX-9")
        .replace("package  =", "package = # of the hub\n")
        .replace("# of the hub\n", "");
    let several = nine.replace("allow    = [\"non-commercial\"]\n", "")
        + "allow = [\n  \"non-commercial\", # so\n]\n";
    let own_table = nine
        .replace("approved = { by = \"c@acme.example\", on = 2026-11-22, ticket = \"T-1\" }\n", "")
        + "[exception.approved]\nby = \"c\"\non = 2026-11-22\nticket = \"T\"\n";
    let levels = "\n# how loud\n[levels]\nstale-facts = \"note\"\n";
    check("", "");
    for before in [&nine, &several, &own_table] {
        check(before, "");
        check(before, levels);
    }
    let text = format!("{HEAD}{nine}").replace('\n', "\r\n");
    let found = with_exception(&read(&text), &text, &new("x"));
    assert!(found.starts_with(text.trim_end()) && !found.replace("\r\n", "").contains('\n'));
    assert_eq!(free_id(&read(&text)), "EX-10");
    assert_eq!(free_id(&read(HEAD)), "EX-1");
}

#[test]
fn a_renewal_changes_four_values() {
    let text = format!("{HEAD}# keep\n{WRITTEN}# me\n");
    let policy = read(&text);
    let approved = Approved { by: "d".to_owned(), on: day("2027-04-01"), ticket: "T-2".to_owned() };
    let found = renewed(&text, &policy.exceptions.list[0], &approved, day("2027-09-01"));
    let line =
        "approved = { by = \"d\", on = 2027-04-01, ticket = \"T-2\" }\nexpires  = 2027-09-01";
    let old = "approved = { by = \"c@acme.example\", on = 2026-11-22, ticket = \"T-1\" }\nexpires  = 2027-05-01";
    assert_eq!(found, text.replace(old, line));
    let shown = difference("caveat.toml", &text, &found);
    let minus = shown.lines().filter(|it| it.starts_with('-')).count();
    assert_eq!((minus, shown.lines().filter(|it| it.starts_with('+')).count()), (3, 2), "{shown}");
}

#[test]
fn a_clarification_is_written_and_read_again() {
    let digest = Digest([7; 32]);
    let new = NewClarification {
        about: About::Path("models/asr".to_owned()),
        license: "MIT".to_owned(),
        evidence: vec![("LICENSE".to_owned(), digest), ("README.md".to_owned(), digest)],
        because: "read".to_owned(),
        owner: "o".to_owned(),
        decided: day("2026-11-22"),
    };
    let once = with_clarification(&read(HEAD), HEAD, &new);
    let twice = with_clarification(
        &read(&once),
        &once,
        &NewClarification { evidence: vec![("A".to_owned(), digest)], ..new },
    );
    let policy = read(&twice);
    assert_eq!(policy.clarify.len(), 2);
    let again = Reread {
        digests: vec![Digest([8; 32]); 2],
        decided: Some(day("2027-01-01")),
        ..Reread::default()
    };
    let found = read(&reread(&twice, &policy.clarify[0], &again));
    assert_eq!(found.clarify[0].evidence[1].sha256.value, Digest([8; 32]));
    assert_eq!(found.clarify[0].decided.as_ref().map(|it| it.value), Some(day("2027-01-01")));
    assert_eq!(found.clarify[1].evidence[0].sha256.value, digest);
}

proptest! {
    /// Whatever people give as their reason is what is read back.
    #[test]
    fn every_reason_survives(because in "\\PC{1,40}|[\"\\\\\u{0}-\u{20}\u{7f}\u{202e}]{1,9}") {
        prop_assume!(!because.trim().is_empty());
        let text = with_exception(&read(HEAD), HEAD, &new(&because));
        let policy = read(&text);
        prop_assert_eq!(&policy.exceptions.list[0].because.value, &because);
        prop_assert_eq!(text.find(char::from_u32(0x202e).unwrap()), None);
    }
}
