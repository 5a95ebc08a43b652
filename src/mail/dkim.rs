//! Signatures of the sender's domain (RFC 6376; Ed25519: RFC 8463) over what receivers check.

use lettre::message::{
    Message,
    dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey},
    header::HeaderName,
};

use super::MailError;

/// Signed where they are, and signed as absent where they are not, so that nobody adds them on the way.
///
/// lettre keeps `Content-Type` with the body and would sign it as absent, so it is not among them.
const SIGNED: [&str; 10] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// A kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// PEM, PKCS#1.
    Rsa,
    /// 32 bytes in Base64.
    Ed25519,
}

/// The keys that sign every mail; none signs nothing.
#[derive(Default)]
pub struct Signer {
    keys: Vec<DkimConfig>,
}

impl Signer {
    /// The same with one more key.
    ///
    /// # Errors
    /// [`MailError::SigningKey`] when the text is no such key.
    pub fn with_key(
        mut self,
        domain: &str,
        selector: &str,
        algorithm: Algorithm,
        text: &str,
    ) -> Result<Self, MailError> {
        let lettres = match algorithm {
            Algorithm::Rsa => DkimSigningAlgorithm::Rsa,
            Algorithm::Ed25519 => DkimSigningAlgorithm::Ed25519,
        };
        let key = DkimSigningKey::new(text.trim(), lettres)
            .map_err(|error| MailError::SigningKey(format!("{algorithm:?}: {error}")))?;
        let relaxed =
            DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
        let headers = SIGNED.into_iter().map(HeaderName::new_from_ascii_str).collect();
        self.keys.push(DkimConfig::new(selector.to_owned(), domain.to_owned(), key, headers, relaxed));
        Ok(self)
    }

    /// The signatures of a message, one header a key, ready to stand before its first line.
    ///
    /// lettre puts a second signature in the place of the first, so each is made on a copy.
    pub(super) fn signatures(&self, message: &Message) -> String {
        self.keys.iter().map(|key| signature(message.clone(), key)).collect()
    }
}

fn signature(mut message: Message, key: &DkimConfig) -> String {
    message.sign(key);
    let formatted = message.formatted();
    let text = String::from_utf8_lossy(&formatted);
    let lines = text.split_inclusive("\r\n").skip_while(|line| !line.starts_with("DKIM-Signature:"));
    lines.enumerate().take_while(|(at, line)| *at == 0 || line.starts_with([' ', '\t'])).map(|(_, line)| line).collect()
}
