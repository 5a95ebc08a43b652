//! Releases and records of the Open Contracting Data Standard 1.1: each contracting process is a
//! need, known by its `ocid`; a later release replaces an earlier one.
//!
//! Source: standard.open-contracting.org/1.1, release and record schema, with the extensions for lots
//! and for other requirements (reserved participation).

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::{Element, few::Few, place, refused};
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
    intake::{Raw, Reading, Record, Refusal, Result, moment, text, value},
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Release {
    ocid: Option<String>,
    date: Option<String>,
    tag: Few<String>,
    language: Option<String>,
    buyer: Option<Organisation>,
    parties: Few<Party>,
    tender: Option<Tender>,
    awards: Few<Award>,
    // A record holds the state of the process, and its releases.
    compiled_release: Option<Box<Self>>,
    releases: Few<Self>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Organisation {
    id: Option<Id>,
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Party {
    id: Option<Id>,
    name: Option<String>,
    identifier: Option<Identifier>,
    address: Option<Address>,
    roles: Few<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Identifier {
    id: Option<Id>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    locality: Option<String>,
    region: Option<String>,
}

/// Ids are texts or whole numbers.
#[derive(Deserialize, PartialEq, Clone)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

impl Id {
    fn text(&self) -> String {
        match self {
            Self::Text(id) => text::printable(id.trim(), 100),
            Self::Number(id) => id.to_string(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Tender {
    title: Option<String>,
    description: Option<String>,
    status: Option<String>,
    procuring_entity: Option<Organisation>,
    procurement_method: Option<String>,
    items: Few<Item>,
    value: Option<Amount>,
    tender_period: Option<Period>,
    expression_of_interest_deadline: Option<String>,
    contract_period: Option<Period>,
    documents: Few<Document>,
    delivery_addresses: Few<Address>,
    other_requirements: Option<Requirements>,
    contract_terms: Option<Terms>,
    lots: Few<Lot>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Lot {
    id: Option<Id>,
    title: Option<String>,
    description: Option<String>,
    status: Option<String>,
    value: Option<Amount>,
    contract_period: Option<Period>,
    other_requirements: Option<Requirements>,
    contract_terms: Option<Terms>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Item {
    description: Option<String>,
    classification: Option<Classification>,
    additional_classifications: Few<Classification>,
    related_lot: Option<Id>,
    delivery_address: Option<Address>,
    delivery_addresses: Few<Address>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Classification {
    scheme: Option<String>,
    id: Option<Id>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Amount {
    amount: Option<f64>,
    currency: Option<String>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default, rename_all = "camelCase")]
struct Period {
    start_date: Option<String>,
    end_date: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Document {
    document_type: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Requirements {
    reserved_participation: Few<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Terms {
    reserved_execution: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Award {
    status: Option<String>,
}

/// Whether an element is one of the standard: anything else is a row of a table.
pub(in crate::intake) fn is_release(element: &Element) -> bool {
    #[derive(Deserialize)]
    struct Keys {
        ocid: Option<serde::de::IgnoredAny>,
        tender: Option<serde::de::IgnoredAny>,
    }
    // What cannot be read at all is refused as a release, with its place.
    serde_json::from_slice::<Keys>(&element.text).map_or(true, |keys| keys.ocid.is_some() || keys.tender.is_some())
}

/// Reads one element of a package, an array or a file of lines.
pub(in crate::intake) fn read(source: &str, element: &Element) -> Record<NewNeed> {
    let mut record = format!("release {}", element.number);
    let kept = |refusal: Refusal| {
        let whole = String::from_utf8_lossy(&element.text);
        Reading::Rejected(refusal.with_raw(Raw::new(&whole, true)))
    };
    let reading = match serde_json::from_slice::<Release>(&element.text) {
        Err(error) => kept(refused(&error)),
        Ok(release) => {
            if let Some(ocid) = &release.ocid {
                record = text::printable(ocid, 100);
            }
            release.whole().need().unwrap_or_else(|refusal| {
                let detail = format!("{} (release at {})", refusal.detail, place(element.spot));
                kept(Refusal::new(refusal.rule, detail))
            })
        }
    };
    Record { source: source.to_owned(), record, reading }
}

impl Release {
    /// Of a record the compiled release, else the latest one that says what is bought.
    fn whole(self) -> Self {
        if self.tender.is_some() || (self.compiled_release.is_none() && self.releases.0.is_empty()) {
            return self;
        }
        let latest = || self.releases.0.into_iter().filter(|release| release.tender.is_some());
        let chosen = match self.compiled_release {
            Some(compiled) => Some(*compiled),
            None => latest().max_by_key(|release| release.date.as_deref().and_then(instant)),
        };
        let mut chosen = chosen.unwrap_or_default();
        chosen.ocid = self.ocid.or(chosen.ocid);
        chosen
    }

    fn need(&self) -> Result<Reading<NewNeed>> {
        let external_id = self.ocid.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let external_id = external_id.ok_or_else(|| Refusal::new("rejected-required", "ocid: \"\""))?;
        let Some(tender) = &self.tender else { return Ok(Reading::Skipped { reason: "release-without-tender" }) };
        let title = clean(&tender.title);
        let text = clean(&tender.description);
        let title = if title.is_empty() { text::printable(&text, 120) } else { title };
        if title.is_empty() {
            return Err(Refusal::new("rejected-title", "tender/title: \"\""));
        }
        let buyer = self.buyer(tender)?;
        Ok(Reading::Read(NewNeed {
            source: "ocds".to_owned(),
            external_id: text::printable(external_id, 200),
            issued_at: self.date.as_deref().map(|date| dated("date", date)).transpose()?,
            kind: match tender.procurement_method.as_deref() {
                Some("direct") => NeedKind::DirectAward,
                _ => NeedKind::Tender,
            },
            lots: self.lots(tender, &title, &buyer)?,
            title,
            text,
            buyer,
            language: self.language.as_deref().map_or(TextLanguage::Sv, TextLanguage::from_code),
            published_on: None,
            publication_no: None,
            url: link(&tender.documents.0),
            status: self.status(tender),
            keys: Vec::new(),
            notice: None,
        }))
    }

    fn status(&self, tender: &Tender) -> NeedStatus {
        let has = |tag: &str| self.tag.0.iter().any(|known| known == tag);
        if has("tenderCancellation") {
            return NeedStatus::Closed;
        }
        match tender.status.as_deref() {
            Some("planning" | "planned") => NeedStatus::Planned,
            Some("cancelled" | "unsuccessful" | "complete" | "withdrawn") => NeedStatus::Closed,
            Some("active") => NeedStatus::Open,
            _ if self.awards.0.iter().any(|award| award.status.as_deref() == Some("active")) => NeedStatus::Closed,
            _ if has("planning") => NeedStatus::Planned,
            _ => NeedStatus::Open,
        }
    }

    fn buyer(&self, tender: &Tender) -> Result<NewBuyer> {
        let named = self.buyer.as_ref().or(tender.procuring_entity.as_ref());
        let party = self.parties.0.iter().find(|party| match named.and_then(|named| named.id.as_ref()) {
            Some(id) => party.id.as_ref() == Some(id),
            None => party.roles.0.iter().any(|role| role == "buyer" || role == "procuringEntity"),
        });
        let own = named.and_then(|named| named.name.as_deref());
        let name = text::clean(own.or(party.and_then(|party| party.name.as_deref())).unwrap_or_default());
        if name.is_empty() {
            return Err(Refusal::new("rejected-buyer-name", "buyer/name: \"\""));
        }
        let identifier = party.and_then(|party| party.identifier.as_ref()?.id.as_ref());
        // `SE-ORG-556517-5592` is as usual as the bare number; other countries' numbers are none of ours.
        let number = |id: &Id| OrgNo::parse(id.text().rsplit_once("SE-ORG-").map_or(&id.text(), |(_, no)| no)).ok();
        let seat = party.and_then(|party| party.address.as_ref()).and_then(Address::place);
        Ok(NewBuyer {
            kind: BuyerKind::Public,
            name,
            org_no: identifier.or(named.and_then(|named| named.id.as_ref())).and_then(number),
            municipality: seat.filter(|place| matches!(place, Place::Municipality(_))),
            email: None,
        })
    }

    fn lots(&self, tender: &Tender, title: &str, buyer: &NewBuyer) -> Result<Vec<NewLot>> {
        let is_live = |lot: &&Lot| !matches!(lot.status.as_deref(), Some("cancelled" | "unsuccessful" | "complete"));
        let whole = Lot::default();
        let mut chosen: Vec<&Lot> = tender.lots.0.iter().filter(is_live).collect();
        if chosen.is_empty() {
            chosen = if tender.lots.0.is_empty() { vec![&whole] } else { tender.lots.0.iter().collect() };
        }
        let mut lots: Vec<NewLot> = Vec::with_capacity(chosen.len());
        for (at, lot) in chosen.iter().enumerate() {
            let lot = lot.read(at, tender, title, buyer, chosen.len() == 1)?;
            if lots.iter().any(|other| other.lot_no == lot.lot_no) {
                return Err(Refusal::value("rejected-lot-duplicate", "lots/id", &lot.lot_no));
            }
            lots.push(lot);
        }
        Ok(lots)
    }
}

impl Lot {
    fn read(&self, at: usize, tender: &Tender, title: &str, buyer: &NewBuyer, is_only: bool) -> Result<NewLot> {
        let items: Vec<&Item> = tender
            .items
            .0
            .iter()
            .filter(|item| is_only || item.related_lot.is_none() || item.related_lot == self.id)
            .collect();
        let own_title = clean(&self.title);
        let said = [clean(&self.description), if is_only { clean(&tender.description) } else { String::new() }];
        let work: Vec<String> = items.iter().map(|item| clean(&item.description)).filter(|t| !t.is_empty()).collect();
        let text = said.into_iter().find(|text| !text.is_empty()).unwrap_or_else(|| work.join(". "));
        let deadline = tender.tender_period.as_ref().and_then(|period| period.end_date.as_deref());
        let deadline = deadline.or(tender.expression_of_interest_deadline.as_deref());
        let period = self.contract_period.as_ref().or(tender.contract_period.as_ref()).cloned().unwrap_or_default();
        let reservation = self.reservation(tender);
        Ok(NewLot {
            lot_no: self.id.as_ref().map_or_else(|| (at + 1).to_string(), Id::text),
            title: if own_title.is_empty() { title.to_owned() } else { own_title },
            text,
            cpv: codes(&items)?,
            places: places(&items, tender, buyer),
            value_sek: sek(self.value.as_ref()).or_else(|| sek(tender.value.as_ref()).filter(|_| is_only)),
            deadline_at: deadline.map(|date| dated("tender/tenderPeriod/endDate", date)).transpose()?,
            deadline_doubtful: false,
            start_on: period.start_date.as_deref().map(|date| day("contractPeriod/startDate", date)).transpose()?,
            end_on: period.end_date.as_deref().map(|date| day("contractPeriod/endDate", date)).transpose()?,
            reservation,
            social: if reservation == Reservation::None { Vec::new() } else { vec![SocialConsideration::Reservation] },
            contract: ContractTerms::default(),
        })
    }

    fn reservation(&self, tender: &Tender) -> Reservation {
        let stated = [&self.other_requirements, &tender.other_requirements];
        let has = |code: &str| {
            stated
                .iter()
                .filter_map(|part| part.as_ref())
                .any(|part| part.reserved_participation.0.iter().any(|known| known == code))
        };
        let in_programme = [&self.contract_terms, &tender.contract_terms];
        if has("shelteredWorkshop") {
            Reservation::ShelteredOrIntegration
        } else if has("publicServiceMissionOrganization") {
            Reservation::Participatory
        } else if in_programme.iter().filter_map(|terms| terms.as_ref()).any(|terms| terms.reserved_execution) {
            Reservation::ShelteredProgramme
        } else {
            Reservation::None
        }
    }
}

impl Address {
    /// The municipality, else the county or NUTS area.
    fn place(&self) -> Option<Place> {
        let read = |text: &Option<String>| text.as_deref().and_then(|text| Place::parse(text).ok());
        value::nearest(read(&self.region), read(&self.locality))
    }
}

fn codes(items: &[&Item]) -> Result<Vec<Cpv>> {
    let mains = items.iter().filter_map(|item| item.classification.as_ref());
    let more = items.iter().flat_map(|item| &item.additional_classifications.0);
    let mut codes: Vec<Cpv> = Vec::new();
    for class in mains.chain(more).filter(|class| class.scheme.as_deref() == Some("CPV")) {
        let Some(id) = &class.id else { continue };
        let code = Cpv::parse(&id.text()).map_err(|refused| Refusal::named("classification/id", &refused))?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

fn places(items: &[&Item], tender: &Tender, buyer: &NewBuyer) -> Vec<Place> {
    let of_items = items.iter().flat_map(|item| item.delivery_address.iter().chain(&item.delivery_addresses.0));
    let mut places: Vec<Place> = Vec::new();
    for place in of_items.chain(&tender.delivery_addresses.0).filter_map(Address::place) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() { buyer.municipality.iter().cloned().collect() } else { places }
}

fn sek(value: Option<&Amount>) -> Option<i64> {
    let amount = value.filter(|value| value.currency.as_deref() == Some("SEK"))?.amount?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
    (0.0..1e15).contains(&amount).then_some(amount as i64)
}

/// The notice or the tender documents, else any document.
fn link(documents: &[Document]) -> Option<String> {
    let is_main = |document: &&Document| {
        matches!(
            document.document_type.as_deref(),
            Some("tenderNotice" | "biddingDocuments" | "technicalSpecifications")
        )
    };
    let of = |document: &Document| document.url.as_deref().and_then(text::web_link);
    documents.iter().filter(is_main).find_map(of).or_else(|| documents.iter().find_map(of))
}

fn clean(text: &Option<String>) -> String {
    text::clean(text.as_deref().unwrap_or_default())
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    moment::deadline(text.trim())
}

fn dated(field: &str, text: &str) -> Result<DateTime<Utc>> {
    instant(text).ok_or_else(|| Refusal::value("rejected-date", field, text))
}

fn day(field: &str, text: &str) -> Result<NaiveDate> {
    text.trim().get(..10).and_then(moment::day).ok_or_else(|| Refusal::value("rejected-date", field, text))
}
