//! A file that came in under a license which the product cannot take in.

use caveat_core::component::Kind;
use caveat_core::expression::{Expression, Leaf, parse_with};
use caveat_core::inventory::Stated;
use caveat_core::source::{Span, Spanned};

use super::license_rulings::distinct;
use crate::case::Case;
use crate::combination::{By, Fit};
use crate::contributions::{Brought, Contributions};
use crate::finding::{Because, Finding, Link, Step};
use crate::outbound::{Part, Release, Role, offer};
use crate::policy::{InboundTerms, Outbound, Product};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "inbound-license";

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a contributed file is under a license that the product cannot take in",
    page: include_str!("inbound_license.md"),
    usual: Level::Deny,
    check: |case| {
        let Some(all) = case.contributions else { return Vec::new() };
        let of_file = |file| findings(case, all, file);
        all.files.iter().flat_map(of_file).collect()
    },
};

/// What a contribution has to fit, and where that is written.
struct Wanted {
    license: Option<Expression>,
    steps: Vec<Step>,
}

fn findings(case: &Case<'_>, all: &Contributions, file: &Brought) -> Vec<Finding> {
    let path = case.path(&file.component.path);
    let asking = case.policy.products.iter().filter(|it| it.holds(&path)).filter_map(|product| {
        let terms = product.inbound.as_ref()?.terms.as_ref()?;
        let wanted = wanted(case, all, file, (product, terms))?;
        finding(case, all, file, (product, wanted))
    });
    // The products of a path that say the same say it once.
    let mut found: Vec<Finding> = Vec::new();
    for it in asking {
        if !found.iter().any(|known| known.message == it.message) {
            found.push(it);
        }
    }
    found
}

/// The license that contributions to a product have to fit. Nothing where the file itself says
/// under which license the product goes out.
fn wanted(
    case: &Case<'_>,
    all: &Contributions,
    file: &Brought,
    (product, terms): (&Product, &Spanned<InboundTerms>),
) -> Option<Wanted> {
    let name = &product.name.value;
    let read = |words: &str, at: Span| {
        let known = |it: &str| case.library.license(it).map(|it| it.id);
        parse_with(words, at, &known).expression
    };
    let stated = |key: &str, words: &str, at| {
        let says = format!("product `{name}` has {key} = \"{words}\"");
        Step::new(Link::Policy, says, at)
    };
    let inbound = |words: &str| {
        let says = format!("product `{name}` takes contributions in under `{words}`");
        Step::new(Link::Policy, says, terms.at)
    };
    if let InboundTerms::License(words) = &terms.value {
        return Some(Wanted { license: read(words, terms.at), steps: vec![inbound(words)] });
    }
    let mut steps = Vec::new();
    let license = match product.outbound.as_ref().map(|it| (&it.value, it.at)) {
        Some((Outbound::License(words), at)) => {
            steps.push(stated("outbound", words, at));
            read(words, at)
        }
        other => {
            if let Some((Outbound::Declared, at)) = other {
                steps.push(stated("outbound", "declared", at));
            }
            let declared = all.declared_at(&file.component.path);
            // Whoever states what goes out brings nothing in under another license.
            if declared.is_some_and(|it| it.at.source == file.component.at.source) {
                return None;
            }
            if let Some(it) = declared {
                let says = format!("the tree states `{}` for what lies there", it.value);
                steps.insert(0, Step::new(Link::Claim, says, it.at));
            }
            declared.map(|it| it.value.clone())
        }
    };
    steps.push(inbound("inbound=outbound"));
    Some(Wanted { license, steps })
}

fn finding(
    case: &Case<'_>,
    all: &Contributions,
    file: &Brought,
    (product, wanted): (&Product, Wanted),
) -> Option<Finding> {
    let component = &file.component;
    let license = component.conclusion.license.as_ref();
    let (level, why, terms) = match (license, &wanted.license) {
        (Some(it), Some(wanted)) if it.same_as(wanted) => return None,
        (Some(_), Some(wanted)) => unfit(case, file, (product, wanted))?,
        (Some(_), None) => {
            (Level::Warn, "nobody says under which license that goes out".to_owned(), Vec::new())
        }
        (None, _) => (Level::Warn, unclear(file), Vec::new()),
    };
    let name = &product.name.value;
    let words = license.map_or_else(|| words(file), |it| format!("under {it}"));
    let commit = all.bringer(file);
    let by = commit.map(|it| format!(" (commit {} of {})", it.short(), it.author.value));
    let mut steps: Vec<Step> = Vec::new();
    steps.extend(commit.map(|it| {
        let says = format!("commit {} of {} brought it in", it.short(), it.author.value);
        Step::new(Link::Relation, says, it.author.at)
    }));
    let says = format!("`{}` states `{}`", component.path, raw(file));
    steps.push(Step::new(Link::Claim, says, component.at));
    steps.extend(terms);
    steps.extend(wanted.steps);
    Some(Finding {
        rule: NAME,
        level,
        component: component.id.clone(),
        license: license.map(ToString::to_string),
        message: format!(
            "`{}` comes into product `{name}` {words}: {why}{}",
            component.path,
            by.unwrap_or_default()
        ),
        at: component.at,
        label: "a license of its own".to_owned(),
        because: Because::new(steps)?,
        help: help(product, license, wanted.license.as_ref()),
        cause: format!("{name} {} {}", component.id, raw(file)),
        excepted: None,
    })
}

/// Why a license does not fit into another, with its clauses; nothing where it does.
fn unfit(
    case: &Case<'_>,
    file: &Brought,
    (product, wanted): (&Product, &Expression),
) -> Option<(Level, String, Vec<Step>)> {
    let whole = &file.component;
    let license = whole.conclusion.license.as_ref()?;
    let against = |role| {
        let part = Part { whole, component: Some(whole), id: &whole.id, way: Vec::new(), role };
        let release = Release { product: Some(product), kind: whole.kind, parts: vec![part] };
        offer(case, &release, wanted).objections
    };
    let as_part = match whole.kind {
        Kind::Code | Kind::Document => against(Role::Code(By::Copy)),
        Kind::Model | Kind::Dataset => against(Role::Itself),
    };
    // What may stand in the product may still have to keep a license of its own.
    let is_part = !as_part.is_empty();
    let all = if is_part { as_part } else { against(Role::Itself) };
    let Some(fit) = all.iter().map(|it| it.fit).max().filter(|it| *it > Fit::Yes) else {
        return unread(case, license);
    };
    let steps = all.iter().map(|it| Step {
        link: Link::Term,
        says: format!("{}: {}", case.title(&license.to_string()), it.why),
        at: it.at,
        cite: (!it.cite.is_empty()).then(|| it.cite.clone()),
    });
    let why = distinct(all.iter().map(|it| it.why.as_str())).join("; ");
    Some(if fit == Fit::No && is_part {
        (Level::Deny, format!("{wanted} has no room for it: {why}"), steps.collect())
    } else {
        (Level::Warn, format!("it may not fit into {wanted}: {why}"), steps.collect())
    })
}

/// Of a license that nobody here has read, nobody can say that it fits.
fn unread(case: &Case<'_>, license: &Expression) -> Option<(Level, String, Vec<Step>)> {
    let weighed = license.weigh(&mut |leaf| match leaf {
        Leaf::License(it) => case.terms(it).is_none(),
        Leaf::Nothing(_) | Leaf::NoAssertion(_) => true,
    });
    let says = "nobody here has read what it asks".to_owned();
    weighed.value.then_some((Level::Warn, says, Vec::new()))
}

fn raw(file: &Brought) -> &str {
    file.component.claims.first().map_or("", |it| it.raw.value.as_str())
}

fn words(file: &Brought) -> String {
    format!("with the words `{}`", raw(file))
}

fn unclear(file: &Brought) -> String {
    match file.component.claims.first().map(|it| &it.stated) {
        Some(Stated::Reserved) => "all rights are reserved, so that nothing is given".to_owned(),
        Some(Stated::Family { name, .. }) => format!("which {name} is meant is not said"),
        Some(Stated::Expression(_) | Stated::Placeholder | Stated::Unrecognised) | None => {
            "nobody here knows what they mean".to_owned()
        }
    }
}

fn help(
    product: &Product,
    license: Option<&Expression>,
    wanted: Option<&Expression>,
) -> Vec<String> {
    let name = &product.name.value;
    match (license, wanted) {
        (Some(_), None) => {
            vec![format!("say what `{name}` goes out under: outbound = \"LICENSE\"")]
        }
        (Some(_), Some(wanted)) => vec![
            format!("if the contributor wrote it: let them put it under {wanted}"),
            format!("if it is somebody else's: leave it out, or use something under {wanted}"),
            "to take it in all the same, record why: an [[exception]] with its `path` and \
             allow = [\"inbound-license\"]"
                .to_owned(),
        ],
        (None, _) => vec![
            "let the file say which license is meant, by its SPDX id".to_owned(),
            "or leave it out until its author says so".to_owned(),
        ],
    }
}
