//! Scans a folder and judges it by a shipped policy: the library in ten lines.

use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    judge(&folder, &mut std::io::stdout())
}

fn judge(folder: &str, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut scan = caveat::scan(&[folder])?;
    let policy = caveat::Policy::named("commercial-saas")?;
    let report = caveat::judge(&mut scan, &policy, caveat::today());
    for finding in &report.findings {
        writeln!(out, "{}: {}", finding.rule, finding.message)?;
    }
    Ok(())
}

#[test]
fn the_support_bot_has_findings() {
    let mut out = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/support-bot");
    judge(folder, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("looser-than-upstream: "));
}
