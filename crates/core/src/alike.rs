//! Problems that many files of one folder share, told once.

use std::collections::BTreeMap;

use crate::source::{Problem, Source, Sources};

/// One problem, and how many files beside the first have the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike<'a> {
    /// The first of them.
    pub first: &'a Problem,
    /// How many more files there are.
    pub more: usize,
    /// Where they are and how their names end: `models/*.bin`.
    pub files: String,
}

impl Alike<'_> {
    /// What is wrong, and with how many files.
    pub fn what(&self) -> String {
        let Self { first, more, files } = self;
        match more {
            0 => first.what.clone(),
            _ => format!("{}; so it is with {} files `{files}`", first.what, more + 1),
        }
    }
}

/// Puts together what weight files of one folder and ending share: a repository that was cloned
/// without its large files has a hundred pointers and one thing to say of them. What is wrong with
/// a text is wrong in its own place.
pub fn alike<'a>(
    problems: impl IntoIterator<Item = &'a Problem>,
    sources: &Sources,
) -> Vec<Alike<'a>> {
    let mut known: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut found: Vec<Alike<'a>> = Vec::new();
    for problem in problems {
        let weights = sources.get(problem.at.source).filter(|it| is_weights(it));
        let Some(source) = weights else {
            found.push(Alike { first: problem, more: 0, files: String::new() });
            continue;
        };
        let (folder, name) = source.name.rsplit_once('/').unwrap_or(("", &source.name));
        let ending = name.rsplit_once('.').map_or(name, |it| it.1);
        let place = *known.entry((folder, ending, &problem.what)).or_insert(found.len());
        match found.get_mut(place) {
            Some(it) if it.first.at.source != problem.at.source => it.more += 1,
            Some(_) | None => {
                let slash = if folder.is_empty() { "" } else { "/" };
                let files = format!("{folder}{slash}*.{ending}");
                found.push(Alike { first: problem, more: 0, files });
            }
        }
    }
    found
}

/// The rendered header of a binary.
fn is_weights(source: &Source) -> bool {
    !source.origins.is_empty()
}

#[cfg(test)]
mod tests {
    use super::alike;
    use crate::source::{Problem, Source, Sources};

    #[test]
    fn what_many_files_of_a_folder_share_is_told_once() {
        let (mut sources, mut problems) = (Sources::new(), Vec::new());
        for name in ["a/1.bin", "a/2.bin", "a/3.bin", "b/1.bin", "x.md", "y.md"] {
            let mut source = Source::text(sources.next(), name, "#");
            source.origins = if name.ends_with("md") { Vec::new() } else { vec![(0, 0)] };
            problems.push(Problem::new(source.span(0..1), "gone"));
            sources.insert(source);
        }
        let told: Vec<String> = alike(&problems, &sources).iter().map(super::Alike::what).collect();
        assert_eq!(told, ["gone; so it is with 3 files `a/*.bin`", "gone", "gone", "gone"]);
    }
}
