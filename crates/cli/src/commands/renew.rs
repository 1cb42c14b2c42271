//! `caveat renew`: a new approval and a new end for an exception.

use std::io::Write;

use caveat_policy::amend::{Approved, renewed};
use caveat_policy::vocabulary::nearest;

use super::except::objected;
use crate::args::Renew as Request;
use crate::decide::{Book, complete, date, word};
use crate::error::Error;
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let today = day(request.deciding.today.as_deref())?;
    let book = Book::open(&request.deciding)?;
    let list = &book.policy.exceptions.list;
    let exception = list.iter().find(|it| it.id.value == request.id).ok_or_else(|| {
        let ids: Vec<_> = list.iter().map(|it| it.id.value.as_str()).collect();
        let near = nearest(&request.id, ids.iter().copied());
        let near = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
        let known = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
        Error::Unknown {
            what: "exception",
            name: request.id.clone(),
            help: format!("{near}{} has: {known}", book.chosen.origin()),
        }
    })?;
    let Request { approved_by, ticket, expires, .. } = request;
    let given = |it: &Option<String>| it.as_ref().is_some_and(|it| !it.trim().is_empty());
    let wanted = [
        ("--approved-by", given(approved_by)),
        ("--ticket", given(ticket)),
        ("--expires", given(expires)),
    ];
    let or = |it: &Option<String>, otherwise: &str| {
        it.as_deref().map_or_else(|| otherwise.to_owned(), word)
    };
    let example = format!(
        "caveat renew {} --approved-by {} --ticket {} --expires {}",
        word(&request.id),
        or(approved_by, "who-allowed-it@acme.example"),
        or(ticket, "LEG-2"),
        or(expires, "YYYY-MM-DD")
    );
    complete(&wanted, &example)?;
    let of = |it: &Option<String>| it.clone().unwrap_or_default();
    let approved = Approved { by: of(approved_by), on: today, ticket: of(ticket) };
    if approved.ticket == exception.approved.ticket.value {
        return Err(Error::Usage {
            what: format!("{} is the ticket of the old approval", approved.ticket),
            help: "an approval was given for its time: name the new one".to_owned(),
        });
    }
    let text = renewed(&book.text, exception, &approved, date("--expires", &of(expires))?);
    let (policy, whole) = book.edited(&text)?;
    if let Some(it) = policy.exceptions.list.iter().find(|it| it.id.value == request.id) {
        objected(&whole.terms().exceptions, it, today)?;
    }
    book.write(&text, &[], &request.deciding, (out, log))
}
