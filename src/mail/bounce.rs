//! Reads what comes back: delivery status notifications (RFC 3464), complaints (RFC 5965), absences.
//! Whether it can be trusted is for whoever knows what was sent.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};

use crate::domain::bounce::{Status, Verdict};

/// Local part of the address that bounces come to, before the secret of the message.
pub const RETURN_PREFIX: &str = "studs+";

/// Parts that are looked at; nobody sends a hundred.
const MOST_PARTS: usize = 100;

/// A mail that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Addresses of ours, with the secret of one message, that it was sent to or speaks of.
    pub return_paths: Vec<String>,
    /// What it means.
    pub verdict: Verdict,
    /// The status as it was written, or empty.
    pub status: String,
}

/// Reads a whole message; `to` is the envelope recipient where the mail system told it.
pub fn read(raw: &[u8], to: Option<&str>) -> Returned {
    let text = String::from_utf8_lossy(raw);
    let mut return_paths: Vec<String> = to.into_iter().flat_map(return_paths).collect();
    let mut returned = Returned { return_paths: Vec::new(), verdict: Verdict::Nothing, status: String::new() };
    if let Some(message) = MessageParser::default().parse(raw) {
        returned = judge(&message);
        for name in ["Delivered-To", "X-Original-To", "Envelope-To", "To"] {
            return_paths.extend(message.header_raw(name).into_iter().flat_map(self::return_paths));
        }
    }
    if returned.verdict == Verdict::Complaint {
        // Complaints go to an address of their own: what was complained about names its return path.
        return_paths.extend(self::return_paths(&text));
    }
    return_paths.dedup();
    Returned { return_paths, ..returned }
}

/// The addresses of ours in a text.
fn return_paths(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[],;:\"".contains(c));
    words.map(str::to_lowercase).filter(|word| word.starts_with(RETURN_PREFIX) && word.contains('@'))
}

fn judge(message: &Message<'_>) -> Returned {
    let found = |verdict, status: String| Returned { return_paths: Vec::new(), verdict, status };
    let parts = || message.parts.iter().take(MOST_PARTS);
    let of_type = |wanted: &str| {
        parts().find(|part| {
            part.content_type().is_some_and(|kind| {
                let subtype = kind.subtype().unwrap_or_default();
                kind.ctype().eq_ignore_ascii_case("message") && subtype.eq_ignore_ascii_case(wanted)
            })
        })
    };
    if let Some(report) = of_type("feedback-report") {
        let kind = field(&body(report), "feedback-type").unwrap_or_default();
        let is_complaint = ["abuse", "fraud", "opt-out", "other"].contains(&kind.to_lowercase().as_str());
        return found(if is_complaint { Verdict::Complaint } else { Verdict::Nothing }, kind);
    }
    let Some(status) = of_type("delivery-status").or_else(|| of_type("global-delivery-status")) else {
        return found(Verdict::Nothing, String::new());
    };
    let text = body(status);
    let action = field(&text, "action").unwrap_or_default().to_lowercase();
    let written = field(&text, "status").unwrap_or_default();
    let code = written.split_whitespace().next().and_then(Status::parse);
    let verdict = match (action.as_str(), code) {
        ("failed", Some(code)) => Verdict::of(code),
        ("failed", None) => Verdict::Unclear,
        _ => Verdict::Nothing,
    };
    found(verdict, written)
}

fn body(part: &mail_parser::MessagePart<'_>) -> String {
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.clone().into_owned(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        PartType::Message(message) => {
            let headers = message.headers().iter().map(|header| (header.name.as_str(), header.value.clone()));
            headers.filter_map(|(name, value)| Some(format!("{name}: {}\n", as_text(&value)?))).collect()
        }
        PartType::Multipart(_) => String::new(),
    }
}

fn as_text(value: &HeaderValue<'_>) -> Option<String> {
    value.as_text().map(str::to_owned)
}

/// The last field of this name: the fields of the recipient come after those of the message.
fn field(text: &str, name: &str) -> Option<String> {
    let named = |line: &str| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().chars().take(100).collect::<String>())
    };
    text.lines().filter_map(named).next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dsn(action: &str, status: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example\r\nTo: <studs+0123@samhandla.example>\r\nSubject: Undelivered\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: {action}\r\n\
             Status: {status}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn a_notification_is_read_with_its_return_path() {
        let check = |action: &str, status: &str, expected: Verdict| {
            let read = read(dsn(action, status).as_bytes(), None);
            assert_eq!((read.verdict, read.status.as_str()), (expected, status), "{action} {status}");
            assert_eq!(read.return_paths, ["studs+0123@samhandla.example"]);
        };
        check("failed", "5.1.1", Verdict::Gone);
        check("failed", "5.2.2", Verdict::Soft);
        check("failed", "4.4.7", Verdict::Soft);
        check("failed", "5.7.1", Verdict::Refused);
        check("failed", "nonsense", Verdict::Unclear);
        check("delayed", "4.4.1", Verdict::Nothing);
        check("delivered", "2.0.0", Verdict::Nothing);
    }

    #[test]
    fn a_complaint_names_the_return_path_of_what_it_is_about() {
        let raw = "From: fbl@provider.example\r\nTo: abuse@samhandla.example\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nA complaint.\r\n\
             --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\
             \r\n--b\r\nContent-Type: message/rfc822\r\n\r\nReturn-Path: <studs+77@samhandla.example>\r\nSubject: x\r\n\r\nhej\r\n--b--\r\n";
        let read = read(raw.as_bytes(), None);
        assert_eq!(read.verdict, Verdict::Complaint);
        assert_eq!(read.return_paths, ["studs+77@samhandla.example"]);
    }

    #[test]
    fn an_absence_and_garbage_mean_nothing() {
        for raw in [
            &b"Auto-Submitted: auto-replied\r\nTo: studs+1@samhandla.example\r\n\r\nBorta."[..],
            b"",
            b"\0\xff\xfe",
            b"a\r\n\r\n",
        ] {
            assert_eq!(read(raw, None).verdict, Verdict::Nothing);
        }
    }

    #[test]
    fn no_mutation_of_a_notification_panics() {
        let whole = dsn("failed", "5.1.1").into_bytes();
        let mut state = 1_u64;
        for _ in 0..2_000 {
            let mut bytes = whole.clone();
            for _ in 0..4 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(state >> 33).unwrap() % bytes.len().max(1);
                if bytes.is_empty() {
                    continue;
                }
                match state % 3 {
                    0 => bytes[at] = u8::try_from(state >> 56).unwrap(),
                    1 => drop(bytes.remove(at)),
                    _ => bytes.truncate(at.max(1)),
                }
            }
            read(&bytes, None);
        }
    }
}
