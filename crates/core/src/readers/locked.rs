//! What lockfiles have in common: packages that live elsewhere, and what they need.

use crate::component::{ComponentId, Evidence, How, Kind, Origin, Reference, Scope, Strength, Use};
use crate::reading::{Meant, Sighting, Subject, Wording};
use crate::source::{Span, Spanned};

/// How many packages of one lockfile are read.
pub(super) const MOST_PACKAGES: usize = 100_000;

/// A package that a file names at `at`, and that somebody else made.
pub(super) fn package(
    ecosystem: &'static str,
    name: impl Into<String>,
    version: Option<String>,
    at: Span,
) -> Sighting {
    let subject = Subject::Package { ecosystem, name: name.into(), version };
    let mut seen = Sighting::new(subject, Some(Kind::Code), at);
    seen.foreign = true;
    seen.elsewhere = true;
    seen
}

/// Whatever lives in the directory of the file, for what a file says that names no package.
pub(super) fn directory(at: Span, uses: Vec<Use>) -> Sighting {
    let mut seen = Sighting::new(Subject::Directory, None, at);
    seen.uses = uses;
    seen
}

/// The need of a package, of a version where the file pins one.
pub(super) fn depends(
    ecosystem: &str,
    name: &str,
    version: Option<&str>,
    scope: Scope,
    at: Span,
) -> Use {
    let url = ComponentId::package(ecosystem, name, version).to_string();
    let target = Spanned::new(Reference(url), at);
    Use { how: How::DependsOn, kind: Kind::Code, target, scope, revision: None }
}

/// Words about a license that stand in a lockfile.
pub(super) fn wording(raw: Spanned<String>, meant: Meant) -> Wording {
    let evidence = Evidence { at: raw.at, origin: Origin::Lockfile, strength: Strength::Declared };
    Wording { raw, evidence, meant }
}
