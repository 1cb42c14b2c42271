//! Data that is used on another ground than a license: where the ground holds, what the license
//! says or does not say of it stops nothing.

use caveat_core::component::Kind;
use caveat_core::inventory::Component;
use caveat_core::source::Spanned;

use crate::finding::{Because, Finding, Link, Step};
use crate::ground::Ground;
use crate::org::OrgKind;
use crate::policy::{Basis, BasisKind, Product};
use crate::region::Region;
use crate::setting::Setting;
use crate::usage::Usage;
use crate::verdict::Level;

/// Findings about the license of data, which another ground makes needless.
const ABOUT_LICENSE: [&str; 7] = [
    "ambiguous-license",
    "denied-license",
    "missing-upstream",
    "needs-review",
    "outside-territory",
    "restricted-training-data",
    "unknown-license",
];

/// How a ground stands to one use of the data.
enum Hold {
    /// Nothing is against it.
    Yes,
    /// A person has to look whether it does.
    Doubted(String),
    /// It does not reach this use.
    No(String),
}

/// Sets a finding aside by the ground on which the data is used, or tells in the finding why that
/// ground is not enough. Returns why it is set aside.
pub fn weigh(ground: &Ground<'_>, finding: &mut Finding) -> Option<Spanned<String>> {
    if !ABOUT_LICENSE.contains(&finding.rule) {
        return None;
    }
    let (basis, data) = recorded(ground, finding)?;
    let settings = ground.places(data).into_iter().flat_map(|it| ground.settings(&it));
    let mut hold = settled(basis);
    for setting in settings {
        hold = worse(hold, holds(ground, basis, &setting));
    }
    let told = Step::new(Link::Policy, words(basis), basis.at);
    match hold {
        Hold::Yes => return Some(Spanned::new(words(basis), basis.at)),
        Hold::Doubted(why) => {
            finding.level = finding.level.min(Level::Warn);
            add(finding, [told, Step::new(Link::Policy, why, basis.kind.at)]);
            let help = "have Legal look whether the ground holds here, and record it in [[basis]]";
            finding.help.insert(0, help.to_owned());
        }
        Hold::No(why) => {
            let at = basis.publish.as_ref().map_or(basis.at, |it| it.at);
            add(finding, [told, Step::new(Link::Policy, why, at)]);
        }
    }
    None
}

/// The ground that is on record for the data that a finding is about.
fn recorded<'a>(ground: &Ground<'a>, finding: &Finding) -> Option<(&'a Basis, &'a Component)> {
    if ground.policy.basis.is_empty() {
        return None;
    }
    let components = &ground.graph.components;
    let learned_from = || {
        // Of a model that learned from data, the finding is about both.
        let named = finding.cause.split(' ').next().unwrap_or_default();
        let told = finding.rule == "restricted-training-data";
        components.values().find(|it| told && it.id.as_str() == named)
    };
    let own = components.get(&finding.component).filter(|it| it.kind != Kind::Model);
    let data = own.or_else(learned_from)?;
    let mut places = std::iter::once(&data.path).chain(&data.others).map(|it| ground.path(it));
    let lies = |path: String| {
        let mut all = ground.policy.basis.iter();
        all.find(|it| it.paths.iter().any(|it| it.value.matches(&path)))
    };
    Some((places.find_map(lies)?, data))
}

/// Whether the ground itself is beyond doubt, whatever the use.
fn settled(basis: &Basis) -> Hold {
    if basis.reviewed.is_none() {
        return Hold::Doubted(
            "nobody has put on record that it was reviewed: `reviewed`".to_owned(),
        );
    }
    match basis.kind.value {
        BasisKind::FairUse => Hold::Doubted(
            "whether a use is fair is weighed case by case; a record of it settles nothing"
                .to_owned(),
        ),
        BasisKind::Other => {
            Hold::Doubted("what sort of ground this is, only its words tell".to_owned())
        }
        BasisKind::TdmResearch
        | BasisKind::Tdm
        | BasisKind::Contract
        | BasisKind::Consent
        | BasisKind::Own => Hold::Yes,
    }
}

/// Whether it holds in one use of the data.
fn holds(ground: &Ground<'_>, basis: &Basis, setting: &Setting<'_>) -> Hold {
    let published = basis.publish.as_ref().is_some_and(|it| it.value);
    if let Some(product) = setting.product.filter(|it| hands_out(it))
        && !published
    {
        return Hold::No(format!(
            "it does not let the data itself be published, and product `{}` is handed out",
            product.name.value
        ));
    }
    match basis.kind.value {
        BasisKind::TdmResearch => worse(in_the_union(ground, "3"), research(ground, setting)),
        BasisKind::Tdm => in_the_union(ground, "4"),
        BasisKind::FairUse
        | BasisKind::Contract
        | BasisKind::Consent
        | BasisKind::Own
        | BasisKind::Other => Hold::Yes,
    }
}

/// Whether what lies in a product reaches others.
fn hands_out(product: &Product) -> bool {
    product.is_used(Usage::DistributeWeights) || product.is_used(Usage::DistributeBinary)
}

/// The directive is law where the Union's law is.
fn in_the_union(ground: &Ground<'_>, article: &str) -> Hold {
    let seat = ground.policy.org.domicile.as_ref().map(|it| it.value);
    let union = Region::parse("EEA");
    if seat.zip(union).is_some_and(|(seat, union)| union.contains(seat)) {
        return Hold::Yes;
    }
    let seat = seat.map_or_else(|| "not stated".to_owned(), |it| it.code().to_owned());
    Hold::Doubted(format!(
        "Art. {article} of Directive (EU) 2019/790 holds in the Union; `domicile` is {seat}"
    ))
}

/// Art. 3 is for research organisations, and for their research.
fn research(ground: &Ground<'_>, setting: &Setting<'_>) -> Hold {
    let kind = ground.policy.org.kind.as_ref().map(|it| it.value);
    match kind {
        Some(OrgKind::Academic) => {}
        Some(
            it @ (OrgKind::ForProfit
            | OrgKind::NonProfit
            | OrgKind::Government
            | OrgKind::Individual),
        ) => {
            return Hold::Doubted(format!(
                "Art. 3 is for research organisations and keepers of cultural heritage; [org] kind is {it}"
            ));
        }
        None => {
            return Hold::Doubted(
                "Art. 3 is for research organisations; [org] does not say its `kind`".to_owned(),
            );
        }
    }
    match setting.commercial {
        Some(it) if !it.value => Hold::Yes,
        Some(_) => {
            Hold::Doubted(format!("Art. 3 is for research, and {} is not", setting.phrase()))
        }
        None => Hold::Doubted("Art. 3 is for research; `commercial` is not stated".to_owned()),
    }
}

fn worse(one: Hold, two: Hold) -> Hold {
    match (one, two) {
        (Hold::No(why), _) | (_, Hold::No(why)) => Hold::No(why),
        (Hold::Doubted(why), _) | (_, Hold::Doubted(why)) => Hold::Doubted(why),
        (Hold::Yes, Hold::Yes) => Hold::Yes,
    }
}

/// The record in words.
fn words(basis: &Basis) -> String {
    let reviewed = basis.reviewed.as_ref().map(|it| format!(", reviewed on {}", it.value));
    let kept = basis.publish.as_ref().filter(|it| !it.value).map(|_| "; not to be published");
    format!(
        "basis {}: {} (owner {}{}{})",
        basis.kind.value,
        basis.because.value,
        basis.owner.value,
        reviewed.unwrap_or_default(),
        kept.unwrap_or_default()
    )
}

fn add(finding: &mut Finding, steps: impl IntoIterator<Item = Step>) {
    let told = finding.because.steps().cloned().chain(steps).collect();
    if let Some(it) = Because::new(told) {
        finding.because = it;
    }
}
