//! License texts, each once: those that differ only in whose copyright they state are one.

use std::collections::BTreeMap;

use caveat_core::component::ComponentId;
use caveat_core::copyrights::{copyrights, key};
use caveat_core::texts::{Likeness, Match, identify};

use super::{Credit, LegalText, Text};

/// A line with more letters beside a statement of copyright says something else as well.
const MOST_BESIDE: usize = 24;

/// The licenses that a text holds, as far as it follows their words.
pub(super) fn identified(text: &str) -> Vec<String> {
    let close = |it: &Match| it.likeness != Likeness::Kindred;
    let found = identify(text).into_iter().filter(close);
    let mut ids: Vec<String> = found.map(|it| it.nearest.to_owned()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Whether two ids have the same text: whether later versions will do is not said in it.
pub(super) fn is_same_license(one: &str, other: &str) -> bool {
    fn bare(id: &str) -> &str {
        ["-only", "-or-later", "+"].iter().find_map(|it| id.strip_suffix(it)).unwrap_or(id)
    }
    bare(one).eq_ignore_ascii_case(bare(other))
}

/// Whether a text holds another, whatever its lines and points.
pub(super) fn holds(text: &str, part: &str) -> bool {
    key(text).contains(&key(part))
}

/// Texts by whether they are of the list of licenses, and by what they say.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<(bool, String), Group>);

/// Texts that say the same.
#[derive(Debug, Default)]
struct Group {
    licenses: Vec<String>,
    members: Vec<Member>,
}

/// A text in the hands of a component.
#[derive(Debug)]
struct Member {
    of: ComponentId,
    /// The number of the component among the credits.
    at: usize,
    file: Option<String>,
    text: String,
}

impl Texts {
    /// Takes a file that a component carries.
    pub(super) fn take(&mut self, of: &ComponentId, at: usize, it: &LegalText, ids: Vec<String>) {
        let text = it.text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let group = self.0.entry((false, key(&without_copyrights(&text)))).or_default();
        group.licenses = ids;
        group.members.push(Member { of: of.clone(), at, file: Some(it.name.clone()), text });
    }

    /// Takes a text of the list of licenses.
    pub(super) fn take_standard(&mut self, of: &ComponentId, at: usize, id: &str, text: &str) {
        let group = self.0.entry((true, id.to_owned())).or_default();
        group.licenses = vec![id.to_owned()];
        group.members.push(Member { of: of.clone(), at, file: None, text: text.to_owned() });
    }

    /// The texts, those of most components first; their numbers go into the credits.
    pub(super) fn into_texts(self, credits: &mut [Credit]) -> Vec<Text> {
        let mut groups: Vec<_> = self.0.into_iter().collect();
        groups.sort_by(|((_, one_key), one), ((_, other_key), other)| {
            let names = one.licenses.cmp(&other.licenses);
            other.members.len().cmp(&one.members.len()).then(names).then(one_key.cmp(other_key))
        });
        let mut texts = Vec::new();
        for ((is_standard, _), Group { licenses, members }) in groups {
            let same =
                |it: &[Member]| it[0].text.split_whitespace().eq(it[1].text.split_whitespace());
            let Some(first) = members.first() else { continue };
            let is_one = members.windows(2).all(same);
            let text = if is_one { first.text.clone() } else { without_copyrights(&first.text) };
            for it in &members {
                let Some(credit) = credits.get_mut(it.at) else { continue };
                if !credit.texts.contains(&texts.len()) {
                    credit.texts.push(texts.len());
                }
            }
            let text = text.trim_matches('\n').trim_end().to_owned();
            let read_in = members.into_iter().map(|it| (it.of, it.file)).collect();
            texts.push(Text { licenses, is_standard, text, read_in });
        }
        texts
    }
}

/// A text without the lines that state a copyright and say nothing else.
fn without_copyrights(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for it in copyrights(text) {
        let start = text[..it.at.start].rfind('\n').map_or(0, |it| it + 1);
        let end = text[it.at.end..].find('\n').map_or(text.len(), |end| it.at.end + end + 1);
        let beside = text[it.at.end..end].trim().len() + text[start..it.at.start].trim().len();
        if start < from || beside > MOST_BESIDE {
            continue;
        }
        rest.push_str(&text[from..start]);
        from = end;
    }
    rest.push_str(&text[from..]);
    rest
}
