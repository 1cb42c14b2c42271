//! A policy on top of another, over anything: what stands before the first NUL is the base, the rest
//! the child. Either there are mistakes, each in one of the texts, or the whole can be shown and the
//! showing is a policy again.

#![no_main]

use caveat_core::source::{SourceId, Span};
use caveat_policy::extends::effective;
use caveat_policy::policy::{Policy, PolicyError};
use caveat_policy::show::{tables, toml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (base, child) = text.split_once('\0').unwrap_or(("", &text));
    let texts = [child, base];
    let Ok(base) = Policy::parse_base("base.toml", base, SourceId(1)).map_err(|it| fits(&it, texts))
    else {
        return;
    };
    let child = Policy::parse_base("caveat.toml", child, SourceId(0));
    let Ok(child) = child.map_err(|it| fits(&it, texts)) else { return };
    if let Ok(policy) = effective(&child, &[base]).map_err(|it| fits(&it, texts)) {
        let shown = toml::document(&tables(&policy), &|_| None);
        Policy::parse_base("shown.toml", &shown, SourceId(0)).expect("what is shown is a policy");
    }
});

fn fits(mistakes: &[PolicyError], texts: [&str; 2]) {
    assert!(!mistakes.is_empty());
    for it in mistakes {
        let text = |at: Span| texts[at.source.0 as usize].get(at.range());
        assert!(text(it.at).is_some() && it.also().is_none_or(|(at, _)| text(at).is_some()));
    }
}
