//! Whole policies: those that others wrote, those that are built in, and those that `init` writes.
#![expect(clippy::disallowed_methods, reason = "the test reads its material")]

use std::path::Path;

use caveat_core::component::{ComponentId, Kind};
use caveat_core::source::{SourceId, Sources, Span};
use caveat_core::tags::Tag;
use caveat_policy::date::{Date, Period};
use caveat_policy::named::{DEFAULT, NAMES, named, summary};
use caveat_policy::org::Metric;
use caveat_policy::policy::{
    Allowance, Check, Condition, DeviceFact, InboundTerms, Objection, Outbound, Place, Policy,
    SignOff,
};
use caveat_policy::region::Region;
use caveat_policy::template::{Start, template};
use caveat_policy::usage::Usage;
use caveat_policy::verdict::{Level, Stance, Verdict};
use proptest::prelude::*;

fn parse(text: &str) -> Policy {
    Policy::parse("caveat.toml", text, SourceId(0)).unwrap_or_else(|mistakes| {
        let told: Vec<_> = mistakes
            .iter()
            .map(|it| format!("{}: {it} ({:?})", &text[it.at.range()], it.help()))
            .collect();
        panic!("{}", told.join("\n"))
    })
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
/// An example policy, or `None` where the workspace is used alone.
fn shared(name: &str) -> Option<(String, Policy)> {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = ["../../../shared/policies", "../../../../shared/policies"];
    let read = |it: &str| std::fs::read_to_string(crate_root.join(it).join(name)).ok();
    let Some(text) = places.into_iter().find_map(read) else {
        eprintln!("skipped: there is no ../shared/policies/{name} beside the workspace");
        return None;
    };
    let policy = parse(&text);
    Some((text, policy))
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("the tests write days")
}

#[test]
fn a_startup_is_read_whole() {
    let Some((text, policy)) = shared("saas-startup.toml") else { return };
    let written = |at: Span| &text[at.range()];
    assert_eq!(written(policy.org.at.unwrap()), "[org]");
    let org = &policy.org;
    assert_eq!(org.domicile.as_ref().unwrap().value.code(), "US");
    assert_eq!(org.stale_after.as_ref().unwrap().value, Period::parse("120d").unwrap());
    let mau = |on| org.figure(Metric::MonthlyUsers, day(on)).map(|it| (it.value, it.later));
    assert_eq!(mau("2025-01-21"), Some((1_300_000, false)));
    assert_eq!(mau("2026-11-22"), Some((2_000_000, false)));
    assert_eq!(mau("2023-07-18"), Some((1_300_000, true)), "the earliest after it");
    assert_eq!(org.figure(Metric::DevicesShipped, day("2026-11-22")), None);
    assert!(org.stale(day("2027-02-28")).is_none());
    assert!(org.stale(day("2027-03-01")).is_some());

    assert_eq!(policy.products.len(), 5);
    let training = policy.product("training").unwrap();
    let ends: Vec<_> = policy.ends_of(training).iter().map(|it| it.name.value.as_str()).collect();
    assert_eq!(ends, ["training", "api"]);
    let oss = policy.products_of("oss/tokeniser/src/lib.rs").next().unwrap();
    assert_eq!(oss.outbound.as_ref().unwrap().value, Outbound::License("Apache-2.0".to_owned()));
    let inbound = oss.inbound.as_ref().unwrap();
    assert_eq!(inbound.terms.as_ref().unwrap().value, InboundTerms::SameAsOutbound);
    assert_eq!(inbound.sign_off.as_ref().unwrap().value, SignOff::Dco);

    let stance = policy.stance(Kind::Model, Tag::ScaleCapped).unwrap();
    assert_eq!((stance.value, written(stance.at)), (Stance::Test, "\"scale-capped\""));
    assert_eq!(policy.stance(Kind::Model, Tag::OutputRestricted), None);
    assert_eq!(policy.rules.otherwise(), Verdict::Denied);
    assert_eq!(policy.rules.unanswered(), Verdict::Denied);
    assert_eq!(written(policy.overrides[0].licenses[0].at), "\"LGPL-*\"");
    assert!(policy.overrides[0].licenses[0].value.matches("LGPL-2.1-or-later"));
    assert_eq!(policy.overrides.len(), 4);
    assert_eq!((policy.choose.rank("MIT"), policy.choose.rank("ISC")), (0, 4));

    let exception = &policy.exceptions.list[0];
    let llama = ComponentId::hub_model("meta-llama/Llama-3.1-8B-Instruct").at_revision("0e9e39f");
    assert!(exception.target.matches(&llama, None) && exception.is_for("api"));
    assert_eq!(
        written(exception.allows(Allowance::Tag(Tag::NamingRequired)).unwrap()),
        "\"naming-required\""
    );
    assert_eq!(policy.exceptions.objection(exception, day("2027-06-30")), None);
    let expired = policy.exceptions.objection(exception, day("2027-07-01"));
    assert_eq!(expired, Some(Objection::Expired(exception.expires.at)));
    assert_eq!(policy.exceptions.warn_from(exception), Some(day("2027-05-31")));
    assert_eq!(policy.level("missing-license-text").map(|it| it.value), Some(Level::Warn));
    assert_eq!(policy.due(), Some(day("2027-04-03")));
    assert_eq!(policy.clarify[1].evidence[0].sha256.value.to_string()[..8], *"c71d239d");
}

#[test]
fn a_laboratory_is_read_whole() {
    let Some((_, policy)) = shared("research-lab.toml") else { return };
    assert_eq!(policy.org.markets.as_ref().unwrap()[0].value, Region::WORLDWIDE);
    let sponsored = policy.product("industry-project");
    assert!(policy.commercial(sponsored).unwrap().value);
    assert!(!policy.commercial(policy.product("experiments")).unwrap().value);
    let published = policy.product("published-checkpoints").unwrap();
    assert_eq!(published.outbound.as_ref().unwrap().value, Outbound::Declared);
    assert!(published.is_used(Usage::DistributeWeights));
    let check = policy.overrides[1].check.as_ref().unwrap();
    assert_eq!(check.value, Check::OutboundNoLooserThanUpstream);
    assert!(policy.basis[0].paths[0].value.matches("data/crawl-2026/a/b.warc"));
    assert!(policy.excluded("exp/a/third_party_papers/b.pdf").is_some());
    assert_eq!(policy.met[0].exhibits[0].contains.as_ref().unwrap().value, "## Citation");
}

#[test]
fn a_device_maker_is_read_whole() {
    let Some((text, policy)) = shared("on-device.toml") else { return };
    assert_eq!(&text[policy.extends[0].at.range()], "\"//policy/base.toml\"");
    let markets: Vec<_> =
        policy.org.markets.as_ref().unwrap().iter().map(|it| it.value.code()).collect();
    assert_eq!(markets, ["EU", "GB", "US", "KR", "JP", "CA"]);
    let firmware = policy.product("speaker-firmware").unwrap();
    let relink = firmware.device.as_ref().unwrap().fact(DeviceFact::UserCanRelink).unwrap();
    assert!(!relink.value);
    let rule = &policy.overrides[1];
    let [Condition::Device(DeviceFact::UserCanRelink, wanted)] = rule.when.as_slice() else {
        panic!("{:?}", rule.when)
    };
    assert_eq!((wanted.value, &text[wanted.at.range()]), (false, "false"));
    let kernel = &policy.overrides[0].licenses[1].value;
    assert!(kernel.matches("GPL-2.0-only WITH Linux-syscall-note"));
    assert_eq!(policy.patents.as_ref().unwrap().grant_required[1].value, Kind::Model);
    let source_offer = &policy.met[3];
    assert!(matches!(&source_offer.exhibits[1].place, Place::Url { checked: Some(_), .. }));
    assert_eq!(source_offer.valid_for.as_ref().unwrap().value.to_string(), "3y");
    assert_eq!(policy.exceptions.objection(&policy.exceptions.list[0], day("2026-11-22")), None);
}

#[test]
fn a_figure_is_the_newest_that_was_known() {
    let policy = parse(
        "[[org.facts]]\nas-of = 2026-06-30\nmau = 9\ndau = 1\n[[org.facts]]\nas-of = 2025-06-30\nmau = 5\n",
    );
    let check = |metric, on, expected| {
        let found = policy.org.figure(metric, day(on)).map(|it| (it.value, it.later));
        assert_eq!(found, expected, "{metric} on {on}");
    };
    check(Metric::MonthlyUsers, "2026-06-30", Some((9, false)));
    check(Metric::MonthlyUsers, "2026-06-29", Some((5, false)));
    check(Metric::MonthlyUsers, "2025-06-29", Some((5, true)));
    check(Metric::DailyUsers, "2025-06-30", Some((1, true)));
    check(Metric::Headcount, "2026-06-30", None);
}

#[test]
fn exceptions_have_bounds() {
    let text = r#"
        exceptions = { longest = "90d", approvers = ["counsel@acme.example"] }
        exception = [
          { id = "A", path = "a", allow = "non-commercial", because = "b", owner = "o", expires = 2026-12-31,
            approved = { by = "counsel@acme.example", on = 2026-01-01, ticket = "1" } },
          { id = "B", path = "a", allow = "denied-license", because = "b", owner = "o", expires = 2026-03-31,
            approved = { by = "dana@acme.example", on = 2026-01-01, ticket = "1" } },
        ]"#;
    let exceptions = parse(text).exceptions;
    let objection = |index: usize, on| exceptions.objection(&exceptions.list[index], day(on));
    let Some(Objection::TooLong { last, .. }) = objection(0, "2026-02-01") else { panic!() };
    assert_eq!(last, day("2026-04-01"));
    assert!(matches!(objection(1, "2026-02-01"), Some(Objection::NotAnApprover(_))));
    assert!(matches!(objection(1, "2025-12-31"), Some(Objection::NotYet(_))));
    assert_eq!(exceptions.list[1].allow[0].value, Allowance::Finding("denied-license"));
}

#[test]
fn the_smallest_policy_uses_presets() {
    let text = "caveat = 1\n[rules]\nunknown = \"deny\"\ncode = \"permissive+\"\nweights = \"commercial\"\n\
                [rules.dataset]\npreset = \"commercial\"\ndeny = [\"share-alike\"]\n";
    let policy = parse(text);
    let check = |kind, tag, stance, written| {
        let found = policy.stance(kind, tag).unwrap();
        assert_eq!((found.value, &text[found.at.range()]), (stance, written), "{tag}");
    };
    check(Kind::Code, Tag::WeakReciprocal, Stance::Allow, "\"permissive+\"");
    check(Kind::Model, Tag::RevenueCapped, Stance::Test, "\"commercial\"");
    check(Kind::Dataset, Tag::ShareAlike, Stance::Deny, "\"share-alike\"");
    check(Kind::Dataset, Tag::Permissive, Stance::Allow, "\"commercial\"");
    assert_eq!(policy.rules.ambiguous(), Verdict::Review, "silence is not consent");
}

#[test]
fn products_may_feed_one_another_in_circles() {
    let product = |name, feeds| {
        format!(
            "{{ name = \"{name}\", paths = \"{name}\", uses = \"saas\", feeds = [\"{feeds}\"] }}"
        )
    };
    let policy = parse(&format!("product = [{}, {}]", product("a", "b"), product("b", "a")));
    assert_eq!(policy.ends_of(&policy.products[1]).len(), 2);
}

#[test]
fn every_built_in_policy_is_a_policy() {
    assert!(NAMES.contains(&DEFAULT));
    assert_eq!(named("nothing"), None);
    for name in NAMES {
        let policy = parse(named(name).unwrap());
        assert!(summary(name).is_some_and(|it| it.starts_with("For ")), "{name}");
        assert_eq!(policy.rules.unanswered(), Verdict::Review, "{name}");
        assert!(policy.org.domicile.is_none() && policy.org.facts.is_empty(), "{name}");
        assert!(policy.products_of("src/main.rs").next().is_some(), "{name}");
        for kind in [Kind::Code, Kind::Model, Kind::Dataset] {
            let stance = |tag| policy.stance(kind, tag).map(|it| it.value);
            assert_eq!(stance(Tag::Permissive), Some(Stance::Allow), "{name}");
            assert!(stance(Tag::NonCommercial).is_some(), "{name}: {kind:?}");
        }
    }
}

#[test]
fn every_built_in_policy_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let mut names = NAMES.to_vec();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn a_new_policy_says_no_more_than_is_known() {
    let text = template(&Start {
        commercial: Some(true),
        domicile: Region::parse("DE"),
        uses: &[Usage::Saas, Usage::FineTune],
        ..Start::default()
    });
    let expected = r#"# The license policy of this repository, read by `caveat check`.

caveat = 1

# Who we are. Licenses ask for these facts; what is absent is taken as not known.
[org]
commercial = true             # whether we do it for money
domicile   = "DE"             # where our seat is
# markets    = ["US", "EU"]     # where our users are

# What we make, where it lies, and how it uses what others made.
# uses: internal, saas, distribute-binary, distribute-weights, fine-tune, train-from-data,
#       distil, eval-only
[[product]]
name  = "app"
paths = ["**"]
uses  = ["saas", "fine-tune"]

# allow, review or deny; presets: permissive, permissive+, any-open, research, commercial
[rules]
unknown = "deny"
code    = "permissive+"
weights = "commercial"
dataset = "commercial"
"#;
    assert_eq!(text, expected);
    assert!(parse(&text).org.markets.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_new_policy_is_a_policy_whatever_the_product_is_called(name in ".*", free in any::<bool>()) {
        let start = Start { product: Some(&name), commercial: Some(!free), ..Start::default() };
        let policy = parse(&template(&start));
        let named = if name.trim().is_empty() { "app" } else { &name };
        prop_assert_eq!(&policy.products[0].name.value, named);
    }
}

#[test]
fn spans_count_the_byte_order_mark() {
    let text = "\u{feff}caveat = 1\n[org]\nname = \"Zoë\"\ndomicile = \"NL\"\n";
    let mut sources = Sources::new();
    let id = sources.add("caveat.toml", text);
    let policy = Policy::parse("caveat.toml", text, id).unwrap();
    assert_eq!(sources.text(policy.org.domicile.unwrap().at), "\"NL\"");
}
