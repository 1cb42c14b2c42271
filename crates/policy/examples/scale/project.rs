//! A large project under a long policy, made up: services with the packages that they lock, models
//! and data, and rules and exceptions that name licenses, tags, packages and places.

use std::error::Error;
use std::fmt::Write as _;

use caveat_core::identify::identify;
use caveat_core::library::Library;
use caveat_core::readers::READERS;
use caveat_core::reading::Read;
use caveat_core::relate::relate;
use caveat_core::source::Sources;

/// Licenses as often as they are met, nearly: of packages, of models, of data.
const PACKAGES: &[&str] = &[
    "MIT",
    "MIT",
    "MIT",
    "MIT",
    "MIT",
    "MIT",
    "MIT",
    "Apache-2.0",
    "Apache-2.0",
    "MIT OR Apache-2.0",
    "MIT OR Apache-2.0",
    "ISC",
    "ISC",
    "BSD-3-Clause",
    "BSD-3-Clause",
    "BSD-2-Clause",
    "MPL-2.0",
    "LGPL-2.1-only",
    "LGPL-3.0-or-later",
    "Unlicense",
    "0BSD",
    "CC0-1.0",
    "Zlib",
    "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-3.0-only",
    "AGPL-3.0-only",
    "EPL-2.0",
    "BSL-1.0",
    "Python-2.0",
    "(MIT AND Zlib)",
];
const MODELS: &[&str] = &[
    "apache-2.0",
    "apache-2.0",
    "apache-2.0",
    "mit",
    "mit",
    "llama3.1",
    "llama3.2",
    "gemma",
    "openrail",
    "creativeml-openrail-m",
    "cc-by-nc-4.0",
    "cc-by-4.0",
    "cc-by-sa-4.0",
    "bigcode-openrail-m",
    "bsd-3-clause",
    "afl-3.0",
    "openrail++",
    "gpl-3.0",
    "llama2",
    "unknown",
];
const DATA: &[&str] = &[
    "mit",
    "apache-2.0",
    "cc-by-4.0",
    "cc-by-4.0",
    "cc-by-sa-4.0",
    "cc-by-nc-4.0",
    "odc-by",
    "cc0-1.0",
    "odbl",
    "cc-by-nc-sa-4.0",
];
const SERVICES: usize = 40;

/// Makes the project, reads it, and judges it.
pub(crate) fn time(
    components: usize,
    rules: usize,
    exceptions: usize,
) -> Result<(), Box<dyn Error>> {
    let library = Library::embedded();
    let mut sources = Sources::new();
    for (name, text) in library.sources() {
        sources.add(name, text);
    }
    let mut readings = Vec::new();
    for (name, text) in files(components)? {
        let reader = READERS.iter().find(|it| (it.wants)(&name)).ok_or("a reader wants it")?;
        let id = sources.add(&name, text);
        let source = sources.get(id).ok_or("what was added is there")?;
        readings.push(match reader.read {
            Read::Text(read) | Read::Header { read, .. } => read(source),
        });
    }
    let graph = relate(identify(readings, &sources, &library), &sources);
    let what = format!(
        "{} components, {} relations, {rules} rules, {exceptions} exceptions",
        graph.components.len(),
        graph.relations.len()
    );
    let policy = policy(components, rules, exceptions)?;
    crate::judged(&what, &graph, &library, &mut sources, &policy)
}

/// Seven of ten are packages, two are models, one is data.
fn files(components: usize) -> Result<Vec<(String, String)>, std::fmt::Error> {
    let mut files = Vec::new();
    let packages = components * 7 / 10;
    for service in 0..SERVICES {
        let head = format!("\"name\": \"s{service}\", \"version\": \"1.0.0\", \"private\": true");
        let ours = || (service..packages).step_by(SERVICES);
        let needs: Vec<String> = ours().map(|it| format!("\"lib{it}\": \"1.0.0\"")).collect();
        let needs = format!("\"dependencies\": {{{}}}", needs.join(", "));
        let mut lock = format!("\"\": {{{head}, {needs}}}");
        for it in ours() {
            let license = PACKAGES[it % 97 % PACKAGES.len()];
            write!(
                lock,
                ", \"node_modules/lib{it}\": {{\"version\": \"1.0.0\", \"license\": \"{license}\"}}"
            )?;
        }
        let folder = format!("services/s{service}");
        files.push((format!("{folder}/package.json"), format!("{{{head}, {needs}}}")));
        let lock = format!("{{{head}, \"lockfileVersion\": 3, \"packages\": {{{lock}}}}}");
        files.push((format!("{folder}/package-lock.json"), lock));
    }
    let (models, data) = (components / 5, components / 10);
    for it in 0..data {
        let license = DATA[it % DATA.len()];
        let card = format!("---\nlicense: {license}\n---\n");
        files.push((format!("data/team{}/d{it}/README.md", it % 20), card));
    }
    for it in 0..models {
        let mut card = format!("---\nlicense: {}\n", MODELS[it % MODELS.len()]);
        if it % 3 > 0 {
            let base = it / 3 * 3;
            let how = ["finetune", "quantized", "adapter"][it % 7 % 3];
            let base = format!("team{}/m{base}", base % 20);
            write!(card, "base_model: {base}\nbase_model_relation: {how}\n")?;
        }
        if it % 4 == 0 {
            let set = it % data.max(1);
            writeln!(card, "datasets:\n- team{}/d{set}", set % 20)?;
        }
        files.push((format!("models/team{}/m{it}/README.md", it % 20), format!("{card}---\n")));
    }
    Ok(files)
}

/// Rules and exceptions of each sort in turn.
fn policy(components: usize, rules: usize, exceptions: usize) -> Result<String, std::fmt::Error> {
    let mut text = PRODUCTS.to_owned();
    let tags = ["weak-reciprocal", "use-restricted", "naming-required", "share-alike"];
    for it in 0..rules {
        let about = match it % 5 {
            0 => format!("license = [\"LicenseRef-Vendor-{it}*\"]"),
            1 => format!("license = [\"{}\"]", PACKAGES[it % PACKAGES.len()].replace('"', "")),
            2 => format!("package = [\"pkg:npm/lib{}\"]", it * 13 % components),
            3 => {
                format!("path = [\"services/s{}/**\"]\ntag = [\"{}\"]", it % SERVICES, tags[it % 4])
            }
            _ => format!("path = [\"models/team{}/m{it}/**\"]", it % 20),
        };
        let verdict = ["allow", "review", "deny"][it % 3];
        write!(
            text,
            "[[rule]]\nid = \"r{it}\"\n{about}\nverdict = \"{verdict}\"\nbecause = \"b\"\n"
        )?;
    }
    for it in 0..exceptions {
        let (target, allow) = match it % 4 {
            0 => (format!("package = \"pkg:npm/lib{}\"", it * 17 % components), "weak-reciprocal"),
            1 => (format!("path = \"models/team{}/m{it}\"", it % 20), "non-commercial"),
            2 => (format!("path = \"models/team{}/**\"", it % 20), "looser-than-upstream"),
            _ => (format!("path = \"data/team{}/d{it}\"", it % 20), "share-alike"),
        };
        write!(
            text,
            "[[exception]]\nid = \"e{it}\"\n{target}\nallow = [\"{allow}\"]\nbecause = \"b\"\n\
             owner = \"o\"\napproved = {{ by = \"legal\", on = 2026-10-01, ticket = \"T-{it}\" }}\n\
             expires = 2027-03-01\n"
        )?;
    }
    Ok(text)
}

const PRODUCTS: &str = r#"caveat = 1
[org]
kind = "for-profit"
commercial = true
domicile = "US"
markets = ["US", "EU"]
[[org.facts]]
as-of = 2026-09-30
mau = 2_000_000
annual-revenue-usd = 4_000_000
[[product]]
name = "app"
paths = ["services/**"]
uses = ["saas"]
[[product]]
name = "open"
paths = ["models/team1/**", "models/team2/**"]
uses = ["distribute-weights"]
[[product]]
name = "lab"
paths = ["models/**", "data/**"]
uses = ["internal", "fine-tune"]
feeds = ["app"]
[[product]]
name = "tools"
paths = ["services/s1/**", "services/s2/**"]
uses = ["distribute-binary"]
[rules]
otherwise = "review"
unknown = "review"
[rules.code]
allow = ["public-domain", "permissive", "weak-reciprocal"]
review = ["strong-reciprocal"]
deny = ["network-reciprocal", "non-commercial"]
[rules.model]
allow = ["public-domain", "permissive", "attribution-display", "naming-required", "use-restricted"]
test = ["scale-capped", "revenue-capped", "territorial", "seat-restricted"]
deny = ["non-commercial", "research-only"]
[rules.dataset]
allow = ["public-domain", "permissive"]
review = ["share-alike"]
deny = ["non-commercial"]
"#;
