//! Codes that an app makes from a shared secret and the time (RFC 6238): six digits, SHA-1, thirty seconds,
//! since other choices are ignored by common apps.

use chrono::{DateTime, Utc};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Seconds that a code lasts.
const STEP: u64 = 30;

/// The shared secret and what is known of it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret in Base32 (RFC 4648, 6), as it is typed into an app.
    pub secret: String,
    /// Whether a code was typed once, so that the app is known to have it.
    pub is_confirmed: bool,
    /// The step of the last code that was taken; it is not taken again.
    pub last_step: i64,
}

impl SecondFactor {
    /// The step of a code that is right at `now`, one step early or late at most, and was not used before.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let seconds = u64::try_from(now.timestamp()).ok()?;
        let step = i64::try_from(self.totp()?.check(&digits, seconds)?).ok()?;
        (step > self.last_step).then_some(step)
    }

    /// The code at `now`.
    pub fn code(&self, now: DateTime<Utc>) -> Option<String> {
        let seconds = u64::try_from(now.timestamp()).ok()?;
        Some(self.totp()?.generate(seconds).to_string())
    }

    fn totp(&self) -> Option<Totp> {
        let secret = Secret::try_from_base32(&self.secret).ok()?;
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(STEP)
            .with_skew(1)
            .with_secret(secret)
            .build()
            .ok()
    }

    /// The secret in groups of four, to read and type.
    pub fn grouped(&self) -> String {
        let letters: Vec<char> = self.secret.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// What the square picture says to an app: the "Key Uri Format" that common apps read.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (encoded(issuer), encoded(account));
        format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            self.secret
        )
    }
}

/// Bytes as a secret in Base32.
pub fn secret(bytes: &[u8]) -> String {
    Secret::from(bytes.to_vec()).to_base32()
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    fn factor() -> SecondFactor {
        SecondFactor { secret: secret(b"12345678901234567890"), is_confirmed: true, last_step: 0 }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // The last six digits of appendix B.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            assert_eq!(factor().code(at(seconds)).as_deref(), Some(code));
            assert_eq!(factor().step_of(code, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_taken_a_step_early_or_late_and_never_twice() {
        let code = factor().code(at(300)).unwrap();
        for (seconds, expected) in [(269, None), (270, Some(10)), (300, Some(10)), (359, Some(10)), (360, None)] {
            assert_eq!(factor().step_of(&code, at(seconds)), expected, "{seconds}");
        }
        let used = SecondFactor { last_step: 10, ..factor() };
        assert_eq!(used.step_of(&code, at(300)), None);
        assert_eq!(factor().step_of("", at(300)), None);
        assert_eq!(factor().step_of(&format!("{} {}", &code[..3], &code[3..]), at(300)), Some(10));
    }

    #[test]
    fn an_app_reads_whose_secret_it_is() {
        let uri = factor().uri("Samhandla på nätet", "anna@kommun.example");
        assert!(
            uri.starts_with("otpauth://totp/Samhandla%20p%C3%A5%20n%C3%A4tet:anna%40kommun.example?secret=GEZD"),
            "{uri}"
        );
        assert_eq!(factor().grouped().split(' ').count(), 8);
    }
}
