//! Policies that are built in, each to be copied and adapted.

/// The policy that applies where there is none.
pub const DEFAULT: &str = "commercial-saas";

/// The names of all built-in policies.
pub const NAMES: &[&str] =
    &["permissive", "commercial-saas", "research", "on-device", "reciprocal-ok"];

/// The text of the built-in policy of that name.
pub fn named(name: &str) -> Option<&'static str> {
    match name {
        "permissive" => Some(include_str!("../policies/permissive.toml")),
        "commercial-saas" => Some(include_str!("../policies/commercial-saas.toml")),
        "research" => Some(include_str!("../policies/research.toml")),
        "on-device" => Some(include_str!("../policies/on-device.toml")),
        "reciprocal-ok" => Some(include_str!("../policies/reciprocal-ok.toml")),
        _ => None,
    }
}

/// What the opening comment of a built-in policy says first: whom it suits.
pub fn summary(name: &str) -> Option<&'static str> {
    let first = named(name)?.lines().next()?;
    Some(first.trim_start_matches('#').trim())
}
