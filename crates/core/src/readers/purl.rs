//! Package URLs, as other tools write them: `pkg:npm/%40acme/ui@1.0?arch=x#part`.

use crate::component::Kind;
use crate::installed::python_name;

/// Ecosystems that package URLs name, as far as packages of them can be met.
const ECOSYSTEMS: [&str; 34] = [
    "alpm",
    "apk",
    "bitbucket",
    "bitnami",
    "cargo",
    "cocoapods",
    "composer",
    "conan",
    "conda",
    "cpan",
    "cran",
    "deb",
    "docker",
    "gem",
    "github",
    "golang",
    "hackage",
    "hex",
    "huggingface",
    "julia",
    "luarocks",
    "maven",
    "mlflow",
    "npm",
    "nuget",
    "oci",
    "opam",
    "pub",
    "pypi",
    "qpkg",
    "rpm",
    "swift",
    "swid",
    "vcpkg",
];

/// Where packages go that belong to no ecosystem.
pub(super) const GENERIC: &str = "generic";

/// No name or version of a package is longer.
const LONGEST: usize = 1024;

/// Whom a package URL means, in the spelling that lockfiles use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Purl {
    /// Its type.
    pub(super) ecosystem: &'static str,
    /// Namespace and name.
    pub(super) name: String,
    /// The version, where there is one.
    pub(super) version: Option<String>,
}

impl Purl {
    /// Reads a package URL. What it says beyond the version tells one build from another.
    pub(super) fn parse(words: &str) -> Option<Self> {
        let rest = words.trim().strip_prefix("pkg:")?.trim_start_matches('/');
        let rest = rest.split(['?', '#']).next()?;
        let (kind, path) = rest.split_once('/')?;
        let kind = kind.to_ascii_lowercase();
        // The name of a scope may be written with its `@` as it is.
        let last = path.rfind('/').map_or(0, |it| it + 1);
        let (path, version) = match path[last..].rfind('@').filter(|it| *it > 0) {
            Some(at) => (&path[..last + at], Some(&path[last + at + 1..])),
            None => (path, None),
        };
        let path = path.trim_matches('/');
        if path.is_empty() || words.len() > LONGEST {
            return None;
        }
        let known = ECOSYSTEMS.iter().copied().find(|it| **it == kind);
        let name = unescaped(path);
        let name = match known {
            Some("pypi") => python_name(&name),
            Some("composer" | "github" | "bitbucket" | "deb") => name.to_ascii_lowercase(),
            Some(_) => name,
            None if kind == GENERIC => name,
            None => format!("{kind}/{name}"),
        };
        let version = version.filter(|it| !it.is_empty()).map(unescaped);
        Some(Self { ecosystem: known.unwrap_or(GENERIC), name, version })
    }

    /// A package or whatever else has but a name.
    pub(super) fn named(kind: Kind, name: &str, version: Option<&str>) -> Option<Self> {
        let name = name.trim();
        if name.is_empty() || name.len() > LONGEST {
            return None;
        }
        let is_hub = name.contains('/') && super::address::is_hub_name(name);
        let (ecosystem, name) = match kind {
            Kind::Model if is_hub => ("huggingface", name.to_owned()),
            Kind::Dataset if is_hub => ("huggingface", format!("datasets/{name}")),
            Kind::Model | Kind::Dataset | Kind::Code | Kind::Document => (GENERIC, name.to_owned()),
        };
        let version = version.map(str::trim).filter(|it| !it.is_empty() && it.len() <= LONGEST);
        Some(Self { ecosystem, name, version: version.map(str::to_owned) })
    }

    /// The name on the hub, and whether of a model or a dataset.
    pub(super) fn hub(&self) -> Option<(&str, Kind)> {
        let name = Some(self.name.as_str()).filter(|_| self.ecosystem == "huggingface")?;
        let dataset = name.strip_prefix("datasets/").map(|it| (it, Kind::Dataset));
        Some(dataset.unwrap_or((name, Kind::Model)))
    }
}

/// `%40acme` is `@acme`; what is no text is left as it is.
fn unescaped(words: &str) -> String {
    let mut bytes = Vec::with_capacity(words.len());
    let mut rest = words.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|it| char::from(*it).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Purl;

    #[test]
    fn a_package_url_means_whom_a_lockfile_means() {
        let check = |words: &str, expected: Option<(&str, &str, Option<&str>)>| {
            let read = Purl::parse(words);
            let told =
                read.as_ref().map(|it| (it.ecosystem, it.name.as_str(), it.version.as_deref()));
            assert_eq!(told, expected, "{words}");
        };
        check("pkg:npm/%40acme/ui@1.0?arch=x#lib", Some(("npm", "@acme/ui", Some("1.0"))));
        check("pkg:npm/@acme/ui", Some(("npm", "@acme/ui", None)));
        check("pkg:pypi/Typing_Extensions@4", Some(("pypi", "typing-extensions", Some("4"))));
        check("pkg:huggingface/acme/base@", Some(("huggingface", "acme/base", None)));
        check("pkg:weird/a/b@2", Some(("generic", "weird/a/b", Some("2"))));
        check("pkg:cargo/a%FF%2", Some(("cargo", "a%FF%2", None)));
        check("pkg:npm/", None);
        check("pkg:npm", None);
        check("cpe:2.3:a:x", None);
    }
}
