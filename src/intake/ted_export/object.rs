//! What is bought (OBJECT_CONTRACT): the contract as a whole and its lots.

use std::collections::HashSet;

use chrono::{DateTime, NaiveTime, Utc};

use super::{Notice, municipality, paragraphs};
use crate::{
    domain::{
        contract::{ContractTerms, Duration, Framework, Nature},
        cpv::Cpv,
        need::NewLot,
        notice::NoticeForm,
        place::Place,
        reservation::{Reservation, SocialConsideration},
    },
    intake::{Refusal, Result, moment, text, tree::Element, value},
};

/// Where the defence form of the edition before keeps what others have in `OBJECT_CONTRACT`.
const DEFENCE: &str =
    "FD_CONTRACT_DEFENCE/OBJECT_CONTRACT_INFORMATION_DEFENCE/DESCRIPTION_CONTRACT_INFORMATION_DEFENCE";

fn object<'a>(notice: &Notice<'a>) -> Option<&'a Element> {
    notice.body.first("OBJECT_CONTRACT").or_else(|| notice.body.first(DEFENCE))
}

/// The title of the contract; where the form has none, that of the publisher's list.
pub(super) fn title(notice: &Notice<'_>) -> Option<String> {
    let own = object(notice).and_then(|object| object.first("TITLE").or_else(|| object.first("TITLE_CONTRACT")));
    own.map(|title| notice.words(title)).filter(|title| !title.is_empty()).or_else(|| listed_title(notice))
}

fn listed_title(notice: &Notice<'_>) -> Option<String> {
    let listed = notice.root.all("TRANSLATION_SECTION/ML_TITLES/ML_TI_DOC");
    let by = |code: &str| listed.iter().find(|title| title.attribute("LG") == Some(code));
    by("SV").or_else(|| by("EN")).and_then(|title| title.first("TI_TEXT")).map(paragraphs)
}

/// The description of the contract.
pub(super) fn text(notice: &Notice<'_>) -> String {
    let own = object(notice);
    let own = own.and_then(|object| object.first("SHORT_DESCR").or_else(|| object.first("SHORT_CONTRACT_DESCRIPTION")));
    own.map(|text| notice.words(text)).unwrap_or_default()
}

/// The lots; a contract without any is one lot.
pub(super) fn lots(notice: &Notice<'_>) -> Result<Vec<NewLot>> {
    let whole = Whole::of(notice)?;
    let described: Vec<&Element> = notice.body.all("OBJECT_CONTRACT/OBJECT_DESCR");
    if described.len() <= 1 {
        let number = described.first().and_then(|lot| lot.text_at("LOT_NO")).map_or("LOT-0000".to_owned(), lot_number);
        let mut lot = whole.lot(notice, number, described.first().copied())?;
        lot.value_sek = lot.value_sek.or(whole.value_sek);
        return Ok(vec![lot]);
    }
    let mut seen = HashSet::new();
    let mut lots = Vec::with_capacity(described.len());
    for (index, described) in described.into_iter().enumerate() {
        let by_item = || described.attribute("ITEM").map_or_else(|| (index + 1).to_string(), str::to_owned);
        let mut number = lot_number(&described.text_at("LOT_NO").map_or_else(by_item, str::to_owned));
        if !seen.insert(number.clone()) {
            // Each part of a planning notice counts its lots from one.
            number = format!("{number}-{}", index + 1);
        }
        lots.push(whole.lot(notice, number, Some(described))?);
    }
    Ok(lots)
}

/// A lot number in the form that eForms gives it, where it is a number.
pub(super) fn lot_number(written: &str) -> String {
    match written.trim().parse::<u32>() {
        Ok(number) => format!("LOT-{number:04}"),
        Err(_) => text::printable(written.trim(), 100),
    }
}

/// A day and a time of day, local; without a time the end of the day.
pub(super) fn deadline(date: &str, time: Option<&str>) -> Result<DateTime<Utc>> {
    let refused = |value: &str| Refusal::value("rejected-date", "DATE_RECEIPT_TENDERS", value);
    let day = moment::day(date.trim()).ok_or_else(|| refused(date))?;
    let Some(time) = time else { return Ok(moment::end_of(day)) };
    let clock = NaiveTime::parse_from_str(time.trim(), "%H:%M").ok();
    let clock = clock.or_else(|| moment::time_with_offset(time.trim()).map(|(clock, _)| clock));
    Ok(moment::instant(day, clock.ok_or_else(|| refused(time))?, None))
}

/// What holds for every lot.
struct Whole {
    title: String,
    text: String,
    cpv: Vec<Cpv>,
    places: Vec<Place>,
    value_sek: Option<i64>,
    deadline_at: Option<DateTime<Utc>>,
    reservation: Reservation,
    contract: ContractTerms,
}

impl Whole {
    fn of(notice: &Notice<'_>) -> Result<Self> {
        let object = object(notice);
        let value_sek = object.map(|object| value_sek(object, &["VAL_ESTIMATED_TOTAL", "VAL_TOTAL"])).transpose()?;
        Ok(Self {
            title: title(notice).ok_or_else(|| Refusal::value("rejected-title", "TITLE", "no title"))?,
            text: text(notice),
            cpv: main_cpv(notice, object)?,
            places: listed_places(notice),
            value_sek: value_sek.flatten(),
            deadline_at: stated_deadline(notice)?,
            reservation: reservation(notice),
            contract: contract(notice, object),
        })
    }

    fn lot(&self, notice: &Notice<'_>, lot_no: String, described: Option<&Element>) -> Result<NewLot> {
        let words = |name: &str| described.and_then(|lot| lot.first(name)).map(|of| notice.words(of));
        let filled = |text: &String| !text.is_empty();
        let mut cpv = self.cpv.clone();
        for code in described.map(|lot| lot.all("CPV_ADDITIONAL/CPV_CODE")).unwrap_or_default() {
            add_code(&mut cpv, code)?;
        }
        let places = described.map(own_places).unwrap_or_default();
        let day = |name: &str| -> Result<Option<chrono::NaiveDate>> {
            let Some(written) = described.and_then(|lot| lot.text_at(name)) else { return Ok(None) };
            moment::day(written).map(Some).ok_or_else(|| Refusal::value("rejected-date", name, written))
        };
        let mut contract = self.contract.clone();
        contract.duration = described.and_then(duration);
        contract.note = words("INFO_ADD").unwrap_or_default();
        let social =
            if self.reservation == Reservation::None { vec![] } else { vec![SocialConsideration::Reservation] };
        Ok(NewLot {
            lot_no,
            title: words("TITLE").filter(filled).unwrap_or_else(|| self.title.clone()),
            text: words("SHORT_DESCR").filter(filled).unwrap_or_else(|| self.text.clone()),
            cpv,
            places: if places.is_empty() { self.places.clone() } else { places },
            value_sek: described.map(|lot| value_sek(lot, &["VAL_OBJECT"])).transpose()?.flatten(),
            deadline_at: self.deadline_at,
            deadline_doubtful: false,
            start_on: day("DATE_START")?,
            end_on: day("DATE_END")?,
            reservation: self.reservation,
            social,
            contract,
        })
    }
}

/// Only who may still answer has a deadline.
fn stated_deadline(notice: &Notice<'_>) -> Result<Option<DateTime<Utc>>> {
    if notice.form != NoticeForm::Competition {
        return Ok(None);
    }
    if let Some(date) = notice.body.text_at("PROCEDURE/DATE_RECEIPT_TENDERS") {
        return deadline(date, notice.body.text_at("PROCEDURE/TIME_RECEIPT_TENDERS")).map(Some);
    }
    let Some(coded) = notice.coded.text_at("CODIF_DATA/DT_DATE_FOR_SUBMISSION") else { return Ok(None) };
    let (date, time) = coded.split_once(' ').map_or((coded, None), |(date, time)| (date, Some(time)));
    let day = super::compact_day(date);
    let day = day.ok_or_else(|| Refusal::value("rejected-date", "DT_DATE_FOR_SUBMISSION", coded))?;
    deadline(&day.to_string(), time).map(Some)
}

/// The reservation of the whole contract (section III.1.5 of the form).
fn reservation(notice: &Notice<'_>) -> Reservation {
    let has = |name: &str| notice.body.first(&format!("LEFTI/{name}")).is_some();
    if has("RESTRICTED_SHELTERED_WORKSHOP") {
        Reservation::ShelteredOrIntegration
    } else if has("RESERVED_ORGANISATIONS_SERVICE_MISSION") {
        Reservation::Participatory
    } else if has("RESTRICTED_SHELTERED_PROGRAM") {
        Reservation::ShelteredProgramme
    } else {
        Reservation::None
    }
}

fn contract(notice: &Notice<'_>, object: Option<&Element>) -> ContractTerms {
    let procedure = notice.body.first("PROCEDURE");
    let has = |name: &str| procedure.is_some_and(|procedure| procedure.first(name).is_some());
    let kind = object.and_then(|object| object.first("TYPE_CONTRACT")?.attribute("CTYPE"));
    let link = |name: &str| notice.body.text_at(&format!("CONTRACTING_BODY/{name}")).and_then(text::web_link);
    let languages = notice.body.all("PROCEDURE/LANGUAGES/LANGUAGE").into_iter();
    ContractTerms {
        nature: kind.and_then(Nature::from_code),
        framework: has("FRAMEWORK").then_some(Framework::Unspecified),
        dis: has("DPS"),
        documents_url: link("URL_DOCUMENT"),
        tender_url: link("URL_PARTICIPATION"),
        tender_languages: languages.filter_map(|language| Some(language.attribute("VALUE")?.to_owned())).collect(),
        performance: notice.body.first("LEFTI/PERFORMANCE_CONDITIONS").map(|of| notice.words(of)).unwrap_or_default(),
        ..ContractTerms::default()
    }
}

fn duration(lot: &Element) -> Option<Duration> {
    let length = lot.first("DURATION")?;
    Duration::from_eforms(length.text()?.parse().ok()?, length.attribute("TYPE")?)
}

/// The main code: of the form, else the publisher's.
fn main_cpv(notice: &Notice<'_>, object: Option<&Element>) -> Result<Vec<Cpv>> {
    let mut codes = Vec::new();
    let main =
        object.and_then(|object| object.first("CPV_MAIN/CPV_CODE").or_else(|| object.first("CPV/CPV_MAIN/CPV_CODE")));
    for code in main.into_iter().chain(object.into_iter().flat_map(|object| object.all("CPV/CPV_ADDITIONAL/CPV_CODE")))
    {
        add_code(&mut codes, code)?;
    }
    if codes.is_empty() {
        for code in notice.coded.all("NOTICE_DATA/ORIGINAL_CPV") {
            add_code(&mut codes, code)?;
        }
    }
    Ok(codes)
}

fn add_code(codes: &mut Vec<Cpv>, element: &Element) -> Result<()> {
    let Some(written) = element.attribute("CODE") else { return Ok(()) };
    let code = Cpv::parse(written).map_err(|refused| Refusal::named("CPV_CODE", &refused))?;
    if !codes.contains(&code) {
        codes.push(code);
    }
    Ok(())
}

fn own_places(lot: &Element) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for area in lot.all("NUTS").into_iter().filter_map(|area| Place::parse(area.attribute("CODE")?).ok()) {
        if !places.contains(&area) {
            places.push(area);
        }
    }
    places
}

/// Where the contract as a whole is performed, as the publisher lists it.
fn listed_places(notice: &Notice<'_>) -> Vec<Place> {
    let listed = notice.coded.all("NOTICE_DATA/PERFORMANCE_NUTS").into_iter();
    let mut places: Vec<Place> = listed.filter_map(|area| Place::parse(area.attribute("CODE")?).ok()).collect();
    places.dedup();
    if places.is_empty() {
        let town = notice.body.text_at("CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY/TOWN");
        places.extend(town.and_then(municipality).filter(|_| notice.form == NoticeForm::Planning));
    }
    places
}

/// The first of these amounts that is told in SEK.
pub(super) fn value_sek(of: &Element, names: &[&str]) -> Result<Option<i64>> {
    for amount in names.iter().flat_map(|name| of.all(name)) {
        let Some(written) = amount.text().filter(|_| amount.attribute("CURRENCY") == Some("SEK")) else { continue };
        let read = value::whole_amount(written).ok_or_else(|| Refusal::value("rejected-number", names[0], written))?;
        if read > 0 {
            return Ok(Some(read));
        }
    }
    Ok(None)
}
