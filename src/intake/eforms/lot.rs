//! One lot or part of a notice, and what it falls back to: the procedure as a whole.

use std::collections::BTreeSet;

use super::{deadline, notice::Languages, tree::Element};
use crate::{
    domain::{
        contract::ContractTerms,
        cpv::Cpv,
        language::Language,
        need::NewLot,
        place::Place,
        reservation::{Reservation, SocialConsideration},
    },
    intake::{Refusal, Result, value},
};

/// What the notice says about the whole procedure; a lot that is silent takes it over.
pub(super) struct Procedure {
    pub(super) title: Option<(String, Language)>,
    pub(super) text: String,
    pub(super) value_sek: Option<i64>,
    cpv: Vec<Cpv>,
    places: Vec<Place>,
    country: Option<String>,
}

impl Procedure {
    /// Reads the procedure; `country` is the buyer's, a three-letter code.
    pub(super) fn read(root: &Element, languages: &Languages, country: Option<&str>) -> Result<Self> {
        let project = Project { at: "Procedure", element: root.first("cac:ProcurementProject") };
        Ok(Self {
            title: project.title(languages)?,
            text: project.text(languages),
            value_sek: project.value_sek()?,
            cpv: project.cpv()?,
            places: project.places(country),
            country: country.map(str::to_owned),
        })
    }
}

/// Reads one lot, or the root of a notice without lots.
pub(super) fn read(id: &str, lot: &Element, procedure: &Procedure, languages: &Languages) -> Result<NewLot> {
    let project = Project { at: id, element: lot.first("cac:ProcurementProject") };
    let title = project.title(languages)?.or_else(|| procedure.title.clone());
    let (title, _) = title.ok_or_else(|| Refusal::value("rejected-title", "BT-21", id))?;
    let or_procedure = |own: Vec<Place>| if own.is_empty() { procedure.places.clone() } else { own };
    let cpv = project.cpv()?;
    let text = project.text(languages);
    let deadline = deadline::of_lot(lot)?;
    let reservation = reservation(lot);
    Ok(NewLot {
        lot_no: id.to_owned(),
        title,
        text: if text.is_empty() { procedure.text.clone() } else { text },
        cpv: if cpv.is_empty() { procedure.cpv.clone() } else { cpv },
        places: or_procedure(project.places(procedure.country.as_deref())),
        value_sek: project.value_sek()?,
        deadline_at: deadline.map(|(at, _)| at),
        deadline_doubtful: deadline.is_some_and(|(_, doubtful)| doubtful),
        start_on: project.day("BT-536", "cac:PlannedPeriod/cbc:StartDate")?,
        end_on: project.day("BT-537", "cac:PlannedPeriod/cbc:EndDate")?,
        reservation,
        social: social(&project, reservation),
        contract: ContractTerms::default(),
    })
}

/// Reserved participation (BT-71) wherever it stands in the lot, and reserved execution (BT-736).
///
/// The SDK's own path for BT-71 misses reservations in some published notices.
fn reservation(lot: &Element) -> Reservation {
    let codes = |name: &str, list: &str| -> Vec<String> {
        let listed = lot.below(name).into_iter().filter(|code| code.attribute("listName") == Some(list));
        listed.filter_map(Element::text).map(str::to_owned).collect()
    };
    let participation = codes("cbc:TendererRequirementTypeCode", "reserved-procurement");
    let execution = codes("cbc:ExecutionRequirementCode", "reserved-execution");
    let execution = execution.iter().find(|code| *code == "yes").or(execution.first());
    Reservation::from_eforms(&participation, execution.map(String::as_str))
}

fn social(project: &Project<'_>, reservation: Reservation) -> Vec<SocialConsideration> {
    let has = |list: &str, wanted: &str| {
        let codes = project.all("cac:ProcurementAdditionalType/cbc:ProcurementTypeCode");
        codes.iter().any(|code| code.attribute("listName") == Some(list) && code.text() == Some(wanted))
    };
    let mut found = Vec::new();
    if has("social-objective", "opp") {
        found.push(SocialConsideration::Employment);
    } else if has("strategic-procurement", "soc-obj") {
        found.push(SocialConsideration::Unclear);
    }
    if reservation != Reservation::None {
        found.push(SocialConsideration::Reservation);
    }
    found
}

/// The municipality of a town, when the domain knows one of that name.
pub(super) fn municipality(town: &str) -> Option<Place> {
    let is_name = town.chars().any(char::is_lowercase);
    Place::parse(town).ok().filter(|place| is_name && matches!(place, Place::Municipality(_)))
}

/// A `cac:ProcurementProject` and where it belongs: `Procedure` or the id of a lot.
struct Project<'a> {
    at: &'a str,
    element: Option<&'a Element>,
}

impl<'a> Project<'a> {
    fn all(&self, path: &str) -> Vec<&'a Element> {
        self.element.map(|element| element.all(path)).unwrap_or_default()
    }

    fn field(&self, field: &str) -> String {
        format!("{field} ({})", self.at)
    }

    fn title(&self, languages: &Languages) -> Result<Option<(String, Language)>> {
        let names = self.all("cbc:Name");
        let mut seen = BTreeSet::new();
        for name in &names {
            if !seen.insert(name.attribute("languageID")) {
                let language = name.attribute("languageID").unwrap_or("no language");
                let detail = format!("{}: more than one title in {language}", self.field("BT-21"));
                return Err(Refusal::new("rejected-repeated", detail));
            }
        }
        Ok(languages.pick(&names))
    }

    fn text(&self, languages: &Languages) -> String {
        languages.pick(&self.all("cbc:Description")).map(|(text, _)| text).unwrap_or_default()
    }

    /// The main code (BT-262, at most one) and then the additional ones (BT-263), each once.
    fn cpv(&self) -> Result<Vec<Cpv>> {
        let main = self.all("cac:MainCommodityClassification");
        if main.len() > 1 {
            let detail = format!("{}: {} main classifications where one is allowed", self.field("BT-262"), main.len());
            return Err(Refusal::new("rejected-repeated", detail));
        }
        let mut codes = Vec::new();
        for (field, path) in [
            ("BT-262", "cac:MainCommodityClassification/cbc:ItemClassificationCode"),
            ("BT-263", "cac:AdditionalCommodityClassification/cbc:ItemClassificationCode"),
        ] {
            for code in self.all(path) {
                let listed = code.attribute("listName").is_none_or(|list| list.eq_ignore_ascii_case("cpv"));
                let Some(written) = code.text().filter(|_| listed) else { continue };
                let code = Cpv::parse(written).map_err(|refused| Refusal::named(&self.field(field), &refused))?;
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        Ok(codes)
    }

    /// Estimated value (BT-27), else the maximum of a framework (BT-271); other currencies are no value.
    fn value_sek(&self) -> Result<Option<i64>> {
        let totals = self.all("cac:RequestedTenderTotal");
        let estimated = totals.iter().flat_map(|total| total.all("cbc:EstimatedOverallContractAmount"));
        let maximum = totals.iter().flat_map(|total| total.below("efbc:FrameworkMaximumAmount"));
        let amounts = estimated.map(|amount| ("BT-27", amount)).chain(maximum.map(|amount| ("BT-271", amount)));
        for (field, amount) in amounts {
            let Some(written) = amount.text().filter(|_| amount.attribute("currencyID") == Some("SEK")) else {
                continue;
            };
            let refused = || Refusal::value("rejected-number", &self.field(field), written);
            // Nobody buys for nothing: a zero means that the field had to be filled in.
            match value::whole_amount(written).ok_or_else(refused)? {
                0 => {}
                amount => return Ok(Some(amount)),
            }
        }
        Ok(None)
    }

    fn day(&self, field: &str, path: &str) -> Result<Option<chrono::NaiveDate>> {
        let day = self.element.map(|element| deadline::day(&self.field(field), element, path));
        Ok(day.transpose()?.flatten())
    }

    /// Where the work is done (BT-5071, BT-5131, BT-727), each place once.
    fn places(&self, buyer_country: Option<&str>) -> Vec<Place> {
        let mut places = Vec::new();
        for address in self.all("cac:RealizedLocation/cac:Address") {
            for place in places_of(address, buyer_country) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        places
    }
}

fn places_of(address: &Element, buyer_country: Option<&str>) -> Vec<Place> {
    let area = address.text_at("cbc:CountrySubentityCode").and_then(|code| Place::parse(code).ok());
    let country = address.text_at("cac:Country/cbc:IdentificationCode").or(buyer_country);
    let town = address.text_at("cbc:CityName").and_then(municipality).filter(|_| country.is_none_or(|c| c == "SWE"));
    let anywhere = matches!(address.text_at("cbc:Region"), Some("anyw" | "anyw-cou")) && country == Some("SWE");
    let mut places: Vec<Place> = value::nearest(area, town).into_iter().collect();
    places.extend(anywhere.then_some(Place::Sweden));
    places
}
