//! People, as git and lists name them.

use std::fmt;

/// Somebody with an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The name as written.
    pub name: String,
    /// The address as written.
    pub mail: String,
}

impl Person {
    /// Reads `Name <mail>`, or an address alone. What stands behind `>` is no part of it.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((name, rest)) = text.split_once('<') else {
            let word = text.trim();
            let is_mail = word.contains('@') && !word.contains(char::is_whitespace);
            return is_mail.then(|| Self { name: String::new(), mail: word.to_owned() });
        };
        let (mail, _) = rest.split_once('>')?;
        Some(Self { name: name.trim().to_owned(), mail: mail.trim().to_owned() })
    }

    /// Whether both have one address. No address is nobody's.
    pub fn same_mail(&self, other: &Self) -> bool {
        !self.mail.is_empty() && folded(&self.mail) == folded(&other.mail)
    }

    /// Whether both have one name, however it is spaced. No name is nobody's.
    pub fn same_name(&self, other: &Self) -> bool {
        let name = folded(&self.name);
        !name.is_empty() && name == folded(&other.name)
    }

    /// Whether it is the account of a program, as hosts of repositories call these: `NAME[bot]`.
    pub fn is_program(&self) -> bool {
        let local = self.mail.split('@').next().unwrap_or_default();
        self.name.ends_with("[bot]") && local.ends_with("[bot]")
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name.as_str(), self.mail.as_str()) {
            ("", mail) => write!(f, "<{mail}>"),
            (name, "") => f.write_str(name),
            (name, mail) => write!(f, "{name} <{mail}>"),
        }
    }
}

/// Case and spacing make no other person.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Who is meant: an address, a name without one, or either with `*` for any characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    written: String,
    pattern: String,
}

impl Who {
    /// Reads `Name <mail>`, `mail`, `*@domain`, or a name. Nothing for what would mean everybody.
    pub fn new(text: &str) -> Option<Self> {
        let mail = text.contains('<').then(|| Person::parse(text)).flatten().map(|it| it.mail);
        let pattern = folded(mail.as_deref().unwrap_or(text));
        let says = pattern.chars().any(char::is_alphanumeric);
        says.then(|| Self { written: text.trim().to_owned(), pattern })
    }

    /// Whether it names an address.
    pub fn is_mail(&self) -> bool {
        self.pattern.contains('@')
    }

    /// Whether somebody is meant.
    pub fn matches(&self, person: &Person) -> bool {
        let text = folded(if self.is_mail() { &person.mail } else { &person.name });
        matches(&self.pattern, &text)
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Whether `text` has the parts between the stars of `pattern` in their order.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|it| text.strip_prefix(it)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}
