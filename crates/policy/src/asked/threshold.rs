//! Gates by size: users, revenue, devices.

use caveat_core::source::Spanned;
use caveat_core::tags::Tag;
use caveat_core::terms::{
    Business, Combine, Consequence, LimitedUse, Measured, Metric as Counted, Op, Terms, Threshold,
    Word as _, grouped,
};

use super::Outcome;
use crate::date::Date;
use crate::finding::{Link, Step};
use crate::ground::Ground;
use crate::org::{Figure, Metric};
use crate::setting::Setting;
use crate::wanted::Wanted;

/// How every threshold behind `tag` comes out. Thresholds that bite only together count as one, and
/// for the tag of each of them.
pub(super) fn outcomes(
    case: &Ground<'_>,
    terms: &Terms,
    tag: Tag,
    setting: &Setting<'_>,
) -> Vec<Outcome> {
    let gates = terms.limits.thresholds.iter().map(|it| &it.value);
    let gates = gates.filter(|it| it.consequence != Consequence::DisplayRequired);
    let (together, alone): (Vec<&Threshold>, Vec<&Threshold>) =
        gates.partition(|it| it.combine == Some(Combine::All));
    let behind = |it: &&Threshold| tag_of(it.metric) == tag;
    let mut outcomes: Vec<Outcome> =
        alone.into_iter().filter(behind).map(|it| outcome(case, it, setting)).collect();
    if together.iter().any(behind) {
        let all = together.into_iter().map(|it| outcome(case, it, setting));
        outcomes.push(together_or_not(&all.collect::<Vec<_>>()));
    }
    outcomes
}

/// How a threshold comes out past which a credit has to be shown.
pub(super) fn display(
    case: &Ground<'_>,
    threshold: &Threshold,
    setting: &Setting<'_>,
) -> Option<Outcome> {
    (threshold.consequence == Consequence::DisplayRequired)
        .then(|| outcome(case, threshold, setting))
}

/// The tag that a threshold on this figure gives a license.
fn tag_of(metric: Counted) -> Tag {
    match metric {
        Counted::MonthlyActiveUsers
        | Counted::DailyActiveUsers
        | Counted::MonthlyUniqueUsers
        | Counted::MonthlyVisits
        | Counted::Headcount => Tag::ScaleCapped,
        Counted::AnnualRevenue | Counted::MonthlyRevenue | Counted::AggregateRevenue => {
            Tag::RevenueCapped
        }
        Counted::EdgeDevices => Tag::DeviceCapped,
        Counted::BusinessType => Tag::CompetitorBarred,
    }
}

/// One that passes lets all pass.
fn together_or_not(all: &[Outcome]) -> Outcome {
    let passing = all.iter().find(|it| matches!(it, Outcome::Passes(_))).cloned();
    let open = || all.iter().find(|it| matches!(it, Outcome::Unanswered(..))).cloned();
    let failing = || {
        let parts = all.iter().filter_map(|it| match it {
            Outcome::Fails(says, steps) => Some((says.clone(), steps.clone())),
            Outcome::Passes(_) | Outcome::Unanswered(..) => None,
        });
        let (says, steps): (Vec<_>, Vec<_>) = parts.unzip();
        Outcome::Fails(says.join(" and "), steps.concat())
    };
    passing.or_else(open).unwrap_or_else(failing)
}

fn outcome(case: &Ground<'_>, threshold: &Threshold, setting: &Setting<'_>) -> Outcome {
    if threshold.applies_to == Some(LimitedUse::CommercialUse)
        && let Some(commercial) = setting.commercial
        && !commercial.value
    {
        let says = "the limit is for commercial use, and this is none";
        return Outcome::Passes(vec![Step::new(Link::Fact, says, commercial.at)]);
    }
    let gate = gate(threshold);
    let business = business(case, threshold);
    if let Some(passes @ Outcome::Passes(_)) = business {
        return passes;
    }
    let Some(limit) = threshold.limit else {
        let wanted = Wanted::other("whether that is your business");
        return business.unwrap_or(Outcome::Unanswered(gate, wanted, Vec::new()));
    };
    if let Some(currency) = threshold.currency.as_deref().filter(|it| *it != "USD") {
        let wanted = Wanted::other(format!("your revenue in {currency}"));
        return Outcome::Unanswered(gate, wanted, Vec::new());
    }
    let on = match threshold.measured {
        Measured::Once(day) => Date::new(day.year, day.month, day.day).unwrap_or(case.today),
        Measured::Continuing | Measured::NotStated => case.today,
    };
    let wanted = |on| {
        let (metric, _) = figures(threshold.metric).first()?;
        Some(Wanted::figure(*metric, on, case.today))
    };
    let decided = figures(threshold.metric).iter().find_map(|(metric, bound)| {
        let figure = case.policy.org.figure(*metric, on)?;
        let steps = || steps(case, *metric, &figure, on);
        match (bound, bites(threshold.op, figure.value, limit)) {
            (Bound::Exact | Bound::AtMost, false) => Some(Outcome::Passes(steps())),
            // Growth since the day that counts says nothing of that day.
            (Bound::Exact, true) if !figure.later => {
                let says = format!("{gate}, and you have {}", grouped(figure.value));
                Some(Outcome::Fails(says, steps()))
            }
            // Whoever comes, comes once at least: it fails if they all use what the license is for.
            (Bound::AtLeast, true) if !figure.later => {
                let have = format!("{} {}", grouped(figure.value), metric.phrase());
                let says = format!("{gate}, which {have} would be if they all use it");
                Some(Outcome::Unanswered(says, wanted(on)?, steps()))
            }
            (Bound::Exact | Bound::AtMost | Bound::AtLeast, true) | (Bound::AtLeast, false) => None,
        }
    });
    decided.unwrap_or_else(|| {
        let wanted = wanted(on).unwrap_or_else(|| Wanted::other("the figure that it counts"));
        Outcome::Unanswered(gate, wanted, Vec::new())
    })
}

/// How a threshold comes out by the kinds of business that it is for, where it names any.
fn business(case: &Ground<'_>, threshold: &Threshold) -> Option<Outcome> {
    if threshold.business.is_empty() {
        return None;
    }
    let gate = gate(threshold);
    let Some(ours) = &case.policy.org.business else {
        let wanted = Wanted::of_org("business", "`business` in [org]");
        return Some(Outcome::Unanswered(gate, wanted, Vec::new()));
    };
    let is_meant = |it: &&Spanned<Business>| threshold.business.contains(&it.value);
    let at = ours.first().map(|it| it.at).or(case.policy.org.at);
    let Some(met) = ours.iter().find(is_meant) else {
        let words: Vec<&str> = ours.iter().map(|it| it.value.name()).collect();
        let says = format!("business = [{}]", words.join(", "));
        return Some(Outcome::Passes(vec![Step::new(Link::Fact, says, at)]));
    };
    let says = format!("business has \"{}\"", met.value.name());
    let says = Step::new(Link::Fact, says, met.at);
    Some(Outcome::Fails(format!("{gate}, and that is yours"), vec![says]))
}

/// Whether a figure is on the side of the limit where the consequence bites.
fn bites(op: Op, figure: u64, limit: u64) -> bool {
    match op {
        Op::Above | Op::Is => figure > limit,
        Op::AtLeast => figure >= limit,
    }
}

/// Whom the threshold hits, and what it asks of them.
fn gate(threshold: &Threshold) -> String {
    let who = threshold.who();
    let who = match who.strip_prefix("who ") {
        Some(rest) => format!("whoever {rest}"),
        None => format!("those {who}"),
    };
    match threshold.consequence {
        Consequence::NeedsLicense => format!("asks {who} to get a separate license first"),
        Consequence::NeedsPaidLicense => format!("asks {who} to buy a license"),
        Consequence::Review => format!("asks {who} to let the licensor review the use first"),
        Consequence::NotLicensed => format!("grants nothing to {who}"),
        Consequence::DisplayRequired => format!("asks {who} to show a credit"),
    }
}

/// How a figure that we have stands to the figure that the license counts.
#[derive(Clone, Copy)]
enum Bound {
    /// The same figure.
    Exact,
    /// The license's figure is at most ours: where ours passes, it passes.
    AtMost,
    /// The license's figure is at least ours: where ours fails, it fails.
    AtLeast,
}

/// Which of the organisation's figures answer for what a license counts, best first.
fn figures(counted: Counted) -> &'static [(Metric, Bound)] {
    match counted {
        Counted::MonthlyActiveUsers => &[(Metric::MonthlyUsers, Bound::Exact)],
        Counted::DailyActiveUsers => {
            &[(Metric::DailyUsers, Bound::Exact), (Metric::MonthlyUsers, Bound::AtMost)]
        }
        Counted::MonthlyUniqueUsers => {
            &[(Metric::MonthlyUniqueUsers, Bound::Exact), (Metric::MonthlyUsers, Bound::Exact)]
        }
        Counted::MonthlyVisits => {
            &[(Metric::MonthlyVisits, Bound::Exact), (Metric::MonthlyUsers, Bound::AtLeast)]
        }
        Counted::AnnualRevenue | Counted::AggregateRevenue => {
            &[(Metric::AnnualRevenue, Bound::Exact)]
        }
        Counted::MonthlyRevenue => {
            &[(Metric::MonthlyRevenue, Bound::Exact), (Metric::AnnualRevenue, Bound::AtMost)]
        }
        Counted::Headcount => &[(Metric::Headcount, Bound::Exact)],
        Counted::EdgeDevices => &[(Metric::DevicesShipped, Bound::Exact)],
        Counted::BusinessType => &[],
    }
}

/// The figure that was used, and where it matters the newer one that was not.
fn steps(case: &Ground<'_>, metric: Metric, figure: &Figure<'_>, on: Date) -> Vec<Step> {
    let source = figure.source.map(|it| format!(" ({})", it.value)).unwrap_or_default();
    let mut says =
        format!("{} {} as of {}{source}", grouped(figure.value), metric.phrase(), figure.as_of);
    if figure.later {
        says += format!(": the earliest figure on record, none is as old as {on}").as_str();
    }
    let mut steps = vec![Step::new(Link::Fact, says, figure.at)];
    if let Some(newest) = case.policy.org.figure(metric, case.today)
        && newest.as_of != figure.as_of
    {
        let says = format!(
            "{} of {} were not used: this license looks at {on} only",
            grouped(newest.value),
            newest.as_of
        );
        steps.push(Step::new(Link::Fact, says, newest.at));
    }
    steps
}
