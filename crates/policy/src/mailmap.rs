//! `.mailmap`: which names and addresses are one person's.

use std::collections::BTreeMap;

use crate::person::Person;

/// What a `.mailmap` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailmap(BTreeMap<(String, String), Person>);

impl Mailmap {
    /// Reads the file as git does: a proper name, a proper address or both, then the address, and
    /// perhaps the name, that commits have. What is no such line says nothing.
    pub fn parse(text: &str) -> Self {
        Self(text.lines().filter_map(line).collect())
    }

    /// Who is meant by what a commit has.
    pub fn proper(&self, person: &Person) -> Person {
        let mail = person.mail.to_lowercase();
        let by_name = self.0.get(&(mail.clone(), person.name.to_lowercase()));
        let Some(proper) = by_name.or_else(|| self.0.get(&(mail, String::new()))) else {
            return person.clone();
        };
        let or =
            |proper: &str, own: &str| (if proper.is_empty() { own } else { proper }).to_owned();
        Person { name: or(&proper.name, &person.name), mail: or(&proper.mail, &person.mail) }
    }
}

/// What a commit has, and who that is.
fn line(line: &str) -> Option<((String, String), Person)> {
    let (name, rest) = line.split_once('<').filter(|_| !line.starts_with('#'))?;
    let (mail, rest) = rest.split_once('>')?;
    let (name, mail) = (name.trim().to_owned(), mail.trim().to_owned());
    let old = Person::parse(rest).filter(|_| rest.contains('<'));
    let (key, proper) = match old {
        Some(old) => ((old.mail, old.name), Person { name, mail }),
        None => ((mail, String::new()), Person { name, mail: String::new() }),
    };
    Some(((key.0.to_lowercase(), key.1.to_lowercase()), proper))
}
