//! What happened between ASF and others, as the ledger tells it (DOMAIN section 4): one entry a
//! fact, with its evidence. Nothing is ever changed; a mistake is taken back by a reversal.
//! What the facts amount to is the business of `target`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    actor::{Consent, PublicActor},
    asf::AsfId,
    bid::Bid,
    evidence::Evidence,
    org_no::OrgNo,
    pairing::PairingId,
    place::Place,
    procurement::{Cancellation, Procurement},
    rejection::Rejection,
    support::{SupportContact, SupportOutcome},
};

/// A fact to be told to the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    /// The teller's own identity of the fact: telling it twice is a conflict.
    pub key: String,
    /// The day it happened, by the evidence; local date.
    pub occurred_on: NaiveDate,
    /// The pairing it came of, when it came of one.
    pub pairing_id: Option<PairingId>,
    /// What it rests on.
    pub evidence: Evidence,
    /// What happened.
    pub fact: Fact,
}

/// A stored entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identity in the database; later entries have greater ones.
    pub id: EntryId,
    /// When the ledger was told.
    pub recorded_at: DateTime<Utc>,
    /// Who told it.
    pub recorded_by: String,
    /// What was told.
    pub told: NewEntry,
}

/// What happened, one kind each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// An ASF and another party came in touch.
    Relation(Parties),
    /// Somebody ordered from an ASF.
    Order(Order),
    /// An ASF invoiced, or credited, or was given money.
    Income(Income),
    /// An ASF and another party agreed, or came near it.
    Agreement(Agreement),
    /// An ASF answered a procurement.
    Bid(Bid),
    /// A public actor applied social considerations, or decided to.
    Procurement(Procurement),
    /// A procurement was stopped.
    Cancellation(Cancellation),
    /// An ASF met a support actor.
    SupportContact(SupportContact),
    /// What came of a case of support.
    SupportOutcome(SupportOutcome),
    /// What a public actor is, and its group.
    Actor(PublicActor),
    /// Whether a party may be named.
    Consent(Consent),
    /// One organisation took over another's identity.
    Successor(Successor),
    /// A common owner or control between an ASF and a company began or ended.
    Ownership(Ownership),
    /// An earlier entry got better evidence: this entry's own.
    Evidence {
        /// The entry that is better evidenced.
        of: EntryId,
    },
    /// An earlier entry is taken back.
    Reversal {
        /// The entry that no longer holds.
        of: EntryId,
        /// Why.
        reason: String,
    },
}

impl Fact {
    /// The stored word of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Relation(_) => "relation",
            Self::Order(_) => "order",
            Self::Income(_) => "income",
            Self::Agreement(_) => "agreement",
            Self::Bid(_) => "bid",
            Self::Procurement(_) => "procurement",
            Self::Cancellation(_) => "cancellation",
            Self::SupportContact(_) => "support_contact",
            Self::SupportOutcome(_) => "support_outcome",
            Self::Actor(_) => "actor",
            Self::Consent(_) => "consent",
            Self::Successor(_) => "successor",
            Self::Ownership(_) => "ownership",
            Self::Evidence { .. } => "evidence",
            Self::Reversal { .. } => "reversal",
        }
    }

    /// Both sides, for the kinds that have two.
    pub fn parties(&self) -> Option<&Parties> {
        match self {
            Self::Relation(parties) => Some(parties),
            Self::Order(order) => Some(&order.parties),
            Self::Income(income) => Some(&income.parties),
            Self::Agreement(agreement) => Some(&agreement.parties),
            Self::Bid(bid) => Some(&bid.parties),
            _ => None,
        }
    }

    /// The ASF that it concerns, if one.
    pub fn asf(&self) -> Option<AsfId> {
        match self {
            Self::SupportContact(contact) => Some(contact.case.asf),
            Self::SupportOutcome(outcome) => Some(outcome.case.asf),
            Self::Ownership(ownership) => Some(ownership.asf),
            _ => self.parties().map(|parties| parties.asf),
        }
    }
}

/// The ASF of an entry; evidence and reversals concern whom their entry concerns. `entries` are those up
/// to it, in the order of their ids.
pub fn concerns(entries: &[Entry], entry: &Entry) -> Option<AsfId> {
    match &entry.told.fact {
        Fact::Evidence { of } | Fact::Reversal { of, .. } => {
            let place = entries.binary_search_by_key(of, |entry| entry.id).ok()?;
            concerns(entries.get(..place)?, entries.get(place)?)
        }
        fact => fact.asf(),
    }
}

/// The two sides of a fact, as they were on its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// The ASF.
    pub asf: AsfId,
    /// Its seat and workplaces on the day.
    pub asf_places: Vec<Place>,
    /// The other side.
    pub counterpart: Counterpart,
}

/// The other side, as it was on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterpart {
    /// What it was.
    pub class: CounterpartClass,
    /// Organisation number; without one it has no identity that counts.
    pub org_no: Option<OrgNo>,
    /// Name; none for a private person.
    pub name: Option<String>,
    /// What holds a group together: mother company, or municipality with its companies.
    pub group: Option<String>,
}

impl Counterpart {
    /// A private person, of whom nothing is kept.
    pub fn person() -> Self {
        Self { class: CounterpartClass::Person, org_no: None, name: None, group: None }
    }
}

/// A firm order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Who and whom.
    pub parties: Parties,
    /// Öre excluding VAT, when said.
    pub amount_ore: Option<i64>,
}

/// Money that came in; a credit note is a negative amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Income {
    /// Who and from whom.
    pub parties: Parties,
    /// What for.
    pub kind: IncomeKind,
    /// Öre excluding VAT, never 0.
    pub amount_ore: i64,
    /// The agreement it was invoiced under.
    pub agreement_key: Option<String>,
    /// Key of the invoice that a credit note credits, when it names one.
    pub credits: Option<String>,
}

/// An agreement, or what may become one. A group of ASF tells one entry a member, same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Who and with whom.
    pub parties: Parties,
    /// Identity of the agreement.
    pub key: String,
    /// What was signed or decided.
    pub kind: AgreementKind,
    /// What it renews.
    pub renewal: Option<Renewal>,
    /// What the price hangs on.
    pub price: Price,
    /// Öre excluding VAT, when said.
    pub amount_ore: Option<i64>,
}

/// An agreement that goes on from an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Key of the earlier agreement.
    pub of: String,
    /// How it came about.
    pub award: RenewalAward,
}

/// Whether a renewal was won anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenewalAward {
    /// An option was used, or time was added.
    Extended,
    /// There was a new award.
    New,
}

/// What the price of an agreement hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// Agreed, whatever is called off.
    Firm,
    /// Paid by what is ordered.
    Open,
}

/// What was signed or decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementKind {
    /// A contract, a direct award included.
    Contract,
    /// A framework: nothing is bought until a call-off.
    Framework,
    /// A call-off or mini-competition under a framework, with the framework's key.
    CallOff,
    /// Work training or a place to work, sold to a public body.
    Placement,
    /// A civil-public partnership (IOP).
    Iop,
    /// An award decision: not yet an agreement.
    AwardDecision,
    /// Admission to a dynamic purchasing system: not an agreement.
    DpsAdmission,
    /// A letter of intent: not an agreement.
    LetterOfIntent,
}

impl AgreementKind {
    /// Whether both sides are bound by it.
    pub fn is_agreement(self) -> bool {
        !matches!(self, Self::AwardDecision | Self::DpsAdmission | Self::LetterOfIntent)
    }
}

/// Who goes on as whom, for mergers (C5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Successor {
    /// A company or public actor.
    Organisation {
        /// The old number.
        from: OrgNo,
        /// The number it goes on under.
        to: OrgNo,
    },
    /// An ASF.
    Asf {
        /// The old ASF.
        from: AsfId,
        /// The ASF it goes on as.
        to: AsfId,
    },
}

/// A common owner or control between an ASF and a company (T1 d).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The ASF.
    pub asf: AsfId,
    /// The company.
    pub company: OrgNo,
    /// From the entry's day on.
    pub change: OwnershipChange,
}

/// Which way an ownership went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnershipChange {
    /// Common from this day.
    Begins,
    /// No longer common from this day.
    Ends,
}

/// What the other side is, on the day (C7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CounterpartClass {
    /// A company owned by others than the public.
    Private,
    /// A contracting authority, municipal company or joint body.
    Public,
    /// Another ASF.
    Asf,
    /// A purpose-driven organisation.
    Nonprofit,
    /// A private person.
    Person,
}

impl CounterpartClass {
    /// Every class.
    pub const ALL: [Self; 5] = [Self::Private, Self::Public, Self::Asf, Self::Nonprofit, Self::Person];

    /// The stored and written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Public => "public",
            Self::Asf => "asf",
            Self::Nonprofit => "nonprofit",
            Self::Person => "person",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-counterpart-class` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|class| class.as_str() == text.trim())
            .ok_or_else(|| Rejection::new("counterpart_class", "rejected-counterpart-class", text))
    }
}

/// What money came in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncomeKind {
    /// Goods sold.
    Goods,
    /// Services sold.
    Service,
    /// Work training or a place to work, sold to a public body.
    Placement,
    /// A grant.
    Grant,
    /// A subsidy for somebody's wage.
    WageSubsidy,
    /// A gift or sponsorship.
    Gift,
    /// A loan.
    Loan,
    /// A guarantee.
    Guarantee,
}

impl IncomeKind {
    /// Every kind; those that are income for the targets come first.
    pub const ALL: [Self; 8] = [
        Self::Goods,
        Self::Service,
        Self::Placement,
        Self::Grant,
        Self::WageSubsidy,
        Self::Gift,
        Self::Loan,
        Self::Guarantee,
    ];

    /// The stored and written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Service => "service",
            Self::Placement => "placement",
            Self::Grant => "grant",
            Self::WageSubsidy => "wage_subsidy",
            Self::Gift => "gift",
            Self::Loan => "loan",
            Self::Guarantee => "guarantee",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-income-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text.trim())
            .ok_or_else(|| Rejection::new("income_kind", "rejected-income-kind", text))
    }

    /// Whether it is pay for something sold, the only income of the targets (C4).
    pub fn is_sale(self) -> bool {
        matches!(self, Self::Goods | Self::Service | Self::Placement)
    }
}

/// Identity of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(pub i64);
