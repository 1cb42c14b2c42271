//! What a model takes over from data whose label hides a source of theirs.

mod common;

use common::Project;

const POLICY: &str = "caveat = 1\n[[product]]\nname = \"app\"\npaths = [\"**\"]\n\
                      uses = [\"distribute-weights\"]\n[rules]\notherwise = \"allow\"\n";

/// A model that learned from `a`, with the licenses of `a` and of what `a` was made from, all the way.
fn check(licenses: &[&str], relations: &str, expected: &[&str]) {
    let card = "---\nlicense: apache-2.0\ndatasets: [d/a]\n---\n".to_owned();
    let mut files = vec![("models/m/README.md".to_owned(), card)];
    for (name, (at, license)) in ["a", "b", "c"].into_iter().zip(licenses.iter().enumerate()) {
        let next = ["b", "c", ""][at];
        let source =
            if at + 1 < licenses.len() { format!("d/{next}") } else { "original".to_owned() };
        let card = format!("---\nlicense: {license}\nsource_datasets: [{source}]\n---\n");
        files.push((format!("data/d/{name}/README.md"), card));
    }
    let project = Project::new(&files, &format!("{POLICY}[relations]\n{relations}\n"));
    let found = project.report().findings.into_iter();
    let found = found.filter(|it| it.component.as_str() == "path:models/m");
    let told: Vec<String> =
        found.map(|it| format!("{}[{}] {}", it.level.name(), it.rule, it.message)).collect();
    assert_eq!(told.len(), expected.len(), "{licenses:?}:\n{}", project.findings());
    for (told, expected) in told.iter().zip(expected) {
        let all = expected.split("...").all(|it| told.contains(it));
        assert!(all, "{expected} is not in {told}");
    }
}

#[test]
fn the_label_of_data_hides_nothing_that_stands_above_it() {
    let rule = "review[restricted-training-data]";
    let hides = format!(
        "{rule}...is trained on `data/d/a`, which is derived from `data/d/b`...\
                         the label of the data hides its limit to non-commercial use"
    );
    check(&["mit", "cc-by-nc-4.0"], "", &[&hides]);
    check(&["mit", "mit", "cc-by-nc-4.0"], "", &[&format!("{rule}...`data/d/c`")]);
    check(&["mit", "cc-by-sa-4.0"], "", &[&format!("{rule}...its demand for the same license")]);
    check(&["mit", "cc-by-nc-4.0"], "nc-training = \"deny\"", &["denied[restricted"]);
    check(&["mit", "cc-by-nc-4.0"], "nc-training = \"allow\"", &[]);
    // What the label says itself is told of it, and what asks for credit alone hides nothing.
    check(&["cc-by-nc-4.0", "cc-by-nc-4.0"], "", &[&format!("{rule}...may drop its limit")]);
    check(&["mit", "apache-2.0"], "", &[]);
    check(&["mit", "cdla-sharing-1.0"], "", &[]);
}
