//! Fields of activity, in the words by which licenses forbid or limit them.

use caveat_core::terms::{RestrictedUse, RestrictedUses, Word as _};

use crate::vocabulary::Word;

/// The fields that terms files know.
const KNOWN: &[(&str, RestrictedUse)] = <RestrictedUse as caveat_core::terms::Word>::ALL;

/// Words that people use for a field, beside the name that terms files have for it.
const SHORT: &[(&str, RestrictedUse)] = &[
    ("medical", RestrictedUse::MedicalAdvice),
    ("medicine", RestrictedUse::MedicalAdvice),
    ("health", RestrictedUse::MedicalAdvice),
    ("healthcare", RestrictedUse::MedicalAdvice),
    ("diagnosis", RestrictedUse::MedicalAdvice),
    ("legal", RestrictedUse::LegalAdvice),
    ("defense", RestrictedUse::Military),
    ("defence", RestrictedUse::Military),
    ("arms", RestrictedUse::Weapons),
    ("police", RestrictedUse::LawEnforcement),
    ("policing", RestrictedUse::LawEnforcement),
    ("justice", RestrictedUse::CriminalJustice),
    ("migration", RestrictedUse::Immigration),
    ("asylum", RestrictedUse::Immigration),
    ("energy", RestrictedUse::CriticalInfrastructure),
    ("utilities", RestrictedUse::CriticalInfrastructure),
    ("automotive", RestrictedUse::TransportControl),
    ("aviation", RestrictedUse::TransportControl),
    ("driving", RestrictedUse::TransportControl),
    ("biometric", RestrictedUse::BiometricIdentification),
    ("biometrics", RestrictedUse::BiometricIdentification),
    ("credit", RestrictedUse::FinancialEligibility),
    ("lending", RestrictedUse::FinancialEligibility),
    ("financial", RestrictedUse::FinancialEligibility),
    ("employment", RestrictedUse::EmploymentEligibility),
    ("hiring", RestrictedUse::EmploymentEligibility),
    ("recruiting", RestrictedUse::EmploymentEligibility),
    ("education", RestrictedUse::EducationEligibility),
    ("admissions", RestrictedUse::EducationEligibility),
    ("elections", RestrictedUse::PoliticalCampaigning),
    ("politics", RestrictedUse::PoliticalCampaigning),
    ("pornography", RestrictedUse::AdultContent),
    ("betting", RestrictedUse::Gambling),
    ("pii", RestrictedUse::PiiGeneration),
    ("infringement", RestrictedUse::CopyrightInfringement),
];

impl Word for RestrictedUse {
    const NOUN: &'static str = "field of activity";
    const ALL: &'static [Self] = &{
        let mut all = [RestrictedUse::Military; KNOWN.len()];
        let mut at = 0;
        while at < KNOWN.len() {
            all[at] = KNOWN[at].1;
            at += 1;
        }
        all
    };
    const ALIASES: &'static [(&'static str, Self)] = SHORT;

    fn word(self) -> &'static str {
        self.name()
    }
}

/// What a license's list says of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed<'a> {
    /// It is not on the list, and the list is whole.
    Absent,
    /// It is not on the list, of which only a part was read.
    Unread,
    /// It is limited: what was noted of the limits.
    Limited(&'a str),
    /// It is forbidden, as far as was noted.
    Forbidden,
}

/// What a list says of a field; `note` is what its reader noted beside it.
pub fn listed<'a>(
    list: &RestrictedUses,
    note: Option<&'a str>,
    field: RestrictedUse,
) -> Listed<'a> {
    let mut parts = note.unwrap_or_default().split(';').map(str::trim);
    if !list.0.contains(&field) {
        let partly = parts.any(|it| it.contains("list is incomplete"));
        return if partly { Listed::Unread } else { Listed::Absent };
    }
    parts.find(|it| speaks_of(it, field)).map_or(Listed::Forbidden, Listed::Limited)
}

/// Whether a part of a note is about the field, or about every one.
fn speaks_of(part: &str, field: RestrictedUse) -> bool {
    let mut words = part.split(|it: char| !it.is_alphanumeric() && it != '-');
    part.starts_with("each ") || words.any(|it| RestrictedUse::from_word(it) == Some(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_on_a_field_limits_it_and_no_other() {
        let list = RestrictedUses(vec![
            RestrictedUse::MedicalAdvice,
            RestrictedUse::FinancialEligibility,
            RestrictedUse::Military,
        ]);
        let note = "medical-advice: only as a substitute for a doctor (m); credit, housing: only \
                    as automated decisions (n)";
        let check = |note, field, expected| assert_eq!(listed(&list, note, field), expected);
        let medical = "medical-advice: only as a substitute for a doctor (m)";
        check(Some(note), RestrictedUse::MedicalAdvice, Listed::Limited(medical));
        let credit = "credit, housing: only as automated decisions (n)";
        check(Some(note), RestrictedUse::FinancialEligibility, Listed::Limited(credit));
        check(Some(note), RestrictedUse::Military, Listed::Forbidden);
        check(None, RestrictedUse::Military, Listed::Forbidden);
        check(Some(note), RestrictedUse::Insurance, Listed::Absent);
        let partly = Some("the rest was not read, so this list is incomplete");
        check(partly, RestrictedUse::Insurance, Listed::Unread);
        let each = Some("each only in its illegal form");
        check(each, RestrictedUse::Military, Listed::Limited("each only in its illegal form"));
    }

    #[test]
    fn every_field_has_one_name() {
        let mut words: Vec<_> = KNOWN.iter().map(|it| it.1.word()).collect();
        words.extend(SHORT.iter().map(|(it, _)| *it));
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
