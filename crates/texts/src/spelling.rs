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

/// The hash of a lower-case word after spellings were made the same.
pub(crate) fn folded_hash(word: &str) -> u32 {
    if word.contains("licenc") {
        return word_hash(word.replace("licenc", "licens").as_bytes());
    }
    match SAME_WORDS.binary_search_by_key(&word, |it| it.0) {
        Ok(at) => word_hash(SAME_WORDS[at].1.as_bytes()),
        Err(_) => word_hash(word.as_bytes()),
    }
}
