//! What the tree holds besides what readers read: which files there are, and the texts in which
//! somebody looked for the things that licenses ask for.

use std::collections::BTreeMap;

use caveat_core::source::SourceId;

/// The files of a scan, by their names from the scanned folder.
#[derive(Clone, Debug, Default)]
pub struct Exhibits {
    files: BTreeMap<String, Option<SourceId>>,
    /// Files whose text was searched for a fixed string and did not hold it.
    pub searched: usize,
    /// There was more to read than the bounds allow, so what was not found may be there.
    pub is_cut: bool,
}

impl Exhibits {
    /// The files that are there; none of them is open yet.
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        let files = names.into_iter().map(|it| (it, None)).collect();
        Self { files, ..Self::default() }
    }

    /// Notes that the text of a file is among the sources.
    pub fn open(&mut self, name: &str, source: SourceId) {
        self.files.insert(name.to_owned(), Some(source));
    }

    /// Whether a file of that name is there.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The name of a file that is there.
    pub fn name(&self, name: &str) -> Option<&str> {
        self.files.get_key_value(name).map(|(name, _)| name.as_str())
    }

    /// The text of a file, where it is open.
    pub fn source(&self, name: &str) -> Option<SourceId> {
        *self.files.get(name)?
    }

    /// All files, by name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The files that are open, by name.
    pub fn opened(&self) -> impl Iterator<Item = (&str, SourceId)> {
        self.files.iter().filter_map(|(name, it)| Some((name.as_str(), (*it)?)))
    }

    /// The files in and below a folder; empty or `.` for the scanned one.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let start = beginning(folder);
        let from = self.files.range(start.clone()..);
        from.map(|(name, _)| name.as_str()).take_while(move |it| it.starts_with(&start))
    }

    /// The folder of what lies at `path`: itself, or the one that holds the file; `None` where
    /// there is nothing.
    pub fn folder(&self, path: &str) -> Option<String> {
        if self.has(path) {
            return Some(parent(path).to_owned());
        }
        let folder = if path == "." { "" } else { path };
        self.below(folder).next().map(|_| folder.to_owned())
    }
}

fn beginning(folder: &str) -> String {
    if folder.is_empty() || folder == "." { String::new() } else { format!("{folder}/") }
}

/// The folder that holds a file; empty for the scanned one.
pub fn parent(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |it| it.0)
}

/// What a file is for, as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Notices that travel with a work, or with a product for the works in it.
    Notice,
    /// The text of a license or an agreement.
    License,
    /// Terms of use that somebody is bound by.
    Terms,
    /// Who made it.
    Credits,
    /// What describes it: a card, a readme, a page about it.
    Page,
    /// Any other text for people.
    Text,
    /// A program, or something that it shows.
    Program,
}

/// Words in names, with what they make of a file; the first that fits counts.
const NAMED: [(&str, Purpose); 24] = [
    ("notice", Purpose::Notice),
    ("notices", Purpose::Notice),
    ("thirdparty", Purpose::Notice),
    ("third", Purpose::Notice),
    ("attribution", Purpose::Notice),
    ("attributions", Purpose::Notice),
    ("acknowledgements", Purpose::Notice),
    ("acknowledgments", Purpose::Notice),
    ("offer", Purpose::Notice),
    ("license", Purpose::License),
    ("licence", Purpose::License),
    ("licenses", Purpose::License),
    ("licences", Purpose::License),
    ("copying", Purpose::License),
    ("agreement", Purpose::License),
    ("eula", Purpose::Terms),
    ("terms", Purpose::Terms),
    ("tos", Purpose::Terms),
    ("policy", Purpose::Terms),
    ("restrictions", Purpose::Terms),
    ("authors", Purpose::Credits),
    ("credits", Purpose::Credits),
    ("citation", Purpose::Credits),
    ("readme", Purpose::Page),
];

/// Endings of texts for people.
const TEXTS: [&str; 12] =
    ["", "md", "markdown", "txt", "text", "rst", "adoc", "html", "htm", "cff", "bib", "tex"];

/// Endings of what a program is made of, or shows.
const PROGRAMS: [&str; 42] = [
    "astro",
    "c",
    "cc",
    "cpp",
    "cs",
    "css",
    "cxx",
    "dart",
    "ejs",
    "ftl",
    "go",
    "h",
    "hbs",
    "hpp",
    "java",
    "js",
    "json",
    "jsx",
    "kt",
    "liquid",
    "lua",
    "m",
    "mdx",
    "mjs",
    "njk",
    "php",
    "po",
    "properties",
    "py",
    "rb",
    "rs",
    "scala",
    "strings",
    "svelte",
    "swift",
    "toml",
    "ts",
    "tsx",
    "vue",
    "xaml",
    "xml",
    "yaml",
];

/// Names of files that say what is given away of a model, as the tool of the Model Openness
/// Framework writes them.
pub const LISTS: [&str; 4] = ["mof.yml", "mof.yaml", "MOF.yml", "MOF.yaml"];

/// Folders of what others made or a build puts out, and names of what no person reads.
const NOISE: [&str; 12] = [
    "node_modules",
    "target",
    "dist",
    "build",
    "vendor",
    "third_party",
    ".git",
    ".venv",
    "venv",
    "site-packages",
    "__pycache__",
    ".next",
];

/// What a file is for; `None` for what holds no text, or nothing of interest.
pub fn purpose(path: &str) -> Option<Purpose> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let is_text = TEXTS.contains(&ending);
    let mut parts = stem.split(|it: char| !it.is_alphanumeric()).chain([ending]);
    let named = parts.find_map(|part| NAMED.iter().find(|(word, _)| *word == part));
    match named {
        Some((_, purpose)) if is_text || !PROGRAMS.contains(&ending) => Some(*purpose),
        Some(_) | None if is_text && !ending.is_empty() => Some(Purpose::Text),
        Some(_) | None => PROGRAMS.contains(&ending).then_some(Purpose::Program),
    }
}

/// Whether a file lies where no product says anything of its own.
pub fn is_noise(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_minified = [".min.", "-lock.", ".lock"].iter().any(|it| name.contains(it));
    is_minified || parent(path).split('/').any(|it| NOISE.contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_a_file_is_for() {
        let check = |name, expected| assert_eq!(purpose(name), expected, "{name}");
        check("models/ship/Notice.txt", Some(Purpose::Notice));
        check("THIRD-PARTY-NOTICES.txt", Some(Purpose::Notice));
        check("vendor/x/COPYING.LESSER", Some(Purpose::License));
        check("legal/eula/en.md", Some(Purpose::Text));
        check("legal/terms-of-service.md", Some(Purpose::Terms));
        check("models/a/README.md", Some(Purpose::Page));
        check("web/src/footer.tsx", Some(Purpose::Program));
        check("src/notice.rs", Some(Purpose::Program));
        check("apps/about.html", Some(Purpose::Text));
        check("weights/model.safetensors", None);
        check("Makefile", None);
    }

    #[test]
    fn a_folder_is_known_by_what_lies_in_it() {
        let files = ["a/README.md", "a/b/x.gguf", "ab/y"].map(str::to_owned);
        let exhibits = Exhibits::of(files);
        assert_eq!(exhibits.below("a").collect::<Vec<_>>(), ["a/README.md", "a/b/x.gguf"]);
        assert_eq!(exhibits.folder("a/b/x.gguf").as_deref(), Some("a/b"));
        assert_eq!(exhibits.folder(".").as_deref(), Some(""));
        assert_eq!(exhibits.folder("c"), None);
    }
}
