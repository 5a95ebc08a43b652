//! The relay: a buyer writes to an ASF through the service, and neither sees the other's address before the
//! ASF says yes to that. What may be written, how much, and what an answer can be.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{
    follow_up::Side,
    obstacle::Obstacle,
    pairing::{Answer, PairingId},
    rejection::Rejection,
};

/// Longest line, in characters: what an ASF writes with its yes goes on as the note of its answer.
pub const LINE_CHARS: usize = Answer::NOTE_CHARS;
/// Most lines that each side writes in one thread.
pub const MOST_LINES: usize = 5;
/// Most lines that the buyer writes in a row before the ASF has answered.
pub const MOST_UNANSWERED: usize = 2;
/// Most lines that a buyer writes in [`A_DAY`], all threads together.
pub const MOST_A_DAY: u64 = 20;
/// What counts as a day.
pub const A_DAY: Duration = Duration::hours(24);
/// How long the link of a line works.
pub const LINK_LASTS: Duration = Duration::days(120);

/// Identity of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RelayId(pub i64);

/// Where a thread stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelayState {
    /// Both may write.
    Open,
    /// The ASF said yes: both have each other's address.
    Agreed,
    /// The ASF said no.
    Declined,
}

impl RelayState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Agreed, Self::Declined];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Agreed => "agreed",
            Self::Declined => "declined",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-relay-state` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let known = Self::ALL.into_iter().find(|state| state.as_str() == text);
        known.ok_or_else(|| Rejection::new("state", "rejected-relay-state", text))
    }
}

/// One thing that one side wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Who wrote.
    pub side: Side,
    /// What.
    pub text: String,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// A thread between a buyer and an ASF about one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay {
    /// Key.
    pub id: RelayId,
    /// What it is about.
    pub pairing_id: PairingId,
    /// Where it stands.
    pub state: RelayState,
    /// What was written, oldest first.
    pub lines: Vec<Line>,
}

/// What an ASF answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyKind {
    /// Both get each other's address.
    Agree,
    /// A line back.
    Line,
    /// No contact.
    Decline,
}

impl ReplyKind {
    /// The word in forms and the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Line => "line",
            Self::Decline => "decline",
        }
    }

    /// Where the thread stands after it.
    pub fn state(self) -> RelayState {
        match self {
            Self::Agree => RelayState::Agreed,
            Self::Line => RelayState::Open,
            Self::Decline => RelayState::Declined,
        }
    }
}

/// An answer as read from the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it is.
    pub kind: ReplyKind,
    /// What is said with it; never empty for a line.
    pub text: String,
}

impl Reply {
    /// Reads the form.
    ///
    /// # Errors
    /// All that is wrong, of: `rejected-relay-reply`, `rejected-relay-empty`, `rejected-relay-length`.
    pub fn parse(kind: &str, text: &str) -> Result<Self, Vec<Rejection>> {
        let known = [ReplyKind::Agree, ReplyKind::Line, ReplyKind::Decline];
        let Some(kind) = known.into_iter().find(|known| known.as_str() == kind) else {
            let unknown = Rejection::new("reply", "rejected-relay-reply", kind);
            return Err([vec![unknown], too_long(text).into_iter().collect()].concat());
        };
        let text = match kind {
            ReplyKind::Line => parse_line(text),
            ReplyKind::Agree | ReplyKind::Decline => too_long(text).map_or_else(|| Ok(tidy(text)), Err),
        };
        text.map(|text| Self { kind, text }).map_err(|rejection| vec![rejection])
    }
}

/// Reads a line.
///
/// # Errors
/// `rejected-relay-empty` or `rejected-relay-length`.
pub fn parse_line(text: &str) -> Result<String, Rejection> {
    match too_long(text) {
        Some(rejection) => Err(rejection),
        None if tidy(text).is_empty() => Err(Rejection::new("text", "rejected-relay-empty", text)),
        None => Ok(tidy(text)),
    }
}

fn too_long(text: &str) -> Option<Rejection> {
    let is_too_long = tidy(text).chars().count() > LINE_CHARS;
    is_too_long.then(|| Rejection::new("text", "rejected-relay-length", text))
}

/// Browsers send line breaks in two characters.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

impl Relay {
    /// Whether a side has just said this: a form that was sent twice.
    pub fn has_just_said(&self, side: Side, text: &str) -> bool {
        self.lines.last().is_some_and(|line| line.side == side && line.text == text)
    }

    /// What keeps the buyer from writing more.
    pub fn obstacle_for_buyer(&self) -> Option<Obstacle> {
        let unanswered = self.lines.iter().rev().take_while(|line| line.side == Side::Buyer).count();
        match self.state {
            RelayState::Agreed => Some(Obstacle::Agreed),
            RelayState::Declined => Some(Obstacle::Declined),
            RelayState::Open if self.is_full(Side::Buyer) => Some(Obstacle::Full),
            RelayState::Open if unanswered >= MOST_UNANSWERED => Some(Obstacle::Unanswered),
            RelayState::Open => None,
        }
    }

    /// Whether the last word is the buyer's, and can be answered.
    pub fn waits_for_asf(&self) -> bool {
        self.state == RelayState::Open && self.lines.last().is_some_and(|line| line.side == Side::Buyer)
    }

    /// Whether a side has written as much as it may.
    pub fn is_full(&self, side: Side) -> bool {
        self.lines.iter().filter(|line| line.side == side).count() >= MOST_LINES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(sides: &[Side]) -> Relay {
        let line = |side: &Side| Line {
            side: *side,
            text: "hej".to_owned(),
            written_at: "2026-11-24T07:00:00Z".parse().unwrap(),
        };
        Relay {
            id: RelayId(1),
            pairing_id: PairingId(1),
            state: RelayState::Open,
            lines: sides.iter().map(line).collect(),
        }
    }

    #[test]
    fn a_line_has_words_and_an_end() {
        assert_eq!(parse_line(" a\r\nb ").unwrap(), "a\nb");
        assert_eq!(parse_line(" \r\n ").unwrap_err().rule, "rejected-relay-empty");
        let long = "å".repeat(LINE_CHARS);
        assert!(parse_line(&long).is_ok());
        assert_eq!(parse_line(&format!("{long}å")).unwrap_err().rule, "rejected-relay-length");
    }

    #[test]
    fn yes_and_no_need_no_words_and_everything_wrong_is_told_at_once() {
        assert_eq!(Reply::parse("agree", "").unwrap().kind, ReplyKind::Agree);
        assert_eq!(Reply::parse("decline", " nej ").unwrap().text, "nej");
        let rules = |kind: &str, text: &str| -> Vec<_> {
            Reply::parse(kind, text).unwrap_err().iter().map(|rejection| rejection.rule).collect()
        };
        assert_eq!(rules("line", " "), ["rejected-relay-empty"]);
        let long = "x".repeat(LINE_CHARS + 1);
        assert_eq!(rules("", &long), ["rejected-relay-reply", "rejected-relay-length"]);
        assert_eq!(rules("agree", &long), ["rejected-relay-length"]);
    }

    #[test]
    fn a_buyer_waits_for_an_answer_and_a_thread_has_an_end() {
        use Side::{Asf, Buyer};
        let check = |sides: &[Side], expected| assert_eq!(relay(sides).obstacle_for_buyer(), expected, "{sides:?}");
        check(&[], None);
        check(&[Buyer], None);
        check(&[Buyer, Buyer], Some(Obstacle::Unanswered));
        check(&[Buyer, Buyer, Asf], None);
        check(&[Buyer, Asf, Buyer, Asf, Buyer, Asf, Buyer, Asf, Buyer, Asf], Some(Obstacle::Full));
        assert!(relay(&[Asf; 5]).is_full(Asf) && !relay(&[Asf; 4]).is_full(Asf));
        let over = |state| Relay { state, ..relay(&[Buyer]) }.obstacle_for_buyer();
        assert_eq!(over(RelayState::Agreed), Some(Obstacle::Agreed));
        assert_eq!(over(RelayState::Declined), Some(Obstacle::Declined));
    }

    #[test]
    fn what_is_sent_twice_is_said_once() {
        let relay = relay(&[Side::Buyer]);
        assert!(relay.has_just_said(Side::Buyer, "hej"));
        assert!(!relay.has_just_said(Side::Asf, "hej") && !relay.has_just_said(Side::Buyer, "hej då"));
    }
}
