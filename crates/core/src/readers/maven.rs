//! `pom.xml` of Maven, and `gradle.lockfile`.

use crate::component::{Scope, Use};
use crate::readers::lines::lines;
use crate::readers::{locked, manifest};
use crate::reading::{Meant, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;
use crate::value::{Node, xml};

/// The reader of Maven projects.
pub(super) const POM: Reader = Reader {
    name: "maven-pom",
    reads: "the license of a Java package in pom.xml, and what it needs",
    wants: |path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name == "pom.xml" || name.rsplit_once('.').is_some_and(|(_, it)| it == "pom")
    },
    read: Read::Text(read_pom),
};

/// The reader of Gradle lockfiles.
pub(super) const GRADLE: Reader = Reader {
    name: "gradle-lock",
    reads: "the dependencies that gradle.lockfile pins",
    wants: |path| {
        matches!(path.rsplit('/').next(), Some("gradle.lockfile" | "buildscript-gradle.lockfile"))
    },
    read: Read::Text(read_gradle),
};

fn read_pom(source: &Source) -> Reading {
    let parsed = xml::parse(source);
    let project = parsed.root().and_then(|it| it.get("project"));
    let sightings = project.and_then(own).into_iter().collect();
    Reading { sightings, problems: parsed.problems }
}

fn own(project: &Node) -> Option<Sighting> {
    let field = |name: &str| project.get(name).or_else(|| project.get("parent")?.get(name));
    let artifact = project.get("artifactId")?.words()?;
    let group = value(project, field("groupId")?)?;
    let version = field("version").and_then(|it| value(project, it));
    let name = format!("{group}/{}", artifact.value);
    let subject = Subject::Package { ecosystem: "maven", name, version };
    let mut seen = manifest::sighting(subject, artifact);
    let licenses = project.get("licenses").into_iter().flat_map(|it| it.all("license"));
    let words = licenses.filter_map(|it| it.get("name").or_else(|| it.get("url"))?.words());
    seen.licenses = words.map(|it| manifest::wording(it, Meant::Name)).collect();
    let needed = project.get("dependencies").into_iter().flat_map(|it| it.all("dependency"));
    seen.uses = needed.take(locked::MOST_PACKAGES).filter_map(|it| need(project, it)).collect();
    Some(seen)
}

/// The words of a field, with `${…}` replaced where the project itself says by what.
fn value(project: &Node, node: &Node) -> Option<String> {
    let words = node.words()?.value;
    let Some(name) = words.strip_prefix("${").and_then(|it| it.strip_suffix('}')) else {
        return (!words.contains("${")).then_some(words);
    };
    let bare = name.strip_prefix("project.").unwrap_or(name);
    let own = || project.get(bare).or_else(|| project.get("parent")?.get(bare));
    let found = project.get("properties").and_then(|it| it.get(name)).or_else(own)?.words()?.value;
    (!found.contains("${")).then_some(found)
}

fn need(project: &Node, node: &Node) -> Option<Use> {
    let artifact = node.get("artifactId")?.words()?;
    let group = value(project, node.get("groupId")?)?;
    let version = node.get("version").and_then(|it| value(project, it));
    let version = version.filter(|it| !it.starts_with(['[', '(']));
    let is_optional =
        node.get("optional").is_some_and(|it| it.words().is_some_and(|it| it.value == "true"));
    let scope = match node.get("scope").and_then(Node::as_str) {
        Some("test") => Scope::Dev,
        _ if is_optional => Scope::Optional,
        _ => Scope::Normal,
    };
    let name = format!("{group}/{}", artifact.value);
    Some(locked::depends("maven", &name, version.as_deref(), scope, artifact.at))
}

/// `group:artifact:version=configurations`, a package each line.
fn read_gradle(source: &Source) -> Reading {
    let (mut sightings, mut uses) = (Vec::new(), Vec::new());
    for (line, at) in lines(source) {
        let Some((package, configurations)) = line.split_once('=') else { continue };
        let parts: Vec<&str> = package.split(':').collect();
        let [group, artifact, version] = parts[..] else { continue };
        let is_package = [group, artifact, version].iter().all(|it| !it.is_empty());
        if line.starts_with('#') || !is_package || sightings.len() >= locked::MOST_PACKAGES {
            continue;
        }
        let is_test = |it: &str| it.to_ascii_lowercase().contains("test");
        let scope = if configurations.split(',').all(is_test) { Scope::Dev } else { Scope::Normal };
        let at = source.span(at..at + package.len());
        let name = format!("{group}/{artifact}");
        uses.push(locked::depends("maven", &name, Some(version), scope, at));
        sightings.push(locked::package("maven", name, Some(version.to_owned()), at));
    }
    if let Some(first) = uses.first().map(|it| it.target.at) {
        sightings.push(locked::directory(first, uses));
    }
    Reading { sightings, problems: Vec::new() }
}
