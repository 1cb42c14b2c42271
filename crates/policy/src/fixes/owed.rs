//! What a duty wants written: a notice with the words that the license fixes, or the text of the
//! license as it lies elsewhere in the tree.

use caveat_core::component::Origin;
use caveat_core::inventory::{Claim, Component, Stated};
use caveat_core::source::Source;
use caveat_core::texts::identify;

use super::place::editable;
use super::{Bench, Fixer, Offers};
use crate::case::Case;
use crate::finding::{Finding, Obligation, Status};
use crate::fix::{Change, Fix};

pub(super) const NOTICE: Fixer = Fixer {
    name: "notice-that-is-owed",
    summary: "writes the notice that a license fixes word for word",
    offers: Offers::For("unmet-obligation", |bench, finding| {
        offer(bench, finding, "notice-that-is-owed", notice)
    }),
};

pub(super) const TEXT: Fixer = Fixer {
    name: "license-text-that-is-owed",
    summary: "adds the text of a license, from where it lies in the tree or the list of licenses",
    offers: Offers::For("missing-license-text", |bench, finding| {
        offer(bench, finding, "license-text-that-is-owed", text)
    }),
};

/// A shorter license has a line for whoever made the work.
const SHORT: usize = 6_000;

/// What ends the cause of a finding that tells of many duties that are alike.
const OTHERS: &str = " and others like it";

/// What is to be written, and why just that.
struct Written {
    title: String,
    because: String,
    change: Change,
}

/// The changes for all duties that a finding tells of.
fn offer(
    bench: &Bench<'_>,
    finding: &Finding,
    name: &'static str,
    write: fn(&Case<'_>, &Component, &Obligation) -> Option<Written>,
) -> Option<Fix> {
    let case = bench.case;
    let mut written: Vec<Written> = Vec::new();
    for (component, duty) in told(case, finding) {
        let more = write(case, component, duty);
        let is_new = |it: &Written| !written.iter().any(|known| known.change.collides(&it.change));
        written.extend(more.filter(is_new));
    }
    let others = match written.len().checked_sub(1)? {
        0 => String::new(),
        more => format!(", and {more} more like it"),
    };
    let first = written.first()?;
    Some(Fix {
        name,
        answers: None,
        component: finding.component.clone(),
        title: format!("{}{others}", first.title),
        because: first.because.clone(),
        changes: written.into_iter().map(|it| it.change).collect(),
    })
}

/// The duties that are not met and that a finding tells of: one, or many that are alike.
fn told<'c>(case: &'c Case<'_>, finding: &Finding) -> Vec<(&'c Component, &'c Obligation)> {
    let alike = finding.cause.strip_suffix(OTHERS);
    let alone = alike.is_none();
    let words = alike.unwrap_or(&finding.cause);
    let (kind, product) = words.split_once(' ').unwrap_or((words, ""));
    let unmet = case.obligations.iter().filter(|it| it.due && it.status == Status::Unmet);
    let meant = unmet.filter(|it| {
        it.kind == kind
            && Some(&it.license) == finding.license.as_ref()
            && it.product.as_deref().unwrap_or_default() == product
            && (!alone || it.component == finding.component)
    });
    let borne = |it: &'c Obligation| Some((case.graph.components.get(&it.component)?, it));
    meant.filter_map(borne).collect()
}

/// The words of a notice, in the file that is asked for or behind what a notice beside it says.
fn notice(case: &Case<'_>, component: &Component, duty: &Obligation) -> Option<Written> {
    let remedy = duty.remedy.as_ref()?;
    let text = remedy.text.as_ref()?;
    let Some(fixed) = &duty.text else { return kept(case, component, duty, text) };
    if fixed != text {
        return None;
    }
    let title = |path: &str| format!("write into `{path}`: {text}");
    let because = format!("{} asks for these words ({})", case.title(&duty.license), duty.cite);
    if let Some(known) = duty.evidence.first() {
        let source = editable(case, component, *known).filter(|it| it.cut_at.is_none())?;
        let change = appended(source, text);
        return Some(Written { title: title(&source.name), because, change });
    }
    let path = path(case, component, duty)?;
    let title = title(&path);
    Some(Written { title, because, change: Change::NewFile { path, text: format!("{text}\n") } })
}

/// The notice that the work came with, where it was left behind.
fn kept(case: &Case<'_>, component: &Component, duty: &Obligation, text: &str) -> Option<Written> {
    let source = case.sources.get(duty.evidence.first()?.source)?;
    let path = path(case, component, duty).filter(|_| source.text == text && is_whole(source))?;
    Some(Written {
        title: format!("copy `{}` to `{path}`", source.name),
        because: "it came with what this was made from".to_owned(),
        change: Change::NewFile { path, text: text.to_owned() },
    })
}

/// Whether all of a file was read, and as it is: what is no text was read as question marks.
fn is_whole(source: &Source) -> bool {
    source.origins.is_empty() && source.cut_at.is_none() && !source.text.contains('?')
}

/// Words behind all that a text says, a line between them.
fn appended(source: &Source, words: &str) -> Change {
    let ending = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let end = source.text.len();
    let between = match source.text.ends_with(['\n', '\r']) {
        _ if source.text.trim().is_empty() => String::new(),
        true => ending.to_owned(),
        false => format!("{ending}{ending}"),
    };
    Change::Insert { at: source.span(end..end), text: format!("{between}{words}{ending}") }
}

/// A copy of the text, where one lies that may be copied.
fn text(case: &Case<'_>, component: &Component, duty: &Obligation) -> Option<Written> {
    let path = path(case, component, duty)?;
    let Some(source) = original(case, component, &duty.license) else {
        let text = (case.standard)(&duty.license).filter(|it| is_the_same_for_all(it))?;
        let text = format!("{}\n", text.trim_end());
        return Some(Written {
            title: format!("write the text of {} into `{path}`", duty.license),
            because: "it is the text of the SPDX list word for word".to_owned(),
            change: Change::NewFile { path, text },
        });
    };
    Some(Written {
        title: format!("copy `{}` to `{path}`", source.name),
        because: format!("it is the text of {} word for word", case.title(&duty.license)),
        change: Change::NewFile { path, text: source.text.to_string() },
    })
}

/// Where a file goes that is not there yet.
fn path(case: &Case<'_>, component: &Component, duty: &Obligation) -> Option<String> {
    let remedy = duty.remedy.as_ref()?;
    let file = remedy.file.as_ref()?;
    let folder = &remedy.folder;
    let path = if folder.is_empty() { file.clone() } else { format!("{folder}/{file}") };
    let exhibits = case.exhibits?;
    // In a folder that others share, a file would speak for all of them.
    let is_its_own = component.path == *folder || (component.path == "." && folder.is_empty());
    let left_out = case.policy.excluded(&case.path(&path)).is_some();
    (component.own && is_its_own && !left_out && !exhibits.has(&path)).then_some(path)
}

/// A file that holds the text of a license and nothing else: that of what the component was made
/// from, which names whom it has to name, else one that names nobody.
fn original<'a>(case: &Case<'a>, component: &Component, license: &str) -> Option<&'a Source> {
    let graph = case.graph;
    let component = graph.components.get(&component.id)?;
    let above = case.made_from(component).into_iter().map(|(_, it)| it);
    let above = above
        .filter(|it| it.conclusion.license.as_ref().is_some_and(|it| it.to_string() == license));
    let known = above.flat_map(|it| &it.claims).find_map(|it| whole(case, it, license));
    known.or_else(|| {
        let all = graph.components.values().flat_map(|it| &it.claims);
        all.filter_map(|it| whole(case, it, license)).find(|it| names_nobody(&it.text))
    })
}

/// The file that a claim rests on, if it is the unchanged text of the license and the only one in it.
fn whole<'a>(case: &Case<'a>, claim: &'a Claim, license: &str) -> Option<&'a Source> {
    let is_it = |it: &Claim| match &it.stated {
        Stated::Expression(found) => found.to_string() == license && !it.modified,
        Stated::Family { .. } | Stated::Placeholder | Stated::Reserved | Stated::Unrecognised => {
            false
        }
    };
    if claim.evidence.origin != Origin::Text || !is_it(claim) {
        return None;
    }
    let source = case.sources.get(claim.raw.at.source)?;
    let here = case.graph.components.values().flat_map(|it| &it.claims);
    let mut here = here.filter(|it| it.raw.at.source == source.id);
    let begins = claim.raw.at.start as usize <= source.text.len() / 10;
    let alone = here.all(is_it) && begins && !is_page(&source.name);
    (is_whole(source) && alone && is_unchanged(&source.text)).then_some(source)
}

/// Whether a text is that of one license without a word put in or left out.
fn is_unchanged(text: &str) -> bool {
    let found = identify(text);
    found.len() == 1 && found.iter().all(|it| it.differences.is_empty())
}

/// Whether a file describes something, and so holds more than a license.
fn is_page(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    file.starts_with("readme")
}

/// Whether the text of a license is the same whatever is under it: a short one names whose work it
/// is, and so does one that leaves a blank for that before its middle.
fn is_the_same_for_all(text: &str) -> bool {
    let claims = |line: &str| line.trim_start().to_lowercase().starts_with("copyright");
    let has_blank = |line: &str| claims(line) && line.contains(['<', '[', '{']);
    let half = text.len() / 2;
    let begin = text.char_indices().find(|it| it.0 >= half).map_or(text, |it| &text[..it.0]);
    text.len() >= SHORT && !begin.lines().any(has_blank)
}

/// Whether no line of a text claims copyright for a year: a template does not.
fn names_nobody(text: &str) -> bool {
    let claims = |line: &str| {
        let line = line.trim().to_lowercase();
        let begins = ["copyright", "(c)", "©"].iter().any(|it| line.starts_with(it));
        begins && line.chars().filter(char::is_ascii_digit).count() >= 4
    };
    !text.lines().any(claims)
}
