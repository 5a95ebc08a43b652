//! Why an ASF cannot be written to, or reminded, about a need just now. The buyer is told which it is.

use chrono::NaiveDate;
use serde::Serialize;

use super::asf::Asf;

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The need has closed or its deadline has passed.
    Closed,
    /// The need waits for a coordinator's yes, or got a no.
    Held,
    /// The profile waits for a coordinator's yes.
    Unapproved,
    /// The ASF has left no address.
    NoEmail,
    /// The ASF has ended the mails.
    Unsubscribed,
    /// Mail to the ASF comes back.
    Suppressed,
    /// The ASF rests.
    Paused,
    /// The buyer has left no address, so that nobody could be told of the answer.
    NoAnswerAddress,
    /// The ASF does not want to be in contact.
    Declined,
    /// Both have each other's address by this thread.
    Agreed,
    /// The ASF has not answered what was written before.
    Unanswered,
    /// As much has been written as a thread holds.
    Full,
    /// The buyer has written to many today.
    ManyToday,
    /// The ASF has answered already.
    Answered,
    /// The ASF has not been asked yet.
    NotMailed,
    /// The ASF was asked a short while ago.
    TooSoon,
    /// The ASF has been reminded already.
    Reminded,
    /// The suggestion is less sure than the ASF wants to be mailed about.
    TooWeak,
    /// The ASF wants no mail in July.
    SummerRest,
    /// The weekly mail went a short while ago, or goes soon.
    NearDigest,
}

impl Obstacle {
    /// The message that tells it; also the rule of a refusal.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Closed => "rejected-contact-closed",
            Self::Held => "rejected-contact-held",
            Self::Unapproved => "rejected-contact-unapproved",
            Self::NoEmail => "rejected-contact-no-email",
            Self::Unsubscribed => "rejected-contact-unsubscribed",
            Self::Suppressed => "rejected-contact-suppressed",
            Self::Paused => "rejected-contact-paused",
            Self::NoAnswerAddress => "rejected-contact-no-answer-address",
            Self::Declined => "rejected-contact-declined",
            Self::Agreed => "rejected-contact-agreed",
            Self::Unanswered => "rejected-contact-unanswered",
            Self::Full => "rejected-contact-full",
            Self::ManyToday => "rejected-contact-many-today",
            Self::Answered => "rejected-contact-answered",
            Self::NotMailed => "rejected-contact-not-mailed",
            Self::TooSoon => "rejected-contact-too-soon",
            Self::Reminded => "rejected-contact-reminded",
            Self::TooWeak => "rejected-contact-too-weak",
            Self::SummerRest => "rejected-contact-summer-rest",
            Self::NearDigest => "rejected-contact-near-digest",
        }
    }

    /// What stands in the way of any mail to an ASF on the day `today`. Who has answered is at work, whatever
    /// the pause says.
    pub fn of_asf(asf: &Asf, is_suppressed: bool, has_answered: bool, today: NaiveDate) -> Option<Self> {
        match &asf.email {
            None => Some(Self::NoEmail),
            Some(_) if asf.unsubscribed_at.is_some() => Some(Self::Unsubscribed),
            Some(_) if is_suppressed => Some(Self::Suppressed),
            Some(_) if !asf.is_shown() => Some(Self::Unapproved),
            Some(_) if !has_answered && asf.is_paused(today) => Some(Self::Paused),
            Some(_) => None,
        }
    }
}
