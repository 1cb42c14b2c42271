//! A drawing as data: the components and relations of `caveat/1`, with the verdict on each.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use caveat_policy::verdict::Verdict;

use super::Drawing;
use crate::json::SCHEMA;
use crate::json::component::JsonRelation;
use crate::visible;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    policy: &'a str,
    components: Vec<JsonNode<'a>>,
    relations: Vec<JsonRelation<'a>>,
    left_out: LeftOut,
}

#[derive(Serialize)]
struct JsonNode<'a> {
    id: &'a str,
    kind: &'static str,
    name: Option<&'a str>,
    version: Option<&'a str>,
    path: Option<&'a str>,
    license: Option<String>,
    verdict: Option<&'static str>,
}

/// How many components are not drawn, and why.
#[derive(Serialize)]
struct LeftOut {
    plain: usize,
    over: usize,
}

/// Writes a drawing.
pub(super) fn write(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let nodes = drawing.nodes.iter().map(|it| {
        let component = it.component;
        let license = component.and_then(|it| it.conclusion.license.as_ref());
        JsonNode {
            id: it.id.as_str(),
            kind: it.kind.name(),
            name: component.and_then(|it| it.name.as_deref()),
            version: component.and_then(|it| it.version.as_deref()),
            path: component.map(|it| it.path.as_str()),
            license: license.map(ToString::to_string),
            verdict: it.verdict.map(Verdict::name),
        }
    });
    let relations = drawing.edges.iter().map(|it| JsonRelation::of(it.relation, &drawing.places));
    let document = Document {
        schema: SCHEMA,
        policy: drawing.policy,
        components: nodes.collect(),
        relations: relations.collect(),
        left_out: LeftOut { plain: drawing.plain, over: drawing.over },
    };
    let mut out = BufWriter::new(out);
    visible::write(&document, &mut out)?;
    writeln!(out)?;
    out.flush()
}
