//! The board of pairings: filtered in the database, one narrow row each, never more than a page.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait as _, RelationDef, Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    Reader, StoreResult,
    entities::{asf, buyer, digest, digest_item, lot, need, pairing},
    names, rows,
};
use crate::domain::{
    board::{BoardFilter, Stage},
    pairing::{DeclineReason, PairingState, Strength},
    place::Place,
};

/// One line of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardRow {
    /// Key of the pairing.
    pub id: i64,
    /// The need.
    pub need_id: i64,
    /// Its title.
    pub title: String,
    /// Title of the lot.
    pub lot_title: String,
    /// Name of the buyer.
    pub buyer: String,
    /// The ASF.
    pub asf_id: i64,
    /// Its name.
    pub asf: String,
    /// Where the work is done.
    pub places: Vec<Place>,
    /// Strong or possible.
    pub strength: Strength,
    /// How far it has come.
    pub stage: Stage,
    /// Why the ASF declined; for staff alone.
    pub decline_reason: Option<DeclineReason>,
    /// The ASF's line.
    pub note: String,
    /// Since when it is at its stage.
    pub since: DateTime<Utc>,
    /// Last instant to answer.
    pub deadline_at: Option<DateTime<Utc>>,
}

/// When the pairing first stood in a digest.
const MAILED_AT: &str = "(SELECT MIN(d.composed_at) FROM digest_item i JOIN digest d ON d.id = i.digest_id \
     WHERE i.pairing_id = pairing.id)";
const IS_MAILED: &str = "EXISTS (SELECT 1 FROM digest_item i WHERE i.pairing_id = pairing.id)";
const HAS_DEAL: &str = "EXISTS (SELECT 1 FROM ledger_entry e WHERE e.pairing_id = pairing.id)";
/// Somebody has answered that it led nowhere.
const LED_NOWHERE: &str = "EXISTS (SELECT 1 FROM follow_up f WHERE f.pairing_id = pairing.id AND f.answer = 'no')";
/// Silence that is older than this is nothing to ask about any more, in days.
const FORGOTTEN_AFTER: i64 = 365;

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    need_id: i64,
    title: String,
    lot_title: String,
    buyer: String,
    asf_id: i64,
    asf: String,
    places: String,
    strength: String,
    state: String,
    decline_reason: Option<String>,
    note: String,
    created_at: DateTime<Utc>,
    answered_at: Option<DateTime<Utc>>,
    introduced_at: Option<DateTime<Utc>>,
    deadline_at: Option<DateTime<Utc>>,
    mailed_at: Option<DateTime<Utc>>,
    deals: i64,
}

/// The pairings that a filter leaves, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &impl Reader,
    filter: &BoardFilter,
    now: DateTime<Utc>,
    offset: u64,
    limit: u64,
) -> StoreResult<Vec<BoardRow>> {
    let deals = Expr::cust("(SELECT COUNT(*) FROM ledger_entry e WHERE e.pairing_id = pairing.id)");
    let rows = filtered(filter, now)
        .select_only()
        .column(pairing::Column::Id)
        .column_as(need::Column::Id, "need_id")
        .column(need::Column::Title)
        .column_as(lot::Column::Title, "lot_title")
        .column_as(buyer::Column::Name, "buyer")
        .column(pairing::Column::AsfId)
        .column_as(asf::Column::Name, "asf")
        .column(lot::Column::Places)
        .column(pairing::Column::Strength)
        .column(pairing::Column::State)
        .column(pairing::Column::DeclineReason)
        .column(pairing::Column::Note)
        .column(pairing::Column::CreatedAt)
        .column(pairing::Column::AnsweredAt)
        .column(pairing::Column::IntroducedAt)
        .column(lot::Column::DeadlineAt)
        .expr_as(Expr::cust(MAILED_AT), "mailed_at")
        .expr_as(deals, "deals")
        .order_by(pairing::Column::Id, Order::Desc)
        .offset(offset)
        .limit(limit)
        .into_model::<Row>()
        .all(db)
        .await?;
    rows.into_iter().map(to_board_row).collect()
}

/// How many a filter leaves, and since when the oldest of them waits.
///
/// # Errors
/// When the database does not answer.
pub async fn count(
    db: &impl Reader,
    filter: &BoardFilter,
    now: DateTime<Utc>,
) -> StoreResult<(u64, Option<DateTime<Utc>>)> {
    let number = filtered(filter, now).count(db).await?;
    let since = format!("COALESCE(pairing.answered_at, {MAILED_AT}, pairing.created_at)");
    let oldest = filtered(filter, now)
        .select_only()
        .expr_as(Expr::cust(since.clone()), "since")
        .order_by(Expr::cust(since), Order::Asc)
        .limit(1)
        .into_tuple::<DateTime<Utc>>()
        .one(db)
        .await?;
    Ok((number, oldest))
}

fn filtered(filter: &BoardFilter, now: DateTime<Utc>) -> Select<pairing::Entity> {
    let of_lot: RelationDef =
        pairing::Entity::belongs_to(lot::Entity).from(pairing::Column::LotId).to(lot::Column::Id).into();
    let of_need: RelationDef =
        lot::Entity::belongs_to(need::Entity).from(lot::Column::NeedId).to(need::Column::Id).into();
    let of_buyer: RelationDef =
        need::Entity::belongs_to(buyer::Entity).from(need::Column::BuyerId).to(buyer::Column::Id).into();
    let of_asf: RelationDef =
        pairing::Entity::belongs_to(asf::Entity).from(pairing::Column::AsfId).to(asf::Column::Id).into();
    let joined = pairing::Entity::find()
        .join(JoinType::InnerJoin, of_lot)
        .join(JoinType::InnerJoin, of_need)
        .join(JoinType::InnerJoin, of_buyer)
        .join(JoinType::InnerJoin, of_asf);
    joined.filter(conditions(filter, now))
}

fn conditions(filter: &BoardFilter, now: DateTime<Utc>) -> Condition {
    let mut all = Condition::all().add(pairing::Column::State.ne(PairingState::Withdrawn.as_str()));
    if let Some(stage) = filter.stage {
        all = all.add(at_stage(stage));
    }
    if !filter.asf.is_empty() {
        all = all.add(names::holding(asf::Column::Name, &filter.asf));
    }
    if !filter.buyer.is_empty() {
        all = all.add(names::holding(buyer::Column::Name, &filter.buyer));
    }
    if let Some(week) = filter.week {
        all = all.add(Expr::cust(format!(
            "EXISTS (SELECT 1 FROM digest_item i JOIN digest d ON d.id = i.digest_id WHERE i.pairing_id = pairing.id \
             AND d.iso_year = {} AND d.iso_week = {})",
            week.year, week.week
        )));
    }
    if let Some(place) = &filter.place {
        // Codes of a county's municipalities begin with its own.
        let begins = |separator: &str| lot::Column::Places.like(format!("{separator}{}%", place.code()));
        all = all.add(Condition::any().add(begins("")).add(begins("%|")));
    }
    if let Some(days) = filter.waited_days {
        all = all.add(waits_since(now - Duration::days(days)));
    }
    if filter.is_silent {
        let in_time = Condition::any().add(lot::Column::DeadlineAt.is_null()).add(lot::Column::DeadlineAt.gt(now));
        let open = Condition::all()
            .add(pairing::Column::AnsweredAt.is_null())
            .add(lot::Column::ClosedAt.is_null())
            .add(lot::Column::WithdrawnAt.is_null())
            .add(in_time);
        let asked = Condition::all()
            .add(pairing::Column::AnsweredAt.gt(now - Duration::days(FORGOTTEN_AFTER)))
            .add(Expr::cust(LED_NOWHERE).not());
        all = all.add(Condition::any().add(open).add(asked));
    }
    all
}

fn at_stage(stage: Stage) -> Condition {
    let state = |state: PairingState| Condition::all().add(pairing::Column::State.eq(state.as_str()));
    match stage {
        Stage::Suggested => state(PairingState::Suggested).add(Expr::cust(IS_MAILED).not()),
        Stage::Mailed => state(PairingState::Suggested).add(Expr::cust(IS_MAILED)),
        Stage::Maybe => state(PairingState::Maybe),
        Stage::No => state(PairingState::No),
        Stage::Yes => {
            state(PairingState::Yes).add(pairing::Column::IntroducedAt.is_null()).add(Expr::cust(HAS_DEAL).not())
        }
        Stage::Introduced => {
            state(PairingState::Yes).add(pairing::Column::IntroducedAt.is_not_null()).add(Expr::cust(HAS_DEAL).not())
        }
        Stage::Deal => state(PairingState::Yes).add(Expr::cust(HAS_DEAL)),
    }
}

fn waits_since(at: DateTime<Utc>) -> Condition {
    let of_digest: RelationDef = digest_item::Entity::belongs_to(digest::Entity)
        .from(digest_item::Column::DigestId)
        .to(digest::Column::Id)
        .into();
    let mailed = digest_item::Entity::find()
        .select_only()
        .column(digest_item::Column::PairingId)
        .join(JoinType::InnerJoin, of_digest)
        .filter(digest::Column::ComposedAt.lte(at))
        .into_query();
    let unanswered = || Condition::all().add(pairing::Column::AnsweredAt.is_null());
    Condition::any()
        .add(pairing::Column::AnsweredAt.lte(at))
        .add(unanswered().add(pairing::Column::Id.in_subquery(mailed)))
        .add(unanswered().add(Expr::cust(IS_MAILED).not()).add(pairing::Column::CreatedAt.lte(at)))
}

fn to_board_row(row: Row) -> StoreResult<BoardRow> {
    let state = rows::known("pairing", PairingState::parse(&row.state))?;
    let stage = match state {
        PairingState::Maybe => Stage::Maybe,
        PairingState::No => Stage::No,
        PairingState::Yes if row.deals > 0 => Stage::Deal,
        PairingState::Yes if row.introduced_at.is_some() => Stage::Introduced,
        PairingState::Yes => Stage::Yes,
        _ if row.mailed_at.is_some() => Stage::Mailed,
        _ => Stage::Suggested,
    };
    Ok(BoardRow {
        id: row.id,
        need_id: row.need_id,
        title: row.title,
        lot_title: row.lot_title,
        buyer: row.buyer,
        asf_id: row.asf_id,
        asf: row.asf,
        places: rows::known("lot", Place::parse_list(&row.places))?,
        strength: rows::known("pairing", Strength::parse(&row.strength))?,
        stage,
        decline_reason: rows::known_option("pairing", row.decline_reason.as_deref().map(DeclineReason::parse))?,
        note: row.note,
        since: row.answered_at.or(row.mailed_at).unwrap_or(row.created_at),
        deadline_at: row.deadline_at,
    })
}
