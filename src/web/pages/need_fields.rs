//! The fields of a posted need: reads what was typed into a [`NewNeed`], or says what is wrong with it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        buyer::{BuyerKind, NewBuyer},
        contract::ContractTerms,
        cpv::Cpv,
        email::Email,
        language::Language,
        legal_limit::{LimitKind, Limits},
        need::{Need, NeedKind, NeedStatus, NewLot, NewNeed},
        org_no::OrgNo,
        place::Place,
        rejection::Rejection,
        reservation::Reservation,
        schedule::{ZONE, local_date},
    },
    service,
};

const TITLE_CHARS: usize = 120;
const TEXT_CHARS: usize = 5000;
const NAME_CHARS: usize = 200;

/// A need, and the address that confirms it.
pub(in crate::web) type Read = (NewNeed, Email);

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NeedForm {
    pub(in crate::web) title: String,
    pub(in crate::web) text: String,
    pub(in crate::web) value_sek: String,
    pub(in crate::web) place: String,
    pub(in crate::web) deadline: String,
    pub(in crate::web) start: String,
    pub(in crate::web) end: String,
    pub(in crate::web) cpv: String,
    pub(in crate::web) buyer_kind: String,
    pub(in crate::web) buyer_name: String,
    pub(in crate::web) org_no: String,
    pub(in crate::web) url: String,
    pub(in crate::web) email: String,
    pub(in crate::web) step: String,
    pub(in crate::web) till: String,
    pub(in crate::web) kod1: String,
    pub(in crate::web) kod2: String,
    pub(in crate::web) kod3: String,
    pub(in crate::web) version: String,
}

impl NeedForm {
    /// The form with what was read from a text.
    pub(super) fn filled(found: &service::proposals::Proposed) -> Self {
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
            ..Self::default()
        }
    }

    /// Reads every field and collects what is wrong, in the order of the form.
    pub(in crate::web) fn parse(
        &self,
        language: Language,
        now: DateTime<Utc>,
        limits: &Limits,
    ) -> Result<Read, Vec<Rejection>> {
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
        let cpv = wrong.keep(self.codes()).unwrap_or_default();
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
        // Without an amount for today nothing is refused; from the limit and up a notice is needed (LOU 19 a kap. 2 §).
        let is_over = value_sek.zip(limits.sek(LimitKind::DirectAward)).is_some_and(|(sek, limit)| sek >= limit);
        if kind == Some(BuyerKind::Public) && url.is_none() && is_over {
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
            contract: ContractTerms::default(),
        };
        let need = NewNeed {
            source: "form".to_owned(),
            external_id: uuid::Uuid::now_v7().to_string(),
            issued_at: Some(now),
            kind: need_kind(kind, url.as_deref()),
            title,
            text,
            buyer,
            language: language.into(),
            published_on: Some(today),
            publication_no: None,
            url,
            status: NeedStatus::Unconfirmed,
            keys: Vec::new(),
            notice: None,
            lots: vec![lot],
        };
        Ok((need, email))
    }
}

/// One of the three steps of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// What is needed.
    What,
    /// Where and when.
    Where,
    /// Who asks.
    Who,
}

impl Step {
    const ALL: [Self; 3] = [Self::What, Self::Where, Self::Who];

    pub(super) fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or_default() + 1
    }

    fn read(typed: &str) -> Option<Self> {
        typed.parse::<usize>().ok().and_then(|number| Self::ALL.get(number.wrapping_sub(1)).copied())
    }

    /// Whether a field is asked for here.
    pub(super) fn has(self, field: &str) -> bool {
        self.fields().contains(&field)
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::What => &["title", "text", "value_sek"],
            Self::Where => &["place", "deadline", "start", "end"],
            Self::Who => &["buyer_kind", "buyer_name", "org_no", "url", "email", "cpv", "kod1", "kod2", "kod3"],
        }
    }

    /// The first step up to this one with something wrong in it.
    pub(super) fn first_wrong(self, wrong: &[Rejection]) -> Option<Self> {
        let mut up_to = Self::ALL.into_iter().take(self.number());
        up_to.find(|step| wrong.iter().any(|wrong| step.has(wrong.field)))
    }

    /// The step after this one.
    pub(super) fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }
}

impl NeedForm {
    /// The form as a stored need would have filled it.
    pub(in crate::web) fn of(need: &Need) -> Self {
        let work = need.lots.first().map(|lot| lot.work.clone()).unwrap_or_default();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let buyer = &need.buyer;
        Self {
            title: need.title.clone(),
            text: need.text.clone(),
            value_sek: work.value_sek.map(|value| value.to_string()).unwrap_or_default(),
            place: work.places.first().map(|place| place.code().to_owned()).unwrap_or_default(),
            deadline: day(work.deadline_at.map(local_date)),
            start: day(work.start_on),
            end: day(work.end_on),
            cpv: work.cpv.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            buyer_kind: buyer.kind.as_str().to_owned(),
            buyer_name: buyer.name.clone(),
            org_no: buyer.org_no.as_ref().map(|org_no| org_no.as_str().to_owned()).unwrap_or_default(),
            url: need.url.clone().unwrap_or_default(),
            email: buyer.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// What was typed, with the buyer of a stored need.
    pub(super) fn of_the_same_buyer(self, need: &Need) -> Self {
        let Self { buyer_kind, buyer_name, org_no, email, .. } = Self::of(need);
        Self { buyer_kind, buyer_name, org_no, email, ..self }
    }

    /// The step that was filled in; none when the whole form came at once.
    pub(super) fn step(&self) -> Option<Step> {
        Step::read(&self.step)
    }

    /// The step to go back to.
    pub(super) fn back(&self) -> Option<Step> {
        Step::read(&self.till)
    }

    /// What was typed on the other steps.
    pub(super) fn hidden(&self, shown: Step) -> Vec<(&'static str, String)> {
        let typed = [
            ("title", &self.title),
            ("text", &self.text),
            ("value_sek", &self.value_sek),
            ("place", &self.place),
            ("deadline", &self.deadline),
            ("start", &self.start),
            ("end", &self.end),
            ("cpv", &self.cpv),
            ("kod1", &self.kod1),
            ("kod2", &self.kod2),
            ("kod3", &self.kod3),
            ("buyer_kind", &self.buyer_kind),
            ("buyer_name", &self.buyer_name),
            ("org_no", &self.org_no),
            ("url", &self.url),
            ("email", &self.email),
        ];
        let others = typed.into_iter().filter(|(name, typed)| !shown.has(name) && !typed.is_empty());
        others.map(|(name, typed)| (name, typed.clone())).collect()
    }

    /// The codes that were typed or ticked.
    fn codes(&self) -> Result<Vec<Cpv>, Rejection> {
        let ticked = [&self.kod1, &self.kod2, &self.kod3].into_iter().filter_map(|code| Cpv::parse(code).ok());
        let mut codes = Cpv::parse_list(&self.cpv)?;
        for code in ticked {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Ok(codes)
    }

    /// The need as far as it is known, before anybody has said who asks.
    pub(super) fn draft(&self, language: Language, now: DateTime<Utc>) -> Option<NewNeed> {
        let known = Self {
            buyer_kind: "private".to_owned(),
            buyer_name: "-".to_owned(),
            email: "ingen@example.com".to_owned(),
            url: String::new(),
            org_no: String::new(),
            ..self.clone()
        };
        known.parse(language, now, &Limits::default()).ok().map(|(need, _)| need)
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
pub(super) fn value(typed: &str) -> Result<Option<i64>, Rejection> {
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

    fn limits() -> Limits {
        Limits::new([(LimitKind::DirectAward, 700_000)].into_iter())
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
        form.parse(Language::Sv, now(), &limits()).unwrap_err().iter().map(|rejection| rejection.rule).collect()
    }

    #[test]
    fn a_filled_form_becomes_a_request_with_one_lot() {
        let (need, email) = form().parse(Language::Sv, now(), &limits()).unwrap();
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
        assert_eq!(public("699 999").parse(Language::Sv, now(), &limits()).unwrap().0.kind, NeedKind::DirectAward);
        let noticed = NeedForm { url: "https://annons.example/1".to_owned(), ..public("900000") };
        assert_eq!(noticed.parse(Language::Sv, now(), &limits()).unwrap().0.kind, NeedKind::Tender);
    }

    #[test]
    fn days_must_exist_lie_ahead_and_come_in_order() {
        let day = |deadline: &str| NeedForm { deadline: deadline.to_owned(), ..form() };
        assert_eq!(rules(&day("2026-11-23")), ["rejected-deadline-past"]);
        assert_eq!(rules(&day("2026-02-30")), ["rejected-date"]);
        assert!(day("2026-11-24").parse(Language::Sv, now(), &limits()).is_ok());
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
