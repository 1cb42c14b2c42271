//! The parser of the `spdx` crate in strict mode as a second opinion: what it takes we take without
//! a note, what it refuses we note, and we understand the same by it.

use caveat_core::expression::{Expression, NoteKind, parse};
use caveat_core::source::{SourceId, Span};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use spdx::expression::{ExprNode, Operator};
use spdx::identifiers::{EXCEPTIONS, LICENSES};

/// The crate's expression, which has it in postfix order, with operands gathered as ours are.
fn second_opinion(expression: &spdx::Expression) -> String {
    let mut stack: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for node in expression.iter() {
        let operator = match node {
            ExprNode::Req(it) => {
                stack.push((None, vec![it.req.to_string()]));
                continue;
            }
            ExprNode::Op(Operator::And) => "AND",
            ExprNode::Op(Operator::Or) => "OR",
        };
        let right = stack.pop().expect("two operands");
        let left = stack.pop().expect("two operands");
        let gathered = [left, right].into_iter().flat_map(|(own, parts)| {
            if own == Some(operator) { parts } else { vec![group(own, &parts)] }
        });
        let gathered = gathered.collect();
        stack.push((Some(operator), gathered));
    }
    let (operator, parts) = stack.pop().expect("a result");
    group(operator, &parts)
}

fn group(operator: Option<&str>, parts: &[String]) -> String {
    operator.map_or_else(|| parts[0].clone(), |it| format!("[{}]", parts.join(&format!(" {it} "))))
}

fn ours(expression: &Expression) -> String {
    let texts = |parts: &[Expression]| parts.iter().map(ours).collect::<Vec<_>>();
    match expression {
        Expression::And(parts) => group(Some("AND"), &texts(parts)),
        Expression::Or(parts) => group(Some("OR"), &texts(parts)),
        Expression::License(_) | Expression::Nothing(_) | Expression::NoAssertion(_) => {
            expression.to_string()
        }
    }
}

fn agree(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text, Span::new(SourceId(0), 0..text.len()));
    // The crate knows nothing of which exception belongs to which license.
    let clean = parsed.notes.iter().all(|it| it.kind == NoteKind::ForeignException);
    let strict = spdx::Expression::parse(text);
    prop_assert_eq!(clean, strict.is_ok(), "{}: {:?} {:?}", text, parsed.notes, strict.err());
    if let (Some(expression), Ok(strict)) = (&parsed.expression, &strict) {
        prop_assert_eq!(ours(expression), second_opinion(strict), "{}", text);
    }
    Ok(())
}

/// Ids that SPDX does not list: its documentation license comes as `-only` and `-or-later`.
fn is_of_the_crate_only(id: &str) -> bool {
    id == "NOASSERTION" || (id.starts_with("GFDL-") && id.ends_with("invariants"))
}

#[test]
fn on_every_id_with_and_without_plus_and_exception() {
    for license in LICENSES.iter().filter(|it| !is_of_the_crate_only(it.name)) {
        for text in [license.name.to_owned(), format!("{}+", license.name)] {
            agree(&text).unwrap();
        }
    }
    for exception in EXCEPTIONS {
        // The crate takes deprecated exceptions.
        if exception.flags & spdx::flags::IS_DEPRECATED == 0 {
            agree(&format!("GPL-2.0-only WITH {}", exception.name)).unwrap();
            agree(exception.name).unwrap();
        }
    }
}

fn license() -> impl Strategy<Value = String> {
    let ids: Vec<_> = LICENSES.iter().map(|it| it.name.to_owned()).collect();
    let ids: Vec<_> = ids.into_iter().filter(|it| !is_of_the_crate_only(it)).collect();
    let exceptions: Vec<_> = EXCEPTIONS.iter().map(|it| it.name.to_owned()).collect();
    let reference = prop::sample::select(vec!["LicenseRef-a.b-1", "DocumentRef-d:LicenseRef-c"]);
    let addition = prop::sample::select(vec!["AdditionRef-x", "DocumentRef-d:AdditionRef-y"]);
    let id = (prop::sample::select(ids), prop::bool::weighted(0.1))
        .prop_map(|(id, plus)| if plus { id + "+" } else { id });
    let license = prop_oneof![9 => id, 1 => reference.prop_map(str::to_owned)];
    let with =
        prop_oneof![3 => prop::sample::select(exceptions), 1 => addition.prop_map(str::to_owned)];
    (license, prop::option::weighted(0.2, with)).prop_map(|(license, with)| match with {
        Some(with) => format!("{license} WITH {with}"),
        None => license,
    })
}

fn expression() -> impl Strategy<Value = String> {
    let good = |it: &String| spdx::Expression::parse(it).is_ok() && !it.contains("Nokia");
    license().prop_filter("both take it alone", good).prop_recursive(4, 16, 4, |inner| {
        let operator = prop::sample::select(vec![" AND ", " OR ", " and ", " or "]);
        (operator, prop::collection::vec(inner, 1..4), any::<bool>()).prop_map(
            |(operator, parts, bracket)| {
                let joined = parts.join(operator);
                if bracket { format!("({joined})") } else { joined }
            },
        )
    })
}

/// Pieces in any order: mostly no expressions.
fn jumble() -> impl Strategy<Value = String> {
    let piece = vec![
        "MIT",
        "ISC",
        "GPL-2.0",
        "GPL-2.0-only",
        "Unheard",
        "AND",
        "or",
        "WITH",
        "(",
        ")",
        "+",
        "LLVM-exception",
        "LicenseRef-x",
        "AdditionRef-y",
        ",",
        "/",
    ];
    prop::collection::vec(prop::sample::select(piece), 0..7).prop_map(|it| it.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4096,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn on_expressions(text in expression()) {
        agree(&text)?;
        prop_assert!(parse(&text, Span::new(SourceId(0), 0..text.len())).expression.is_some());
    }

    #[test]
    fn on_jumbles(text in jumble()) {
        agree(&text)?;
    }
}
