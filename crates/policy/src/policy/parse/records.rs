//! What people put on record.

use caveat_core::source::Spanned;

use super::super::{
    Approval, Baseline, Basis, Clarification, Evidence, Exception, Exceptions, Exclude, Exhibit,
    Met, Mistake, Place, Review, Target,
};
use super::table::Table;
use super::values::{
    allowance, date, digest, file, flag, glob, license, package, period, text, word,
};

/// What the record is about: a package or a path, and not both.
fn target(table: &mut Table<'_>) -> Option<Target> {
    let (package, path) = (table.one("package", package), table.one("path", glob));
    match (table.has("package"), table.has("path")) {
        (false, false) => table.lacks(&["package", "path"]),
        (true, true) => {
            if let Some(path) = &path {
                table.note(path.at, Mistake::Both { one: "package", other: "path" });
            }
        }
        (true, false) | (false, true) => {}
    }
    package.map(Target::Package).or(path.map(Target::Path))
}

pub(super) fn clarification(mut table: Table<'_>) -> Option<Clarification> {
    let at = table.at();
    let target = target(&mut table);
    let license = table.need("license", text);
    let evidence = table.need_list("evidence", evidence);
    let because = table.need("because", text);
    let owner = table.need("owner", text);
    let decided = table.one("decided", date);
    let (target, license) = (target?, license?);
    Some(Clarification { at, target, license, evidence, because: because?, owner: owner?, decided })
}

fn evidence(mut table: Table<'_>) -> Option<Evidence> {
    let (path, sha256) = (table.need("path", file), table.need("sha256", digest));
    Some(Evidence { path: path?, sha256: sha256? })
}

pub(super) fn exceptions(mut table: Table<'_>) -> Exceptions {
    Exceptions {
        longest: table.one("longest", period),
        warn_before: table.one("warn-before", period),
        approvers: table.many("approvers", text),
        list: Vec::new(),
    }
}

pub(super) fn exception(mut table: Table<'_>) -> Option<Exception> {
    let at = table.at();
    let id = table.need("id", text);
    let target = target(&mut table);
    let products = table.many("product", text);
    let allow = table.need_many("allow", allowance);
    let because = table.need("because", text);
    let owner = table.need("owner", text);
    let approved = table.need_table("approved").and_then(approval);
    let expires = table.need("expires", date);
    if let (Some(id), Some(approved), Some(expires)) = (&id, &approved, &expires)
        && expires.value < approved.on.value
    {
        let (id, approved) = (id.value.clone(), approved.on.at);
        table.note(expires.at, Mistake::EndsBeforeApproval { id, approved });
    }
    let (id, target, because, owner) = (id?, target?, because?, owner?);
    let (approved, expires) = (approved?, expires?);
    Some(Exception { at, id, target, products, allow, because, owner, approved, expires })
}

fn approval(mut table: Table<'_>) -> Option<Approval> {
    let at = table.at();
    let (by, on) = (table.need("by", text), table.need("on", date));
    let ticket = table.need("ticket", text);
    Some(Approval { at, by: by?, on: on?, ticket: ticket? })
}

pub(super) fn met(mut table: Table<'_>) -> Option<Met> {
    let at = table.at();
    let obligation = table.need("obligation", text);
    Some(Met {
        at,
        licenses: table.many("license", license),
        products: table.many("product", text),
        shows: table.one("shows", text),
        exhibits: table.need_list("at", exhibit),
        valid_for: table.one("valid-for", period),
        obligation: obligation?,
    })
}

fn exhibit(mut table: Table<'_>) -> Option<Exhibit> {
    let at = table.at();
    let file = table.one("path", glob).or_else(|| table.one("file", glob));
    let url = table.one("url", url);
    let checked = table.one("checked", date);
    let screen = table.one("screen", text);
    let contains = table.one("contains", text);
    let complete = table.one("complete", flag);
    if ["path", "file", "url"].iter().all(|it| !table.has(it)) {
        table.lacks(&["path", "url"]);
    }
    if let (Some(_), Some(url)) = (&file, &url) {
        table.note(url.at, Mistake::Both { one: "path", other: "url" });
    }
    let page = |url: Spanned<String>| Place::Url { url, checked };
    let place = file.map(Place::File).or_else(|| url.map(page))?;
    Some(Exhibit { at, place, screen, contains, complete })
}

/// A page that can be opened.
fn url(key: &str, value: &toml::de::DeValue<'_>) -> Result<String, Mistake> {
    let url = text(key, value)?;
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(url);
    }
    let help = "begin it with https://, or write `path` for a file".to_owned();
    Err(Mistake::BadForm { text: url, fault: "is not the address of a page", help })
}

pub(super) fn exclude(mut table: Table<'_>) -> Option<Exclude> {
    let at = table.at();
    let paths = table.need_many("path", glob);
    let reason = table.need("reason", word);
    let because = table.one("because", text);
    Some(Exclude { at, paths, reason: reason?, because })
}

pub(super) fn basis(mut table: Table<'_>) -> Option<Basis> {
    let at = table.at();
    let paths = table.need_many("path", glob);
    let kind = table.need("kind", word);
    let because = table.need("because", text);
    let owner = table.need("owner", text);
    let reviewed = table.one("reviewed", date);
    let publish = table.one("publish", flag);
    let (kind, because, owner) = (kind?, because?, owner?);
    Some(Basis { at, paths, kind, because, owner, reviewed, publish })
}

pub(super) fn baseline(mut table: Table<'_>) -> Option<Baseline> {
    let at = table.at();
    let (path, until) = (table.need("file", file), table.one("until", date));
    Some(Baseline { at, file: path?, until })
}

pub(super) fn review(mut table: Table<'_>) -> Option<Review> {
    let at = table.at();
    let (every, last) = (table.need("every", period), table.need("last", date));
    let by = table.one("by", text);
    Some(Review { at, every: every?, last: last?, by })
}
