//! What people put on record.

use serde_json::Value;

use super::values::{defined, flag, many, need_list, some};
use super::{key, need, table, with};

/// A package or a path, and not both.
const TARGETS: [&str; 2] = ["package", "path"];

pub(super) fn clarify() -> Value {
    let evidence = table(
        "A file and what it holds.",
        &[
            need(
                "path",
                "The file, in the package or from the root of the repository.",
                defined("file"),
            ),
            need("sha256", "SHA-256 of its bytes.", defined("digest")),
        ],
    );
    let clarify = table(
        "What a license really is.",
        &[
            key("package", "Of which package.", defined("package")),
            key("path", "Or of what lies there.", defined("glob")),
            need("license", "The license expression.", defined("text")),
            need("evidence", "The files that say so.", need_list(&evidence)),
            need("because", "Why.", defined("text")),
            need("owner", "Who answers for it.", defined("text")),
            key("decided", "When it was decided.", defined("day")),
        ],
    );
    with(clarify, "oneOf", &TARGETS)
}

pub(super) fn exceptions() -> Value {
    table(
        "What bounds exceptions.",
        &[
            key("longest", "How long one may last from its approval.", defined("period")),
            key("warn-before", "How long before its end to warn.", defined("period")),
            key("approvers", "Whose approval counts; without it everyone's.", many("text")),
        ],
    )
}

pub(super) fn exception() -> Value {
    let approved = table(
        "Who allowed it.",
        &[
            need("by", "Who.", defined("text")),
            need("on", "When.", defined("day")),
            need("ticket", "Where that is recorded.", defined("text")),
        ],
    );
    let exception = table(
        "What is allowed although the rules say no.",
        &[
            need("id", "Its name, unlike every other.", defined("text")),
            key("package", "For which package.", defined("package")),
            key("path", "Or for what lies there.", defined("glob")),
            key("product", "In which products; without it in all.", many("text")),
            need("allow", "Tags or findings that are allowed.", some("allowance")),
            need("because", "Why.", defined("text")),
            need("owner", "Who answers for it.", defined("text")),
            need("approved", "Who allowed it.", approved),
            need("expires", "The last day on which it holds.", defined("day")),
        ],
    );
    with(exception, "oneOf", &TARGETS)
}

pub(super) fn met() -> Value {
    let exhibit = table(
        "One thing that shows it.",
        &[
            key("path", "A file, or files by a pattern.", defined("glob")),
            key("file", "The same as `path`.", defined("glob")),
            key("url", "A page that somebody looked at.", defined("url")),
            key("checked", "When somebody last looked.", defined("day")),
            key("screen", "The screen on which users see it.", defined("text")),
            key("contains", "Words that the file has to hold.", defined("text")),
            key("complete", "Whether it lists every component that asks.", flag()),
        ],
    );
    table(
        "An obligation that we say we meet.",
        &[
            need("obligation", "Which obligation, by its kind.", defined("text")),
            key("license", "Of which licenses; without it of all.", many("license")),
            key("product", "In which products; without it in all.", many("text")),
            key("shows", "The words that have to be there.", defined("text")),
            need(
                "at",
                "What shows it.",
                need_list(&with(exhibit, "anyOf", &["path", "file", "url"])),
            ),
            key("valid-for", "How long it has to be kept up.", defined("period")),
        ],
    )
}

pub(super) fn exclude() -> Value {
    table(
        "What is not shipped.",
        &[
            need("path", "Where it lies.", some("glob")),
            need("reason", "What it is.", defined("reason")),
            key("because", "Why, in words.", defined("text")),
        ],
    )
}

pub(super) fn basis() -> Value {
    table(
        "Data that is used on another ground than a license.",
        &[
            need("path", "Where the data lies.", some("glob")),
            need("kind", "The ground.", defined("ground")),
            need("because", "Why it holds.", defined("text")),
            need("owner", "Who answers for it.", defined("text")),
            key("reviewed", "When somebody last looked at it.", defined("day")),
            key("publish", "Whether the data itself may be published.", flag()),
        ],
    )
}

pub(super) fn baseline() -> Value {
    table(
        "Findings that were there before.",
        &[
            need("file", "The file that lists them.", defined("file")),
            key("until", "The last day on which they are not counted.", defined("day")),
        ],
    )
}

pub(super) fn review() -> Value {
    table(
        "When the policy itself has to be read again.",
        &[
            need("every", "How often.", defined("period")),
            need("last", "When it last was.", defined("day")),
            key("by", "By whom.", defined("text")),
        ],
    )
}
