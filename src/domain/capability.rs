//! Reading what an ASF says it can do, from a form.

use chrono::NaiveDate;

use super::{asf::NewCapability, cpv::Cpv, rejection::Rejection};

/// The fields as typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct CapabilityFields<'a> {
    /// Short name.
    pub title: &'a str,
    /// In its own words.
    pub text: &'a str,
    /// Codes, parted by commas.
    pub cpv: &'a str,
    /// People at the same time.
    pub people: &'a str,
    /// Hours a week.
    pub hours: &'a str,
    /// Largest job, SEK.
    pub largest: &'a str,
    /// First day.
    pub earliest: &'a str,
}

/// Longest name and longest text, in characters.
const TITLE: usize = 120;
const TEXT: usize = 3000;

impl NewCapability {
    /// Reads the fields and collects what is wrong, in the order of the form.
    ///
    /// # Errors
    /// `rejected-capability-…` and `rejected-cpv`, one for each field that breaks its rule.
    pub fn parse(typed: &CapabilityFields<'_>) -> Result<Self, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let title = typed.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() || title.chars().count() > TITLE {
            wrong.push(Rejection::new("title", "rejected-capability-title", typed.title));
        }
        let text = typed.text.trim().replace("\r\n", "\n");
        if text.chars().count() > TEXT {
            wrong.push(Rejection::new("text", "rejected-capability-text", typed.text));
        }
        let cpv = Cpv::parse_list(typed.cpv).map_err(|rejection| wrong.push(rejection)).unwrap_or_default();
        let mut number = |field, rule, typed: &str, most: i64| {
            number(typed, most).map_err(|()| wrong.push(Rejection::new(field, rule, typed))).ok().flatten()
        };
        let people = number("people", "rejected-capability-people", typed.people, 1000);
        let hours = number("hours", "rejected-capability-hours", typed.hours, 40_000);
        let largest = number("largest", "rejected-capability-largest", typed.largest, 1_000_000_000);
        let earliest = match typed.earliest.trim() {
            "" => None,
            day => NaiveDate::parse_from_str(day, "%Y-%m-%d")
                .map_err(|_| wrong.push(Rejection::new("earliest", "rejected-date", day)))
                .ok(),
        };
        let small = |number: Option<i64>| number.and_then(|number| i32::try_from(number).ok());
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Self {
            title,
            text,
            cpv,
            people: small(people),
            hours_per_week: small(hours),
            max_value_sek: largest,
            earliest_start: earliest,
        })
    }
}

/// A whole number from 1; spaces and a trailing "kr" are what people write.
fn number(typed: &str, most: i64) -> Result<Option<i64>, ()> {
    let digits: String = typed.trim().trim_end_matches("kr").chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    digits.parse().ok().filter(|number| (1..=most).contains(number)).map(Some).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_form_is_read_and_an_empty_one_needs_only_a_name() {
        let typed = CapabilityFields {
            title: " Städning  av kontor ",
            cpv: "90910000",
            people: "4",
            largest: "300 000 kr",
            earliest: "2027-01-10",
            ..CapabilityFields::default()
        };
        let read = NewCapability::parse(&typed).unwrap();
        assert_eq!(
            (read.title.as_str(), read.people, read.max_value_sek),
            ("Städning av kontor", Some(4), Some(300_000))
        );
        let wrong = NewCapability::parse(&CapabilityFields::default()).unwrap_err();
        assert_eq!(wrong.iter().map(|rejection| rejection.field).collect::<Vec<_>>(), ["title"]);
    }

    #[test]
    fn each_field_tells_what_is_wrong_with_it() {
        let long = "x".repeat(3001);
        let typed = CapabilityFields {
            title: "",
            text: &long,
            cpv: "12",
            people: "många",
            hours: "0",
            largest: "-5",
            earliest: "snart",
        };
        let fields: Vec<&str> = NewCapability::parse(&typed).unwrap_err().iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["title", "text", "cpv", "people", "hours", "largest", "earliest"]);
    }
}
