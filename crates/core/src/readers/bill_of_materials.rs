//! Bills of materials. Their names say that they are some, their content says which kind.

use crate::readers::{cyclonedx, spdx_document, spdx_graph};
use crate::reading::{Read, Reader, Reading};
use crate::source::{Problem, Source};
use crate::value::{Node, Parsed, json, xml};

/// The reader of bills of materials.
pub(super) const READER: Reader = Reader {
    name: "bill-of-materials",
    reads: "what CycloneDX and SPDX documents state of components, as a third party's word",
    wants,
    read: Read::Text(read),
};

/// Words that stand between dots, dashes and underlines in the names of bills.
const WORDS: [&str; 9] =
    ["bom", "sbom", "aibom", "mlbom", "cdx", "cyclonedx", "spdx", "spdx2", "spdx3"];

fn wants(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let is_named = || stem.split(['.', '-', '_', ' ']).any(|it| WORDS.contains(&it));
    match ending {
        "json" | "jsonld" | "xml" => is_named() || is_kept(folder),
        "spdx" | "cdx" | "spdx3" => true,
        _ => false,
    }
}

/// Whether a folder is one that bills are kept in.
fn is_kept(folder: &str) -> bool {
    matches!(folder.rsplit('/').next(), Some("sbom" | "sboms" | "bom" | "boms" | "_manifest"))
}

fn read(source: &Source) -> Reading {
    let text = source.text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        let parsed = xml::parse(source);
        let bill = parsed.root().and_then(|it| it.get("bom"));
        let bill = bill.map(|it| cyclonedx::bill(source, it));
        return bill.map(|it| it.reading(parsed.problems)).unwrap_or_default();
    }
    if text.starts_with('{') {
        return in_json(source);
    }
    // Tags and values; any other text has no version of the format.
    if text.lines().any(|it| it.starts_with("SPDXVersion:")) {
        return spdx_document::bill(&spdx_document::tagged(source)).reading(Vec::new());
    }
    Reading::default()
}

fn in_json(source: &Source) -> Reading {
    let Parsed { documents, problems, broken } = json::parse(source);
    let Some(root) = documents.first() else {
        return Reading {
            sightings: Vec::new(),
            problems: if broken { problems } else { Vec::new() },
        };
    };
    let says = |key: &str, words: &str| {
        root.get(key).and_then(Node::as_str).is_some_and(|it| it.starts_with(words))
    };
    let is_graph = || {
        let context = root.get("@context").map(Node::scalars).unwrap_or_default();
        context.iter().any(|it| it.value.contains("spdx.org/"))
    };
    // GitHub hands out documents in an envelope.
    let inner = root.get("sbom").filter(|it| it.get("spdxVersion").is_some());
    if says("bomFormat", "CycloneDX") {
        cyclonedx::bill(source, root).reading(problems)
    } else if says("spdxVersion", "SPDX-") {
        spdx_document::bill(root).reading(problems)
    } else if let Some(inner) = inner {
        spdx_document::bill(inner).reading(problems)
    } else if is_graph() {
        spdx_graph::bill(root).reading(problems)
    } else {
        unknown(source, root)
    }
}

/// Something in JSON that is called like a bill. Where it lists components after all, somebody
/// will want to know that they were not read.
fn unknown(source: &Source, root: &Node) -> Reading {
    let mut reading = Reading::default();
    if ["components", "packages"].iter().any(|it| root.get(it).is_some()) {
        let at = source.span(0..source.text.len().min(1));
        let what = "this bill of materials says neither of CycloneDX nor of SPDX";
        reading.problems.push(Problem::new(at, what));
    }
    reading
}
