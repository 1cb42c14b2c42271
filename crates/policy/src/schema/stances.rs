//! `[rules]`, `[[rule]]` and what else says how licenses are judged.

use serde_json::{Value, json};

use super::facts::device;
use super::values::{defined, flag, list, many};
use super::{key, need, table, with};
use crate::dispute::Question;
use crate::verdict::Stance;
use crate::vocabulary::Word as _;

pub(super) fn rules() -> Value {
    table(
        "Answers where nothing more special speaks.",
        &[
            key("otherwise", "For a tag that no list names. Default: review.", defined("verdict")),
            key(
                "unknown",
                "For a license that nobody can name. Default: review.",
                defined("verdict"),
            ),
            key(
                "ambiguous",
                "Where different licenses are claimed. Default: review.",
                defined("verdict"),
            ),
            key(
                "unanswered",
                "For a test that no fact answers. Default: deny.",
                defined("verdict"),
            ),
            key(
                "catalog",
                "The best for a license that only the catalogue tells. Default: allow.",
                defined("verdict"),
            ),
            key("code", "What licenses of code may ask.", kind()),
            key("model", "What licenses of models may ask.", kind()),
            key("weights", "The same as `model`.", kind()),
            key("dataset", "What licenses of data may ask.", kind()),
            key("document", "What licenses of documents may ask.", kind()),
        ],
    )
}

/// A preset, or lists.
fn kind() -> Value {
    let mut keys = vec![key("preset", "The list that this one starts from.", defined("preset"))];
    for stance in Stance::ALL {
        let about = match stance {
            Stance::Allow => "Tags that are no obstacle.",
            Stance::Review => "Tags at which a person has to look.",
            Stance::Test => "Tags that our facts decide.",
            Stance::Deny => "Tags that are not accepted.",
        };
        keys.push(key(stance.key(), about, many("tag")));
    }
    json!({ "anyOf": [defined("preset"), table("What each tag comes to.", &keys)] })
}

/// Of these a rule has at least one.
const CONDITIONS: [&str; 9] =
    ["kind", "use", "product", "tag", "license", "path", "package", "when", "check"];

pub(super) fn rule() -> Value {
    let rule = table(
        "A rule that speaks before the lists.",
        &[
            need("id", "Its name, unlike every other.", defined("text")),
            key("kind", "Kinds of component.", many("kind")),
            key("use", "Uses of the product.", many("use")),
            key("product", "Names of products.", many("text")),
            key("tag", "Tags of the license.", many("tag")),
            key("license", "Licenses; `*` stands for anything.", many("license")),
            key("path", "Where the component lies.", many("glob")),
            key("package", "Which component it is.", many("package")),
            key("when", "Facts, all of which have to hold.", when()),
            key("check", "A check that has to fail for the rule to speak.", defined("check")),
            need("verdict", "What comes of it.", defined("verdict")),
            need("because", "Why: printed with the verdict.", defined("text")),
        ],
    );
    with(rule, "anyOf", &CONDITIONS)
}

fn when() -> Value {
    table(
        "Facts, all of which have to hold.",
        &[
            key("device", "What the device lets its user do.", device()),
            key("commercial", "Whether the product is for commercial advantage.", flag()),
        ],
    )
}

pub(super) fn relations() -> Value {
    let about = |it: Question| match it {
        Question::Way(_) => "How far it carries terms where a license leaves that open.".to_owned(),
        Question::Dispute(_) => it.positions(),
    };
    let keys: Vec<_> =
        Question::ALL.iter().map(|it| key(it.word(), &about(*it), defined("verdict"))).collect();
    table("Our stance on what licenses leave open.", &keys)
}

pub(super) fn choose() -> Value {
    let choice = table(
        "Which branch we take for one package.",
        &[
            need("package", "For which package.", defined("package")),
            need("take", "The license that we take.", defined("text")),
        ],
    );
    table(
        "Which branch of an OR we take.",
        &[
            key("prefer", "Licenses in the order in which ties are broken.", many("license")),
            key("package", "What is taken for one package, whatever the verdicts.", list(&choice)),
        ],
    )
}

pub(super) fn own_license() -> Value {
    let license = table(
        "A license that only we know.",
        &[
            need("id", "`LicenseRef-…`.", defined("license-ref")),
            key("name", "What people call it.", defined("text")),
            key("tags", "What it asks, in the words of policies.", many("tag")),
            key("text", "The file that holds its text.", defined("file")),
            key("terms", "The file that states its terms, clause by clause.", defined("file")),
        ],
    );
    with(license, "anyOf", &["tags", "terms"])
}

pub(super) fn patents() -> Value {
    table(
        "What we ask of patent terms.",
        &[
            key(
                "grant-required",
                "Kinds of component whose license has to grant patents.",
                many("kind"),
            ),
            key(
                "retaliation",
                "What becomes of a license that ends when we sue.",
                defined("verdict"),
            ),
            key("field-notes", "A file on the fields in which we hold patents.", defined("file")),
        ],
    )
}

pub(super) fn test() -> Value {
    table(
        "A verdict that we expect of the policy.",
        &[
            need("license", "The license expression.", defined("text")),
            key("kind", "Of what kind of component.", defined("kind")),
            key("use", "Used in which way.", many("use")),
            key("product", "In which product.", defined("text")),
            need("expect", "What should come out.", defined("verdict")),
        ],
    )
}
