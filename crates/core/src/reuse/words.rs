//! Problems in words, and what to do about them.

use std::collections::BTreeSet;

use super::problem::{Kind, Place, Problem};
use super::{ANNOTATIONS, TEXTS};
use crate::expression::Id;

/// What is wrong, in one clause. The subject is what the problem is about.
pub(super) fn says(kind: Kind, subject: &str, places: &[Place]) -> String {
    let paths: BTreeSet<&str> = places.iter().map(|it| it.path.as_str()).collect();
    let verb = |one: &str, many: &str| match places {
        [only] => format!("`{}` {one}", only.path),
        _ => format!("{} files {many}", paths.len()),
    };
    match kind {
        Kind::NoInformation => {
            verb("states neither copyright nor license", "state neither copyright nor license")
        }
        Kind::NoCopyright => verb("states no copyright", "state no copyright"),
        Kind::NoLicense => verb("states no license", "state no license"),
        Kind::InvalidExpression if subject.is_empty() => "a license tag has no value".to_owned(),
        Kind::InvalidExpression => format!("`{subject}` is no license expression"),
        Kind::UnknownId => format!("`{subject}` is no SPDX id"),
        Kind::DeprecatedId => format!("SPDX has dropped the id `{subject}`"),
        Kind::MissingText => format!("`{TEXTS}/` has no text of `{subject}`"),
        Kind::UnusedText => format!("no file is under `{subject}`"),
        Kind::NoExtension => format!("the text of `{subject}` has a name without an extension"),
        Kind::DoubleText => format!("there are several texts of `{subject}`"),
        Kind::WrongText => subject.to_owned(),
        Kind::BadAnnotations => "the annotations are not valid".to_owned(),
        Kind::OpenSnippet => verb("has a snippet without an end", "have snippets without an end"),
        Kind::Unreadable => format!("{}: {subject}", verb("cannot be read", "cannot be read")),
    }
}

/// What to do, cheapest first.
pub(super) fn help(
    kind: Kind,
    subject: &str,
    places: &[Place],
    used: &BTreeSet<String>,
) -> Vec<String> {
    const NOTICE: &str = "`SPDX-FileCopyrightText: YEAR HOLDER`";
    let mut ids = used.iter();
    let id = match (ids.next(), ids.next()) {
        (Some(only), None) => only,
        _ => "ID",
    };
    let tag = format!("`SPDX-License-Identifier: {id}`");
    let many = || {
        format!(
            "for many files, or those without comments: `[[annotations]]` in `{ANNOTATIONS}`, or FILE.license beside each"
        )
    };
    match kind {
        Kind::NoInformation => {
            vec![format!("write {NOTICE} and {tag} into a comment at the top"), many()]
        }
        Kind::NoCopyright => vec![format!("write {NOTICE} into a comment at the top"), many()],
        Kind::NoLicense => vec![format!("write {tag} into a comment at the top"), many()],
        Kind::InvalidExpression => vec![
            "where the tag is only quoted, put it between `REUSE-IgnoreStart` and `REUSE-IgnoreEnd`"
                .to_owned(),
        ],
        Kind::UnknownId => unknown(subject, places),
        Kind::DeprecatedId => {
            let instead = match Id::of_license(subject) {
                Id::Unknown(_) => Id::of_exception(subject).instead(),
                license => license.instead(),
            };
            let id = instead.map_or_else(|| "another id".to_owned(), |it| format!("`{it}`"));
            vec![format!("write {id} where files state it, and call the text so")]
        }
        Kind::MissingText => vec![format!("put the text into `{TEXTS}/{subject}.txt`")],
        Kind::UnusedText => vec![format!(
            "delete the text, or write `SPDX-License-Identifier: {subject}` into the files that are under it"
        )],
        Kind::NoExtension => {
            let path = places.first().map(|it| it.path.as_str()).unwrap_or_default();
            vec![format!("call it `{path}.txt`")]
        }
        Kind::DoubleText => vec!["keep one of them".to_owned()],
        Kind::WrongText => {
            vec!["put the right text there, or call the file by what it holds".to_owned()]
        }
        Kind::BadAnnotations | Kind::Unreadable => Vec::new(),
        Kind::OpenSnippet => {
            vec!["write `SPDX-SnippetEnd` into a comment where it ends".to_owned()]
        }
    }
}

fn unknown(word: &str, places: &[Place]) -> Vec<String> {
    let id = Id::of_license(word);
    let near = match &id {
        Id::Listed(id) | Id::Deprecated(id) => Some(*id),
        Id::Reference(_) => None,
        Id::Unknown(_) => id.instead(),
    };
    let in_texts = places.iter().any(|it| it.path.starts_with(TEXTS));
    let own = if in_texts {
        format!(
            "only texts of licenses belong into `{TEXTS}/`; one that SPDX does not list is called `LicenseRef-NAME.txt`"
        )
    } else {
        "a license that SPDX does not list is called `LicenseRef-NAME`, with letters, digits, `.` and `-`".to_owned()
    };
    near.map(|it| format!("write `{it}`")).into_iter().chain([own]).collect()
}

impl Problem {
    /// Whether each place is a matter of its own; else one answer settles all.
    pub fn is_of_each(&self) -> bool {
        match self.kind {
            Kind::NoInformation
            | Kind::NoCopyright
            | Kind::NoLicense
            | Kind::InvalidExpression
            | Kind::OpenSnippet
            | Kind::Unreadable => true,
            Kind::UnknownId
            | Kind::DeprecatedId
            | Kind::MissingText
            | Kind::UnusedText
            | Kind::NoExtension
            | Kind::DoubleText
            | Kind::WrongText
            | Kind::BadAnnotations => false,
        }
    }

    /// The same as [`says`](Self::says), of one place alone.
    pub fn says_of(&self, place: &Place) -> String {
        match self.kind {
            Kind::NoInformation | Kind::NoCopyright | Kind::NoLicense | Kind::OpenSnippet => {
                says(self.kind, "", std::slice::from_ref(place))
            }
            Kind::InvalidExpression
            | Kind::Unreadable
            | Kind::UnknownId
            | Kind::DeprecatedId
            | Kind::MissingText
            | Kind::UnusedText
            | Kind::NoExtension
            | Kind::DoubleText
            | Kind::WrongText
            | Kind::BadAnnotations => self.says.clone(),
        }
    }
}
