//! Findings and duties in `caveat/1`.

use caveat_core::source::Span;
use caveat_policy::finding::{Finding, Obligation, SetAside, Step};
use caveat_policy::vocabulary::Word as _;
use serde::Serialize;

use crate::lines::Places;

#[derive(Serialize)]
pub(super) struct JsonFinding<'a> {
    rule: &'static str,
    verdict: &'static str,
    component: &'a str,
    license: Option<&'a str>,
    message: &'a str,
    help: Option<String>,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    because: Vec<JsonStep<'a>>,
    fingerprint: String,
}

impl<'a> JsonFinding<'a> {
    pub(super) fn of(it: &'a Finding, places: &Places<'a>) -> Self {
        let place = places.place(it.at);
        Self {
            rule: it.rule,
            verdict: it.level.name(),
            component: it.component.as_str(),
            license: it.license.as_deref(),
            message: &it.message,
            help: (!it.help.is_empty()).then(|| it.help.join("\n")),
            path: place.as_ref().map(|it| it.path),
            line: place.as_ref().map(|it| it.line),
            column: place.as_ref().map(|it| it.column),
            because: it.because.steps().map(|it| JsonStep::of(it, places)).collect(),
            fingerprint: it.fingerprint(),
        }
    }
}

#[derive(Serialize)]
struct JsonStep<'a> {
    link: &'static str,
    says: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
    cite: Option<&'a str>,
}

impl<'a> JsonStep<'a> {
    fn of(it: &'a Step, places: &Places<'a>) -> Self {
        let place = it.at.and_then(|it| places.place(it));
        Self {
            link: it.link.name(),
            says: &it.says,
            path: place.as_ref().map(|it| it.path),
            line: place.as_ref().map(|it| it.line),
            cite: it.cite.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct JsonObligation<'a> {
    kind: &'static str,
    component: &'a str,
    license: &'a str,
    cite: &'a str,
    says: &'a str,
    text: Option<&'a str>,
    status: &'static str,
    why: &'a str,
    product: Option<&'a str>,
    uses: Vec<&'static str>,
    due: bool,
    evidence: Vec<JsonPlace<'a>>,
}

impl<'a> JsonObligation<'a> {
    pub(super) fn of(it: &'a Obligation, places: &Places<'a>) -> Self {
        Self {
            kind: it.kind,
            component: it.component.as_str(),
            license: &it.license,
            cite: &it.cite,
            says: &it.says,
            text: it.text.as_deref(),
            status: it.status.name(),
            why: &it.why,
            product: it.product.as_deref(),
            uses: it.uses.iter().map(|it| it.word()).collect(),
            due: it.due,
            evidence: it.evidence.iter().filter_map(|it| JsonPlace::of(*it, places)).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct JsonSetAside<'a> {
    finding: JsonFinding<'a>,
    why: &'a str,
    by: &'static str,
    policy: Option<JsonPlace<'a>>,
}

impl<'a> JsonSetAside<'a> {
    pub(super) fn of(it: &'a SetAside, places: &Places<'a>) -> Self {
        Self {
            finding: JsonFinding::of(&it.finding, places),
            why: &it.why,
            by: it.by.name(),
            policy: JsonPlace::of(it.at, places),
        }
    }
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    path: &'a str,
    line: usize,
}

impl<'a> JsonPlace<'a> {
    fn of(at: Span, places: &Places<'a>) -> Option<Self> {
        places.place(at).map(|it| Self { path: it.path, line: it.line })
    }
}
