//! Who a license is: its id, names, kind.

use std::collections::BTreeMap;
use std::ops::Range;

use super::table::Table;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What sort of license it is.
    Category {
        PublicDomain = "public-domain", May: "anything, without conditions";
        Permissive = "permissive", May: "nearly anything, with credit";
        WeakCopyleft = "weak-copyleft", Must: "keep the work itself, and changes to it, under its license";
        StrongCopyleft = "strong-copyleft", Must: "keep the whole under its license";
        NetworkCopyleft = "network-copyleft", Must: "keep the whole under its license, for users over a network too";
        NoDerivatives = "no-derivatives", MustNot: "pass on changed versions";
        SourceAvailable = "source-available", MustNot: "use it in ways that the text reserves";
        NonCommercial = "non-commercial", MustNot: "use it commercially";
        ResearchOnly = "research-only", MustNot: "use it for anything but research";
        ResponsibleAi = "responsible-ai", MustNot: "use it for what its list forbids";
        CommunityThreshold = "community-threshold", Barred: "those past a size or in a business";
        Proprietary = "proprietary", MustNot: "do more than the text expressly grants";
    }

    /// What a license text was written for.
    WrittenFor {
        Code = "code", May: "code";
        Data = "data", May: "data and other content";
        Model = "model", May: "AI models";
    }

    /// What a license is used on.
    UsedOn {
        Code = "code", May: "code";
        Data = "data", May: "data";
        Model = "model", May: "models";
    }
}

/// Who a license is.
#[derive(Clone, Debug)]
pub struct Identity {
    /// SPDX id, or `LicenseRef-…` for what SPDX lacks.
    pub id: String,
    /// Its title.
    pub name: String,
    /// Other names that people write.
    pub aliases: Vec<String>,
    /// Values of `license:` on the Hugging Face hub.
    pub hub_ids: Vec<String>,
    /// Values of `license_name:` on the Hugging Face hub.
    pub hub_names: Vec<String>,
    /// Addresses of its text.
    pub urls: Vec<String>,
    /// Trove classifiers of the Python package index.
    pub classifiers: Vec<String>,
    /// Key in the database of ScanCode.
    pub scancode: Option<String>,
    /// What the text was written for.
    pub written_for: WrittenFor,
    /// What it is used on.
    pub kinds: Vec<UsedOn>,
    /// The family that it belongs to.
    pub family: String,
    /// What sort of license it is.
    pub category: Category,
    /// Where the category stands in the terms file.
    pub category_at: Range<usize>,
    /// Approved by the Open Source Initiative.
    pub osi_approved: bool,
    /// Free by the count of the Free Software Foundation.
    pub fsf_libre: bool,
    /// When the text was published: a day, a month or a year.
    pub released: Option<String>,
    /// The law that governs it.
    pub law: Option<String>,
    /// Where its text was read: a name in the sources of the file.
    pub text: Option<String>,
    /// Other dated versions that were read and told apart.
    pub variants: Vec<String>,
    /// What a reader should know besides.
    pub note: Option<String>,
}

impl Identity {
    /// Reads the section `[license]`.
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let written_for = table.word("written-for");
        let category = table.word("category");
        Some(Self {
            id: table.need("id"),
            name: table.need("name"),
            aliases: table.texts("aliases"),
            hub_ids: table.texts("hub-ids"),
            hub_names: table.texts("hub-names"),
            urls: table.texts("urls"),
            classifiers: table.texts("classifiers"),
            scancode: table.text("scancode"),
            kinds: table.some("kinds"),
            family: table.text("family").unwrap_or_default(),
            category_at: table.place("category"),
            osi_approved: table.flag("osi-approved"),
            fsf_libre: table.flag("fsf-libre"),
            released: table.text("released"),
            law: table.text("law"),
            text: table.text("text"),
            variants: table.texts("variants"),
            note: table.text("note"),
            written_for: written_for?,
            category: category?,
        })
    }
}

/// Where a text was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What sort of place: `github`, `pypi`, `hugging-face`, `third-party`.
    pub place: String,
    /// The repository.
    pub repo: Option<String>,
    /// The path in it.
    pub path: Option<String>,
    /// The commit or release.
    pub commit: Option<String>,
    /// What a reader should know besides.
    pub note: Option<String>,
}

/// Reads the section `[sources]`.
pub(super) fn origins(table: &mut Table<'_>) -> BTreeMap<String, Origin> {
    let mut origins = BTreeMap::new();
    for (name, mut table) in table.tables() {
        let origin = Origin {
            place: table.need("where"),
            repo: table.text("repo"),
            path: table.text("path"),
            commit: table.text("commit"),
            note: table.text("note"),
        };
        table.finish();
        origins.insert(name, origin);
    }
    origins
}
