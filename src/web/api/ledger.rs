//! The ledger: staff see everything, an ASF its own, nobody else anything.

use axum::{
    body::Bytes,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{self, Page},
    extract::{Answer, Asked, Body, Id},
    gate::Caller,
    pairings::MadeEntry,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::{
        asf::AsfId,
        email::Email,
        entry::EntryKind,
        evidence::{Evidence, EvidenceLevel},
        ledger::{Entry, EntryId, concerns},
        rejection::Rejection,
        target,
    },
    service::{
        deals,
        ledger::{self, Upload, Writer},
        targets,
    },
    web::pages::{entry_form::EntryForm, ledger::other},
};

/// Which entries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EntryQuery {
    /// As the ledger was known on this day, or at this instant.
    #[param(max_length = 40)]
    as_of: Option<String>,
    /// Only of this kind, for example `income`.
    #[param(pattern = "^[a-z_]{1,30}$")]
    kind: Option<String>,
    /// Items on a page; 20 when nothing is said.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// `next` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]+$", max_length = 200)]
    cursor: Option<String>,
}

/// An entry of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryItem {
    id: i64,
    /// For example `order`, `income`, `agreement`, `evidence` or `reversal`.
    kind: &'static str,
    /// The day it happened.
    occurred_on: NaiveDate,
    recorded_at: DateTime<Utc>,
    asf_id: Option<i64>,
    /// The other side, or what it is about.
    other: String,
    /// Whole SEK excluding VAT.
    amount_sek: Option<i64>,
    /// `claimed`, `evidenced` or `confirmed`.
    level: &'static str,
    /// What it rests on.
    reference: String,
    /// The teller's own identity of the fact.
    key: String,
}

impl EntryItem {
    fn new(entry: &Entry, about: Option<AsfId>) -> Self {
        Self {
            id: entry.id.0,
            kind: entry.told.fact.kind(),
            occurred_on: entry.told.occurred_on,
            recorded_at: entry.recorded_at,
            asf_id: about.map(|asf| asf.0),
            other: other(&entry.told.fact),
            amount_sek: ledger::amount_ore(&entry.told.fact).map(|ore| ore / 100),
            level: match entry.told.evidence.level {
                EvidenceLevel::Claimed => "claimed",
                EvidenceLevel::Evidenced => "evidenced",
                EvidenceLevel::Confirmed => "confirmed",
            },
            reference: entry.told.evidence.reference.clone(),
            key: entry.told.key.clone(),
        }
    }
}

/// List the ledger
///
/// The newest first: all of it for staff, its own part for an ASF.
#[utoipa::path(get, path = "/ledger", tag = "ledger", params(EntryQuery), security(("key" = ["read:ledger"])),
    responses((status = 200, description = "A page of entries", body = Page<EntryItem>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<EntryQuery>) -> ApiResult<Answer<Page<EntryItem>>> {
    let part = caller.ledger_part()?;
    let as_of = asked.as_of.as_deref().map(target::parse_as_of).transpose()?;
    let part_text = part.map(|asf| asf.0.to_string()).unwrap_or_default();
    let is_word =
        |kind: &str| (1..=30).contains(&kind.len()) && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if let Some(kind) = asked.kind.as_deref().filter(|kind| !is_word(kind)) {
        return Err(Rejection::new("kind", "rejected-entry-kind", kind).into());
    }
    let kind = asked.kind.as_deref().unwrap_or_default();
    let question = ["ledger", &part_text, kind, asked.as_of.as_deref().unwrap_or_default()];
    let limit = cursor::limit(asked.limit.as_deref())?;
    let before = cursor::read(asked.cursor.as_deref(), &question)?.map_or(i64::MAX, |place| place.key);
    let known = targets::current(&caller.app).await?;
    let is_shown = |entry: &&Entry| {
        let is_theirs = part.is_none() || concerns(&known.entries, entry) == part;
        let is_kind = kind.is_empty() || entry.told.fact.kind() == kind;
        is_theirs && is_kind && as_of.is_none_or(|as_of| entry.recorded_at <= as_of)
    };
    let end = known.entries.partition_point(|entry| entry.id.0 < before);
    let earlier = known.entries.get(..end).unwrap_or_default();
    let entries: Vec<&Entry> = earlier.iter().rev().filter(is_shown).take(limit + 1).collect();
    let page = cursor::keyed(entries, limit, |entry| entry.id.0, &question);
    let item = |entry: &Entry| EntryItem::new(entry, concerns(&known.entries, entry));
    Ok(Answer(Page { items: page.items.into_iter().map(item).collect(), next: page.next }))
}

/// An entry with its documents.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryAnswer {
    #[serde(flatten)]
    entry: EntryItem,
    files: Vec<FileItem>,
}

/// A document behind an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileItem {
    id: i64,
    name: String,
    media_type: String,
    bytes: i64,
}

/// An entry that the caller may see.
async fn visible(caller: &Caller, id: i64) -> ApiResult<Entry> {
    Ok(ledger::find_in_part(&caller.app, caller.ledger_part()?, EntryId(id)).await?)
}

/// Show an entry
#[utoipa::path(get, path = "/ledger/{id}", tag = "ledger", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:ledger"])), responses((status = 200, description = "The entry", body = EntryAnswer)))]
pub async fn show(caller: Caller, Id(id): Id) -> ApiResult<Answer<EntryAnswer>> {
    let entry = visible(&caller, id).await?;
    let (_, files) = ledger::find(&caller.app, entry.id).await?;
    let known = targets::current(&caller.app).await?;
    let file = |file: crate::store::evidence::EvidenceFile| FileItem {
        id: file.id,
        name: file.name,
        media_type: file.media_type,
        bytes: file.bytes,
    };
    Ok(Answer(EntryAnswer {
        entry: EntryItem::new(&entry, concerns(&known.entries, &entry)),
        files: files.into_iter().map(file).collect(),
    }))
}

/// A fact to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryBody {
    /// `order`, `invoice`, `agreement`, `bid`, `contact`, `outcome` or `consent`; for staff also
    /// `procurement`, `cancellation`, `actor`, `ownership` and `successor`.
    #[schema(max_length = 30)]
    kind: String,
    /// The ASF that it is told of; an ASF tells of itself.
    #[serde(default)]
    #[schema(minimum = 1)]
    asf_id: Option<i64>,
    /// The fields of the form on the page, each as it is typed there.
    fields: EntryForm,
}

/// Tell the ledger a fact
///
/// An ASF tells of itself, staff of everybody. The same twice is a conflict.
#[utoipa::path(post, path = "/ledger", tag = "ledger", request_body = EntryBody, security(("key" = ["write:ledger"])),
    responses((status = 201, description = "Told", body = MadeEntry)))]
pub async fn record(caller: Caller, Body(body): Body<EntryBody>) -> ApiResult<(StatusCode, Answer<MadeEntry>)> {
    let part = caller.ledger_part()?;
    let kind = EntryKind::parse(&body.kind).ok_or_else(|| Rejection::new("kind", "rejected-entry-kind", &body.kind))?;
    let is_others = part.is_some_and(|own| body.asf_id.is_some_and(|asked| AsfId(asked) != own));
    if is_others || (part.is_some() && !kind.is_for_asf()) {
        return Err(ApiError::Forbidden);
    }
    let about = part.or(body.asf_id.map(AsfId)).filter(|_| kind.has_asf());
    let writer = if part.is_some() { Writer::Asf } else { Writer::Staff };
    let id = ledger::record(&caller.app, (&caller.actor(), writer), about, kind, &body.fields.fields()).await?;
    Ok((StatusCode::CREATED, Answer(id.into())))
}

/// What an entry rests on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceBody {
    /// Number of the invoice, diary number, notice and lot.
    #[schema(min_length = 1, max_length = 200)]
    reference: String,
}

/// Add evidence to an entry
///
/// A reference; documents go to `/ledger/{id}/files`.
#[utoipa::path(post, path = "/ledger/{id}/evidence", tag = "ledger", request_body = EvidenceBody,
    params(("id" = i64, Path, minimum = 1)), security(("key" = ["write:ledger"])),
    responses((status = 201, description = "Added", body = MadeEntry)))]
pub async fn evidence(
    caller: Caller,
    Id(id): Id,
    Body(body): Body<EvidenceBody>,
) -> ApiResult<(StatusCode, Answer<MadeEntry>)> {
    let entry = visible(&caller, id).await?;
    let reference = body.reference.trim();
    if reference.is_empty() || reference.chars().count() > 200 {
        return Err(Rejection::new("reference", "rejected-reference-length", reference).into());
    }
    let evidence = Evidence::by_reference(reference);
    let now = caller.app.clock.now();
    let id = deals::evidence(&caller.app.db, &caller.actor(), entry.id, evidence, now).await?;
    Ok((StatusCode::CREATED, Answer(id.into())))
}

/// What a document is called.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// Name of the document.
    #[param(max_length = 120)]
    name: Option<String>,
}

/// A document that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeFile {
    id: i64,
}

/// Keep a document behind an entry
///
/// PDF, PNG or JPEG of at most 10 MiB, as the whole body.
#[utoipa::path(post, path = "/ledger/{id}/files", tag = "ledger",
    params(("id" = i64, Path, minimum = 1), FileQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    security(("key" = ["write:ledger"])), responses((status = 201, description = "Kept", body = MadeFile)))]
pub async fn attach(
    caller: Caller,
    Id(id): Id,
    Asked(asked): Asked<FileQuery>,
    bytes: Bytes,
) -> ApiResult<(StatusCode, Answer<MadeFile>)> {
    let entry = visible(&caller, id).await?;
    let name = asked.name.unwrap_or_default().replace('\0', "");
    if name.chars().count() > 120 {
        return Err(Rejection::new("name", "rejected-file-name", &name).into());
    }
    let upload = Upload { name: &name, bytes: &bytes };
    let id = ledger::attach(&caller.app, &caller.actor(), entry.id, &upload).await?;
    Ok((StatusCode::CREATED, Answer(MadeFile { id })))
}

/// Fetch a document
#[utoipa::path(get, path = "/files/{id}", tag = "ledger", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:ledger"])),
    responses((status = 200, description = "The document", body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn file(caller: Caller, Id(id): Id) -> ApiResult<Response> {
    caller.ledger_part()?;
    let (file, bytes) = ledger::file(&caller.app, id).await?;
    visible(&caller, file.entry.0).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}

/// Whom to ask.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskBody {
    #[schema(max_length = 254)]
    email: String,
}

/// Ask the other party to confirm an entry
///
/// By mail, with a link that holds for 60 days.
#[utoipa::path(post, path = "/ledger/{id}/confirmation", tag = "ledger", request_body = AskBody,
    params(("id" = i64, Path, minimum = 1)), security(("key" = ["write:ledger"])),
    responses((status = 204, description = "The mail is queued")))]
pub async fn ask_to_confirm(caller: Caller, Id(id): Id, Body(body): Body<AskBody>) -> ApiResult<StatusCode> {
    let entry = visible(&caller, id).await?;
    let to = Email::parse(&body.email)?;
    ledger::ask_to_confirm(&caller.app, &caller.actor(), entry.id, &to).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why an entry is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReversalBody {
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Take an entry back
///
/// For staff. It stays in the ledger, and so does the reason.
#[utoipa::path(post, path = "/ledger/{id}/reversal", tag = "ledger", request_body = ReversalBody,
    params(("id" = i64, Path, minimum = 1)), security(("key" = ["write:ledger"])),
    responses((status = 201, description = "Taken back", body = MadeEntry)))]
pub async fn reverse(
    caller: Caller,
    Id(id): Id,
    Body(body): Body<ReversalBody>,
) -> ApiResult<(StatusCode, Answer<MadeEntry>)> {
    caller.staff()?;
    let entry = visible(&caller, id).await?;
    let now = caller.app.clock.now();
    let id = deals::reverse(&caller.app.db, &caller.actor(), entry.id, &body.reason, now).await?;
    Ok((StatusCode::CREATED, Answer(id.into())))
}
