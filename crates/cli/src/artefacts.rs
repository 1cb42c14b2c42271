//! What ships and was not looked into: artefacts that are not built here, or that nobody can read.

use caveat_policy::policy::Product;

use crate::policies::Chosen;
use crate::scan::Scan;

/// For each artefact of a product that nobody could look into: which, why, and what to do.
pub(crate) fn unseen_artefacts(scan: &Scan, policy: &Chosen) -> Vec<String> {
    // Where single files were named nobody knows what lies beside them.
    if scan.files.is_empty() {
        return Vec::new();
    }
    policy.terms().products.iter().filter_map(|it| unseen(scan, &policy.prefix, it)).collect()
}

fn unseen(scan: &Scan, prefix: &str, product: &Product) -> Option<String> {
    let artefact = product.artefact_path()?;
    let path = match prefix {
        "" => artefact,
        // It lies outside of what was scanned.
        _ => artefact.strip_prefix(prefix)?.strip_prefix('/')?,
    };
    let is_its =
        |name: &str| name.strip_prefix(path).is_some_and(|it| it.is_empty() || it.starts_with('/'));
    let why = if !scan.files.iter().any(|it| is_its(&it.name)) {
        let is_built = scan.root.join(path).exists();
        if is_built {
            "a .gitignore leaves it out: add --no-ignore"
        } else {
            "build it, then check again"
        }
    } else if scan.sources.iter().any(|it| is_its(&it.name)) {
        return None;
    } else {
        "nothing in it was understood: if it is packed, name the folder it was packed from"
    };
    let name = &product.name.value;
    Some(format!("what ships as product `{name}`, `{artefact}` ({why})"))
}
