//! Facts that something else than a person suggests: a notice, an answer, an award. They are
//! claims until a human accepts them, and only then told to the ledger.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    asf::AsfId,
    buyer::BuyerKind,
    evidence::{Evidence, EvidenceLevel},
    ledger::{Agreement, AgreementKind, Counterpart, CounterpartClass, Fact, NewEntry, Parties, Price},
    need::{NeedKind, NewLot, NewNeed},
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

/// An agreement: a result names an ASF's organisation number. What was awarded is perhaps not signed
/// yet, so that the human who accepts says when it was.
pub fn of_award(procurement: &str, parties: Parties, amount_ore: Option<i64>, decided_on: NaiveDate) -> NewEntry {
    NewEntry {
        key: format!("award:{procurement}:{}", parties.asf.0),
        occurred_on: decided_on,
        pairing_id: None,
        evidence: Evidence { level: EvidenceLevel::Evidenced, reference: procurement.to_owned() },
        fact: Fact::Agreement(Agreement {
            parties,
            key: format!("award:{procurement}"),
            kind: AgreementKind::Contract,
            renewal: None,
            price: Price::Open,
            amount_ore,
        }),
    }
}

/// Whom a proposal concerns, when it is one ASF.
pub fn asf_of(entry: &NewEntry) -> Option<AsfId> {
    entry.fact.asf()
}
