//! A notice as a whole: what kind it is, who buys, in which language, its lots and its outcome.

use std::collections::HashSet;

use super::{
    deadline, fields,
    lot::{self, Procedure},
    organisation,
    results::Results,
};
use crate::{
    domain::{
        award::{AwardKind, LotResult},
        language::TextLanguage,
        need::{NeedKind, NeedStatus, NewLot, NewNeed},
        notice::{NeedKey, NewNotice, NoticeForm},
    },
    intake::{Reading, Refusal, Result, language, language::Version, text, tree::Element},
};

/// The notice id (BT-701).
pub(super) fn id(root: &Element) -> Option<String> {
    let own = fields::text(root, "BT-701-notice").or_else(|| root.text_at("cbc:ID"));
    own.map(|id| text::printable(id, 100))
}

/// Reads a notice, or says why it is none of ours.
pub(super) fn read(root: &Element) -> Result<Reading<NewNeed>> {
    let by_root = match root.name.as_ref() {
        "cn:ContractNotice" => NoticeForm::Competition,
        "pin:PriorInformationNotice" => NoticeForm::Planning,
        "can:ContractAwardNotice" => NoticeForm::Result,
        name => return Err(Refusal::new("rejected-not-eforms", format!("the root element is {name}"))),
    };
    let listed = root.first("cbc:NoticeTypeCode").and_then(|code| code.attribute("listName"));
    let form = match listed.unwrap_or_default() {
        "planning" | "consultation" => NoticeForm::Planning,
        "competition" => NoticeForm::Competition,
        "change" => NoticeForm::Change,
        "result" => NoticeForm::Result,
        "dir-awa-pre" => NoticeForm::Voluntary,
        "cont-modif" => NoticeForm::Modification,
        // The contract is done: nothing that a supplier, a match or the ledger would use.
        "completion" => return Ok(Reading::Skipped { reason: "completion-notice" }),
        "bri" => return Ok(Reading::Skipped { reason: "business-registration-notice" }),
        _ => by_root,
    };
    need(root, form).map(Reading::Read)
}

fn need(root: &Element, form: NoticeForm) -> Result<NewNeed> {
    let procedure_id = fields::text(root, "BT-04-notice").map(|id| text::printable(id, 200));
    let external_id = procedure_id
        .clone()
        .or_else(|| id(root))
        .ok_or_else(|| Refusal::new("rejected-notice-id", "neither BT-04 nor BT-701 has a value"))?;
    let declared = TextLanguage::from_code(fields::text(root, "BT-702(a)-notice").unwrap_or_default());
    let found = organisation::buyer(root, declared)?;
    let procedure = Procedure::read(root, declared, found.country.as_deref())?;
    let lots = lots(root, &procedure)?;
    contradictions(root, lots.len())?;
    let title = match &procedure.title {
        Some(title) => title.text.clone(),
        None => lots.first().map(|lot| lot.title.clone()).unwrap_or_default(),
    };
    let written_in = procedure.title.as_ref().map_or(declared, |title| title.declared);
    let publication_no = fields::text(root, "OPP-010-notice").map(|number| text::printable(number, 40));
    let notice = about_itself(root, form, &external_id, &lots, declared);
    Ok(NewNeed {
        source: "eforms".to_owned(),
        issued_at: deadline::dispatch(root)?,
        kind: NeedKind::Tender,
        language: language::of_need(&title, &procedure.text, &lots, written_in),
        title,
        text: procedure.text.clone(),
        buyer: found.buyer,
        published_on: deadline::day(root, "OPP-012-notice", "notice")?,
        url: lots.iter().find_map(|lot| lot.contract.documents_url.clone()).or_else(|| documents(root)),
        status: match form {
            _ if notice.cancels => NeedStatus::Closed,
            NoticeForm::Planning => NeedStatus::Planned,
            NoticeForm::Competition | NoticeForm::Change => NeedStatus::Open,
            NoticeForm::Result | NoticeForm::Voluntary | NoticeForm::Modification => NeedStatus::Closed,
        },
        keys: keys(procedure_id.as_deref(), publication_no.as_deref(), &notice, root),
        notice: Some(notice),
        external_id,
        publication_no,
        lots,
    })
}

/// The names that the need goes by, the one that joins all its notices first.
fn keys(procedure_id: Option<&str>, publication_no: Option<&str>, notice: &NewNotice, root: &Element) -> Vec<NeedKey> {
    let mut keys: Vec<NeedKey> = procedure_id.map(NeedKey::procedure).into_iter().collect();
    keys.push(notice.key.clone());
    keys.extend(publication_no.and_then(NeedKey::ted));
    keys.extend(notice.changes.clone());
    if notice.form.is_outcome() {
        keys.extend(previous(root));
    }
    let mut once = HashSet::new();
    keys.retain(|key| once.insert(key.clone()));
    keys
}

/// Earlier notices that this one names (BT-125, OPP-090, BT-1501): a publication number or id and version.
fn previous(root: &Element) -> Vec<NeedKey> {
    let lots = root.all("cac:ProcurementProjectLot").into_iter().flat_map(|lot| fields::all(lot, "BT-125(i)"));
    let named = fields::all(root, "OPP-090-Procedure").into_iter().chain(fields::all(root, "BT-1501(n)-Contract"));
    let mut keys: Vec<NeedKey> = Vec::new();
    for key in named.chain(lots).filter_map(Element::text).filter_map(notice_key) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// A notice as another one names it: `uuid-01` or a publication number.
fn notice_key(text: &str) -> Option<NeedKey> {
    NeedKey::ted(text).or_else(|| {
        let (id, version) = text.trim().rsplit_once('-')?;
        let is_id = id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        is_id.then(|| Some(NeedKey::notice(id, version.parse().ok()?))).flatten()
    })
}

fn about_itself(
    root: &Element,
    form: NoticeForm,
    external_id: &str,
    lots: &[NewLot],
    language: TextLanguage,
) -> NewNotice {
    let version = fields::text(root, "BT-757-notice").and_then(|version| version.parse().ok()).unwrap_or(1);
    let changes = fields::all(root, "BT-758-notice").into_iter().find_map(|id| notice_key(id.text()?));
    let kind = match form {
        NoticeForm::Voluntary => AwardKind::Intended,
        NoticeForm::Modification => AwardKind::Modification,
        _ => AwardKind::Contract,
    };
    let dis = lots.iter().filter(|lot| lot.contract.dis).map(|lot| lot.lot_no.clone()).collect();
    let results: Vec<LotResult> =
        if form.is_outcome() { Results { root, kind, language, dis }.read() } else { Vec::new() };
    let reasons = fields::all(root, "BT-140-notice");
    NewNotice {
        key: NeedKey::notice(&id(root).unwrap_or_else(|| external_id.to_owned()), version),
        form: if changes.is_some() && form == NoticeForm::Competition { NoticeForm::Change } else { form },
        version,
        cancels: !form.is_outcome() && reasons.iter().any(|reason| reason.text() == Some("cancel")),
        changes,
        follows: if form.is_outcome() { Vec::new() } else { previous(root) },
        results,
        corrections: Vec::new(),
    }
}

/// Refuses a notice whose own words rule each other out, so that nobody could answer it.
fn contradictions(root: &Element, lots: usize) -> Result<()> {
    let number = |field: &str| fields::text(root, field).and_then(|number| number.parse::<usize>().ok());
    let refused = |detail: String| Err(Refusal::new("rejected-notice-contradiction", detail));
    if let (Some("all"), Some(most)) = (fields::text(root, "BT-763-Procedure"), number("BT-31-Procedure"))
        && most < lots
    {
        return refused(format!("BT-763 demands a tender for all {lots} lots, BT-31 allows {most}"));
    }
    match number("BT-33-Procedure") {
        Some(0) => refused("BT-33: at most 0 lots can be won".to_owned()),
        _ => Ok(()),
    }
}

/// The documents of the first lot that has a link, open ones before restricted ones, also where the
/// notice does not say which they are.
fn documents(root: &Element) -> Option<String> {
    let mut references = root.all("cac:ProcurementProjectLot/cac:TenderingTerms/cac:CallForTendersDocumentReference");
    references.extend(root.all("cac:TenderingTerms/cac:CallForTendersDocumentReference"));
    references
        .iter()
        .flat_map(|reference| reference.all("cac:Attachment/cac:ExternalReference/cbc:URI"))
        .find_map(|uri| text::web_link(uri.text()?))
}

/// Lots and, in planning notices, parts. A notice with neither has one lot: the procedure itself.
fn lots(root: &Element, procedure: &Procedure) -> Result<Vec<NewLot>> {
    let elements: Vec<&Element> =
        root.all("cac:ProcurementProjectLot").into_iter().filter(|lot| is_lot_or_part(lot)).collect();
    let mut lots = Vec::with_capacity(elements.len().max(1));
    let mut seen = HashSet::new();
    for element in elements {
        let id = fields::text(element, "BT-137").map(|id| text::printable(id, 100));
        let id = id.ok_or_else(|| Refusal::value("rejected-lot-id", "BT-137", "no id"))?;
        if !seen.insert(id.clone()) {
            return Err(Refusal::value("rejected-lot-duplicate", "BT-137", &id));
        }
        lots.push(lot::read(&id, element, procedure)?);
    }
    if lots.is_empty() {
        lots.push(lot::read("LOT-0000", root, procedure)?);
    }
    if let [only] = lots.as_mut_slice() {
        // A total for several lots would say nothing about one of them.
        only.value_sek = only.value_sek.or(procedure.value_sek);
    }
    Ok(lots)
}

/// Groups of lots (`LotsGroup`) hold no work of their own.
fn is_lot_or_part(lot: &Element) -> bool {
    matches!(fields::scheme(lot), "Lot" | "Part")
}

/// The language versions of a text; one that does not name its language is in that of the notice.
pub(super) fn versions(elements: &[&Element], notice: TextLanguage) -> Vec<Version> {
    elements
        .iter()
        .map(|element| Version {
            declared: element.attribute("languageID").map_or(notice, TextLanguage::from_code),
            text: text::clean(element.text().unwrap_or_default()),
        })
        .collect()
}

/// The version that is read.
pub(super) fn picked(elements: &[&Element], notice: TextLanguage) -> Option<Version> {
    language::pick(versions(elements, notice), notice)
}
