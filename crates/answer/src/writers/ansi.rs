//! The only place with terminal escape codes.

pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const DIM: &str = "\u{1b}[2m";
pub(super) const ACCENT: &str = "\u{1b}[36m";
const RESET: &str = "\u{1b}[0m";

/// `text` between `code` and the reset code; unchanged when colour is off.
pub(super) fn paint(color: bool, code: &str, text: &str) -> String {
    if color { format!("{code}{text}{RESET}") } else { text.to_string() }
}
