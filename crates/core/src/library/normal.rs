//! How names and addresses of licenses are compared. The build script uses this file too.

/// Longer words are nobody's name of a license.
const LONGEST: usize = 300;

/// The form of `words` in which spellings of one name are equal: an address without what varies,
/// or lower-case words without punctuation, versions in one form, `license` and `the` left out.
/// Nothing for what is too long to be a name. `synonyms` are applied in their order.
pub(crate) fn key(words: &str, synonyms: &[(&str, &str)]) -> Option<String> {
    let words = words.trim();
    if words.len() > LONGEST {
        return None;
    }
    Some(address(words).unwrap_or_else(|| name(words, synonyms)))
}

/// The form of an address, if `words` are one. It holds a `/`, which no form of a name does.
pub(crate) fn address(words: &str) -> Option<String> {
    let words = words.trim().trim_matches(['<', '>', '"', '\'']);
    if words.len() > LONGEST || words.contains(char::is_whitespace) {
        return None;
    }
    let lower = words.to_lowercase();
    let (rest, schemed) = match lower.split_once("://") {
        Some(("http" | "https", rest)) => (rest, true),
        Some(_) => return None,
        None => (lower.as_str(), lower.starts_with("www.")),
    };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if !schemed && (path.is_empty() || !is_host(host)) {
        return None;
    }
    let path = path.split(['#', '?']).next().unwrap_or_default();
    let mut parts: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    while parts.last().is_some_and(|it| it.starts_with("deed") || it.starts_with("legalcode")) {
        parts.pop();
    }
    let host = if host == "raw.githubusercontent.com" {
        parts.insert(parts.len().min(2), "blob");
        "github.com"
    } else {
        host
    };
    let mut path = parts.join("/").replace("licence", "license");
    for ending in [".html", ".htm", ".txt", ".php", ".md", ".pdf"] {
        if let Some(short) = path.strip_suffix(ending) {
            path.truncate(short.len());
        }
    }
    // The language of the page: `xyz-3.0.en`.
    if let Some((short, language)) = path.rsplit_once('.')
        && language.len() == 2
        && language.chars().all(|it| it.is_ascii_alphabetic())
    {
        path.truncate(short.len());
    }
    for (from, to) in
        [("/resolve/", "/blob/"), ("/raw/", "/blob/"), ("/blob/master/", "/blob/main/")]
    {
        path = path.replacen(from, to, 1);
    }
    Some(format!("{host}/{path}"))
}

fn is_host(host: &str) -> bool {
    let fits =
        |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
    let ending = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(fits)
        && ending.len() >= 2
        && ending.chars().all(|it| it.is_ascii_alphabetic())
}

/// The form of a name.
pub(crate) fn name(words: &str, synonyms: &[(&str, &str)]) -> String {
    let all = tokens(words);
    let said: Vec<&str> = without_filler(&all);
    let mut text = format!(" {} ", said.join(" "));
    for (from, to) in synonyms {
        // Hardly any of them stands in a name.
        if !text.contains(*from) {
            continue;
        }
        let to = if to.is_empty() { " ".to_owned() } else { format!(" {to} ") };
        text = text.replace(&format!(" {from} "), &to);
    }
    let short = text.trim();
    if short.is_empty() { all.join(" ") } else { short.to_owned() }
}

/// Words, numbers and `+`, in lower case. `XYZv2`, `XYZ v2.0` and `xyz-2` give the same.
fn tokens(words: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut token = String::new();
    let mut rest = words.chars().peekable();
    let mut end = |token: &mut String, before_digit: bool| {
        let mut word = std::mem::take(token);
        if word.starts_with(|it: char| it.is_ascii_digit()) {
            while let Some(short) = word.strip_suffix(".0") {
                word.truncate(short.len());
            }
        } else if before_digit && word.ends_with('v') {
            word.pop();
        }
        if !word.is_empty() {
            tokens.push(word.replace("licence", "license"));
        }
    };
    while let Some(c) = rest.next() {
        let digits = token.starts_with(|it: char| it.is_ascii_digit());
        let next_is_digit = rest.peek().is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() {
            if !digits {
                end(&mut token, true);
            }
            token.push(c);
        } else if c == '.' && digits && next_is_digit {
            token.push(c);
        } else if c.is_alphanumeric() {
            if digits {
                end(&mut token, false);
            }
            token.extend(c.to_lowercase());
        } else if c == '\'' || c == '’' {
            // An apostrophe does not part words.
        } else {
            // `v 2`, `v. 2` and `v2` are one.
            let version = token == "v" && (next_is_digit || c == '.' || c == ' ');
            end(&mut token, version);
            if c == '+' {
                token.push('+');
                end(&mut token, false);
            } else if c == '&' {
                token.push_str("and");
                end(&mut token, false);
            }
        }
    }
    end(&mut token, false);
    tokens
}

/// Leaves out words that do not tell licenses apart. `agreement` alone does.
fn without_filler(tokens: &[String]) -> Vec<&str> {
    let mut said: Vec<&str> = Vec::new();
    let mut after_license = false;
    for token in tokens {
        let filler = match token.as_str() {
            "the" | "license" | "licenses" | "licensed" | "version" => true,
            "agreement" => after_license,
            _ => false,
        };
        after_license = token == "license";
        if !filler {
            said.push(token);
        }
    }
    said
}
