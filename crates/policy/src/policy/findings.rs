//! Names of findings, which `[levels]` and exceptions may use.

/// The names, sorted. Those of the rules, and of what a policy can get wrong about itself.
pub const FINDINGS: &[&str] = &[
    "ambiguous-license",
    "denied-license",
    "deprecated-license-id",
    "expired-baseline",
    "expired-exception",
    "inbound-license",
    "incompatible-licenses",
    "invalid-expression",
    "license-changed",
    "looser-than-upstream",
    "missing-license-text",
    "missing-patent-grant",
    "missing-upstream",
    "mutable-revision",
    "needs-review",
    "openness-not-reached",
    "outbound-conflict",
    "outside-territory",
    "over-threshold",
    "restricted-output",
    "restricted-training-data",
    "restricted-use",
    "stale-baseline",
    "stale-clarification",
    "stale-facts",
    "stale-policy",
    "unknown-license",
    "unmet-obligation",
    "unreadable-input",
    "unsigned-contribution",
    "unused-allow",
    "unused-exception",
];

/// Short names that are understood as well.
pub(crate) const SHORT: &[(&str, &str)] = &[("missing-text", "missing-license-text")];

/// The finding of that name, or of that short name.
pub fn finding(name: &str) -> Option<&'static str> {
    let long = SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| long);
    FINDINGS.iter().copied().find(|it| *it == long)
}
