//! The two languages that a user can read the service in.

use serde::{Deserialize, Serialize};

/// Swedish first, English second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Swedish, `sv`.
    #[default]
    Sv,
    /// English, `en`.
    En,
}

impl Language {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Sv, Self::En];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// Reads a BCP 47 code; anything but English is Swedish.
    pub fn from_code(code: &str) -> Self {
        if code.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Sv }
    }
}
