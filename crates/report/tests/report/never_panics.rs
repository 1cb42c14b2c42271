//! Whatever is in the sources and wherever spans point: every format writes.

use caveat_core::source::{Source, SourceId, Span};
use caveat_report::formats::FORMATS;
use caveat_report::run::Look;
use proptest::prelude::*;

use crate::sample::{Sample, written};

fn span() -> impl Strategy<Value = Span> {
    let near = (0..10_u32, 0..200_u32, 0..200_u32);
    let far = (0..10_u32, any::<u32>(), any::<u32>());
    prop_oneof![near, far].prop_map(|(it, start, end)| Span { source: SourceId(it), start, end })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,80}", "[\u{0}-\u{9f}\u{202e}大\u{301}\n\r\t ]{0,80}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_text_and_span_can_be_written(
        spans in prop::collection::vec(span(), 4),
        texts in prop::collection::vec(text(), 6),
        width in 0..130_usize,
    ) {
        let mut sample = Sample::new();
        for (number, it) in (0..).zip(&texts) {
            let mut source = Source::text(SourceId(number), it.clone(), it.clone());
            source.origins = if number == 1 { vec![(3, u64::MAX)] } else { Vec::new() };
            sample.sources.insert(source);
            sample.files.paths.insert(SourceId(number), it.clone());
        }
        let mut spans = spans.into_iter().cycle();
        let mut next = || spans.next().expect("a cycle has no end");
        for (it, text) in sample.report.findings.iter_mut().zip(&texts) {
            (it.at, it.label, it.message) = (next(), text.clone(), text.clone());
            it.because.first.at = Some(next());
            it.because.first.says.clone_from(text);
            it.help = vec![text.clone()];
        }
        for it in sample.graph.components.values_mut().flat_map(|it| &mut it.claims) {
            it.raw.at = next();
            it.raw.value.clone_from(&texts[0]);
        }
        for it in &mut sample.graph.relations {
            it.at = next();
        }
        let mut run = sample.run();
        for audit in [false, true] {
            for format in FORMATS {
                let look = Look { width, color: false, verbose: audit };
                (run.audit, run.report) = (audit, Some(&sample.report));
                let judged = written(format.name, &run, &look);
                run.report = None;
                let listed = written(format.name, &run, &look);
                for output in [judged, listed] {
                    let hides = |it| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                    let steers = |it: char| (it.is_control() && it != '\n') || hides(it);
                    prop_assert!(!output.contains(steers), "{}: {output:?}", format.name);
                }
            }
        }
    }
}
