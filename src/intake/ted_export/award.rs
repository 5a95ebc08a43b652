//! Who won (AWARD_CONTRACT), and what a modified contract now says (MODIFICATIONS_CONTRACT).

use super::{Notice, object};
use crate::{
    domain::{
        award::{AwardKind, LotResult, NewAward, Outcome},
        need::NewLot,
        notice::NoticeForm,
        org_no::OrgNo,
    },
    intake::{moment, text, tree::Element},
};

/// One result a lot.
pub(super) fn results(notice: &Notice<'_>, lots: &[NewLot]) -> Vec<LotResult> {
    let kind = match notice.form {
        NoticeForm::Voluntary => AwardKind::Intended,
        NoticeForm::Modification => AwardKind::Modification,
        _ => AwardKind::Contract,
    };
    let mut results: Vec<LotResult> = Vec::new();
    for (index, contract) in notice.body.all("AWARD_CONTRACT").into_iter().enumerate() {
        let told = if contract.first("NO_AWARDED_CONTRACT").is_some() { Outcome::NoWinner } else { Outcome::Won };
        let awards = awards(notice, contract, index, kind);
        for lot_no in lot_numbers(contract, index, lots) {
            let in_dis = lots.iter().any(|lot| lot.lot_no == lot_no && lot.contract.dis);
            let goes_on = in_dis && told == Outcome::Won && notice.body.first("PROCEDURE/TERMINATION_DPS").is_none();
            let outcome = if goes_on { Outcome::GoesOn } else { told };
            match results.iter_mut().find(|known| known.lot_no == lot_no) {
                Some(known) => {
                    known.awards.extend(awards.clone());
                    known.outcome = if known.outcome == Outcome::NoWinner { outcome } else { known.outcome };
                }
                None => results.push(LotResult { lot_no, outcome, awards: awards.clone() }),
            }
        }
    }
    results
}

/// The lots of a contract: those it names, else the only one, else the one in the same place.
fn lot_numbers(contract: &Element, index: usize, lots: &[NewLot]) -> Vec<String> {
    let named: Vec<String> = contract
        .all("LOT_NO")
        .into_iter()
        .filter_map(Element::text)
        .flat_map(|numbers| numbers.split([',', ';']))
        .map(object::lot_number)
        .filter(|number| lots.iter().any(|lot| lot.lot_no == *number))
        .collect();
    if !named.is_empty() {
        return named;
    }
    let by_place = lots.get(index).filter(|_| lots.len() > 1).or(lots.first());
    by_place.map(|lot| lot.lot_no.clone()).into_iter().collect()
}

fn awards(notice: &Notice<'_>, contract: &Element, index: usize, kind: AwardKind) -> Vec<NewAward> {
    let modified = notice.body.first("MODIFICATIONS_CONTRACT").filter(|_| kind == AwardKind::Modification);
    let awarded = contract.first("AWARDED_CONTRACT");
    let told = modified.and_then(|modified| modified.first("DESCRIPTION_PROCUREMENT")).or(awarded);
    let Some(told) = told else { return Vec::new() };
    let mut winners = told.all("CONTRACTORS/CONTRACTOR/ADDRESS_CONTRACTOR");
    winners.extend(told.all("CONTRACTOR/ADDRESS_CONTRACTOR"));
    let group = told.first("CONTRACTORS/AWARDED_TO_GROUP").or_else(|| told.first("AWARDED_TO_GROUP"));
    let after = modified
        .and_then(|modified| modified.first("INFO_MODIFICATIONS/VALUES"))
        .and_then(|values| object::value_sek(values, &["VAL_TOTAL_AFTER"]).ok().flatten());
    let of_values = told.first("VALUES").unwrap_or(told);
    let value_sek = after.or_else(|| object::value_sek(of_values, &["VAL_TOTAL"]).ok().flatten());
    let signed = awarded.and_then(|awarded| moment::day(awarded.text_at("DATE_CONCLUSION_CONTRACT")?));
    let tender_no =
        contract.text_at("CONTRACT_NO").map_or_else(|| (index + 1).to_string(), |n| text::printable(n, 100));
    let shared = group.is_some() || winners.len() > 1;
    let award = |winner: &Element| {
        let name = text::clean(winner.text_at("OFFICIALNAME")?);
        let country = winner.first("COUNTRY").and_then(|country| country.attribute("VALUE"));
        let number = winner.text_at("NATIONALID").filter(|_| country.is_none_or(|country| country == "SE"));
        Some(NewAward {
            kind,
            winner_name: name,
            winner_org_no: number.and_then(|number| OrgNo::parse(number).ok()),
            tender_no: tender_no.clone(),
            shared,
            value_sek,
            decided_on: signed,
        })
    };
    winners.into_iter().filter_map(award).collect()
}
