//! Licenses that only the text of a card states.

mod reading;
mod saying;

/// The license names found in `text`, which is the body of a model's card.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let card = format!("---\nlibrary_name: x\n---\n{text}\n");
    check_in("README.md", &card, expected);
}

#[track_caller]
fn check_in(name: &str, text: &str, expected: &[&str]) {
    let lines = saying::lines(name, text);
    let found: Vec<_> = lines.iter().filter_map(|it| it.strip_prefix("license (text) ")).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn a_field_names_a_license() {
    for field in [
        "- **License:** MIT",
        "**License**: MIT",
        "**License** MIT",
        "📍 **License**: MIT  ",
        "* License: `MIT`",
        "| License | MIT |",
        "- **Model License:** [MIT](LICENSE)",
        "Licence: MIT (or something you prefer)",
        "Words before.\n**License:** MIT\n**Author:** A",
        "## License: MIT",
    ] {
        check(field, &["MIT"]);
    }
    check("- License: Apache License, Version 2.0.", &["Apache License, Version 2.0"]);
    check("**License:** [license](https://a.example/l)", &["https://a.example/l"]);
    check(
        "**License** A custom license is available at: [https://a.example/l](https://a.example/l)",
        &["https://a.example/l"],
    );
}

#[test]
fn a_field_may_say_nothing() {
    for field in [
        "- **License:** [More Information Needed]",
        "- **License:** More information needed",
        "- **License:** Unknown",
        "- **License:** -",
        "- **License:** {{ license }}",
        "- **License:**",
        "- **Code License:** MIT",
        "License and usage: see below",
        "Licensed: yes",
    ] {
        check(field, &[]);
    }
}

#[test]
fn a_sentence_puts_the_subject_under_a_license() {
    check("This model is licensed under the **MIT License**.", &["MIT License"]);
    check("The weights are released under the Apache 2.0 license.", &["Apache 2.0 license"]);
    check("Licensed under CC BY-SA 3.0 by Acme.", &["CC BY-SA 3.0"]);
    check(
        "This model is licensed under the GNU General\nPublic License.",
        &["GNU General\nPublic License"],
    );
    check("The model is licensed under the [MIT license](a) that you know.", &["MIT license"]);
    check(
        "Our models are licensed under the A License and the B License.",
        &["A License and the B License"],
    );
    check(
        "**License:** Code is released under MIT, model weights are released under CC-BY-NC 4.0.",
        &["CC-BY-NC 4.0"],
    );
    check(
        "# License\nThe code is licensed under [the MIT License](C). The use of X Base/Chat models is subject to [the Model License](M).",
        &["M"],
    );
}

#[test]
fn a_sentence_about_something_else_is_no_claim() {
    for text in [
        "This model is not licensed under the MIT License.",
        "The base model is licensed under the MIT License.",
        "The Llama 2 model is licensed under the LLAMA 2 Community License.",
        "It is derived from X, which is licensed under the MIT License.",
        "The original model is licensed under the MIT License.",
        "This repository is licensed under the MIT License.",
        "The dataset is licensed under the MIT License.",
        "This model is released under the same license.",
        "This model is licensed under Acme's license.",
        "This model is licensed under a permissive license.",
        "This model is subject to change.",
        "```\nThis model is licensed under the MIT License.\n```",
        "<!-- License: MIT -->",
        "# Base model\nLicense: MIT\n## Details\nLicense: MIT",
        "# Third-party components\n## License\nMIT",
        "Sharing licensed material is forbidden.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_section_answers_in_its_first_line() {
    for title in [
        "# License",
        "### Licensing Information",
        "## 8. License",
        "**License**",
        "## 📜 **License**",
    ] {
        check(&format!("{title}\n\n[MIT License](LICENSE)\n\nCC-BY 4.0"), &["MIT License"]);
    }
    check("# License\nApache-2.0 — both the code and the weights", &["Apache-2.0"]);
    check("# License\n- **Code:** MIT\n- **Weights:** CC-BY-NC-4.0", &["CC-BY-NC-4.0"]);
    for nothing in [
        "[More Information Needed]",
        "Please see the license of the dataset.",
        "© Acme, 1998-2021",
        "Make sure to read the [license](x)",
        "| Component | Licence |",
    ] {
        check(&format!("# License\n{nothing}"), &[]);
    }
}

#[test]
fn without_front_matter_a_text_speaks_for_its_directory() {
    let code = "# X\n\nThis project is licensed under the MIT License.\n";
    check_in("README.md", code, &["MIT License"]);
    assert_eq!(saying::lines("README.md", code)[0], "Directory ?");
    assert_eq!(saying::lines("README.md", "# X\n\nWords.\n"), [""; 0]);
    check_in("docs/notes.md", code, &[]);
    let both = "The code is licensed under the MIT License.\n\nThe model weights are licensed under the Acme License.\n";
    assert_eq!(
        saying::lines("README.md", both),
        ["Directory code", "license (text) MIT License", "model: license (text) Acme License"]
    );
    let three = "# X\n\nCode and data are licensed under the MIT License. All of the included \
                 pre-trained models are licensed under the Acme License.\n";
    let code = "license (text) MIT License";
    let model = "model: license (text) Acme License";
    assert_eq!(
        saying::lines("README.md", three),
        ["Directory dataset", code, "code: license (text) MIT License", model]
    );
}

#[test]
fn a_card_speaks_of_other_things_in_passing() {
    let card = "---\nlibrary_name: x\n---\nThe code is licensed under the MIT License.\n";
    assert_eq!(
        saying::lines("README.md", card),
        ["Directory model", "traits x", "aside code: license (text) MIT License"]
    );
    check(
        "### Will the model be distributed under a copyright license, and under terms of use?",
        &[],
    );
}

#[test]
fn the_text_may_contradict_the_front_matter() {
    let card = "---\nlicense: mit\n---\n# License\nCC BY-NC 4.0\n";
    assert_eq!(
        saying::lines("README.md", card),
        ["Directory ?", "license mit", "license (text) CC BY-NC 4.0"]
    );
}
