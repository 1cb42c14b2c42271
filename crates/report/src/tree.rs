//! A tree of lines on a screen, each with notes under it.

use std::io::{self, Write};

use crate::paint::Ink;
use crate::plain::brief;
use crate::run::Look;
use crate::wrap::wrap;

/// One line of a tree, before what hangs on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// How far it is from the root, which has 0.
    pub depth: usize,
    /// What it says. Text may be foreign: it is made plain when it is written.
    pub text: String,
    /// More to say, under it.
    pub notes: Vec<String>,
}

/// However wide the device: longer lines are hard to read.
const WIDEST: usize = 100;
/// However deep the tree, text gets this many columns.
const LEAST: usize = 24;

/// Writes a tree. Branches come in reading order: each before what hangs on it.
pub fn write(branches: &[Branch], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (number, branch) in branches.iter().enumerate() {
        let rest = &branches[number + 1..];
        let has_more = |depth: usize| goes_on(rest, depth);
        let stems = |to: usize| -> String {
            (1..to).map(|it| if has_more(it) { "│  " } else { "   " }).collect()
        };
        let (first, below) = match branch.depth {
            0 => (String::new(), String::new()),
            depth => {
                let (fork, stem) =
                    if has_more(depth) { ("├─ ", "│  ") } else { ("└─ ", "   ") };
                (stems(depth) + fork, stems(depth) + stem)
            }
        };
        let under = if has_more(branch.depth + 1) { "│    " } else { "     " };
        let room = look.width.min(WIDEST).saturating_sub(3 * branch.depth + 7).max(LEAST);
        for (number, line) in wrap(&brief(&branch.text), room).iter().enumerate() {
            let stem = if number == 0 { first.clone() } else { below.clone() + under };
            writeln!(out, "  {}{line}", look.paint(Ink::Faint, &stem))?;
        }
        for line in branch.notes.iter().flat_map(|it| wrap(&brief(it), room)) {
            writeln!(out, "  {}{line}", look.paint(Ink::Faint, &(below.clone() + under)))?;
        }
    }
    Ok(())
}

/// Whether another branch of this depth follows before the one that it hangs on ends.
fn goes_on(rest: &[Branch], depth: usize) -> bool {
    rest.iter().take_while(|it| it.depth >= depth).any(|it| it.depth == depth)
}

#[cfg(test)]
mod tests {
    use super::{Branch, write};
    use crate::run::Look;

    #[test]
    fn a_tree_shows_what_hangs_on_what() {
        let branch = |depth, text: &str, notes: &[&str]| Branch {
            depth,
            text: text.to_owned(),
            notes: notes.iter().map(|it| (*it).to_owned()).collect(),
        };
        let branches = [
            branch(0, "root", &["own"]),
            branch(1, "one\u{1b}", &["note"]),
            branch(2, "deep", &["deeper"]),
            branch(1, "two", &["last"]),
        ];
        let look = Look { width: 80, color: false, verbose: false };
        let mut bytes = Vec::new();
        write(&branches, &look, &mut bytes).expect("memory takes everything");
        let expected = "  root\n  │    own\n  ├─ one␛\n  │  │    note\n  │  └─ deep\n  \
                        │          deeper\n  └─ two\n          last\n";
        assert_eq!(String::from_utf8(bytes).expect("it is text"), expected);
    }
}
