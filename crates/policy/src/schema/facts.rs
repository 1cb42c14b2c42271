//! `[org]` and `[[product]]`.

use serde_json::Value;

use super::values::{defined, flag, list, many, number, some};
use super::{key, need, table};
use crate::org::Metric;
use crate::policy::DeviceFact;
use crate::vocabulary::Word as _;

pub(super) fn org() -> Value {
    table(
        "Who we are.",
        &[
            key("name", "Our name.", defined("text")),
            key("kind", "What sort of organisation.", defined("org-kind")),
            key("commercial", "Whether what we do is for commercial advantage.", flag()),
            key("domicile", "Where our seat is.", defined("region")),
            key("markets", "Where our users are.", many("region")),
            key("fields", "Fields of activity that licenses may forbid.", many("field")),
            key("business", "Kinds of business that licenses leave out.", many("business")),
            key("stale-after", "How old the newest figures may be.", defined("period")),
            key("facts", "Figures of one day; keep a series.", list(&figures())),
        ],
    )
}

fn figures() -> Value {
    let mut keys = vec![
        need("as-of", "The day.", defined("day")),
        key("source", "Where the figures come from.", defined("text")),
    ];
    for metric in Metric::ALL {
        let aliases = Metric::ALIASES.iter().filter(|(_, it)| it == metric).map(|(it, _)| *it);
        for word in std::iter::once(metric.word()).chain(aliases) {
            keys.push(key(word, metric.phrase(), number()));
        }
    }
    table("Figures of one day.", &keys)
}

pub(super) fn product() -> Value {
    table(
        "A part of the tree that is used in one way.",
        &[
            need("name", "Its name.", defined("text")),
            need("paths", "Where its files lie.", some("glob")),
            need("uses", "How its components are used.", some("use")),
            key("tier", "A label of your own: strategic, foundation, …", defined("text")),
            key("audience", "Who gets to see it.", defined("audience")),
            key("feeds", "Products in which what is made here ends.", many("text")),
            key(
                "outbound",
                "Under which license it goes out; `declared` for what each card says.",
                defined("text"),
            ),
            key("inbound", "Under which terms contributions come in.", inbound()),
            key(
                "openness",
                "The class of openness that each model in it reaches.",
                defined("openness"),
            ),
            key(
                "artefact",
                "The built file or folder that ships: it is part of the product.",
                defined("file"),
            ),
            key("device", "What the device that it ships on lets its user do.", device()),
            key("commercial", "Overrides [org] commercial.", flag()),
            key("markets", "Overrides [org] markets.", many("region")),
            key("fields", "Overrides [org] fields.", many("field")),
        ],
    )
}

fn inbound() -> Value {
    table(
        "Under which terms contributions come in.",
        &[
            key("terms", "`inbound=outbound`, or a license expression.", defined("text")),
            key("sign-off", "What contributors sign.", defined("sign-off")),
            key("signatories", "The list of those who signed the agreement.", defined("file")),
            key("exempt", "Who need not sign: addresses, `*@domain`, names.", many("who")),
        ],
    )
}

pub(super) fn device() -> Value {
    let about = |it: DeviceFact| match it {
        DeviceFact::LockedBoot => "It boots nothing but what we signed.",
        DeviceFact::UserCanRelink => "Its user can put another version of a library into it.",
    };
    let keys: Vec<_> =
        DeviceFact::ALL.iter().map(|it| key(it.word(), about(*it), flag())).collect();
    table("What the device lets its user do.", &keys)
}
