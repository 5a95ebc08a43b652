//! A rendered mail and its addresses to the bytes of a message (RFC 5322, MIME).

use lettre::{
    Message,
    message::{
        Body, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType},
    },
};
use sha2::{Digest, Sha256};

use super::{MailError, MessageKind, Outgoing, dkim::Signer, header};

pub(super) fn compose(outgoing: &Outgoing, signer: &Signer) -> Result<String, MailError> {
    let message_id = header::message_id(&outgoing.message_id)?;
    let mut builder = Message::builder()
        .message_id(Some(message_id.clone()))
        .date(outgoing.date.into())
        .from(header::mailbox("From", &outgoing.from)?)
        .to(header::address("To", outgoing.to.as_str())?.into())
        .subject(header::subject(&outgoing.rendered.subject));
    if let Some(reply_to) = &outgoing.reply_to {
        builder = builder.reply_to(header::address("Reply-To", reply_to.as_str())?.into());
    }
    builder = builder
        .raw_header(header::fixed("Content-Language", outgoing.language.code()))
        // RFC 3834 for everybody, the second for Exchange: no out-of-office answers to a machine.
        .raw_header(header::fixed("Auto-Submitted", "auto-generated"))
        .raw_header(header::fixed("X-Auto-Response-Suppress", "OOF, AutoReply"));
    if let Some(list) = outgoing.list.as_ref().filter(|_| outgoing.kind != MessageKind::SignIn) {
        builder = builder
            .raw_header(header::bracketed("List-Id", &[&list.list_id])?)
            .raw_header(header::bracketed("List-Unsubscribe", &[&list.unsubscribe_url, &list.unsubscribe_mailto])?)
            .raw_header(header::fixed("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let parts = MultiPart::alternative()
        .boundary(boundary(&message_id))
        .singlepart(part(ContentType::TEXT_PLAIN, &outgoing.rendered.text))
        .singlepart(part(ContentType::TEXT_HTML, &outgoing.rendered.html));
    let message =
        builder.multipart(parts).map_err(|error| MailError::Header { name: "From, To", text: error.to_string() })?;
    // Quoted-printable bodies and encoded headers are ASCII throughout.
    Ok(signer.signatures(&message) + &String::from_utf8_lossy(&message.formatted()))
}

fn part(content_type: ContentType, text: &str) -> SinglePart {
    let body =
        Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::QuotedPrintable).unwrap_or_else(Body::new);
    SinglePart::builder().header(content_type).body(body)
}

/// lettre's own boundary is random; a retry must be the same bytes. With `=_` it cannot occur in a
/// quoted-printable body (RFC 2045, 6.7).
fn boundary(message_id: &str) -> String {
    let hash = Sha256::digest(message_id.as_bytes());
    let hex: String = hash.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("=_{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{email::Email, language::Language},
        mail::{ListHeaders, Rendered},
    };

    fn compose(outgoing: &Outgoing) -> Result<String, MailError> {
        super::compose(outgoing, &Signer::default())
    }

    pub(crate) fn outgoing(subject: &str) -> Outgoing {
        let rendered = Rendered {
            subject: subject.to_owned(),
            text: format!("Hej!\n\n{}\n.\nslut\n", "å".repeat(300)),
            html: format!("<!doctype html><p>{}</p>", "hej ".repeat(300)),
        };
        Outgoing {
            kind: MessageKind::WeeklyDigest,
            to: Email::parse("info@verkstan.example").unwrap(),
            language: Language::Sv,
            rendered,
            message_id: "<0190a5c2-7b1e-7c3d-9f00-0123456789ab.1@samhandla.example>".to_owned(),
            date: "2026-11-24T07:00:00Z".parse().unwrap(),
            from: "Samhandla på nätet <brev@samhandla.example>".to_owned(),
            reply_to: Some(Email::parse("svar@samhandla.example").unwrap()),
            list: Some(ListHeaders {
                list_id: "veckobrev.samhandla.example".to_owned(),
                unsubscribe_url: format!("https://samhandla.example/avsluta/{}", "x".repeat(43)),
                unsubscribe_mailto: format!("mailto:avsluta+{}@samhandla.example", "x".repeat(43)),
            }),
        }
    }

    /// The headers, unfolded.
    fn headers(raw: &str) -> Vec<String> {
        let (head, _) = raw.split_once("\r\n\r\n").unwrap();
        head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
    }

    fn names(raw: &str) -> Vec<String> {
        headers(raw).iter().map(|line| line.split_once(':').unwrap().0.to_owned()).collect()
    }

    #[test]
    fn a_digest_has_the_headers_that_mail_programs_look_for() {
        let raw = compose(&outgoing("3 nya förfrågningar")).unwrap();
        let headers = headers(&raw);
        for expected in [
            "Message-ID: <0190a5c2-7b1e-7c3d-9f00-0123456789ab.1@samhandla.example>",
            "Date: Tue, 24 Nov 2026 07:00:00 +0000",
            "To: info@verkstan.example",
            "Reply-To: svar@samhandla.example",
            "List-Id: <veckobrev.samhandla.example>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: OOF, AutoReply",
            "Content-Language: sv",
            "MIME-Version: 1.0",
        ] {
            assert!(headers.iter().any(|header| header == expected), "{expected} in {headers:#?}");
        }
        let unsubscribe = headers.iter().find(|header| header.starts_with("List-Unsubscribe:")).unwrap();
        assert!(unsubscribe.contains("<https://") && unsubscribe.contains(", <mailto:"), "{unsubscribe}");
        let plain = raw.find("text/plain; charset=utf-8").unwrap();
        assert!(plain < raw.find("text/html; charset=utf-8").unwrap());
        assert_eq!(raw.matches("Content-Transfer-Encoding: quoted-printable").count(), 2);
    }

    #[test]
    fn a_sign_in_mail_is_no_list() {
        let raw = compose(&Outgoing { kind: MessageKind::SignIn, ..outgoing("Logga in") }).unwrap();
        assert!(!names(&raw).iter().any(|name| name.starts_with("List-")));
    }

    #[test]
    fn no_line_is_longer_than_78_characters_and_all_is_ascii() {
        for subject in ["3 nya förfrågningar", &"å".repeat(500), &"abc ".repeat(100), &"x".repeat(1000)] {
            let raw = compose(&outgoing(subject)).unwrap();
            assert!(raw.is_ascii());
            for line in raw.split("\r\n") {
                // An address cannot be folded; it stands alone on its line.
                let is_address = line.trim_start_matches("List-Unsubscribe:").starts_with(" <")
                    && line.trim_end_matches(',').ends_with('>');
                assert!(line.len() <= if is_address { 998 } else { 78 }, "{line:?}");
                assert!(!line.contains(['\r', '\n']), "{line:?}");
            }
        }
    }

    #[test]
    fn the_same_mail_twice_is_the_same_bytes() {
        assert_eq!(compose(&outgoing("a")).unwrap(), compose(&outgoing("a")).unwrap());
    }

    #[test]
    fn a_subject_cannot_add_a_header() {
        let plain = names(&compose(&outgoing("a")).unwrap());
        for subject in [
            "a\r\nBcc: x@y.z",
            "a\nBcc: x@y.z\n\n<script>",
            "a\rBcc: x@y.z",
            "a\0b\u{1b}[2J",
            "\u{202e}txt.exe\u{2066}",
            "a\u{2028}Bcc: x@y.z",
            &format!("{}\r\nBcc: x@y.z", "å".repeat(1000)),
            "=?utf-8?q?=0D=0ABcc:_x@y.z?=",
        ] {
            let raw = compose(&outgoing(subject)).unwrap();
            assert_eq!(names(&raw), plain, "{subject:?}");
            assert!(!raw.contains('\0') && !raw.contains('\u{1b}'));
        }
    }
}
