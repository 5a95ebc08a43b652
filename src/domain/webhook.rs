//! What other systems are told of, and who may be told what.

use chrono::{DateTime, Duration, Utc};

use super::{
    asf::AsfId,
    buyer::BuyerId,
    ledger::EntryId,
    need::NeedId,
    pairing::{PairingId, PairingState},
    rejection::Rejection,
    user::{User, UserId},
};

/// Names of the events that a webhook can ask for.
pub const EVENTS: [&str; 2] = ["pairing.answered", "deal.recorded"];

/// Name of the event that tries a webhook.
pub const TEST: &str = "webhook.test";

/// Longest address, in characters.
const URL_CHARS: usize = 500;

/// Pauses after each failed attempt, in minutes; after the last there is none.
const PAUSES: [i64; 6] = [1, 5, 30, 120, 480, 1440];

/// When an attempt is made again after so many that failed; `None` when it is given up.
pub fn next_attempt(failed: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let pause = usize::try_from(failed).ok().and_then(|failed| PAUSES.get(failed.checked_sub(1)?))?;
    Some(now + Duration::minutes(*pause))
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An ASF answered a suggestion.
    PairingAnswered {
        /// The suggestion.
        pairing: PairingId,
        /// Who answered.
        asf: AsfId,
        /// The need.
        need: NeedId,
        /// Whose need it is.
        buyer: BuyerId,
        /// The answer.
        state: PairingState,
    },
    /// The ledger was told of an order, an agreement or an invoice.
    DealRecorded {
        /// The entry.
        entry: EntryId,
        /// The ASF.
        asf: AsfId,
        /// Kind of the entry.
        kind: &'static str,
        /// The suggestion it came of.
        pairing: Option<PairingId>,
    },
}

impl Event {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PairingAnswered { .. } => EVENTS[0],
            Self::DealRecorded { .. } => EVENTS[1],
        }
    }

    /// Whether a user may know of it: staff of all, an ASF of itself, a buyer of who did not decline.
    pub fn may_be_told_to(&self, user: &User) -> bool {
        if user.role.is_staff() {
            return true;
        }
        match self {
            Self::PairingAnswered { asf, buyer, state, .. } => {
                user.own_asf() == Some(*asf) || (user.buyer_id == Some(*buyer) && *state != PairingState::No)
            }
            Self::DealRecorded { asf, .. } => user.own_asf() == Some(*asf),
        }
    }
}

/// A webhook to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Where to tell it.
    pub url: String,
    /// Names of the events, each once.
    pub events: Vec<&'static str>,
}

impl NewWebhook {
    /// Checks what was typed. Whether the address may be reached is checked when it is.
    ///
    /// # Errors
    /// All that is wrong, of: `rejected-webhook-url`, `rejected-webhook-event`.
    pub fn parse<'a>(url: &str, events: impl IntoIterator<Item = &'a str>) -> Result<Self, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let url = url.trim();
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://127.0.0.1:"));
        let is_plain = url.len() <= URL_CHARS && url.bytes().all(|b| b.is_ascii_graphic()) && !url.contains('@');
        if !is_plain || rest.is_none_or(|rest| rest.is_empty() || rest.starts_with(['/', '.', ':', '?', '#'])) {
            wrong.push(Rejection::new("url", "rejected-webhook-url", url));
        }
        let asked: Vec<&str> = events.into_iter().collect();
        if asked.is_empty() || asked.iter().any(|event| !EVENTS.contains(event)) {
            wrong.push(Rejection::new("events", "rejected-webhook-event", &asked.join(" ")));
        }
        let events = EVENTS.into_iter().filter(|event| asked.contains(event)).collect();
        if wrong.is_empty() { Ok(Self { url: url.to_owned(), events }) } else { Err(wrong) }
    }
}

/// A stored webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Identity in the database.
    pub id: WebhookId,
    /// Who is told.
    pub user: UserId,
    /// Where.
    pub url: String,
    /// Of what.
    pub events: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when it is no longer tried, after failures.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// Identity of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebhookId(pub i64);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{email::Email, language::Language, user::Role};

    fn user(role: Role, asf: Option<i64>, buyer: Option<i64>) -> User {
        User {
            id: UserId(1),
            email: Email::parse("a@b.example").unwrap(),
            role,
            language: Language::Sv,
            asf_id: asf.map(AsfId),
            buyer_id: buyer.map(BuyerId),
            suspended_at: None,
        }
    }

    #[test]
    fn only_who_may_see_an_answer_or_a_deal_is_told_of_it() {
        let answered = |state| Event::PairingAnswered {
            pairing: PairingId(1),
            asf: AsfId(1),
            need: NeedId(1),
            buyer: BuyerId(7),
            state,
        };
        let deal = Event::DealRecorded { entry: EntryId(1), asf: AsfId(1), kind: "order", pairing: None };
        let check = |who: &User, expected: [bool; 3]| {
            let (yes, no) = (answered(PairingState::Yes), answered(PairingState::No));
            let told = [&yes, &no, &deal].map(|event| event.may_be_told_to(who));
            assert_eq!(told, expected, "{who:?}");
        };
        check(&user(Role::Coordinator, None, None), [true, true, true]);
        check(&user(Role::Asf, Some(1), None), [true, true, true]);
        check(&user(Role::Asf, Some(2), None), [false, false, false]);
        check(&user(Role::Buyer, None, Some(7)), [true, false, false]);
        check(&user(Role::Procurer, None, Some(8)), [false, false, false]);
    }

    #[test]
    fn an_address_is_https_and_events_are_known() {
        let ok = |url: &str| NewWebhook::parse(url, ["deal.recorded"]).is_ok();
        for url in ["https://ekonomi.example/krok", "https://ekonomi.example:8443/a?b=c", "http://127.0.0.1:9000/x"] {
            assert!(ok(url), "{url}");
        }
        for url in
            ["", "http://ekonomi.example", "https://", "https:///x", "https://a b", "https://u:p@a.example", "ftp://a"]
        {
            assert!(!ok(url), "{url}");
        }
        assert!(NewWebhook::parse("https://a.example", []).is_err());
        assert!(NewWebhook::parse("https://a.example", ["need.posted"]).is_err());
    }

    #[test]
    fn attempts_come_further_and_further_apart_and_end() {
        let now: DateTime<Utc> = "2026-11-24T06:30:00Z".parse().unwrap();
        let minutes = |failed| next_attempt(failed, now).map(|at| (at - now).num_minutes());
        let all: Vec<_> = (1..=7).map(minutes).collect();
        assert_eq!(all, [Some(1), Some(5), Some(30), Some(120), Some(480), Some(1440), None]);
    }
}
