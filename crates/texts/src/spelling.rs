//! Makes one word of spellings that mean the same in every license.

/// The hash under which a word is compared.
pub(crate) const fn word_hash(word: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < word.len() {
        hash = (hash ^ word[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

/// British and American, old and new: the word on the left is read as the one on the right.
const SAME_WORDS: &[(&str, &str)] = &[
    ("acknowledgement", "acknowledgment"),
    ("acknowledgements", "acknowledgments"),
    ("analogue", "analog"),
    ("analyse", "analyze"),
    ("artefact", "artifact"),
    ("artefacts", "artifacts"),
    ("authorisation", "authorization"),
    ("authorise", "authorize"),
    ("authorised", "authorized"),
    ("behaviour", "behavior"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("colour", "color"),
    ("customise", "customize"),
    ("customised", "customized"),
    ("defence", "defense"),
    ("favour", "favor"),
    ("favourite", "favorite"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("honour", "honor"),
    ("https", "http"),
    ("initialise", "initialize"),
    ("judgement", "judgment"),
    ("labelling", "labeling"),
    ("labour", "labor"),
    ("merchantibility", "merchantability"),
    ("modelling", "modeling"),
    ("offence", "offense"),
    ("optimisation", "optimization"),
    ("organisation", "organization"),
    ("organisations", "organizations"),
    ("owner", "holder"),
    ("owners", "holders"),
    ("practise", "practice"),
    ("programme", "program"),
    ("recognise", "recognize"),
    ("recognised", "recognized"),
    ("unauthorised", "unauthorized"),
    ("unauthorized", "unauthorized"),
    ("utilisation", "utilization"),
    ("utilise", "utilize"),
    ("whilst", "while"),
    ("wilful", "willful"),
];

/// As many slots as make most words find theirs empty.
const SLOTS: usize = 1024;

/// For the hash of a word the hash of the one that it is read as, at its slot or at one of the next; zero is empty.
static SAME_HASHES: [(u32, u32); SLOTS] = {
    let mut slots = [(0, 0); SLOTS];
    let mut at = 0;
    while at < SAME_WORDS.len() {
        let hash = word_hash(SAME_WORDS[at].0.as_bytes());
        let mut slot = hash as usize % SLOTS;
        while slots[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        slots[slot] = (hash, word_hash(SAME_WORDS[at].1.as_bytes()));
        at += 1;
    }
    slots
};

/// The hash of a lower-case word after spellings were made the same.
pub(crate) fn folded_hash(word: &str) -> u32 {
    if has_licenc(word.as_bytes()) {
        return word_hash(word.replace("licenc", "licens").as_bytes());
    }
    let hash = word_hash(word.as_bytes());
    let mut slot = hash as usize % SLOTS;
    while SAME_HASHES[slot].0 != 0 {
        if SAME_HASHES[slot].0 == hash {
            return SAME_HASHES[slot].1;
        }
        slot = (slot + 1) % SLOTS;
    }
    hash
}

fn has_licenc(word: &[u8]) -> bool {
    word.len() >= 7 && word.windows(6).any(|it| it[0] == b'l' && it == b"licenc")
}
