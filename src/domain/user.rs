//! Who signs in, and as what.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{asf::AsfId, buyer::BuyerId, email::Email, language::Language, rejection::Rejection};

/// What a signed-in person may see and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works at an ASF.
    Asf,
    /// Buys for a company or a nonprofit.
    Buyer,
    /// Procures for a public actor.
    Procurer,
    /// Follows the targets, at the ASF association or the region.
    Coordinator,
    /// Installs and watches the service.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Asf, Self::Buyer, Self::Procurer, Self::Coordinator, Self::Operator];

    /// The stored and written form, for example `coordinator`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asf => "asf",
            Self::Buyer => "buyer",
            Self::Procurer => "procurer",
            Self::Coordinator => "coordinator",
            Self::Operator => "operator",
        }
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// `rejected-role` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text.trim())
            .ok_or_else(|| Rejection::new("role", "rejected-role", text))
    }

    /// Staff see every pairing, the mailbox and the ledger.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Coordinator | Self::Operator)
    }

    /// A mail box alone is too little for those who see what others answer and earn, or who bind a public
    /// actor (OWASP ASVS 5.0, 6.3.3).
    pub fn needs_second_factor(self) -> bool {
        self.is_staff() || self == Self::Procurer
    }
}

/// A stored user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Identity in the database.
    pub id: UserId,
    /// Where the sign-in link goes.
    pub email: Email,
    /// What it may see and do.
    pub role: Role,
    /// Language of its mails.
    pub language: Language,
    /// The ASF it works at.
    pub asf_id: Option<AsfId>,
    /// The buyer it buys for.
    pub buyer_id: Option<BuyerId>,
    /// Since when it may not sign in.
    pub suspended_at: Option<DateTime<Utc>>,
}

impl User {
    /// The ASF that the user works at.
    pub fn own_asf(&self) -> Option<AsfId> {
        self.asf_id.filter(|_| self.role == Role::Asf)
    }

    /// Whose part of the ledger the user may see: all of it, or one ASF's; `None` for none of it.
    pub fn ledger_part(&self) -> Option<Option<AsfId>> {
        if self.role.is_staff() { Some(None) } else { self.own_asf().map(Some) }
    }

    /// Who acts, as the audit names it.
    pub fn actor(&self) -> String {
        format!("user:{}", self.id.0)
    }
}

/// Identity of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UserId(pub i64);
