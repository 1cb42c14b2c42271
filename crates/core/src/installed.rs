//! Where the own files of a package lie on a machine that has it.
//!
//! A lockfile tells name and version of a package, mostly not its license; the package's manifest
//! does, and package managers keep it in known places. Nothing is looked up here: whoever calls
//! tries the places in order.

/// A package, as a lockfile names it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The purl type.
    pub ecosystem: &'a str,
    /// Its name in that ecosystem.
    pub name: &'a str,
    /// Its version; without one, whichever is there is meant.
    pub version: Option<&'a str>,
    /// What the lockfile writes where it names the package: some write the folder.
    pub written: &'a str,
}

/// The folders in which the package managers of this machine keep packages. All paths have `/`.
#[derive(Clone, Debug, Default)]
pub struct Bases {
    /// `$CARGO_HOME/registry/src/INDEX`, of each index.
    pub cargo: Vec<String>,
    /// `$GOMODCACHE`.
    pub go: Option<String>,
    /// `~/.m2/repository`.
    pub maven: Option<String>,
    /// `~/.nuget/packages`.
    pub nuget: Option<String>,
    /// `~/.pub-cache/hosted/pub.dev`.
    pub pub_dev: Option<String>,
    /// The distributions in the `site-packages` folders of the environments at hand.
    pub python: Vec<Distribution>,
}

/// A Python distribution that an environment has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Its name as the index compares names.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its `.dist-info` folder.
    pub folder: String,
}

/// A place where the files of a package may lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The folder.
    pub folder: String,
    /// What reports call the folder where it lies outside the scanned tree.
    pub label: String,
    /// The manifest in it; nothing where the ecosystem has none that speaks of licenses.
    pub manifest: Option<String>,
}

impl Candidate {
    fn new(folder: String, label: String, manifest: &str) -> Self {
        Self { folder, label, manifest: Some(manifest.to_owned()) }
    }
}

/// Where the files of `wanted` may lie, given the folder of the lockfile; likeliest first.
pub fn candidates(wanted: &Wanted<'_>, beside: &str, bases: &Bases) -> Vec<Candidate> {
    // A name is no way out of a folder.
    let hostile = |it: &str| it.split(['/', '\\']).any(|it| matches!(it, "" | "." | ".."));
    if hostile(wanted.name) || wanted.version.is_some_and(|it| hostile(it) || it.contains('/')) {
        return Vec::new();
    }
    match (wanted.ecosystem, wanted.version) {
        ("cargo", Some(version)) => cargo(wanted.name, version, beside, bases),
        ("npm", _) => npm(wanted, beside),
        ("pypi", _) => python(wanted, bases),
        ("golang", Some(version)) => go(wanted.name, version, beside, bases),
        ("maven", Some(version)) => maven(wanted.name, version, bases),
        ("nuget", Some(version)) => nuget(wanted.name, version, bases),
        ("pub", Some(version)) => dart(wanted.name, version, bases),
        ("composer", _) => {
            let folder = format!("{beside}/vendor/{}", wanted.name);
            vec![Candidate::new(folder, format!("vendor:{}", wanted.name), "composer.json")]
        }
        _ => Vec::new(),
    }
}

fn cargo(name: &str, version: &str, beside: &str, bases: &Bases) -> Vec<Candidate> {
    let full = format!("{name}-{version}");
    let vendored = [full.as_str(), name].map(|it| {
        Candidate::new(format!("{beside}/vendor/{it}"), format!("vendor:{it}"), "Cargo.toml")
    });
    let cached = bases.cargo.iter().map(|base| {
        Candidate::new(format!("{base}/{full}"), format!("registry:{full}"), "Cargo.toml")
    });
    vendored.into_iter().chain(cached).collect()
}

fn npm(wanted: &Wanted<'_>, beside: &str) -> Vec<Candidate> {
    const FOLDER: &str = "node_modules/";
    let name = wanted.name;
    let mut places = Vec::new();
    let leads_out = wanted.written.split('/').any(|it| it == "..");
    if wanted.written.starts_with(FOLDER) && !leads_out {
        places.push(wanted.written.to_owned());
    }
    places.push(format!("{FOLDER}{name}"));
    if let Some(version) = wanted.version {
        let flat = name.replace('/', "+");
        places.push(format!("{FOLDER}.pnpm/{flat}@{version}/{FOLDER}{name}"));
    }
    places.dedup();
    let place =
        |it: String| Candidate::new(format!("{beside}/{it}"), format!("npm:{it}"), "package.json");
    places.into_iter().map(place).collect()
}

fn python(wanted: &Wanted<'_>, bases: &Bases) -> Vec<Candidate> {
    let fits = |it: &&Distribution| {
        it.name == wanted.name && wanted.version.is_none_or(|version| version == it.version)
    };
    let place = |it: &Distribution| {
        let folder = it.folder.rsplit('/').next().unwrap_or_default();
        Candidate::new(it.folder.clone(), format!("site-packages:{folder}"), "METADATA")
    };
    bases.python.iter().filter(fits).map(place).collect()
}

/// The distribution that `folder`, a path in `site-packages`, describes: `NAME-VERSION.dist-info`.
pub fn distribution(folder: &str) -> Option<Distribution> {
    let last = folder.rsplit('/').next()?;
    let (name, version) = last.strip_suffix(".dist-info")?.rsplit_once('-')?;
    Some(Distribution {
        name: python_name(name),
        version: version.to_owned(),
        folder: folder.to_owned(),
    })
}

/// A name as the Python package index compares names.
pub fn python_name(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

fn go(name: &str, version: &str, beside: &str, bases: &Bases) -> Vec<Candidate> {
    let place = |folder: String, label: String| Candidate { folder, label, manifest: None };
    let vendored = place(format!("{beside}/vendor/{name}"), format!("vendor:{name}"));
    // The cache must do with file systems that do not tell cases apart.
    let mut escaped = String::new();
    for it in format!("{name}@{version}").chars() {
        if it.is_ascii_uppercase() {
            escaped.push('!');
        }
        escaped.push(it.to_ascii_lowercase());
    }
    let cached = bases
        .go
        .iter()
        .map(|base| place(format!("{base}/{escaped}"), format!("go:{name}@{version}")));
    std::iter::once(vendored).chain(cached).collect()
}

fn maven(name: &str, version: &str, bases: &Bases) -> Vec<Candidate> {
    let Some((group, artifact)) = name.rsplit_once('/') else { return Vec::new() };
    let place = |base: &String| {
        let folder = format!("{base}/{}/{artifact}/{version}", group.replace('.', "/"));
        let label = format!("maven:{group}:{artifact}:{version}");
        Candidate::new(folder, label, &format!("{artifact}-{version}.pom"))
    };
    bases.maven.iter().map(place).collect()
}

fn nuget(name: &str, version: &str, bases: &Bases) -> Vec<Candidate> {
    let lower = name.to_ascii_lowercase();
    let place = |base: &String| {
        let folder = format!("{base}/{lower}/{}", version.to_ascii_lowercase());
        let label = format!("nuget:{name}.{version}");
        Candidate::new(folder, label, &format!("{lower}.nuspec"))
    };
    bases.nuget.iter().map(place).collect()
}

fn dart(name: &str, version: &str, bases: &Bases) -> Vec<Candidate> {
    let place = |base: &String| Candidate {
        folder: format!("{base}/{name}-{version}"),
        label: format!("pub:{name}-{version}"),
        manifest: None,
    };
    bases.pub_dev.iter().map(place).collect()
}
