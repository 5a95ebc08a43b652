//! A notice as a whole: what kind it is, who buys, in which language, and its lots.

use std::collections::HashSet;

use super::{
    deadline,
    lot::{self, Procedure},
    organisation,
    tree::Element,
};
use crate::{
    domain::{
        language::Language,
        need::{NeedKind, NeedStatus, NewLot, NewNeed},
    },
    intake::{Reading, Refusal, Result, text},
};

/// The notice id (BT-701).
pub(super) fn id(root: &Element) -> Option<String> {
    let ids = root.all("cbc:ID");
    let own = ids.iter().find(|id| id.attribute("schemeName") == Some("notice-id")).or(ids.first());
    own.and_then(|id| id.text()).map(|id| text::printable(id, 100))
}

/// Reads a notice, or says why it is none of ours.
pub(super) fn read(root: &Element) -> Result<Reading<NewNeed>> {
    let by_root = match root.name.as_str() {
        "cn:ContractNotice" => NeedStatus::Open,
        "pin:PriorInformationNotice" => NeedStatus::Planned,
        "can:ContractAwardNotice" => return Ok(Reading::Skipped { reason: "result-notice" }),
        name if name.trim_start_matches("?:") == "TED_EXPORT" => return Ok(Reading::Skipped { reason: "ted-export" }),
        name => return Err(Refusal::new("rejected-not-eforms", format!("the root element is {name}"))),
    };
    let form = root.first("cbc:NoticeTypeCode").and_then(|code| code.attribute("listName"));
    let status = match form.unwrap_or_default() {
        "result" | "dir-awa-pre" | "cont-modif" | "completion" => {
            return Ok(Reading::Skipped { reason: "result-notice" });
        }
        "planning" | "consultation" => NeedStatus::Planned,
        "competition" | "change" => NeedStatus::Open,
        _ => by_root,
    };
    need(root, if is_cancelled(root) { NeedStatus::Closed } else { status }).map(Reading::Read)
}

/// Whether a change notice (BT-140) calls the procedure off.
fn is_cancelled(root: &Element) -> bool {
    let reasons =
        extension(root).into_iter().flat_map(|part| part.all("efac:Changes/efac:ChangeReason/cbc:ReasonCode"));
    reasons.into_iter().any(|reason| reason.text() == Some("cancel"))
}

/// The eForms extension of the notice.
fn extension(root: &Element) -> Vec<&Element> {
    root.all("ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension")
}

fn need(root: &Element, status: NeedStatus) -> Result<NewNeed> {
    let external_id = root
        .text_at("cbc:ContractFolderID")
        .map(|id| text::printable(id, 200))
        .or_else(|| id(root))
        .ok_or_else(|| Refusal::new("rejected-notice-id", "neither BT-04 nor BT-701 has a value"))?;
    let extension = extension(root);
    let languages = Languages { notice: root.text_at("cbc:NoticeLanguageCode").unwrap_or_default().to_owned() };
    let found = organisation::buyer(root, &extension, &languages)?;
    let procedure = Procedure::read(root, &languages, found.country.as_deref())?;
    let lots = lots(root, &procedure, &languages)?;
    let (title, language) = match &procedure.title {
        Some((title, language)) => (title.clone(), *language),
        None => (lots.first().map(|lot| lot.title.clone()).unwrap_or_default(), languages.own()),
    };
    let published = extension.iter().find_map(|part| part.first("efac:Publication"));
    Ok(NewNeed {
        source: "eforms".to_owned(),
        external_id,
        issued_at: deadline::dispatch(root)?,
        kind: NeedKind::Tender,
        title,
        text: procedure.text.clone(),
        buyer: found.buyer,
        language,
        published_on: published
            .map(|part| deadline::day("OPP-012", part, "efbc:PublicationDate"))
            .transpose()?
            .flatten(),
        publication_no: published.and_then(publication_no),
        url: url(root),
        status,
        keys: Vec::new(),
        notice: None,
        lots,
    })
}

fn publication_no(publication: &Element) -> Option<String> {
    publication
        .all("efbc:NoticePublicationID")
        .into_iter()
        .find(|id| id.attribute("schemeName").is_none_or(|scheme| scheme == "ojs-notice-id"))
        .and_then(Element::text)
        .map(|number| text::printable(number, 40))
}

/// The documents (BT-15), open ones before restricted ones (BT-615).
fn url(root: &Element) -> Option<String> {
    let mut references = root.all("cac:ProcurementProjectLot/cac:TenderingTerms/cac:CallForTendersDocumentReference");
    references.extend(root.all("cac:TenderingTerms/cac:CallForTendersDocumentReference"));
    references.sort_by_key(|reference| reference.text_at("cbc:DocumentType") == Some("restricted-document"));
    references
        .iter()
        .flat_map(|reference| reference.all("cac:Attachment/cac:ExternalReference/cbc:URI"))
        .find_map(|uri| text::web_link(uri.text()?))
}

/// Lots and, in planning notices, parts. A notice with neither has one lot: the procedure itself.
fn lots(root: &Element, procedure: &Procedure, languages: &Languages) -> Result<Vec<NewLot>> {
    let elements: Vec<&Element> =
        root.all("cac:ProcurementProjectLot").into_iter().filter(|lot| is_lot_or_part(lot)).collect();
    let mut lots = Vec::with_capacity(elements.len().max(1));
    let mut seen = HashSet::new();
    for element in elements {
        let id = element.text_at("cbc:ID").map(|id| text::printable(id, 100));
        let id = id.ok_or_else(|| Refusal::value("rejected-lot-id", "BT-137", "no id"))?;
        if !seen.insert(id.clone()) {
            return Err(Refusal::value("rejected-lot-duplicate", "BT-137", &id));
        }
        lots.push(lot::read(&id, element, procedure, languages)?);
    }
    if lots.is_empty() {
        lots.push(lot::read("LOT-0000", root, procedure, languages)?);
    }
    if let [only] = lots.as_mut_slice() {
        // A total for several lots would say nothing about one of them.
        only.value_sek = only.value_sek.or(procedure.value_sek);
    }
    Ok(lots)
}

/// Groups of lots (`LotsGroup`) hold no work of their own.
fn is_lot_or_part(lot: &Element) -> bool {
    let scheme = lot.first("cbc:ID").and_then(|id| id.attribute("schemeName"));
    scheme.is_none_or(|scheme| matches!(scheme, "Lot" | "Part"))
}

/// Which of several language versions of a text is read.
pub(super) struct Languages {
    notice: String,
}

impl Languages {
    /// The Swedish text, else the one in the language of the notice, else the first; cleaned.
    pub(super) fn pick(&self, versions: &[&Element]) -> Option<(String, Language)> {
        let language_of = |version: &Element| version.attribute("languageID").unwrap_or(&self.notice).to_owned();
        let filled: Vec<(String, String)> = versions
            .iter()
            .map(|version| (language_of(version), text::clean(version.text().unwrap_or_default())))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let by = |wanted: &str| filled.iter().find(|(language, _)| language == wanted);
        let (language, text) = by("SWE").or_else(|| by(&self.notice)).or(filled.first())?;
        Some((text.clone(), Language::from_code(language)))
    }

    /// The language of the notice itself.
    fn own(&self) -> Language {
        Language::from_code(&self.notice)
    }
}
