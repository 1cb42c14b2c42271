//! A drawing in the language of Graphviz.

use std::io::{self, BufWriter, Write};

use caveat_core::component::Kind;
use caveat_policy::verdict::Verdict;

use super::{Drawing, LONGEST, Node};
use crate::plain::cut;

/// Writes a drawing.
pub(super) fn write(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    writeln!(out, "digraph caveat {{")?;
    if let Some(it) = drawing.left_out() {
        writeln!(out, "    // {it}")?;
    }
    writeln!(out, "    rankdir=LR;")?;
    writeln!(out, "    node [fontname=\"sans-serif\", style=\"filled\"];")?;
    writeln!(out, "    edge [fontname=\"sans-serif\", fontsize=10];")?;
    for (number, node) in drawing.nodes.iter().enumerate() {
        let (label, shape, look) = (label(node), shape(node.kind), style(node.verdict));
        writeln!(out, "    n{number} [label=\"{label}\", shape={shape}, {look}];")?;
    }
    for edge in &drawing.edges {
        let label = escape(&edge.label());
        writeln!(out, "    n{} -> n{} [label=\"{label}\"];", edge.from, edge.to)?;
    }
    writeln!(out, "}}")?;
    out.flush()
}

fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Model => "ellipse",
        Kind::Dataset => "cylinder",
        Kind::Code => "component",
        Kind::Document => "note",
    }
}

/// How a verdict looks; the word in the shape says the same.
fn style(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Allowed) => "fillcolor=\"#e6f4ea\", color=\"#137333\"",
        Some(Verdict::Review) => "fillcolor=\"#fef7e0\", color=\"#b06000\"",
        Some(Verdict::Denied) => "fillcolor=\"#fce8e6\", color=\"#c5221f\", penwidth=3",
        None => "fillcolor=\"#f1f3f4\", color=\"#5f6368\", style=\"filled,dashed\"",
    }
}

fn label(node: &Node<'_>) -> String {
    let lines: Vec<_> = node.lines().iter().map(|it| escape(&cut(it, LONGEST))).collect();
    lines.join("\\n")
}

/// A backslash begins an escape, a quotation mark ends the text, and Graphviz reads entities of
/// HTML in any text.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_name_stays_a_name() {
        let check = |name: &str, expected: &str| assert_eq!(escape(name), expected);
        check("acme/base-1.5", "acme/base-1.5");
        check("\"]; n0 -> n1 [label=\"", "\\\"]; n0 -> n1 [label=\\\"");
        check("a\\", "a\\\\");
        check("\\N\\G", "\\\\N\\\\G");
        check("&lt;b&gt;", "&amp;lt;b&amp;gt;");
    }
}
