//! What a key of the API allows: scopes, a name and a last day. A scope never gives more than the role of
//! the user behind it.

use chrono::{DateTime, NaiveDate, Utc};

use super::{rejection::Rejection, user::UserId};

/// The scopes there are, `read:` or `write:` and a noun of the API.
pub const SCOPES: [&str; 23] = [
    "read:asf",
    "write:asf",
    "read:needs",
    "write:needs",
    "read:pairings",
    "write:pairings",
    "read:preferences",
    "write:preferences",
    "read:ledger",
    "write:ledger",
    "read:targets",
    "read:proposals",
    "write:proposals",
    "read:codes",
    "read:matches",
    "read:tasks",
    "write:tasks",
    "read:webhooks",
    "write:webhooks",
    "read:tokens",
    "write:tokens",
    "read:staff",
    "write:staff",
];

/// Longest name, in characters.
const NAME_CHARS: usize = 80;

/// Longest life, in days.
pub const MOST_DAYS: i64 = 366;

/// The scopes of one token: at least one, each once, in the order of [`SCOPES`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes(Vec<&'static str>);

impl Scopes {
    /// Reads scopes; `read` and `write` alone stand for all of that kind.
    ///
    /// # Errors
    /// `rejected-scopes-empty`, or `rejected-scope` for a word that is none.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, Rejection> {
        let mut wanted = [false; SCOPES.len()];
        for word in words {
            let is_meant = |scope: &str| scope == word || scope.split_once(':').is_some_and(|(kind, _)| kind == word);
            if !SCOPES.iter().any(|scope| is_meant(scope)) {
                return Err(Rejection::new("scopes", "rejected-scope", word));
            }
            for (place, scope) in SCOPES.iter().enumerate() {
                wanted[place] |= is_meant(scope);
            }
        }
        let found: Vec<&'static str> =
            SCOPES.into_iter().zip(wanted).filter_map(|(scope, is_wanted)| is_wanted.then_some(scope)).collect();
        if found.is_empty() { Err(Rejection::new("scopes", "rejected-scopes-empty", "")) } else { Ok(Self(found)) }
    }

    /// Whether a scope is among them.
    pub fn allows(&self, scope: &str) -> bool {
        self.0.contains(&scope)
    }

    /// The written forms.
    pub fn words(&self) -> &[&'static str] {
        &self.0
    }
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiToken {
    /// What it is for, in the words of its owner.
    pub name: String,
    /// What it allows.
    pub scopes: Scopes,
    /// How long it lives, in days.
    pub days: i64,
}

impl NewApiToken {
    /// Checks what was typed.
    ///
    /// # Errors
    /// All that is wrong, of: `rejected-token-name`, `rejected-scope`, `rejected-scopes-empty`,
    /// `rejected-token-days`.
    pub fn parse<'a>(
        name: &str,
        scopes: impl IntoIterator<Item = &'a str>,
        days: Option<i64>,
    ) -> Result<Self, Vec<Rejection>> {
        let mut rejections = Vec::new();
        let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > NAME_CHARS {
            rejections.push(Rejection::new("name", "rejected-token-name", &name));
        }
        let scopes = Scopes::parse(scopes).map_err(|rejection| rejections.push(rejection)).ok();
        let days = days.filter(|days| (1..=MOST_DAYS).contains(days));
        if days.is_none() {
            rejections.push(Rejection::new("days", "rejected-token-days", ""));
        }
        match (scopes, days) {
            (Some(scopes), Some(days)) if rejections.is_empty() => Ok(Self { name, scopes, days }),
            _ => Err(rejections),
        }
    }
}

/// A stored token; its secret is known to its owner alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity in the database.
    pub id: ApiTokenId,
    /// In whose name it asks.
    pub user: UserId,
    /// What it is for.
    pub name: String,
    /// What it allows.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when it is refused.
    pub expires_at: DateTime<Utc>,
    /// The local day of its last use.
    pub last_used_on: Option<NaiveDate>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl ApiToken {
    /// Whether it is accepted at `now`.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// Identity of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ApiTokenId(pub i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_known_words_and_a_kind_stands_for_all_of_it() {
        let check = |words: &[&str], expected: &[&str]| {
            assert_eq!(Scopes::parse(words.iter().copied()).unwrap().words(), expected, "{words:?}");
        };
        check(&["write:needs", "read:asf", "read:asf"], &["read:asf", "write:needs"]);
        assert!(Scopes::parse(["read"]).unwrap().words().iter().all(|scope| scope.starts_with("read:")));
        assert_eq!(Scopes::parse(["read", "write"]).unwrap().words(), SCOPES);
        for wrong in [vec![], vec!["read:everything"], vec!["read:asf", ""], vec!["read:asf write:asf"]] {
            assert!(Scopes::parse(wrong.iter().copied()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_token_without_name_scope_or_end_is_refused_with_every_reason() {
        let rules = |name, days| -> Vec<&str> {
            NewApiToken::parse(name, [], days).unwrap_err().iter().map(|rejection| rejection.rule).collect()
        };
        assert_eq!(rules(" ", Some(0)), ["rejected-token-name", "rejected-scopes-empty", "rejected-token-days"]);
        assert_eq!(rules("a", Some(366)), ["rejected-scopes-empty"]);
        assert_eq!(rules("a", None), ["rejected-scopes-empty", "rejected-token-days"]);
    }
}
