//! Things by the beginning of a text.

/// Things, each of which is of interest for texts with a certain beginning.
#[derive(Clone, Debug)]
pub(super) struct Starts<'a, T> {
    /// In the order of the beginnings, each once.
    entries: Vec<Entry<'a, T>>,
}

#[derive(Clone, Debug)]
struct Entry<'a, T> {
    start: &'a str,
    /// The longest other beginning with which this one begins.
    shorter: Option<usize>,
    things: Vec<T>,
}

impl<'a, T> Starts<'a, T> {
    pub(super) fn of(mut all: Vec<(&'a str, T)>) -> Self {
        all.sort_by_key(|(start, _)| *start);
        let mut entries: Vec<Entry<'a, T>> = Vec::new();
        for (start, thing) in all {
            match entries.last_mut() {
                Some(it) if it.start == start => it.things.push(thing),
                Some(_) | None => {
                    let before = entries.len().checked_sub(1);
                    let shorter = begun(&entries, before, start);
                    entries.push(Entry { start, shorter, things: vec![thing] });
                }
            }
        }
        Self { entries }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Everything whose beginning `text` has. All beginnings of a text stand on one chain: whatever
    /// lies between one of them and the text in the order has it for a beginning as well.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = &T> {
        let last = self.entries.partition_point(|it| it.start <= text).checked_sub(1);
        let first = begun(&self.entries, last, text);
        let chain = std::iter::successors(first, |it| self.entries[*it].shorter);
        chain.flat_map(|it| &self.entries[it].things)
    }
}

/// The longest beginning of `text` on the chain from `from` on.
fn begun<T>(entries: &[Entry<'_, T>], from: Option<usize>, text: &str) -> Option<usize> {
    let mut chain = std::iter::successors(from, |it| entries[*it].shorter);
    chain.find(|it| text.starts_with(entries[*it].start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_finds_all_of_its_beginnings_and_nothing_else() {
        let check = |starts: &[&'static str], text: &str, expected: &[&str]| {
            let index = Starts::of(starts.iter().map(|it| (*it, *it)).collect());
            let found: Vec<&str> = index.beginning(text).copied().collect();
            assert_eq!(found, expected, "{starts:?} {text}");
        };
        let starts = ["apps/", "", "apps/web/", "apps/web/a", "apps/x", "models/", "apps/web/"];
        check(&starts, "apps/web/b", &["apps/web/", "apps/web/", "apps/", ""]);
        check(&starts, "apps/web/a.rs", &["apps/web/a", "apps/web/", "apps/web/", "apps/", ""]);
        check(&starts, "apps/", &["apps/", ""]);
        check(&starts, "app", &[""]);
        check(&starts, "zoo", &[""]);
        check(&["b"], "a", &[]);
        check(&[], "a", &[]);
    }
}
