//! What buyers need: a request, a tender or a direct award, with one or more lots.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    amendment::Amendment,
    buyer::{Buyer, BuyerId, NewBuyer},
    contract::ContractTerms,
    cpv::Cpv,
    language::TextLanguage,
    notice::{NeedKey, NewNotice},
    place::Place,
    rejection::Rejection,
    reservation::{Reservation, SocialConsideration},
    tuning::Tuning,
};

/// How the buyer buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// A company or nonprofit asks for suppliers.
    Request,
    /// A notice of public procurement.
    Tender,
    /// A public buy below the limit for direct award (19 a kap. 2 § LOU).
    DirectAward,
}

impl NeedKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Request, Self::Tender, Self::DirectAward];

    /// The stored and written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Tender => "tender",
            Self::DirectAward => "direct_award",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-need-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text.trim())
            .ok_or_else(|| Rejection::new("kind", "rejected-need-kind", text))
    }
}

/// Where a need stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedStatus {
    /// Posted without an account; the mail link has not been used yet. Seen by nobody.
    Unconfirmed,
    /// Matched and shown.
    Open,
    /// A planning notice: an early signal, no bid yet.
    Planned,
    /// Closed by the buyer, a result or a cancellation.
    Closed,
}

impl NeedStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Unconfirmed, Self::Open, Self::Planned, Self::Closed];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Open => "open",
            Self::Planned => "planned",
            Self::Closed => "closed",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-need-status` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| Rejection::new("status", "rejected-need-status", text))
    }

    /// Whether lots of such a need are matched and shown.
    pub fn is_matched(self) -> bool {
        matches!(self, Self::Open | Self::Planned)
    }
}

/// A need as read from a notice, a file or a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewNeed {
    /// Where it came from: `eforms`, `csv` or `form`. With `external_id` the identity.
    pub source: String,
    /// The source's own identity: the procedure id (BT-04) of a notice.
    pub external_id: String,
    /// When the source issued this version; an older one never replaces a newer.
    pub issued_at: Option<DateTime<Utc>>,
    /// How the buyer buys.
    pub kind: NeedKind,
    /// Short name.
    pub title: String,
    /// What is needed, in the buyer's words.
    pub text: String,
    /// Who needs it.
    pub buyer: NewBuyer,
    /// Language of the texts.
    pub language: TextLanguage,
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// Publication number in the official database, for example `00173914-2024`.
    pub publication_no: Option<String>,
    /// Link to the official notice or the documents.
    pub url: Option<String>,
    /// Where it stands.
    pub status: NeedStatus,
    /// Further names that it goes by: of the procedure, of this notice, of earlier ones.
    pub keys: Vec<NeedKey>,
    /// What the notice says about itself and its outcome; `None` when it came another way.
    pub notice: Option<NewNotice>,
    /// At least one.
    pub lots: Vec<NewLot>,
}

/// One lot: matching, reservation and deadline are per lot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NewLot {
    /// The source's lot number, for example `LOT-0001`.
    pub lot_no: String,
    /// Short name.
    pub title: String,
    /// What is needed.
    pub text: String,
    /// Main code first, then the additional ones.
    pub cpv: Vec<Cpv>,
    /// Where the work is done; empty when not said.
    pub places: Vec<Place>,
    /// Estimated value, SEK excluding VAT.
    pub value_sek: Option<i64>,
    /// Last instant for bids or answers.
    pub deadline_at: Option<DateTime<Utc>>,
    /// The source's date and time of the deadline disagree about the offset; the earlier instant was taken.
    pub deadline_doubtful: bool,
    /// First day of the work.
    pub start_on: Option<NaiveDate>,
    /// Last day of the work.
    pub end_on: Option<NaiveDate>,
    /// Who it is reserved for.
    pub reservation: Reservation,
    /// Social considerations that the notice states in code.
    pub social: Vec<SocialConsideration>,
    /// The terms of the contract.
    pub contract: ContractTerms,
}

/// A stored need with its buyer and lots.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Identity in the database.
    pub id: NeedId,
    /// Where it came from.
    pub source: String,
    /// The source's identity.
    pub external_id: String,
    /// How the buyer buys.
    pub kind: NeedKind,
    /// Short name.
    pub title: String,
    /// What is needed.
    pub text: String,
    /// Who needs it.
    pub buyer: Buyer,
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// Publication number in the official database.
    pub publication_no: Option<String>,
    /// Link to the official notice or the documents.
    pub url: Option<String>,
    /// Where it stands.
    pub status: NeedStatus,
    /// When it was first stored.
    pub created_at: DateTime<Utc>,
    /// When its content last changed.
    pub updated_at: DateTime<Utc>,
    /// Its lots.
    pub lots: Vec<Lot>,
}

impl Need {
    /// A need that is only being considered and stands nowhere: for weighing it as a stored one is weighed.
    pub fn considered(new: NewNeed, now: DateTime<Utc>) -> Self {
        let lots = (0..).zip(new.lots).map(|(number, work)| Lot {
            id: LotId(number),
            need_id: NeedId(0),
            work,
            amendments: Vec::new(),
            closed: None,
            tuning: None,
        });
        let NewBuyer { kind, name, org_no, municipality, email } = new.buyer;
        Self {
            id: NeedId(0),
            lots: lots.collect(),
            source: new.source,
            external_id: new.external_id,
            kind: new.kind,
            title: new.title,
            text: new.text,
            buyer: Buyer { id: BuyerId(0), kind, name, org_no, municipality, email },
            published_on: new.published_on,
            publication_no: new.publication_no,
            url: new.url,
            status: new.status,
            created_at: now,
            updated_at: now,
        }
    }
}

/// A stored lot.
#[derive(Debug, Clone, PartialEq)]
pub struct Lot {
    /// Identity in the database.
    pub id: LotId,
    /// The need it belongs to.
    pub need_id: NeedId,
    /// What is asked for.
    pub work: NewLot,
    /// The parts that changed materially since it was first stored, each with its latest time.
    pub amendments: Vec<Amendment>,
    /// Since when nobody can answer any more, and why; a lot that only ran out may be open still in
    /// the database, so ask [`Lot::is_open`].
    pub closed: Option<Closed>,
    /// What a coordinator has corrected for the matcher.
    pub tuning: Option<Tuning>,
}

impl Lot {
    /// The codes that the matcher goes by: the coordinator's, else the notice's.
    pub fn cpv(&self) -> &[Cpv] {
        self.tuning.as_ref().map(|tuning| &tuning.cpv).filter(|cpv| !cpv.is_empty()).unwrap_or(&self.work.cpv)
    }

    /// The places that the matcher goes by: the coordinator's, else the notice's.
    pub fn places(&self) -> &[Place] {
        let tuned = self.tuning.as_ref().map(|tuning| &tuning.places);
        tuned.filter(|places| !places.is_empty()).unwrap_or(&self.work.places)
    }

    /// When a part last changed materially (deadline, scope, place, value); `None` when nothing did.
    pub fn materially_changed_at(&self) -> Option<DateTime<Utc>> {
        self.amendments.iter().map(|amendment| amendment.at).max()
    }

    /// Whether it can be answered at `now`.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.closed.is_none() && self.work.deadline_at.is_none_or(|deadline| deadline > now)
    }
}

/// That a lot is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Why.
    pub because: ClosedBecause,
}

/// Why a lot is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBecause {
    /// Somebody won it.
    Awarded,
    /// The competition ended without a winner.
    NoWinner,
    /// The buyer called it off.
    Cancelled,
    /// Its deadline passed.
    Deadline,
}

impl ClosedBecause {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Awarded, Self::NoWinner, Self::Cancelled, Self::Deadline];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Awarded => "awarded",
            Self::NoWinner => "no_winner",
            Self::Cancelled => "cancelled",
            Self::Deadline => "deadline",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-closed-because` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == text)
            .ok_or_else(|| Rejection::new("closed_because", "rejected-closed-because", text))
    }
}

/// Identity of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NeedId(pub i64);

/// Identity of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LotId(pub i64);
