//! Prints the copyright statements of files as JSON lines, to be compared with what is expected.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example reads files and prints"
)]

fn main() {
    for path in std::io::stdin().lines().map_while(Result::ok) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let found: Vec<_> = caveat_core::copyrights::copyrights(&text)
            .into_iter()
            .map(|it| {
                let years: Vec<_> = it.years.iter().map(ToString::to_string).collect();
                serde_json::json!({
                    "statement": it.statement, "years": years, "holder": it.holder,
                    "contacts": it.contacts, "start": it.at.start, "end": it.at.end,
                })
            })
            .collect();
        println!("{}", serde_json::json!({ "path": path, "found": found }));
    }
}
