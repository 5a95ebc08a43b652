//! The buyer of a notice: the first contracting party, looked up among its organisations.

use super::{lot, notice::Languages, tree::Element};
use crate::{
    domain::{
        buyer::{BuyerKind, NewBuyer},
        org_no::OrgNo,
        place::Place,
    },
    intake::{Refusal, Result, text},
};

/// The buyer, and its country as a three-letter code.
pub(super) struct FoundBuyer {
    pub(super) buyer: NewBuyer,
    pub(super) country: Option<String>,
}

/// Finds the first buyer (OPT-300) as organisation (OPT-200) or touch point (OPT-201).
pub(super) fn buyer(root: &Element, extension: &[&Element], languages: &Languages) -> Result<FoundBuyer> {
    let party = root.first("cac:ContractingParty/cac:Party");
    let id = party.and_then(|party| party.text_at("cac:PartyIdentification/cbc:ID"));
    let organisation = id.and_then(|id| find(extension, id));
    let company = organisation.and_then(|organisation| organisation.first("efac:Company"));
    let touch_point = organisation.and_then(|organisation| organisation.first("efac:TouchPoint"));
    let name_of = |of: Option<&Element>| of.and_then(|of| languages.pick(&of.all("cac:PartyName/cbc:Name")));
    let (name, _) = name_of(company)
        .or_else(|| name_of(touch_point))
        .or_else(|| name_of(party))
        .ok_or_else(|| Refusal::value("rejected-buyer-name", "BT-500", id.unwrap_or("no buyer")))?;
    let at = |path: &str| company.and_then(|company| company.text_at(path));
    let country = at("cac:PostalAddress/cac:Country/cbc:IdentificationCode").map(str::to_owned);
    let swedish = country.as_deref().is_none_or(|code| code == "SWE");
    let org_no = company
        .into_iter()
        .flat_map(|company| company.all("cac:PartyLegalEntity/cbc:CompanyID"))
        .filter(|_| swedish)
        .find_map(|number| OrgNo::parse(number.text()?).ok());
    let municipality = at("cac:PostalAddress/cbc:CityName").and_then(lot::municipality).filter(|_| swedish);
    Ok(FoundBuyer { buyer: public(text::clean(&name), org_no, municipality), country })
}

/// Every buyer legal type of eForms is public or buys under the same law.
fn public(name: String, org_no: Option<OrgNo>, municipality: Option<Place>) -> NewBuyer {
    NewBuyer { kind: BuyerKind::Public, name, org_no, municipality, email: None }
}

fn find<'a>(extension: &[&'a Element], id: &str) -> Option<&'a Element> {
    let has = |party: &Element| party.all("cac:PartyIdentification/cbc:ID").iter().any(|own| own.text() == Some(id));
    let mut organisations = extension.iter().flat_map(|part| part.all("efac:Organizations/efac:Organization"));
    organisations.find(|organisation| {
        ["efac:Company", "efac:TouchPoint"].iter().any(|party| organisation.all(party).into_iter().any(has))
    })
}
