//! Strings of TOML.

/// A TOML string that means `text`, whatever is in it: nothing that steers a terminal, hides, or is
/// a command of a build log.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '#' if quoted.ends_with('#') => quoted.push_str("\\u0023"),
            _ if is_hidden(letter) => {
                quoted.push_str(format!("\\U{:08X}", u32::from(letter)).as_str());
            }
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}

fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(it,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
