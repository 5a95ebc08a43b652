//! The end of a procedure: what became of each lot, who won it, for how much (efac:NoticeResult).

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{fields, organisation::Organisation};
use crate::{
    domain::{
        award::{AwardKind, LotResult, NewAward, Outcome},
        language::TextLanguage,
    },
    intake::{moment, text, tree::Element, value},
};

/// What is needed to read the results of a notice.
pub(super) struct Results<'a> {
    pub(super) root: &'a Element,
    pub(super) kind: AwardKind,
    pub(super) language: TextLanguage,
    /// Lots of dynamic purchasing systems: a purchase does not end them.
    pub(super) dis: HashSet<String>,
}

impl Results<'_> {
    /// One result a lot, in the order of the notice.
    pub(super) fn read(&self) -> Vec<LotResult> {
        let mut read: Vec<LotResult> = Vec::new();
        for notice_result in fields::results(self.root) {
            for result in notice_result.all("efac:LotResult") {
                let one = self.lot(notice_result, result);
                match read.iter_mut().find(|known| known.lot_no == one.lot_no) {
                    // A lot of a dynamic purchasing system can have many purchases in one notice.
                    Some(known) => {
                        known.awards.extend(one.awards);
                        known.outcome = if known.outcome == Outcome::Won { Outcome::Won } else { one.outcome };
                    }
                    None => read.push(one),
                }
            }
        }
        read
    }

    fn lot(&self, notice_result: &Element, result: &Element) -> LotResult {
        let lot_no = result.text_at("efac:TenderLot/cbc:ID").unwrap_or("LOT-0000");
        let tenders = winning_tenders(notice_result, result);
        let told = result.text_at("cbc:TenderResultCode").and_then(Outcome::from_eforms);
        let outcome = told.unwrap_or(if tenders.is_empty() { Outcome::NoWinner } else { Outcome::Won });
        let is_over = result.text_at("efbc:DPSTerminationIndicator") == Some("true");
        let goes_on = outcome == Outcome::Won && self.dis.contains(lot_no) && !is_over;
        let awards = if outcome == Outcome::NoWinner { Vec::new() } else { self.awards(notice_result, &tenders) };
        LotResult {
            lot_no: text::printable(lot_no, 100),
            outcome: if goes_on { Outcome::GoesOn } else { outcome },
            awards,
        }
    }

    fn awards(&self, notice_result: &Element, tenders: &[&Element]) -> Vec<NewAward> {
        let mut awards = Vec::new();
        for tender in tenders {
            let winners = self.winners(notice_result, tender);
            let tender_no = tender.text_at("cbc:ID").unwrap_or_default();
            for organisation in &winners {
                let Some(winner_name) = organisation.name(self.language) else { continue };
                awards.push(NewAward {
                    kind: self.kind,
                    winner_name,
                    winner_org_no: organisation.org_no(),
                    tender_no: text::printable(tender_no, 100),
                    shared: winners.len() > 1,
                    value_sek: payable(tender),
                    decided_on: decided_on(notice_result, tender_no),
                });
            }
        }
        awards
    }

    /// The organisations behind a tender.
    fn winners(&self, notice_result: &Element, tender: &Element) -> Vec<Organisation<'_>> {
        let wanted = tender.text_at("efac:TenderingParty/cbc:ID");
        let parties = notice_result.all("efac:TenderingParty");
        let party = parties.into_iter().find(|party| wanted.is_some() && party.text_at("cbc:ID") == wanted);
        let ids = party.map(|party| party.all("efac:Tenderer/cbc:ID")).unwrap_or_default();
        ids.into_iter().filter_map(Element::text).filter_map(|id| Organisation::find(self.root, id)).collect()
    }
}

/// The tenders that a contract was settled on; all that the result names when it names no contract.
///
/// A result may list tenders that did not win.
fn winning_tenders<'a>(notice_result: &'a Element, result: &Element) -> Vec<&'a Element> {
    let texts = |of: &Element, path: &str| -> HashSet<String> {
        of.all(path).into_iter().filter_map(Element::text).map(str::to_owned).collect()
    };
    let contracts = texts(result, "efac:SettledContract/cbc:ID");
    let listed = texts(result, "efac:LotTender/cbc:ID");
    let settled: HashSet<String> = notice_result
        .all("efac:SettledContract")
        .into_iter()
        .filter(|contract| contract.text_at("cbc:ID").is_some_and(|id| contracts.contains(id)))
        .flat_map(|contract| texts(contract, "efac:LotTender/cbc:ID"))
        .collect();
    let both: HashSet<String> = settled.intersection(&listed).cloned().collect();
    let winning = if !both.is_empty() {
        both
    } else if listed.is_empty() {
        settled
    } else {
        listed
    };
    let tenders = notice_result.all("efac:LotTender").into_iter();
    tenders.filter(|tender| tender.text_at("cbc:ID").is_some_and(|id| winning.contains(id))).collect()
}

/// The value of a tender (BT-720) when it is told in SEK.
fn payable(tender: &Element) -> Option<i64> {
    let amounts = tender.all("cac:LegalMonetaryTotal/cbc:PayableAmount");
    let sek = amounts.into_iter().find(|amount| amount.attribute("currencyID") == Some("SEK"))?;
    value::whole_amount(sek.text()?).filter(|amount| *amount > 0)
}

/// The day of the decision (BT-1451), else of the contract (BT-145).
fn decided_on(notice_result: &Element, tender_no: &str) -> Option<NaiveDate> {
    let names_it =
        |contract: &&Element| contract.all("efac:LotTender/cbc:ID").iter().any(|id| id.text() == Some(tender_no));
    let contract = notice_result.all("efac:SettledContract").into_iter().find(names_it)?;
    let day = |path: &str| moment::day_with_offset(contract.text_at(path)?).map(|(day, _)| day);
    // Some write 2000-01-01 when there is none.
    let real = |day: &NaiveDate| *day > NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    day("cbc:AwardDate").filter(real).or_else(|| day("cbc:IssueDate").filter(real))
}
