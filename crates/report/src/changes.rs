//! What is different between two texts, line by line, for people.

/// A run of lines that differ, with where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The title that stands above it in the text that has it.
    pub under: String,
    /// The line of the old text that it begins at, from 1.
    pub line: usize,
    /// Lines that only the old text has.
    pub removed: Vec<String>,
    /// Lines that only the new text has.
    pub added: Vec<String>,
}

/// The most steps from one text to the other that are looked for one by one.
const MOST_STEPS: usize = 1_000;

/// What has to be done to the lines of `old` to make them those of `new`.
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let same = |it: &(&&str, &&str)| it.0 == it.1;
    let start = old.iter().zip(&new).take_while(same).count();
    let (tail, new_tail) = (&old[start..], &new[start..]);
    let end = tail.iter().rev().zip(new_tail.iter().rev()).take_while(same).count();
    let (before, after) = (&tail[..tail.len() - end], &new_tail[..new_tail.len() - end]);
    let pairs = common(before, after);
    let mut all = Vec::new();
    let (mut at, mut new_at) = (0, 0);
    for (one, other) in pairs.into_iter().chain([(before.len(), after.len())]) {
        if at < one || new_at < other {
            all.push(Change {
                under: title(&new, start + new_at)
                    .or_else(|| title(&old, start + at))
                    .unwrap_or_default(),
                line: start + at + 1,
                removed: before[at..one].iter().map(|it| (*it).to_owned()).collect(),
                added: after[new_at..other].iter().map(|it| (*it).to_owned()).collect(),
            });
        }
        (at, new_at) = (one + 1, other + 1);
    }
    all
}

/// The nearest title above a line: what a line across stands over or under, or a heading.
fn title(lines: &[&str], at: usize) -> Option<String> {
    let is_rule = |it: &str| it.len() > 20 && it.bytes().all(|it| it == b'-' || it == b'=');
    let at = at.min(lines.len().checked_sub(1)?);
    let found = (0..=at).rev().find(|number| {
        let above = number.checked_sub(1).is_some_and(|it| is_rule(lines[it]));
        let line = lines[*number];
        line.starts_with('#')
            || line.starts_with("<h")
            || (above && !line.is_empty() && !is_rule(line))
    })?;
    let words = lines[found].trim_start_matches('#').trim();
    let bare = words.strip_prefix("<h").and_then(|it| it.split_once('>')?.1.split("</").next());
    Some(bare.unwrap_or(words).to_owned())
}

/// Pairs of lines that both texts have, in order: as many as can be with few steps between.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let most = (old.len() + new.len()).min(MOST_STEPS);
    let width = most + 1;
    let mut reach = vec![0_usize; 2 * width + 1];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for steps in 0..=most {
        trace.push(reach[width - steps..=width + steps].to_vec());
        for lane in (0..=2 * steps).step_by(2) {
            let down = lane == 0
                || (lane != 2 * steps
                    && reach[width - steps + lane - 1] < reach[width - steps + lane + 1]);
            let mut at = if down {
                reach[width - steps + lane + 1]
            } else {
                reach[width - steps + lane - 1] + 1
            };
            let mut new_at = (at + steps).saturating_sub(lane);
            while at < old.len() && new_at < new.len() && old[at] == new[new_at] {
                (at, new_at) = (at + 1, new_at + 1);
            }
            reach[width - steps + lane] = at;
            if at >= old.len() && new_at >= new.len() {
                return backwards(old, new, &trace);
            }
        }
    }
    Vec::new()
}

/// The pairs on the way that was found, from its end to its beginning.
fn backwards(old: &[&str], new: &[&str], trace: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut at, mut new_at) = (old.len(), new.len());
    for (steps, reach) in trace.iter().enumerate().rev() {
        // What was reached with so many steps less one, by how much the old text is ahead.
        let lane = (at + steps).saturating_sub(new_at);
        let read = |lane: usize| reach.get(lane).copied().unwrap_or_default();
        let down = lane == 0 || (lane != 2 * steps && read(lane - 1) < read(lane + 1));
        let (from, new_from) = if steps == 0 {
            (0, 0)
        } else if down {
            let from = read(lane + 1);
            (from, (from + steps).saturating_sub(lane + 1))
        } else {
            let from = read(lane - 1);
            (from, (from + steps + 1).saturating_sub(lane))
        };
        while at > from && new_at > new_from && old[at - 1] == new[new_at - 1] {
            (at, new_at) = (at - 1, new_at - 1);
            pairs.push((at, new_at));
        }
        (at, new_at) = (from, new_from);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::changes;

    /// The text that the changes make of the old one.
    fn check(old: &str, new: &str, expected: usize) {
        let found = changes(old, new);
        let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
        for it in found.iter().rev() {
            let range = it.line - 1..it.line - 1 + it.removed.len();
            assert_eq!(lines[range.clone()], it.removed, "{old:?} {new:?}");
            lines.splice(range, it.added.clone());
        }
        assert_eq!(lines, new.lines().collect::<Vec<_>>(), "{old:?} {new:?}");
        assert_eq!(found.len(), expected, "{old:?} {new:?} {found:?}");
    }

    #[test]
    fn changes_make_the_new_text_of_the_old_one() {
        check("a\nb\nc\n", "a\nb\nc\n", 0);
        check("a\nb\nc\n", "a\nc\n", 1);
        check("a\nc\n", "a\nb\nc\nd\n", 2);
        check("", "a\nb\n", 1);
        check("a\nb\n", "", 1);
        check("a\nb\nc\nd\ne\n", "x\nb\nc\ny\ne\nf\n", 3);
        check("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", 4);
        let numbers: Vec<String> = (0..5_000).map(|it| it.to_string()).collect();
        let long = numbers.join("\n") + "\n";
        check(&long, &long.replace("\n77\n", "\nx\n").replace("\n4000\n", "\n"), 2);
        check(&long, &long.replace('\n', "!\n"), 1);
    }
}
