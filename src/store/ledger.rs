//! The ledger: entries go in and are read; the database refuses everything else.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::{
    Reader, StoreError, StoreResult, Tx,
    entities::{asf, ledger_entry},
    rows,
};
use crate::domain::{
    actor::{Consent, Party},
    asf::AsfId,
    evidence::{Evidence, EvidenceLevel},
    ledger::{
        Agreement, AgreementKind, Counterpart, CounterpartClass, Entry, EntryId, Fact, Income, IncomeKind, NewEntry,
        Order, Ownership, OwnershipChange, Parties, Price, Renewal, Successor,
    },
    org_no::OrgNo,
    pairing::PairingId,
    place::Place,
};

const TABLE: &str = "ledger_entry";

/// How many entries are read at a time.
const PAGE: u64 = 1000;

/// Tells the ledger a fact.
///
/// # Errors
/// `Conflict` when the key is already told, or the entry already taken back.
pub async fn insert(tx: &Tx, new: &NewEntry, actor: &str, now: DateTime<Utc>) -> StoreResult<EntryId> {
    let mut row = fact_columns(&new.fact);
    row.key = Set(new.key.clone());
    row.occurred_on = Set(new.occurred_on);
    row.recorded_at = Set(now);
    row.recorded_by = Set(actor.to_owned());
    row.pairing_id = Set(new.pairing_id.map(|id| id.0));
    row.evidence_level = Set(new.evidence.level.number());
    row.evidence_ref = Set(new.evidence.reference.clone());
    Ok(EntryId(ledger_entry::Entity::insert(row).exec(tx).await?.last_insert_id))
}

/// Everything the ledger had been told at an instant, in the order it was told.
///
/// # Errors
/// When the database does not answer.
pub async fn list_until(db: &impl Reader, as_of: DateTime<Utc>) -> StoreResult<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut after = 0;
    loop {
        let page = ledger_entry::Entity::find()
            .filter(ledger_entry::Column::Id.gt(after))
            .filter(ledger_entry::Column::RecordedAt.lte(as_of))
            .order_by_asc(ledger_entry::Column::Id)
            .limit(PAGE)
            .all(db)
            .await?;
        let Some(last) = page.last() else { return Ok(entries) };
        after = last.id;
        entries.reserve(page.len());
        for row in page {
            entries.push(to_entry(row)?);
        }
    }
}

/// How far the ledger has come: a new entry changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Greatest id.
    pub last: i64,
    /// Entries.
    pub number: u64,
}

/// How far the ledger has come.
///
/// # Errors
/// When the database does not answer.
pub async fn extent(db: &impl Reader) -> StoreResult<Extent> {
    let last = ledger_entry::Entity::find().order_by_desc(ledger_entry::Column::Id).limit(1).one(db).await?;
    let number = ledger_entry::Entity::find().count(db).await?;
    Ok(Extent { last: last.map_or(0, |row| row.id), number })
}

/// What the ledger was told after an entry, in the order it was told.
///
/// # Errors
/// When the database does not answer.
pub async fn list_after(db: &impl Reader, after: i64) -> StoreResult<Vec<Entry>> {
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Id.gt(after))
        .order_by_asc(ledger_entry::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_entry).collect()
}

/// What the ledger was told of a pairing, in the order it was told.
///
/// # Errors
/// When the database does not answer.
pub async fn list_for_pairing(db: &impl Reader, pairing: PairingId) -> StoreResult<Vec<Entry>> {
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::PairingId.eq(pairing.0))
        .order_by_asc(ledger_entry::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_entry).collect()
}

/// One entry.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: EntryId) -> StoreResult<Option<Entry>> {
    ledger_entry::Entity::find_by_id(id.0).one(db).await?.map(to_entry).transpose()
}

/// The entry with this key.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_key(db: &impl Reader, key: &str) -> StoreResult<Option<Entry>> {
    let row = ledger_entry::Entity::find().filter(ledger_entry::Column::Key.eq(key)).one(db).await?;
    row.map(to_entry).transpose()
}

/// Entries with any of these keys.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_keys(db: &impl Reader, keys: &[String]) -> StoreResult<Vec<Entry>> {
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Key.is_in(keys.iter().map(String::as_str)))
        .all(db)
        .await?;
    rows.into_iter().map(to_entry).collect()
}

/// Whether an organisation is an ASF of ours, by any of its units.
///
/// # Errors
/// When the database does not answer.
pub async fn is_asf(db: &impl Reader, org_no: &OrgNo) -> StoreResult<bool> {
    Ok(asf::Entity::find().filter(asf::Column::OrgNo.eq(org_no.as_str())).count(db).await? > 0)
}

/// The part of an agreement that no rule needs as a column.
#[derive(Serialize, Deserialize)]
struct AgreementDetail {
    kind: AgreementKind,
    price: Price,
    renewal: Option<Renewal>,
}

#[derive(Default, Serialize, Deserialize)]
struct IncomeDetail {
    credits: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct OwnershipDetail {
    change: OwnershipChange,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SuccessorDetail {
    OrgNo(String),
    Asf(AsfId),
}

#[derive(Serialize, Deserialize)]
struct ReversalDetail {
    reason: String,
}

fn fact_columns(fact: &Fact) -> ledger_entry::ActiveModel {
    match fact {
        Fact::Relation(parties) => party_columns("relation", parties),
        Fact::Bid(bid) => {
            ledger_entry::ActiveModel { detail: Set(rows::json_text(bid)), ..party_columns("bid", &bid.parties) }
        }
        Fact::Procurement(procurement) => ledger_entry::ActiveModel {
            detail: Set(rows::json_text(procurement)),
            ..counterpart_columns("procurement", &procurement.actor)
        },
        Fact::Cancellation(cancellation) => bare("cancellation", rows::json_text(cancellation)),
        Fact::SupportContact(contact) => ledger_entry::ActiveModel {
            asf_id: Set(Some(contact.case.asf.0)),
            ..bare("support_contact", rows::json_text(contact))
        },
        Fact::SupportOutcome(outcome) => ledger_entry::ActiveModel {
            asf_id: Set(Some(outcome.case.asf.0)),
            ..bare("support_outcome", rows::json_text(outcome))
        },
        Fact::Actor(actor) => ledger_entry::ActiveModel {
            counterpart_org_no: Set(Some(actor.org_no.as_str().to_owned())),
            ..bare("actor", rows::json_text(actor))
        },
        Fact::Consent(consent) => consent_columns(consent),
        Fact::Order(order) => {
            ledger_entry::ActiveModel { amount_ore: Set(order.amount_ore), ..party_columns("order", &order.parties) }
        }
        Fact::Income(income) => ledger_entry::ActiveModel {
            income_kind: Set(Some(income.kind.as_str().to_owned())),
            amount_ore: Set(Some(income.amount_ore)),
            agreement_key: Set(income.agreement_key.clone()),
            detail: Set(rows::json_text(&IncomeDetail { credits: income.credits.clone() })),
            ..party_columns("income", &income.parties)
        },
        Fact::Agreement(agreement) => agreement_columns(agreement),
        Fact::Successor(successor) => successor_columns(successor),
        Fact::Ownership(ownership) => ledger_entry::ActiveModel {
            asf_id: Set(Some(ownership.asf.0)),
            counterpart_org_no: Set(Some(ownership.company.as_str().to_owned())),
            ..bare("ownership", rows::json_text(&OwnershipDetail { change: ownership.change }))
        },
        Fact::Evidence { of } => {
            ledger_entry::ActiveModel { evidences_id: Set(Some(of.0)), ..bare("evidence", "{}".to_owned()) }
        }
        Fact::Reversal { of, reason } => ledger_entry::ActiveModel {
            reverses_id: Set(Some(of.0)),
            ..bare("reversal", rows::json_text(&ReversalDetail { reason: reason.clone() }))
        },
    }
}

fn agreement_columns(agreement: &Agreement) -> ledger_entry::ActiveModel {
    let detail = AgreementDetail { kind: agreement.kind, price: agreement.price, renewal: agreement.renewal.clone() };
    ledger_entry::ActiveModel {
        agreement_key: Set(Some(agreement.key.clone())),
        amount_ore: Set(agreement.amount_ore),
        detail: Set(rows::json_text(&detail)),
        ..party_columns("agreement", &agreement.parties)
    }
}

fn successor_columns(successor: &Successor) -> ledger_entry::ActiveModel {
    match successor {
        Successor::Organisation { from, to } => ledger_entry::ActiveModel {
            counterpart_org_no: Set(Some(from.as_str().to_owned())),
            ..bare("successor", rows::json_text(&SuccessorDetail::OrgNo(to.as_str().to_owned())))
        },
        Successor::Asf { from, to } => ledger_entry::ActiveModel {
            asf_id: Set(Some(from.0)),
            ..bare("successor", rows::json_text(&SuccessorDetail::Asf(*to)))
        },
    }
}

fn consent_columns(consent: &Consent) -> ledger_entry::ActiveModel {
    let bare = bare("consent", rows::json_text(consent));
    match &consent.party {
        Party::Asf(asf) => ledger_entry::ActiveModel { asf_id: Set(Some(asf.0)), ..bare },
        Party::Organisation(org_no) => {
            ledger_entry::ActiveModel { counterpart_org_no: Set(Some(org_no.as_str().to_owned())), ..bare }
        }
    }
}

fn party_columns(kind: &str, parties: &Parties) -> ledger_entry::ActiveModel {
    ledger_entry::ActiveModel {
        asf_id: Set(Some(parties.asf.0)),
        asf_places: Set(rows::place_text(&parties.asf_places)),
        ..counterpart_columns(kind, &parties.counterpart)
    }
}

fn counterpart_columns(kind: &str, counterpart: &Counterpart) -> ledger_entry::ActiveModel {
    let Counterpart { class, org_no, name, group } = counterpart;
    ledger_entry::ActiveModel {
        counterpart_class: Set(Some(class.as_str().to_owned())),
        counterpart_org_no: Set(org_no.as_ref().map(|org_no| org_no.as_str().to_owned())),
        counterpart_name: Set(name.clone()),
        counterpart_group: Set(group.clone()),
        ..bare(kind, "{}".to_owned())
    }
}

fn bare(kind: &str, detail: String) -> ledger_entry::ActiveModel {
    ledger_entry::ActiveModel {
        kind: Set(kind.to_owned()),
        asf_places: Set(String::new()),
        detail: Set(detail),
        ..Default::default()
    }
}

fn to_entry(row: ledger_entry::Model) -> StoreResult<Entry> {
    let fact = to_fact(&row)?;
    let level = rows::known(TABLE, EvidenceLevel::parse(&row.evidence_level.to_string()))?;
    Ok(Entry {
        id: EntryId(row.id),
        recorded_at: row.recorded_at,
        recorded_by: row.recorded_by,
        told: NewEntry {
            key: row.key,
            occurred_on: row.occurred_on,
            pairing_id: row.pairing_id.map(PairingId),
            evidence: Evidence { level, reference: row.evidence_ref },
            fact,
        },
    })
}

fn to_fact(row: &ledger_entry::Model) -> StoreResult<Fact> {
    match row.kind.as_str() {
        "relation" => to_parties(row).map(Fact::Relation),
        "bid" => rows::from_json(TABLE, &row.detail).map(Fact::Bid),
        "procurement" => rows::from_json(TABLE, &row.detail).map(Fact::Procurement),
        "cancellation" => rows::from_json(TABLE, &row.detail).map(Fact::Cancellation),
        "support_contact" => rows::from_json(TABLE, &row.detail).map(Fact::SupportContact),
        "support_outcome" => rows::from_json(TABLE, &row.detail).map(Fact::SupportOutcome),
        "actor" => rows::from_json(TABLE, &row.detail).map(Fact::Actor),
        "consent" => rows::from_json(TABLE, &row.detail).map(Fact::Consent),
        "order" => Ok(Fact::Order(Order { parties: to_parties(row)?, amount_ore: row.amount_ore })),
        "income" => to_income(row).map(Fact::Income),
        "agreement" => to_agreement(row).map(Fact::Agreement),
        "successor" => to_successor(row).map(Fact::Successor),
        "ownership" => Ok(Fact::Ownership(Ownership {
            asf: AsfId(there(row.asf_id)?),
            company: to_org_no(row)?,
            change: rows::from_json::<OwnershipDetail>(TABLE, &row.detail)?.change,
        })),
        "evidence" => Ok(Fact::Evidence { of: EntryId(there(row.evidences_id)?) }),
        "reversal" => Ok(Fact::Reversal {
            of: EntryId(there(row.reverses_id)?),
            reason: rows::from_json::<ReversalDetail>(TABLE, &row.detail)?.reason,
        }),
        other => Err(StoreError::Unreadable { table: TABLE, detail: format!("kind {other}") }),
    }
}

fn to_income(row: &ledger_entry::Model) -> StoreResult<Income> {
    Ok(Income {
        parties: to_parties(row)?,
        kind: rows::known(TABLE, IncomeKind::parse(&there(row.income_kind.clone())?))?,
        amount_ore: there(row.amount_ore)?,
        agreement_key: row.agreement_key.clone(),
        credits: rows::from_json::<IncomeDetail>(TABLE, &row.detail)?.credits,
    })
}

fn to_agreement(row: &ledger_entry::Model) -> StoreResult<Agreement> {
    let detail: AgreementDetail = rows::from_json(TABLE, &row.detail)?;
    Ok(Agreement {
        parties: to_parties(row)?,
        key: there(row.agreement_key.clone())?,
        kind: detail.kind,
        renewal: detail.renewal,
        price: detail.price,
        amount_ore: row.amount_ore,
    })
}

fn to_successor(row: &ledger_entry::Model) -> StoreResult<Successor> {
    Ok(match rows::from_json(TABLE, &row.detail)? {
        SuccessorDetail::OrgNo(to) => {
            Successor::Organisation { from: to_org_no(row)?, to: rows::known(TABLE, OrgNo::parse(&to))? }
        }
        SuccessorDetail::Asf(to) => Successor::Asf { from: AsfId(there(row.asf_id)?), to },
    })
}

fn to_parties(row: &ledger_entry::Model) -> StoreResult<Parties> {
    let class = there(row.counterpart_class.as_deref())?;
    Ok(Parties {
        asf: AsfId(there(row.asf_id)?),
        asf_places: rows::known(TABLE, Place::parse_list(&row.asf_places))?,
        counterpart: Counterpart {
            class: rows::known(TABLE, CounterpartClass::parse(class))?,
            org_no: rows::known_option(TABLE, row.counterpart_org_no.as_deref().map(OrgNo::parse))?,
            name: row.counterpart_name.clone(),
            group: row.counterpart_group.clone(),
        },
    })
}

fn to_org_no(row: &ledger_entry::Model) -> StoreResult<OrgNo> {
    rows::known(TABLE, OrgNo::parse(there(row.counterpart_org_no.as_deref())?))
}

/// A column that this kind of entry always has.
fn there<T>(value: Option<T>) -> StoreResult<T> {
    value.ok_or_else(|| StoreError::Unreadable { table: TABLE, detail: "a column of its kind is empty".to_owned() })
}
