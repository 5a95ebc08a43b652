//! The terms of a lot as the need page shows them: only what the notice states.

use serde::Serialize;

use crate::domain::{
    award::Award,
    contract::{ContractTerms, Duration, Framework},
    need::{ClosedBecause, Lot},
};

/// Social objectives that the locales have words for (BT-775).
const OBJECTIVES: &[&str] = &["acc-all", "et-eq", "gen-eq", "hum-right", "opp", "other", "work-cond"];

/// What a page says about the contract of a lot, and about its end.
#[derive(Debug, Clone, Serialize)]
pub struct LotTerms {
    framework: Option<Framework>,
    dis: bool,
    sme: bool,
    length: Option<Length>,
    documents_url: Option<String>,
    tender_url: Option<String>,
    objectives: Vec<String>,
    strategy: String,
    performance: String,
    note: String,
    deadline_raw: Option<String>,
    foreign_value: Option<String>,
    closed_because: Option<ClosedBecause>,
    winners: Vec<Winner>,
}

/// How long a contract lasts: `months` and a number.
#[derive(Debug, Clone, Serialize)]
struct Length {
    unit: &'static str,
    number: u32,
}

#[derive(Debug, Clone, Serialize)]
struct Winner {
    name: String,
    value_sek: Option<i64>,
    shared: bool,
}

impl LotTerms {
    /// The terms of a lot, and those of the awards that are about it.
    pub fn new(lot: &Lot, awards: &[Award]) -> Self {
        let ContractTerms { framework, dis, sme, documents_url, tender_url, strategy, performance, note, .. } =
            lot.work.contract.clone();
        let contract = &lot.work.contract;
        let known = |code: &&String| OBJECTIVES.contains(&code.as_str());
        let ours = awards.iter().filter(|award| award.lot_id == lot.id);
        Self {
            framework,
            dis,
            sme: sme == Some(true),
            length: contract.duration.map(Length::of),
            documents_url,
            tender_url,
            objectives: contract.social_objectives.iter().filter(known).cloned().collect(),
            strategy,
            performance,
            note,
            deadline_raw: contract.deadline_raw.clone(),
            foreign_value: contract.foreign_value.clone().filter(|_| lot.work.value_sek.is_none()),
            closed_because: lot.closed.map(|closed| closed.because),
            winners: ours
                .map(|award| Winner {
                    name: award.told.winner_name.clone(),
                    value_sek: award.told.value_sek,
                    shared: award.told.shared,
                })
                .collect(),
        }
    }
}

impl Length {
    fn of(duration: Duration) -> Self {
        let (unit, number) = match duration {
            Duration::Days(number) => ("days", number),
            Duration::Weeks(number) => ("weeks", number),
            Duration::Months(number) => ("months", number),
            Duration::Years(number) => ("years", number),
            Duration::Unlimited => ("unlimited", 0),
        };
        Self { unit, number }
    }
}
