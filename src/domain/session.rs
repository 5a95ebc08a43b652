//! How long a browser stays signed in, and what its owner calls it.

use chrono::{DateTime, Duration, Utc};

use super::user::{Role, UserId};

/// Wrong codes of the second factor that may be typed in one session.
pub const MOST_TRIES: i32 = 5;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Identity in the database.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to a few minutes.
    pub seen_at: DateTime<Utc>,
    /// When it ends, used or not.
    pub expires_at: DateTime<Utc>,
    /// When all factors were given; none while one is missing.
    pub verified_at: Option<DateTime<Utc>>,
    /// Browser and system.
    pub device: String,
    /// Wrong codes typed so far.
    pub tries: i32,
}

/// Identity of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionId(pub i64);

/// How long a session may last (OWASP ASVS 5.0, 7.3.1 and 7.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without being used.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

/// Whoever sees what others have answered and earned signs in more often.
pub fn limits(role: Role) -> Limits {
    if role.needs_second_factor() {
        Limits { idle: Duration::hours(12), absolute: Duration::days(7) }
    } else {
        Limits { idle: Duration::days(14), absolute: Duration::days(30) }
    }
}

impl Session {
    /// Whether it has been left alone for too long.
    pub fn is_idle(&self, role: Role, now: DateTime<Utc>) -> bool {
        self.seen_at + limits(role).idle <= now
    }

    /// Whether its use should be noted again.
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        self.seen_at + Duration::minutes(5) <= now
    }
}

/// Browser and system as `Firefox, Android`, from what the browser says of itself (RFC 9110, 10.1.5);
/// the rest of it is not kept. Empty when it says nothing that we know.
pub fn device(agent: &str) -> String {
    // Most pretend to be others as well; the honest name comes first here.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let first = |names: &[(&str, &'static str)]| names.iter().find(|name| agent.contains(name.0)).map(|name| name.1);
    [first(&BROWSERS), first(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_as_its_owner_would() {
        let check = |agent, expected| assert_eq!(device(agent), expected, "{agent}");
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge, Windows",
        );
        check("Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox, Android");
        check("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "Safari, iPhone");
        check("curl/8.10", "");
        check("<script>alert(1)</script>", "");
    }

    #[test]
    fn staff_is_signed_out_sooner_than_an_asf() {
        let now: DateTime<Utc> = "2026-11-24T06:30:00Z".parse().unwrap();
        let session = Session {
            id: SessionId(1),
            user: UserId(1),
            created_at: now,
            seen_at: now,
            expires_at: now + Duration::days(30),
            verified_at: Some(now),
            device: String::new(),
            tries: 0,
        };
        let check = |role, hours, expected| {
            assert_eq!(session.is_idle(role, now + Duration::hours(hours)), expected, "{role:?} {hours}");
        };
        check(Role::Coordinator, 11, false);
        check(Role::Coordinator, 12, true);
        check(Role::Asf, 13 * 24, false);
        check(Role::Asf, 14 * 24, true);
    }
}
