//! Places where a license grants nothing.

use caveat_core::inventory::Component;
use caveat_core::tags::Tag;
use caveat_core::terms::{By, Reach, Terms, Territory};

use super::Outcome;
use crate::finding::{Link, Step};
use crate::ground::Ground;
use crate::region::Region;
use crate::setting::Setting;
use crate::wanted::Wanted;

/// How every exclusion behind `tag` comes out.
pub(super) fn outcomes(
    case: &Ground<'_>,
    terms: &Terms,
    owner: &Component,
    tag: Tag,
    setting: &Setting<'_>,
) -> Vec<Outcome> {
    let behind = terms.limits.territory.iter().map(|it| &it.value).filter(|it| tag_of(it) == tag);
    let asks_seat = terms.limits.territory.iter().any(|it| it.value.by == Some(By::Seat));
    let told = |it: Outcome| if asks_seat { it } else { without_seat(case, it) };
    behind.map(|it| told(outcome(case, it, owner, setting))).collect()
}

/// Who sits elsewhere may take that for an answer, so that it is said where it is none.
fn without_seat(case: &Ground<'_>, mut outcome: Outcome) -> Outcome {
    if let Outcome::Fails(_, steps) = &mut outcome
        && case.policy.org.domicile.is_some()
        && let Some(last) = steps.last_mut()
    {
        last.says.push_str("; `domicile` is not asked by this license");
    }
    outcome
}

/// The tag that an exclusion gives a license.
fn tag_of(territory: &Territory) -> Tag {
    match territory.by {
        Some(By::Seat) => Tag::SeatRestricted,
        Some(By::PlaceOfUse) | None => Tag::Territorial,
    }
}

fn outcome(
    case: &Ground<'_>,
    territory: &Territory,
    owner: &Component,
    setting: &Setting<'_>,
) -> Outcome {
    let excluded: Vec<Region> =
        territory.regions.iter().filter_map(|it| Region::parse(it)).collect();
    let names = territory.regions.join(", ");
    let here = match territory.by {
        Some(By::Seat) => seat(case, &excluded, &names),
        Some(By::PlaceOfUse) | None => markets(&excluded, &names, setting),
    };
    if matches!(here, Outcome::Passes(_)) {
        return here;
    }
    match reach(territory, owner) {
        Reach::Reached => here,
        Reach::NotReached => Outcome::Passes(vec![Step::new(
            Link::Fact,
            "the exclusion is for multimodal models, and this one is known to be none",
            owner.at,
        )]),
        Reach::Unclear => Outcome::Unanswered(
            match territory.by {
                Some(By::Seat) => format!(
                    "grants nothing for multimodal models to those with their seat in {names}"
                ),
                Some(By::PlaceOfUse) | None => {
                    format!("grants nothing for multimodal models in {names}")
                }
            },
            Wanted::other("whether this model is multimodal: its name does not tell"),
            Vec::new(),
        ),
    }
}

fn seat(case: &Ground<'_>, excluded: &[Region], names: &str) -> Outcome {
    let Some(domicile) = &case.policy.org.domicile else {
        let says = format!("grants nothing to those with their seat in {names}");
        let wanted = Wanted::of_org("domicile", "`domicile` in [org]");
        return Outcome::Unanswered(says, wanted, Vec::new());
    };
    let step =
        Step::new(Link::Fact, format!("domicile = \"{}\"", domicile.value.code()), domicile.at);
    let overlaps = excluded.iter().any(|it| it.overlaps(domicile.value));
    if overlaps && !excluded.iter().any(|it| it.contains(domicile.value)) {
        let says = format!("grants nothing to those with their seat in {names}");
        let wanted = Wanted::of_org("domicile", "the country of `domicile` in [org]");
        return Outcome::Unanswered(says, wanted, vec![step]);
    }
    if overlaps {
        let says = format!(
            "grants nothing to those with their seat in {names}, and yours is in {}",
            domicile.value.code()
        );
        return Outcome::Fails(says, vec![step]);
    }
    Outcome::Passes(vec![step])
}

fn markets(excluded: &[Region], names: &str, setting: &Setting<'_>) -> Outcome {
    let Some(markets) = setting.markets else {
        let says = format!("grants nothing in {names}");
        let wanted = Wanted::of_org("markets", "`markets` in [org] or the product");
        return Outcome::Unanswered(says, wanted, Vec::new());
    };
    let served: Vec<_> = markets
        .iter()
        .filter(|market| excluded.iter().any(|it| it.overlaps(market.value)))
        .collect();
    let codes = |list: &[&caveat_core::source::Spanned<Region>]| {
        list.iter().map(|it| it.value.code()).collect::<Vec<_>>().join(", ")
    };
    let all: Vec<_> = markets.iter().collect();
    let at = served.first().or(all.first()).map(|it| it.at);
    let step = Step::new(Link::Fact, format!("markets = {}", codes(&all)), at);
    if served.is_empty() {
        return Outcome::Passes(vec![step]);
    }
    let says = format!("grants nothing in {names}, and you serve {}", codes(&served));
    Outcome::Fails(says, vec![step])
}

/// Whether the exclusion reaches this model, by any name that it or its parents have.
fn reach(territory: &Territory, owner: &Component) -> Reach {
    if territory.models.is_none() {
        return Reach::Reached;
    }
    if owner.traits.iter().any(|it| is_multimodal(&it.value)) {
        return Reach::Reached;
    }
    let parents = owner.uses.iter().map(|it| it.target.value.as_str());
    let names = [owner.path.as_str(), owner.id.as_str()].into_iter().chain(owner.name.as_deref());
    let known = names.chain(parents).map(|it| territory.reaches(it));
    let known: Vec<Reach> = known.filter(|it| *it != Reach::Unclear).collect();
    if known.contains(&Reach::Reached) {
        Reach::Reached
    } else if known.contains(&Reach::NotReached) {
        Reach::NotReached
    } else {
        Reach::Unclear
    }
}

/// Words in which cards and configurations say that a model takes in more than text.
fn is_multimodal(word: &str) -> bool {
    const WORDS: [&str; 9] = [
        "image-text-to-text",
        "visual-question-answering",
        "image-to-text",
        "video-text-to-text",
        "any-to-any",
        "multimodal",
        "vision-language",
        "mllama",
        "vlm",
    ];
    let word = word.to_ascii_lowercase();
    WORDS.iter().any(|it| word.contains(it))
}
