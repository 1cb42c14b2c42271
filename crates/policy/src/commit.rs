//! A commit: who made it, who signed it, and what it touches.

use caveat_core::source::{SourceId, Sources, Span, Spanned};

use crate::person::Person;

/// How many people one commit may name.
const MOST: usize = 100;
/// How much of a line that names somebody, or of the first line, is shown.
const SHOWN: usize = 400;

/// A commit, as far as it tells of contributors.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Its name, whole.
    pub id: String,
    /// The commits that it goes back to.
    pub parents: Vec<String>,
    /// Who made the change.
    pub author: Spanned<Person>,
    /// Who put it into the history.
    pub committer: Spanned<Person>,
    /// Who signed it off.
    pub signed: Vec<Spanned<Person>>,
    /// Who else made the change.
    pub co_authors: Vec<Spanned<Person>>,
    /// The files that it changes, from the scanned folder.
    pub paths: Vec<String>,
    /// It changes no files at all, be they elsewhere.
    pub is_empty: bool,
}

impl Commit {
    /// Reads a commit as git keeps it. What it says of people joins the sources, for findings to
    /// point at.
    pub fn read(id: &str, text: &str, sources: &mut Sources) -> Self {
        let (head, message) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut parents = Vec::new();
        let (mut author, mut committer) = (None, None);
        // A line that begins with a space goes on with the one above, and quotes what it likes.
        for (key, value) in head.lines().filter_map(|it| it.split_once(' ')) {
            match key {
                "parent" => parents.push(value.to_owned()),
                "author" => author = author.or_else(|| Some(dated(value))),
                "committer" => committer = committer.or_else(|| Some(dated(value))),
                _ => {}
            }
        }
        let mut page = Page::new(sources.next(), id);
        let author = page.person("author", author.unwrap_or_default());
        let committer = page.person("committer", committer.unwrap_or_default());
        page.text.push('\n');
        page.line(message.lines().find(|it| !it.trim().is_empty()).unwrap_or_default());
        page.text.push('\n');
        let (mut signed, mut co_authors) = (Vec::new(), Vec::new());
        for (role, line, person) in message.lines().filter_map(trailer).take(MOST) {
            let person = Spanned::new(person, page.line(line));
            match role {
                Role::Signed => signed.push(person),
                Role::CoAuthor => co_authors.push(person),
            }
        }
        sources.add(page.name, page.text);
        let (id, paths) = (id.to_owned(), Vec::new());
        Self { id, parents, author, committer, signed, co_authors, paths, is_empty: true }
    }

    /// Its name, short.
    pub fn short(&self) -> &str {
        short(&self.id)
    }

    /// Whether it only brings histories together.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }
}

/// The name of a commit, short.
pub fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// In which way a line of a message names somebody.
#[derive(Clone, Copy)]
enum Role {
    Signed,
    CoAuthor,
}

/// `Signed-off-by: Name <mail>`, wherever in the message: merging several commits into one keeps
/// the lines of each in the middle. A quotation is indented or has a mark before it.
fn trailer(line: &str) -> Option<(Role, &str, Person)> {
    const KEYS: [(&str, Role); 3] = [
        ("signed-off-by", Role::Signed),
        ("co-authored-by", Role::CoAuthor),
        ("co-developed-by", Role::CoAuthor),
    ];
    let (key, value) = line.split_once(':')?;
    let (_, role) = KEYS.iter().find(|it| it.0.eq_ignore_ascii_case(key.trim_end()))?;
    Some((*role, line, Person::parse(value)?))
}

/// `Name <mail> 1700000000 +0100`.
fn dated(value: &str) -> Person {
    Person::parse(value).unwrap_or_else(|| Person { name: value.to_owned(), mail: String::new() })
}

/// The text that is made of a commit.
struct Page {
    source: SourceId,
    name: String,
    text: String,
}

impl Page {
    fn new(source: SourceId, id: &str) -> Self {
        Self { source, name: format!("commit {}", short(id)), text: format!("commit {id}\n") }
    }

    fn person(&mut self, key: &str, person: Person) -> Spanned<Person> {
        self.text.push_str(key);
        self.text.push(' ');
        let at = self.line(&person.to_string());
        Spanned::new(person, at)
    }

    /// Adds a line, and says where it stands.
    fn line(&mut self, line: &str) -> Span {
        let start = self.text.len();
        self.text.extend(line.trim_end().chars().take(SHOWN));
        let end = self.text.len();
        self.text.push('\n');
        Span::new(self.source, start..end)
    }
}
