//! Duties: what using something asks of its user, by which clause, with the exact words.

use caveat_core::component::ComponentId;
use caveat_core::expression::Licensed;
use caveat_core::terms::{Fact, Heading, Line, Terms, Value};

use crate::case::Case;
use crate::finding::{Obligation, Status};
use crate::ground::Ground;

/// The duties of every component's licenses, own and carried, in the branch that is taken.
pub fn obligations(case: &Case<'_>) -> Vec<Obligation> {
    let mut all: Vec<Obligation> = Vec::new();
    for (id, decided) in &case.decided {
        for license in &decided.binding {
            for duty in of_license(case, id, license) {
                if !all.contains(&duty) {
                    all.push(duty);
                }
            }
        }
    }
    all
}

/// The duties that one license brings to one component.
pub fn of_license(ground: &Ground<'_>, id: &ComponentId, license: &Licensed) -> Vec<Obligation> {
    let Some(terms) = ground.terms(license) else { return Vec::new() };
    let obligation = |(kind, text, line): (&'static str, Option<String>, Line)| Obligation {
        kind,
        component: id.clone(),
        license: license.to_string(),
        cite: line.cite,
        says: line.words,
        text,
        status: Status::Unchecked,
        evidence: Vec::new(),
    };
    duties(terms)
        .into_iter()
        .filter(|(_, _, line)| line.heading == Heading::Must)
        .map(obligation)
        .collect()
}

/// Everything that terms ask to be done, with the exact string where there is one.
fn duties(terms: &Terms) -> Vec<(&'static str, Option<String>, Line)> {
    let it = &terms.duties;
    let mut all = Vec::new();
    one(&mut all, "license-copy", it.license_copy.as_ref());
    one(&mut all, "attribution", it.attribution.as_ref());
    for fact in &it.notices {
        all.push(("notice-file", fact.value.text.clone(), fact.line()));
    }
    for fact in it.displays.iter().filter(|it| it.value.required) {
        all.push(("display-attribution", fact.value.any_of.first().cloned(), fact.line()));
    }
    for fact in &it.names {
        all.push(("naming", fact.value.text.clone(), fact.line()));
    }
    one(&mut all, "state-changes", it.state_changes.as_ref());
    one(&mut all, "pass-on-use-restrictions", it.flow_down.as_ref());
    one(&mut all, "disclose-source", it.disclose_source.as_ref());
    one(&mut all, "share-alike", it.share_alike.as_ref());
    one(&mut all, "installation-information", it.installation_information.as_ref());
    one(&mut all, "documentation", it.documentation.as_ref());
    one(&mut all, "cite", it.publication_acknowledgement.as_ref());
    one(&mut all, "output-notice", it.output_notice.as_ref());
    one(&mut all, "content-filter", it.content_filter.as_ref());
    one(&mut all, "derivative-report", it.derivative_report.as_ref());
    all
}

fn one<T: Value>(
    all: &mut Vec<(&'static str, Option<String>, Line)>,
    kind: &'static str,
    fact: Option<&Fact<T>>,
) {
    all.extend(fact.map(|it| (kind, None, it.line())));
}
