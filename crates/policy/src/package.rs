//! Which components a line of the policy is about, by package.

use std::fmt;

use caveat_core::component::ComponentId;

use crate::glob::LicensePattern;

/// A package URL as a policy writes it: `pkg:cargo/ring@0.17`. The name may hold `*`, the version
/// may be the beginning of one: `0.17` means every 0.17, `3f2a9c1` the revision that begins so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackagePattern {
    written: String,
    name: LicensePattern,
    version: Option<String>,
}

/// Why a text is no package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPackage {
    /// It does not begin with `pkg:ECOSYSTEM/` or `path:`.
    NoScheme,
    /// There is an `@` and nothing after it.
    NoVersion,
    /// A branch or tag of a model hub, which may move.
    NotARevision,
}

impl PackagePattern {
    /// Reads `pkg:ECOSYSTEM/NAME[@VERSION]` or `path:FOLDER`.
    pub fn new(text: &str) -> Result<Self, BadPackage> {
        let (name, version) = split(text);
        let pkg = name.strip_prefix("pkg:").and_then(|it| it.split_once('/'));
        let named = pkg.is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty());
        let path = name.strip_prefix("path:").is_some_and(|it| !it.is_empty());
        if !named && !path {
            return Err(BadPackage::NoScheme);
        }
        if version == Some("") {
            return Err(BadPackage::NoVersion);
        }
        let hub = name.starts_with(HUB);
        if hub && version.is_some_and(|it| !is_revision(it)) {
            return Err(BadPackage::NotARevision);
        }
        let version = version.map(str::to_owned);
        // A package URL escapes the `@` of a scope; people do not.
        let name = LicensePattern::new(&name.replacen("/@", "/%40", 1));
        Ok(Self { written: text.to_owned(), name, version })
    }

    /// Whether it means that component. A component without version fits no pattern with one.
    pub fn matches(&self, id: &ComponentId) -> bool {
        self.matches_at(id, None)
    }

    /// Likewise, where the revision of the component is known from elsewhere.
    pub fn matches_at(&self, id: &ComponentId, revision: Option<&str>) -> bool {
        let (name, version) = split(id.as_str());
        if !self.name.matches(name) {
            return false;
        }
        let Some(wanted) = &self.version else { return true };
        [version, revision].into_iter().flatten().any(|it| begins(it, wanted))
    }

    /// What the identity of everything that it means begins with, in lower case.
    pub fn start(&self) -> &str {
        self.name.start()
    }

    /// Whether it means some version of that component.
    pub fn matches_any_version(&self, id: &ComponentId) -> bool {
        self.name.matches(split(id.as_str()).0)
    }

    /// The version or revision that it asks for.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Whether it speaks of a repository of a model hub, which has revisions instead of versions.
    pub fn is_hub(&self) -> bool {
        self.written.starts_with(HUB)
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl fmt::Display for PackagePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// What patterns compare: the identity without its version, in lower case.
pub fn name(id: &ComponentId) -> String {
    split(id.as_str()).0.to_ascii_lowercase()
}

const HUB: &str = "pkg:huggingface/";

/// What something is called on the hub, as `owner/name`.
pub fn hub_name(id: &ComponentId) -> Option<&str> {
    let name = split(id.as_str()).0.strip_prefix(HUB)?;
    Some(name.strip_prefix("datasets/").unwrap_or(name))
}

/// Whether it is a commit, or the beginning of one that is long enough to mean only one.
fn is_revision(version: &str) -> bool {
    (7..=40).contains(&version.len()) && version.bytes().all(|it| it.is_ascii_hexdigit())
}

/// Splits off the version; the `@` of a scope (`pkg:npm/@acme/ui`) begins no version.
fn split(id: &str) -> (&str, Option<&str>) {
    let version = id.strip_prefix("pkg:").and_then(|_| id.rsplit_once('@'));
    match version {
        Some((name, version)) if !version.contains('/') => (name, Some(version)),
        _ => (id, None),
    }
}

/// Whether `version` is `wanted`, or a narrower version, or the full form of a short revision.
fn begins(version: &str, wanted: &str) -> bool {
    let Some(rest) = version.strip_prefix(wanted) else { return false };
    let short_revision = is_revision(wanted) && version.len() == 40 && is_revision(version);
    rest.is_empty() || rest.starts_with('.') || short_revision
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_may_be_the_beginning_of_one() {
        let check = |pattern, id: &ComponentId, expected| {
            let found = PackagePattern::new(pattern).unwrap().matches(id);
            assert_eq!(found, expected, "{pattern} on {id}");
        };
        let ring = ComponentId::package("cargo", "ring", Some("0.17.14"));
        check("pkg:cargo/ring", &ring, true);
        check("pkg:cargo/ring@0.17", &ring, true);
        check("pkg:cargo/ring@0.17.14", &ring, true);
        check("pkg:cargo/ring@0.17.1", &ring, false);
        check("pkg:cargo/ring@0.1", &ring, false);
        check("pkg:cargo/rin*", &ring, true);
        check("pkg:pypi/ring", &ring, false);
        let model = ComponentId::hub_model("acme/rank");
        let pinned = model.at_revision("3f2a9c1d00000000000000000000000000000000");
        check("pkg:huggingface/acme/rank@3f2a9c1", &pinned, true);
        check("pkg:huggingface/Acme/Rank@3f2a9c1", &pinned, true);
        check("pkg:huggingface/acme/rank@3f2a9c2", &pinned, false);
        check("pkg:huggingface/acme/rank@3f2a9c1", &model, false);
        check("pkg:huggingface/acme/rank", &model, true);
        check("pkg:npm/@acme/ui", &ComponentId::package("npm", "@acme/ui", Some("1.0.0")), true);
        check("path:models/tiny", &ComponentId::path("models/tiny"), true);
    }

    #[test]
    fn what_is_no_package_is_refused() {
        for text in ["ring", "acme/rank", "pkg:cargo", "pkg:/ring", "pkg:cargo/", "path:", ""] {
            assert_eq!(PackagePattern::new(text), Err(BadPackage::NoScheme), "{text}");
        }
        assert_eq!(PackagePattern::new("pkg:cargo/ring@"), Err(BadPackage::NoVersion));
        let branch = PackagePattern::new("pkg:huggingface/acme/rank@main");
        assert_eq!(branch, Err(BadPackage::NotARevision));
    }
}
