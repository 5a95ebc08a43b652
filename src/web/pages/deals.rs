//! What a pairing led to: its chain so far, and the form that adds to it. For staff and the ASF of
//! the pairing.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::parts::Why;
use crate::{
    domain::{
        buyer::BuyerKind,
        deal::{DealFields, DealKind, NewDeal},
        evidence::EvidenceLevel,
        ledger::Fact,
        pairing::{DeclineReason, PairingId, PairingState, Strength},
        reason::Objection,
        schedule::local_date,
        target::{Item, TargetId},
        user::User,
    },
    service::{
        self,
        deals::{self, Chain, Teller, Told},
        pairings::{self, AnswerView},
        reports,
    },
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DealForm {
    kind: String,
    occurred_on: String,
    amount_sek: String,
    income_kind: String,
    price: String,
    reference: String,
}

impl DealForm {
    fn fields(&self) -> DealFields<'_> {
        DealFields {
            kind: &self.kind,
            occurred_on: &self.occurred_on,
            amount_sek: &self.amount_sek,
            income_kind: &self.income_kind,
            price: &self.price,
            reference: &self.reference,
        }
    }
}

/// What was just done, after a form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    sparat: String,
}

#[derive(Serialize)]
struct DealPage {
    pairing_id: i64,
    need_id: i64,
    title: String,
    asf_id: i64,
    asf: String,
    buyer: String,
    buyer_is_public: bool,
    published_on: NaiveDate,
    suggested_at: DateTime<Utc>,
    /// 0 to 100.
    score: u32,
    strength: Strength,
    why: Why,
    objections: Vec<Objection>,
    state: PairingState,
    answered_at: Option<DateTime<Utc>>,
    decline_reason: Option<DeclineReason>,
    note: String,
    introduced_at: Option<DateTime<Utc>>,
    entries: Vec<EntryLine>,
    counts: Vec<CountLine>,
    kinds: [&'static str; 3],
    form: DealForm,
    errors: Vec<FieldError>,
    done: String,
}

#[derive(Serialize)]
struct EntryLine {
    id: i64,
    kind: &'static str,
    on: NaiveDate,
    amount_sek: Option<i64>,
    level: EvidenceLevel,
    evidence: String,
    by: &'static str,
    recorded_at: DateTime<Utc>,
    is_reversed: bool,
}

/// What of a target rests on the deal.
#[derive(Serialize)]
struct CountLine {
    target: &'static str,
    standing: &'static str,
    clause: Option<String>,
}

/// Shows the chain and the form.
pub async fn show(visit: Visit, Id(id): Id, Query(done): Query<Done>) -> PageResult {
    let (_, view) = allowed(&visit, id).await?;
    let done = if matches!(done.sparat.as_str(), "ja" | "redan") { done.sparat } else { String::new() };
    let form = DealForm { income_kind: "service".to_owned(), price: "open".to_owned(), ..DealForm::default() };
    let page = deal_page(&visit, view, form, Vec::new(), done).await?;
    visit.page("pages/deals/show.html", page)
}

/// Adds to the chain, or shows the form again with what is wrong.
pub async fn record(visit: Visit, Id(id): Id, Form(form): Form<DealForm>) -> PageResult {
    let (user, view) = allowed(&visit, id).await?;
    let now = visit.app.clock.now();
    let recorded = match NewDeal::parse(PairingId(id), &form.fields(), local_date(now)) {
        Ok(deal) => deals::record(&visit.app.db, &format!("user:{}", user.id.0), deal, now).await,
        Err(rejections) => Err(service::Error::Rejected(rejections)),
    };
    match recorded {
        Ok(_) => Ok(Redirect::to(&format!("/affar/{id}?sparat=ja")).into_response()),
        Err(service::Error::Conflict) => Ok(Redirect::to(&format!("/affar/{id}?sparat=redan")).into_response()),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            let page = deal_page(&visit, view, form, errors, String::new()).await?;
            visit.rejected("pages/deals/show.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The user and the pairing, if they may see each other.
async fn allowed(visit: &Visit, id: i64) -> PageResult<(&User, AnswerView)> {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    let view = pairings::find(&visit.app, PairingId(id)).await;
    // Whether a pairing exists is no business of others: they get the same answer for all.
    match view {
        Ok(view) if user.role.is_staff() || user.asf_id == Some(view.asf.id) => Ok((user, view)),
        Err(error) if user.role.is_staff() => Err(error.into()),
        Ok(_) | Err(service::Error::NotFound) => Err(PageError::Forbidden),
        Err(error) => Err(error.into()),
    }
}

async fn deal_page(
    visit: &Visit,
    view: AnswerView,
    form: DealForm,
    errors: Vec<FieldError>,
    done: String,
) -> PageResult<DealPage> {
    let AnswerView { pairing, need, asf, .. } = view;
    let Chain { suggested_at, told, items } = deals::chain(&visit.app, &pairing).await?;
    Ok(DealPage {
        pairing_id: pairing.id.0,
        need_id: need.id.0,
        title: need.title,
        asf_id: asf.id.0,
        asf: asf.name,
        buyer_is_public: need.buyer.kind == BuyerKind::Public,
        buyer: need.buyer.name,
        published_on: need.published_on.unwrap_or_else(|| local_date(need.created_at)),
        suggested_at,
        score: (pairing.score.clamp(0.0, 1.0) * 100.0).round() as u32,
        strength: pairing.strength,
        why: pairing.reasons.into(),
        objections: pairing.objections,
        state: pairing.state,
        answered_at: pairing.answered_at,
        decline_reason: pairing.decline_reason,
        note: pairing.note,
        introduced_at: pairing.introduced_at,
        entries: told.into_iter().map(line).collect(),
        counts: items.iter().map(|(id, item)| count_line(*id, item)).collect(),
        kinds: DealKind::ALL.map(DealKind::as_str),
        form,
        errors,
        done,
    })
}

fn count_line(id: TargetId, item: &Item) -> CountLine {
    let clause = item.failed().map(|clause| clause.code().to_lowercase());
    CountLine { target: id.as_str(), standing: reports::standing(item), clause }
}

fn line(Told { entry, by, is_reversed }: Told) -> EntryLine {
    let (kind, ore) = match &entry.told.fact {
        Fact::Relation(_) => ("relation", None),
        Fact::Order(order) => ("order", order.amount_ore),
        Fact::Agreement(agreement) => ("agreement", agreement.amount_ore),
        Fact::Income(income) if income.amount_ore < 0 => ("credit", Some(income.amount_ore)),
        Fact::Income(income) => ("invoice", Some(income.amount_ore)),
        Fact::Evidence { .. } if by == Teller::Other => ("confirmed", None),
        Fact::Evidence { .. } => ("evidence", None),
        Fact::Reversal { .. } => ("reversal", None),
        _ => ("other", None),
    };
    let evidence = match &entry.told.fact {
        Fact::Reversal { reason, .. } => reason.clone(),
        _ => entry.told.evidence.reference,
    };
    EntryLine {
        id: entry.id.0,
        kind,
        on: entry.told.occurred_on,
        amount_sek: ore.map(|ore| ore / 100),
        level: entry.told.evidence.level,
        evidence,
        by: match by {
            Teller::Staff => "staff",
            Teller::Asf => "asf",
            Teller::Other => "other",
            Teller::Program => "program",
        },
        recorded_at: entry.recorded_at,
        is_reversed,
    }
}
