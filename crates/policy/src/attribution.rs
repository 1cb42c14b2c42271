//! The attribution document: what has to be handed on with what goes out.

mod duties;
mod gather;
mod texts;

use caveat_core::component::ComponentId;
use caveat_core::copyrights::Copyright;

use crate::case::Case;
use crate::shipped::Shipped;

pub use gather::gather;

/// The files about licenses that a component carries, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// In the order of their names.
    pub texts: Vec<LegalText>,
    /// Statements of copyright in the heads of its other files.
    pub statements: Vec<Copyright>,
    /// Where its source is kept, as it says itself.
    pub address: Option<String>,
    /// Files about licenses that could not be read whole.
    pub unread: Vec<String>,
}

/// One file about licenses.
#[derive(Clone, Debug)]
pub struct LegalText {
    /// What reports call it.
    pub name: String,
    /// All of it.
    pub text: String,
    /// What sort of file it is.
    pub sort: Sort,
}

/// The sorts of files about licenses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The text of a license, or several.
    License,
    /// Attributions that are to be handed on.
    Notice,
    /// What may not be done with the work.
    UsePolicy,
}

/// Texts of licenses and exceptions by id, for those that no component carries.
pub type Standard<'a> = &'a dyn Fn(&str) -> Option<&'static str>;

/// What the document is made from.
pub struct Material<'a, 'b> {
    /// What was judged.
    pub case: &'b Case<'a>,
    /// What goes out.
    pub shipped: &'b Shipped<'a>,
    /// What each component carries.
    pub carried: &'b dyn Fn(&ComponentId) -> Option<&'b Carried>,
    /// What none carries.
    pub standard: Standard<'b>,
}

/// The document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// What it is for, where that has a name.
    pub product: Option<String>,
    /// Who is credited, by identity.
    pub credits: Vec<Credit>,
    /// License texts, those of most components first.
    pub texts: Vec<Text>,
    /// Contents of NOTICE files.
    pub notices: Vec<Notice>,
    /// What licenses ask to be said or shown in these words.
    pub required: Vec<Required>,
    /// Where source is to be had, or has to be offered.
    pub offers: Vec<Offer>,
    /// Restrictions of use that recipients have to be bound to.
    pub restrictions: Vec<Restriction>,
    /// What should be here and is not to be had.
    pub missing: Vec<Missing>,
}

/// A component and who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Its identity.
    pub id: ComponentId,
    /// What people call it.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// Its license as concluded.
    pub license: Option<String>,
    /// The licenses that bind: of choices the branch taken.
    pub chosen: Vec<String>,
    /// Statements of copyright.
    pub copyrights: Vec<String>,
    /// Where it comes from.
    pub address: Option<String>,
    /// Its license texts: numbers of [`Attribution::texts`], from 0.
    pub texts: Vec<usize>,
}

/// A license text and who is under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The licenses that it holds, as far as anybody can tell.
    pub licenses: Vec<String>,
    /// It comes from the list of licenses: the components carry none.
    pub is_standard: bool,
    /// The text: as it is written, or without the lines of copyright where those differ.
    pub text: String,
    /// Where it was read: component and file.
    pub read_in: Vec<(ComponentId, Option<String>)>,
}

/// What a NOTICE file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who carries it.
    pub read_in: Vec<(ComponentId, String)>,
    /// All of it.
    pub text: String,
}

/// Words or acts that a license asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Required {
    /// The license.
    pub license: String,
    /// The section.
    pub cite: String,
    /// What is to be done.
    pub says: String,
    /// The words, where the license fixes them.
    pub text: Option<String>,
    /// For whom.
    pub of: Vec<ComponentId>,
}

/// Source that has to be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Of what.
    pub of: ComponentId,
    /// By which license.
    pub license: String,
    /// The section.
    pub cite: String,
    /// What has to be offered.
    pub says: String,
    /// Where the source of the component is, as far as it says so itself.
    pub address: Option<String>,
}

/// Restrictions of use that go on to recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// By which license.
    pub license: String,
    /// The section that says how they go on.
    pub cite: String,
    /// What has to be done.
    pub says: String,
    /// For whom.
    pub of: Vec<ComponentId>,
    /// The lists of forbidden uses: what each is called, and where it stands.
    pub policies: Vec<(String, String)>,
    /// Such a list as a component carries it: file and text.
    pub texts: Vec<(String, String)>,
}

/// What should be in the document and is not to be had.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// For whom.
    pub of: ComponentId,
    /// What, and why.
    pub what: String,
    /// What to do.
    pub help: String,
}
