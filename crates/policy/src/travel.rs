//! Which terms of something upstream reach what was made from it, by the way it was made.

use caveat_core::component::How;
use caveat_core::expression::Licensed;
use caveat_core::inventory::Relation;
use caveat_core::library::Library;
use caveat_core::tags::Tag;
use caveat_core::terms::{AdaptersAndQuantization, Distillation, OutputLimit, Terms};

/// What of a license's terms travels along a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Travel {
    /// The tags that travel; `None` is all of them.
    pub tags: Option<&'static [Tag]>,
    /// The relation for which the license leaves open whether anything travels.
    pub open: Option<How>,
}

impl Travel {
    const ALL: Self = Self { tags: None, open: None };

    /// Whether a tag comes along.
    pub fn takes(self, tag: Tag) -> bool {
        self.tags.is_none_or(|it| it.contains(&tag))
    }
}

/// Whether what is made in this way is made from the other, so that its terms come along.
/// Training on data and measuring with it are questions of their own.
pub fn carries(how: How) -> bool {
    match how {
        How::FineTunedFrom
        | How::AdapterOf
        | How::MergeOf
        | How::QuantizedFrom
        | How::DistilledFrom
        | How::DerivedFrom => true,
        How::DependsOn | How::Contains | How::TrainedOn | How::EvaluatedOn | How::Uses => false,
    }
}

/// Whether the way leads over outputs: a student learned from what a model put out.
pub fn over_outputs(way: &[&Relation]) -> bool {
    way.iter().any(|it| it.how == How::DistilledFrom)
}

/// What of `license` travels along `way`, as its text says; where it is silent, everything does,
/// and that is marked as open.
pub fn travel(library: &Library, license: &Licensed, way: &[&Relation]) -> Travel {
    let terms = library.terms(license.id.as_str());
    if over_outputs(way) {
        return by_outputs(terms);
    }
    let adapter = way.iter().any(|it| it.how == How::AdapterOf);
    if adapter && !terms.is_some_and(names_adapters) {
        return Travel { open: Some(How::AdapterOf), ..Travel::ALL };
    }
    Travel::ALL
}

/// Few texts say that an adapter alone is made from its base; the others leave it open.
fn names_adapters(terms: &Terms) -> bool {
    let fact = terms.outputs.adapters_and_quantization.as_ref();
    fact.is_some_and(|it| it.value == AdaptersAndQuantization::Derivative)
}

/// Training on outputs follows each text's own definition; there is no general rule.
fn by_outputs(terms: Option<&Terms>) -> Travel {
    let open = Travel { open: Some(How::DistilledFrom), ..Travel::ALL };
    let only = |tags| Travel { tags: Some(tags), open: None };
    let Some(terms) = terms else { return open };
    let Some(fact) = &terms.outputs.distillation else { return open };
    match fact.value {
        Distillation::Derivative | Distillation::DerivativeMustShareAlike => Travel::ALL,
        Distillation::Forbidden
        | Distillation::ForbiddenOutsideFamily
        | Distillation::ForbiddenIfCompeting => only(&[Tag::OutputRestricted]),
        Distillation::NonCommercialOnly => {
            only(&[Tag::NonCommercial, Tag::ResearchOnly, Tag::OutputRestricted])
        }
        Distillation::NoticeRequired if binds_outputs(terms) => {
            only(&[Tag::NamingRequired, Tag::OutputRestricted, Tag::UseRestricted])
        }
        Distillation::NoticeRequired => only(&[Tag::NamingRequired, Tag::OutputRestricted]),
        Distillation::NotCovered | Distillation::Unrestricted => only(&[]),
        Distillation::Undefined => open,
    }
}

fn binds_outputs(terms: &Terms) -> bool {
    let mut limits = terms.outputs.limits.iter();
    limits.any(|it| it.value.limit == OutputLimit::UseRestrictionsApply)
}
