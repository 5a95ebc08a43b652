//! Tokens of links and sessions: plain once, in the hand of the reader; a hash ever after.

use chrono::{DateTime, Duration, Utc};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};

use super::{Result, imports::hex};
use crate::store::{
    Tx, tokens,
    tokens::{NewToken, Purpose, Subject},
};

/// A token in plain: 256 random bits in hexadecimal. Not `Debug`, so that it cannot be logged.
pub struct Secret(String);

impl Secret {
    /// A new one.
    pub fn random() -> Self {
        let mut bytes = [0_u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(hex(&bytes))
    }

    /// What stands in the link.
    pub fn plain(&self) -> &str {
        &self.0
    }
}

/// 128 random bits in hexadecimal, short enough for the left side of an address.
pub fn short() -> String {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

/// The stored form of a plain token.
pub fn hash(plain: &str) -> String {
    hex(&Sha256::digest(plain.as_bytes()))
}

/// Six digits that can be typed instead of following a link.
pub fn typed_code() -> String {
    format!("{:06}", rand::rng().next_u32() % 1_000_000)
}

/// Twenty random bytes: the secret of an app that makes codes (RFC 4226, 4: 160 bits recommended).
pub fn app_secret() -> [u8; 20] {
    let mut bytes = [0_u8; 20];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// Letters and digits that are not mistaken for each other (Crockford's Base32).
const READABLE: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A code to keep on paper: 60 random bits in three groups of four.
pub fn recovery_code() -> String {
    let mut bytes = [0_u8; 12];
    rand::rng().fill_bytes(&mut bytes);
    let letters: Vec<char> = bytes
        .iter()
        .filter_map(|byte| READABLE.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Makes a link's token and stores its hash.
///
/// # Errors
/// When the database does not answer.
pub async fn issue(tx: &Tx, purpose: Purpose, subject: Subject, lasts: Duration, now: DateTime<Utc>) -> Result<Secret> {
    let secret = Secret::random();
    store(tx, &secret, purpose, subject, lasts, now).await?;
    Ok(secret)
}

/// Stores the hash of a token that was made before.
///
/// # Errors
/// When the database does not answer.
pub async fn store(
    tx: &Tx,
    secret: &Secret,
    purpose: Purpose,
    subject: Subject,
    lasts: Duration,
    now: DateTime<Utc>,
) -> Result<()> {
    tokens::insert(tx, &token(secret, purpose, subject, now + lasts), now).await?;
    Ok(())
}

/// The stored form of a token that was made before.
pub fn token(secret: &Secret, purpose: Purpose, subject: Subject, expires_at: DateTime<Utc>) -> NewToken {
    NewToken { hash: hash(secret.plain()), code: None, purpose, subject, expires_at }
}
