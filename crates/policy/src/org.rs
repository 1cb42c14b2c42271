//! Facts about the organisation, which licenses ask for.

use std::collections::BTreeMap;

use caveat_core::source::{Span, Spanned};
use caveat_core::terms::{Business, RestrictedUse};

use crate::date::{Date, Period};
use crate::region::Region;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Something of an organisation that is counted, and that licenses set limits to.
    pub enum Metric: "metric" {
        /// People who used any of our products in a month.
        MonthlyUsers = "mau" | "monthly-active-users",
        /// People who used any of our products in a day.
        DailyUsers = "dau" | "daily-active-users",
        /// Different visitors in a month.
        MonthlyUniqueUsers = "monthly-unique-users",
        /// Visits in a month.
        MonthlyVisits = "monthly-visits",
        /// Revenue of a year, in US dollars.
        AnnualRevenue = "annual-revenue-usd",
        /// Revenue of a month, in US dollars.
        MonthlyRevenue = "monthly-revenue-usd",
        /// Devices shipped that run our software.
        DevicesShipped = "devices-shipped",
        /// People who work for us.
        Headcount = "headcount",
    }
}

impl Metric {
    /// What it counts, in a sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::MonthlyUsers => "monthly active users",
            Self::DailyUsers => "daily active users",
            Self::MonthlyUniqueUsers => "unique users a month",
            Self::MonthlyVisits => "visits a month",
            Self::AnnualRevenue => "US dollars of annual revenue",
            Self::MonthlyRevenue => "US dollars of monthly revenue",
            Self::DevicesShipped => "devices shipped",
            Self::Headcount => "people",
        }
    }
}

vocabulary! {
    /// What sort of organisation we are.
    pub enum OrgKind: "kind of organisation" {
        /// A company.
        ForProfit = "for-profit",
        /// An association, a foundation.
        NonProfit = "non-profit",
        /// A university, a school, a research institute.
        Academic = "academic",
        /// Public administration.
        Government = "government",
        /// One person.
        Individual = "individual",
    }
}

/// Who we are. What is absent is not known, and no license's test may take it for a no.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Org {
    /// Where `[org]` stands.
    pub at: Option<Span>,
    /// Our name.
    pub name: Option<Spanned<String>>,
    /// What sort of organisation.
    pub kind: Option<Spanned<OrgKind>>,
    /// Whether what we do is for commercial advantage.
    pub commercial: Option<Spanned<bool>>,
    /// Where our seat is.
    pub domicile: Option<Spanned<Region>>,
    /// Where our users are. `None` is not known; an empty list is nowhere.
    pub markets: Option<Vec<Spanned<Region>>>,
    /// Fields of activity that licenses may forbid. `None` is not declared.
    pub fields: Option<Vec<Spanned<RestrictedUse>>>,
    /// The kinds of business that licenses leave out and that we, or our affiliates, are in. `None` is
    /// not known; an empty list is none of them.
    pub business: Option<Vec<Spanned<Business>>>,
    /// How old the newest facts may be.
    pub stale_after: Option<Spanned<Period>>,
    /// Figures by date, earliest first.
    pub facts: Vec<Facts>,
}

/// What was known on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Where the table begins.
    pub at: Span,
    /// The day.
    pub as_of: Spanned<Date>,
    /// Where the figures come from.
    pub source: Option<Spanned<String>>,
    /// The figures.
    pub figures: BTreeMap<Metric, Spanned<u64>>,
}

/// One figure, with where and when it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure<'a> {
    /// The number.
    pub value: u64,
    /// Where the policy says so.
    pub at: Span,
    /// The day for which it holds.
    pub as_of: Date,
    /// Where the policy says that.
    pub dated_at: Span,
    /// Where it comes from.
    pub source: Option<&'a Spanned<String>>,
    /// It holds for a later day than was asked for, because nothing earlier is known.
    pub later: bool,
}

impl Org {
    /// Takes over what `other` states: it is about the same organisation, and newer.
    pub fn take(&mut self, other: Self) {
        let Self {
            at,
            name,
            kind,
            commercial,
            domicile,
            markets,
            fields,
            business,
            stale_after,
            facts,
        } = other;
        self.at = self.at.or(at);
        self.name = name.or(self.name.take());
        self.kind = kind.or(self.kind.take());
        self.commercial = commercial.or(self.commercial.take());
        self.domicile = domicile.or(self.domicile.take());
        self.markets = markets.or(self.markets.take());
        self.fields = fields.or(self.fields.take());
        self.business = business.or(self.business.take());
        self.stale_after = stale_after.or(self.stale_after.take());
        self.facts.extend(facts);
        // What was stated last stands last of its day, where it is looked for first.
        self.facts.sort_by_key(|it| it.as_of.value);
    }

    /// The newest figure that was known on that day; failing that, the earliest after it.
    pub fn figure(&self, metric: Metric, on: Date) -> Option<Figure<'_>> {
        let known = || self.facts.iter().filter_map(|it| Some((it, it.figures.get(&metric)?)));
        let before = known().filter(|(it, _)| it.as_of.value <= on);
        let after = known().filter(|(it, _)| it.as_of.value > on);
        let (facts, figure) = before
            .max_by_key(|(it, _)| it.as_of.value)
            .or_else(|| after.min_by_key(|(it, _)| it.as_of.value))?;
        Some(Figure {
            value: figure.value,
            at: figure.at,
            as_of: facts.as_of.value,
            dated_at: facts.as_of.at,
            source: facts.source.as_ref(),
            later: facts.as_of.value > on,
        })
    }

    /// The newest facts, if they are older on that day than `stale-after` lets them be.
    pub fn stale(&self, today: Date) -> Option<&Facts> {
        let period = self.stale_after.as_ref()?.value;
        let newest = self.facts.iter().max_by_key(|it| it.as_of.value)?;
        (newest.as_of.value.plus(period) < today).then_some(newest)
    }
}
