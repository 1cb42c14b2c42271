//! What a judgement found: plain data, with its explanation.

use std::borrow::Cow;

use caveat_core::component::ComponentId;
use caveat_core::source::{Span, Spanned};

use crate::fix::Fix;
use crate::usage::Usage;
use crate::verdict::Level;

/// Something that a person should know, with the reasons.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that speaks, kebab-case.
    pub rule: &'static str,
    /// How grave it is under this policy. Never [`Level::Allow`].
    pub level: Level,
    /// Whom it is about.
    pub component: ComponentId,
    /// The license it is about, where it is about one.
    pub license: Option<String>,
    /// What is wrong, in one plain sentence without a full stop.
    pub message: String,
    /// The place that the user can change.
    pub at: Span,
    /// A few words to stand under that place.
    pub label: String,
    /// How we know: only the steps that decided.
    pub because: Because,
    /// What to do about it, cheapest first.
    pub help: Vec<String>,
    /// What besides rule, component and license tells this finding from another; no line numbers.
    pub cause: String,
    /// Why it does not count and where the policy says so, where an exception sets it aside.
    pub excepted: Option<Spanned<String>>,
}

impl Finding {
    /// A digest that stays the same when lines move: 16 hexadecimal digits of FNV-1a over rule,
    /// component, license and cause.
    pub fn fingerprint(&self) -> String {
        self.fingerprint_below("")
    }

    /// The same, as if a folder had been scanned from which `prefix` leads to the one that was.
    pub fn fingerprint_below(&self, prefix: &str) -> String {
        let license = self.license.as_deref().unwrap_or_default();
        let (component, cause) =
            (below(prefix, self.component.as_str()), below(prefix, &self.cause));
        let parts = [self.rule, &component, license, &cause];
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in parts.iter().flat_map(|it| it.bytes().chain([0])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }
}

/// The text with every `path:…` in it counted from a folder above.
pub(crate) fn below<'a>(prefix: &str, text: &'a str) -> Cow<'a, str> {
    const PLACE: &str = "path:";
    if prefix.is_empty() || !text.contains(PLACE) {
        return Cow::Borrowed(text);
    }
    let word = |it: &str| match it.strip_prefix(PLACE) {
        Some(".") => format!("{PLACE}{prefix}"),
        Some(path) => format!("{PLACE}{prefix}/{path}"),
        None => it.to_owned(),
    };
    Cow::Owned(text.split(' ').map(word).collect::<Vec<_>>().join(" "))
}

/// An explanation: at least one step.
#[derive(Clone, Debug)]
pub struct Because {
    /// The first step.
    pub first: Step,
    /// The others, in reading order.
    pub rest: Vec<Step>,
}

impl Because {
    /// An explanation of these steps, each told once; `None` for no steps.
    pub fn once(steps: impl IntoIterator<Item = Step>) -> Option<Self> {
        let mut told: Vec<Step> = Vec::new();
        for it in steps {
            let same = |known: &Step| {
                known.link == it.link && known.says == it.says && known.cite == it.cite
            };
            if !told.iter().any(same) {
                told.push(it);
            }
        }
        Self::new(told)
    }

    /// An explanation of at least one step; `None` for no steps.
    pub fn new(steps: Vec<Step>) -> Option<Self> {
        let mut steps = steps.into_iter();
        let first = steps.next()?;
        Some(Self { first, rest: steps.collect() })
    }

    /// Tells more steps after the first `number` ones.
    pub fn tell(&mut self, number: usize, more: Vec<Step>) {
        let at = number.saturating_sub(1).min(self.rest.len());
        self.rest.splice(at..at, more);
    }

    /// All steps in reading order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// One step of an explanation.
#[derive(Clone, Debug)]
pub struct Step {
    /// What sort of reason it is.
    pub link: Link,
    /// The reason, in one clause.
    pub says: String,
    /// Where it is written.
    pub at: Option<Span>,
    /// For a term: the section of the license.
    pub cite: Option<String>,
}

impl Step {
    /// A step without a citation.
    pub fn new(link: Link, says: impl Into<String>, at: impl Into<Option<Span>>) -> Self {
        Self { link, says: says.into(), at: at.into(), cite: None }
    }
}

/// The sorts of reasons; a chain reads in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// How the component stands to another.
    Relation,
    /// What is claimed of a license.
    Claim,
    /// What the license says.
    Term,
    /// A fact of the organisation.
    Fact,
    /// A line of the policy.
    Policy,
}

impl Link {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Relation => "relation",
            Self::Claim => "claim",
            Self::Term => "term",
            Self::Fact => "fact",
            Self::Policy => "policy",
        }
    }
}

/// A duty that comes with using something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// What is to be done, kebab-case: `license-copy`, `notice-file`, `display`, …
    pub kind: &'static str,
    /// For what.
    pub component: ComponentId,
    /// By which license.
    pub license: String,
    /// The section of the license.
    pub cite: String,
    /// What is to be done, in one clause.
    pub says: String,
    /// The exact string where the license fixes one.
    pub text: Option<String>,
    /// Whether it is done.
    pub status: Status,
    /// Where that was seen.
    pub evidence: Vec<Span>,
    /// In which product; `None` where no product claims the component.
    pub product: Option<String>,
    /// The uses that ask for it; where nobody states a use, those that would.
    pub uses: Vec<Usage>,
    /// Whether a stated use asks for it, as far as anybody can tell.
    pub due: bool,
    /// Why it is not met, or not looked at; empty where it is met.
    pub why: String,
    /// Where somebody can change that.
    pub at: Option<Span>,
    /// Where the terms, and the policy, say so.
    pub stated: Stated,
    /// What would meet it.
    pub remedy: Option<Remedy>,
}

/// Where it is written that something is to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The fact of the license.
    pub term: Option<Span>,
    /// The use of the product that sets it off.
    pub usage: Option<Span>,
    /// The record of the policy that says that it is met.
    pub met: Option<Span>,
}

/// What would meet a duty: everything that somebody needs to write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remedy {
    /// The folder that it belongs in, from the scanned one; empty for that itself.
    pub folder: String,
    /// What the file is best called.
    pub file: Option<String>,
    /// The words that it has to hold.
    pub text: Option<String>,
    /// A name that would do, for what has to be renamed.
    pub name: Option<String>,
}

/// Whether a duty is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Seen to be done.
    Met,
    /// Seen not to be done.
    Unmet,
    /// Nobody looked.
    Unchecked,
}

impl Status {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => "unmet",
            Self::Unchecked => "unchecked",
        }
    }
}

/// What a judgement gives: findings for people, duties, and every decision for auditors.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Gravest first, then by place.
    pub findings: Vec<Finding>,
    /// What can be mended by rule, and how.
    pub fixes: Vec<Fix>,
    /// By component.
    pub obligations: Vec<Obligation>,
    /// Findings that do not count, and why: shown to auditors, never lost.
    pub set_aside: Vec<SetAside>,
}

/// A finding that does not count, and why.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// What was found all the same.
    pub finding: Finding,
    /// Why it does not count: an exception, an exclusion.
    pub why: String,
    /// Where the policy says so.
    pub at: Span,
    /// What sort of reason that is.
    pub by: Aside,
}

/// The sorts of reasons for which a finding does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aside {
    /// The policy lets it pass: an exception, an exclusion, a level.
    Policy,
    /// The baseline lists it: it was there before, and is still wrong.
    Baseline,
    /// It is not new since the revision that was asked about, and is still wrong.
    NotNew,
}

impl Aside {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Baseline => "baseline",
            Self::NotNew => "not-new",
        }
    }
}
