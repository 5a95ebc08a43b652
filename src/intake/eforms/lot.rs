//! One lot or part of a notice, and what it falls back to: the procedure as a whole.

use std::collections::BTreeSet;

use super::{
    deadline, fields,
    notice::{picked, versions},
};
use crate::{
    domain::{
        contract::{ContractTerms, Duration, Framework, Nature},
        cpv::Cpv,
        language::TextLanguage,
        need::NewLot,
        place::Place,
        reservation::{Reservation, SocialConsideration},
    },
    intake::{Refusal, Result, language::Version, text, tree::Element, value},
};

/// What the notice says about the whole procedure; a lot that is silent takes it over.
pub(super) struct Procedure {
    pub(super) title: Option<Version>,
    pub(super) text: String,
    pub(super) value_sek: Option<i64>,
    foreign_value: Option<String>,
    cpv: Vec<Cpv>,
    places: Vec<Place>,
    country: Option<String>,
    language: TextLanguage,
}

impl Procedure {
    /// Reads the procedure; `country` is the buyer's, a three-letter code.
    pub(super) fn read(root: &Element, language: TextLanguage, country: Option<&str>) -> Result<Self> {
        let project = Project { at: "Procedure", of: root };
        Ok(Self {
            title: project.title(language)?,
            text: project.text("BT-24", language),
            value_sek: project.value_sek()?,
            foreign_value: project.foreign_value(),
            cpv: project.cpv()?,
            places: project.places(country),
            country: country.map(str::to_owned),
            language,
        })
    }
}

/// Reads one lot, or the root of a notice without lots.
pub(super) fn read(id: &str, lot: &Element, procedure: &Procedure) -> Result<NewLot> {
    let project = Project { at: id, of: lot };
    let title = project.title(procedure.language)?.or_else(|| procedure.title.clone());
    let title = title.ok_or_else(|| Refusal::value("rejected-title", "BT-21", id))?.text;
    let or_procedure = |own: Vec<Place>| if own.is_empty() { procedure.places.clone() } else { own };
    let cpv = project.cpv()?;
    let text = project.text("BT-24", procedure.language);
    let deadline = deadline::of_lot(lot)?;
    let reservation = reservation(lot);
    let mut contract = contract(&project, procedure)?;
    contract.deadline_raw = deadline.as_ref().and_then(|deadline| deadline.doubtful.clone());
    Ok(NewLot {
        lot_no: id.to_owned(),
        title,
        text: if text.is_empty() { procedure.text.clone() } else { text },
        cpv: if cpv.is_empty() { procedure.cpv.clone() } else { cpv },
        places: or_procedure(project.places(procedure.country.as_deref())),
        value_sek: project.value_sek()?,
        deadline_at: deadline.as_ref().map(|deadline| deadline.at),
        deadline_doubtful: deadline.is_some_and(|deadline| deadline.doubtful.is_some()),
        start_on: deadline::day(lot, "BT-536", id)?,
        end_on: deadline::day(lot, "BT-537", id)?,
        reservation,
        social: social(&project, reservation),
        contract,
    })
}

/// Reserved participation (BT-71) wherever it stands in the lot, and reserved execution (BT-736).
///
/// The SDK's own path for BT-71 misses reservations in some published notices.
fn reservation(lot: &Element) -> Reservation {
    let texts = |codes: Vec<&Element>| -> Vec<String> {
        codes.into_iter().filter_map(Element::text).map(str::to_owned).collect()
    };
    let participation = texts(fields::any_participation(lot));
    let execution = texts(fields::any_execution(lot));
    let execution = execution.iter().find(|code| *code == "yes").or(execution.first());
    Reservation::from_eforms(&participation, execution.map(String::as_str))
}

fn social(project: &Project<'_>, reservation: Reservation) -> Vec<SocialConsideration> {
    let has = |field: &str, wanted: &str| project.codes(field).iter().any(|code| code == wanted);
    let mut found = Vec::new();
    if has("BT-775", "opp") {
        found.push(SocialConsideration::Employment);
    } else if has("BT-06", "soc-obj") {
        found.push(SocialConsideration::Unclear);
    }
    if reservation != Reservation::None {
        found.push(SocialConsideration::Reservation);
    }
    found
}

fn contract(project: &Project<'_>, procedure: &Procedure) -> Result<ContractTerms> {
    let link = |fields: &[&str]| {
        let uris = fields.iter().flat_map(|field| fields::all(project.of, field));
        uris.filter_map(Element::text).find_map(text::web_link)
    };
    let text = |field: &str| project.text(field, procedure.language);
    let code = |field: &str| fields::text(project.of, field);
    Ok(ContractTerms {
        nature: code("BT-23").and_then(Nature::from_code),
        framework: project.codes("BT-765").iter().find_map(|code| Framework::from_eforms(code)),
        dis: project.codes("BT-766").iter().any(|code| code != "none"),
        sme: code("BT-726").and_then(|flag| flag.parse().ok()),
        duration: project.duration()?,
        documents_url: link(&["BT-15", "BT-615"]),
        tender_url: link(&["BT-18"]),
        tender_languages: project.codes("BT-97"),
        deadline_raw: None,
        social_objectives: project.codes("BT-775"),
        strategy: text("BT-777"),
        performance: text("BT-70"),
        note: text("BT-300"),
        foreign_value: project.foreign_value().or_else(|| procedure.foreign_value.clone()),
    })
}

/// The municipality of a town, when the domain knows one of that name.
pub(super) fn municipality(town: &str) -> Option<Place> {
    let is_name = town.chars().any(char::is_lowercase);
    Place::parse(town).ok().filter(|place| is_name && matches!(place, Place::Municipality(_)))
}

/// The project of a lot or of the procedure, and where it belongs: the id of the lot, or `Procedure`.
struct Project<'a> {
    at: &'a str,
    of: &'a Element,
}

impl Project<'_> {
    fn named(&self, field: &str) -> String {
        format!("{field} ({})", self.at)
    }

    /// The codes of a field, each once.
    fn codes(&self, field: &str) -> Vec<String> {
        let mut once: Vec<String> = Vec::new();
        for code in fields::all(self.of, field).into_iter().filter_map(Element::text) {
            if !once.iter().any(|known| known == code) {
                once.push(text::printable(code, 40));
            }
        }
        once
    }

    fn title(&self, language: TextLanguage) -> Result<Option<Version>> {
        let names = fields::all(self.of, "BT-21");
        let mut seen = BTreeSet::new();
        for name in &names {
            if !seen.insert(name.attribute("languageID")) {
                let language = name.attribute("languageID").unwrap_or("no language");
                let detail = format!("{}: more than one title in {language}", self.named("BT-21"));
                return Err(Refusal::new("rejected-repeated", detail));
            }
        }
        Ok(picked(&names, language))
    }

    fn text(&self, field: &str, language: TextLanguage) -> String {
        let elements = fields::all(self.of, field);
        crate::intake::language::pick(versions(&elements, language), language)
            .map(|version| version.text)
            .unwrap_or_default()
    }

    /// The main code (BT-262, at most one) and then the additional ones (BT-263), each once.
    fn cpv(&self) -> Result<Vec<Cpv>> {
        let main = self.of.all("cac:ProcurementProject/cac:MainCommodityClassification");
        if main.len() > 1 {
            let detail = format!("{}: {} main classifications where one is allowed", self.named("BT-262"), main.len());
            return Err(Refusal::new("rejected-repeated", detail));
        }
        let mut codes = Vec::new();
        for field in ["BT-262", "BT-263"] {
            for code in fields::all(self.of, field) {
                let listed = code.attribute("listName").is_none_or(|list| list.eq_ignore_ascii_case("cpv"));
                let Some(written) = code.text().filter(|_| listed) else { continue };
                let code = Cpv::parse(written).map_err(|refused| Refusal::named(&self.named(field), &refused))?;
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        Ok(codes)
    }

    /// Estimated value (BT-27), else the maximum of a framework (BT-271); other currencies are no value.
    fn value_sek(&self) -> Result<Option<i64>> {
        for field in ["BT-27", "BT-271"] {
            for amount in fields::all(self.of, field) {
                let Some(written) = amount.text().filter(|_| amount.attribute("currencyID") == Some("SEK")) else {
                    continue;
                };
                let refused = || Refusal::value("rejected-number", &self.named(field), written);
                // Nobody buys for nothing: a zero means that the field had to be filled in.
                match value::whole_amount(written).ok_or_else(refused)? {
                    0 => {}
                    amount => return Ok(Some(amount)),
                }
            }
        }
        Ok(None)
    }

    /// The first amount in another currency, as it is written.
    fn foreign_value(&self) -> Option<String> {
        ["BT-27", "BT-271"].iter().flat_map(|field| fields::all(self.of, field)).find_map(|amount| {
            let currency = amount.attribute("currencyID").filter(|currency| *currency != "SEK")?;
            let written =
                amount.text().filter(|written| value::whole_amount(written).is_some_and(|amount| amount > 0))?;
            Some(text::printable(&format!("{written} {currency}"), 60))
        })
    }

    /// How long the contract lasts (BT-36, BT-538).
    fn duration(&self) -> Result<Option<Duration>> {
        if fields::text(self.of, "BT-538") == Some("UNLIMITED") {
            return Ok(Some(Duration::Unlimited));
        }
        let Some(measure) = fields::all(self.of, "BT-36").into_iter().next() else { return Ok(None) };
        let Some(written) = measure.text() else { return Ok(None) };
        let number = value::whole_amount(written).and_then(|number| u32::try_from(number).ok());
        let number = number.ok_or_else(|| Refusal::value("rejected-number", &self.named("BT-36"), written))?;
        Ok(Duration::from_eforms(number, measure.attribute("unitCode").unwrap_or_default()))
    }

    /// Where the work is done (BT-5071, BT-5131, BT-727), each place once.
    fn places(&self, buyer_country: Option<&str>) -> Vec<Place> {
        let mut places = Vec::new();
        for address in self.of.all("cac:ProcurementProject/cac:RealizedLocation/cac:Address") {
            for place in places_of(address, buyer_country) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        places
    }
}

/// The place of one address; "anywhere" (BT-727) is the whole country for a Swedish buyer.
fn places_of(address: &Element, buyer_country: Option<&str>) -> Vec<Place> {
    let area = address.text_at("cbc:CountrySubentityCode").and_then(|code| Place::parse(code).ok());
    let country = address.text_at("cac:Country/cbc:IdentificationCode").or(buyer_country);
    let town = address.text_at("cbc:CityName").and_then(municipality).filter(|_| country.is_none_or(|c| c == "SWE"));
    let anywhere = matches!(address.text_at("cbc:Region"), Some("anyw" | "anyw-cou" | "anyw-eea"));
    let mut places: Vec<Place> = value::nearest(area, town).into_iter().collect();
    places.extend((anywhere && country == Some("SWE")).then_some(Place::Sweden));
    places
}
