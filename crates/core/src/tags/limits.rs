//! Which facts give the tags for what is forbidden, and to whom.

use super::ground::{Ground, or_category};
use crate::terms::{
    By, Category, Claims, CommercialLimit, CommercialUse, Consequence, Distillation, Fact,
    HostedService, Metric, Modification, OutputLimit, Ownership, Purpose, Redistribution,
    RetaliationScope, Terms, Threshold, Update, UsePolicy, Value, Word,
};

pub(super) fn use_restricted(terms: &Terms) -> Vec<Ground> {
    let restrictions = &terms.restrictions;
    let mut grounds = Vec::new();
    for fact in &restrictions.policies {
        match &fact.value {
            UsePolicy::Listed(it) if !it.law_only => {
                grounds.push(Ground::new(fact, format!("forbidden uses: {}", it.name)));
            }
            UsePolicy::Listed(_) | UsePolicy::None => {}
        }
    }
    let purposes = terms.grants.purpose.iter().filter(|it| match it.value.value {
        Purpose::Evaluation
        | Purpose::NonProduction
        | Purpose::Internal
        | Purpose::Computational
        | Purpose::Other => true,
        Purpose::ResearchOnly
        | Purpose::NonCommercial
        | Purpose::NonCompeting
        | Purpose::NotAsAService
        | Purpose::NoSelling
        | Purpose::SmallCompany => false,
    });
    let not = |it: &str| format!("do not {it}");
    grounds.extend(restrictions.restricted_uses.iter().map(|it| {
        let count = it.value.0.len();
        Ground::new(
            it,
            match count {
                1 => "one kind of use is forbidden or limited".to_owned(),
                count => format!("{count} kinds of use are forbidden or limited"),
            },
        )
    }));
    grounds.extend(purposes.map(|it| Ground::new(it, not(it.value.value.clause()))));
    grounds
        .extend(restrictions.military_use.iter().map(|it| Ground::new(it, not(&it.value.says()))));
    let decisions = restrictions.automated_decisions.iter();
    grounds.extend(decisions.map(|it| Ground::new(it, not(&it.value.says()))));
    grounds.extend(restrictions.guardrails.iter().map(|it| Ground::new(it, not(&it.value.says()))));
    let says = "use it only as its list of forbidden uses allows";
    or_category(grounds, terms, Category::ResponsibleAi, says)
}

const NON_COMMERCIAL: &str = "use only for non-commercial purposes";

pub(super) fn non_commercial(terms: &Terms) -> Vec<Ground> {
    let grants = &terms.grants;
    let forbidden = grants.commercial_use.iter();
    let forbidden = forbidden.filter(|it| it.value == CommercialUse::Forbidden);
    let purpose = grants.purpose.iter().filter(|it| it.value.value == Purpose::NonCommercial);
    let separate = grants.commercial_limit.iter();
    let separate = separate.filter(|it| it.value.value == CommercialLimit::SeparateLicense);
    let grounds = (forbidden.map(|it| Ground::new(it, NON_COMMERCIAL)))
        .chain(purpose.map(|it| Ground::new(it, NON_COMMERCIAL)))
        .chain(separate.map(|it| Ground::new(it, "commercial use needs a separate license")));
    or_category(grounds.collect(), terms, Category::NonCommercial, NON_COMMERCIAL)
}

pub(super) fn research_only(terms: &Terms) -> Vec<Ground> {
    let says = "use only for research";
    let purpose = terms.grants.purpose.iter();
    let purpose = purpose.filter(|it| it.value.value == Purpose::ResearchOnly);
    let grounds = purpose.map(|it| Ground::new(it, says)).collect();
    or_category(grounds, terms, Category::ResearchOnly, says)
}

pub(super) fn no_derivatives(terms: &Terms) -> Vec<Ground> {
    let facts = terms.grants.modification.iter().filter_map(|it| match it.value {
        Modification::PrivateOnly => Some(Ground::new(it, "do not pass on changed versions")),
        Modification::Forbidden => Some(Ground::new(it, "do not change it")),
        Modification::Allowed | Modification::NotStated => None,
    });
    let says = "do not pass on changed versions";
    or_category(facts.collect(), terms, Category::NoDerivatives, says)
}

/// Thresholds past which rights are missing, of some metrics.
fn capped(terms: &Terms, counts: fn(Metric) -> bool) -> Vec<Ground> {
    let bites = |it: &&Fact<Threshold>| match it.value.consequence {
        Consequence::NeedsLicense
        | Consequence::NeedsPaidLicense
        | Consequence::NotLicensed
        | Consequence::Review => counts(it.value.metric),
        Consequence::DisplayRequired => false,
    };
    let says = |it: &Threshold| format!("{}: {}", it.who(), it.consequence.clause());
    let facts = terms.limits.thresholds.iter().filter(bites);
    facts.map(|it| Ground::new(it, says(&it.value))).collect()
}

/// The tag that a metric belongs to.
#[derive(PartialEq, Eq)]
enum Cap {
    Scale,
    Revenue,
    Devices,
    Business,
}

fn cap(metric: Metric) -> Cap {
    match metric {
        Metric::MonthlyActiveUsers
        | Metric::DailyActiveUsers
        | Metric::MonthlyUniqueUsers
        | Metric::MonthlyVisits
        | Metric::Headcount => Cap::Scale,
        Metric::AnnualRevenue | Metric::MonthlyRevenue | Metric::AggregateRevenue => Cap::Revenue,
        Metric::EdgeDevices => Cap::Devices,
        Metric::BusinessType => Cap::Business,
    }
}

pub(super) fn scale_capped(terms: &Terms) -> Vec<Ground> {
    capped(terms, |it| cap(it) == Cap::Scale)
}

pub(super) fn revenue_capped(terms: &Terms) -> Vec<Ground> {
    capped(terms, |it| cap(it) == Cap::Revenue)
}

pub(super) fn device_capped(terms: &Terms) -> Vec<Ground> {
    capped(terms, |it| cap(it) == Cap::Devices)
}

fn left_out(terms: &Terms, by_seat: bool) -> Vec<Ground> {
    let facts = terms.limits.territory.iter();
    let facts = facts.filter(|it| (it.value.by == Some(By::Seat)) == by_seat);
    facts
        .map(|it| {
            let regions = it.value.regions.join(", ");
            let of = it.value.models.map_or(String::new(), |it| format!(", {}", it.clause()));
            let outputs = if it.value.outputs { ", outputs too" } else { "" };
            let whom = if by_seat {
                "not licensed to those with their seat in"
            } else {
                "not licensed in"
            };
            Ground::new(it, format!("{whom} {regions}{outputs}{of}"))
        })
        .collect()
}

pub(super) fn territorial(terms: &Terms) -> Vec<Ground> {
    left_out(terms, false)
}

pub(super) fn seat_restricted(terms: &Terms) -> Vec<Ground> {
    left_out(terms, true)
}

pub(super) fn competitor_barred(terms: &Terms) -> Vec<Ground> {
    let mut grounds = capped(terms, |it| cap(it) == Cap::Business);
    let says = "do not compete with the licensor by it";
    let purpose = terms.grants.purpose.iter();
    let purpose = purpose.filter(|it| it.value.value == Purpose::NonCompeting);
    grounds.extend(purpose.map(|it| Ground::new(it, says)));
    let hosted = terms.grants.hosted_service.iter();
    let hosted = hosted.filter(|it| it.value.value == HostedService::ForbiddenIfCompeting);
    grounds.extend(hosted.map(|it| Ground::new(it, "do not run a service that competes by it")));
    grounds
}

pub(super) fn output_restricted(terms: &Terms) -> Vec<Ground> {
    let limits = terms.outputs.limits.iter().filter(|it| match it.value.limit {
        OutputLimit::NonCommercial
        | OutputLimit::ResearchOnly
        | OutputLimit::NoTrainOtherLlm
        | OutputLimit::NoTrainOtherAi
        | OutputLimit::NoTrainCompeting
        | OutputLimit::NoTrainFoundationalModel => true,
        OutputLimit::None | OutputLimit::NotStated | OutputLimit::UseRestrictionsApply => false,
    });
    let distilled = terms.outputs.distillation.iter().filter(|it| match it.value {
        Distillation::Forbidden
        | Distillation::ForbiddenOutsideFamily
        | Distillation::ForbiddenIfCompeting => true,
        Distillation::Derivative
        | Distillation::DerivativeIfSimilar
        | Distillation::DerivativeMustShareAlike
        | Distillation::NonCommercialOnly
        | Distillation::NoticeRequired
        | Distillation::NotCovered
        | Distillation::Unrestricted
        | Distillation::Undefined => false,
    });
    let owned = terms.outputs.ownership.iter().filter(|it| it.value == Ownership::LicensorOwns);
    (limits.map(|it| Ground::new(it, it.value.limit.clause())))
        .chain(distilled.map(|it| Ground::new(it, it.value.clause())))
        .chain(owned.map(|it| Ground::new(it, it.value.clause())))
        .collect()
}

pub(super) fn patent_retaliation(terms: &Terms) -> Vec<Ground> {
    let facts = terms.legal.patent_retaliation.iter();
    let facts = facts.filter(|it| it.value.scope == RetaliationScope::AllRights);
    let says = |claims: Claims| format!("{} over it ends all your rights", claims.clause());
    facts.map(|it| Ground::new(it, says(it.value.claims))).collect()
}

pub(super) fn revocable_remotely(terms: &Terms) -> Vec<Ground> {
    let remote = terms.legal.updates.iter().filter(|it| it.value == Update::RemoteRestriction);
    let remote = remote.map(|it| Ground::new(it, "the licensor may restrict the use from afar"));
    let ended = terms.legal.termination.iter().filter(|it| it.value.at_will == Some(true));
    let ended =
        ended.map(|it| Ground::new(it, "the licensor may end the license without a breach"));
    remote.chain(ended).collect()
}

pub(super) fn source_available(terms: &Terms) -> Vec<Ground> {
    let says = "some uses are reserved to the licensor";
    if terms.license.category != Category::SourceAvailable {
        return Vec::new();
    }
    let purpose = terms.grants.purpose.iter().map(|it| Ground::new(it, says));
    let hosted = terms.grants.hosted_service.iter().filter(|it| match it.value.value {
        HostedService::Forbidden
        | HostedService::ForbiddenIfPaid
        | HostedService::ForbiddenIfCompeting
        | HostedService::ForbiddenForCompanies
        | HostedService::TriggersSource => true,
        HostedService::Unrestricted
        | HostedService::CountsAsDistribution
        | HostedService::CountsAsUseAndDistribution
        | HostedService::CountsForDisplay
        | HostedService::CountsForLicenseCopy
        | HostedService::TriggersSourceIfModified
        | HostedService::PartlyExempt
        | HostedService::Conditional
        | HostedService::NotAddressed => false,
    });
    let hosted = hosted.map(|it| Ground::new(it, says));
    or_category(purpose.chain(hosted).collect(), terms, Category::SourceAvailable, says)
}

pub(super) fn proprietary(terms: &Terms) -> Vec<Ground> {
    let kept = terms.grants.redistribution.iter().filter(|it| match it.value {
        Redistribution::Forbidden => true,
        Redistribution::NotStated => terms.license.category == Category::Proprietary,
        Redistribution::Allowed | Redistribution::Conditional | Redistribution::DerivativesOnly => {
            false
        }
    });
    let grounds: Vec<_> = kept.map(|it| Ground::new(it, "do not pass it on")).collect();
    if grounds.is_empty() && terms.grants.redistribution.is_none() {
        let says = "do no more than the text expressly grants";
        return or_category(grounds, terms, Category::Proprietary, says);
    }
    grounds
}

/// No fact gives this tag: it stands where no other does.
pub(super) fn never(_: &Terms) -> Vec<Ground> {
    Vec::new()
}

/// What to say of a license whose file holds nothing that gives a tag.
pub(super) fn nothing_known(terms: &Terms) -> Ground {
    Ground::category(terms, "what it asks is not known")
}
