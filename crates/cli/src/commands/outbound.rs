//! `caveat outbound`: under which licenses may this go out?

mod written;

use std::io::Write;

use caveat_core::component::Kind;
use caveat_core::expression::Expression;
use caveat_core::library::Library;
use caveat_policy::combination::Fit;
use caveat_policy::ground::Ground;
use caveat_policy::outbound::{Offer, Release, common, offer, releases, stated};
use caveat_policy::policy::{Outbound, Policy};

use crate::aids::Aids;
use crate::args::{Arguments, Outbound as Request};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::judge::on_ground;
use crate::output::{look, no_format, put};
use crate::policies::choose;
use crate::scan::{ScanOptions, scan_for};
use crate::subject::expression;
use crate::today::day;
use written::Answer;

/// Licenses of parts that are asked about beside the candidates: more make no choice easier.
const OF_PARTS: usize = 6;

/// One release, and what is to be said of each license for it.
pub(crate) struct Asked<'a> {
    pub(crate) release: Release<'a>,
    pub(crate) offers: Vec<(Expression, Offer<'a>)>,
}

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    if !["full", "json"].contains(&request.format.as_str()) {
        return Err(no_format(&request.format));
    }
    let wanted: Vec<Expression> =
        request.license.iter().map(|it| known(it)).collect::<Result<_, _>>()?;
    let today = day(request.policy.today.as_deref())?;
    let aids = Aids::of(request.reading.no_cache, arguments.quiet);
    let options = ScanOptions { ignore_files: !request.reading.no_ignore };
    let mut scan = scan_for(&request.reading.paths, options, aids)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    on_ground(&mut scan, &policy, today, |ground| {
        let asked = releases(&ground).into_iter().map(|it| ask(&ground, it, &wanted));
        let asked: Vec<_> = asked.collect();
        let answer = Answer { ground: &ground, policy: &policy, asked: &asked };
        let mut text = Vec::new();
        let written = match request.format.as_str() {
            "json" => answer.json(&mut text),
            _ => answer.full(&look(arguments, false), &mut text),
        };
        written.map_err(|source| Error::Write { to: "the answer".to_owned(), source })?;
        put(out, &text)?;
        let mut offers = asked.iter().flat_map(|it| &it.offers);
        let fails = offers.any(|(it, offer)| wanted.contains(it) && offer.fit() == Fit::No);
        Ok(if fails { FINDINGS } else { CLEAN })
    })
}

fn known(words: &str) -> Result<Expression, Error> {
    expression(words).map(|(_, it)| it).ok_or_else(|| {
        let near = Library::embedded().suggest(words);
        let near = near.map(|it| format!("did you mean `{it}`? ")).unwrap_or_default();
        Error::Unknown {
            what: "license",
            name: words.to_owned(),
            help: format!("{near}`caveat licenses` lists the licenses"),
        }
    })
}

fn ask<'a>(ground: &Ground<'a>, release: Release<'a>, wanted: &[Expression]) -> Asked<'a> {
    let mut candidates = wanted.to_vec();
    if candidates.is_empty() {
        candidates = named(ground.policy, &release);
    }
    if candidates.is_empty() {
        candidates =
            common(release.kind).into_iter().filter_map(|it| Some(expression(it)?.1)).collect();
    }
    if wanted.is_empty() {
        let licenses = release.parts.iter().filter_map(|it| stated(it.component?));
        let mut more: Vec<Expression> = Vec::new();
        for it in licenses.filter(|it| matches!(it, Expression::License(_))) {
            if !candidates.iter().chain(&more).any(|known| known.same_as(it)) {
                more.push(it.clone());
            }
        }
        more.sort_by_key(ToString::to_string);
        candidates.extend(more.into_iter().take(OF_PARTS));
    }
    let offers = candidates.into_iter().map(|it| {
        let offer = offer(ground, &release, &it);
        (it, offer)
    });
    Asked { offers: offers.collect(), release }
}

/// The licenses that the policy speaks of: that of the product, and those that it prefers for code.
fn named(policy: &Policy, release: &Release<'_>) -> Vec<Expression> {
    let own = release.product.and_then(|it| it.outbound.as_ref());
    let own = own.and_then(|it| match &it.value {
        Outbound::License(it) => Some(it.as_str()),
        Outbound::Declared => None,
    });
    let preferred = policy.choose.prefer.iter().map(|it| it.value.as_str());
    let preferred = preferred.filter(|_| release.kind == Kind::Code);
    let mut all: Vec<Expression> = Vec::new();
    for it in own.into_iter().chain(preferred).filter_map(|it| Some(expression(it)?.1)) {
        if !all.iter().any(|known| known.same_as(&it)) {
            all.push(it);
        }
    }
    all
}
