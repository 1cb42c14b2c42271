//! `caveat licenses`: the licenses whose terms are known.

use std::fmt::Write as _;
use std::io::Write;

use caveat_core::library::Library;
use caveat_core::tags::{Tag, tags};

use crate::args::Licenses as Request;
use crate::error::Error;
use crate::exit::CLEAN;
use crate::output::{no_format, put};

pub(crate) fn run(request: &Request, out: &mut dyn Write) -> Result<u8, Error> {
    let wanted = request.tag.as_deref().map(tag).transpose()?;
    let library = Library::embedded();
    let mut rows = Vec::new();
    for id in library.ids() {
        let (Some(license), Some(terms)) = (library.license(id), library.terms(id)) else {
            continue;
        };
        let mut carried: Vec<Tag> = tags(terms).iter().map(|it| it.tag).collect();
        carried.dedup();
        if wanted.is_none_or(|it| carried.contains(&it)) {
            rows.push((id, license.name, carried));
        }
    }
    let text = match request.format.as_str() {
        "full" => table(&rows),
        "json" => json(&rows)?,
        other => return Err(no_format(other)),
    };
    put(out, text.as_bytes())?;
    Ok(CLEAN)
}

fn tag(name: &str) -> Result<Tag, Error> {
    Tag::parse(name).ok_or_else(|| {
        let known = Tag::ALL.iter().map(|it| it.name()).collect();
        Error::Unlisted { what: "tag", name: name.to_owned(), known }
    })
}

type Row<'a> = (&'a str, &'a str, Vec<Tag>);

fn table(rows: &[Row<'_>]) -> String {
    let width = rows.iter().map(|(id, _, _)| id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (id, name, tags) in rows {
        let _ = writeln!(text, "{id:width$}  {name}");
        let _ = writeln!(text, "{:width$}  {}", "", names(tags).join(", "));
    }
    let _ = writeln!(text, "\n{} licenses; `caveat explain ID` shows the terms of one", rows.len());
    text
}

fn json(rows: &[Row<'_>]) -> Result<String, Error> {
    let list: Vec<_> = rows
        .iter()
        .map(|(id, name, tags)| serde_json::json!({ "id": id, "name": name, "tags": names(tags) }))
        .collect();
    let text = serde_json::to_string_pretty(&list);
    let text = text.map_err(|it| Error::Write { to: "the list".to_owned(), source: it.into() })?;
    Ok(text + "\n")
}

fn names(tags: &[Tag]) -> Vec<&'static str> {
    tags.iter().map(|it| it.name()).collect()
}
