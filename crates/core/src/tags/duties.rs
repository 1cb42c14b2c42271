//! Which facts give the tags for what is granted and asked.

use super::ground::{Ground, or_category};
use crate::terms::{
    Attribution, Category, Consequence, DiscloseSource, DisplayKind, NameKind, ShareAlike, Terms,
    Word, WrittenFor,
};

/// The fact that best shows a broad grant.
fn grant(terms: &Terms, category: Category, says: &str) -> Vec<Ground> {
    if terms.license.category != category {
        return Vec::new();
    }
    let grants = &terms.grants;
    let ground = (grants.redistribution.as_ref().map(|it| Ground::new(it, says)))
        .or_else(|| grants.commercial_use.as_ref().map(|it| Ground::new(it, says)))
        .or_else(|| grants.modification.as_ref().map(|it| Ground::new(it, says)));
    vec![ground.unwrap_or_else(|| Ground::category(terms, says))]
}

pub(super) fn public_domain(terms: &Terms) -> Vec<Ground> {
    grant(terms, Category::PublicDomain, "do what you like, without conditions")
}

pub(super) fn permissive(terms: &Terms) -> Vec<Ground> {
    grant(terms, Category::Permissive, "use, change and pass on for any purpose")
}

pub(super) fn attribution(terms: &Terms) -> Vec<Ground> {
    let credit = terms.duties.attribution.iter();
    let credit = credit.filter(|it| it.value.value == Attribution::Yes);
    let credit = credit.map(|it| Ground::new(it, "keep or give credit to the authors"));
    let beside = terms.duties.displays.iter().filter(|it| match it.value.kind {
        DisplayKind::Documentation | DisplayKind::Disclaimer => it.value.required,
        DisplayKind::Credit | DisplayKind::Advertising | DisplayKind::LegalNotices => false,
    });
    credit.chain(beside.map(|it| Ground::new(it, "put a credit into the documentation"))).collect()
}

pub(super) fn attribution_display(terms: &Terms) -> Vec<Ground> {
    let shown = terms.duties.displays.iter().filter(|it| it.value.required);
    let shown = shown.filter_map(|it| {
        let says = match it.value.kind {
            DisplayKind::Credit => "show",
            DisplayKind::Advertising => "put into all advertising",
            DisplayKind::Documentation | DisplayKind::LegalNotices | DisplayKind::Disclaimer => {
                return None;
            }
        };
        let text = it.value.any_of.join("\" or \"");
        let when = it.value.trigger.as_ref().map(|it| format!(" when: {it}"));
        Some(Ground::new(it, format!("{says} \"{text}\"{}", when.unwrap_or_default())))
    });
    let past = terms.limits.thresholds.iter();
    let past = past.filter(|it| it.value.consequence == Consequence::DisplayRequired);
    let past = past.map(|it| Ground::new(it, format!("{} must show a credit", it.value.who())));
    shown.chain(past).collect()
}

pub(super) fn naming_required(terms: &Terms) -> Vec<Ground> {
    let names = terms.duties.names.iter().filter(|it| match it.value.kind {
        NameKind::Prefix | NameKind::Contains => true,
        NameKind::MustDiffer | NameKind::MustIdentifyAsModified => false,
    });
    let says = |kind: NameKind, text: Option<&String>| match text {
        Some(text) => format!("{} \"{text}\"", kind.clause()),
        None => kind.clause().to_owned(),
    };
    names.map(|it| Ground::new(it, says(it.value.kind, it.value.text.as_ref()))).collect()
}

/// The facts that make a license of a category reciprocal for code.
fn reciprocal(terms: &Terms, category: Category, says: &str) -> Vec<Ground> {
    if terms.license.category != category || terms.license.written_for != WrittenFor::Code {
        return Vec::new();
    }
    let shared = terms.duties.share_alike.iter().filter(|it| it.value.value != ShareAlike::None);
    let shared = shared.map(|it| Ground::new(it, says));
    let source = terms.duties.disclose_source.iter();
    let source = source.filter(|it| it.value.value != DiscloseSource::None);
    let source = source.map(|it| Ground::new(it, it.value.value.clause()));
    or_category(shared.chain(source).collect(), terms, category, says)
}

pub(super) fn weak_reciprocal(terms: &Terms) -> Vec<Ground> {
    reciprocal(terms, Category::WeakCopyleft, "keep it, and changes to it, under its license")
}

pub(super) fn strong_reciprocal(terms: &Terms) -> Vec<Ground> {
    reciprocal(terms, Category::StrongCopyleft, "pass on the whole program under its license")
}

pub(super) fn network_reciprocal(terms: &Terms) -> Vec<Ground> {
    let by_category = reciprocal(
        terms,
        Category::NetworkCopyleft,
        "pass on the whole program under its license, to users over a network too",
    );
    if !by_category.is_empty() {
        return by_category;
    }
    let source = terms.duties.disclose_source.iter().filter(|it| match it.value.value {
        DiscloseSource::Network | DiscloseSource::ServiceStack => true,
        DiscloseSource::None
        | DiscloseSource::File
        | DiscloseSource::Library
        | DiscloseSource::Work
        | DiscloseSource::DerivativeDatabase => false,
    });
    source.map(|it| Ground::new(it, it.value.value.clause())).collect()
}

pub(super) fn share_alike(terms: &Terms) -> Vec<Ground> {
    match terms.license.written_for {
        WrittenFor::Data | WrittenFor::Model => {}
        WrittenFor::Code => return Vec::new(),
    }
    let shared = terms.duties.share_alike.iter().filter(|it| match it.value.value {
        ShareAlike::File
        | ShareAlike::Library
        | ShareAlike::SameLicense
        | ShareAlike::SameLicenseForSource
        | ShareAlike::SameOrCompatible => true,
        ShareAlike::None | ShareAlike::RestrictionsOnly => false,
    });
    shared.map(|it| Ground::new(it, it.value.value.clause())).collect()
}

pub(super) fn anti_lockdown(terms: &Terms) -> Vec<Ground> {
    let facts = terms.duties.installation_information.iter();
    facts.map(|it| Ground::new(it, "let users of a device install changed versions")).collect()
}
