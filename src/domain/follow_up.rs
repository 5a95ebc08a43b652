//! Asking both sides what an introduction led to: when, how often, and what they can say. What they say is a
//! claim: it becomes proposals to the ledger, which a human accepts.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    deal::{DealKind, NewDeal, ore_of},
    evidence::{Evidence, EvidenceLevel},
    ledger::{IncomeKind, NewEntry, Parties, Price},
    pairing::PairingId,
    rejection::Rejection,
    schedule::local_date,
    support::Without,
};

/// Least time between the introduction and the question.
const LEAST_WAIT: Duration = Duration::days(14);
/// Wait where neither a deadline nor a start is known.
const WAIT_WITHOUT_DATES: Duration = Duration::days(30);
/// Wait after the last of deadline and start.
const WAIT_AFTER_DATES: Duration = Duration::days(7);
/// Wait before the second question, after a "not yet".
pub const ASK_AGAIN_AFTER: Duration = Duration::days(60);
/// Nobody is asked more often than this.
pub const MOST_TIMES: i32 = 2;
/// An introduction older than this is not asked about any more.
pub const TOO_OLD: Duration = Duration::days(400);

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The ASF that said yes.
    Asf,
    /// The buyer that was told.
    Buyer,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Asf, Self::Buyer];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asf => "asf",
            Self::Buyer => "buyer",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-side` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|side| side.as_str() == text);
        known.ok_or_else(|| Rejection::new("side", "rejected-side", text))
    }
}

/// Whether it led to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Led {
    /// They do business.
    Yes,
    /// They are still talking.
    NotYet,
    /// It came to nothing.
    No,
}

impl Led {
    /// Every answer, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::NotYet, Self::No];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::NotYet => "not_yet",
            Self::No => "no",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-follow-up` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|led| led.as_str() == text.trim());
        known.ok_or_else(|| Rejection::new("led", "rejected-follow-up", text))
    }
}

/// The form as written; amounts and `without` may be empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct ToldFields<'a> {
    /// `yes`, `not_yet` or `no`.
    pub led: &'a str,
    /// What it is worth in all, SEK excluding VAT.
    pub value_sek: &'a str,
    /// What has been invoiced so far, SEK excluding VAT.
    pub invoiced_sek: &'a str,
    /// Whether it would have happened without the service.
    pub without: &'a str,
}

/// What somebody told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whether it led to something.
    pub led: Led,
    /// What it is worth, öre excluding VAT; only with yes.
    pub value_ore: Option<i64>,
    /// What has been invoiced, öre excluding VAT; only with yes.
    pub invoiced_ore: Option<i64>,
    /// What would have happened without the service.
    pub without: Option<Without>,
}

impl Told {
    /// Reads the form.
    ///
    /// # Errors
    /// All that is wrong, of: `rejected-follow-up`, `rejected-amount`, `rejected-without`.
    pub fn parse(fields: &ToldFields<'_>) -> Result<Self, Vec<Rejection>> {
        let mut rejections = Vec::new();
        let mut amount = |name: &'static str, text: &str| {
            let ore = ore_of(text).filter(|ore| *ore > 0);
            if !text.trim().is_empty() && ore.is_none() {
                rejections.push(Rejection::new(name, "rejected-amount", text));
            }
            ore
        };
        let (value_ore, invoiced_ore) =
            (amount("value_sek", fields.value_sek), amount("invoiced_sek", fields.invoiced_sek));
        let without = match fields.without.trim() {
            "" => None,
            text => Without::parse(text).map_err(|rejection| rejections.push(rejection)).ok(),
        };
        match Led::parse(fields.led) {
            Ok(Led::Yes) if rejections.is_empty() => Ok(Self { led: Led::Yes, value_ore, invoiced_ore, without }),
            // What a no would be worth is nothing.
            Ok(led) if rejections.is_empty() => Ok(Self { led, value_ore: None, invoiced_ore: None, without: None }),
            Ok(_) => Err(rejections),
            Err(rejection) => Err([vec![rejection], rejections].concat()),
        }
    }

    /// What the answer suggests to the ledger: the order (a public buyer's agreement) and, from the ASF, what it
    /// has invoiced. Both sides tell of the same order, so that it is suggested once.
    pub fn suggested(
        &self,
        pairing: PairingId,
        side: Side,
        parties: &Parties,
        (today, reference): (NaiveDate, &str),
    ) -> Vec<NewEntry> {
        if self.led != Led::Yes {
            return Vec::new();
        }
        let claimed = |key: String, kind: DealKind, amount_ore: Option<i64>| {
            let deal = NewDeal {
                pairing_id: pairing,
                kind,
                occurred_on: today,
                amount_ore,
                income_kind: IncomeKind::Service,
                price: Price::Open,
                evidence: Evidence { level: EvidenceLevel::Claimed, reference: reference.to_owned() },
            };
            NewEntry { key, ..deal.into_entry(parties.clone()) }
        };
        let order = claimed(format!("follow-up:{}:order", pairing.0), DealKind::Order, self.value_ore);
        let invoiced = self.invoiced_ore.filter(|_| side == Side::Asf);
        let income =
            invoiced.map(|ore| claimed(format!("follow-up:{}:invoice", pairing.0), DealKind::Invoice, Some(ore)));
        [Some(order), income].into_iter().flatten().collect()
    }
}

/// When both sides are asked: a week after the last of deadline and start, and never sooner than two weeks
/// after they were introduced.
pub fn due_at(
    introduced_at: DateTime<Utc>,
    deadline_at: Option<DateTime<Utc>>,
    start_on: Option<NaiveDate>,
) -> DateTime<Utc> {
    let starts_in = start_on.map(|day| Duration::days((day - local_date(introduced_at)).num_days()));
    let dates = [deadline_at, starts_in.map(|days| introduced_at + days)];
    match dates.into_iter().flatten().max() {
        Some(last) => (last + WAIT_AFTER_DATES).max(introduced_at + LEAST_WAIT),
        None => introduced_at + WAIT_WITHOUT_DATES,
    }
}

/// When a side is asked once more; `None` when it is not.
pub fn ask_again_at(led: Led, times: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (led == Led::NotYet && times < MOST_TIMES).then(|| now + ASK_AGAIN_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        asf::AsfId,
        ledger::{Counterpart, CounterpartClass, Fact},
    };

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}T08:00:00Z").parse().unwrap()
    }

    fn told(led: &str, value: &str, invoiced: &str, without: &str) -> Result<Told, Vec<Rejection>> {
        Told::parse(&ToldFields { led, value_sek: value, invoiced_sek: invoiced, without })
    }

    #[test]
    fn both_are_asked_a_week_after_the_last_date_and_never_within_two_weeks() {
        let check = |deadline: Option<&str>, start: Option<&str>, expected: &str| {
            let due = due_at(at("2026-03-01"), deadline.map(at), start.map(|day| day.parse().unwrap()));
            assert_eq!(due.date_naive().to_string(), expected);
        };
        check(None, None, "2026-03-31");
        check(Some("2026-03-02"), None, "2026-03-15");
        check(Some("2026-03-20"), None, "2026-03-27");
        check(Some("2026-03-20"), Some("2026-06-01"), "2026-06-08");
        check(Some("2026-03-20"), Some("2026-01-01"), "2026-03-27");
    }

    #[test]
    fn not_yet_is_asked_once_more_and_nothing_else_is() {
        let now = at("2026-03-01");
        assert_eq!(ask_again_at(Led::NotYet, 1, now), Some(now + ASK_AGAIN_AFTER));
        assert_eq!(ask_again_at(Led::NotYet, 2, now), None);
        assert_eq!(ask_again_at(Led::Yes, 1, now), None);
        assert_eq!(ask_again_at(Led::No, 1, now), None);
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_a_no_is_worth_nothing() {
        let rules: Vec<_> = told("", "x", "-5", "perhaps").unwrap_err().iter().map(|r| (r.field, r.rule)).collect();
        assert_eq!(
            rules,
            [
                ("led", "rejected-follow-up"),
                ("value_sek", "rejected-amount"),
                ("invoiced_sek", "rejected-amount"),
                ("without", "rejected-without")
            ]
        );
        let no = told("no", "100", "", "nothing").unwrap();
        assert_eq!(no, Told { led: Led::No, value_ore: None, invoiced_ore: None, without: None });
        assert_eq!(told("yes", "12 000", "", "").unwrap().value_ore, Some(1_200_000));
    }

    #[test]
    fn a_yes_suggests_an_order_or_a_public_agreement_and_only_the_asf_tells_of_invoices() {
        let parties = |class| Parties {
            asf: AsfId(1),
            asf_places: Vec::new(),
            counterpart: Counterpart { class, org_no: None, name: None, group: None },
        };
        let yes = told("yes", "12000", "5000", "less").unwrap();
        let today = (at("2026-03-01").date_naive(), "x");
        let kinds = |side, class| {
            let entries = yes.suggested(PairingId(7), side, &parties(class), today);
            entries.into_iter().map(|entry| (entry.key, entry.fact.kind())).collect::<Vec<_>>()
        };
        let (order, invoice) = ("follow-up:7:order".to_owned(), "follow-up:7:invoice".to_owned());
        assert_eq!(kinds(Side::Asf, CounterpartClass::Private), [(order.clone(), "order"), (invoice, "income")]);
        assert_eq!(kinds(Side::Buyer, CounterpartClass::Public), [(order, "agreement")]);
        let level = |entry: &NewEntry| entry.evidence.level;
        let entries = yes.suggested(PairingId(7), Side::Asf, &parties(CounterpartClass::Private), today);
        assert!(entries.iter().all(|entry| level(entry) == EvidenceLevel::Claimed));
        assert!(matches!(&entries[0].fact, Fact::Order(order) if order.amount_ore == Some(1_200_000)));
        assert!(
            told("no", "", "", "")
                .unwrap()
                .suggested(PairingId(7), Side::Asf, &parties(CounterpartClass::Private), today)
                .is_empty()
        );
    }
}
