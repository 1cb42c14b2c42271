//! What somebody can do about a duty that is not met.

use caveat_core::terms::{Terms, UsePolicy};

use crate::case::Case;
use crate::duty::DutyKind;
use crate::finding::Obligation;

/// What to do, cheapest first, and how to say that it is done elsewhere.
pub(super) fn help(case: &Case<'_>, it: &Obligation, kind: DutyKind) -> Vec<String> {
    let title = case.title(&it.license);
    let remedy = it.remedy.clone().unwrap_or_default();
    let file = remedy.file.as_deref().unwrap_or("README.md");
    let path = if remedy.folder.is_empty() {
        file.to_owned()
    } else {
        format!("{}/{file}", remedy.folder)
    };
    let text = it.text.as_deref().unwrap_or_default();
    let product = it.product.as_ref();
    let product = product.map(|it| format!(", product = \"{it}\"")).unwrap_or_default();
    let record = format!(
        "if it is done elsewhere, say where: [[met]] obligation = \"{}\"{product}, at = [{{ path = \"…\" }}]",
        it.kind
    );
    let first = match kind {
        DutyKind::LicenseCopy => copy(case, it, title, &path),
        DutyKind::NoticeFile if !text.is_empty() => {
            let beside = it.evidence.first().and_then(|at| case.sources.get(at.source));
            format!("write into `{}`: {text}", beside.map_or(path.as_str(), |it| it.name.as_str()))
        }
        DutyKind::NoticeFile => format!("put the notices that the work came with into `{path}`"),
        DutyKind::Attribution if !text.is_empty() => format!("write into `{path}`: {text}"),
        DutyKind::Attribution => format!("say in `{path}` who made it, as the work came with it"),
        DutyKind::Display => format!("show \"{text}\" where people see it"),
        DutyKind::Naming => match &remedy.name {
            Some(name) => format!("rename it, as in \"{name}\""),
            None => "give it another name".to_owned(),
        },
        DutyKind::StateChanges => format!("say in `{path}` that it was changed, from what and how"),
        DutyKind::FlowDown => clause(case, it, title),
        DutyKind::Source => {
            format!("say in `{path}` where its source is, for as long as you ship it")
        }
        DutyKind::Documentation => format!("describe it in `{path}`"),
        DutyKind::ShareAlike
        | DutyKind::SameDatabase
        | DutyKind::Installation
        | DutyKind::Cite
        | DutyKind::OutputNotice
        | DutyKind::ContentFilter
        | DutyKind::DerivativeReport
        | DutyKind::OtherLicense
        | DutyKind::Acceptance
        | DutyKind::GrantBack
        | DutyKind::SourceForm => "do what the clause says".to_owned(),
    };
    if kind == DutyKind::Naming { vec![first] } else { vec![first, record] }
}

fn terms<'a>(case: &Case<'a>, it: &Obligation) -> Option<&'a Terms> {
    case.terms_of(&it.license)
}

/// Where to get the text of a license, and where it goes.
fn copy(case: &Case<'_>, it: &Obligation, title: &str, path: &str) -> String {
    if it.remedy.is_none() {
        return format!("put the text of {title} into the notices that you ship");
    }
    let or = match terms(case, it).and_then(|it| it.license.urls.first()) {
        Some(url) if it.says.contains("link") => format!(", or give its address: {url}"),
        Some(url) => format!("; it is at {url}"),
        None => String::new(),
    };
    format!("put the text of {title} into `{path}`{or}")
}

/// The clause that binds people to what a license forbids, as it may be worded.
fn clause(case: &Case<'_>, it: &Obligation, title: &str) -> String {
    let policies = terms(case, it).map(|it| it.restrictions.policies.as_slice());
    let listed = policies.unwrap_or_default().iter().find_map(|it| match &it.value {
        UsePolicy::Listed(it) => Some(it),
        UsePolicy::None => None,
    });
    let what = listed.map_or("its use restrictions", |it| it.name.as_str());
    let address = listed.and_then(|it| it.url.as_deref());
    let address = address.map(|it| format!(" ({it})")).unwrap_or_default();
    format!(
        "put a clause into the terms that people accept, such as: You may not use it for anything \
         that {title} forbids: {what}{address}"
    )
}
