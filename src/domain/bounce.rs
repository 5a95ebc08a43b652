//! What a mail system says of a mail that it did not deliver, and what follows (RFC 3463, DOMAIN section 6).

/// Digests in a row that may come back for now before the address gets no more.
pub const SOFT_LIMIT: usize = 3;

/// An enhanced status code: class, subject, detail (RFC 3463).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// 2 delivered, 4 not now, 5 never.
    pub class: u8,
    /// 1 address, 2 mailbox, 7 policy and security.
    pub subject: u16,
    /// What exactly.
    pub detail: u16,
}

impl Status {
    /// Reads `5.1.1`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.trim().splitn(3, '.');
        let class = numbers.next()?.parse().ok().filter(|class| [2, 4, 5].contains(class))?;
        let short = |text: Option<&str>| text.filter(|text| text.len() <= 3)?.parse().ok();
        Some(Self { class, subject: short(numbers.next())?, detail: short(numbers.next())? })
    }

    /// The first status that stands in a server's answer.
    pub fn find(answer: &str) -> Option<Self> {
        answer.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(Self::parse)
    }
}

/// What a returned mail means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The address does not exist: no more mail, and somebody calls.
    Gone,
    /// Full or closed for now: no more mail when it happens again and again.
    Soft,
    /// They do not want mail from us: our fault, for staff to mend.
    Refused,
    /// Nobody knows: staff look at it.
    Unclear,
    /// The reader reported it as unwanted: no more mail.
    Complaint,
    /// No failure: a delay, a receipt, an absence.
    Nothing,
}

impl Verdict {
    /// What a status means.
    pub fn of(status: Status) -> Self {
        match (status.class, status.subject) {
            (2, _) => Self::Nothing,
            (4, 7) | (5, 7) => Self::Refused,
            (4, _) | (5, 2) => Self::Soft,
            (5, 1) => Self::Gone,
            _ => Self::Unclear,
        }
    }

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Soft => "soft",
            Self::Refused => "refused",
            Self::Unclear => "unclear",
            Self::Complaint => "complaint",
            Self::Nothing => "nothing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_verdict() {
        let check =
            |text: &str, expected: Verdict| assert_eq!(Verdict::of(Status::parse(text).unwrap()), expected, "{text}");
        check("5.1.1", Verdict::Gone);
        check("5.1.10", Verdict::Gone);
        check("5.2.1", Verdict::Soft);
        check("5.2.2", Verdict::Soft);
        check("4.4.1", Verdict::Soft);
        check("5.7.1", Verdict::Refused);
        check("5.7.515", Verdict::Refused);
        check("5.0.0", Verdict::Unclear);
        check("2.1.5", Verdict::Nothing);
        for text in ["", "5", "5.1", "6.1.1", "5.1.1000", "5.x.1", "-5.1.1", "5.1.1.1"] {
            assert_eq!(Status::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_status_is_found_in_what_a_server_says() {
        let found = Status::find("permanent error (550): 5.1.1 <a@b.example> no such person").unwrap();
        assert_eq!(Verdict::of(found), Verdict::Gone);
        assert_eq!(Status::find("permanent error (550): go away"), None);
    }
}
