//! Values of one type each.

use caveat_core::component::Kind;
use toml::de::DeValue;

use super::super::mistake::unknown;
use super::super::{Allowance, Digest, FINDINGS, InboundTerms, Mistake, Outbound, finding};
use crate::date::{Date, Period};
use crate::glob::{BadGlob, Glob, LicensePattern};
use crate::package::{BadPackage, PackagePattern};
use crate::person::Who;
use crate::region::Region;
use crate::vocabulary::Word;
use caveat_core::tags::Tag;

type Value<'v> = DeValue<'v>;

fn wrong(key: &str, wanted: &'static str, value: &Value<'_>) -> Mistake {
    Mistake::WrongType { key: key.to_owned(), wanted, found: value.type_str(), help: None }
}

fn bad(text: &str, fault: &'static str, help: impl Into<String>) -> Mistake {
    Mistake::BadForm { text: text.to_owned(), fault, help: help.into() }
}

/// A text that says something.
pub(super) fn text(key: &str, value: &Value<'_>) -> Result<String, Mistake> {
    let text = value.as_str().ok_or_else(|| wrong(key, "a string", value))?;
    if text.trim().is_empty() {
        return Err(Mistake::Empty { key: key.to_owned() });
    }
    Ok(text.to_owned())
}

/// `true` or `false`.
pub(super) fn flag(key: &str, value: &Value<'_>) -> Result<bool, Mistake> {
    value.as_bool().ok_or_else(|| wrong(key, "true or false", value))
}

/// A whole number, not negative.
pub(super) fn number(key: &str, value: &Value<'_>) -> Result<u64, Mistake> {
    let integer = value.as_integer().ok_or_else(|| wrong(key, "a whole number", value))?;
    u64::from_str_radix(integer.as_str(), integer.radix()).map_err(|_| {
        bad(&integer.to_string(), "is not a number that counts anything", "write 0 or more")
    })
}

/// One of a closed set of words.
pub(super) fn word<T: Word>(key: &str, value: &Value<'_>) -> Result<T, Mistake> {
    let text = text(key, value)?;
    T::from_word(&text).ok_or_else(|| unknown::<T>(&text))
}

/// A day, without a time.
pub(super) fn date(key: &str, value: &Value<'_>) -> Result<Date, Mistake> {
    let quoted = value.as_str().and_then(Date::parse);
    let Some(found) = value.as_datetime() else {
        let help = quoted.map(|it| format!("write it without quotes: {key} = {it}"));
        let (key, found) = (key.to_owned(), value.type_str());
        return Err(Mistake::WrongType { key, wanted: "a date", found, help });
    };
    let day = found.date.filter(|_| found.time.is_none());
    day.and_then(|it| Date::new(it.year, it.month, it.day))
        .ok_or_else(|| bad(&found.to_string(), "is not a day", "write it as 2026-12-31"))
}

/// `120d`, `2w`, `6m`, `3y`.
pub(super) fn period(key: &str, value: &Value<'_>) -> Result<Period, Mistake> {
    const HELP: &str = "write days, weeks, months or years: 120d, 2w, 6m, 3y";
    if let Some(days) = value.as_integer() {
        let help = Some(format!("write `{key} = \"{days}d\"` for days"));
        let (key, found) = (key.to_owned(), value.type_str());
        return Err(Mistake::WrongType { key, wanted: "a period such as \"120d\"", found, help });
    }
    let text = text(key, value)?;
    Period::parse(&text).ok_or_else(|| bad(&text, "is not a period", HELP))
}

/// A pattern over paths.
pub(super) fn glob(key: &str, value: &Value<'_>) -> Result<Glob, Mistake> {
    let text = text(key, value)?;
    Glob::new(&text).map_err(|it| match it {
        BadGlob::Empty => Mistake::Empty { key: key.to_owned() },
        BadGlob::DeepInsideName => bad(
            &text,
            "has `**` beside other characters",
            "`**` stands for whole folders: `**/*.rs`",
        ),
        BadGlob::Backslash => bad(&text, "has a backslash", "separate folders by `/`"),
        BadGlob::Braces => bad(&text, "has braces", "write a list of patterns"),
        BadGlob::Negated => bad(&text, "begins with `!`", "name what is meant, or use [[exclude]]"),
        BadGlob::Parent => bad(&text, "leaves the repository", "write it from the root"),
    })
}

/// A pattern over licenses.
pub(super) fn license(key: &str, value: &Value<'_>) -> Result<LicensePattern, Mistake> {
    text(key, value).map(|it| LicensePattern::new(&it))
}

/// A package URL.
pub(super) fn package(key: &str, value: &Value<'_>) -> Result<PackagePattern, Mistake> {
    const FORM: &str = "write a package URL: pkg:huggingface/org/name@revision, pkg:cargo/name@1.2";
    let text = text(key, value)?;
    PackagePattern::new(&text).map_err(|it| match it {
        BadPackage::NoScheme => bad(&text, "is not a package", FORM),
        BadPackage::NoVersion => {
            bad(&text, "has an empty version", "name one, or leave out the `@`")
        }
        BadPackage::NotARevision => bad(
            &text,
            "names a branch or tag, which may move",
            "pin a revision: the first 7 or all 40 digits of the commit",
        ),
    })
}

/// A place.
pub(super) fn region(key: &str, value: &Value<'_>) -> Result<Region, Mistake> {
    let text = text(key, value)?;
    Region::parse(&text).ok_or_else(|| {
        let help = Region::suggestion(&text).map_or_else(
            || "write an ISO 3166 code (US, GB, KR), EU, EEA or worldwide".to_owned(),
            |it| format!("did you mean `{it}`, {}?", it.name()),
        );
        bad(&text, "is not a region", help)
    })
}

/// The path of a file in the repository.
pub(super) fn file(key: &str, value: &Value<'_>) -> Result<String, Mistake> {
    let text = text(key, value)?;
    inside(&text).map(|()| text)
}

/// That a path stays in the folder that it starts from.
pub(super) fn inside(path: &str) -> Result<(), Mistake> {
    if path.contains('\\') {
        return Err(bad(path, "has a backslash", "separate folders by `/`"));
    }
    let outside = path.is_empty() || path.starts_with('/') || path.contains('\0');
    if outside || path.split('/').any(|it| it == "..") {
        return Err(bad(path, "is not a path inside the repository", "write it from the root"));
    }
    Ok(())
}

/// A SHA-256 digest.
pub(super) fn digest(key: &str, value: &Value<'_>) -> Result<Digest, Mistake> {
    let text = text(key, value)?;
    Digest::parse(&text)
        .ok_or_else(|| bad(&text, "is not a SHA-256 digest", "write its 64 hexadecimal digits"))
}

/// A tag or the name of a finding.
pub(super) fn allowance(key: &str, value: &Value<'_>) -> Result<Allowance, Mistake> {
    let word = text(key, value)?;
    let tag = Tag::from_word(&word).map(Allowance::Tag);
    tag.or_else(|| finding(&word).map(Allowance::Finding)).ok_or_else(|| {
        let tags = Tag::ALL.iter().map(|it| it.word());
        let allowed = tags.chain(FINDINGS.iter().copied()).collect();
        Mistake::UnknownWord { noun: "tag or finding", word, allowed }
    })
}

/// `declared`, or a license expression.
pub(super) fn outbound(key: &str, value: &Value<'_>) -> Result<Outbound, Mistake> {
    let text = text(key, value)?;
    Ok(if text == "declared" { Outbound::Declared } else { Outbound::License(text) })
}

/// `inbound=outbound`, or a license expression.
pub(super) fn inbound_terms(key: &str, value: &Value<'_>) -> Result<InboundTerms, Mistake> {
    let text = text(key, value)?;
    let same = text.replace(' ', "") == "inbound=outbound";
    Ok(if same { InboundTerms::SameAsOutbound } else { InboundTerms::License(text) })
}

/// Somebody, or many who have something in common.
pub(super) fn who(key: &str, value: &Value<'_>) -> Result<Who, Mistake> {
    let text = text(key, value)?;
    Who::new(&text)
        .ok_or_else(|| bad(&text, "would be everybody", "write an address, `*@domain` or a name"))
}

/// `LicenseRef-…`.
pub(super) fn license_ref(key: &str, value: &Value<'_>) -> Result<String, Mistake> {
    let text = text(key, value)?;
    let name = text.strip_prefix("LicenseRef-").unwrap_or_default();
    let plain = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '.';
    if name.is_empty() || !name.chars().all(plain) {
        const HELP: &str = "write `LicenseRef-` and a name of letters, digits, `-` and `.`";
        return Err(bad(&text, "cannot be the id of a license of your own", HELP));
    }
    Ok(text)
}

/// A kind of component; `weights` is a model.
pub(super) fn kind(key: &str, value: &Value<'_>) -> Result<Kind, Mistake> {
    word(key, value)
}
