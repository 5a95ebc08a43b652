//! The organisations of a notice: who buys, and who won.

use super::{fields, lot, notice::picked};
use crate::{
    domain::{
        buyer::{BuyerKind, NewBuyer},
        language::TextLanguage,
        org_no::OrgNo,
    },
    intake::{Refusal, Result, text, tree::Element},
};

/// The buyer, and its country as a three-letter code.
pub(super) struct FoundBuyer {
    pub(super) buyer: NewBuyer,
    pub(super) country: Option<String>,
}

/// Finds the first buyer (OPT-300) as organisation (OPT-200) or touch point (OPT-201).
///
/// Every buyer legal type of eForms is public or buys under the same law.
pub(super) fn buyer(root: &Element, language: TextLanguage) -> Result<FoundBuyer> {
    let id = fields::text(root, "OPT-300-Procedure-Buyer");
    let party = root.first("cac:ContractingParty/cac:Party");
    let found = id.and_then(|id| Organisation::find(root, id));
    let name = found.as_ref().and_then(|organisation| organisation.name(language)).or_else(|| {
        let names = party?.all("cac:PartyName/cbc:Name");
        picked(&names, language).map(|name| name.text)
    });
    let name = name.ok_or_else(|| Refusal::value("rejected-buyer-name", "BT-500", id.unwrap_or("no buyer")))?;
    let country = found.as_ref().and_then(Organisation::country).map(str::to_owned);
    let swedish = country.as_deref().is_none_or(|code| code == "SWE");
    let town = found.as_ref().and_then(|organisation| organisation.at("cac:PostalAddress/cbc:CityName"));
    let buyer = NewBuyer {
        kind: BuyerKind::Public,
        name,
        org_no: found.as_ref().and_then(Organisation::org_no),
        municipality: town.and_then(lot::municipality).filter(|_| swedish),
        email: None,
    };
    Ok(FoundBuyer { buyer, country })
}

/// An organisation: the company, and the touch point that may be named in its place.
pub(super) struct Organisation<'a> {
    company: Option<&'a Element>,
    touch_point: Option<&'a Element>,
}

impl<'a> Organisation<'a> {
    /// The organisation that has this id, itself or as a touch point.
    pub(super) fn find(root: &'a Element, id: &str) -> Option<Self> {
        let has =
            |party: &Element| party.all("cac:PartyIdentification/cbc:ID").iter().any(|own| own.text() == Some(id));
        let found =
            fields::organisations(root).into_iter().find(|organisation| organisation.children().iter().any(has))?;
        Some(Self { company: found.first("efac:Company"), touch_point: found.first("efac:TouchPoint") })
    }

    /// The name of the company, else of the touch point.
    pub(super) fn name(&self, language: TextLanguage) -> Option<String> {
        let name_of = |of: Option<&Element>| picked(&of?.all("cac:PartyName/cbc:Name"), language);
        name_of(self.company).or_else(|| name_of(self.touch_point)).map(|name| text::clean(&name.text))
    }

    /// The Swedish organisation number.
    pub(super) fn org_no(&self) -> Option<OrgNo> {
        let numbers = self.company?.all("cac:PartyLegalEntity/cbc:CompanyID");
        let swedish = self.country().is_none_or(|code| code == "SWE");
        numbers.into_iter().filter(|_| swedish).find_map(|number| OrgNo::parse(number.text()?).ok())
    }

    /// The country, a three-letter code.
    pub(super) fn country(&self) -> Option<&'a str> {
        self.at("cac:PostalAddress/cac:Country/cbc:IdentificationCode")
    }

    fn at(&self, path: &str) -> Option<&'a str> {
        self.company.and_then(|company| company.text_at(path))
    }
}
