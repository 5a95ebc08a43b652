//! Notices in the format that TED used before eForms: TED_EXPORT R2.0.9, and what is the same in R2.0.8.
//! Elements are known by their local names, since the name space changed with every edition.

mod award;
mod object;

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Reading, Refusal, Result, language,
    language::Version,
    moment, text,
    tree::{Element, Vocabulary},
};
use crate::domain::{
    buyer::{BuyerKind, NewBuyer},
    language::TextLanguage,
    need::{NeedKind, NeedStatus, NewLot, NewNeed},
    notice::{Correction, NeedKey, NewNotice, NoticeForm},
    org_no::OrgNo,
    place::Place,
};

/// What is kept of a notice.
pub(super) const VOCABULARY: Vocabulary = Vocabulary {
    known: |name| NAMES.split_ascii_whitespace().find(|known| *known == name),
    anywhere: &[],
    is_local: true,
};

const NAMES: &str = "\
    CODED_DATA_SECTION REF_OJS DATE_PUB NOTICE_DATA NO_DOC_OJS URI_LIST URI_DOC LG_ORIG ISO_COUNTRY PERFORMANCE_NUTS \
    REF_NOTICE CODIF_DATA DS_DATE_DISPATCH DT_DATE_FOR_SUBMISSION ORIGINAL_CPV TRANSLATION_SECTION ML_AA_NAMES AA_NAME \
    ML_TITLES ML_TI_DOC TI_TEXT P FORM_SECTION NOTICE F01_2014 F02_2014 F03_2014 F04_2014 F05_2014 F06_2014 F07_2014 \
    F08_2014 F12_2014 F13_2014 F14_2014 F15_2014 F20_2014 F21_2014 F22_2014 F23_2014 F24_2014 F25_2014 \
    CONTRACT_DEFENCE FD_CONTRACT_DEFENCE OBJECT_CONTRACT_INFORMATION_DEFENCE DESCRIPTION_CONTRACT_INFORMATION_DEFENCE \
    TITLE_CONTRACT SHORT_CONTRACT_DESCRIPTION CPV LOCATION_NUTS TYPE_CONTRACT_DEFENCE TYPE_CONTRACT \
    CONTRACTING_BODY ADDRESS_CONTRACTING_BODY OFFICIALNAME NATIONALID TOWN COUNTRY NUTS URL_DOCUMENT URL_PARTICIPATION \
    OBJECT_CONTRACT TITLE CPV_MAIN CPV_CODE CPV_ADDITIONAL SHORT_DESCR VAL_ESTIMATED_TOTAL VAL_TOTAL VAL_OBJECT \
    LOT_DIVISION NO_LOT_DIVISION OBJECT_DESCR LOT_NO DURATION DATE_START DATE_END INFO_ADD LEFTI \
    RESTRICTED_SHELTERED_WORKSHOP RESTRICTED_SHELTERED_PROGRAM RESERVED_ORGANISATIONS_SERVICE_MISSION \
    PERFORMANCE_CONDITIONS PROCEDURE FRAMEWORK DPS TERMINATION_DPS NOTICE_NUMBER_OJ DATE_RECEIPT_TENDERS \
    TIME_RECEIPT_TENDERS LANGUAGES LANGUAGE AWARD_CONTRACT CONTRACT_NO NO_AWARDED_CONTRACT AWARDED_CONTRACT \
    DATE_CONCLUSION_CONTRACT CONTRACTORS CONTRACTOR ADDRESS_CONTRACTOR AWARDED_TO_GROUP VALUES RESULTS \
    MODIFICATIONS_CONTRACT DESCRIPTION_PROCUREMENT INFO_MODIFICATIONS VAL_TOTAL_AFTER COMPLEMENTARY_INFO \
    CHANGES CHANGE WHERE OLD_VALUE NEW_VALUE DATE TIME TEXT CPV_CODES";

/// The publication number, `352907-2021`.
pub(super) fn id(root: &Element) -> Option<String> {
    let id = root.attribute("DOC_ID").or_else(|| root.text_at("CODED_DATA_SECTION/NOTICE_DATA/NO_DOC_OJS"));
    id.map(|id| text::printable(id.trim(), 100))
}

/// Reads a notice, or says why it is none of ours.
pub(super) fn read(root: &Element) -> Result<Reading<NewNeed>> {
    let notice = match Notice::of(root)? {
        Ok(notice) => notice,
        Err(reason) => return Ok(Reading::Skipped { reason }),
    };
    notice.need().map(Reading::Read)
}

/// A notice: its coded data and the form in the language that is read.
struct Notice<'a> {
    coded: &'a Element,
    root: &'a Element,
    body: &'a Element,
    form: NoticeForm,
    key: NeedKey,
    language: TextLanguage,
}

impl<'a> Notice<'a> {
    fn of(root: &'a Element) -> Result<std::result::Result<Self, &'static str>> {
        let missing = |what: &str| Refusal::new("rejected-not-notice", format!("no {what}"));
        let coded = root.first("CODED_DATA_SECTION").ok_or_else(|| missing("CODED_DATA_SECTION"))?;
        let forms = root.first("FORM_SECTION").ok_or_else(|| missing("FORM_SECTION"))?;
        let bodies = || forms.children().iter().filter(|body| body.name != "NOTICE");
        let by =
            |name: &'static str, value: &'static str| bodies().find(move |body| body.attribute(name) == Some(value));
        let Some(body) = by("LG", "SV").or_else(|| by("CATEGORY", "ORIGINAL")).or_else(|| bodies().next()) else {
            return Ok(Err("unknown-ted-form"));
        };
        let key = id(root).as_deref().and_then(NeedKey::ted);
        let key = key.ok_or_else(|| Refusal::new("rejected-notice-id", "neither DOC_ID nor NO_DOC_OJS is a number"))?;
        let declared = body.attribute("LG").or_else(|| coded.text_at("NOTICE_DATA/LG_ORIG")).unwrap_or_default();
        let language = TextLanguage::from_code(declared);
        Ok(form(body).map(|form| Self { coded, root, body, form, key, language }))
    }

    fn need(&self) -> Result<NewNeed> {
        let buyer = self.buyer()?;
        let lots = object::lots(self)?;
        let title = object::title(self).or_else(|| lots.first().map(|lot| lot.title.clone())).unwrap_or_default();
        let words = object::text(self);
        let about = self.about_itself(&lots)?;
        Ok(NewNeed {
            source: "ted-export".to_owned(),
            external_id: id(self.root).unwrap_or_default(),
            issued_at: self.dispatched_at()?,
            kind: NeedKind::Tender,
            language: language::of_need(&title, &words, &lots, self.language),
            title,
            text: words,
            buyer,
            published_on: self.coded.text_at("REF_OJS/DATE_PUB").and_then(compact_day),
            publication_no: id(self.root),
            url: lots.first().and_then(|lot| lot.contract.documents_url.clone()).or_else(|| self.own_page()),
            status: match self.form {
                NoticeForm::Planning => NeedStatus::Planned,
                NoticeForm::Competition | NoticeForm::Change => NeedStatus::Open,
                _ => NeedStatus::Closed,
            },
            keys: std::iter::once(self.key.clone()).chain(self.earlier().filter(|_| !self.is_first())).collect(),
            notice: Some(about),
            lots,
        })
    }

    /// Whether an earlier notice that it names was an early signal of it, not a part of the same procedure.
    fn is_first(&self) -> bool {
        matches!(self.form, NoticeForm::Planning | NoticeForm::Competition)
    }

    /// Earlier notices that it names.
    fn earlier(&self) -> impl Iterator<Item = NeedKey> + '_ {
        let named = ["PROCEDURE/NOTICE_NUMBER_OJ", "COMPLEMENTARY_INFO/NOTICE_NUMBER_OJ"];
        let in_body = named.into_iter().flat_map(|path| self.body.all(path));
        let numbers = in_body.chain(self.coded.all("NOTICE_DATA/REF_NOTICE/NO_DOC_OJS"));
        let mut seen = vec![self.key.clone()];
        numbers.filter_map(|number| NeedKey::ted(number.text()?)).filter(move |key| {
            let is_new = !seen.contains(key);
            seen.push(key.clone());
            is_new
        })
    }

    fn about_itself(&self, lots: &[NewLot]) -> Result<NewNotice> {
        Ok(NewNotice {
            key: self.key.clone(),
            form: self.form,
            version: 1,
            changes: self.earlier().next().filter(|_| self.form == NoticeForm::Change),
            cancels: false,
            follows: if self.is_first() { self.earlier().collect() } else { Vec::new() },
            results: if self.form.is_outcome() { award::results(self, lots) } else { Vec::new() },
            corrections: self.corrections()?,
        })
    }

    fn dispatched_at(&self) -> Result<Option<DateTime<Utc>>> {
        let Some(written) = self.coded.text_at("CODIF_DATA/DS_DATE_DISPATCH") else { return Ok(None) };
        let day = compact_day(written).ok_or_else(|| Refusal::value("rejected-date", "DS_DATE_DISPATCH", written))?;
        Ok(Some(moment::instant(day, chrono::NaiveTime::MIN, None)))
    }

    fn own_page(&self) -> Option<String> {
        let pages = self.coded.all("NOTICE_DATA/URI_LIST/URI_DOC");
        pages.into_iter().find_map(|page| text::web_link(page.text()?))
    }

    fn buyer(&self) -> Result<NewBuyer> {
        let address = self.body.first("CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY");
        let at = |name: &str| address.and_then(|address| address.text_at(name));
        let named = self.root.all("TRANSLATION_SECTION/ML_AA_NAMES/AA_NAME");
        let name = at("OFFICIALNAME").or_else(|| named.first().and_then(|name| name.text())).map(text::clean);
        let name = name.filter(|name| !name.is_empty());
        let country = address.and_then(|address| address.first("COUNTRY")?.attribute("VALUE"));
        let is_swedish = country.is_none_or(|country| country == "SE");
        Ok(NewBuyer {
            kind: BuyerKind::Public,
            name: name.ok_or_else(|| Refusal::value("rejected-buyer-name", "OFFICIALNAME", "no buyer"))?,
            org_no: at("NATIONALID").filter(|_| is_swedish).and_then(|number| OrgNo::parse(number).ok()),
            municipality: at("TOWN").filter(|_| is_swedish).and_then(municipality),
            email: None,
        })
    }

    /// What a corrigendum changes (form F14): deadlines and texts.
    fn corrections(&self) -> Result<Vec<Correction>> {
        let mut corrections = Vec::new();
        for change in self.body.all("CHANGES/CHANGE") {
            let new = change.first("NEW_VALUE");
            let lot_no = change.text_at("WHERE/LOT_NO").unwrap_or_default();
            let (old, words) = (change.first("OLD_VALUE/TEXT"), new.and_then(|new| new.first("TEXT")));
            let replaced = old.zip(words).map(|(old, words)| (paragraphs(old), paragraphs(words)));
            let deadline_at = match new.and_then(|new| Some((new.text_at("DATE")?, new.text_at("TIME")))) {
                Some((date, time)) => Some(object::deadline(date, time)?),
                None => None,
            };
            let lot_no = text::printable(lot_no, 100);
            corrections.push(Correction { lot_no, deadline_at, replaced: replaced.filter(|(old, _)| !old.is_empty()) });
        }
        Ok(corrections)
    }

    /// The Swedish or first version of a text with its paragraphs.
    fn words(&self, of: &Element) -> String {
        let version = Version { declared: self.language, text: paragraphs(of) };
        language::pick(vec![version], self.language).map(|version| version.text).unwrap_or_default()
    }
}

/// What a form is for, or why it is not read.
fn form(body: &Element) -> std::result::Result<NoticeForm, &'static str> {
    let kind = body.first("NOTICE").and_then(|notice| notice.attribute("TYPE")).unwrap_or_default();
    Ok(match body.name.as_ref() {
        "F08_2014" => return Err("buyer-profile-notice"),
        "F01_2014" | "F04_2014" if kind.contains("CALL") || kind.contains("REDUCING") => NoticeForm::Competition,
        "F01_2014" | "F04_2014" => NoticeForm::Planning,
        "F02_2014" | "F05_2014" | "F07_2014" | "F12_2014" | "F24_2014" | "CONTRACT_DEFENCE" => NoticeForm::Competition,
        "F03_2014" | "F06_2014" | "F13_2014" | "F25_2014" => NoticeForm::Result,
        "F14_2014" => NoticeForm::Change,
        "F15_2014" => NoticeForm::Voluntary,
        "F20_2014" => NoticeForm::Modification,
        "F21_2014" | "F22_2014" | "F23_2014" if kind.contains("AWARD") => NoticeForm::Result,
        "F21_2014" | "F22_2014" | "F23_2014" if kind.starts_with("PRI") || kind.starts_with("PER") => {
            NoticeForm::Planning
        }
        "F21_2014" | "F22_2014" | "F23_2014" => NoticeForm::Competition,
        _ => return Err("unknown-ted-form"),
    })
}

/// A day as the coded data write it: `20210713`.
fn compact_day(text: &str) -> Option<NaiveDate> {
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    moment::day(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]))
}

/// The paragraphs of a text, or the text itself, as one line.
fn paragraphs(of: &Element) -> String {
    let paragraphs: Vec<&str> = of.all("P").into_iter().filter_map(Element::text).collect();
    text::clean(&if paragraphs.is_empty() { of.text().unwrap_or_default().to_owned() } else { paragraphs.join(" ") })
}

/// The municipality of a town, when the domain knows one of that name.
fn municipality(town: &str) -> Option<Place> {
    Place::parse(&text::clean(town)).ok().filter(|place| matches!(place, Place::Municipality(_)))
}
