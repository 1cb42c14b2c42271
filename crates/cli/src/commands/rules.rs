//! `caveat rules`: what is looked for.

use std::fmt::Write as _;
use std::io::Write;

use caveat_policy::rule::Rule;
use caveat_policy::rules::{RULES, named};

use crate::args::Rules as Request;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::{no_format, put};

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let rules: Vec<&Rule> = match &request.name {
        None => RULES.iter().collect(),
        Some(name) => vec![rule(name)?],
    };
    let text = match request.format.as_str() {
        "full" if request.name.is_some() => rules.iter().map(|it| it.page).collect(),
        "full" => table(&rules),
        "json" => json(&rules, request.name.is_some())?,
        other => return Err(no_format(other)),
    };
    put(out, text.as_bytes())?;
    Ok(CLEAN)
}

fn rule(name: &str) -> Result<&'static Rule, Error> {
    named(name).ok_or_else(|| {
        let known = RULES.iter().map(|it| it.name).collect();
        Error::Unlisted { what: "rule", name: name.to_owned(), known }
    })
}

fn table(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|it| it.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for it in rules {
        let level = it.usual.to_string();
        let _ = writeln!(text, "{:width$}  {level:5}  {}", it.name, it.summary);
    }
    let _ = writeln!(
        text,
        "\n{} rules with the level that each usually has; `[levels]` in a policy sets another.\n\
         `caveat rules NAME` shows the page of one",
        rules.len()
    );
    text
}

/// A page is long, so that only who asks for one rule gets it.
fn json(rules: &[&Rule], with_pages: bool) -> Result<String, Error> {
    let list: Vec<_> = rules
        .iter()
        .map(|it| {
            let mut about = serde_json::json!({
                "name": it.name, "level": it.usual.to_string(), "summary": it.summary
            });
            if with_pages {
                about["page"] = it.page.into();
            }
            about
        })
        .collect();
    let text = serde_json::to_string_pretty(&list);
    let text = text.map_err(|it| Error::Write { to: "the list".to_owned(), source: it.into() })?;
    Ok(text + "\n")
}
