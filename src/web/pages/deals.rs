//! What a pairing led to: its chain so far, and the form that adds to it. For staff and the ASF of
//! the pairing.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        buyer::BuyerKind,
        deal::{DealFields, DealKind, NewDeal},
        ledger::{Entry, Fact},
        pairing::{PairingId, PairingState},
        schedule::local_date,
        user::User,
    },
    service::{
        self, deals,
        pairings::{self, AnswerView},
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
    asf: String,
    buyer: String,
    buyer_is_public: bool,
    state: PairingState,
    answered_at: Option<DateTime<Utc>>,
    introduced_at: Option<DateTime<Utc>>,
    entries: Vec<EntryLine>,
    kinds: [&'static str; 3],
    form: DealForm,
    errors: Vec<FieldError>,
    done: String,
}

#[derive(Serialize)]
struct EntryLine {
    kind: &'static str,
    on: NaiveDate,
    amount_sek: Option<i64>,
    evidence: String,
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
    let entries = deals::list(&visit.app.db, pairing.id).await?;
    Ok(DealPage {
        pairing_id: pairing.id.0,
        need_id: need.id.0,
        title: need.title,
        asf: asf.name,
        buyer_is_public: need.buyer.kind == BuyerKind::Public,
        buyer: need.buyer.name,
        state: pairing.state,
        answered_at: pairing.answered_at,
        introduced_at: pairing.introduced_at,
        entries: entries.into_iter().map(line).collect(),
        kinds: DealKind::ALL.map(DealKind::as_str),
        form,
        errors,
        done,
    })
}

fn line(entry: Entry) -> EntryLine {
    let (kind, ore) = match &entry.told.fact {
        Fact::Order(order) => ("order", order.amount_ore),
        Fact::Agreement(agreement) => ("agreement", agreement.amount_ore),
        Fact::Income(income) if income.amount_ore < 0 => ("credit", Some(income.amount_ore)),
        Fact::Income(income) => ("invoice", Some(income.amount_ore)),
        Fact::Evidence { .. } => ("evidence", None),
        Fact::Reversal { .. } => ("reversal", None),
        _ => ("other", None),
    };
    EntryLine {
        kind,
        on: entry.told.occurred_on,
        amount_sek: ore.map(|ore| ore / 100),
        evidence: entry.told.evidence.reference,
    }
}
