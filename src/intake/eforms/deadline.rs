//! Deadlines (BT-131, BT-1311, BT-630): a date and a time in two elements, each with its own offset.

use chrono::{DateTime, NaiveDate, Utc};

use super::tree::Element;
use crate::intake::{Refusal, Result, moment};

/// The last instant, and whether the notice contradicts itself about it.
pub(super) type Deadline = (DateTime<Utc>, bool);

/// The first deadline of a lot that the notice states: for tenders, for requests to take part, for interest.
pub(super) fn of_lot(lot: &Element) -> Result<Option<Deadline>> {
    const PERIODS: &[(&str, &str)] = &[
        ("BT-131", "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod"),
        ("BT-1311", "cac:TenderingProcess/cac:ParticipationRequestReceptionPeriod"),
    ];
    for (field, path) in PERIODS {
        if let Some(found) = lot.first(path).map(|period| of_period(field, period)).transpose()?.flatten() {
            return Ok(Some(found));
        }
    }
    let interest = lot
        .all("cac:TenderingProcess/ext:UBLExtensions")
        .into_iter()
        .flat_map(|extension| extension.below("efac:InterestExpressionReceptionPeriod"))
        .next();
    Ok(interest.map(|period| of_period("BT-630", period)).transpose()?.flatten())
}

fn of_period(field: &str, period: &Element) -> Result<Option<Deadline>> {
    let Some(date) = period.text_at("cbc:EndDate") else { return Ok(None) };
    let refused = |value: &str| Refusal::value("rejected-date", field, value);
    let (day, date_offset) = moment::day_with_offset(date).ok_or_else(|| refused(date))?;
    let Some(time) = period.text_at("cbc:EndTime") else { return Ok(Some((moment::end_of(day), false))) };
    let (clock, time_offset) = moment::time_with_offset(time).ok_or_else(|| refused(time))?;
    let at = |offset| moment::instant(day, clock, offset);
    Ok(Some(match (date_offset, time_offset) {
        // Nobody can tell which is meant; the earlier one is safe for who answers.
        (Some(one), Some(other)) if one != other => (at(Some(one)).min(at(Some(other))), true),
        (one, other) => (at(other.or(one)), false),
    }))
}

/// The day in an element such as `cbc:StartDate`, its offset left out.
pub(super) fn day(field: &str, parent: &Element, path: &str) -> Result<Option<NaiveDate>> {
    let Some(text) = parent.text_at(path) else { return Ok(None) };
    match moment::day_with_offset(text) {
        Some((day, _)) => Ok(Some(day)),
        None => Err(Refusal::value("rejected-date", field, text)),
    }
}

/// The instant of dispatch (BT-05): date and time, each with or without offset.
pub(super) fn dispatch(root: &Element) -> Result<Option<DateTime<Utc>>> {
    let Some(date) = root.text_at("cbc:IssueDate") else { return Ok(None) };
    let refused = |value: &str| Refusal::value("rejected-date", "BT-05", value);
    let (day, date_offset) = moment::day_with_offset(date).ok_or_else(|| refused(date))?;
    let (clock, time_offset) = match root.text_at("cbc:IssueTime") {
        Some(time) => moment::time_with_offset(time).ok_or_else(|| refused(time))?,
        None => (chrono::NaiveTime::MIN, None),
    };
    Ok(Some(moment::instant(day, clock, time_offset.or(date_offset))))
}
