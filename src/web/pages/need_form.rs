//! Posting a need without an account: the form, what is wrong with it, and the page after. Staff can fill it
//! from a pasted mail; what was read is only proposed.
//! Turns what was typed into a [`NewNeed`]; nobody sees it before the link in the mail is used.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::parts::{PlaceName, place_names, place_options};
use crate::{
    domain::{
        buyer::{BuyerKind, NewBuyer},
        cpv::Cpv,
        email::Email,
        language::Language,
        need::{NeedKind, NeedStatus, NewLot, NewNeed},
        org_no::OrgNo,
        place::Place,
        rejection::Rejection,
        reservation::Reservation,
        schedule::{ZONE, local_date},
    },
    service,
    web::{
        error::PageResult,
        extract::{Form, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Direct award is below this, SEK excluding VAT (LOU 19 a kap. 2 §, from 2022-02-01).
const DIRECT_AWARD_BELOW: i64 = 700_000;

const TITLE_CHARS: usize = 120;
const TEXT_CHARS: usize = 5000;
const NAME_CHARS: usize = 200;

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NeedForm {
    title: String,
    text: String,
    value_sek: String,
    place: String,
    deadline: String,
    start: String,
    end: String,
    cpv: String,
    buyer_kind: String,
    buyer_name: String,
    org_no: String,
    url: String,
    email: String,
}

/// What a search that found nothing brings along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Brought {
    rubrik: String,
    plats: String,
}

#[derive(Serialize)]
struct NeedFormPage {
    form: NeedForm,
    errors: Vec<FieldError>,
    place_options: Vec<PlaceName>,
    read: Option<ReadFrom>,
}

impl NeedFormPage {
    fn new(form: NeedForm) -> Self {
        let mut place_options = place_options();
        // A proposed place may lie outside the county.
        if let Some(place) = Place::parse(&form.place).ok().filter(|p| place_options.iter().all(|o| o.code != p.code()))
        {
            place_options.push(PlaceName::from(&place));
        }
        Self { form, errors: Vec::new(), place_options, read: None }
    }
}

/// What a pasted text was taken to be, beside the fields of the form.
#[derive(Serialize)]
struct ReadFrom {
    kind: NeedKind,
    sector_sv: String,
    sector_en: String,
    codes: Vec<service::codes::Suggestion>,
    other_places: Vec<PlaceName>,
}

/// Shows the form.
pub async fn ask(visit: Visit, Query(brought): Query<Brought>) -> PageResult {
    let form = NeedForm { title: brought.rubrik, place: brought.plats, ..NeedForm::default() };
    visit.page("pages/needs/new.html", NeedFormPage::new(form))
}

#[derive(Serialize)]
struct ReceivedPage {
    email: String,
}

/// Takes the form, or shows it again with what is wrong.
pub async fn post(visit: Visit, Form(form): Form<NeedForm>) -> PageResult {
    let posted = match form.parse(visit.language, visit.app.clock.now()) {
        Ok((new, email)) => service::needs::post(&visit.app, new, &email, visit.language).await.map(|_| email),
        Err(rejections) => Err(service::Error::Rejected(rejections)),
    };
    match posted {
        Ok(email) => visit.page("pages/needs/received.html", ReceivedPage { email: email.to_string() }),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected("pages/needs/new.html", NeedFormPage { errors, ..NeedFormPage::new(form) })
        }
        Err(error) => Err(error.into()),
    }
}

/// A pasted text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pasted {
    pasted: String,
}

#[derive(Serialize)]
struct PastePage {
    pasted: String,
    errors: Vec<FieldError>,
}

/// Asks for a text to read a need from.
pub async fn ask_for_text(visit: Visit) -> PageResult {
    visit.staff()?;
    visit.page("pages/needs/paste.html", PastePage { pasted: String::new(), errors: Vec::new() })
}

/// Shows the ordinary form, filled with what was read. Stores nothing.
pub async fn read_text(visit: Visit, Form(form): Form<Pasted>) -> PageResult {
    visit.staff()?;
    if form.pasted.trim().is_empty() {
        let errors = field_errors(&visit, &[Rejection::new("pasted", "rejected-pasted-empty", "")]);
        return visit.rejected("pages/needs/paste.html", PastePage { pasted: form.pasted, errors });
    }
    let found = service::proposals::propose(&visit.app, &form.pasted).await?;
    let read = ReadFrom {
        kind: found.need.kind,
        sector_sv: found.sector.map(|sector| sector.label_sv.clone()).unwrap_or_default(),
        sector_en: found.sector.map(|sector| sector.label_en.clone()).unwrap_or_default(),
        codes: found.codes.clone(),
        other_places: place_names(found.need.places.iter().skip(1)),
    };
    let page = NeedFormPage { read: Some(read), ..NeedFormPage::new(NeedForm::filled(&found)) };
    visit.page("pages/needs/new.html", page)
}

impl NeedForm {
    /// The form with what was read from a text.
    fn filled(found: &service::proposals::Proposed) -> Self {
        let need = &found.need;
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            title: need.title.clone(),
            text: need.text.clone(),
            value_sek: need.value_sek.map(|value| value.to_string()).unwrap_or_default(),
            place: need.places.first().map(|place| place.code().to_owned()).unwrap_or_default(),
            deadline: day(need.deadline),
            start: day(need.start),
            end: day(need.end),
            cpv: found.codes.first().map(|code| code.id.clone()).unwrap_or_default(),
            buyer_kind: need.buyer_kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
            buyer_name: need.buyer_name.clone(),
            org_no: need.org_no.as_ref().map(|org_no| org_no.as_str().to_owned()).unwrap_or_default(),
            url: need.url.clone(),
            email: need.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// Reads every field and collects what is wrong, in the order of the form.
    fn parse(&self, language: Language, now: DateTime<Utc>) -> Result<(NewNeed, Email), Vec<Rejection>> {
        let mut wrong = Wrong(Vec::new());
        let title =
            wrong.keep(words("title", &self.title, TITLE_CHARS, "rejected-title-empty", "rejected-title-length"));
        let text = wrong.keep(words("text", &self.text, TEXT_CHARS, "rejected-text-empty", "rejected-text-length"));
        let value_sek = wrong.keep(value(&self.value_sek)).flatten();
        let place = wrong.keep(place(&self.place));
        let today = local_date(now);
        let deadline = wrong.keep(deadline(&self.deadline, today));
        let start_on = wrong.keep(date("start", &self.start)).flatten();
        let end_on = wrong.keep(date("end", &self.end).and_then(|end| in_order(start_on, end))).flatten();
        let cpv = wrong.keep(Cpv::parse_list(&self.cpv)).unwrap_or_default();
        let kind = wrong.keep(
            BuyerKind::parse(&self.buyer_kind)
                .map_err(|_| Rejection::new("buyer_kind", "rejected-buyer-kind-empty", &self.buyer_kind)),
        );
        let name = words(
            "buyer_name",
            &self.buyer_name,
            NAME_CHARS,
            "rejected-buyer-name-empty",
            "rejected-buyer-name-length",
        );
        let name = wrong.keep(name);
        let org_no = wrong.keep(optional(&self.org_no, OrgNo::parse)).flatten();
        let url = wrong.keep(optional(&self.url, web_address)).flatten();
        let email = wrong.keep(Email::parse(&self.email));
        if kind == Some(BuyerKind::Public) && url.is_none() && value_sek.is_some_and(|sek| sek >= DIRECT_AWARD_BELOW) {
            wrong.0.push(Rejection::new("url", "rejected-value-over-limit", &self.value_sek));
        }
        let (Some(title), Some(text), Some(place), Some(deadline), Some(kind), Some(name), Some(email), true) =
            (title, text, place, deadline, kind, name, email, wrong.0.is_empty())
        else {
            return Err(wrong.0);
        };
        let buyer = NewBuyer { kind, name, org_no, municipality: None, email: Some(email.clone()) };
        let lot = NewLot {
            lot_no: "1".to_owned(),
            title: title.clone(),
            text: text.clone(),
            cpv,
            places: vec![place],
            value_sek,
            deadline_at: Some(deadline),
            deadline_doubtful: false,
            start_on,
            end_on,
            reservation: Reservation::None,
            social: Vec::new(),
        };
        let need = NewNeed {
            source: "form".to_owned(),
            external_id: uuid::Uuid::now_v7().to_string(),
            issued_at: Some(now),
            kind: need_kind(kind, url.as_deref()),
            title,
            text,
            buyer,
            language,
            published_on: Some(today),
            publication_no: None,
            url,
            status: NeedStatus::Unconfirmed,
            lots: vec![lot],
        };
        Ok((need, email))
    }
}

/// A public buyer with a notice runs a tender; without one it buys directly.
fn need_kind(buyer: BuyerKind, url: Option<&str>) -> NeedKind {
    match (buyer, url) {
        (BuyerKind::Public, Some(_)) => NeedKind::Tender,
        (BuyerKind::Public, None) => NeedKind::DirectAward,
        (BuyerKind::Private | BuyerKind::Nonprofit, _) => NeedKind::Request,
    }
}

/// Collects what is wrong and keeps what is right.
struct Wrong(Vec<Rejection>);

impl Wrong {
    fn keep<T>(&mut self, read: Result<T, Rejection>) -> Option<T> {
        read.map_err(|rejection| self.0.push(rejection)).ok()
    }
}

fn words(
    field: &'static str,
    typed: &str,
    most: usize,
    empty: &'static str,
    long: &'static str,
) -> Result<String, Rejection> {
    let text = typed.trim().replace("\r\n", "\n");
    if text.is_empty() {
        return Err(Rejection::new(field, empty, typed));
    }
    if text.chars().count() > most {
        return Err(Rejection::new(field, long, typed));
    }
    Ok(text)
}

fn optional<T>(typed: &str, read: impl Fn(&str) -> Result<T, Rejection>) -> Result<Option<T>, Rejection> {
    if typed.trim().is_empty() { Ok(None) } else { read(typed).map(Some) }
}

/// Whole kronor; spaces of all kinds and a trailing "kr" are what people write.
fn value(typed: &str) -> Result<Option<i64>, Rejection> {
    optional(typed, |typed| {
        let digits: String = typed.trim().trim_end_matches("kr").chars().filter(|c| !c.is_whitespace()).collect();
        let read = digits.parse().ok().filter(|sek| (1..=100_000_000_000_i64).contains(sek));
        read.ok_or_else(|| Rejection::new("value_sek", "rejected-value", typed))
    })
}

fn place(typed: &str) -> Result<Place, Rejection> {
    Place::parse(typed).map_err(|_| Rejection::new("place", "rejected-place-empty", typed))
}

/// The last minute of the day, on the wall.
fn deadline(typed: &str, today: NaiveDate) -> Result<DateTime<Utc>, Rejection> {
    let refused = |rule| Rejection::new("deadline", rule, typed);
    let day = date("deadline", typed)?.ok_or_else(|| refused("rejected-deadline-empty"))?;
    if day < today {
        return Err(refused("rejected-deadline-past"));
    }
    let end = day.and_hms_opt(23, 59, 0).and_then(|wall| wall.and_local_timezone(ZONE).earliest());
    end.map(|at| at.with_timezone(&Utc)).ok_or_else(|| refused("rejected-date"))
}

fn date(field: &'static str, typed: &str) -> Result<Option<NaiveDate>, Rejection> {
    optional(typed, |typed| {
        let read = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok();
        let near = read.filter(|day| (2000..2100).contains(&chrono::Datelike::year(day)));
        near.ok_or_else(|| Rejection::new(field, "rejected-date", typed))
    })
}

fn in_order(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Result<Option<NaiveDate>, Rejection> {
    match (start, end) {
        (Some(start), Some(end)) if end < start => {
            Err(Rejection::new("end", "rejected-end-before-start", &end.to_string()))
        }
        _ => Ok(end),
    }
}

fn web_address(typed: &str) -> Result<String, Rejection> {
    let address = typed.trim();
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let has_host = host.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.'));
    let is_plain = !address.contains(char::is_whitespace) && address.len() <= 2000;
    if has_host && is_plain { Ok(address.to_owned()) } else { Err(Rejection::new("url", "rejected-url", typed)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-24T07:00:00Z".parse().unwrap()
    }

    fn form() -> NeedForm {
        let text = str::to_owned;
        NeedForm {
            title: text("Fruktkorgar"),
            text: text("Tio korgar i veckan."),
            place: text("0680"),
            deadline: text("2026-12-10"),
            buyer_kind: text("private"),
            buyer_name: text("Verkstaden AB"),
            email: text("anna@verkstaden.example"),
            ..NeedForm::default()
        }
    }

    fn rules(form: &NeedForm) -> Vec<&'static str> {
        form.parse(Language::Sv, now()).unwrap_err().iter().map(|rejection| rejection.rule).collect()
    }

    #[test]
    fn a_filled_form_becomes_a_request_with_one_lot() {
        let (need, email) = form().parse(Language::Sv, now()).unwrap();
        assert_eq!((need.kind, need.lots.len()), (NeedKind::Request, 1));
        assert_eq!(need.lots[0].deadline_at, Some("2026-12-10T22:59:00Z".parse().unwrap()));
        assert_eq!(email.as_str(), "anna@verkstaden.example");
    }

    #[test]
    fn an_empty_form_names_every_field_that_is_needed() {
        let expected = [
            "rejected-title-empty",
            "rejected-text-empty",
            "rejected-place-empty",
            "rejected-deadline-empty",
            "rejected-buyer-kind-empty",
            "rejected-buyer-name-empty",
            "rejected-email",
        ];
        assert_eq!(rules(&NeedForm::default()), expected);
    }

    #[test]
    fn a_public_buyer_needs_the_notice_from_the_limit_and_up() {
        let public = |sek: &str| NeedForm { buyer_kind: "public".to_owned(), value_sek: sek.to_owned(), ..form() };
        assert_eq!(rules(&public("700 000 kr")), ["rejected-value-over-limit"]);
        assert_eq!(public("699 999").parse(Language::Sv, now()).unwrap().0.kind, NeedKind::DirectAward);
        let noticed = NeedForm { url: "https://annons.example/1".to_owned(), ..public("900000") };
        assert_eq!(noticed.parse(Language::Sv, now()).unwrap().0.kind, NeedKind::Tender);
    }

    #[test]
    fn days_must_exist_lie_ahead_and_come_in_order() {
        let day = |deadline: &str| NeedForm { deadline: deadline.to_owned(), ..form() };
        assert_eq!(rules(&day("2026-11-23")), ["rejected-deadline-past"]);
        assert_eq!(rules(&day("2026-02-30")), ["rejected-date"]);
        assert!(day("2026-11-24").parse(Language::Sv, now()).is_ok());
        let turned = NeedForm { start: "2027-02-01".to_owned(), end: "2027-01-01".to_owned(), ..form() };
        assert_eq!(rules(&turned), ["rejected-end-before-start"]);
    }

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        let link = |url: &str| NeedForm { url: url.to_owned(), ..form() };
        for url in ["javascript:alert(1)", "annons.example", "https://", "https://a b.example"] {
            assert_eq!(rules(&link(url)), ["rejected-url"], "{url}");
        }
    }
}
