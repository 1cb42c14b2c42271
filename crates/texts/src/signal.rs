//! A cheap look at a text: may it hold a license at all?

/// At most this many bytes are looked at before a text is taken for something else.
const MOST_BYTES: usize = 64 * 1024;

/// Words of licenses; no text that is known here is without one.
const SIGNALS: [&[u8]; 20] = [
    b"licens",
    b"licenc",
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
    "許諾".as_bytes(),
    b"creative commons",
    b"may be distributed",
    b"special exception",
    b"you can use this",
    b"you can do what you want",
];

/// As many slots as make few other beginnings share one with a signal.
const SLOT_BITS: u32 = 12;

/// Whether a signal begins with four bytes of this slot.
static BEGINNINGS: [bool; 1 << SLOT_BITS] = {
    let mut beginnings = [false; 1 << SLOT_BITS];
    let mut at = 0;
    while at < SIGNALS.len() {
        let it = SIGNALS[at];
        beginnings[slot([it[0], it[1], it[2], it[3]])] = true;
        at += 1;
    }
    beginnings
};

/// The slot of four bytes, the same for small letters and capitals.
const fn slot(four: [u8; 4]) -> usize {
    let small = u32::from_le_bytes(four) | 0x2020_2020;
    (small.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS)) as usize
}

/// Whether a text has enough words of licenses for [`identify`](crate::identify) to be worth its time.
pub fn looks_like_license(text: &str) -> bool {
    let mut signals = signals(&text.as_bytes()[..text.len().min(MOST_BYTES)]);
    let first = signals.next();
    first.is_some() && signals.any(|it| Some(it) != first)
}

/// Whether any word of a license stands in a text.
pub(crate) fn has_signal(text: &str) -> bool {
    signals(text.as_bytes()).next().is_some()
}

fn signals(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let fours = bytes.windows(4).map(|it| [it[0], it[1], it[2], it[3]]);
    let beginnings = fours.enumerate().filter(|it| BEGINNINGS[slot(it.1)]);
    beginnings.filter_map(|(at, _)| {
        let rest = &bytes[at..];
        SIGNALS
            .iter()
            .position(|it| rest.get(..it.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(it)))
    })
}
