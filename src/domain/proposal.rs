//! Facts that something else than a person suggests: a notice, an answer, an award. They are
//! claims until a human accepts them, and only then told to the ledger.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    asf::AsfId,
    award::{Award, AwardKind},
    buyer::BuyerKind,
    evidence::{Evidence, EvidenceLevel},
    ledger::{Agreement, AgreementKind, Counterpart, CounterpartClass, Fact, NewEntry, Parties, Price},
    need::{Lot, Need, NeedKind, NewLot, NewNeed},
    pairing::PairingId,
    procurement::{Part, Procurement, Stage, Stated},
    reservation::Reservation,
    schedule,
};

/// A stored proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Identity in the database.
    pub id: ProposalId,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What accepting it tells the ledger.
    pub entry: NewEntry,
}

/// Identity of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProposalId(pub i64);

/// T3: each lot of a public actor's notice that is reserved or states a social consideration.
pub fn of_notice(need: &NewNeed, now: DateTime<Utc>) -> Vec<NewEntry> {
    let is_notice = need.kind == NeedKind::Tender && need.buyer.kind == BuyerKind::Public;
    let lots = need.lots.iter().filter(|_| is_notice);
    lots.filter_map(|lot| of_lot(need, lot, now)).collect()
}

fn of_lot(need: &NewNeed, lot: &NewLot, now: DateTime<Utc>) -> Option<NewEntry> {
    let mut stated: Vec<Stated> = lot.social.iter().map(|social| Stated::from(*social)).collect();
    if lot.reservation != Reservation::None && !stated.contains(&Stated::Reservation) {
        stated.push(Stated::Reservation);
    }
    if stated.is_empty() {
        return None;
    }
    let notice = need.publication_no.as_deref().unwrap_or(&need.external_id);
    let clauses = stated.iter().map(|stated| stated.as_str()).collect::<Vec<_>>().join(", ");
    let procurement = Procurement {
        actor: Counterpart {
            class: CounterpartClass::Public,
            org_no: need.buyer.org_no.clone(),
            name: Some(need.buyer.name.clone()),
            group: None,
        },
        key: format!("{} {}", need.external_id, lot.lot_no),
        part: Part::Buyer,
        stated,
        deadline_on: lot.deadline_at.map(schedule::local_date),
        stage: Stage::Applied,
    };
    let published = need.published_on.or_else(|| need.issued_at.map(schedule::local_date));
    Some(NewEntry {
        key: format!("notice:{}:{}", need.external_id, lot.lot_no),
        occurred_on: published.unwrap_or_else(|| schedule::local_date(now)),
        pairing_id: None,
        evidence: Evidence {
            level: EvidenceLevel::Evidenced,
            reference: format!("{notice}, {}: {clauses}", lot.lot_no),
        },
        fact: Fact::Procurement(procurement),
    })
}

/// A relation: both sides have been introduced to each other.
pub fn of_answer(pairing: PairingId, parties: Parties, today: NaiveDate) -> NewEntry {
    NewEntry {
        key: format!("relation:pairing:{}", pairing.0),
        occurred_on: today,
        pairing_id: Some(pairing),
        evidence: Evidence { level: EvidenceLevel::Claimed, reference: String::new() },
        fact: Fact::Relation(parties),
    }
}

/// What an ASF won in a procurement, over all its lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Won {
    /// The source's identity of the procurement.
    pub procurement: String,
    /// The result and the lots in it.
    pub reference: String,
    /// Whether something was bought, or a framework made.
    pub kind: AgreementKind,
    /// Öre excluding VAT, when all of it is said.
    pub amount_ore: Option<i64>,
    /// The day of the decision, else of the notice.
    pub decided_on: NaiveDate,
}

impl Won {
    /// Sums up the contracts that one winner got by a need's results. `None` when there are none.
    ///
    /// What is announced before it is signed, and a change of an earlier contract, are no new agreement.
    pub fn of(need: &Need, awards: &[&Award], today: NaiveDate) -> Option<Self> {
        let won: Vec<&Award> = awards.iter().copied().filter(|award| award.told.kind == AwardKind::Contract).collect();
        let lots: Vec<&Lot> = need.lots.iter().filter(|lot| won.iter().any(|award| award.lot_id == lot.id)).collect();
        let latest = won.last()?;
        let is_framework = lots.iter().any(|lot| lot.work.contract.framework.is_some());
        // Of a framework the value is what can be bought at most, of a joint tender that of all its members.
        let values = won.iter().map(|award| award.told.value_sek.filter(|_| !award.told.shared && !is_framework));
        let numbers: Vec<&str> = lots.iter().map(|lot| lot.work.lot_no.as_str()).collect();
        Some(Self {
            procurement: need.external_id.clone(),
            reference: format!("{}, {}", latest.notice_key, numbers.join(", ")),
            kind: if is_framework { AgreementKind::Framework } else { AgreementKind::Contract },
            amount_ore: values.sum::<Option<i64>>().and_then(|sek| sek.checked_mul(100)),
            decided_on: won.iter().filter_map(|award| award.told.decided_on).max().unwrap_or(today),
        })
    }
}

/// An agreement: a result names an ASF's organisation number. What was awarded is perhaps not signed
/// yet, so that a human decides. One a procurement, however many lots were won (T2 counts agreements).
pub fn of_award(won: Won, parties: Parties) -> NewEntry {
    NewEntry {
        key: format!("award:{}:{}", won.procurement, parties.asf.0),
        occurred_on: won.decided_on,
        pairing_id: None,
        evidence: Evidence { level: EvidenceLevel::Evidenced, reference: won.reference },
        fact: Fact::Agreement(Agreement {
            parties,
            key: format!("award:{}", won.procurement),
            kind: won.kind,
            renewal: None,
            price: Price::Open,
            amount_ore: won.amount_ore,
        }),
    }
}

/// Whom a proposal concerns, when it is one ASF.
pub fn asf_of(entry: &NewEntry) -> Option<AsfId> {
    entry.fact.asf()
}
