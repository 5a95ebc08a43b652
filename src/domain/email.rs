//! E-mail addresses as the product stores and shows them.

use std::fmt;

use super::rejection::Rejection;

/// A plain address, lower-cased domain and local part, at most 254 characters (RFC 5321, 4.5.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// Reads an address such as `info@verkstan.example`.
    ///
    /// # Errors
    /// `rejected-email` when there is not one `@` with a plausible name and domain.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let address = text.trim().to_lowercase();
        let refused = || Rejection::new("email", "rejected-email", text);
        let (local, domain) = address.split_once('@').ok_or_else(refused)?;
        let allowed = |c: char| c.is_alphanumeric() || "._+-'".contains(c);
        let local_ok = !local.is_empty() && local.len() <= 64 && local.chars().all(allowed);
        let labels_ok = domain.split('.').all(|label| {
            !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
        if local_ok && labels_ok && domain.contains('.') && address.len() <= 254 {
            Ok(Self(address))
        } else {
            Err(refused())
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address for logs: `i***@verkstan.example`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or(("", &self.0));
        let first: String = local.chars().take(1).collect();
        format!("{first}***@{domain}")
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Email {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_cased_and_trimmed() {
        assert_eq!(Email::parse(" Info@Verkstan.Example ").unwrap().as_str(), "info@verkstan.example");
    }

    #[test]
    fn header_injection_and_nonsense_are_refused() {
        for text in ["", "a", "a@b", "a@@b.c", "a b@c.d", "a@b.c\r\nBcc: x@y.z", "<a@b.c>", "@b.c", "a@.c"] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn logs_see_no_local_part() {
        assert_eq!(Email::parse("anna@verkstan.example").unwrap().masked(), "a***@verkstan.example");
    }
}
