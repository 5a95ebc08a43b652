//! Prints a result as lines for people or one JSON object for programs.

use serde::Serialize;

use super::arguments::Format;

/// Prints `value` as JSON, or `text` for people.
///
/// # Errors
/// When standard output is closed.
pub(super) fn print(format: Format, value: &impl Serialize, text: impl FnOnce() -> String) -> anyhow::Result<()> {
    use std::io::Write as _;
    let line = match format {
        Format::Json => serde_json::to_string(value)?,
        Format::Text => text(),
    };
    match writeln!(std::io::stdout(), "{}", line.trim_end()) {
        // The reader had seen enough, for example `head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
