//! The page of a license.

use caveat_report::explain::{Confidence, Line, Page, Section, explain};
use caveat_report::run::Look;
use expect_test::{Expect, expect};

fn check(width: usize, expected: &Expect) {
    let line = |words, cite, confidence| Line { words, cite, confidence };
    let page = Page {
        title: "Nimbus Community License 2.0\u{1b}[31m",
        ids: vec!["LicenseRef-Nimbus-2.0", "nimbus2"],
        category: Some("model, conditional"),
        released: Some("2024-07-23"),
        law: None,
        source: Some("https://nimbus.example/legal/community-license-2.0.txt"),
        sections: vec![
            Section {
                title: "Grants",
                lines: vec![
                    line(
                        "commercial use, for as long as there are at most 700 million monthly users",
                        "§2",
                        Confidence::Read,
                    ),
                    line("derivatives", "§1.a", Confidence::Read),
                ],
            },
            Section { title: "Says nothing of", lines: vec![] },
            Section {
                title: "Asks",
                lines: vec![
                    line("a file called Notice", "§1.b.iii and the policy", Confidence::Secondary),
                    line("good manners", "", Confidence::Read),
                ],
            },
        ],
    };
    let mut bytes = Vec::new();
    let look = Look { width, color: false, verbose: false };
    explain(&page, &look, &mut bytes).expect("memory takes everything");
    expected.assert_eq(&String::from_utf8(bytes).expect("text"));
}

#[test]
fn clauses_stand_on_the_right() {
    check(
        60,
        &expect![[r"
        Nimbus Community License 2.0␛[31m
          id         LicenseRef-Nimbus-2.0, nimbus2
          category   model, conditional
          released   2024-07-23
          source     https://nimbus.example/legal/community-license-2.0.txt

        Grants
          - commercial use, for as long as there are at most      §2
            700 million monthly users
          - derivatives                                         §1.a

        Asks
          - a file called Notice (§1.b.iii and the policy) (not
            read in the primary text)
          - good manners
    "]],
    );
    check(
        200,
        &expect![[r"
        Nimbus Community License 2.0␛[31m
          id         LicenseRef-Nimbus-2.0, nimbus2
          category   model, conditional
          released   2024-07-23
          source     https://nimbus.example/legal/community-license-2.0.txt

        Grants
          - commercial use, for as long as there are at most 700 million monthly users                    §2
          - derivatives                                                                                 §1.a

        Asks
          - a file called Notice (§1.b.iii and the policy) (not read in the primary text)
          - good manners
    "]],
    );
}
