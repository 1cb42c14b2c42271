//! What people write, and what it means.

use caveat_core::library::{Library, Named};

fn check(words: &str, expected: &str) {
    let found = match Library::embedded().named(words) {
        Named::License(id) => id.to_owned(),
        Named::Ambiguous(family) => format!("one of: {}", family.name),
        Named::Reserved => "reserved".to_owned(),
        Named::Placeholder => "placeholder".to_owned(),
        Named::Unknown => "unknown".to_owned(),
    };
    assert_eq!(found, expected, "{words}");
}

#[test]
fn names_that_people_write() {
    for (words, expected) in [
        ("MIT", "MIT"),
        ("The MIT License (MIT)", "MIT"),
        ("[MIT](LICENSE)", "MIT"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("apache 2", "Apache-2.0"),
        ("Apache-2.0 ", "Apache-2.0"),
        ("Apache Software License 2.0", "Apache-2.0"),
        ("BSD 3-Clause License", "BSD-3-Clause"),
        ("BSD-3-Clause \"New\" or \"Revised\" License", "BSD-3-Clause"),
        ("3-Clause BSD License", "BSD-3-Clause"),
        ("GPLv3", "GPL-3.0-only"),
        ("gpl 3.0", "GPL-3.0-only"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("GPL v2 or later", "GPL-2.0-or-later"),
        ("GNU General Public License, version 2", "GPL-2.0-only"),
        ("GNU Lesser General Public License v3 or later (LGPLv3+)", "LGPL-3.0-or-later"),
        ("AGPLv3", "AGPL-3.0-only"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("cc-by-nc-4.0", "CC-BY-NC-4.0"),
        ("Attribution-NonCommercial 4.0 International (CC BY-NC 4.0)", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("Creative Commons Attribution-Non Commercial-Share Alike 4.0", "CC-BY-NC-SA-4.0"),
        ("CC BY-SA 3.0 Unported", "CC-BY-SA-3.0"),
        ("Licensed under the Apache License, Version 2.0", "Apache-2.0"),
        (
            "Creative Commons Attribution-ShareAlike 4.0 International Public License",
            "CC-BY-SA-4.0",
        ),
        ("CC0", "CC0-1.0"),
        ("CC0 1.0 Universal", "CC0-1.0"),
        ("Llama 3.1 Community License", "LicenseRef-Llama-3.1-Community"),
        ("llama3.1", "LicenseRef-Llama-3.1-Community"),
        ("Meta Llama 3 Community License Agreement", "LicenseRef-Llama-3-Community"),
        ("LicenseRef-llama-3.1-community", "LicenseRef-Llama-3.1-Community"),
        ("openrail++", "LicenseRef-CreativeML-OpenRAIL-PlusPlus-M"),
        ("CreativeML OpenRAIL-M", "LicenseRef-creativeml-openrail-m"),
        ("gemma-terms-of-use", "LicenseRef-Gemma-Terms-of-Use"),
        ("stabilityai-ai-community", "LicenseRef-Stability-AI-Community"),
        ("Business Source License 1.1", "BUSL-1.1"),
        ("Open Database License (ODbL) v1.0", "ODbL-1.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("License :: OSI Approved :: MIT License", "MIT"),
        ("License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("Adobe-2006", "Adobe-2006"),
        ("Academic Free License v1.1", "AFL-1.1"),
        ("LicenseRef-scancode-gemma-tou-2025-03-24", "LicenseRef-Gemma-Terms-of-Use"),
    ] {
        check(words, expected);
    }
}

#[test]
fn addresses_that_people_write() {
    for (words, expected) in [
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
        ("http://creativecommons.org/licenses/by-nc/4.0/legalcode.txt", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "CC-BY-SA-4.0"),
        ("creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://opensource.org/license/bsd-3-clause/", "BSD-3-Clause"),
        ("https://choosealicense.com/licenses/apache-2.0/", "Apache-2.0"),
        ("https://choosealicense.com/licenses/gemma/", "LicenseRef-Gemma-Terms-of-Use"),
        ("https://choosealicense.com/licenses/undefined/", "placeholder"),
        ("https://spdx.org/licenses/CC-BY-4.0.html", "CC-BY-4.0"),
        ("https://spdx.org/licenses/Adobe-2006", "Adobe-2006"),
        ("https://www.gnu.org/licenses/gpl-3.0.en.html", "GPL-3.0-only"),
        ("https://www.gnu.org/licenses/gpl.html", "one of: GNU General Public License"),
        ("https://ai.google.dev/gemma/terms#3.1-distribution", "LicenseRef-Gemma-Terms-of-Use"),
        ("https://www.llama.com/llama3_1/license/", "LicenseRef-Llama-3.1-Community"),
        (
            "https://huggingface.co/meta-llama/Llama-3.2-1B/resolve/main/LICENSE.txt",
            "LicenseRef-Llama-3.2-Community",
        ),
        (
            "https://raw.githubusercontent.com/deepseek-ai/DeepSeek-V2/main/LICENSE-MODEL",
            "LicenseRef-DeepSeek-Model-1.0",
        ),
        ("https://huggingface.co/acme/tiny/blob/main/LICENSE", "unknown"),
        ("https://creativecommons.org/licenses/", "one of: Creative Commons license"),
        ("file:///etc/passwd", "unknown"),
    ] {
        check(words, expected);
    }
}

#[test]
fn names_of_many_of_none_and_of_nothing() {
    for (words, expected) in [
        ("License :: OSI Approved :: BSD License", "one of: BSD License"),
        ("License :: OSI Approved :: Apache Software License", "one of: Apache License"),
        ("gpl", "one of: GNU General Public License"),
        ("cc", "one of: Creative Commons license"),
        ("CC-BY-NC", "one of: Creative Commons Attribution-NonCommercial"),
        ("openrail", "one of: OpenRAIL"),
        ("Llama community license", "one of: Llama Community License"),
        ("tencent-hunyuan-community", "one of: Tencent Hunyuan Community License"),
        ("BSL", "one of: BSL"),
        ("public domain", "one of: Public domain"),
        ("unknown", "placeholder"),
        ("other", "placeholder"),
        ("[More Information Needed]", "placeholder"),
        ("{license}", "placeholder"),
        ("{{ license | default(\"[More Information Needed]\", true) }}", "placeholder"),
        ("TBD", "placeholder"),
        ("SEE LICENSE IN LICENSE", "placeholder"),
        ("  ", "placeholder"),
        ("...", "placeholder"),
        ("Proprietary", "reserved"),
        ("UNLICENSED", "reserved"),
        ("License :: Other/Proprietary License", "reserved"),
        ("MIT License (non-commercial)", "unknown"),
        ("MIT non-commercial", "unknown"),
        ("Apache 2.0 with Commons Clause", "unknown"),
        ("Apache 3.0", "unknown"),
        ("NVIDIA Open Model Agreement", "unknown"),
        ("rlwrld-model-license-v1.0", "unknown"),
        (&"license ".repeat(100), "unknown"),
    ] {
        check(words, expected);
    }
}

#[test]
fn one_letter_or_two_are_forgiven() {
    for (misspelt, expected) in [
        ("Apache-2.O", Some("Apache-2.0")),
        ("Apach-2.0", Some("Apache-2.0")),
        ("appache 2.0", Some("Apache-2.0")),
        ("MTI", Some("MIT")),
        ("BSD-3-Cluase", Some("BSD-3-Clause")),
        ("lama3.1", Some("LicenseRef-Llama-3.1-Community")),
        ("cc-bync-4.0", Some("CC-BY-NC-4.0")),
        ("gema", Some("LicenseRef-Gemma-Terms-of-Use")),
        ("GPL-3.0-onyl", Some("GPL-3.0-only")),
        ("hello world", None),
        ("", None),
        ("x", None),
    ] {
        assert_eq!(Library::embedded().suggest(misspelt), expected, "{misspelt}");
    }
}

#[test]
fn later_versions_and_deprecated_ids_find_their_terms() {
    let library = Library::embedded();
    for (id, license, terms) in [
        ("mit", Some("MIT"), Some("MIT")),
        ("GPL-2.0", Some("GPL-2.0-only"), Some("GPL-2.0-only")),
        ("GPL-2.0+", Some("GPL-2.0-or-later"), Some("GPL-2.0-or-later")),
        ("GFDL-1.3-or-later", Some("GFDL-1.3-or-later"), Some("GFDL-1.3-only")),
        ("Adobe-2006", Some("Adobe-2006"), None),
        ("LicenseRef-acme", None, None),
    ] {
        assert_eq!(library.license(id).map(|it| it.id), license, "{id}");
        assert_eq!(library.terms(id).map(|it| it.license.id.as_str()), terms, "{id}");
    }
}
