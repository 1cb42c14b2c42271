//! The document for programs: schema `caveat-notice/1`.

use std::io::{self, Write};

use caveat_core::component::ComponentId;
use caveat_policy::attribution as model;
use serde::Serialize;

use crate::visible;

/// What the form of the document is called.
pub(super) const SCHEMA: &str = "caveat-notice/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    complete: bool,
    product: Option<&'a str>,
    components: Vec<Component<'a>>,
    texts: Vec<LicenseText<'a>>,
    notices: Vec<Notice<'a>>,
    required: Vec<Required<'a>>,
    source_offers: Vec<Offer<'a>>,
    use_restrictions: Vec<Restriction<'a>>,
    missing: Vec<Missing<'a>>,
}

#[derive(Serialize)]
struct Component<'a> {
    id: &'a str,
    name: &'a str,
    version: Option<&'a str>,
    license: Option<&'a str>,
    chosen: &'a [String],
    copyrights: &'a [String],
    address: Option<&'a str>,
    /// Indices into `texts`.
    texts: &'a [usize],
}

#[derive(Serialize)]
struct LicenseText<'a> {
    licenses: &'a [String],
    origin: &'static str,
    read_in: Vec<Place<'a>>,
    text: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    component: &'a str,
    file: Option<&'a str>,
}

#[derive(Serialize)]
struct Notice<'a> {
    read_in: Vec<Place<'a>>,
    text: &'a str,
}

#[derive(Serialize)]
struct Required<'a> {
    license: &'a str,
    cite: &'a str,
    says: &'a str,
    text: Option<&'a str>,
    components: Vec<&'a str>,
}

#[derive(Serialize)]
struct Offer<'a> {
    component: &'a str,
    license: &'a str,
    cite: &'a str,
    says: &'a str,
    address: Option<&'a str>,
}

#[derive(Serialize)]
struct Restriction<'a> {
    license: &'a str,
    cite: &'a str,
    says: &'a str,
    components: Vec<&'a str>,
    policies: Vec<Policy<'a>>,
    texts: Vec<PolicyText<'a>>,
}

#[derive(Serialize)]
struct Policy<'a> {
    name: &'a str,
    place: &'a str,
}

#[derive(Serialize)]
struct PolicyText<'a> {
    file: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Missing<'a> {
    component: &'a str,
    what: &'a str,
    help: &'a str,
}

/// Writes the document.
pub(super) fn write(document: &model::Attribution, out: &mut dyn Write) -> io::Result<()> {
    let shown = Document {
        schema: SCHEMA,
        complete: document.missing.is_empty(),
        product: document.product.as_deref(),
        components: document.credits.iter().map(component).collect(),
        texts: document.texts.iter().map(text).collect(),
        notices: document.notices.iter().map(notice).collect(),
        required: document.required.iter().map(required).collect(),
        source_offers: document.offers.iter().map(offer).collect(),
        use_restrictions: document.restrictions.iter().map(restriction).collect(),
        missing: document.missing.iter().map(missing).collect(),
    };
    visible::write(&shown, out)?;
    writeln!(out)
}

fn ids(of: &[ComponentId]) -> Vec<&str> {
    of.iter().map(ComponentId::as_str).collect()
}

fn component(it: &model::Credit) -> Component<'_> {
    Component {
        id: it.id.as_str(),
        name: &it.name,
        version: it.version.as_deref(),
        license: it.license.as_deref(),
        chosen: &it.chosen,
        copyrights: &it.copyrights,
        address: it.address.as_deref(),
        texts: &it.texts,
    }
}

fn text(it: &model::Text) -> LicenseText<'_> {
    let read_in =
        it.read_in.iter().map(|(id, file)| Place { component: id.as_str(), file: file.as_deref() });
    LicenseText {
        licenses: &it.licenses,
        origin: if it.is_standard { "standard" } else { "component" },
        read_in: read_in.collect(),
        text: &it.text,
    }
}

fn notice(it: &model::Notice) -> Notice<'_> {
    let place =
        it.read_in.iter().map(|(id, file)| Place { component: id.as_str(), file: Some(file) });
    Notice { read_in: place.collect(), text: &it.text }
}

fn required(it: &model::Required) -> Required<'_> {
    Required {
        license: &it.license,
        cite: &it.cite,
        says: &it.says,
        text: it.text.as_deref(),
        components: ids(&it.of),
    }
}

fn offer(it: &model::Offer) -> Offer<'_> {
    Offer {
        component: it.of.as_str(),
        license: &it.license,
        cite: &it.cite,
        says: &it.says,
        address: it.address.as_deref(),
    }
}

fn restriction(it: &model::Restriction) -> Restriction<'_> {
    let policies = it.policies.iter().map(|(name, place)| Policy { name, place });
    let texts = it.texts.iter().map(|(file, text)| PolicyText { file, text });
    Restriction {
        license: &it.license,
        cite: &it.cite,
        says: &it.says,
        components: ids(&it.of),
        policies: policies.collect(),
        texts: texts.collect(),
    }
}

fn missing(it: &model::Missing) -> Missing<'_> {
    Missing { component: it.of.as_str(), what: &it.what, help: &it.help }
}
