//! Where the source of a package is kept, as its manifest or its registry says.

use caveat_core::component::ComponentId;

/// The longest address that is repeated.
const LONGEST: usize = 300;

/// Fields of manifests that give the address of the source, best first.
const FIELDS: [&str; 9] = [
    "repository = \"",
    "Project-URL: Source, ",
    "Project-URL: Source Code, ",
    "Project-URL: Repository, ",
    "Project-URL: repository, ",
    "Project-URL: GitHub, ",
    "Project-URL: Homepage, ",
    "Home-page: ",
    "homepage = \"",
];

/// The address that a manifest gives.
pub(super) fn in_manifest(text: &str) -> Option<String> {
    if text.trim_start().starts_with('{') {
        let json: serde_json::Value = serde_json::from_str(text).ok()?;
        let it = &json["repository"];
        return it["url"].as_str().or(it.as_str()).or(json["homepage"].as_str()).and_then(address);
    }
    let in_field =
        |field: &&str| text.lines().find_map(|it| address(it.trim().strip_prefix(*field)?));
    FIELDS.iter().find_map(in_field)
}

fn address(words: &str) -> Option<String> {
    let words = words.split(['"', ' ']).next()?.trim();
    let words = words.strip_prefix("git+").unwrap_or(words);
    let is_address =
        ["https://", "http://", "git://", "ssh://"].iter().any(|it| words.starts_with(it));
    (is_address && words.len() <= LONGEST).then(|| words.to_owned())
}

/// Where a registry keeps the package of that identity.
pub(super) fn of_id(id: &ComponentId) -> Option<String> {
    let (ecosystem, rest) = id.as_str().strip_prefix("pkg:")?.split_once('/')?;
    let rest = decoded(rest);
    let last = rest.rfind('/').map_or(0, |it| it + 1);
    let (name, version) = match rest[last..].find('@').filter(|it| *it > 0) {
        Some(at) => (&rest[..last + at], Some(&rest[last + at + 1..])),
        None => (rest.as_str(), None),
    };
    let with = |base: &str, between: &str| match version {
        Some(version) => format!("{base}{name}{between}{version}"),
        None => format!("{base}{name}"),
    };
    Some(match ecosystem {
        "cargo" => with("https://crates.io/crates/", "/"),
        "npm" => with("https://www.npmjs.com/package/", "/v/"),
        "pypi" => with("https://pypi.org/project/", "/"),
        "golang" => with("https://pkg.go.dev/", "@"),
        "nuget" => with("https://www.nuget.org/packages/", "/"),
        "pub" => with("https://pub.dev/packages/", "/versions/"),
        "huggingface" => with("https://huggingface.co/", "/tree/"),
        "github" => format!("https://github.com/{name}"),
        _ => return None,
    })
}

/// A part of a package URL as it was before it was escaped.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let code = others.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let byte = code.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *first == b'%');
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &others[2..] } else { others };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
