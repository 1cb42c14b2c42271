//! The files of licenses that only a policy knows: their terms and their texts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use caveat_core::source::{Problem, Source, SourceId, Sources, Spanned};
use caveat_core::terms::Terms;
use caveat_policy::policy::{OwnRead, Policy};
use caveat_report::mistakes::{Mistaken, mistakes};
use caveat_report::run::Look;

use crate::error::Error;

/// No license is longer.
const LONGEST: u64 = 1 << 20;
/// How many such files are read; a policy has a few licenses of its own.
const MOST: usize = 200;

/// What was read, by the paths that the policy gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own {
    terms: BTreeMap<String, (String, Arc<Terms>)>,
    texts: BTreeMap<String, String>,
}

impl Own {
    /// Reads what `policy` names below `base`; `sources` are the policy's own texts. All that is
    /// wrong is told at once.
    pub(crate) fn read(policy: &Policy, mut sources: Sources, base: &Path) -> Result<Self, Error> {
        let mut own = Self::default();
        let mut wrong: Vec<Problem> = Vec::new();
        for license in policy.licenses.iter().take(MOST) {
            for (path, is_terms) in [(license.terms.as_ref(), true), (license.text.as_ref(), false)]
            {
                let Some(path) = path else { continue };
                match file(base, &path.value) {
                    Ok(text) if is_terms => {
                        own.take_terms((path, &license.id), text, &mut sources, &mut wrong);
                    }
                    Ok(text) => drop(own.texts.insert(path.value.clone(), text)),
                    Err(why) => wrong.push(Problem {
                        at: path.at,
                        what: format!("`{}` cannot be read: {why}", path.value),
                        help: Some("paths start from the folder of the policy".to_owned()),
                    }),
                }
            }
        }
        if wrong.is_empty() { Ok(own) } else { Err(invalid(policy, &wrong, &sources)) }
    }

    fn take_terms(
        &mut self,
        (path, id): (&Spanned<String>, &Spanned<String>),
        text: String,
        sources: &mut Sources,
        wrong: &mut Vec<Problem>,
    ) {
        let number = SourceId(u32::try_from(self.terms.len()).unwrap_or(u32::MAX - 2));
        let source = Source::text(number, path.value.clone(), text.clone());
        match Terms::parse(&text) {
            Ok(terms) if terms.license.id.eq_ignore_ascii_case(&id.value) => {
                self.terms.insert(path.value.clone(), (text, Arc::new(terms)));
            }
            Ok(terms) => wrong.push(Problem {
                at: path.at,
                what: format!("`{}` states the terms of `{}`", path.value, terms.license.id),
                help: Some(format!("write `id = \"{}\"` there", id.value)),
            }),
            Err(misread) => {
                let problem = |it: caveat_core::terms::Misread| Problem {
                    at: source.span(it.at),
                    what: it.what,
                    help: None,
                };
                wrong.extend(misread.into_iter().map(problem));
                sources.insert(source);
            }
        }
    }

    /// Hands what was read to a policy, with the terms among `sources`.
    pub(crate) fn enter(&self, policy: &mut Policy, sources: &mut Sources) {
        for license in &mut policy.licenses {
            let path = license.terms.as_ref().map(|it| it.value.as_str());
            let terms = path.and_then(|it| Some((it, self.terms.get(it)?)));
            let terms = terms
                .map(|(path, (text, terms))| (sources.add(path, text.clone()), Arc::clone(terms)));
            let text = license.text.as_ref().and_then(|it| self.texts.get(&it.value)).cloned();
            license.read = OwnRead { terms, text };
        }
    }
}

/// The text of a file below `base`; nothing outside of it is read.
fn file(base: &Path, path: &str) -> Result<String, String> {
    let said = |it: std::io::Error| crate::error::said(&it).clone();
    let base = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let root = base.canonicalize().map_err(said)?;
    let path = root.join(path).canonicalize().map_err(said)?;
    if !path.starts_with(&root) {
        return Err("it leads out of the folder of the policy".to_owned());
    }
    if !path.is_file() {
        return Err("it is no regular file".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(said)?.take(LONGEST + 1).read_to_end(&mut bytes).map_err(said)?;
    if bytes.len() as u64 > LONGEST {
        return Err("it has more than 1 MiB".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

fn invalid(policy: &Policy, problems: &[Problem], sources: &Sources) -> Error {
    let look = Look { width: 100, color: false, verbose: false };
    let mut bytes = Vec::new();
    let told = problems.iter().map(|it| Mistaken { problem: it.clone(), also: None });
    // Writing to memory does not fail.
    let _ = mistakes(&told.collect::<Vec<_>>(), sources, &look, &mut bytes);
    let mistakes = String::from_utf8_lossy(&bytes).into_owned();
    Error::PolicyInvalid { name: policy.name.clone(), mistakes }
}
