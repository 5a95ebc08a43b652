//! What came in and was not taken in: refused records, and twins of needs that another source told first.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    need::{Need, NeedId, NewNeed},
    rejection::Rejection,
};

/// Why a record is kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineKind {
    /// A need that could not be read.
    Needs,
    /// An ASF that could not be read.
    Asf,
    /// A need that another source told first, in the same words or in others.
    Twin,
}

impl QuarantineKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Needs, Self::Asf, Self::Twin];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Asf => "asf",
            Self::Twin => "twin",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-quarantine-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Rejection::new("kind", "rejected-quarantine-kind", text))
    }
}

/// A record to keep aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuarantined {
    /// What it is. With source and record the identity.
    pub kind: QuarantineKind,
    /// File, or the address it was fetched from.
    pub source: String,
    /// Place in the file: `row 7`, or the id of a notice.
    pub record: String,
    /// Message id of the reason, for example `rejected-xml`.
    pub rule: String,
    /// Technical detail; for a twin the [`Difference`]s as JSON.
    pub detail: String,
    /// The record as it was written, cut at a limit.
    pub raw: String,
    /// `raw` is all of it, so that it can be tried again.
    pub is_whole: bool,
    /// The need that a twin is a twin of.
    pub need_id: Option<NeedId>,
}

/// A kept record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Identity in the database.
    pub id: i64,
    /// What is kept.
    pub kept: NewQuarantined,
    /// When it came first.
    pub first_seen_at: DateTime<Utc>,
    /// When it was last tried.
    pub last_tried_at: DateTime<Utc>,
    /// How often it was tried.
    pub tries: i32,
}

/// One field in which two tellings of a need differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Field, with the lot it belongs to: `title`, `LOT-0001 deadline`.
    pub field: String,
    /// What is stored; empty when nothing is.
    pub stored: String,
    /// What came in; empty when nothing did.
    pub incoming: String,
}

impl Difference {
    /// The difference in a field; `None` when both say the same.
    pub fn of(field: &str, stored: &str, incoming: &str) -> Option<Self> {
        let cut = |text: &str| text.chars().take(SHOWN_CHARS).collect();
        let differs = stored.trim() != incoming.trim();
        differs.then(|| Self { field: field.to_owned(), stored: cut(stored), incoming: cut(incoming) })
    }
}

/// What would change if `incoming` replaced `stored`; empty for a plain duplicate.
pub fn differences(stored: &Need, incoming: &NewNeed) -> Vec<Difference> {
    let mut found = Found(Vec::new());
    found.note("title", &stored.title, &incoming.title);
    found.note("text", &stored.text, &incoming.text);
    found.note("buyer", &stored.buyer.name, &incoming.buyer.name);
    found.note("kind", stored.kind.as_str(), incoming.kind.as_str());
    found.note("status", stored.status.as_str(), incoming.status.as_str());
    found.note("url", stored.url.as_deref().unwrap_or_default(), incoming.url.as_deref().unwrap_or_default());
    found.lots(stored, incoming);
    found.0
}

/// Longest value that is shown beside another, in characters.
const SHOWN_CHARS: usize = 300;

struct Found(Vec<Difference>);

impl Found {
    fn note(&mut self, field: &str, stored: &str, incoming: &str) {
        self.0.extend(Difference::of(field, stored, incoming));
    }

    /// Sources number lots in their own ways, so a single lot is compared with a single lot.
    fn lots(&mut self, stored: &Need, incoming: &NewNeed) {
        self.note("lots", &stored.lots.len().to_string(), &incoming.lots.len().to_string());
        let is_single = stored.lots.len() == 1 && incoming.lots.len() == 1;
        for lot in &stored.lots {
            let ours = &lot.work;
            let Some(theirs) = incoming.lots.iter().find(|other| is_single || other.lot_no == ours.lot_no) else {
                continue;
            };
            let prefix = if is_single { String::new() } else { format!("{} ", ours.lot_no) };
            let text = |value: Option<String>| value.unwrap_or_default();
            let mut note = |field: &str, a: String, b: String| self.note(&format!("{prefix}{field}"), &a, &b);
            let time = |at: Option<DateTime<Utc>>| text(at.map(|at| at.to_rfc3339()));
            note("deadline", time(ours.deadline_at), time(theirs.deadline_at));
            note("value", text(ours.value_sek.map(|v| v.to_string())), text(theirs.value_sek.map(|v| v.to_string())));
            let codes = |list: &[super::cpv::Cpv]| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            note("cpv", codes(&ours.cpv), codes(&theirs.cpv));
            let places = |list: &[super::place::Place]| list.iter().map(|p| p.name()).collect::<Vec<_>>().join(", ");
            note("place", places(&ours.places), places(&theirs.places));
        }
    }
}

/// The keys by which a need is known in every source: its procedure id and its publication number, in
/// the forms that sources use (`00173914-2024` and `173914-2024`). A running number of somebody's own is none.
pub fn official_keys(need: &NewNeed) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in [Some(need.external_id.as_str()), need.publication_no.as_deref()].into_iter().flatten() {
        let key = key.trim();
        if is_uuid(key) {
            keys.push(key.to_owned());
        } else {
            keys.extend(publication_no_forms(key));
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The forms in which sources write a publication number; none when it is something else.
pub fn publication_no_forms(key: &str) -> Vec<String> {
    let Some((serial, year)) = publication_no(key) else { return Vec::new() };
    let mut forms = vec![key.to_owned(), format!("{serial}-{year}"), format!("{serial:0>8}-{year}")];
    forms.sort();
    forms.dedup();
    forms
}

fn is_uuid(key: &str) -> bool {
    let parts = [8, 4, 4, 4, 12];
    key.split('-').map(str::len).eq(parts) && key.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// Serial without leading zeros, and year.
fn publication_no(key: &str) -> Option<(&str, &str)> {
    let (serial, year) = key.split_once('-')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_number = (4..=8).contains(&serial.len()) && year.len() == 4 && digits(serial) && digits(year);
    is_number.then(|| (serial.trim_start_matches('0'), year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        buyer::{BuyerKind, NewBuyer},
        language::Language,
        need::{NeedKind, NeedStatus},
    };

    fn need(external_id: &str, publication_no: Option<&str>) -> NewNeed {
        NewNeed {
            source: "csv".to_owned(),
            external_id: external_id.to_owned(),
            issued_at: None,
            kind: NeedKind::Tender,
            title: String::new(),
            text: String::new(),
            buyer: NewBuyer {
                kind: BuyerKind::Public,
                name: String::new(),
                org_no: None,
                municipality: None,
                email: None,
            },
            language: Language::Sv.into(),
            keys: Vec::new(),
            notice: None,
            published_on: None,
            publication_no: publication_no.map(str::to_owned),
            url: None,
            status: NeedStatus::Open,
            lots: Vec::new(),
        }
    }

    #[test]
    fn only_numbers_that_every_source_knows_are_keys() {
        let check = |id: &str, number: Option<&str>, expected: &[&str]| {
            assert_eq!(official_keys(&need(id, number)), expected, "{id}");
        };
        check("behov-1", None, &[]);
        check("17", None, &[]);
        check("2024-05-01", None, &[]);
        check("173914-2024", None, &["00173914-2024", "173914-2024"]);
        let uuid = "0198c3a4-5b6c-4d7e-8f90-a1b2c3d4e5f6";
        check(uuid, Some("00173914-2024"), &["00173914-2024", uuid, "173914-2024"]);
    }
}
