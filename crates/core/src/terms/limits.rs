//! Whom a license leaves out: by size, by place, by business.

use super::fact::{Confidence, Day, Heading};
use super::table::Table;
use super::vocabulary::{Telling, Value, Word, section, vocabulary};

vocabulary! {
    /// What a threshold counts.
    Metric {
        MonthlyActiveUsers = "monthly-active-users", Barred: "monthly active users";
        DailyActiveUsers = "daily-active-users", Barred: "daily active users";
        MonthlyUniqueUsers = "monthly-unique-users", Barred: "unique users a month";
        MonthlyVisits = "monthly-visits", Barred: "visits a month";
        AnnualRevenue = "annual-revenue", Barred: "revenue a year";
        MonthlyRevenue = "monthly-revenue", Barred: "revenue a month";
        AggregateRevenue = "aggregate-revenue", Barred: "revenue in twelve months together";
        Headcount = "headcount", Barred: "people";
        EdgeDevices = "edge-devices", Barred: "edge devices";
        BusinessType = "business-type", Barred: "a kind of business";
    }

    /// On which side of the limit the consequence bites.
    Op {
        Above = ">", Barred: "more than";
        AtLeast = ">=", Barred: "at least";
        Is = "is", Barred: "in";
    }

    /// Whose figures count.
    Whose {
        Product = "product", Barred: "the product or service that uses it";
        GroupProducts = "group-products", Barred: "such products of you and your affiliates";
        Licensee = "licensee", Barred: "you";
        Group = "group", Barred: "you and your affiliates";
    }

    /// A kind of business that a threshold is about.
    Business {
        ModelAsAService = "model-as-a-service", Barred: "serving models to others";
        AiWorkAssistant = "ai-work-assistant", Barred: "AI assistants for coding or office work";
        SoftwareServiceProvider = "software-service-provider", Barred: "software as a service";
        CloudServiceProvider = "cloud-service-provider", Barred: "cloud services";
        CompetingWithLicensor = "competing-with-licensor", Barred: "competing with the licensor";
        ImageGeneration = "image-generation", Barred: "making or editing images";
    }

    /// Which use a threshold limits.
    LimitedUse {
        CommercialUse = "commercial-use", Barred: "commercial use";
        AnyUse = "any-use", Barred: "any use";
    }

    /// What happens past a threshold.
    Consequence {
        NeedsLicense = "needs-license", Barred: "a separate license is needed, and no rights before";
        NeedsPaidLicense = "needs-paid-license", Barred: "a paid license is needed";
        NotLicensed = "not-licensed", Barred: "nothing is licensed";
        Review = "review", Barred: "the licensor must review the use first";
        DisplayRequired = "display-required", Must: "a visible credit is due";
    }

    /// Whether several thresholds must be passed together.
    Combine {
        All = "all", Barred: "all of them together";
    }

    /// What decides about a territory.
    By {
        Seat = "seat", Barred: "by where you live or have your principal place of business";
        PlaceOfUse = "place-of-use", Barred: "by where it is used";
    }

    /// Which models an exclusion is limited to.
    Models {
        Multimodal = "multimodal", Barred: "multimodal models only";
    }

    /// Whether companies may pass the work on.
    CompanyDistribution {
        Forbidden = "forbidden", Barred: "companies may not pass it on";
    }

    /// Whether the work may be used where it meets end users.
    EndUserImpact {
        Forbidden = "forbidden", MustNot: "use it in interaction with end users, or with an impact on them";
    }
}

/// When the figure of a threshold is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Once, for the time before this day.
    Once(Day),
    /// Now, and again and again.
    Continuing,
    /// The text does not say.
    NotStated,
}

/// A gate by size or business. `op` and `limit` say when the consequence bites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// What is counted.
    pub metric: Metric,
    /// On which side the consequence bites.
    pub op: Op,
    /// The limit; none for a kind of business.
    pub limit: Option<u64>,
    /// The currency of a limit in money, as an ISO 4217 code.
    pub currency: Option<String>,
    /// How the limit is adjusted over time.
    pub adjusted: Option<String>,
    /// When it is read.
    pub measured: Measured,
    /// The span of time that counts, in words.
    pub window: Option<String>,
    /// Whose figures count, where the text says.
    pub of: Option<Whose>,
    /// The same in words.
    pub of_words: Option<String>,
    /// Only these kinds of business, where any are named.
    pub business: Vec<Business>,
    /// Which use is limited, where the text says.
    pub applies_to: Option<LimitedUse>,
    /// The same in words.
    pub applies_words: Option<String>,
    /// Whether it bites only together with the other thresholds.
    pub combine: Option<Combine>,
    /// Who or what is exempt, in words.
    pub exempt: Option<String>,
    /// What happens past it.
    pub consequence: Consequence,
    /// The same in words.
    pub consequence_words: Option<String>,
}

impl Value for Threshold {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        let measured = match table.day("measured") {
            Some(day) => Measured::Once(day),
            None => match table.text("measured").as_deref() {
                Some("continuing") => Measured::Continuing,
                None => Measured::NotStated,
                Some(_) => {
                    table.misread(table.at(), "`measured` must be a day or continuing");
                    return None;
                }
            },
        };
        let (metric, op) = (table.word("metric"), table.word("op"));
        Some(Self {
            limit: table.number("limit"),
            currency: table.text("currency"),
            adjusted: table.text("adjusted"),
            measured,
            window: table.text("window"),
            of: table.maybe("of"),
            of_words: table.text("of-words"),
            business: table.some("business"),
            applies_to: table.maybe("applies-to"),
            applies_words: table.text("applies-words"),
            combine: table.maybe("combine"),
            exempt: table.text("exempt"),
            consequence: table.word("consequence")?,
            consequence_words: table.text("consequence-words"),
            metric: metric?,
            op: op?,
        })
    }

    fn heading(&self) -> Heading {
        self.consequence.heading()
    }

    fn says(&self) -> String {
        let once = match self.measured {
            Measured::Once(day) => Some(day.to_string()),
            Measured::Continuing | Measured::NotStated => None,
        };
        let of = self.of_words.as_deref().or(self.of.map(Word::clause));
        let applies = self.applies_words.as_deref().or(self.applies_to.map(Word::clause));
        let consequence = self.consequence_words.as_ref().map(|it| format!("{it})"));
        Telling::new(self.who())
            .add(", measured once before ", once)
            .add("; counted: ", of)
            .add("; for: ", applies)
            .add("; ", self.combine.map(Word::clause))
            .add(": ", Some(self.consequence.clause()))
            .add(" (", consequence)
            .add("; exempt: ", self.exempt.as_ref())
            .end()
    }
}

impl Threshold {
    /// Whom it hits, in a few words.
    pub fn who(&self) -> String {
        let kinds: Vec<_> = self.business.iter().map(|it| it.clause()).collect();
        let business = match (self.metric, kinds.is_empty()) {
            (Metric::BusinessType, true) => return "who is in a named kind of business".to_owned(),
            (Metric::BusinessType, false) => {
                return format!("whose business is {}", kinds.join(" or "));
            }
            (_, true) => String::new(),
            (_, false) => format!(" in the business of {}", kinds.join(" or ")),
        };
        let limit = self.limit.map(grouped).unwrap_or_default();
        let currency = self.currency.as_deref().map(|it| format!("{it} ")).unwrap_or_default();
        let (op, metric) = (self.op.clause(), self.metric.clause());
        format!("who has {op} {currency}{limit} {metric}{business}")
    }
}

/// A number with its digits in groups of three.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A territory that the license leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Territory {
    /// Countries as ISO 3166 codes, or `EU`.
    pub regions: Vec<String>,
    /// What decides, where the text says.
    pub by: Option<By>,
    /// Outputs are bound to the territory too.
    pub outputs: bool,
    /// Which models it is limited to; none: all.
    pub models: Option<Models>,
    /// Names of models that it is known to reach, with `*` for any characters.
    pub multimodal_names: Vec<String>,
    /// Names of models that it is known not to reach.
    pub text_only_names: Vec<String>,
    /// How the names are known.
    pub names_confidence: Option<Confidence>,
    /// What is left out, in words.
    pub words: Option<String>,
    /// Who is meant, in words.
    pub who: Option<String>,
    /// Who is exempt, in words.
    pub exempt: Option<String>,
}

/// Whether an exclusion reaches a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It does.
    Reached,
    /// It does not: a model of another sort.
    NotReached,
    /// The name does not tell.
    Unclear,
}

impl Territory {
    /// Whether the exclusion reaches the model `name`: a path or bare name.
    pub fn reaches(&self, name: &str) -> Reach {
        if self.models.is_none() {
            return Reach::Reached;
        }
        let name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        if self.multimodal_names.iter().any(|it| fits(it, &name)) {
            return Reach::Reached;
        }
        if self.text_only_names.iter().any(|it| fits(it, &name)) {
            return Reach::NotReached;
        }
        Reach::Unclear
    }
}

/// Whether `name` is made of the pieces of `pattern` in their order, with anything where `*` stands.
fn fits(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut last = None;
    for piece in pieces {
        if let Some(before) = last.replace(piece) {
            let Some((_, after)) = rest.split_once(before) else { return false };
            rest = after;
        }
    }
    match last {
        Some(last) => rest.ends_with(last),
        None => rest.is_empty(),
    }
}

impl Value for Territory {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        let regions = table.texts("regions");
        if regions.is_empty() {
            table.misread(table.at(), "`regions` is missing");
            return None;
        }
        let models = table.maybe("models");
        let names_confidence = models.and_then(|_: Models| table.confidence("names-confidence"));
        Some(Self {
            regions,
            by: table.maybe("by"),
            outputs: table.flag("outputs"),
            models,
            multimodal_names: table.texts("multimodal-names"),
            text_only_names: table.texts("text-only-names"),
            names_confidence,
            words: table.text("words"),
            who: table.text("who"),
            exempt: table.text("exempt"),
        })
    }

    fn heading(&self) -> Heading {
        Heading::Barred
    }

    fn says(&self) -> String {
        Telling::new(format!("not licensed for {}", self.regions.join(", ")))
            .add(", ", self.by.map(Word::clause))
            .add(", ", self.models.map(Word::clause))
            .when(self.outputs, ", outputs too")
            .add(": ", self.who.as_ref())
            .add("; ", self.words.as_ref())
            .add("; exempt: ", self.exempt.as_ref())
            .end()
    }
}

section! {
    /// Whom the license leaves out.
    Exclusions {
        /// Gates by size or business.
        thresholds: many Threshold = "thresholds",
        /// Territories that are left out.
        territory: many Territory = "territory",
        /// Passing on by companies.
        distribution_by_companies: one CompanyDistribution = "distribution-by-companies",
        /// Use where it meets end users.
        end_user_impact: one EndUserImpact = "end-user-impact",
    }
}
