//! Files of license texts: which are read, and for whom they speak.

use caveat_core::readers::READERS;

use crate::common::check_text;

fn is_wanted(path: &str) -> bool {
    READERS.iter().any(|it| it.name == "license-file" && (it.wants)(path))
}

#[test]
fn names_of_license_texts_are_known() {
    let texts = "LICENSE LICENCE.txt license.md License.rst LICENSE-APACHE LICENSE.MIT LICENSE-2.0 \
                 COPYING COPYING.LESSER UNLICENSE a/b/LICENSE DATA_LICENSE MODEL_LICENSE.md \
                 WEIGHT_DIFF_LICENSE SourceCodePro-LICENSE-67f54ca7.txt python-zeep.LICENSE \
                 LICENSES/MIT.txt LICENSES/LicenseRef-x.txt x/licenses/LICENSE LICENSE.audiocraft \
                 Tongyi_Qianwen_LICENSE_AGREEMENT license.html logo.png.license";
    let others = "NOTICE Notice.txt USE_POLICY.md license.rs license.py license.ts LICENSE.json \
                  licensing.md relicense.md README.md LICENSE-THIRD-PARTY third_party_licenses.txt \
                  license-header.txt license_checker.md check-license.sh .license src/license/mod.rs \
                  license/README.md LICENSES/README.md";
    for path in texts.split_whitespace() {
        assert!(is_wanted(path), "{path} is a license text");
    }
    for path in others.split_whitespace() {
        assert!(!is_wanted(path), "{path} is no license text");
    }
}

#[test]
fn a_license_file_speaks_for_its_directory_or_for_a_part() {
    let unknown = "\u{feff}\n  House Terms \n\nYou may not.\n";
    for (path, whom) in [
        ("m/LICENSE", "Directory ?"),
        ("m/DATA_LICENSE", "Directory dataset"),
        ("m/LICENSE-MODEL", "Directory model"),
        ("WEIGHT_DIFF_LICENSE", "Directory model"),
        ("LICENSE-CODE.md", "Directory code"),
        ("LICENSES/LicenseRef-House.txt", "File ?"),
        ("logo.png.license", "Files { pattern: \"logo.png\", precedence: Closest } ?"),
    ] {
        check_text(path, unknown, &format!("{whom}\n  \"House Terms\": UnknownText"));
    }
    let long = format!("{}\n", "é".repeat(300));
    let cut = "é".repeat(120);
    check_text("LICENSE", &long, &format!("Directory ?\n  {cut:?}: UnknownText"));
}

#[test]
fn what_is_no_text_claims_none() {
    check_text("LICENSE", " \n", "problem: the license file is empty");
    check_text("a.LICENSE", "SPDX-License-Identifier: MIT\n", "");
    check_text("a/LICENSE", "../LICENSE", "Directory ?\n  \"../LICENSE\": File");
    let words = "Terms, conditions and warranties of a grant bind the licensee.\n";
    check_text(
        "a/house_license.md",
        words,
        &format!("Directory ?\n  {:?}: UnknownText", words.trim_end()),
    );
    check_text("a/house_license.md", &format!("{words}\n```console\n$ acme\n```\n"), "");
}
