//! What a third party reports of a component goes to the component that it means.

use std::collections::BTreeMap;

use crate::component::{ComponentId, split_version};
use crate::group::{Group, Home};
use crate::inventory::Component;

/// Whether a group is but a report on something that lives elsewhere.
pub(crate) fn is_report(home: &Home, group: &Group) -> bool {
    matches!(home, Home::Dependency { .. }) && group.is_reported()
}

/// Adds reports to the components that they mean: of the same package URL, or of the same name
/// where one of the two has no version, or where the report is on the whole project, whose version
/// may have moved on since. A report on nothing that is here is a component of its own; it is
/// never the project's own work.
pub(crate) fn join(
    components: &mut BTreeMap<ComponentId, Component>,
    reports: Vec<(Component, bool)>,
) {
    let mut by_name: BTreeMap<String, Vec<ComponentId>> = BTreeMap::new();
    for id in components.keys() {
        by_name.entry(split_version(id.as_str()).0.to_owned()).or_default().push(id.clone());
    }
    for (mut report, is_about_all) in reports {
        let (name, version) = split_version(report.id.as_str());
        let named = by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        let meant = match named {
            _ if components.contains_key(&report.id) => Some(report.id.clone()),
            [only] => {
                let is_open = version.is_none() || split_version(only.as_str()).1.is_none();
                (is_open || is_about_all).then(|| only.clone())
            }
            _ => None,
        };
        if let Some(known) = meant.and_then(|it| components.get_mut(&it)) {
            known.take(report);
        } else {
            report.own = false;
            components.insert(report.id.clone(), report);
        }
    }
}
