//! Which CPV codes a text is about.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor,
    extract::{Answer, Asked},
    gate::Caller,
    problem::ApiResult,
};
use crate::{domain::rejection::Rejection, service::codes};

/// Longest text, in characters.
const TEXT_CHARS: usize = 1000;

/// The text.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CodeQuery {
    /// A title or a few sentences.
    #[param(min_length = 1, max_length = 1000)]
    text: String,
    /// Most codes; 20 when nothing is said.
    #[serde(default)]
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// Codes for a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Codes {
    /// Best first.
    items: Vec<CodeItem>,
}

/// A code that a text may be about.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeItem {
    /// Eight digits.
    code: String,
    /// Its label.
    title: String,
    /// The words of the text that say so.
    reasons: Vec<String>,
}

/// Suggest CPV codes for a text
#[utoipa::path(get, path = "/codes", tag = "codes", params(CodeQuery), security(("key" = ["read:codes"])),
    responses((status = 200, description = "The codes", body = Codes)))]
pub async fn suggest(caller: Caller, Asked(asked): Asked<CodeQuery>) -> ApiResult<Answer<Codes>> {
    let limit = cursor::limit(asked.limit.as_deref())?;
    if asked.text.is_empty() || asked.text.chars().count() > TEXT_CHARS {
        return Err(Rejection::new("text", "rejected-code-text", &asked.text).into());
    }
    let found = codes::suggest(&caller.app, &asked.text, limit).await?;
    let item = |code: codes::Suggestion| CodeItem { code: code.id, title: code.title, reasons: code.reasons };
    Ok(Answer(Codes { items: found.into_iter().map(item).collect() }))
}
