//! Reminding an ASF of a need that it has not answered: once, not too soon, and as its choice of mails allows.

use chrono::{DateTime, Datelike as _, Duration, Utc};

use super::{
    digest::LEAST_GAP,
    mail_preference::MailPreference,
    obstacle::Obstacle,
    pairing::{PairingState, Strength},
    schedule::local_date,
};

/// Least time between the mail that asked and the reminder.
pub const LEAST_WAIT: Duration = Duration::days(3);

/// What decides whether an ASF can be reminded.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// What the ASF has answered.
    pub state: PairingState,
    /// How sure the suggestion is.
    pub strength: Strength,
    /// When the latest mail asked about it.
    pub mailed_at: Option<DateTime<Utc>>,
    /// When it was reminded of it.
    pub reminded_at: Option<DateTime<Utc>>,
    /// When its latest weekly mail was composed.
    pub last_digest_at: Option<DateTime<Utc>>,
    /// Its choice of mails.
    pub preference: MailPreference,
}

impl Facts {
    /// What stands in the way of a reminder at `now`.
    pub fn obstacle(&self, now: DateTime<Utc>) -> Option<Obstacle> {
        let Some(mailed_at) = self.mailed_at else {
            return Some(if self.state.is_answered() { Obstacle::Answered } else { Obstacle::NotMailed });
        };
        let obstacles = [
            (self.state.is_answered(), Obstacle::Answered),
            (self.reminded_at.is_some(), Obstacle::Reminded),
            (now - mailed_at < LEAST_WAIT, Obstacle::TooSoon),
            (!self.preference.breadth.takes(self.strength), Obstacle::TooWeak),
            (self.preference.summer_rest && local_date(now).month() == 7, Obstacle::SummerRest),
            (self.is_near_digest(now), Obstacle::NearDigest),
        ];
        obstacles.into_iter().find(|(holds, _)| *holds).map(|(_, obstacle)| obstacle)
    }

    /// No two mails about needs within a day, whichever comes first.
    fn is_near_digest(&self, now: DateTime<Utc>) -> bool {
        let was = self.last_digest_at.is_some_and(|last| now - last < LEAST_GAP);
        let will_be = self.preference.next_due(now).is_some_and(|next| next - now < LEAST_GAP);
        was || will_be
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail_preference::Breadth;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Asked by the weekly mail of Tuesday 24 November 2026.
    fn asked() -> Facts {
        let tuesday = at("2026-11-24T07:00:00Z");
        Facts {
            state: PairingState::Suggested,
            strength: Strength::Possible,
            mailed_at: Some(tuesday),
            reminded_at: None,
            last_digest_at: Some(tuesday),
            preference: MailPreference::default(),
        }
    }

    fn check(facts: &Facts, now: &str, expected: Option<Obstacle>) {
        assert_eq!(facts.obstacle(at(now)), expected, "{facts:?} {now}");
    }

    #[test]
    fn three_days_after_the_mail_and_once() {
        check(&asked(), "2026-11-27T06:59:59Z", Some(Obstacle::TooSoon));
        check(&asked(), "2026-11-27T07:00:00Z", None);
        check(&Facts { mailed_at: None, ..asked() }, "2026-11-27T07:00:00Z", Some(Obstacle::NotMailed));
        let reminded = Facts { reminded_at: Some(at("2026-11-27T07:00:00Z")), ..asked() };
        check(&reminded, "2026-12-04T07:00:00Z", Some(Obstacle::Reminded));
        check(&Facts { state: PairingState::Maybe, ..asked() }, "2026-11-27T07:00:00Z", Some(Obstacle::Answered));
    }

    #[test]
    fn as_the_reader_wants_it() {
        let wants = |preference| Facts { preference, ..asked() };
        let strong = MailPreference { breadth: Breadth::Strong, ..MailPreference::default() };
        check(&wants(strong), "2026-11-27T07:00:00Z", Some(Obstacle::TooWeak));
        check(&Facts { strength: Strength::Strong, ..wants(strong) }, "2026-11-27T07:00:00Z", None);
        let rest = MailPreference { summer_rest: true, ..MailPreference::default() };
        check(&wants(rest), "2027-07-02T07:00:00Z", Some(Obstacle::SummerRest));
        check(&wants(rest), "2027-08-06T07:00:00Z", None);
    }

    #[test]
    fn not_within_a_day_of_the_weekly_mail() {
        // The next is due on Tuesday at eight.
        check(&asked(), "2026-11-30T06:59:00Z", None);
        check(&asked(), "2026-11-30T07:01:00Z", Some(Obstacle::NearDigest));
        let just_mailed = Facts { last_digest_at: Some(at("2026-11-26T09:00:00Z")), ..asked() };
        check(&just_mailed, "2026-11-27T07:00:00Z", Some(Obstacle::NearDigest));
    }
}
