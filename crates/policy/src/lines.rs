//! Which lines of the policy speak of whom, found without asking each of them.

mod starts;

use std::collections::{BTreeMap, BTreeSet};

use caveat_core::component::ComponentId;
use caveat_core::tags::Tag;

use crate::glob::{Glob, LicensePattern};
use crate::layers::Question;
use crate::package::{self, PackagePattern};
use crate::policy::{Allowance, Exception, Policy, RuleLine, Target};
use starts::Starts;

/// A line that speaks of some things only, by its place in its list of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Line {
    /// `[[product]]`.
    Product(usize),
    /// `[[rule]]`.
    Rule(usize),
    /// `[[exception]]`.
    Exception(usize),
    /// `[[choose.package]]`.
    Choice(usize),
}

/// The lines of a policy by what they name.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    policy: &'a Policy,
    packages: Starts<'a, (Line, &'a PackagePattern)>,
    paths: Starts<'a, (Line, &'a Glob)>,
    licenses: Starts<'a, (usize, &'a LicensePattern)>,
    /// Rules that name tags, and neither packages nor paths nor licenses.
    tags: BTreeMap<Tag, Vec<usize>>,
    /// Rules that name none of these.
    rest: Vec<usize>,
    /// Exceptions by the finding that they set aside.
    findings: BTreeMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Lines<'a> {
    /// The lines of `policy`.
    pub fn of(policy: &'a Policy) -> Self {
        let mut packages: Vec<(&str, (Line, &PackagePattern))> = Vec::new();
        let mut paths: Vec<(&str, (Line, &Glob))> = Vec::new();
        for (number, it) in policy.products.iter().enumerate() {
            let line = Line::Product(number);
            paths.extend(it.paths.iter().map(|it| (it.value.start(), (line, &it.value))));
        }
        for (number, it) in policy.overrides.iter().enumerate() {
            let line = Line::Rule(number);
            packages.extend(it.packages.iter().map(|it| (it.value.start(), (line, &it.value))));
            paths.extend(it.paths.iter().map(|it| (it.value.start(), (line, &it.value))));
        }
        for (number, it) in policy.exceptions.list.iter().enumerate() {
            let line = Line::Exception(number);
            match &it.target {
                Target::Package(it) => packages.push((it.value.start(), (line, &it.value))),
                Target::Path(it) => paths.push((it.value.start(), (line, &it.value))),
            }
        }
        for (number, it) in policy.choose.packages.iter().enumerate() {
            let pattern = &it.package.value;
            packages.push((pattern.start(), (Line::Choice(number), pattern)));
        }
        let mut lines = Self {
            policy,
            packages: Starts::of(packages),
            paths: Starts::of(paths),
            licenses: Starts::of(licenses(policy)),
            tags: BTreeMap::new(),
            rest: Vec::new(),
            findings: findings(policy),
        };
        lines.index_tags();
        lines
    }

    fn index_tags(&mut self) {
        let named = |it: &RuleLine| {
            !(it.packages.is_empty() && it.paths.is_empty() && it.licenses.is_empty())
        };
        let rules = self.policy.overrides.iter().enumerate();
        for (number, it) in rules.filter(|(_, it)| it.check.is_none() && !named(it)) {
            for tag in &it.tags {
                self.tags.entry(tag.value).or_default().push(number);
            }
            if it.tags.is_empty() {
                self.rest.push(number);
            }
        }
    }

    /// The lines that name a component by package, in order.
    pub fn by_package(&self, id: &ComponentId) -> Vec<Line> {
        if self.packages.is_empty() {
            return Vec::new();
        }
        let name = package::name(id);
        let found = self.packages.beginning(&name).filter(|(_, it)| it.matches(id));
        in_order(found.map(|(line, _)| *line))
    }

    /// The lines that name a place, in order.
    pub fn by_path(&self, path: &str) -> Vec<Line> {
        let found = self.paths.beginning(path).filter(|(_, it)| it.matches(path));
        in_order(found.map(|(line, _)| *line))
    }

    /// The rules that name a license, in order.
    pub fn by_license(&self, license: &str) -> Vec<usize> {
        let name = license.to_ascii_lowercase();
        let found = self.licenses.beginning(&name);
        in_order(found.filter(|(_, it)| it.matches(license)).map(|(number, _)| *number))
    }

    /// The rules that may speak of what is named by `named`, has that tag and is under a license
    /// that the rules `licensed` name; in the order of the file. Others certainly do not.
    pub fn rules(&self, named: &[Line], licensed: &[usize], tag: Tag) -> Vec<&'a RuleLine> {
        let by_name = named.iter().filter_map(|it| match it {
            Line::Rule(it) => Some(*it),
            Line::Product(_) | Line::Exception(_) | Line::Choice(_) => None,
        });
        let by_tag = self.tags.get(&tag).into_iter().flatten().copied();
        let licensed = licensed.iter().copied();
        let all = in_order(by_name.chain(licensed).chain(by_tag).chain(self.rest.iter().copied()));
        all.into_iter().filter_map(|it| self.policy.overrides.get(it)).collect()
    }

    /// The rules that may speak of what is asked, in the order of the file.
    pub fn on(&self, question: &Question<'_>) -> Vec<&'a RuleLine> {
        let named = [self.by_package(question.id), self.by_path(question.path)].concat();
        self.rules(&named, &self.by_license(question.license), question.tag)
    }

    /// Exceptions from what a rule finds, for what is named so and lies there, in the order of the
    /// file.
    pub fn excepting(
        &self,
        finding: &str,
        id: &ComponentId,
        path: Option<&str>,
    ) -> Vec<&'a Exception> {
        let Some(allowing) = self.findings.get(finding) else { return Vec::new() };
        let mut about = self.exceptions(id, path);
        about.retain(|it| allowing.contains(it));
        about.into_iter().filter_map(|it| self.policy.exceptions.list.get(it)).collect()
    }

    /// Exceptions for what is named so and lies there, by their places in the file.
    pub fn exceptions(&self, id: &ComponentId, path: Option<&str>) -> Vec<usize> {
        let by_path = path.map(|it| self.by_path(it)).unwrap_or_default();
        let lines = self.by_package(id).into_iter().chain(by_path);
        in_order(lines.filter_map(|it| match it {
            Line::Exception(it) => Some(it),
            Line::Product(_) | Line::Rule(_) | Line::Choice(_) => None,
        }))
    }
}

fn licenses(policy: &Policy) -> Vec<(&str, (usize, &LicensePattern))> {
    let rules = policy.overrides.iter().enumerate();
    let patterns = rules.filter(|(_, it)| it.check.is_none()).flat_map(|(number, it)| {
        it.licenses.iter().map(move |it| (it.value.start(), (number, &it.value)))
    });
    patterns.collect()
}

fn findings(policy: &Policy) -> BTreeMap<&str, BTreeSet<usize>> {
    let mut all: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, exception) in policy.exceptions.list.iter().enumerate() {
        for it in &exception.allow {
            match it.value {
                Allowance::Finding(name) => {
                    all.entry(name).or_default().insert(number);
                }
                Allowance::Tag(_) => {}
            }
        }
    }
    all
}

/// Each once, in order.
fn in_order<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}
