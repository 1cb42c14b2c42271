//! `caveat except`: what is allowed although the rules say no.

use std::collections::BTreeSet;
use std::io::Write;

use caveat_policy::amend::{About, Approved, NewException, free_id, with_exception};
use caveat_policy::date::Date;
use caveat_policy::finding::Finding;
use caveat_policy::policy::{Exception, Exceptions, Objection, Policy};

use crate::args::Except as Request;
use crate::decide::{Book, complete, date, word};
use crate::error::Error;
use crate::today::day;

/// How many findings are named.
const NAMED: usize = 5;

pub(crate) fn run(
    request: &Request,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let today = day(request.deciding.today.as_deref())?;
    let book = Book::open(&request.deciding)?;
    let about = book.about(&request.subject)?;
    let new = decision(request, book.chosen.terms(), about, today)?;
    let text = with_exception(&book.policy, &book.text, &new);
    let (policy, whole) = book.edited(&text)?;
    let written = policy.exceptions.list.iter().find(|it| it.id.value == new.id);
    let written = written.filter(|_| adds_one(&book.policy, &policy)).ok_or_else(not_added)?;
    objected(&whole.terms().exceptions, written, today)?;
    let before = book.findings(None, today)?;
    let after = book.findings(Some(&text), today)?;
    book.write(&text, &effect(&before, &after), &request.deciding, (out, log))
}

/// The decision, with all that it has to state.
fn decision(
    request: &Request,
    policy: &Policy,
    about: About,
    today: Date,
) -> Result<NewException, Error> {
    let Request { because, owner, approved_by, ticket, expires, .. } = request;
    let given = |it: &Option<String>| it.as_ref().is_some_and(|it| !it.trim().is_empty());
    let wanted = [
        ("--allow", !request.allow.is_empty()),
        ("--because", given(because)),
        ("--owner", given(owner)),
        ("--approved-by", given(approved_by)),
        ("--ticket", given(ticket)),
        ("--expires", given(expires)),
    ];
    complete(&wanted, &example(request))?;
    let of = |it: &Option<String>| it.clone().unwrap_or_default();
    Ok(NewException {
        id: request.id.clone().unwrap_or_else(|| free_id(policy)),
        about,
        products: request.product.clone(),
        allow: request.allow.clone(),
        because: of(because),
        owner: of(owner),
        approved: Approved { by: of(approved_by), on: today, ticket: of(ticket) },
        expires: date("--expires", &of(expires))?,
    })
}

/// The command as it could be, with all that was given.
fn example(request: &Request) -> String {
    let mut words = vec![format!("caveat except {}", word(&request.subject))];
    words.extend(request.product.iter().map(|it| format!("--product {}", word(it))));
    let allow = if request.allow.is_empty() { "TAG".to_owned() } else { request.allow.join(",") };
    words.push(format!("--allow {allow}"));
    let rest = [
        ("--because", &request.because, "\"why it may pass\""),
        ("--owner", &request.owner, "who-answers@acme.example"),
        ("--approved-by", &request.approved_by, "who-allowed-it@acme.example"),
        ("--ticket", &request.ticket, "LEG-1"),
        ("--expires", &request.expires, "YYYY-MM-DD"),
    ];
    for (option, given, otherwise) in rest {
        let value = given.as_ref().map_or_else(|| otherwise.to_owned(), |it| word(it));
        words.push(format!("{option} {value}"));
    }
    words.join(" ")
}

/// Whether the edit is what it was meant to be, and nothing else.
fn adds_one(before: &Policy, after: &Policy) -> bool {
    let count = |it: &Policy| {
        let others = (it.products.len(), it.overrides.len(), it.clarify.len(), it.levels.len());
        (it.exceptions.list.len(), others)
    };
    let ((before, others), (after, same)) = (count(before), count(after));
    after == before + 1 && others == same
}

pub(crate) fn not_added() -> Error {
    Error::Usage {
        what: "the policy is written in a way that this cannot add to".to_owned(),
        help: "write each record as a table of its own: [[exception]], [[clarify]]".to_owned(),
    }
}

/// Why the policy would not let the exception count, if it would not.
pub(crate) fn objected(
    exceptions: &Exceptions,
    exception: &Exception,
    today: Date,
) -> Result<(), Error> {
    let Some(objection) = exceptions.objection(exception, today) else { return Ok(()) };
    let (what, help) = match objection {
        Objection::Expired(_) => (
            format!("{} has passed already", exception.expires.value),
            "name a later last day: --expires YYYY-MM-DD".to_owned(),
        ),
        Objection::NotYet(_) => (
            format!("{} has not come yet", exception.approved.on.value),
            "leave --today out".to_owned(),
        ),
        Objection::TooLong { last, .. } => (
            format!("{} is later than `[exceptions] longest` allows", exception.expires.value),
            format!("--expires {last} at the latest"),
        ),
        Objection::NotAnApprover(_) => {
            let names = exceptions.approvers.iter().map(|it| it.value.as_str());
            (
                format!("the approval of {} does not count here", exception.approved.by.value),
                format!("[exceptions] approvers: {}", names.collect::<Vec<_>>().join(", ")),
            )
        }
    };
    Err(Error::Usage { what, help })
}

/// What the decision changes in what is found, and what stays of the same components.
fn effect(before: &[Finding], after: &[Finding]) -> Vec<String> {
    let stays: BTreeSet<_> = after.iter().map(Finding::fingerprint).collect();
    let gone: Vec<_> = before.iter().filter(|it| !stays.contains(&it.fingerprint())).collect();
    let mut notes = vec![match gone.len() {
        0 => "note: no finding of today goes away by this".to_owned(),
        1 => "1 finding goes away:".to_owned(),
        many => format!("{many} findings go away:"),
    }];
    let tell = |it: &Finding| format!("  {}[{}] {}", it.level.name(), it.rule, it.message);
    notes.extend(gone.iter().take(NAMED).map(|it| tell(it)));
    let about: BTreeSet<_> = gone.iter().map(|it| &it.component).collect();
    let left: Vec<_> = after.iter().filter(|it| about.contains(&it.component)).collect();
    if !left.is_empty() {
        notes.push("still found there:".to_owned());
        notes.extend(left.iter().take(NAMED).map(|it| tell(it)));
    }
    notes
}
