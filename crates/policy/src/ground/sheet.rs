//! What a license asks where more than its terms tell: an exception, or the policy itself.

use caveat_core::expression::Licensed;
use caveat_core::library::Library;
use caveat_core::source::Spanned;
use caveat_core::tags::{Tag, Tagged};
use caveat_core::terms::{Confidence, ExceptionTerms, Fact, Relaxed};

use crate::policy::OwnLicense;

/// A `WITH` exception may lift what reaches the whole of a combined work; what then remains is
/// the duty towards the work itself.
pub(super) fn relaxed(library: Library, license: &Licensed, mut tags: Vec<Tagged>) -> Vec<Tagged> {
    let exception = license.with.as_ref().and_then(|it| library.exception(&it.value));
    let Some(lifted) = exception.and_then(lifts_reciprocity) else { return tags };
    for it in &mut tags {
        if matches!(it.tag, Tag::StrongReciprocal | Tag::NetworkReciprocal) {
            it.tag = Tag::WeakReciprocal;
            it.says = format!("keep the work itself under its license; lifted for {}", lifted.when);
            it.cite = format!(
                "{} {}",
                license.with.as_ref().map_or("", |it| it.value.as_str()),
                lifted.cite
            );
        }
    }
    tags
}

/// What an exception says of sharing alike or of source, where it lifts either.
fn lifts_reciprocity(exception: &ExceptionTerms) -> Option<Lifted<'_>> {
    let lifts = |it: &&Fact<Relaxed>| {
        it.value.term.ends_with("share-alike") || it.value.term.ends_with("disclose-source")
    };
    let fact = exception.relaxes.iter().find(lifts)?;
    Some(Lifted { when: &fact.value.when, cite: &fact.cite })
}

struct Lifted<'a> {
    when: &'a str,
    cite: &'a str,
}

/// What stands in the place of a clause where a policy defines a license by tags.
pub(super) const AS_DEFINED: &str = "as the policy defines it";

/// The tags that a policy gives a license of its own.
pub(super) fn as_defined(license: &OwnLicense) -> Vec<Tagged> {
    let tagged = |tag: &Spanned<Tag>| Tagged {
        tag: tag.value,
        cite: AS_DEFINED.to_owned(),
        says: format!("asks for what the policy calls `{}`", tag.value),
        at: tag.at.range(),
        confidence: Confidence::Read,
    };
    license.tags.iter().map(tagged).collect()
}
