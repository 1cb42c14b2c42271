//! `caveat notice`: the attribution document for what goes out.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use caveat_policy::attribution::{Attribution, Material, gather};
use caveat_policy::case::Case;
use caveat_policy::ground::Ground;
use caveat_policy::shipped::{Wanted, distributes, shipped};
use caveat_report::changes::{Change, changes};
use caveat_report::notice::{NOTICES, NoticeFormat, named, of_file};
use caveat_report::plain::plain;

use crate::aids::Aids;
use crate::args::{Arguments, Notice as Request};
use crate::carried::carried;
use crate::discover::{Tree, discover};
use crate::error::Error;
use crate::exit::{CLEAN, FINDINGS};
use crate::judge::on_ground;
use crate::open::{beginning, decode};
use crate::output::{deliver, put};
use crate::policies::choose;
use crate::scan::{ScanOptions, scan_for};
use crate::standard::standard;
use crate::today::day;

/// The longest document that is compared.
const LONGEST: u64 = 256 << 20;
/// How many changed lines are shown.
const MOST_SHOWN: usize = 200;

pub(crate) fn run(
    request: &Request,
    arguments: &Arguments,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<u8, Error> {
    let format = format(request)?;
    let today = day(request.policy.today.as_deref())?;
    let ignore_files = !request.reading.no_ignore;
    let aids = Aids::of(request.reading.no_cache, arguments.quiet);
    let mut scan = scan_for(&request.reading.paths, ScanOptions { ignore_files }, aids)?;
    let tree = discover(&request.reading.paths, ignore_files, None)?;
    let policy = choose(request.policy.policy.as_deref(), &scan.root)?;
    let chosen = wanted(request);
    let (document, left_out) = on_ground(&mut scan, &policy, today, |ground| {
        wanted_exists(&ground, chosen)?;
        document(ground, &tree, request)
    })?;
    let mut bytes = Vec::new();
    (format.write)(&document, &mut bytes)
        .map_err(|source| Error::Write { to: "the notice".to_owned(), source })?;
    if !arguments.quiet {
        tell(&document, &left_out, log);
    }
    let code = if document.missing.is_empty() { CLEAN } else { FINDINGS };
    match &request.check {
        Some(file) => Ok(compare(file, &bytes, out)?.max(code)),
        None => deliver(&bytes, request.output.as_deref(), out).map(|()| code),
    }
}

/// The document, and what it leaves out.
fn document(
    ground: Ground<'_>,
    tree: &Tree,
    request: &Request,
) -> Result<(Attribution, LeftOut), Error> {
    let shipped = shipped(&ground, wanted(request));
    if shipped.components.is_empty() {
        return Err(nothing(request));
    }
    let carried = carried((ground.graph, ground.sources), tree, &shipped.components);
    let case = Case::of(ground);
    let material = Material {
        case: &case,
        shipped: &shipped,
        carried: &|id| carried.get(id),
        standard: &standard,
    };
    let document = Attribution { product: request.product.clone(), ..gather(&material) };
    let left_out = LeftOut { development: shipped.development, excluded: shipped.excluded };
    Ok((document, left_out))
}

/// How many components do not go out.
struct LeftOut {
    development: usize,
    excluded: usize,
}

/// The format that is asked for by name, or by what the file is called.
fn format(request: &Request) -> Result<&'static NoticeFormat, Error> {
    let file = request.output.as_ref().or(request.check.as_ref());
    match &request.format {
        Some(name) => named(name).ok_or_else(|| Error::Unlisted {
            what: "format",
            name: name.clone(),
            known: NOTICES.iter().map(|it| it.name).collect(),
        }),
        None => Ok(file.and_then(|it| of_file(it.to_str()?)).unwrap_or(&NOTICES[0])),
    }
}

fn wanted(request: &Request) -> Wanted<'_> {
    match &request.product {
        Some(name) => Wanted::Product(name),
        None if request.all => Wanted::All,
        None => Wanted::Distributed,
    }
}

fn wanted_exists(ground: &Ground<'_>, wanted: Wanted<'_>) -> Result<(), Error> {
    let products = &ground.policy.products;
    let names: Vec<_> = products.iter().map(|it| format!("`{}`", it.name.value)).collect();
    match wanted {
        Wanted::Product(name) if products.iter().all(|it| it.name.value != name) => {
            let known = if names.is_empty() {
                "it has none".into()
            } else {
                format!("it has {}", names.join(", "))
            };
            Err(Error::Usage { what: format!("the policy has no product `{name}`"), help: known })
        }
        Wanted::Distributed if !products.is_empty() && !products.iter().any(distributes) => {
            Err(Error::Usage {
                what: "no product of the policy is distributed, so no notice is due".to_owned(),
                help: format!(
                    "name one with --product ({}), or take all with --all",
                    names.join(", ")
                ),
            })
        }
        Wanted::Product(_) | Wanted::Distributed | Wanted::All => Ok(()),
    }
}

fn nothing(request: &Request) -> Error {
    let help = if request.all {
        "check the path and what the policy excludes"
    } else {
        "see all with --all"
    };
    Error::Usage {
        what: "no component goes out, so there is nothing to write".to_owned(),
        help: help.to_owned(),
    }
}

/// What the document leaves out, for the one who asked. The log may be closed.
fn tell(document: &Attribution, left_out: &LeftOut, log: &mut dyn Write) {
    let LeftOut { development, excluded } = left_out;
    if development + excluded > 0 {
        let left = format!("{development} for development only, {excluded} excluded by the policy");
        let _ = writeln!(log, "caveat: left out: {left}");
    }
    for it in document.missing.iter().take(MOST_TOLD) {
        let _ = writeln!(log, "caveat: missing: {}: {}", plain(it.of.as_str()), plain(&it.what));
        let _ = writeln!(log, "  help: {}", plain(&it.help));
    }
    if let Some(more) = document.missing.len().checked_sub(MOST_TOLD).filter(|it| *it > 0) {
        let _ = writeln!(log, "caveat: missing: {more} things more, which the document lists");
    }
}

/// How many missing things are told of one by one; the document lists them all.
const MOST_TOLD: usize = 10;

/// Compares with a document that is there, and shows what is different.
fn compare(file: &Path, bytes: &[u8], out: &mut dyn Write) -> Result<u8, Error> {
    let old = beginning(file, LONGEST).map_err(|it| Error::path(file, it))?;
    let (old, new) = (decode(old).replace("\r\n", "\n"), String::from_utf8_lossy(bytes));
    if old == *new {
        return Ok(CLEAN);
    }
    let found = changes(&old, &new);
    let name = file.display().to_string();
    let mut text = format!("`{}` is out of date\n", plain(&name));
    let mut left = MOST_SHOWN;
    for it in &found {
        show(it, &mut left, &mut text);
    }
    let count = |of: fn(&Change) -> usize| found.iter().map(of).sum::<usize>();
    let (added, removed) = (count(|it| it.added.len()), count(|it| it.removed.len()));
    let _ = writeln!(text, "\nlines that it lacks: {added}; lines too many: {removed}");
    let _ = writeln!(text, "  help: write it anew with --output {}", plain(&name));
    put(out, text.as_bytes())?;
    Ok(FINDINGS)
}

fn show(change: &Change, left: &mut usize, text: &mut String) {
    if *left == 0 {
        return;
    }
    let _ = writeln!(text, "\nline {}, under {}", change.line, plain(&change.under));
    let removed = change.removed.iter().map(|it| ('-', it));
    for (sign, line) in removed.chain(change.added.iter().map(|it| ('+', it))) {
        let Some(rest) = left.checked_sub(1) else {
            text.push_str("  …\n");
            return;
        };
        *left = rest;
        let _ = writeln!(text, "{sign} {}", plain(line));
    }
}
