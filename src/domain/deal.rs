//! What somebody tells about a pairing that led somewhere: an order, an agreement, an invoice.
//! What the ledger keeps of it follows from what the other side is.

use chrono::NaiveDate;

use super::{
    evidence::Evidence,
    ledger::{Agreement, AgreementKind, CounterpartClass, Fact, Income, IncomeKind, NewEntry, Order, Parties, Price},
    pairing::PairingId,
    rejection::Rejection,
};

/// The fields of the form, as written. `amount_sek` may be empty except for an invoice,
/// `income_kind` may be empty for services, `price` for open, `reference` for no evidence yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct DealFields<'a> {
    /// `order`, `agreement` or `invoice`.
    pub kind: &'a str,
    /// `YYYY-MM-DD`.
    pub occurred_on: &'a str,
    /// SEK excluding VAT, for example `12 000,50`; negative for a credit note.
    pub amount_sek: &'a str,
    /// `goods`, `service` or `placement`.
    pub income_kind: &'a str,
    /// `firm` or `open`.
    pub price: &'a str,
    /// Number of the invoice, diary number of the agreement.
    pub reference: &'a str,
}

/// What a pairing led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeal {
    /// The pairing.
    pub pairing_id: PairingId,
    /// What happened.
    pub kind: DealKind,
    /// On what day.
    pub occurred_on: NaiveDate,
    /// Öre excluding VAT; always there for an invoice.
    pub amount_ore: Option<i64>,
    /// What was sold.
    pub income_kind: IncomeKind,
    /// What the price hangs on.
    pub price: Price,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What happened between the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealKind {
    /// The buyer ordered.
    Order,
    /// Both signed.
    Agreement,
    /// The ASF invoiced, or credited.
    Invoice,
}

impl DealKind {
    /// Every kind, in the order they usually come.
    pub const ALL: [Self; 3] = [Self::Order, Self::Agreement, Self::Invoice];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Agreement => "agreement",
            Self::Invoice => "invoice",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-deal-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text.trim())
            .ok_or_else(|| Rejection::new("kind", "rejected-deal-kind", text))
    }
}

impl NewDeal {
    /// Longest evidence reference, in characters.
    pub const REFERENCE_CHARS: usize = 200;

    /// Reads the form; `today` is the local date.
    ///
    /// # Errors
    /// All that is wrong, of: `rejected-deal-kind`, `rejected-date`, `rejected-date-future`,
    /// `rejected-amount`, `rejected-amount-missing`, `rejected-income-kind`, `rejected-price`,
    /// `rejected-reference-length`.
    pub fn parse(pairing_id: PairingId, fields: &DealFields, today: NaiveDate) -> Result<Self, Vec<Rejection>> {
        let mut rejections = Vec::new();
        let kind = keep(DealKind::parse(fields.kind), &mut rejections);
        let occurred_on = keep(parse_day(fields.occurred_on, today), &mut rejections);
        let amount_ore = keep(parse_amount(fields.amount_sek, kind), &mut rejections);
        let income_kind = keep(parse_sold(fields.income_kind), &mut rejections);
        let price = keep(parse_price(fields.price), &mut rejections);
        let evidence = keep(parse_reference(fields.reference), &mut rejections);
        match (kind, occurred_on, amount_ore, income_kind, price, evidence) {
            (Some(kind), Some(occurred_on), Some(amount_ore), Some(income_kind), Some(price), Some(evidence)) => {
                Ok(Self { pairing_id, kind, occurred_on, amount_ore, income_kind, price, evidence })
            }
            _ => Err(rejections),
        }
    }

    /// What the ledger is told. A public buyer's order is the agreement (a direct award is made by
    /// it), and an agreement with anybody else is an order: so a deal counts in T1 or T2, never
    /// both (C9). The key is made of what was written, so the same form twice is a conflict.
    pub fn into_entry(self, parties: Parties) -> NewEntry {
        let is_public = parties.counterpart.class == CounterpartClass::Public;
        let agreement_key = is_public.then(|| format!("pairing:{}", self.pairing_id.0));
        NewEntry {
            key: self.key(),
            occurred_on: self.occurred_on,
            pairing_id: Some(self.pairing_id),
            evidence: self.evidence.clone(),
            fact: self.into_fact(parties, agreement_key),
        }
    }

    /// The fact alone; a public buyer's order or agreement is known by `agreement_key`.
    pub(super) fn into_fact(self, parties: Parties, agreement_key: Option<String>) -> Fact {
        match (self.kind, self.amount_ore) {
            (DealKind::Invoice, amount_ore) => Fact::Income(Income {
                parties,
                kind: self.income_kind,
                amount_ore: amount_ore.unwrap_or_default(),
                agreement_key,
                credits: None,
            }),
            (DealKind::Order | DealKind::Agreement, amount_ore) => match agreement_key {
                Some(key) => Fact::Agreement(Agreement {
                    parties,
                    key,
                    kind: agreement_kind(self.income_kind),
                    renewal: None,
                    price: self.price,
                    amount_ore,
                }),
                None => Fact::Order(Order { parties, amount_ore }),
            },
        }
    }

    fn key(&self) -> String {
        format!(
            "deal:{}:{}:{}:{}:{}",
            self.pairing_id.0,
            self.kind.as_str(),
            self.occurred_on,
            self.amount_ore.unwrap_or_default(),
            self.evidence.reference
        )
    }
}

fn agreement_kind(sold: IncomeKind) -> AgreementKind {
    if sold == IncomeKind::Placement { AgreementKind::Placement } else { AgreementKind::Contract }
}

fn keep<T>(parsed: Result<T, Rejection>, rejections: &mut Vec<Rejection>) -> Option<T> {
    parsed.map_err(|rejection| rejections.push(rejection)).ok()
}

/// A day that has been, since 2000.
pub(super) fn parse_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Rejection> {
    let refused = |rule| Rejection::new("occurred_on", rule, text);
    let day: NaiveDate = text.trim().parse().map_err(|_| refused("rejected-date"))?;
    let earliest = NaiveDate::from_ymd_opt(2000, 1, 1);
    if day > today {
        return Err(refused("rejected-date-future"));
    }
    if Some(day) < earliest { Err(refused("rejected-date")) } else { Ok(day) }
}

/// Empty is no amount, save for an invoice; only an invoice may be negative.
fn parse_amount(text: &str, kind: Option<DealKind>) -> Result<Option<i64>, Rejection> {
    let is_invoice = kind == Some(DealKind::Invoice);
    let refused = |rule| Rejection::new("amount_sek", rule, text);
    if text.trim().is_empty() {
        return if is_invoice { Err(refused("rejected-amount-missing")) } else { Ok(None) };
    }
    let ore = ore_of(text).filter(|ore| *ore > 0 || (is_invoice && *ore < 0));
    ore.map(Some).ok_or_else(|| refused("rejected-amount"))
}

fn parse_sold(text: &str) -> Result<IncomeKind, Rejection> {
    if text.trim().is_empty() {
        return Ok(IncomeKind::Service);
    }
    let refused = || Rejection::new("income_kind", "rejected-income-kind", text);
    IncomeKind::parse(text).ok().filter(|kind| kind.is_sale()).ok_or_else(refused)
}

fn parse_price(text: &str) -> Result<Price, Rejection> {
    match text.trim() {
        "" | "open" => Ok(Price::Open),
        "firm" => Ok(Price::Firm),
        _ => Err(Rejection::new("price", "rejected-price", text)),
    }
}

/// What something rests on; empty is a claim.
pub(super) fn parse_reference(text: &str) -> Result<Evidence, Rejection> {
    let reference: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    if reference.chars().count() > NewDeal::REFERENCE_CHARS {
        return Err(Rejection::new("reference", "rejected-reference-length", text));
    }
    Ok(Evidence::by_reference(&reference))
}

/// Largest amount, in digits of whole SEK: more is a slip of the hand.
const SEK_DIGITS_MAX: usize = 9;

/// SEK as people write it (`12 000`, `12000,50`, `−500 kr`, `900:-`) in öre.
pub(super) fn ore_of(text: &str) -> Option<i64> {
    let text = text.trim();
    let text = ["kr", "SEK", "sek", ":-"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (-1, digits.trim_start()),
        None => (1, text),
    };
    let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    let whole = ungroup(whole)?;
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(1..=2).contains(&decimals.len()) || !all_digits(decimals) || whole.len() > SEK_DIGITS_MAX {
        return None;
    }
    let ore: i64 = format!("{whole}{decimals:0<2}").parse().ok()?;
    Some(sign * ore)
}

/// Digits without the spaces between thousands; none when the spaces stand elsewhere.
fn ungroup(text: &str) -> Option<String> {
    let mut groups = text.split(char::is_whitespace);
    let first = groups.next()?;
    let is_plain = groups.clone().next().is_none();
    let well_grouped = is_plain || (first.len() <= 3 && groups.all(|group| group.len() == 3));
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_number = !first.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (well_grouped && is_number).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(ore_of(text), expected, "{text}");
        check("12 000", Some(1_200_000));
        check("12000,50", Some(1_200_050));
        check("12\u{a0}000,5 kr", Some(1_200_050));
        check("1 234 567.89", Some(123_456_789));
        check("999 999 999", Some(99_999_999_900));
        check("1 000 000 000", None);
        check("\u{2212}500", Some(-50_000));
        check("- 500", Some(-50_000));
        check("900:-", Some(90_000));
        check("0", Some(0));
        for text in ["", "kr", "12.000", "12,", ",50", "12 00", "1 2000", "12 000 000 000 000", "1e3", "tolv", "1,2,3"]
        {
            check(text, None);
        }
    }

    #[test]
    fn a_form_is_read_whole_and_everything_wrong_is_told_at_once() {
        let rules = |fields: DealFields| -> Vec<&'static str> {
            let parsed = NewDeal::parse(PairingId(1), &fields, TODAY);
            parsed.err().unwrap_or_default().iter().map(|rejection| rejection.rule).collect()
        };
        let good = DealFields { kind: "invoice", occurred_on: "2026-11-23", amount_sek: "100", ..Default::default() };
        assert!(rules(good).is_empty());
        assert_eq!(rules(DealFields { occurred_on: "2026-11-24", ..good }), ["rejected-date-future"]);
        assert_eq!(
            rules(DealFields { occurred_on: "23/11", amount_sek: "", ..good }),
            ["rejected-date", "rejected-amount-missing"]
        );
        assert_eq!(rules(DealFields { amount_sek: "0", ..good }), ["rejected-amount"]);
        assert_eq!(rules(DealFields { kind: "order", amount_sek: "-5", ..good }), ["rejected-amount"]);
        assert_eq!(rules(DealFields { income_kind: "gift", ..good }), ["rejected-income-kind"]);
        assert_eq!(rules(DealFields { price: "fixed", ..good }), ["rejected-price"]);
        assert_eq!(rules(DealFields { kind: "deal", ..good }), ["rejected-deal-kind"]);
        assert!(rules(DealFields { kind: "order", amount_sek: "", ..good }).is_empty());
    }
}
