//! Values to messages, and the mailer that delivers them. Knows no database, no HTTP and no clock:
//! what is said, to whom and when arrives as values.

pub mod answer_summary;
pub mod bounce;
pub mod confirm_entry;
pub mod confirm_need;
pub mod coordinator_week;
pub mod dkim;
pub mod dns;
pub mod follow_up;
mod header;
pub mod introduction_asf;
pub mod introduction_buyer;
pub mod invitation;
pub mod mailer;
mod message;
pub mod profile_check;
pub mod relay;
pub mod reminder;
pub mod review;
pub mod samples;
pub mod sign_in;
pub mod smtp;
mod smtp_url;
pub mod weekly_digest;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{email::Email, language::Language, rejection::Rejection},
    words::{Words, WordsError, format},
};

/// Why a message could not be written, or a mailer not be set up.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// A template or a message is missing or wrong.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// A value cannot stand in a header: an address, a message id or a link.
    #[error("header {name}: {text}")]
    Header {
        /// Which header.
        name: &'static str,
        /// What is wrong.
        text: String,
    },
    /// A key that signs mails cannot be read.
    #[error("signing key: {0}")]
    SigningKey(String),
    /// The address of the mail server is wrong.
    #[error("address of the mail server: {0}")]
    ServerAddress(String),
}

/// A mail in one language, before it has a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The complete mail as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Who sends: named at the foot of every mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// The service's name.
    pub service: String,
    /// Where the service is found, `https://…` without a slash at the end.
    pub base_url: String,
    /// Who answers for it and how they are reached: name, postal address, e-mail, telephone, on one line.
    pub contact: String,
}

/// Everything that a message is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Which mail it is.
    pub kind: MessageKind,
    /// The one recipient.
    pub to: Email,
    /// Language of the text.
    pub language: Language,
    /// The text.
    pub rendered: Rendered,
    /// `<id@domain>`, the same at every attempt.
    pub message_id: String,
    /// When the message was queued, the same at every attempt.
    pub date: DateTime<Utc>,
    /// The service's mailbox, for example `Samhandla <brev@samhandla.example>`.
    pub from: String,
    /// Where answers go; a box that somebody reads.
    pub reply_to: Option<Email>,
    /// For mails that come again and again; left out of a sign-in mail whatever is given.
    pub list: Option<ListHeaders>,
}

/// What mail programs need to sort and to stop a mail that comes again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListHeaders {
    /// Name of the list as a domain name, for example `veckobrev.samhandla.example` (RFC 2919).
    pub list_id: String,
    /// Stops the mails by POST (RFC 8058); `https://…`.
    pub unsubscribe_url: String,
    /// Stops the mails by a message to this address (RFC 2369).
    pub unsubscribe_mailto: String,
}

/// The mails that the service sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A link and a code to sign in with.
    SignIn,
    /// Asks the buyer to confirm a need posted without an account.
    ConfirmNeed,
    /// The week's needs to an ASF.
    WeeklyDigest,
    /// Tells the ASF whom it has said yes to.
    IntroductionAsf,
    /// Tells the buyer who has said yes.
    IntroductionBuyer,
    /// Tells the buyer how the ASF have answered.
    AnswerSummary,
    /// Asks the other party whether an entry is right.
    ConfirmEntry,
    /// Asks a side what an introduction led to.
    FollowUp,
    /// Asks an ASF once a year whether its profile is right.
    ProfileCheck,
    /// Tells coordinators what needs a human.
    CoordinatorWeek,
    /// Invites somebody to sign in.
    Invitation,
    /// Tells what a coordinator said of a need or a profile.
    Review,
    /// Carries what a buyer and an ASF write to each other.
    Relay,
    /// Reminds an ASF of a need that it has not answered.
    Reminder,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::SignIn,
        Self::ConfirmNeed,
        Self::WeeklyDigest,
        Self::IntroductionAsf,
        Self::IntroductionBuyer,
        Self::AnswerSummary,
        Self::ConfirmEntry,
        Self::FollowUp,
        Self::ProfileCheck,
        Self::CoordinatorWeek,
        Self::Invitation,
        Self::Review,
        Self::Relay,
        Self::Reminder,
    ];

    /// The stored form; also the folder of its templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::ConfirmNeed => "confirm_need",
            Self::WeeklyDigest => "weekly_digest",
            Self::IntroductionAsf => "introduction_asf",
            Self::IntroductionBuyer => "introduction_buyer",
            Self::AnswerSummary => "answer_summary",
            Self::ConfirmEntry => "confirm_entry",
            Self::FollowUp => "follow_up",
            Self::ProfileCheck => "profile_check",
            Self::CoordinatorWeek => "coordinator_week",
            Self::Invitation => "invitation",
            Self::Review => "review",
            Self::Relay => "relay",
            Self::Reminder => "reminder",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-message-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Rejection::new("kind", "rejected-message-kind", text))
    }
}

/// The complete message as it goes over the wire (RFC 5322): the same input gives the same bytes.
///
/// # Errors
/// [`MailError::Header`] when an address, the message id or a list header is not what a header may hold.
pub fn compose(outgoing: &Outgoing) -> Result<String, MailError> {
    message::compose(outgoing, &dkim::Signer::default())
}

/// The same, signed with every key of the signer.
///
/// # Errors
/// As [`compose`].
pub fn compose_signed(outgoing: &Outgoing, signer: &dkim::Signer) -> Result<String, MailError> {
    message::compose(outgoing, signer)
}

/// Renders subject, text and HTML of one kind of mail.
fn render(
    words: &Words,
    language: Language,
    kind: MessageKind,
    context: &impl Serialize,
) -> Result<Rendered, MailError> {
    let mail = kind.as_str();
    let part = |part: &str| words.render(&format!("mail/{mail}/{part}"), language, context);
    let subject = format::line(&part("subject.txt")?, header::SUBJECT_CHARS);
    let text = tidied(&part("body.txt")?);
    let html = part("body.mjml")?;
    Ok(Rendered { subject, text, html })
}

/// Text without spaces at line ends and with one empty line at most between paragraphs.
fn tidied(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{
        answer_summary::Named, confirm_need::ConfirmNeed, introduction_asf::IntroductionAsf,
        introduction_buyer::IntroductionBuyer, sign_in::SignIn, *,
    };
    use crate::domain::{
        follow_up::Side, need::NeedKind, pairing::DeclineReason, reason::Reason, review::Verdict, schedule::IsoWeek,
    };

    pub(crate) fn sender() -> Sender {
        Sender {
            service: "Samhandla".to_owned(),
            base_url: "https://samhandla.example".to_owned(),
            contact: "Sociala företag i länet, Storgatan 1, 553 00 Jönköping, svar@samhandla.example".to_owned(),
        }
    }

    fn email(text: &str) -> Email {
        Email::parse(text).unwrap()
    }

    /// Every mail but the digest, in every shape that its templates tell apart.
    fn every_mail(words: &Words, language: Language) -> Vec<(MessageKind, Rendered)> {
        let mut mails = Vec::new();
        let sign_in = SignIn {
            url: "https://samhandla.example/logga-in/abc".to_owned(),
            code: "4711 0815".to_owned(),
            minutes: 10,
            sender: sender(),
        };
        mails.push((MessageKind::SignIn, sign_in::render(words, language, &sign_in).unwrap()));
        let confirm = ConfirmNeed {
            need_title: "Flytt av\r\nkontor".to_owned(),
            url: "https://samhandla.example/bekrafta/abc".to_owned(),
            sender: sender(),
        };
        mails.push((MessageKind::ConfirmNeed, confirm_need::render(words, language, &confirm).unwrap()));
        for kind in NeedKind::ALL {
            for full in [false, true] {
                let asf = introduction_asf(kind, full);
                mails.push((MessageKind::IntroductionAsf, introduction_asf::render(words, language, &asf).unwrap()));
                let buyer = introduction_buyer(kind, full);
                let rendered = introduction_buyer::render(words, language, &buyer).unwrap();
                mails.push((MessageKind::IntroductionBuyer, rendered));
            }
        }
        for (kind, amount_sek) in [("order", None), ("income", Some(12_000))] {
            let mail = confirm_entry::ConfirmEntry {
                asf_name: "Verkstan".to_owned(),
                other_name: "Kommunen".to_owned(),
                kind,
                occurred_on: "2026-11-20".parse().unwrap(),
                amount_sek,
                url: "https://samhandla.example/bekrafta-handelse/abc".to_owned(),
                sender: sender(),
            };
            mails.push((MessageKind::ConfirmEntry, confirm_entry::render(words, language, &mail).unwrap()));
        }
        for (organisation, needs_app) in [("Verkstan", false), ("", true)] {
            let mail = invitation::Invitation {
                invited_by: "anna@verkstan.example".to_owned(),
                organisation: organisation.to_owned(),
                address: "bo@verkstan.example".to_owned(),
                needs_app,
                url: "https://samhandla.example/logga-in".to_owned(),
                sender: sender(),
            };
            mails.push((MessageKind::Invitation, invitation::render(words, language, &mail).unwrap()));
        }
        for (verdict, is_profile) in Verdict::ALL.into_iter().flat_map(|verdict| [(verdict, true), (verdict, false)]) {
            let mail = review::ReviewMail {
                name: "Flytt".to_owned(),
                is_profile,
                verdict,
                words: "Skriv hur många rum.\nDå vet de.".to_owned(),
                url: "https://samhandla.example/behov/1".to_owned(),
                sender: sender(),
            };
            mails.push((MessageKind::Review, review::render(words, language, &mail).unwrap()));
        }
        mails.extend(later_mails(words, language));
        mails
    }

    /// What is sent after the introduction, and to staff.
    fn later_mails(words: &Words, language: Language) -> Vec<(MessageKind, Rendered)> {
        let url = |path: &str| format!("https://samhandla.example/{path}");
        let named = |name: &str| Named { name: name.to_owned(), url: url("asf/1") };
        let mut mails = Vec::new();
        for full in [false, true] {
            let some = |name| if full { vec![named(name)] } else { Vec::new() };
            let mail = answer_summary::AnswerSummary {
                buyer_name: "Kommunen".to_owned(),
                need_title: "Flytt".to_owned(),
                url_need: url("behov/1"),
                yes: some("Verkstan"),
                maybe: some("<b>snart"),
                declined: if full { 10 } else { 0 },
                reasons: DeclineReason::ALL.into_iter().zip([1, 2, 3, 1, 3]).filter(|_| full).collect(),
                silent: 2,
                sender: sender(),
            };
            mails.push((MessageKind::AnswerSummary, answer_summary::render(words, language, &mail).unwrap()));
            let mail = profile_check::ProfileCheck {
                asf_name: "Verkstan".to_owned(),
                email: email("info@verkstan.example"),
                municipality: "Tranås".to_owned(),
                area: if full { vec!["Tranås".to_owned(), "Aneby".to_owned()] } else { Vec::new() },
                capabilities: vec!["Snickeri".to_owned(), "<b>snart".to_owned()],
                url: url("profil/abc"),
                sender: sender(),
            };
            mails.push((MessageKind::ProfileCheck, profile_check::render(words, language, &mail).unwrap()));
            for side in Side::ALL {
                let mail = follow_up::FollowUp {
                    side,
                    is_again: full,
                    reader_name: "Verkstan".to_owned(),
                    other_name: "Kommunen".to_owned(),
                    need_title: "Flytt".to_owned(),
                    url_need: url("behov/1"),
                    url: url("uppfoljning/abc"),
                    sender: sender(),
                };
                mails.push((MessageKind::FollowUp, follow_up::render(words, language, &mail).unwrap()));
            }
            mails.extend(desk_mails(words, language, full));
            let matter = |kind| coordinator_week::Matter { kind, count: 6, url: url("regler"), some: some("<b>snart") };
            let mail = coordinator_week::CoordinatorWeek {
                week: IsoWeek::parse("2026-W48").unwrap(),
                matters: coordinator_week::KINDS.map(matter).to_vec(),
                sender: sender(),
            };
            mails.push((MessageKind::CoordinatorWeek, coordinator_week::render(words, language, &mail).unwrap()));
        }
        mails
    }

    /// What a buyer sends from the desk of a need, and what comes back.
    fn desk_mails(words: &Words, language: Language, full: bool) -> Vec<(MessageKind, Rendered)> {
        let url = |path: &str| format!("https://samhandla.example/{path}");
        let replies = [None, Some("agree"), Some("line"), Some("decline")].into_iter();
        let relay = replies.map(|reply| {
            let side = if reply.is_none() { Side::Asf } else { Side::Buyer };
            let mail = relay::RelayMail {
                side,
                reply,
                reader_name: "Verkstan".to_owned(),
                other_name: "Kommunen".to_owned(),
                need_title: "Flytt".to_owned(),
                url_need: url("behov/1"),
                text: if full { "Kan ni <b>snart</b>\n.\nHälsningar".to_owned() } else { String::new() },
                url: url("kontakt/abc"),
                url_stop: (side == Side::Asf).then(|| url("avanmalan/abc")),
                sender: sender(),
            };
            (MessageKind::Relay, relay::render(words, language, &mail).unwrap())
        });
        let reminder = reminder::Reminder {
            asf_name: "Verkstan".to_owned(),
            buyer_name: "Kommunen".to_owned(),
            need_title: "Flytt".to_owned(),
            asked_at: "2026-11-24T07:00:00Z".parse().unwrap(),
            deadline: full.then(|| "2026-12-27T22:59:00Z".parse().unwrap()),
            reasons: vec![Reason::Word { mine: "flytt".to_owned(), theirs: "flytt".to_owned() }],
            url_need: url("behov/1"),
            url: url("svar/abc"),
            url_stop: url("avanmalan/abc"),
            sender: sender(),
        };
        let reminder = (MessageKind::Reminder, reminder::render(words, language, &reminder).unwrap());
        relay.chain([reminder]).collect()
    }

    fn introduction_asf(kind: NeedKind, full: bool) -> IntroductionAsf {
        IntroductionAsf {
            asf_name: "Verkstan".to_owned(),
            buyer_name: "Kommunen".to_owned(),
            buyer_email: full.then(|| email("inkop@kommunen.example")),
            need_title: "Flytt".to_owned(),
            lot_title: full.then(|| "Del 1".to_owned()),
            kind,
            deadline: full.then(|| "2026-11-27T22:59:00Z".parse().unwrap()),
            url_need: "https://samhandla.example/behov/1".to_owned(),
            url_notice: full.then(|| "https://ted.example/1".to_owned()),
            url_deal: "https://samhandla.example/affar/1".to_owned(),
            note: if full { "Vi kan <b>snart</b>\n.\nHälsningar".to_owned() } else { String::new() },
            sender: sender(),
        }
    }

    fn introduction_buyer(kind: NeedKind, full: bool) -> IntroductionBuyer {
        IntroductionBuyer {
            buyer_name: "Kommunen".to_owned(),
            asf_name: "Verkstan".to_owned(),
            asf_email: email("info@verkstan.example"),
            url_asf: "https://samhandla.example/asf/1".to_owned(),
            need_title: "Flytt".to_owned(),
            lot_title: full.then(|| "Del 1".to_owned()),
            kind,
            url_need: "https://samhandla.example/behov/1".to_owned(),
            reasons: vec![Reason::Word { mine: "flytt".to_owned(), theirs: "flytt".to_owned() }],
            note: if full { "Vi kan <b>snart</b>\n.\nHälsningar".to_owned() } else { String::new() },
            sender: sender(),
        }
    }

    #[test]
    fn every_mail_is_whole_in_both_parts_and_languages() {
        let words = Words::embedded().unwrap();
        for (kind, mail) in Language::ALL.into_iter().flat_map(|language| every_mail(&words, language)) {
            assert!(!mail.subject.is_empty() && !mail.subject.contains(['\r', '\n']), "{kind:?} {:?}", mail.subject);
            assert!(mail.html.starts_with("<!doctype html>") && mail.html.contains("Storgatan 1"), "{kind:?}");
            assert!(mail.text.contains("Storgatan 1") && mail.text.ends_with("samhandla.example\n"), "{kind:?}");
            assert!(!mail.text.contains("\n\n\n") && !mail.text.contains('{'), "{kind:?}\n{}", mail.text);
            assert!(!mail.html.contains("<b>snart") && !mail.text.lines().any(|line| line == "."), "{kind:?}");
            let links = |part: &str| part.matches("https://samhandla.example/").count();
            assert!(links(&mail.text) > 0 && links(&mail.html) >= links(&mail.text), "{kind:?}");
        }
    }

    #[test]
    fn the_sign_in_code_is_in_the_mail_but_not_in_its_subject() {
        let words = Words::embedded().unwrap();
        let (_, mail) = every_mail(&words, Language::Sv).remove(0);
        assert!(mail.text.contains("4711 0815") && mail.html.contains("4711 0815"));
        assert!(!mail.subject.contains("4711"));
        assert!(mail.text.contains("10 minuter"));
    }

    #[test]
    fn a_yes_to_a_tender_is_said_to_be_no_bid() {
        let words = Words::embedded().unwrap();
        let mail = introduction_asf::render(&words, Language::Sv, &introduction_asf(NeedKind::Tender, true)).unwrap();
        assert!(mail.text.contains("Ditt ja är inget anbud.") && mail.text.contains("https://ted.example/1"));
        assert!(mail.html.contains("Ditt ja är inget anbud.") && mail.html.contains("https://ted.example/1"));
    }

    #[test]
    fn kinds_are_read_as_they_are_stored() {
        for kind in MessageKind::ALL {
            assert_eq!(MessageKind::parse(kind.as_str()).unwrap(), kind);
        }
        assert!(MessageKind::parse("spam").is_err());
    }
}
