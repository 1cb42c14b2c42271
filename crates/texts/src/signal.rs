//! A cheap look at a text: may it hold a license at all?

/// At most this many bytes are looked at.
const MOST_BYTES: usize = 64 * 1024;

/// Words of licenses; two different ones are enough to look closer.
const SIGNALS: [&[u8]; 14] = [
    b"license",
    b"licence",
    b"lizenz",
    b"permission",
    b"permitted",
    b"warrant",
    b"redistribut",
    b"copyright",
    b"public domain",
    b"liable",
    b"liability",
    b"freely",
    b"as is",
    "许可".as_bytes(),
];

/// Whether a text has enough words of licenses for [`identify`](crate::identify) to be worth its time.
pub fn looks_like_license(text: &str) -> bool {
    const ENOUGH: usize = 2;
    let bytes = &text.as_bytes()[..text.len().min(MOST_BYTES)];
    let mut seen = [false; SIGNALS.len()];
    for at in 0..bytes.len() {
        for (signal, seen) in SIGNALS.iter().zip(&mut seen) {
            *seen |= starts_with(&bytes[at..], signal);
        }
        if seen.iter().filter(|it| **it).count() >= ENOUGH {
            return true;
        }
    }
    false
}

fn starts_with(bytes: &[u8], signal: &[u8]) -> bool {
    bytes.first().is_some_and(|it| it.to_ascii_lowercase() == signal[0])
        && bytes.get(..signal.len()).is_some_and(|it| it.eq_ignore_ascii_case(signal))
}
