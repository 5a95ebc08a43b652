//! The columns of a file of needs: one row a lot, the rows of one need next to each other.

use super::{Fault, Row};
use crate::{
    domain::{
        buyer::{BuyerKind, NewBuyer},
        contract::ContractTerms,
        cpv::Cpv,
        language::TextLanguage,
        need::{NeedKind, NeedStatus, NewLot, NewNeed},
        org_no::OrgNo,
        place::Place,
        reservation::{Reservation, SocialConsideration},
    },
    intake::{Refusal, moment, text, value},
};

/// Every column that is read.
pub(in crate::intake) const COLUMNS: &[&str] = &[
    "external_id",
    "kind",
    "title",
    "text",
    "buyer_name",
    "buyer_org_no",
    "buyer_kind",
    "municipality",
    "nuts",
    "cpv",
    "value_sek",
    "deadline",
    "start",
    "end",
    "reservation",
    "url",
    "lot",
    "published",
];

/// Columns that must be there.
pub(in crate::intake) const REQUIRED: &[&str] = &["external_id", "title", "buyer_name"];

/// What every row of a need must agree on; later rows may leave it empty.
const SHARED: &[&str] = &["kind", "buyer_name", "buyer_org_no", "buyer_kind", "url"];

/// Rows with the same `external_id` are one need; a row without one is alone.
pub(in crate::intake) fn key(row: &Row) -> Option<String> {
    let id = row.text("external_id");
    // No id can hold a line break, so this never meets a real one.
    Some(if id.is_empty() { format!("\n{}", row.number) } else { id })
}

/// Reads the rows of one need.
pub(in crate::intake) fn read(rows: &[Row]) -> Result<NewNeed, Fault> {
    let Some(first) = rows.first() else {
        return Err((0, Refusal::new("rejected-required", "no rows")));
    };
    let external_id = first.required("external_id")?;
    let title = first.required("title")?;
    let kind = kind(first)?;
    let buyer = buyer(first, kind)?;
    let mut lots: Vec<NewLot> = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        row.agrees_with(first, SHARED)?;
        let lot = lot(row, index, &title)?;
        if lots.iter().any(|other| other.lot_no == lot.lot_no) {
            return Err((row.number, Refusal::value("rejected-lot-duplicate", "lot", &lot.lot_no)));
        }
        lots.push(lot);
    }
    Ok(NewNeed {
        source: "csv".to_owned(),
        external_id,
        issued_at: None,
        kind,
        text: first.text("text"),
        buyer,
        language: TextLanguage::detect(&format!("{title} {}", first.text("text"))).unwrap_or(TextLanguage::Sv),
        title,
        published_on: first.value("published", "rejected-date", moment::day)?,
        publication_no: None,
        url: first.value("url", "rejected-url", text::web_link)?,
        status: NeedStatus::Open,
        keys: Vec::new(),
        notice: None,
        lots,
    })
}

/// The kind, in our word or in that of a procurement system. Where nothing is said, a public buyer
/// procures and others ask.
fn kind(row: &Row) -> Result<NeedKind, Fault> {
    let written = row.raw("kind").to_lowercase();
    match written.as_str() {
        "" if is_public(row) => Ok(NeedKind::Tender),
        "" => Ok(NeedKind::Request),
        "förfrågan" | "behov" => Ok(NeedKind::Request),
        "direktupphandling" => Ok(NeedKind::DirectAward),
        "upphandling" | "konkurrenspräglad dialog" | "dynamiskt inköpssystem" => Ok(NeedKind::Tender),
        procedure if procedure.contains("förfarande") => Ok(NeedKind::Tender),
        _ => row.domain("kind", NeedKind::parse),
    }
}

/// Organisation numbers of the state, regions and municipalities begin with 2.
fn is_public(row: &Row) -> bool {
    row.raw("buyer_kind") == "public" || row.raw("buyer_org_no").starts_with('2')
}

fn buyer(row: &Row, kind: NeedKind) -> Result<NewBuyer, Fault> {
    let usual = match kind {
        NeedKind::Request => BuyerKind::Private,
        NeedKind::Tender | NeedKind::DirectAward => BuyerKind::Public,
    };
    Ok(NewBuyer {
        kind: row.optional("buyer_kind", BuyerKind::parse)?.unwrap_or(usual),
        name: row.required("buyer_name")?,
        org_no: row.optional("buyer_org_no", OrgNo::parse)?,
        municipality: row
            .optional("municipality", Place::parse)?
            .filter(|place| matches!(place, Place::Municipality(_))),
        email: None,
    })
}

fn lot(row: &Row, index: usize, need_title: &str) -> Result<NewLot, Fault> {
    let (lot_no, title) = (row.text("lot"), row.text("title"));
    let reservation = reservation(row)?;
    Ok(NewLot {
        lot_no: if lot_no.is_empty() { (index + 1).to_string() } else { lot_no },
        title: if title.is_empty() { need_title.to_owned() } else { title },
        text: row.text("text"),
        cpv: row.domain("cpv", Cpv::parse_list)?,
        places: places(row)?,
        value_sek: row.value("value_sek", "rejected-number", value::whole_number)?,
        deadline_at: row.value("deadline", "rejected-date", moment::deadline)?,
        deadline_doubtful: false,
        start_on: row.value("start", "rejected-date", moment::day)?,
        end_on: row.value("end", "rejected-date", moment::day)?,
        reservation,
        social: if reservation == Reservation::None { Vec::new() } else { vec![SocialConsideration::Reservation] },
        contract: ContractTerms::default(),
    })
}

/// Who it is reserved for, in our word, or whether it is: then 4 kap. 18 § is meant.
fn reservation(row: &Row) -> Result<Reservation, Fault> {
    match row.raw("reservation").to_lowercase().as_str() {
        "true" => Ok(Reservation::ShelteredOrIntegration),
        "false" => Ok(Reservation::None),
        _ => row.domain("reservation", Reservation::parse),
    }
}

/// The NUTS areas, each narrowed to the municipality when that lies in it; else the municipality.
fn places(row: &Row) -> Result<Vec<Place>, Fault> {
    let town = row.optional("municipality", Place::parse)?;
    let areas = row.domain("nuts", Place::parse_list)?;
    if areas.is_empty() {
        return Ok(town.into_iter().collect());
    }
    let mut places = Vec::with_capacity(areas.len());
    for place in areas.into_iter().filter_map(|area| value::nearest(Some(area), town.clone())) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(places)
}
