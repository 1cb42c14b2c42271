//! A drawing as a Mermaid flowchart, as repositories and wikis show it.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use caveat_core::component::Kind;
use caveat_policy::verdict::Verdict;

use super::{Drawing, LONGEST, Node};
use crate::plain::cut;

/// How verdicts look; the words in the shapes say the same.
const LOOKS: [&str; 4] = [
    "allowed fill:#e6f4ea,stroke:#137333,color:#000000",
    "review fill:#fef7e0,stroke:#b06000,color:#000000",
    "denied fill:#fce8e6,stroke:#c5221f,stroke-width:3px,color:#000000",
    "unjudged fill:#f1f3f4,stroke:#5f6368,stroke-dasharray:4 3,color:#000000",
];

/// Writes a drawing.
pub(super) fn write(drawing: &Drawing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    writeln!(out, "flowchart LR")?;
    if let Some(it) = drawing.left_out() {
        writeln!(out, "    %% {it}")?;
    }
    for (number, node) in drawing.nodes.iter().enumerate() {
        let (open, close) = shape(node.kind);
        let look = node.verdict.map_or("unjudged", Verdict::name);
        writeln!(out, "    n{number}{open}\"{}\"{close}:::{look}", label(node))?;
    }
    for edge in &drawing.edges {
        writeln!(out, "    n{} -->|\"{}\"| n{}", edge.from, edge.label(), edge.to)?;
    }
    for it in LOOKS {
        writeln!(out, "    classDef {it}")?;
    }
    out.flush()
}

fn shape(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Model => ("(", ")"),
        Kind::Dataset => ("[(", ")]"),
        Kind::Code => ("[[", "]]"),
        Kind::Document => (">", "]"),
    }
}

fn label(node: &Node<'_>) -> String {
    let lines: Vec<_> = node.lines().iter().map(|it| escape(&cut(it, LONGEST))).collect();
    lines.join("<br/>")
}

/// Writes as its number whatever is not a letter or digit or one of a few signs that mean nothing
/// to Mermaid, Markdown or HTML anywhere in a text: all three may read a label.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, it) in text.char_indices() {
        let is_sign = at > 0 && matches!(it, ' ' | '-' | '/' | ':' | ',');
        // A number and a dot at the beginning would be a list.
        let is_dot = it == '.' && text[..at].contains(char::is_alphabetic);
        if it.is_alphanumeric() || is_sign || is_dot {
            safe.push(it);
        } else {
            // Writing to memory does not fail.
            let _ = write!(safe, "#{};", u32::from(it));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_name_stays_a_name() {
        let check = |name: &str, expected: &str| assert_eq!(escape(name), expected);
        check("acme/base-1.5", "acme/base-1.5");
        check("\"]:::x --> n1", "#34;#93;:::x --#62; n1");
        check("%%{init: {}}%%", "#37;#37;#123;init: #123;#125;#125;#37;#37;");
        check("<img src=x onerror=f()>", "#60;img src#61;x onerror#61;f#40;#41;#62;");
        check("&lt;#35;", "#38;lt#59;#35;35#59;");
        check("`a` *b* _c_", "#96;a#96; #42;b#42; #95;c#95;");
        check("- a", "#45; a");
        check("1. a", "1#46; a");
        check("大\u{200d}é", "大#8205;é");
    }
}
