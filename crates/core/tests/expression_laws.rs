//! What holds for all expressions, and for all text that may be taken for one.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]

use std::time::{Duration, Instant};

use caveat_core::expression::{Expression, Leaf, parse};
use caveat_core::source::{SourceId, Span};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Where the text begins in its source.
const OFFSET: usize = 7;

fn at(text: &str) -> Span {
    Span::new(SourceId(0), OFFSET..OFFSET + text.len())
}

fn read(text: &str) -> Expression {
    let parsed = parse(text, at(text));
    parsed.expression.unwrap_or_else(|| panic!("{text}: {:?}", parsed.notes))
}

/// The structure, without the places.
fn shape(expression: &Expression) -> String {
    match expression {
        Expression::License(it) => {
            format!("{:?}", (&it.id, it.or_later, it.with.as_ref().map(|it| &it.value)))
        }
        Expression::Nothing(_) => "nothing".to_owned(),
        Expression::NoAssertion(_) => "silence".to_owned(),
        Expression::And(parts) => format!("and{:?}", parts.iter().map(shape).collect::<Vec<_>>()),
        Expression::Or(parts) => format!("or{:?}", parts.iter().map(shape).collect::<Vec<_>>()),
    }
}

fn leaf() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "MIT",
        "mit",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "MPL-1.1+",
        "gpl-2.0",
        "GPL-2.0+",
        "GPL-2.0-only+",
        "GPL-2.0-with-classpath-exception",
        "GPL-3.0-with-GCC-exception WITH Bison-exception-2.2",
        "LicenseRef-a_b",
        "DocumentRef-x:licenseref-Y WITH AdditionRef-z",
        "Unheard-of+",
        "MIT WITH unheard-of",
        "NONE",
        "NOASSERTION",
        "MIT/Zlib",
    ])
    .prop_map(str::to_owned)
}

/// Text of an expression, with brackets around every operator.
fn text(leaf: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    leaf.prop_recursive(5, 24, 4, |inner| {
        let operator = prop::sample::select(vec![" AND ", " or "]);
        (operator, prop::collection::vec(inner, 1..4))
            .prop_map(|(operator, parts)| format!("({})", parts.join(operator)))
    })
}

/// Text over few licenses, so that parts recur.
fn recurring() -> impl Strategy<Value = String> {
    text(prop::sample::select(vec!["MIT", "ISC", "Zlib", "X11"]).prop_map(str::to_owned))
}

/// Which of the four licenses of [`recurring`] it is.
fn number(leaf: Leaf<'_>) -> usize {
    let numbers = ["MIT", "ISC", "Zlib", "X11"];
    numbers.iter().position(|it| *it == leaf.to_string()).expect("one of four")
}

fn worst_best(expression: &Expression, bits: u8) -> bool {
    expression.weigh(&mut |leaf| bits >> number(leaf) & 1 == 1).value
}

#[track_caller]
fn same(one: &str, other: &str, expected: bool) {
    assert_eq!(read(one).same_as(&read(other)), expected, "{one} == {other}");
    assert_eq!(read(other).same_as(&read(one)), expected, "{other} == {one}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_shown_is_read_again_as_the_same(text in text(leaf())) {
        prop_assume!(parse(&text, at(&text)).expression.is_some());
        let expression = read(&text);
        let shown = expression.to_string();
        prop_assert_eq!(shape(&read(&shown)), shape(&expression));
        prop_assert_eq!(read(&shown).to_string(), shown);
        prop_assert!(expression.same_as(&read(&expression.canonical().to_string())));
    }

    #[test]
    fn what_a_note_proposes_means_what_was_read(leaf in leaf()) {
        let text = format!("X11 AND {leaf}");
        prop_assume!(parse(&text, at(&text)).expression.is_some());
        let mut proposed = text.clone();
        for note in parse(&text, at(&text)).notes.iter().rev() {
            if let Some(instead) = &note.instead {
                let range = note.at.range();
                proposed.replace_range(range.start - OFFSET..range.end - OFFSET, instead);
            }
        }
        prop_assert_eq!(shape(&read(&proposed)), shape(&read(&text)));
    }

    /// With a yes or no for each of four licenses, 16 answers tell all that an expression says.
    #[test]
    fn same_as_is_equality_of_all_answers(one in recurring(), other in recurring()) {
        let (one, other) = (read(&one), read(&other));
        let equal = (0..16).all(|bits| worst_best(&one, bits) == worst_best(&other, bits));
        prop_assert_eq!(one.same_as(&other), equal);
        prop_assert_eq!(one.normal() == other.normal(), equal);
    }

    #[test]
    fn weighing_commutes_associates_and_absorbs(a in recurring(), b in recurring(), c in recurring(), bits: u8) {
        let weigh = |text: String| worst_best(&read(&text), bits);
        for (one, other) in [(" AND ", " OR "), (" OR ", " AND ")] {
            prop_assert_eq!(weigh(format!("{a}{one}{b}")), weigh(format!("{b}{one}{a}")));
            prop_assert_eq!(weigh(format!("({a}{one}{b}){one}{c}")), weigh(format!("{a}{one}({b}{one}{c})")));
            prop_assert_eq!(weigh(format!("{a}{one}({a}{other}{b})")), weigh(a.clone()));
        }
    }

    #[test]
    fn what_binds_is_what_the_choices_leave(text in recurring(), values: [u8; 4]) {
        let expression = read(&text);
        let value = |leaf: Leaf<'_>| values[number(leaf)];
        let weighed = expression.weigh(&mut |leaf| value(leaf));
        prop_assert_eq!(weighed.binding.iter().map(|it| value(*it)).max(), Some(weighed.value));
        prop_assert!(weighed.binding.contains(&weighed.decided));
        prop_assert_eq!(value(weighed.decided), weighed.value);
        for choice in &weighed.choices {
            prop_assert!(choice.offered.contains(choice.taken));
            let taken = choice.taken.weigh(&mut |leaf| value(leaf)).value;
            for offer in choice.offered.iter() {
                prop_assert!(taken <= offer.weigh(&mut |leaf| value(leaf)).value);
            }
        }
    }

    #[test]
    fn any_text_is_read_without_panic_and_every_place_is_in_it(
        text in prop_oneof![
            ".*",
            "[ ()+/A-Ca-c.:_-]{0,40}",
            "((MIT|isc|GPL-2.0|and|OR|With|\\(|\\)|\\+|/|,|é|LicenseRef-|\u{a0}|x) ?){0,20}",
        ]
    ) {
        let parsed = parse(&text, at(&text));
        let within = |span: Span| {
            let range = span.range();
            range.start >= OFFSET && text.get(range.start - OFFSET..range.end - OFFSET).is_some()
        };
        prop_assert!(parsed.notes.iter().all(|it| within(it.at)));
        let refused = parsed.notes.iter().any(|it| it.kind.refuses());
        prop_assert_eq!(refused, parsed.expression.is_none());
        if let Some(expression) = parsed.expression {
            prop_assert!(expression.leaves().all(|it| within(it.at())));
            prop_assert!(expression.licenses().filter_map(|it| it.with.as_ref()).all(|it| within(it.at)));
            prop_assert!(within(expression.at()));
        }
    }
}

#[test]
fn the_same_is_seen_through_order_repetition_and_absorption() {
    same("MIT OR Apache-2.0", "Apache-2.0 OR MIT OR mit", true);
    same("MIT OR (MIT AND ISC)", "MIT", true);
    same("MIT AND (ISC OR Zlib)", "(ISC AND MIT) OR (Zlib AND MIT)", true);
    same("LicenseRef-Own", "licenseref-OWN", true);
    same("MIT AND ISC", "MIT OR ISC", false);
    same("MPL-1.1", "MPL-1.1+", false);
    same("GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0", false);
    same("NONE", "NOASSERTION", false);
}

/// `(a0 OR b0) AND (a1 OR b1) AND …`, the pairs in the order of `numbers`.
fn pairs(numbers: impl Iterator<Item = usize>) -> String {
    let pairs = numbers.map(|it| format!("(LicenseRef-a{it} OR LicenseRef-b{it})"));
    pairs.collect::<Vec<_>>().join(" AND ")
}

#[test]
fn two_to_the_24th_choices_are_not_multiplied_out() {
    assert_eq!(read(&pairs(0..8)).normal().unwrap().choices().count(), 256);
    let (one, other) = (pairs(0..24), pairs((0..24).rev()));
    assert_eq!(read(&one).normal(), None);
    same(&one, &other, true);
    same(&one, &pairs(1..25), false);
    same(&one, "MIT", false);
}

/// As many of `part` as fit, with the number of each for `#`, and `last`.
fn fill(part: &str, last: &str) -> String {
    let mut text = String::new();
    for number in 0.. {
        let next = part.replace('#', &number.to_string());
        if text.len() + next.len() + last.len() > 64 * 1024 {
            break;
        }
        text += &next;
    }
    text + last
}

#[test]
fn the_longest_text_takes_no_longer_than_a_blink() {
    let nested = (0..60).fold("MIT".to_owned(), |inner, round| {
        let operator = if round % 2 == 0 { "AND" } else { "OR" };
        let rest = (0..80).map(|it| format!("x{round}-{it}")).collect::<Vec<_>>().join(" OR ");
        format!("({inner} {operator} {rest})")
    });
    let hostile = [
        (fill("(", ""), false),
        (fill("MIT(", ""), false),
        (fill("a ", ""), false),
        (fill("Apahce-2.9/", ""), false),
        (fill("é", ""), false),
        (fill("x", ""), true),
        (fill("MIT OR ", "MIT"), true),
        (fill("Apahce-2.9 AND ", "MIT"), true),
        (fill("x# AND ", "MIT"), true),
        (fill("x# OR ", "MIT"), true),
        (fill("(MIT OR ISC OR x#) AND ", "MIT"), true),
        (fill("(MIT OR ISC OR x#) AND ", "X11"), true),
        (fill("(x# AND y#) OR ", "MIT"), true),
        (nested, true),
    ];
    for (text, is_expression) in hostile {
        let start = Instant::now();
        let parsed = parse(&text, at(&text));
        let read = start.elapsed();
        assert_eq!(parsed.expression.is_some(), is_expression, "{:?}", parsed.notes.last());
        assert!(parsed.notes.len() <= 33, "{}", parsed.notes.len());
        if let Some(it) = parsed.expression {
            assert!(it.same_as(&it));
            assert_eq!(it.weigh(&mut |leaf| leaf.at()).value.source, SourceId(0));
        }
        let beginning: String = text.chars().take(20).collect();
        println!("{} bytes of {beginning}: {read:?}, all {:?}", text.len(), start.elapsed());
        // A hundred times what a machine of our day takes: it tells linear from quadratic.
        assert!(start.elapsed() < Duration::from_secs(20), "{beginning}");
    }
}
