//! Which tags each license has. `UPDATE=1` writes the list anew, to be read line by line.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads files of the repository and bounds its time"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use caveat_core::library::Library;
use caveat_core::tags::{Tag, tags};
use caveat_core::terms::{Confidence, Reach, Terms};

fn terms(id: &str) -> &'static Terms {
    Library::embedded().terms(id).expect(id)
}

fn names(terms: &Terms) -> BTreeSet<Tag> {
    tags(terms).into_iter().map(|it| it.tag).collect()
}

fn listed() -> String {
    let mut list = String::new();
    for id in Library::embedded().ids() {
        let names: Vec<_> = names(terms(id)).into_iter().map(Tag::name).collect();
        writeln!(list, "{id}: {}", names.join(" ")).expect("a string takes all");
    }
    list
}

#[test]
fn tags_of_all_licenses() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tags.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, listed()).expect("the list can be written");
    }
    let expected = std::fs::read_to_string(path).expect("the list is there");
    for (found, expected) in listed().lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(listed().lines().count(), expected.lines().count());
}

#[test]
fn every_tag_points_at_the_clause_that_gives_it() {
    let library = Library::embedded();
    for id in library.ids() {
        let (name, text) = library.sources().nth(library.source(id).expect(id)).expect(id);
        for it in tags(terms(id)) {
            let written = &text[it.at.clone()];
            let of_category = written == format!("\"{}\"", category(terms(id)));
            assert!(of_category || written.contains(" cite = "), "{name}: {it:?}: {written}");
            assert!(!it.says.is_empty() && !it.cite.is_empty(), "{name}: {it:?}");
            assert!(!of_category || it.confidence == Confidence::Secondary, "{name}: {it:?}");
        }
    }
    for tag in Tag::ALL {
        assert_eq!(Tag::parse(tag.name()), Some(*tag));
    }
}

fn category(terms: &Terms) -> &'static str {
    caveat_core::terms::Word::name(terms.license.category)
}

fn check(id: &str, tag: Tag, cite: &str, says: &str) {
    let found: Vec<_> = tags(terms(id)).into_iter().filter(|it| it.tag == tag).collect();
    assert!(found.iter().any(|it| it.cite == cite && it.says == says), "{id}: {found:#?}");
}

#[test]
fn a_tag_says_what_the_clause_says() {
    check(
        "CC-BY-NC-4.0",
        Tag::NonCommercial,
        "§2(a)(1), §1 NonCommercial",
        "use only for non-commercial purposes",
    );
    check(
        "LicenseRef-Llama-3.1-Community",
        Tag::ScaleCapped,
        "§2",
        "who has more than 700,000,000 monthly active users: a separate license is needed, and no \
         rights before",
    );
    check(
        "LicenseRef-Llama-3.1-Community",
        Tag::NamingRequired,
        "§1.b.i last sentence",
        "begin the name of what you make of it with \"Llama\"",
    );
    check(
        "LicenseRef-hunyuan-video-community",
        Tag::Territorial,
        "preamble, §1.l, §2, §3, §5.c, Exhibit A item 1",
        "not licensed in EU, GB, KR, outputs too",
    );
    check(
        "LicenseRef-Llama-2-Community",
        Tag::OutputRestricted,
        "§1.b.v",
        "outputs may not improve other language models",
    );
    check(
        "GPL-3.0-only",
        Tag::AntiLockdown,
        "§6",
        "let users of a device install changed versions",
    );
}

/// What a policy must speak of before it can allow the license.
fn matters(id: &str) -> Vec<Tag> {
    names(terms(id)).into_iter().filter(|it| !it.is_minor()).collect()
}

#[test]
fn decisions_that_policies_rest_on() {
    let community =
        [Tag::AttributionDisplay, Tag::NamingRequired, Tag::UseRestricted, Tag::ScaleCapped];
    assert_eq!(matters("LicenseRef-Llama-3.1-Community"), community);
    // A threshold past which a credit is due is no cap.
    assert_eq!(matters("LicenseRef-Kimi-K2-Modified-MIT"), [Tag::AttributionDisplay]);
    // A patent claim that ends the patent license alone is not worth a tag.
    assert_eq!(matters("Apache-2.0"), [Tag::Permissive]);
    assert!(!names(terms("Apache-2.0")).contains(&Tag::PatentRetaliation));
    assert!(names(terms("MPL-2.0")).contains(&Tag::PatentRetaliation));
    // Restrictions that must travel are not share-alike; the same license for models is.
    assert!(!matters("LicenseRef-creativeml-openrail-m").contains(&Tag::ShareAlike));
    assert_eq!(matters("LicenseRef-dinov3"), [Tag::ShareAlike, Tag::UseRestricted]);
    // Hearsay is told from reading.
    assert!(!terms("LicenseRef-Krea-2-Community").text_was_read());
    assert!(terms("MIT").text_was_read());
}

#[test]
fn the_seat_matters_for_multimodal_models_only() {
    for (id, model, expected) in [
        ("LicenseRef-Llama-3.2-Community", "meta-llama/Llama-3.2-11B-Vision", Reach::Reached),
        ("LicenseRef-Llama-3.2-Community", "meta-llama/Llama-Guard-3-11B-Vision", Reach::Reached),
        ("LicenseRef-Llama-3.2-Community", "meta-llama/Llama-3.2-3B-Instruct", Reach::NotReached),
        ("LicenseRef-Llama-3.2-Community", "meta-llama/Llama-3.2-1B", Reach::NotReached),
        ("LicenseRef-Llama-3.2-Community", "acme/tiny", Reach::Unclear),
        ("LicenseRef-Llama-3.3-Community", "Llama-3.3-70B-Instruct", Reach::NotReached),
        ("LicenseRef-Llama-4-Community", "meta-llama/Llama-4-Scout-17B-16E", Reach::Reached),
        ("LicenseRef-hunyuan-video-community", "anything", Reach::Reached),
    ] {
        let territory = &terms(id).limits.territory[0].value;
        assert_eq!(territory.reaches(model), expected, "{id}: {model}");
    }
}

#[test]
fn a_file_that_is_not_understood_says_where() {
    let text = "[license]\nid = \"X\"\nname = \"X\"\nwritten-for = \"code\"\ncategory = \"nice\"\n\
                [grants]\nmodification = { value = \"alowed\", cite = \"1\", source = \"y\", confidence = \"read\" }\n\
                colour = 1\n";
    let wrong = Terms::parse(text).expect_err("it is wrong");
    let wrong: Vec<_> = wrong.iter().map(|it| (&text[it.at.clone()], it.what.as_str())).collect();
    let categories = "`category` must be one of public-domain, permissive, weak-copyleft, \
                      strong-copyleft, network-copyleft, no-derivatives, source-available, \
                      non-commercial, research-only, responsible-ai, community-threshold, \
                      proprietary";
    assert_eq!(
        wrong,
        [
            ("\"nice\"", categories),
            ("\"alowed\"", "`value` must be one of allowed, private-only, forbidden, not-stated"),
            ("colour", "`colour` is not known here"),
        ]
    );
    for broken in ["", "[license", "license = 1", "\u{feff}[license]\nid = 1", "[[license]]\n"] {
        assert!(!Terms::parse(broken).expect_err("it is wrong").is_empty(), "{broken}");
    }
}
