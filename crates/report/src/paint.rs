//! Colours, where the device has them.

use crate::run::Look;

/// What a piece of text is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Fails the check.
    Error,
    /// A person has to look.
    Review,
    /// Worth knowing.
    Note,
    /// As it should be.
    Good,
    /// What the report draws around text of others.
    Frame,
    /// Stands out.
    Strong,
    /// Stands back.
    Faint,
}

impl Look {
    /// `text` in this ink; as it is where there are no colours. The text must be plain.
    pub(crate) fn paint(&self, ink: Ink, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Error => "1;31",
            Ink::Review => "1;33",
            Ink::Note => "1;36",
            Ink::Good => "1;32",
            Ink::Frame => "1;34",
            Ink::Strong => "1",
            Ink::Faint => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}
