//! Data on another ground than a license: where it holds, where a person has to look, where it
//! does not reach.

mod common;

use caveat_policy::finding::Report;
use caveat_policy::verdict::Level;

use common::Project;

const ORG: &str = "kind = \"academic\"\ncommercial = false\ndomicile = \"NL\"\n";
const BASIS: &str = "kind = \"tdm-research\"\nreviewed = 2026-05-11\npublish = false\n";

/// What becomes of data whose license denies: (org, basis, uses) and the level that is left, none
/// where the finding is set aside.
fn check(org: &str, basis: &str, uses: &str, expected: Option<Level>, says: &str) {
    let policy = format!(
        "caveat = 1\n[org]\n{org}\n[[product]]\nname = \"lab\"\npaths = [\"data/**\"]\n\
         uses = [{uses}]\n[rules]\nunknown = \"deny\"\n[rules.dataset]\ndeny = [\"non-commercial\"]\n\
         [[basis]]\npath = \"data/crawl/**\"\nbecause = \"Lawful access.\"\n\
         owner = \"steward@acme.example\"\n{basis}\n"
    );
    for license in ["license: cc-by-nc-4.0", "license: unknown"] {
        let card = format!("---\n{license}\n---\n");
        let project = Project::new(&[("data/crawl/web/README.md", card.as_str())], &policy);
        let report = project.report();
        let found = report.findings.first().map(|it| it.level);
        assert_eq!(found, expected, "{license} {org} {basis} {uses}: {}", project.findings());
        let told = told(&report);
        assert!(told.contains(says), "no `{says}` in {told}");
        let aside = report.set_aside.iter().map(|it| it.why.as_str()).collect::<String>();
        assert_eq!(aside.contains("basis "), expected.is_none(), "{aside}");
    }
}

fn told(report: &Report) -> String {
    let steps = report.findings.iter().flat_map(|it| it.because.steps());
    let aside = report.set_aside.iter().map(|it| it.why.clone());
    steps.map(|it| it.says.clone()).chain(aside).collect::<Vec<_>>().join("\n")
}

#[test]
fn research_on_text_and_data_needs_no_license_where_the_exception_holds() {
    let train = "\"train-from-data\"";
    let says = "basis tdm-research: Lawful access. (owner steward@acme.example, reviewed on 2026-05-11; not to be published)";
    check(ORG, BASIS, train, None, says);
    let warn = Some(Level::Warn);
    check(&ORG.replace("academic", "for-profit"), BASIS, train, warn, "kind is for-profit");
    check(&ORG.replace("kind = \"academic\"\n", ""), BASIS, train, warn, "does not say its `kind`");
    check(&ORG.replace("false", "true"), BASIS, train, warn, "Art. 3 is for research, and");
    check(&ORG.replace("NL", "US"), BASIS, train, warn, "`domicile` is US");
    check(ORG, &BASIS.replace("reviewed = 2026-05-11", ""), train, warn, "`reviewed`");
}

#[test]
fn the_kind_of_ground_says_whom_it_serves() {
    let train = "\"train-from-data\"";
    let of = |kind: &str| BASIS.replace("tdm-research", kind);
    let company = ORG.replace("academic", "for-profit").replace("false", "true");
    check(&company, &of("tdm"), train, None, "basis tdm:");
    check(&company.replace("NL", "US"), &of("tdm"), train, Some(Level::Warn), "Art. 4");
    check("", &of("contract"), train, None, "basis contract:");
    check("", &of("own"), train, None, "basis own:");
    check("", &of("fair-use"), train, Some(Level::Warn), "case by case");
    check("", &of("other"), train, Some(Level::Warn), "only its words tell");
}

#[test]
fn what_may_not_be_published_stays_denied_where_it_is() {
    let publish = "\"distribute-weights\"";
    let says = "it does not let the data itself be published, and product `lab` is handed out";
    check(ORG, BASIS, publish, Some(Level::Deny), says);
    check(ORG, &BASIS.replace("publish = false", ""), publish, Some(Level::Deny), says);
    check(ORG, &BASIS.replace("false", "true"), publish, None, "basis tdm-research");
}

#[test]
fn a_ground_reaches_the_model_that_learned_from_the_data_and_nothing_else() {
    let policy = format!(
        "caveat = 1\n[org]\n{ORG}\n[rules.dataset]\ndeny = [\"non-commercial\"]\n[rules.model]\n\
         allow = [\"permissive\"]\n[rules]\nunknown = \"deny\"\n[[basis]]\npath = \"data/crawl/**\"\n\
         because = \"Lawful access.\"\nowner = \"steward@acme.example\"\n{BASIS}\n"
    );
    let card = "---\nlicense: cc-by-nc-4.0\n---\n";
    let model = "---\nlicense: apache-2.0\ndatasets:\n- crawl/web\n---\n";
    let files = [
        ("data/crawl/web/README.md", card),
        ("data/other/README.md", card),
        ("models/a/README.md", model),
    ];
    let project = Project::new(&files, &policy);
    let report = project.report();
    let about: Vec<_> = report.findings.iter().map(|it| it.component.as_str()).collect();
    assert_eq!(about, ["path:data/other"], "{}", project.findings());
    let rules: Vec<_> = report.set_aside.iter().map(|it| it.finding.rule).collect();
    assert_eq!(rules, ["denied-license", "restricted-training-data"]);
}
