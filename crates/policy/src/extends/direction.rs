//! Which way each key of the language may go in a child: the table that the merge keeps to.

/// Which way a key may go in a policy that extends another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// An answer, only towards `deny`.
    Stricter,
    /// A list, only longer: each entry asks more.
    Wider,
    /// A list, only shorter: each entry lets more pass.
    Narrower,
    /// A time or a day, only nearer.
    Sooner,
    /// A time, only longer.
    Longer,
    /// A figure, only larger than an earlier one of the base.
    Larger,
    /// What has no direction: a child may not say otherwise than its base.
    Same,
    /// Entries stand beside those of the base, under names of their own; none of the base's is gone.
    Added,
    /// A decision or fact of the child about its own tree, which a base bounds where it can.
    Record,
    /// Words for people, or what no verdict depends on.
    Free,
}

/// Every key, by its path in a policy. What is not listed goes the way of the table that it is in.
pub const DIRECTIONS: &[(&str, Direction)] = &[
    ("caveat", Direction::Same),
    ("extends", Direction::Added),
    ("org.name", Direction::Free),
    ("org.kind", Direction::Same),
    ("org.commercial", Direction::Stricter),
    ("org.domicile", Direction::Same),
    ("org.markets", Direction::Wider),
    ("org.fields", Direction::Wider),
    ("org.business", Direction::Wider),
    ("org.stale-after", Direction::Sooner),
    ("org.facts", Direction::Larger),
    ("product.name", Direction::Added),
    ("product.paths", Direction::Added),
    ("product.uses", Direction::Added),
    ("product.tier", Direction::Added),
    ("product.audience", Direction::Added),
    ("product.feeds", Direction::Added),
    ("product.outbound", Direction::Added),
    ("product.inbound", Direction::Added),
    ("product.openness", Direction::Added),
    ("product.artefact", Direction::Added),
    ("product.device", Direction::Added),
    ("product.commercial", Direction::Stricter),
    ("product.markets", Direction::Wider),
    ("product.fields", Direction::Wider),
    ("rules.otherwise", Direction::Stricter),
    ("rules.unknown", Direction::Stricter),
    ("rules.ambiguous", Direction::Stricter),
    ("rules.unanswered", Direction::Stricter),
    ("rules.catalog", Direction::Stricter),
    ("rules.code", Direction::Stricter),
    ("rules.model", Direction::Stricter),
    ("rules.weights", Direction::Stricter),
    ("rules.dataset", Direction::Stricter),
    ("rules.document", Direction::Stricter),
    ("rule", Direction::Stricter),
    ("relations", Direction::Stricter),
    ("choose.prefer", Direction::Free),
    ("choose.package", Direction::Same),
    ("license", Direction::Added),
    ("clarify", Direction::Record),
    ("exceptions.longest", Direction::Sooner),
    ("exceptions.warn-before", Direction::Longer),
    ("exceptions.approvers", Direction::Narrower),
    ("exception", Direction::Record),
    ("met", Direction::Record),
    ("exclude", Direction::Record),
    ("basis", Direction::Record),
    ("patents.grant-required", Direction::Wider),
    ("patents.retaliation", Direction::Stricter),
    ("patents.field-notes", Direction::Free),
    ("baseline.file", Direction::Record),
    ("baseline.until", Direction::Sooner),
    ("review", Direction::Added),
    ("levels", Direction::Stricter),
    ("test", Direction::Added),
];

/// Which way the key at `path` may go: its own line, else that of the table around it.
pub fn direction(path: &str) -> Option<Direction> {
    let mut path = path;
    loop {
        if let Some((_, it)) = DIRECTIONS.iter().find(|(key, _)| *key == path) {
            return Some(*it);
        }
        path = path.rsplit_once('.')?.0;
    }
}
