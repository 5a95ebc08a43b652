//! What may stand in a header. Every value that somebody else wrote passes here on its way into one.

use lettre::{
    Address,
    message::{
        Mailbox,
        header::{HeaderName, HeaderValue},
    },
};

use super::MailError;
use crate::words::format;

/// Longest subject, in characters.
pub(super) const SUBJECT_CHARS: usize = 160;

/// Longest line of a message, without its end (RFC 5322, 2.1.1): recommended and absolute.
const LINE_CHARS: usize = 78;
const LONGEST_LINE_CHARS: usize = 998;

/// A subject: one line, no control characters, cut to [`SUBJECT_CHARS`].
pub(super) fn subject(text: &str) -> String {
    format::line(text, SUBJECT_CHARS)
}

/// A mailbox with or without a name.
pub(super) fn mailbox(name: &'static str, text: &str) -> Result<Mailbox, MailError> {
    clean(name, text)?;
    text.parse().map_err(|error| MailError::Header { name, text: format!("{text:?}: {error}") })
}

/// A bare address.
pub(super) fn address(name: &'static str, text: &str) -> Result<Address, MailError> {
    clean(name, text)?;
    text.parse().map_err(|error| MailError::Header { name, text: format!("{text:?}: {error}") })
}

/// A message id with its angle brackets.
pub(super) fn message_id(text: &str) -> Result<String, MailError> {
    let refused = || MailError::Header { name: "Message-ID", text: format!("{text:?} is not <id@domain>") };
    let id = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).ok_or_else(refused)?;
    let (left, right) = id.split_once('@').ok_or_else(refused)?;
    let allowed =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
    if allowed(left) && allowed(right) && text.len() < LINE_CHARS { Ok(text.to_owned()) } else { Err(refused()) }
}

/// A header of items in angle brackets, each on a line of its own where they do not fit on one.
///
/// The first stays on the line of the name: lettre signs a value that begins with a fold in a way that no
/// verifier accepts, and an address with a token is longer than a line wherever it stands.
pub(super) fn bracketed(name: &'static str, items: &[&str]) -> Result<HeaderValue, MailError> {
    for item in items {
        clean(name, item)?;
        let is_plain = item.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>' && b != b',');
        if !is_plain || item.is_empty() {
            return Err(MailError::Header { name, text: format!("{item:?} cannot stand in angle brackets") });
        }
    }
    let items: Vec<String> = items.iter().map(|item| format!("<{item}>")).collect();
    let value = items.join(", ");
    let encoded = if name.len() + 2 + value.len() <= LINE_CHARS { value.clone() } else { items.join(",\r\n ") };
    Ok(HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value, encoded))
}

/// A header whose value we wrote ourselves.
pub(super) fn fixed(name: &'static str, value: &'static str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn clean(name: &'static str, text: &str) -> Result<(), MailError> {
    let refused = |what: &str| Err(MailError::Header { name, text: what.to_owned() });
    if text.chars().any(char::is_control) {
        return refused("a control character");
    }
    if text.len() > LONGEST_LINE_CHARS - 2 {
        return refused("longer than a line may be");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_break_out_of_a_header_is_refused() {
        for text in ["<a@b.c>\r\nBcc: x@y.z", "a@b.c", "<a b@c.d>", "<@>", "<a@b>c>", "<å@b.c>", ""] {
            assert!(message_id(text).is_err(), "{text:?}");
        }
        for text in ["a@b.c\r\nBcc: x@y.z", "a@b.c\0", "a@b.c, x@y.z", "a b@c.d", ""] {
            assert!(mailbox("To", text).is_err(), "{text:?}");
            assert!(address("To", text).is_err(), "{text:?}");
        }
        let long = format!("https://a.b/{}", "x".repeat(2000));
        for text in ["https://a.b/>,<https://evil", "https://a.b/\r\n x", "https://a.b/ c", "", &long] {
            assert!(bracketed("List-Unsubscribe", &[text]).is_err(), "{text:?}");
        }
    }

    #[test]
    fn ids_of_ours_are_taken() {
        assert!(message_id("<0190a5c2-7b1e-7c3d-9f00-0123456789ab.1@samhandla.example>").is_ok());
    }
}
