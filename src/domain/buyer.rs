//! Those who need something done.

use serde::{Deserialize, Serialize};

use super::{email::Email, org_no::OrgNo, place::Place, rejection::Rejection};

/// What a buyer is, for the counting rules (DOMAIN C7) and the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyerKind {
    /// A company owned by others than the public.
    Private,
    /// A contracting authority, municipal company or joint body.
    Public,
    /// A purpose-driven organisation.
    Nonprofit,
}

impl BuyerKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Private, Self::Public, Self::Nonprofit];

    /// The stored and written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Public => "public",
            Self::Nonprofit => "nonprofit",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-buyer-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text.trim())
            .ok_or_else(|| Rejection::new("buyer_kind", "rejected-buyer-kind", text))
    }
}

/// A buyer as read from a notice, a file or a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewBuyer {
    /// Private, public or nonprofit.
    pub kind: BuyerKind,
    /// Name as the buyer writes it.
    pub name: String,
    /// Organisation number, when known; then it is the identity.
    pub org_no: Option<OrgNo>,
    /// Seat.
    pub municipality: Option<Place>,
    /// Where answers are mailed; notices carry none that we use.
    pub email: Option<Email>,
}

impl NewBuyer {
    /// What makes two records the same buyer: the organisation number, else e-mail, else kind and name.
    pub fn identity(&self) -> String {
        match (&self.org_no, &self.email) {
            (Some(org_no), _) => format!("org:{}", org_no.as_str()),
            (None, Some(email)) => format!("mail:{email}"),
            (None, None) => format!("name:{}:{}", self.kind.as_str(), self.name.trim().to_lowercase()),
        }
    }
}

/// A stored buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// Identity in the database.
    pub id: BuyerId,
    /// Private, public or nonprofit.
    pub kind: BuyerKind,
    /// Name.
    pub name: String,
    /// Organisation number.
    pub org_no: Option<OrgNo>,
    /// Seat.
    pub municipality: Option<Place>,
    /// Where answers are mailed.
    pub email: Option<Email>,
}

/// Identity of a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BuyerId(pub i64);
