//! Quick entry: what an ASF or the coordinator writes down in a form that asks only what the rule
//! needs. A form becomes a fact, or everything that is wrong with it.

use chrono::NaiveDate;

use self::reading::Read;
use super::{
    asf::Asf,
    deal,
    evidence::{Evidence, EvidenceLevel},
    ledger::{EntryId, Fact, NewEntry},
    rejection::Rejection,
    support::{AgreedBy, SupportOutcome},
    target::settings::Period,
};

mod agreeing;
mod reading;

/// The fields of every form, as written; each kind reads its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryFields<'a> {
    /// `YYYY-MM-DD`.
    pub occurred_on: &'a str,
    /// Name of the other side.
    pub name: &'a str,
    /// Organisation number of the other side.
    pub org_no: &'a str,
    /// A word of [`super::ledger::CounterpartClass`].
    pub class: &'a str,
    /// SEK excluding VAT.
    pub amount_sek: &'a str,
    /// What was sold.
    pub income_kind: &'a str,
    /// What the price hangs on.
    pub price: &'a str,
    /// Notice and lot, diary number, name of the agreement or matter.
    pub subject: &'a str,
    /// Role in a bid, part in a procurement.
    pub role: &'a str,
    /// How the buyer buys.
    pub procedure: &'a str,
    /// `HH:MM`, local.
    pub time: &'a str,
    /// Last day to bid.
    pub deadline_on: &'a str,
    /// Last time of that day.
    pub deadline_time: &'a str,
    /// What a procurement states.
    pub stated: &'a str,
    /// How far an actor has come.
    pub stage: &'a str,
    /// A support actor of the list.
    pub actor: &'a str,
    /// Individual or open.
    pub form: &'a str,
    /// Kind of support, kind of public actor.
    pub kind: &'a str,
    /// Key of the income or agreement that shows an increase.
    pub link: &'a str,
    /// What would have happened without the support.
    pub without: &'a str,
    /// What kind of agreement.
    pub agreement: &'a str,
    /// Whether an agreement goes on from an earlier one, and how.
    pub renewal: &'a str,
    /// Name of the earlier agreement.
    pub earlier: &'a str,
    /// How an increase shows: a new stream or comparable periods.
    pub shown: &'a str,
    /// First day of the earlier period.
    pub before_on: &'a str,
    /// First day of the later period.
    pub after_on: &'a str,
    /// Length of each period.
    pub months: &'a str,
    /// What it rests on.
    pub reference: &'a str,
}

/// What can be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// "We got an order."
    Order,
    /// "We signed an agreement."
    Agreement,
    /// "We sent an invoice."
    Invoice,
    /// "We sent a bid."
    Bid,
    /// "We met a support actor about …"
    Contact,
    /// "It led to …"
    Outcome,
    /// A public actor applied social considerations.
    Procurement,
    /// A procurement was stopped.
    Cancellation,
    /// What a public actor is.
    Actor,
    /// A common owner.
    Ownership,
    /// One organisation goes on as another.
    Successor,
    /// A party may be named.
    Consent,
}

impl EntryKind {
    /// Every kind; an ASF may write the first six.
    pub const ALL: [Self; 12] = [
        Self::Order,
        Self::Invoice,
        Self::Agreement,
        Self::Bid,
        Self::Contact,
        Self::Outcome,
        Self::Procurement,
        Self::Cancellation,
        Self::Actor,
        Self::Ownership,
        Self::Successor,
        Self::Consent,
    ];

    /// Whether an ASF may write it of itself.
    pub fn is_for_asf(self) -> bool {
        matches!(
            self,
            Self::Order | Self::Invoice | Self::Agreement | Self::Bid | Self::Contact | Self::Outcome | Self::Consent
        )
    }

    /// Whether it is told of an ASF.
    pub fn has_asf(self) -> bool {
        !matches!(self, Self::Procurement | Self::Cancellation | Self::Actor | Self::Successor)
    }

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Agreement => "agreement",
            Self::Invoice => "invoice",
            Self::Bid => "bid",
            Self::Contact => "contact",
            Self::Outcome => "outcome",
            Self::Procurement => "procurement",
            Self::Cancellation => "cancellation",
            Self::Actor => "actor",
            Self::Ownership => "ownership",
            Self::Successor => "successor",
            Self::Consent => "consent",
        }
    }

    /// Reads the written form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What a form is read against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The ASF it is about, for the kinds that have one.
    pub asf: Option<&'a Asf>,
    /// Local date.
    pub today: NaiveDate,
    /// Days outside look-back and follow-up are refused.
    pub period: &'a Period,
    /// The support actors of D14.
    pub actors: &'a [String],
    /// Set when staff writes: the other word that T5 d asks for.
    pub agreed_by: Option<AgreedBy>,
}

/// Reads a form. The key is made of what was written, so the same form twice is a conflict.
///
/// # Errors
/// All that is wrong, each with its field.
pub fn parse(kind: EntryKind, fields: &EntryFields, setting: &Setting) -> Result<NewEntry, Vec<Rejection>> {
    // An ASF speaks for itself only.
    let own = EntryFields { org_no: "", ..*fields };
    let is_own = kind == EntryKind::Consent && setting.agreed_by.is_none();
    let fields = if is_own { &own } else { fields };
    let mut read = Read { fields, setting, rejections: Vec::new() };
    let occurred_on = read.day();
    let evidence = read.keep(deal::parse_reference(fields.reference));
    let fact = read.fact(kind);
    match (occurred_on, evidence, fact) {
        (Some(occurred_on), Some(evidence), Some(fact)) if read.rejections.is_empty() => {
            let key = key(kind, fields, setting);
            Ok(NewEntry { key, occurred_on, pairing_id: None, evidence, fact })
        }
        _ => Err(read.rejections),
    }
}

/// Staff's word on an outcome is another fact than the ASF's own.
fn key(kind: EntryKind, fields: &EntryFields, setting: &Setting) -> String {
    let EntryFields { occurred_on, org_no, amount_sek, subject, actor, link, reference, time, .. } = fields;
    let EntryFields { earlier, before_on, after_on, months, .. } = fields;
    let chosen = [fields.kind, fields.role, fields.stage, fields.stated, fields.procedure].join(",");
    let agreed = [fields.agreement, fields.renewal, fields.price, earlier, before_on, after_on, months].join(",");
    let digits = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
    let asf = setting.asf.map_or(0, |asf| asf.id.0);
    let by = if kind == EntryKind::Outcome && setting.agreed_by.is_some() { ":agreed" } else { "" };
    let words = [*occurred_on, time, subject, actor, link, reference, &chosen, &agreed];
    let words = words.map(|text| text.trim().to_lowercase()).join(":");
    format!("form:{}:{asf}:{}:{}:{words}{by}", kind.as_str(), digits(org_no), digits(amount_sek))
}

/// The other side's word for an entry.
pub fn confirmation(entry: &NewEntry) -> Evidence {
    Evidence { level: EvidenceLevel::Confirmed, reference: entry.evidence.reference.clone() }
}

/// Staff's word that an ASF's outcome of support is right (T5 d); nothing to say of anything else.
pub fn agreement(of: EntryId, entry: &NewEntry, today: NaiveDate) -> Option<NewEntry> {
    let Fact::SupportOutcome(outcome) = &entry.fact else { return None };
    let agreed = SupportOutcome { agreed_by: Some(AgreedBy::Staff), ..outcome.clone() };
    Some(NewEntry {
        key: format!("agreed:{}", of.0),
        occurred_on: entry.occurred_on.min(today),
        pairing_id: entry.pairing_id,
        evidence: entry.evidence.clone(),
        fact: Fact::SupportOutcome(agreed),
    })
}
