//! Keys that a telephone or a computer keeps for its owner and gives out to no page (W3C Web Authentication 3):
//! a second factor beside the codes of an app.

use chrono::{DateTime, Duration, Utc};

use super::rejection::Rejection;

/// A stored key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Identity in the database.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// The public half and its counter, as the library writes them (JSON).
    pub credential: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it last opened a session.
    pub used_at: Option<DateTime<Utc>>,
}

/// Identity of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PasskeyId(pub i64);

/// Most keys that one person keeps.
pub const MOST_PASSKEYS: usize = 10;

/// A question that a browser was asked and has not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyAttempt {
    /// Name of the key to be added; empty when one is to be shown.
    pub name: String,
    /// What the answer is compared with, as the library writes it (JSON).
    pub state: String,
    /// When it was asked.
    pub begun_at: DateTime<Utc>,
}

impl PasskeyAttempt {
    /// Whether it may still be answered.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now - self.begun_at < Duration::minutes(5)
    }
}

/// Reads the name of a key.
///
/// # Errors
/// `rejected-passkey-name` when it is empty or longer than 60 characters.
pub fn parse_name(typed: &str) -> Result<String, Rejection> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 60 {
        return Err(Rejection::new("name", "rejected-passkey-name", typed));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_not_empty() {
        assert_eq!(parse_name("  Annas\t telefon ").unwrap(), "Annas telefon");
        for typed in ["", " \n", &"å".repeat(61)] {
            assert_eq!(parse_name(typed).unwrap_err().rule, "rejected-passkey-name", "{typed:?}");
        }
        assert!(parse_name(&"å".repeat(60)).is_ok());
    }

    #[test]
    fn an_attempt_lasts_five_minutes() {
        let begun_at: DateTime<Utc> = "2026-11-24T07:00:00Z".parse().unwrap();
        let attempt = PasskeyAttempt { name: String::new(), state: String::new(), begun_at };
        assert!(attempt.is_fresh(begun_at + Duration::seconds(299)));
        assert!(!attempt.is_fresh(begun_at + Duration::seconds(300)));
    }
}
