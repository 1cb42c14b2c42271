//! Facts that are given on the command line, for one question.

use std::fmt::Write as _;

use caveat_core::source::{SourceId, Sources, Spanned};
use caveat_policy::date::Date;
use caveat_policy::glob::Glob;
use caveat_policy::org::Metric;
use caveat_policy::policy::Policy;
use caveat_policy::region::Region;
use caveat_policy::vocabulary::Word;

use crate::error::Error;

/// What the facts are called where a finding quotes them.
const NAME: &str = "(command line)";

/// The facts as a policy that states nothing else; nothing where none are given.
pub(crate) fn given(
    facts: &[String],
    markets: &[String],
    today: Date,
) -> Result<Option<String>, Error> {
    if facts.is_empty() && markets.is_empty() {
        return Ok(None);
    }
    let mut org = String::from("[org]\n");
    let mut figures = String::new();
    for fact in facts {
        match figure(fact, today)? {
            Some(it) => figures.push_str(&it),
            None => org.push_str(&about(fact)?),
        }
    }
    if !markets.is_empty() {
        let codes = markets.iter().map(|it| region(it).map(|it| format!("\"{it}\"")));
        let codes: Vec<String> = codes.collect::<Result<_, _>>()?;
        let _ = writeln!(org, "markets = [{}]", codes.join(", "));
    }
    Ok(Some(org + &figures))
}

/// Lets `policy` know what is given.
pub(crate) fn take(policy: &mut Policy, given: &str, sources: &mut Sources) {
    let id = sources.add(NAME, given.to_owned());
    let Ok(stated) = Policy::parse(NAME, given, id) else { return };
    for product in &mut policy.products {
        // Whoever gives a fact for a question means it wherever the question leads.
        if stated.org.markets.is_some() {
            product.markets = None;
        }
        if stated.org.fields.is_some() {
            product.fields = None;
        }
        if stated.org.commercial.is_some() {
            product.commercial = None;
        }
    }
    policy.org.take(stated.org);
}

/// Lets one product hold all there is, as if what is asked about lay in it.
pub(crate) fn place(policy: &mut Policy, name: &str) -> Result<(), Error> {
    let known = || policy.products.iter().map(|it| it.name.value.clone()).collect::<Vec<_>>();
    if policy.product(name).is_none() {
        let known = known();
        let help = if known.is_empty() {
            "the policy names no product: leave --product out".to_owned()
        } else {
            format!("it has: {}", known.join(", "))
        };
        return Err(Error::Unknown { what: "product of the policy", name: name.to_owned(), help });
    }
    for product in &mut policy.products {
        let everywhere = |it: &Spanned<Glob>| Some(Spanned::new(Glob::new("**").ok()?, it.at));
        let all = product.paths.first().and_then(everywhere);
        product.paths.clear();
        if product.name.value == name {
            product.paths.extend(all);
        }
    }
    Ok(())
}

fn split(fact: &str) -> Result<(&str, &str), Error> {
    fact.split_once('=').map(|(key, value)| (key.trim(), value.trim())).ok_or_else(|| {
        Error::Usage {
            what: format!("`{fact}` is no fact"),
            help: "write it as KEY=VALUE: --fact mau=2_000_000".to_owned(),
        }
    })
}

/// A figure, as a table of the policy.
fn figure(fact: &str, today: Date) -> Result<Option<String>, Error> {
    let (key, value) = split(fact)?;
    let Some(metric) = Metric::from_word(key) else { return Ok(None) };
    let (number, day) = value.split_once('@').unwrap_or((value, ""));
    let digits: String = number.chars().filter(|it| !matches!(it, '_' | ',' | ' ')).collect();
    let number: u64 = digits.parse().map_err(|_| Error::Usage {
        what: format!("`{number}` is no number of {}", metric.phrase()),
        help: format!("write it in digits: --fact {metric}=2_000_000"),
    })?;
    let day = match day {
        "" => today,
        day => Date::parse(day).ok_or_else(|| Error::Usage {
            what: format!("`{day}` is no day"),
            help: format!("write it as YYYY-MM-DD: --fact {metric}={number}@2024-12-31"),
        })?,
    };
    Ok(Some(format!("[[org.facts]]\nas-of = {day}\n{metric} = {number}\n")))
}

/// Something else about us, as a line of `[org]`.
fn about(fact: &str) -> Result<String, Error> {
    let (key, value) = split(fact)?;
    let line = match key {
        "commercial" if matches!(value, "true" | "false") => format!("commercial = {value}\n"),
        "commercial" => {
            return Err(Error::Usage {
                what: format!("`{value}` is neither true nor false"),
                help: "--fact commercial=true".to_owned(),
            });
        }
        "domicile" => format!("domicile = \"{}\"\n", region(value)?),
        "field" | "fields" => format!("fields = [{}]\n", list(value)),
        "business" => format!("business = [{}]\n", list(value)),
        "kind" => format!("kind = \"{}\"\n", value.escape_default()),
        _ => {
            let figures = Metric::ALL.iter().map(|it| it.word());
            let known =
                figures.chain(["business", "commercial", "domicile", "fields", "kind"]).collect();
            return Err(Error::Unlisted { what: "fact", name: key.to_owned(), known });
        }
    };
    // The policy's own reader knows what may stand there.
    let read = Policy::parse(NAME, &format!("[org]\n{line}"), SourceId(0));
    let told = |it: Vec<caveat_policy::policy::PolicyError>| Error::Usage {
        what: it.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        help: "--fact commercial=true, --fact domicile=US, --fact kind=non-profit".to_owned(),
    };
    read.map(|_| line).map_err(told)
}

/// Words between commas as a list of the policy language; none for none.
fn list(value: &str) -> String {
    let words = value.split(',').map(str::trim).filter(|it| !it.is_empty());
    words.map(|it| format!("\"{}\"", it.escape_default())).collect::<Vec<_>>().join(", ")
}

fn region(word: &str) -> Result<&'static str, Error> {
    Region::parse(word).map(Region::code).ok_or_else(|| Error::Usage {
        what: format!("`{word}` is not a region"),
        help: Region::suggestion(word).map_or_else(
            || "write an ISO 3166 code (US, GB, KR), EU, EEA or worldwide".to_owned(),
            |it| format!("did you mean {it}, {}?", it.name()),
        ),
    })
}
