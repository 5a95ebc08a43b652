//! The terms under which a lot is bought, as the notice states them in code.

use serde::{Deserialize, Serialize};

/// What a notice says about the contract of a lot; empty for needs that did not come as a notice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContractTerms {
    /// Goods, services or works (BT-23).
    pub nature: Option<Nature>,
    /// A framework agreement, with or without a new round of competition (BT-765).
    pub framework: Option<Framework>,
    /// A dynamic purchasing system (BT-766): open to every qualified supplier while it lasts.
    pub dis: bool,
    /// The buyer says that the lot suits small and medium-sized companies (BT-726).
    pub sme: Option<bool>,
    /// Length of the contract (BT-36), or that it has no end (BT-538).
    pub duration: Option<Duration>,
    /// Where the documents are (BT-15, BT-615).
    pub documents_url: Option<String>,
    /// Where bids are handed in (BT-18).
    pub tender_url: Option<String>,
    /// Languages in which a bid may be written (BT-97), as the notice codes them: `SWE`.
    pub tender_languages: Vec<String>,
    /// What the notice wrote for the deadline when its parts contradict each other, unchanged.
    pub deadline_raw: Option<String>,
    /// Social objectives in code (BT-775): `opp`, `acc-all`, `work-cond`.
    pub social_objectives: Vec<String>,
    /// What the buyer says about the strategic or social aim (BT-777).
    pub strategy: String,
    /// Terms of performance in words (BT-70).
    pub performance: String,
    /// Further information (BT-300).
    pub note: String,
    /// Value in another currency than SEK: amount and currency, as the notice writes them.
    pub foreign_value: Option<String>,
}

/// What is mainly bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Supplies.
    Goods,
    /// Services.
    Services,
    /// Building and civil engineering.
    Works,
}

impl Nature {
    /// Reads the code of BT-23, or the older format's word.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.to_ascii_lowercase().as_str() {
            "supplies" => Some(Self::Goods),
            "services" => Some(Self::Services),
            "works" => Some(Self::Works),
            _ => None,
        }
    }
}

/// How purchases are made under a framework agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framework {
    /// By a new round of competition (`fa-w-rc`).
    Competition,
    /// Without one (`fa-wo-rc`).
    Direct,
    /// Partly with, partly without (`fa-mix`).
    Mixed,
    /// The notice does not say.
    Unspecified,
}

impl Framework {
    /// Reads the code of BT-765; `none` is no framework.
    pub fn from_eforms(code: &str) -> Option<Self> {
        match code {
            "fa-w-rc" => Some(Self::Competition),
            "fa-wo-rc" => Some(Self::Direct),
            "fa-mix" => Some(Self::Mixed),
            _ => None,
        }
    }
}

/// Length of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duration {
    /// Days.
    Days(u32),
    /// Weeks.
    Weeks(u32),
    /// Months.
    Months(u32),
    /// Years.
    Years(u32),
    /// It has no end (`UNLIMITED`).
    Unlimited,
}

impl Duration {
    /// Reads the number and unit of BT-36.
    pub fn from_eforms(number: u32, unit: &str) -> Option<Self> {
        match unit.to_ascii_uppercase().as_str() {
            "DAY" | "DAYS" => Some(Self::Days(number)),
            "WEEK" | "WEEKS" => Some(Self::Weeks(number)),
            "MONTH" | "MONTHS" => Some(Self::Months(number)),
            "YEAR" | "YEARS" => Some(Self::Years(number)),
            _ => None,
        }
    }
}
