//! What was procured before, and under which code.

use chrono::NaiveDate;
use serde::Serialize;

use super::cpv::Cpv;

/// A procurement of the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastProcurement {
    /// The source's id; `None` when it has none, and then the procurement is known by what it says.
    pub source_id: Option<String>,
    /// Title.
    pub title: String,
    /// Main code.
    pub main_cpv: Cpv,
    /// Who bought; empty when it isn't told.
    pub buyer: String,
    /// When it was advertised.
    pub published: Option<NaiveDate>,
}
