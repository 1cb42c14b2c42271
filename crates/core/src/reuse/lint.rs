//! The judgement: what is associated with each file, and what is wrong with the project.

use std::collections::{BTreeMap, BTreeSet};

use super::about::About;
use super::expressions::Expressions;
use super::header::{Said, Stated};
use super::problem::{Kind, Place, Problem};
use super::sayings::Sayings;
use super::texts::Text;
use super::words::{help, says};
use super::{ANNOTATIONS, DEP5, SIDECAR};
use crate::expression::Id;
use crate::source::Source;

/// A file that has to say whose it is and under which license.
#[derive(Clone, Debug, Default)]
pub struct Covered {
    /// From the root of the project, with `/`.
    pub path: String,
    /// What it says, or the file beside it.
    pub stated: Stated,
    /// Why it could not be read, if so.
    pub unread: Option<String>,
}

/// Everything that the specification speaks of.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Covered files in the order of their paths.
    pub files: Vec<Covered>,
    /// `REUSE.toml` files, and `.reuse/dep5`.
    pub annotations: Vec<Source>,
    /// Files in `LICENSES/`.
    pub texts: Vec<Source>,
    /// The files are but some of the project: nobody can say what the others need.
    pub is_part: bool,
}

/// Where licensing information comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The file itself.
    Header,
    /// The file beside it.
    Sidecar,
    /// `REUSE.toml`.
    Annotations,
    /// `.reuse/dep5`.
    Dep5,
}

impl Origin {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "file-header",
            Self::Sidecar => "dot-license",
            Self::Annotations => "reuse-toml",
            Self::Dep5 => "dep5",
        }
    }

    fn of(said: &Said, path: &str) -> Self {
        match said.at.path.as_str() {
            it if it == path => Self::Header,
            DEP5 => Self::Dep5,
            it if it.strip_suffix(SIDECAR) == Some(path) => Self::Sidecar,
            _ => Self::Annotations,
        }
    }
}

/// What is said of a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Associated {
    /// The words.
    pub said: Said,
    /// What sort of place they come from.
    pub origin: Origin,
}

/// A file with all that is associated with it.
#[derive(Clone, Debug, Default)]
pub struct FileInfo {
    /// From the root of the project.
    pub path: String,
    /// Copyright notices.
    pub copyrights: Vec<Associated>,
    /// License expressions, valid or not.
    pub licenses: Vec<Associated>,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Lint {
    /// All covered files.
    pub files: Vec<FileInfo>,
    /// By sort, then by what they are about.
    pub problems: Vec<Problem>,
    /// Licenses and exceptions that covered files are under.
    pub used: BTreeSet<String>,
    /// How many files have a copyright notice.
    pub with_copyright: usize,
    /// How many files have a valid license.
    pub with_license: usize,
}

impl Lint {
    /// Whether the project keeps to the specification.
    pub fn is_compliant(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Judges a project.
pub fn lint(project: &Project) -> Lint {
    let mut judge = Judge::default();
    let mut sayings = Vec::new();
    for it in &project.annotations {
        let (read, problems) = Sayings::of(it);
        judge.found.extend(problems);
        sayings.push(read);
    }
    judge.check_both(&sayings);
    // From the root inwards.
    sayings.sort_by_key(Sayings::depth);
    for it in &project.files {
        judge.file(it, &sayings);
    }
    judge.texts(project);
    judge.finish()
}

#[derive(Default)]
struct Judge {
    lint: Lint,
    expressions: Expressions,
    found: Vec<Problem>,
    /// What shows in several places, by sort and subject.
    grouped: BTreeMap<(Kind, String), Vec<Place>>,
    used: BTreeMap<String, (Id, Vec<Place>)>,
    /// Why expressions are none.
    refused: BTreeMap<String, (String, Option<String>)>,
}

impl Judge {
    fn check_both(&mut self, sayings: &[Sayings]) {
        let dep5 = sayings.iter().find(|it| it.path == DEP5);
        let toml = sayings.iter().find(|it| it.path.ends_with(ANNOTATIONS));
        if let (Some(dep5), Some(toml)) = (dep5, toml) {
            self.found.push(Problem {
                kind: Kind::BadAnnotations,
                subject: None,
                says: format!("there is `{}`, and `{}` too", toml.path, dep5.path),
                places: vec![Place::file(dep5.path.clone())],
                help: vec!["move what dep5 says into `REUSE.toml`, and delete it".to_owned()],
            });
        }
    }

    fn file(&mut self, file: &Covered, sayings: &[Sayings]) {
        if let Some(why) = &file.unread {
            self.group(Kind::Unreadable, why, Place::file(file.path.clone()));
            self.lint.files.push(FileInfo { path: file.path.clone(), ..FileInfo::default() });
            return;
        }
        let about = About::of(&file.path, sayings);
        let (copyrights, licenses) = about.associated(&file.stated);
        if about.overriding.is_none() {
            if let Some(at) = &file.stated.open {
                self.group(Kind::OpenSnippet, "", at.clone());
            }
            for it in &file.stated.in_snippets {
                self.expression(it);
            }
        }
        let mut has_license = false;
        for it in &licenses {
            has_license |= self.expression(it);
        }
        self.lint.with_copyright += usize::from(!copyrights.is_empty());
        self.lint.with_license += usize::from(has_license);
        // An expression that is none is told of as such, and not once more as missing.
        let kind = match (copyrights.is_empty(), licenses.is_empty()) {
            (true, true) => Some(Kind::NoInformation),
            (true, false) => Some(Kind::NoCopyright),
            (false, true) => Some(Kind::NoLicense),
            (false, false) => None,
        };
        if let Some(kind) = kind {
            self.group(kind, "", Place::file(file.path.clone()));
        }
        let associated = |said: Said| Associated { origin: Origin::of(&said, &file.path), said };
        self.lint.files.push(FileInfo {
            path: file.path.clone(),
            copyrights: copyrights.into_iter().map(associated).collect(),
            licenses: licenses.into_iter().map(associated).collect(),
        });
    }

    fn group(&mut self, kind: Kind, subject: &str, at: Place) {
        let places = self.grouped.entry((kind, subject.to_owned())).or_default();
        if places.last() != Some(&at) {
            places.push(at);
        }
    }

    /// Takes the licenses of an expression as used; whether it has any.
    fn expression(&mut self, said: &Said) -> bool {
        let meaning = self.expressions.of(&said.words);
        if let Some(why) = &meaning.refused {
            self.refused.insert(said.words.clone(), why.clone());
            self.group(Kind::InvalidExpression, &said.words, said.at.clone());
            return false;
        }
        for id in &meaning.ids {
            let new = || (id.clone(), Vec::new());
            let (_, places) = self.used.entry(id.as_str().to_owned()).or_insert_with(new);
            if places.last() != Some(&said.at) {
                places.push(said.at.clone());
            }
        }
        true
    }

    fn texts(&mut self, project: &Project) {
        let used: BTreeSet<String> = self.used.keys().cloned().collect();
        let texts: Vec<Text> = project.texts.iter().map(|it| Text::of(it, &used)).collect();
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for it in &texts {
            if let Some(other) = known.insert(it.id.as_str(), &it.path) {
                self.group(Kind::DoubleText, it.id.as_str(), Place::file(other));
                self.group(Kind::DoubleText, it.id.as_str(), Place::file(&it.path));
            }
            self.text(it, &used, project.is_part);
        }
        for (name, (id, places)) in std::mem::take(&mut self.used) {
            let is_missing = !known.contains_key(name.as_str());
            let (listed, missing) = match id {
                Id::Unknown(_) => (Some(Kind::UnknownId), false),
                Id::Deprecated(_) => (Some(Kind::DeprecatedId), is_missing),
                Id::Listed(_) | Id::Reference(_) => (None, is_missing),
            };
            for kind in listed.into_iter().chain(missing.then_some(Kind::MissingText)) {
                for it in &places {
                    self.group(kind, &name, it.clone());
                }
            }
        }
        self.lint.used = used;
    }

    /// Judges one text.
    fn text(&mut self, it: &Text, used: &BTreeSet<String>, is_part: bool) {
        let (id, at) = (it.id.as_str(), || Place::file(&it.path));
        match &it.id {
            Id::Unknown(_) => return self.group(Kind::UnknownId, id, at()),
            Id::Deprecated(_) => self.group(Kind::DeprecatedId, id, at()),
            Id::Listed(_) | Id::Reference(_) => {}
        }
        if it.is_bare {
            self.group(Kind::NoExtension, id, at());
        } else if it.is_misspelled() {
            self.group(Kind::UnknownId, &it.written, at());
        }
        if !used.contains(id) && !is_part {
            self.group(Kind::UnusedText, id, at());
        }
        if let Some(why) = it.not_it() {
            self.group(Kind::WrongText, &why, at());
        }
    }

    fn finish(self) -> Lint {
        let Self { mut lint, mut found, grouped, refused, .. } = self;
        for ((kind, subject), places) in grouped {
            let why = refused.get(&subject).filter(|_| kind == Kind::InvalidExpression);
            let (says, mut advice) = match why {
                Some((why, advice)) => {
                    let says = format!("{}: {why}", says(kind, &subject, &places));
                    (says, advice.iter().cloned().collect())
                }
                None => (says(kind, &subject, &places), Vec::new()),
            };
            advice.extend(help(kind, &subject, &places, &lint.used));
            let is_id = !matches!(kind, Kind::WrongText | Kind::Unreadable);
            let subject = Some(subject).filter(|it| is_id && !it.is_empty());
            found.push(Problem { kind, subject, says, places, help: advice });
        }
        found.sort_by(|a, b| (a.kind, &a.subject, &a.places).cmp(&(b.kind, &b.subject, &b.places)));
        lint.problems = found;
        lint
    }
}
