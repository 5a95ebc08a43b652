//! Quick entry: one page for each kind of fact, asking only what the rule needs. An ASF writes of
//! itself, staff of everybody.

use std::collections::HashMap;

use axum::response::{IntoResponse as _, Redirect};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        actor::PublicActorKind,
        asf::AsfId,
        bid::{BidRole, Procedure},
        entry::{EntryFields, EntryKind},
        ledger::Fact,
        procurement::{Stage, Stated},
        support::SupportKind,
    },
    service::{
        self,
        ledger::{self, Writer},
        targets,
    },
    store::asf,
    web::{
        error::{PageError, PageResult},
        extract::{Form, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    slag: String,
    sparat: String,
}

/// The fields as typed, by name.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct EntryForm(HashMap<String, String>);

impl EntryForm {
    pub(in crate::web) fn fields(&self) -> EntryFields<'_> {
        EntryFields {
            occurred_on: self.value("occurred_on"),
            name: self.value("name"),
            org_no: self.value("org_no"),
            class: self.value("class"),
            amount_sek: self.value("amount_sek"),
            income_kind: self.value("income_kind"),
            price: self.value("price"),
            subject: self.value("subject"),
            role: self.value("role"),
            procedure: self.value("procedure"),
            time: self.value("time"),
            deadline_on: self.value("deadline_on"),
            deadline_time: self.value("deadline_time"),
            stated: self.value("stated"),
            stage: self.value("stage"),
            actor: self.value("actor"),
            form: self.value("form"),
            kind: self.value("kind"),
            link: self.value("link"),
            without: self.value("without"),
            agreement: self.value("agreement"),
            renewal: self.value("renewal"),
            earlier: self.value("earlier"),
            shown: self.value("shown"),
            before_on: self.value("before_on"),
            after_on: self.value("after_on"),
            months: self.value("months"),
            reference: self.value("reference"),
        }
    }

    fn value(&self, field: &str) -> &str {
        self.0.get(field).map(String::as_str).unwrap_or_default()
    }

    /// What is usual is chosen already.
    fn usual() -> Self {
        let usual = [
            ("agreement", "contract"),
            ("form", "individual"),
            ("income_kind", "service"),
            ("price", "open"),
            ("renewal", "none"),
            ("shown", "stream"),
        ];
        Self(usual.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect())
    }
}

#[derive(Serialize)]
struct EntryFormPage {
    kind: &'static str,
    kinds: Vec<&'static str>,
    fields: Vec<Field>,
    errors: Vec<FieldError>,
    done: String,
}

/// One field of a form: an input, or a choice when it has options.
#[derive(Serialize)]
struct Field {
    name: &'static str,
    /// Message id of the label; its hint is the same with `-hint`.
    label: String,
    input: &'static str,
    value: String,
    required: bool,
    options: Vec<Choice>,
    /// Shown only beside another choice, where the browser can tell: `public`, `renewed`, `stream`, `periods`.
    only: &'static str,
    has_hint: bool,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    /// Message id, or the words themselves when `is_text`.
    label: String,
    is_text: bool,
}

/// The fields of each kind, in order; those that may stay empty end in `?`.
fn fields_of(kind: EntryKind) -> &'static [&'static str] {
    match kind {
        EntryKind::Order => &["name", "org_no", "class", "subject:public", "occurred_on", "amount_sek?", "reference?"],
        EntryKind::Agreement => {
            // A field before `:` stands only beside the choice after it.
            &[
                "name",
                "org_no",
                "class",
                "subject:public",
                "agreement:public",
                "renewal:public",
                "earlier:renewed",
                "occurred_on",
                "amount_sek?",
                "income_kind",
                "price:public",
                "reference?",
            ]
        }
        EntryKind::Invoice => {
            &["name", "org_no", "class", "subject?:public", "occurred_on", "amount_sek", "income_kind", "reference?"]
        }
        EntryKind::Bid => &[
            "name",
            "org_no",
            "subject",
            "role",
            "procedure",
            "occurred_on",
            "time",
            "deadline_on?",
            "deadline_time?",
            "reference?",
        ],
        EntryKind::Contact => &["actor", "subject", "occurred_on", "form", "kind"],
        EntryKind::Outcome => &[
            "actor",
            "subject",
            "shown",
            "link:stream",
            "before_on:periods",
            "after_on:periods",
            "months:periods",
            "without",
            "occurred_on",
            "reference?",
        ],
        EntryKind::Procurement => {
            &["name", "org_no", "subject", "stated", "role", "stage", "occurred_on", "deadline_on?", "reference?"]
        }
        EntryKind::Cancellation => &["subject", "occurred_on", "reference?"],
        EntryKind::Actor => &["org_no", "kind", "link?", "occurred_on"],
        EntryKind::Ownership => &["org_no", "kind", "occurred_on", "reference?"],
        EntryKind::Successor => &["org_no", "link", "occurred_on", "reference?"],
        EntryKind::Consent => &["org_no?", "kind", "occurred_on", "reference?"],
    }
}

/// The words that a field chooses among.
fn words_of(kind: EntryKind, field: &str) -> Vec<&'static str> {
    match (kind, field) {
        (EntryKind::Order | EntryKind::Agreement | EntryKind::Invoice, "class") => {
            vec!["private", "public", "nonprofit", "asf", "person"]
        }
        (_, "income_kind") => vec!["service", "goods", "placement"],
        (EntryKind::Agreement, "agreement") => vec!["contract", "framework", "call_off", "iop", "award_decision"],
        (_, "renewal") => vec!["none", "extended", "new"],
        (_, "shown") => vec!["stream", "periods"],
        (_, "price") => vec!["open", "firm", "grant"],
        (EntryKind::Bid, "role") => BidRole::ALL.map(BidRole::as_str).to_vec(),
        (_, "procedure") => Procedure::ALL.map(Procedure::as_str).to_vec(),
        (EntryKind::Procurement, "role") => vec!["buyer", "call_off", "listed"],
        (_, "stated") => Stated::ALL.map(Stated::as_str).to_vec(),
        (_, "stage") => Stage::ALL.map(Stage::as_str).to_vec(),
        (_, "form") => vec!["individual", "open"],
        (_, "without") => vec!["nothing", "less", "the_same"],
        (EntryKind::Contact, "kind") => SupportKind::ALL.map(SupportKind::as_str).to_vec(),
        (EntryKind::Actor, "kind") => PublicActorKind::ALL.map(PublicActorKind::as_str).to_vec(),
        (EntryKind::Ownership, "kind") => vec!["begins", "ends"],
        (EntryKind::Consent, "kind") => vec!["given", "withdrawn"],
        _ => Vec::new(),
    }
}

/// Shows a form.
pub async fn ask(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let part = visit.ledger_part()?;
    let done = if matches!(asked.sparat.as_str(), "ja" | "redan") { asked.sparat.clone() } else { String::new() };
    let kind = kind(&asked, part)?;
    let page = form_page(&visit, kind, part, &EntryForm::usual(), (Vec::new(), done)).await?;
    visit.page("pages/ledger/new.html", page)
}

/// Writes down what the form says, or shows it again with what is wrong.
pub async fn record(visit: Visit, Query(asked): Query<Asked>, Form(form): Form<EntryForm>) -> PageResult {
    let part = visit.ledger_part()?;
    let kind = kind(&asked, part)?;
    let about = part.or_else(|| form.value("asf").trim().parse().ok().map(AsfId)).filter(|_| kind.has_asf());
    let writer = if part.is_some() { Writer::Asf } else { Writer::Staff };
    let recorded = ledger::record(&visit.app, (&visit.actor(), writer), about, kind, &form.fields()).await;
    let again = |done: &str| Redirect::to(&format!("/liggare/ny?slag={}&sparat={done}", kind.as_str())).into_response();
    match recorded {
        Ok(_) => Ok(again("ja")),
        Err(service::Error::Conflict) => Ok(again("redan")),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            let page = form_page(&visit, kind, part, &form, (errors, String::new())).await?;
            visit.rejected("pages/ledger/new.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The kind that is asked for, if the visitor may write it; an ASF gives consent for itself only.
fn kind(asked: &Asked, part: Option<AsfId>) -> PageResult<EntryKind> {
    let kind = if asked.slag.is_empty() { Some(EntryKind::Order) } else { EntryKind::parse(&asked.slag) };
    match kind {
        Some(kind) if part.is_none() || kind.is_for_asf() => Ok(kind),
        Some(_) => Err(PageError::Forbidden),
        None => Err(PageError::NotFound),
    }
}

async fn form_page(
    visit: &Visit,
    kind: EntryKind,
    part: Option<AsfId>,
    form: &EntryForm,
    (errors, done): (Vec<FieldError>, String),
) -> PageResult<EntryFormPage> {
    let mut fields = Vec::new();
    if part.is_none() && kind.has_asf() {
        fields.push(asf_field(visit, form).await?);
    }
    for name in fields_of(kind) {
        fields.push(field(visit, kind, part, form, name).await?);
    }
    let may = |kind: &EntryKind| part.is_none() || kind.is_for_asf();
    let kinds = EntryKind::ALL.into_iter().filter(may).map(EntryKind::as_str).collect();
    Ok(EntryFormPage { kind: kind.as_str(), kinds, fields, errors, done })
}

async fn asf_field(visit: &Visit, form: &EntryForm) -> PageResult<Field> {
    let all = asf::list_after(&visit.app.db, AsfId(0), 500).await?;
    let options = all.into_iter().map(|asf| text_choice(asf.id.0.to_string(), asf.name)).collect();
    let (label, value) = ("entry-field-asf".to_owned(), form.value("asf").to_owned());
    Ok(Field { name: "asf", label, input: "select", value, required: true, options, only: "", has_hint: false })
}

/// Labels that are explained in a line of their own.
const HINTED: [&str; 5] =
    ["entry-field-class", "entry-field-earlier", "entry-field-months", "entry-field-price", "entry-field-shown"];

fn text_choice(value: String, label: String) -> Choice {
    Choice { value, label, is_text: true }
}

async fn field(
    visit: &Visit,
    kind: EntryKind,
    part: Option<AsfId>,
    form: &EntryForm,
    spec: &'static str,
) -> PageResult<Field> {
    let (spec, only) = spec.split_once(':').unwrap_or((spec, ""));
    let name = spec.trim_end_matches('?');
    let word = |value: &'static str| Choice {
        value: value.to_owned(),
        label: format!("entry-{}-{}", name.replace('_', "-"), value.replace('_', "-")),
        is_text: false,
    };
    let mut options: Vec<Choice> = words_of(kind, name).into_iter().map(word).collect();
    let known = targets::current(&visit.app).await?;
    if name == "actor" {
        let actors = known.settings.decisions.support_actors.iter();
        options = actors.map(|actor| text_choice(actor.clone(), actor.clone())).collect();
    }
    if name == "link" && kind == EntryKind::Outcome {
        options = incomes(visit, &known.entries, part);
    }
    let input = match name {
        "occurred_on" | "deadline_on" | "before_on" | "after_on" => "date",
        "time" | "deadline_time" => "time",
        "asf" | "actor" | "link" if !options.is_empty() => "select",
        _ if options.len() > 5 => "select",
        _ if !options.is_empty() => "radio",
        _ => "text",
    };
    let label = match (kind, name) {
        (EntryKind::Actor | EntryKind::Successor | EntryKind::Outcome, "link")
        | (_, "kind" | "subject" | "role" | "occurred_on") => format!("entry-field-{name}-{}", kind.as_str()),
        _ => format!("entry-field-{name}"),
    };
    let label = label.replace('_', "-");
    let has_hint = HINTED.contains(&label.as_str());
    let value = form.value(name).to_owned();
    Ok(Field { name, label, input, value, required: !spec.ends_with('?'), options, only, has_hint })
}

/// The invoices that an outcome can point to, the latest first.
fn incomes(visit: &Visit, entries: &[crate::domain::ledger::Entry], part: Option<AsfId>) -> Vec<Choice> {
    let is_theirs = |entry: &&crate::domain::ledger::Entry| part.is_none() || entry.told.fact.asf() == part;
    let latest = entries.iter().rev().filter(is_theirs);
    let choices = latest.filter_map(|entry| match &entry.told.fact {
        Fact::Income(income) if income.kind.is_sale() && income.amount_ore > 0 => {
            let name = income.parties.counterpart.name.clone().unwrap_or_default();
            let amount = visit.app.words.sek(visit.language, income.amount_ore / 100);
            Some(text_choice(entry.told.key.clone(), format!("{} {name}, {amount}", entry.told.occurred_on)))
        }
        _ => None,
    });
    choices.take(100).collect()
}
