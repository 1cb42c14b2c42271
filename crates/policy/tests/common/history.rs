//! Commits as text: `commit ID`, the files that it touches, its head, a blank line, its message.

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::expression::Expression;
use caveat_core::inventory::Graph;
use caveat_core::library::Library;
use caveat_core::notices;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::source::{Sources, Spanned};
use caveat_policy::commit::Commit;
use caveat_policy::contributions::{Brought, Contributions, Signatories, brought, signatories};
use caveat_policy::mailmap::Mailmap;

/// What the file `commits` tells, newest first; the other files are as these commits have them. A
/// file `NAME.before` is what a list was before.
pub(super) fn contributions<S: AsRef<str>>(
    files: &[(S, S)],
    sources: &mut Sources,
    library: &Library,
    graph: &mut Graph,
) -> Option<Contributions> {
    let text = |name: &str| files.iter().find(|it| it.0.as_ref() == name).map(|it| it.1.as_ref());
    let mut all = Contributions { base: Some("main".to_owned()), ..Contributions::default() };
    all.mailmap = Mailmap::parse(text(".mailmap").unwrap_or_default());
    all.commits = text("commits")?.split("\ncommit ").map(|it| commit(it, sources)).collect();
    for (name, now) in files {
        let before = text(&format!("{}.before", name.as_ref())).map(signatories);
        let now = Some(signatories(now.as_ref()));
        let list = Signatories { now, before: before.unwrap_or_default() };
        all.lists.insert(name.as_ref().to_owned(), list);
    }
    all.declared = declared(graph);
    graph.components.clear();
    graph.relations.clear();
    for (name, _) in files {
        let name = name.as_ref();
        let Some(by) = all.commits.iter().position(|it| it.paths.iter().any(|it| it == name))
        else {
            continue;
        };
        let known = sources.iter().find(|it| it.name == name).map(|it| it.id);
        let text = || text(name).unwrap_or_default().to_owned();
        let id = known.unwrap_or_else(|| sources.add(name, text()));
        let reader = READERS.iter().find(|it| (it.wants)(name)).unwrap_or(&notices::READER);
        let source = sources.get(id)?;
        let mut reading = match reader.read {
            Read::Text(read) | Read::Header { read, .. } => read(source),
        };
        if reader.name != notices::READER.name && notices::is_program(name) {
            reading.sightings.extend(notices::sighting(source));
        }
        for component in brought((name, reading), &BTreeSet::new(), (sources, library)) {
            graph.components.insert(component.id.clone(), component.clone());
            all.files.push(Brought { component, by: Some(by) });
        }
    }
    Some(all)
}

fn commit(text: &str, sources: &mut Sources) -> Commit {
    let text = text.strip_prefix("commit ").unwrap_or(text);
    let (id, text) = text.split_once('\n').expect("a commit has lines");
    let mut commit = Commit::read(id, text, sources);
    let paths = text.lines().filter_map(|it| it.strip_prefix("touches "));
    commit.paths = paths.map(str::to_owned).collect();
    commit.is_empty = commit.paths.is_empty();
    commit
}

/// What the project says of its own license.
fn declared(graph: &Graph) -> BTreeMap<String, Spanned<Expression>> {
    let own = graph.components.values().filter(|it| it.own);
    let stated = own.filter_map(|it| {
        let license = it.conclusion.license.clone()?;
        Some((it.path.clone(), Spanned::new(license.clone(), license.at())))
    });
    stated.collect()
}
