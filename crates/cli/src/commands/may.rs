//! `caveat may`: may we use this for that?

mod written;

use std::io::Write;
use std::path::{Path, PathBuf};

use caveat_core::component::Kind;
use caveat_policy::usage::Usage;
use caveat_policy::verdict::Verdict;
use caveat_policy::vocabulary::Word;

use crate::args::{Arguments, May as Request};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::given::given;
use crate::may::may;
use crate::output::{no_format, put};
use crate::policies::choose;
use crate::subject::{Question, is_path};
use crate::today::day;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let (uses, subjects) = uses_and_subjects(&request.words)?;
    let kind = request.kind.as_deref().map(kind).transpose()?;
    let today = day(request.policy.today.as_deref())?;
    let given = given(&request.fact, &request.market, today)?;
    let home = request.path.canonicalize().map_err(|it| Error::path(&request.path, it))?;
    let mut answers = Vec::new();
    for subject in subjects {
        let policy = choose(request.policy.policy.as_deref(), &place(subject, &home)?)?;
        let (product, given) = (request.product.as_deref(), given.as_deref());
        let question = Question { subject, uses: &uses, kind, home: &home, product, given };
        answers.push((may(&question, &policy, today)?, policy));
    }
    let format = if request.json { "json" } else { request.format.as_str() };
    let text = match format {
        "full" => written::full(&answers, arguments)?,
        "json" => written::json(&answers)?,
        other => return Err(no_format(other)),
    };
    put(out, &text)?;
    let denied = answers.iter().any(|(it, _)| it.verdict == Verdict::Denied);
    Ok(if denied { FINDINGS } else { CLEAN })
}

/// Uses come first; the last word is a subject, and so is all that follows one.
fn uses_and_subjects(words: &[String]) -> Result<(Vec<Usage>, Vec<&str>), Error> {
    let (last, before) = words.split_last().ok_or_else(|| Error::Usage {
        what: "a use and a subject are needed".to_owned(),
        help: "caveat may saas llama3.1".to_owned(),
    })?;
    let uses: Vec<Usage> = before.iter().map_while(|it| Usage::from_word(it)).collect();
    if uses.is_empty() {
        let name = before.first().unwrap_or(last).clone();
        let known = Usage::ALL.iter().map(|it| it.word()).collect();
        return Err(Error::Unlisted { what: "use", name, known });
    }
    let subjects = before[uses.len()..].iter().chain([last]);
    Ok((uses, subjects.map(String::as_str).collect()))
}

/// The folder whose policy speaks: that of a path, else the project.
fn place(subject: &str, home: &Path) -> Result<PathBuf, Error> {
    if !is_path(subject) {
        return Ok(home.to_owned());
    }
    let path = Path::new(subject);
    let full = path.canonicalize().map_err(|it| Error::path(path, it))?;
    let folder = if full.is_dir() { Some(full.as_path()) } else { full.parent() };
    Ok(folder.unwrap_or(home).to_owned())
}

fn kind(word: &str) -> Result<Kind, Error> {
    let known = || vec!["model", "dataset", "code"];
    Kind::from_word(word).ok_or_else(|| Error::Unlisted {
        what: "kind",
        name: word.to_owned(),
        known: known(),
    })
}
