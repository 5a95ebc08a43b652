//! Deadlines (BT-131, BT-1311, BT-630): a date and a time in two elements, each with its own offset.

use chrono::{DateTime, NaiveDate, Utc};

use super::fields;
use crate::intake::{Refusal, Result, moment, tree::Element};

/// The last instant, and what the notice wrote when it contradicts itself about it.
pub(super) struct Deadline {
    pub(super) at: DateTime<Utc>,
    pub(super) doubtful: Option<String>,
}

/// The first deadline of a lot that the notice states: for tenders, for requests to take part, for interest.
pub(super) fn of_lot(lot: &Element) -> Result<Option<Deadline>> {
    for field in ["BT-131", "BT-1311", "BT-630"] {
        let part = |part: &str| fields::text(lot, &format!("{field}({part})"));
        if let Some(date) = part("d") {
            return of_parts(field, date, part("t")).map(Some);
        }
    }
    Ok(None)
}

fn of_parts(field: &str, date: &str, time: Option<&str>) -> Result<Deadline> {
    let refused = |value: &str| Refusal::value("rejected-date", field, value);
    let (day, date_offset) = moment::day_with_offset(date).ok_or_else(|| refused(date))?;
    let Some(time) = time else { return Ok(Deadline { at: moment::end_of(day), doubtful: None }) };
    let (clock, time_offset) = moment::time_with_offset(time).ok_or_else(|| refused(time))?;
    let at = |offset| moment::instant(day, clock, offset);
    Ok(match (date_offset, time_offset) {
        // Nobody can tell which is meant; the earlier one is safe for who answers.
        (Some(one), Some(other)) if one != other => {
            Deadline { at: at(Some(one)).min(at(Some(other))), doubtful: Some(format!("{date} {time}")) }
        }
        (one, other) => Deadline { at: at(other.or(one)), doubtful: None },
    })
}

/// The day of a field such as BT-536, its offset left out; `at` names the lot in a refusal.
pub(super) fn day(of: &Element, field: &str, at: &str) -> Result<Option<NaiveDate>> {
    let Some(text) = fields::text(of, field) else { return Ok(None) };
    match moment::day_with_offset(text) {
        Some((day, _)) => Ok(Some(day)),
        None => Err(Refusal::value("rejected-date", &format!("{field} ({at})"), text)),
    }
}

/// The instant of dispatch (BT-05): date and time, each with or without offset.
pub(super) fn dispatch(root: &Element) -> Result<Option<DateTime<Utc>>> {
    let Some(date) = fields::text(root, "BT-05(a)-notice") else { return Ok(None) };
    let refused = |value: &str| Refusal::value("rejected-date", "BT-05", value);
    let (day, date_offset) = moment::day_with_offset(date).ok_or_else(|| refused(date))?;
    let (clock, time_offset) = match fields::text(root, "BT-05(b)-notice") {
        Some(time) => moment::time_with_offset(time).ok_or_else(|| refused(time))?,
        None => (chrono::NaiveTime::MIN, None),
    };
    Ok(Some(moment::instant(day, clock, time_offset.or(date_offset))))
}
