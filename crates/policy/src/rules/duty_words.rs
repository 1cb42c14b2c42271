//! What findings call a duty that is not met.

use crate::duty::DutyKind;

/// The words for one kind of duty.
pub(super) struct Words {
    /// What is asked, at a glance: said with "yes" and "no".
    pub(super) short: &'static str,
    /// What stands under the place.
    pub(super) label: &'static str,
    /// How it goes out, or what it is; LICENSE stands for the title of the license.
    pub(super) lacks: &'static str,
}

/// The words for a kind of duty.
pub(super) fn words(kind: DutyKind) -> Words {
    const NOT_HERE: &str = "asks for what is not here";
    let (short, label, lacks) = match kind {
        DutyKind::LicenseCopy => {
            ("license text", "its text does not go along", "without the text of LICENSE")
        }
        DutyKind::Attribution => ("credit", NOT_HERE, "without the credit that LICENSE asks for"),
        DutyKind::NoticeFile => (
            "notice",
            "asks for a notice that is not here",
            "without the notice that LICENSE asks for",
        ),
        DutyKind::Display => ("credit on show", NOT_HERE, "without showing what LICENSE asks for"),
        DutyKind::Naming => ("name", "asks for another name", "not named as LICENSE asks"),
        DutyKind::StateChanges => {
            ("changes stated", NOT_HERE, "without saying that it was changed, as LICENSE asks")
        }
        DutyKind::FlowDown => {
            ("restrictions passed on", NOT_HERE, "without passing on what LICENSE forbids")
        }
        DutyKind::Source => {
            ("source offered", NOT_HERE, "without an offer of its source, as LICENSE asks")
        }
        DutyKind::Documentation => {
            ("documentation", NOT_HERE, "without the documentation that LICENSE asks for")
        }
        DutyKind::ShareAlike
        | DutyKind::SameDatabase
        | DutyKind::Installation
        | DutyKind::Cite
        | DutyKind::OutputNotice
        | DutyKind::ContentFilter
        | DutyKind::DerivativeReport
        | DutyKind::OtherLicense
        | DutyKind::Acceptance
        | DutyKind::GrantBack
        | DutyKind::SourceForm => ("the rest", NOT_HERE, "without what LICENSE asks for"),
    };
    Words { short, label, lacks }
}
