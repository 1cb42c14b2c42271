//! Models and datasets that a command line names.

use std::collections::BTreeSet;
use std::ops::Range;

use super::found::Found;
use super::names::{Form, Named, inside, is_revision, named};
use super::options::tells;
use super::taken::{of, ollama};
use super::words::{Word, commands};
use crate::component::Kind;

/// Commands whose arguments are shown and not acted on, or are files.
const SHOW: &[&str] = &[
    "cat", "cd", "cp", "echo", "grep", "help", "ls", "mkdir", "mv", "printf", "rm", "sed", "test",
];

/// Words that may stand before a command.
const BEFORE: &[&str] = &[
    "ARG",
    "CMD",
    "ENTRYPOINT",
    "ENV",
    "ONBUILD",
    "RUN",
    "declare",
    "do",
    "exec",
    "export",
    "if",
    "local",
    "nohup",
    "readonly",
    "set",
    "sudo",
    "then",
    "time",
];

/// How many references of one command are kept.
const MOST: usize = 50;

/// What the commands of `text` name.
pub(super) fn references(text: &str) -> Vec<Found> {
    let commands = commands(text);
    let written: BTreeSet<&str> =
        commands.iter().flat_map(|words| Line { text, words }.written_to()).collect();
    let found = commands.iter().flat_map(|it| command(text, it));
    // What a script fills a repository of is not thereby used.
    found.filter(|it| !written.contains(setting_before(text, it.at.start))).collect()
}

/// The name in `NAME="` before the byte `at`.
fn setting_before(text: &str, at: usize) -> &str {
    let before = text[..at].trim_end_matches(['"', '\'']);
    let Some(before) = before.strip_suffix('=') else { return "" };
    let start = before.rfind(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    &before[start.map_or(0, |it| it + before[it..].chars().next().map_or(1, char::len_utf8))..]
}

/// What one command names.
pub(super) fn command(text: &str, words: &[Word]) -> Vec<Found> {
    let all = Line { text, words };
    let is_setting = |it: &Word| {
        let word = &text[it.at.clone()];
        BEFORE.contains(&word) || all.name_and_value(it).is_some()
    };
    let start = words.iter().position(|it| !is_setting(it)).unwrap_or(words.len());
    let line = Line { text, words: &words[start..] };
    let mut found = Line { text, words: &words[..start] }.settings();
    if let ("ENV" | "ARG", [_, name, value, ..]) = (all.word(0), words) {
        found.extend(all.setting(&text[name.at.clone()], value.at.clone()));
    }
    if SHOW.contains(&line.program(0)) || line.writes() {
        return found;
    }
    found.extend(line.settings());
    found.extend(line.options());
    found.extend(line.addresses());
    found.extend(line.operands());
    found
}

/// The Python programs that commands of `text` are given: `python -c "…"`, and documents.
pub(super) fn programs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for words in commands(text) {
        let line = Line { text, words: &words };
        if !(0..words.len().min(20)).any(|it| line.program(it).starts_with("python")) {
            continue;
        }
        let after = words.iter().position(|it| &text[it.at.clone()] == "-c");
        let given = after.and_then(|it| words.get(it + 1));
        let documents = words.iter().filter(|it| it.is_document);
        found.extend(given.into_iter().chain(documents).map(|it| it.at.clone()));
    }
    found
}

/// The words of one command.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    words: &'t [Word],
}

impl<'t> Line<'t> {
    fn word(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |it| &self.text[it.at.clone()])
    }

    /// Word `index` without the folders before it: `hf` for `/usr/bin/hf`.
    fn program(&self, index: usize) -> &'t str {
        let word = self.word(index);
        word.rsplit('/').next().unwrap_or(word)
    }

    /// Whether these words stand in the command one after the other; where they end.
    fn after(&self, words: &[&str]) -> Option<usize> {
        let fits = |start: usize| {
            words.iter().enumerate().all(|(index, it)| self.program(start + index) == *it)
        };
        (0..self.words.len().min(200)).find(|it| fits(*it)).map(|it| it + words.len())
    }

    /// Whether the command writes to a repository.
    fn writes(&self) -> bool {
        ["upload", "upload-large-folder", "repo", "repo-files", "tag"].iter().any(|it| {
            self.after(&["hf", it]).or_else(|| self.after(&["huggingface-cli", it])).is_some()
        })
    }

    /// The variables that hold what the command writes to.
    fn written_to(&self) -> Vec<&'t str> {
        if !self.writes() {
            return Vec::new();
        }
        let variables = (0..self.words.len().min(200)).filter_map(|it| {
            let name = self.word(it).trim_matches(['"', '\'']).strip_prefix('$')?;
            Some(name.trim_matches(['{', '}']))
        });
        variables.collect()
    }

    /// The two sides of `NAME=value`.
    fn name_and_value(&self, word: &Word) -> Option<(&'t str, Range<usize>)> {
        let text = &self.text[word.at.clone()];
        let (name, value) = text.split_once('=')?;
        let is_name =
            !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        let inner = value.trim_matches(['"', '\'']);
        let start = word.at.end - value.len() + value.find(inner).unwrap_or(0);
        (is_name && !word.is_document).then_some((name, start..start + inner.len()))
    }

    /// `MODEL_ID=owner/name`, before a command or among the words of `docker run -e`.
    fn settings(&self) -> Vec<Found> {
        let all = self.words.iter().filter_map(|it| self.name_and_value(it));
        all.filter_map(|(name, at)| self.setting(name, at)).take(MOST).collect()
    }

    /// What a setting or an option of the command line holds.
    fn setting(&self, name: &str, at: Range<usize>) -> Option<Found> {
        let kind = tells(name)?;
        let at = default_of(self.text, at);
        let text = &self.text[at.clone()];
        let plain = named(text).or_else(|| {
            // What llama.cpp and ollama put behind a name: which of its files is meant.
            let (name, _) = text.split_once(':')?;
            named(name)
        });
        let plain: Named = plain.filter(|it| it.form != Form::Page)?;
        Some(of(text, &plain, kind).moved(at.start))
    }

    /// `--model owner/name`, `--model=owner/name`, `-hf owner/name`.
    fn options(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for (index, it) in self.words.iter().enumerate() {
            let text = self.word(index);
            let Some(name) = text.strip_prefix('-') else { continue };
            let name = if matches!(name, "hfr" | "hfd") { "hf" } else { name };
            if !name.starts_with('-') && name != "hf" || found.len() >= MOST {
                continue;
            }
            let mut one = match name.split_once('=') {
                Some((name, value)) => self.setting(name, it.at.end - value.len()..it.at.end),
                None => self.words.get(index + 1).and_then(|it| self.setting(name, it.at.clone())),
            };
            if let Some(one) = &mut one {
                one.revision = one.revision.take().or_else(|| self.revision());
            }
            found.extend(one);
        }
        found
    }

    fn revision(&self) -> Option<(String, Range<usize>)> {
        let index = self.words.iter().position(|it| &self.text[it.at.clone()] == "--revision")?;
        let at = self.words.get(index + 1)?.at.clone();
        let text = &self.text[at.clone()];
        is_revision(text).then(|| (text.to_owned(), at))
    }

    /// Addresses of files, and of repositories that are cloned.
    fn addresses(&self) -> Vec<Found> {
        let is_clone =
            self.after(&["git", "clone"]).is_some() || self.after(&["lfs", "clone"]).is_some();
        let mut found = Vec::new();
        for (index, it) in self.words.iter().enumerate() {
            let text = self.word(index);
            if it.is_document || found.len() >= MOST {
                continue;
            }
            if !text.contains("://") && !text.contains("hf_hub:") && !text.contains("hf-hub:") {
                continue;
            }
            let all = inside(text);
            let page = if is_clone && all.is_empty() { named(text) } else { None };
            found.extend(page.map(|named| of(text, &named, Kind::Model).moved(it.at.start)));
            let each = all
                .iter()
                .map(|(at, named)| of(&text[*at..], named, Kind::Model).moved(it.at.start + at));
            found.extend(each);
        }
        found
    }

    /// Names that stand for themselves after the words of a command.
    fn operands(&self) -> Vec<Found> {
        const DOWNLOADS: &[&[&str]] = &[
            &["hf", "download"],
            &["huggingface-cli", "download"],
            &["huggingface_hub", "download"],
            &["vllm", "serve"],
            &["vllm", "bench"],
            &["mlc_llm", "serve"],
        ];
        const OLLAMA: &[&[&str]] = &[&["ollama", "pull"], &["ollama", "run"]];
        let mut found = Vec::new();
        for start in DOWNLOADS.iter().filter_map(|it| self.after(it)) {
            let Some(at) = self.operand(start) else { continue };
            let text = &self.text[at.clone()];
            let Some(named) = named(text) else { continue };
            let is_dataset = self.words.windows(2).any(|it| {
                let [a, b] = [&it[0], &it[1]].map(|it| &self.text[it.at.clone()]);
                (matches!(a, "--repo-type" | "--type") && b == "dataset")
                    || b == "--repo-type=dataset"
            });
            let kind = if is_dataset { Kind::Dataset } else { Kind::Model };
            let mut one = of(text, &named, kind).moved(at.start);
            one.revision = one.revision.or_else(|| self.revision());
            found.push(one);
        }
        for start in OLLAMA.iter().filter_map(|it| self.after(it)) {
            let Some(at) = self.operand(start) else { continue };
            found.extend(ollama(&self.text[at.clone()]).map(|it| it.moved(at.start)));
        }
        found
    }

    /// The first word from `start` on that is no option.
    fn operand(&self, start: usize) -> Option<Range<usize>> {
        let mut index = start;
        while self.word(index).starts_with('-') {
            // What most options take is no name; a name is not taken for one of them.
            let next = self.word(index + 1);
            let has_value =
                !self.word(index).contains('=') && !next.starts_with('-') && named(next).is_none();
            index += if has_value && self.words.len() > index + 2 { 2 } else { 1 };
        }
        self.words.get(index).map(|it| it.at.clone())
    }
}

/// For `${MODEL:-owner/name}` the part after the mark, which holds where nothing else is said.
fn default_of(text: &str, at: Range<usize>) -> Range<usize> {
    let word = &text[at.clone()];
    let inner = word.strip_prefix("${").and_then(|it| it.strip_suffix('}'));
    match inner.and_then(|it| it.find(":-")) {
        Some(mark) => at.start + 2 + mark + 2..at.end - 1,
        None => at,
    }
}
