//! The fields of eForms that are read, each with its identity in the SDK and where it stands.
//! Both what is stored and what `--dump` prints come through this table.
//!
//! A path is steps of names; a step may ask for more: `name[list]` has that `listName` or
//! `schemeName` itself, `name{list}` has a child with it, `name{=text}` has a child with that text.
//! `E/` at the beginning stands for the extension that eForms adds to UBL.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::intake::tree::{Element, Vocabulary};

/// One field.
pub(super) struct Field {
    pub(super) id: &'static str,
    pub(super) level: Level,
    path: &'static str,
}

/// Where a field can stand, and how its identity ends there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Once in the notice, under its identity as it is.
    Notice,
    /// In the procedure (`-Procedure`) and in each lot, part or group (`-Lot`, `-Part`, `-LotsGroup`).
    Any,
    /// In each lot, part or group.
    Lot,
}

const EXTENSION: &str = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension";

const fn notice(id: &'static str, path: &'static str) -> Field {
    Field { id, level: Level::Notice, path }
}

const fn any(id: &'static str, path: &'static str) -> Field {
    Field { id, level: Level::Any, path }
}

const fn lot(id: &'static str, path: &'static str) -> Field {
    Field { id, level: Level::Lot, path }
}

/// Every field that is read from an element's text. `BT-03` and the strict `BT-71` stand apart.
pub(super) const FIELDS: &[Field] = &[
    notice("OPP-010-notice", "E/efac:Publication/efbc:NoticePublicationID[ojs-notice-id]"),
    notice("OPP-012-notice", "E/efac:Publication/efbc:PublicationDate"),
    notice("OPP-070-notice", "E/efac:NoticeSubType/cbc:SubTypeCode"),
    notice("OPT-002-notice", "cbc:CustomizationID"),
    notice("BT-701-notice", "cbc:ID[notice-id]"),
    notice("BT-757-notice", "cbc:VersionID"),
    notice("BT-04-notice", "cbc:ContractFolderID"),
    notice("BT-05(a)-notice", "cbc:IssueDate"),
    notice("BT-05(b)-notice", "cbc:IssueTime"),
    notice("BT-127-notice", "cbc:PlannedDate"),
    notice("BT-02-notice", "cbc:NoticeTypeCode"),
    notice("BT-01-notice", "cbc:RegulatoryDomain"),
    notice("BT-702(a)-notice", "cbc:NoticeLanguageCode"),
    notice("BT-702(b)-notice", "cac:AdditionalNoticeLanguage/cbc:ID"),
    notice("BT-758-notice", "E/efac:Changes/efbc:ChangedNoticeIdentifier"),
    notice("BT-140-notice", "E/efac:Changes/efac:ChangeReason/cbc:ReasonCode"),
    notice("BT-762-notice", "E/efac:Changes/efac:ChangeReason/efbc:ReasonDescription"),
    notice("BT-13716-notice", "E/efac:Changes/efac:Change/efac:ChangedSection/efbc:ChangedSectionIdentifier"),
    notice("BT-141(a)-notice", "E/efac:Changes/efac:Change/efbc:ChangeDescription"),
    notice("OPT-300-Procedure-Buyer", "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID"),
    notice(
        "BT-11-Procedure-Buyer",
        "cac:ContractingParty/cac:ContractingPartyType/cbc:PartyTypeCode[buyer-legal-type]",
    ),
    notice(
        "BT-10-Procedure-Buyer",
        "cac:ContractingParty/cac:ContractingActivity/cbc:ActivityTypeCode[authority-activity]",
    ),
    notice(
        "OPT-200-Organization-Company",
        "E/efac:Organizations/efac:Organization/efac:Company/cac:PartyIdentification/cbc:ID",
    ),
    notice("BT-500-Organization-Company", "E/efac:Organizations/efac:Organization/efac:Company/cac:PartyName/cbc:Name"),
    notice(
        "BT-501-Organization-Company",
        "E/efac:Organizations/efac:Organization/efac:Company/cac:PartyLegalEntity/cbc:CompanyID",
    ),
    notice(
        "BT-513-Organization-Company",
        "E/efac:Organizations/efac:Organization/efac:Company/cac:PostalAddress/cbc:CityName",
    ),
    notice(
        "BT-507-Organization-Company",
        "E/efac:Organizations/efac:Organization/efac:Company/cac:PostalAddress/cbc:CountrySubentityCode",
    ),
    notice(
        "BT-514-Organization-Company",
        "E/efac:Organizations/efac:Organization/efac:Company/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
    ),
    notice(
        "OPT-201-Organization-TouchPoint",
        "E/efac:Organizations/efac:Organization/efac:TouchPoint/cac:PartyIdentification/cbc:ID",
    ),
    notice(
        "BT-500-Organization-TouchPoint",
        "E/efac:Organizations/efac:Organization/efac:TouchPoint/cac:PartyName/cbc:Name",
    ),
    notice("BT-105-Procedure", "cac:TenderingProcess/cbc:ProcedureCode"),
    notice("OPP-090-Procedure", "cac:TenderingProcess/cac:NoticeDocumentReference/cbc:ID"),
    notice("BT-763-Procedure", "cac:TenderingProcess/cbc:PartPresentationCode"),
    notice("BT-31-Procedure", "cac:TenderingTerms/cac:LotDistribution/cbc:MaximumLotsSubmittedNumeric"),
    notice("BT-33-Procedure", "cac:TenderingTerms/cac:LotDistribution/cbc:MaximumLotsAwardedNumeric"),
    any("BT-22", "cac:ProcurementProject/cbc:ID"),
    any("BT-21", "cac:ProcurementProject/cbc:Name"),
    any("BT-24", "cac:ProcurementProject/cbc:Description"),
    any("BT-300", "cac:ProcurementProject/cbc:Note"),
    any("BT-23", "cac:ProcurementProject/cbc:ProcurementTypeCode"),
    any("BT-262", "cac:ProcurementProject/cac:MainCommodityClassification/cbc:ItemClassificationCode"),
    any("BT-263", "cac:ProcurementProject/cac:AdditionalCommodityClassification/cbc:ItemClassificationCode"),
    any("BT-27", "cac:ProcurementProject/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount"),
    any("BT-271", "cac:ProcurementProject/cac:RequestedTenderTotal/E/efbc:FrameworkMaximumAmount"),
    any("BT-5071", "cac:ProcurementProject/cac:RealizedLocation/cac:Address/cbc:CountrySubentityCode"),
    any("BT-5131", "cac:ProcurementProject/cac:RealizedLocation/cac:Address/cbc:CityName"),
    any("BT-5121", "cac:ProcurementProject/cac:RealizedLocation/cac:Address/cbc:PostalZone"),
    any("BT-5141", "cac:ProcurementProject/cac:RealizedLocation/cac:Address/cac:Country/cbc:IdentificationCode"),
    any("BT-727", "cac:ProcurementProject/cac:RealizedLocation/cac:Address/cbc:Region"),
    any("BT-728", "cac:ProcurementProject/cac:RealizedLocation/cbc:Description"),
    lot("BT-137", "cbc:ID"),
    lot("BT-125(i)", "cac:TenderingProcess/cac:NoticeDocumentReference/cbc:ID"),
    lot("BT-1251", "cac:TenderingProcess/cac:NoticeDocumentReference/cbc:ReferencedDocumentInternalAddress"),
    lot("BT-131(d)", "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod/cbc:EndDate"),
    lot("BT-131(t)", "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod/cbc:EndTime"),
    lot("BT-1311(d)", "cac:TenderingProcess/cac:ParticipationRequestReceptionPeriod/cbc:EndDate"),
    lot("BT-1311(t)", "cac:TenderingProcess/cac:ParticipationRequestReceptionPeriod/cbc:EndTime"),
    lot("BT-630(d)", "cac:TenderingProcess/E/efac:InterestExpressionReceptionPeriod/cbc:EndDate"),
    lot("BT-630(t)", "cac:TenderingProcess/E/efac:InterestExpressionReceptionPeriod/cbc:EndTime"),
    lot(
        "BT-736",
        "cac:TenderingTerms/cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode[reserved-execution]",
    ),
    lot("BT-70", "cac:TenderingTerms/cac:ContractExecutionRequirement{conditions}/cbc:Description"),
    lot("BT-06", "cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[strategic-procurement]"),
    lot("BT-775", "cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[social-objective]"),
    lot("BT-774", "cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[environmental-impact]"),
    lot(
        "BT-776",
        "cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[innovative-acquisition]",
    ),
    lot("BT-754", "cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[accessibility]"),
    lot("BT-777", "cac:ProcurementProject/cac:ProcurementAdditionalType{strategic-procurement}/cbc:ProcurementType"),
    lot("BT-726", "cac:ProcurementProject/cbc:SMESuitableIndicator"),
    lot("BT-765", "cac:TenderingProcess/cac:ContractingSystem/cbc:ContractingSystemTypeCode[framework-agreement]"),
    lot("BT-766", "cac:TenderingProcess/cac:ContractingSystem/cbc:ContractingSystemTypeCode[dps-usage]"),
    lot("BT-36", "cac:ProcurementProject/cac:PlannedPeriod/cbc:DurationMeasure"),
    lot("BT-536", "cac:ProcurementProject/cac:PlannedPeriod/cbc:StartDate"),
    lot("BT-537", "cac:ProcurementProject/cac:PlannedPeriod/cbc:EndDate"),
    lot("BT-538", "cac:ProcurementProject/cac:PlannedPeriod/cbc:DescriptionCode"),
    lot(
        "BT-15",
        "cac:TenderingTerms/cac:CallForTendersDocumentReference{=non-restricted-document}/cac:Attachment/cac:ExternalReference/cbc:URI",
    ),
    lot(
        "BT-615",
        "cac:TenderingTerms/cac:CallForTendersDocumentReference{=restricted-document}/cac:Attachment/cac:ExternalReference/cbc:URI",
    ),
    lot("BT-18", "cac:TenderingTerms/cac:TenderRecipientParty/cbc:EndpointID"),
    lot("BT-97", "cac:TenderingTerms/cac:Language/cbc:ID"),
    notice("BT-161-NoticeResult", "E/efac:NoticeResult/cbc:TotalAmount"),
    notice("BT-118-NoticeResult", "E/efac:NoticeResult/efbc:OverallMaximumFrameworkContractsAmount"),
    notice("BT-142-LotResult", "E/efac:NoticeResult/efac:LotResult/cbc:TenderResultCode"),
    notice("BT-13713-LotResult", "E/efac:NoticeResult/efac:LotResult/efac:TenderLot/cbc:ID"),
    notice("OPT-320-LotResult", "E/efac:NoticeResult/efac:LotResult/efac:LotTender/cbc:ID"),
    notice("OPT-315-LotResult", "E/efac:NoticeResult/efac:LotResult/efac:SettledContract/cbc:ID"),
    notice("BT-119-LotResult", "E/efac:NoticeResult/efac:LotResult/efbc:DPSTerminationIndicator"),
    notice(
        "BT-709-LotResult",
        "E/efac:NoticeResult/efac:LotResult/efac:FrameworkAgreementValues/cbc:MaximumValueAmount",
    ),
    notice("OPT-321-Tender", "E/efac:NoticeResult/efac:LotTender/cbc:ID"),
    notice("BT-720-Tender", "E/efac:NoticeResult/efac:LotTender/cac:LegalMonetaryTotal/cbc:PayableAmount"),
    notice("OPT-310-Tender", "E/efac:NoticeResult/efac:LotTender/efac:TenderingParty/cbc:ID"),
    notice("BT-13714-Tender", "E/efac:NoticeResult/efac:LotTender/efac:TenderLot/cbc:ID"),
    notice("OPT-316-Contract", "E/efac:NoticeResult/efac:SettledContract/cbc:ID"),
    notice("BT-1451-Contract", "E/efac:NoticeResult/efac:SettledContract/cbc:AwardDate"),
    notice("BT-145-Contract", "E/efac:NoticeResult/efac:SettledContract/cbc:IssueDate"),
    notice("BT-3202-Contract", "E/efac:NoticeResult/efac:SettledContract/efac:LotTender/cbc:ID"),
    notice("OPT-210-Tenderer", "E/efac:NoticeResult/efac:TenderingParty/cbc:ID"),
    notice("OPT-300-Tenderer", "E/efac:NoticeResult/efac:TenderingParty/efac:Tenderer/cbc:ID"),
    notice("BT-1501(n)-Contract", "E/efac:ContractModification/efbc:ChangedNoticeIdentifier"),
];

/// Names beside those of the paths: the lots themselves, where the notice may name the buyer, and
/// what the strict reading of BT-71 looks for.
const MORE_NAMES: &[&str] = &[
    "cac:ProcurementProjectLot",
    "cac:TendererQualificationRequest",
    "cac:SpecificTendererRequirement",
    "cbc:TendererRequirementTypeCode",
    "cbc:CompanyLegalFormCode",
    "cbc:DocumentType",
];

/// Codes of reservation count wherever they stand in a lot.
const ANYWHERE: &[&str] = &["cbc:TendererRequirementTypeCode", "cbc:ExecutionRequirementCode"];

/// What is kept of a notice: the elements on a path of the table.
pub(in crate::intake) const VOCABULARY: Vocabulary =
    Vocabulary { known: |name| NAMES.get(name).copied(), anywhere: ANYWHERE, is_local: false };

static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let steps = FIELDS.iter().flat_map(|field| field.path.split('/')).chain(EXTENSION.split('/'));
    steps.map(|step| Step::of(step).name).chain(MORE_NAMES.iter().copied()).collect()
});

static BY_ID: LazyLock<HashMap<&'static str, &'static Field>> =
    LazyLock::new(|| FIELDS.iter().map(|field| (field.id, field)).collect());

/// The elements of a field below the root, a lot or a group, in document order.
///
/// A field that the table lacks is a slip in this room, and its tests find it.
pub(super) fn all<'a>(of: &'a Element, id: &str) -> Vec<&'a Element> {
    let field = BY_ID.get(id);
    debug_assert!(field.is_some(), "no field {id}");
    field.map(|field| field.elements(of)).unwrap_or_default()
}

/// The first text of a field.
pub(super) fn text<'a>(of: &'a Element, id: &str) -> Option<&'a str> {
    all(of, id).into_iter().find_map(Element::text)
}

impl Field {
    /// The elements at the end of the path.
    pub(super) fn elements<'a>(&self, of: &'a Element) -> Vec<&'a Element> {
        let mut found = vec![of];
        for step in self.path.split('/') {
            if step == "E" {
                found = EXTENSION.split('/').fold(found, children);
            } else {
                found = children(found, step);
            }
        }
        found
    }
}

fn children<'a>(parents: Vec<&'a Element>, step: &str) -> Vec<&'a Element> {
    let step = Step::of(step);
    parents.into_iter().flat_map(|parent| parent.children()).filter(|child| step.fits(child)).collect()
}

/// One step of a path.
struct Step<'p> {
    name: &'p str,
    own_list: Option<&'p str>,
    child_list: Option<&'p str>,
    child_text: Option<&'p str>,
}

impl<'p> Step<'p> {
    fn of(step: &'p str) -> Self {
        let plain = Self { name: step, own_list: None, child_list: None, child_text: None };
        if let Some((name, list)) = step.strip_suffix(']').and_then(|step| step.split_once('[')) {
            return Self { name, own_list: Some(list), ..plain };
        }
        let Some((name, wanted)) = step.strip_suffix('}').and_then(|step| step.split_once('{')) else { return plain };
        match wanted.strip_prefix('=') {
            Some(text) => Self { name, child_text: Some(text), ..plain },
            None => Self { name, child_list: Some(wanted), ..plain },
        }
    }

    fn fits(&self, element: &Element) -> bool {
        element.name == self.name
            && self.own_list.is_none_or(|list| is_of_list(element, list))
            && self.child_list.is_none_or(|list| element.children().iter().any(|child| is_of_list(child, list)))
            && self.child_text.is_none_or(|text| element.children().iter().any(|child| child.text() == Some(text)))
    }
}

/// Whether an element's code or identity belongs to a list.
pub(super) fn is_of_list(element: &Element, list: &str) -> bool {
    element.attribute("listName") == Some(list) || element.attribute("schemeName") == Some(list)
}

/// The organisations of a notice.
pub(super) fn organisations(root: &Element) -> Vec<&Element> {
    extension(root).into_iter().flat_map(|part| part.all("efac:Organizations/efac:Organization")).collect()
}

/// The results of a notice.
pub(super) fn results(root: &Element) -> Vec<&Element> {
    extension(root).into_iter().flat_map(|part| part.all("efac:NoticeResult")).collect()
}

fn extension(root: &Element) -> Vec<&Element> {
    root.all(EXTENSION)
}

/// Reservations that the SDK's own path for BT-71 sees: not in a request that asks for more.
pub(super) fn strict_participation(lot: &Element) -> Vec<&Element> {
    let codes = |request: &'static str, of: &Element| -> bool {
        of.all("cac:SpecificTendererRequirement/cbc:TendererRequirementTypeCode")
            .into_iter()
            .any(|code| code.attribute("listName") == Some(request))
    };
    lot.all("cac:TenderingTerms/cac:TendererQualificationRequest")
        .into_iter()
        .filter(|request| request.first("cbc:CompanyLegalFormCode").is_none())
        .filter(|request| !codes("missing-info-submission", request) && !codes("selection-criteria-source", request))
        .flat_map(|request| request.all("cac:SpecificTendererRequirement/cbc:TendererRequirementTypeCode"))
        .filter(|code| code.attribute("listName") == Some("reserved-procurement"))
        .collect()
}

/// Reserved participation (BT-71) wherever it stands in a lot.
pub(super) fn any_participation(lot: &Element) -> Vec<&Element> {
    below(lot, "cbc:TendererRequirementTypeCode", "reserved-procurement")
}

/// Reserved execution (BT-736) wherever it stands in a lot.
pub(super) fn any_execution(lot: &Element) -> Vec<&Element> {
    below(lot, "cbc:ExecutionRequirementCode", "reserved-execution")
}

fn below<'a>(lot: &'a Element, name: &str, list: &str) -> Vec<&'a Element> {
    lot.below(name).into_iter().filter(|code| code.attribute("listName") == Some(list)).collect()
}

/// The kind of a `cac:ProcurementProjectLot`: `Lot`, `Part` or `LotsGroup`; one that does not say is a lot.
pub(super) fn scheme(lot: &Element) -> &str {
    lot.first("cbc:ID").and_then(|id| id.attribute("schemeName")).unwrap_or("Lot")
}
