//! Who signs in, and as what.

use serde::{Deserialize, Serialize};

use super::rejection::Rejection;

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
}
