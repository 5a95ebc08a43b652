//! The weekly digest: the needs that fit one ASF, each with the reasons and a way to answer.
//! Which needs and in which order is decided in `domain/digest.rs`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{MailError, MessageKind, Rendered, Sender};
use crate::{
    domain::{
        amendment::AmendedPart,
        digest::Mark,
        language::Language,
        pairing::Strength,
        reason::{Objection, Reason},
        schedule::{IsoWeek, local_date},
    },
    words::Words,
};

/// Most words and codes shown for an item, the strongest; the page of the need has them all.
const MAX_EVIDENCE: usize = 2;

/// What the digest says.
#[derive(Debug, Clone, Serialize)]
pub struct WeeklyDigest {
    /// The reader.
    pub asf_name: String,
    /// The week it is of.
    pub week: IsoWeek,
    /// In the order they are shown; at least one.
    pub items: Vec<DigestItem>,
    /// Stops the digest after a button; the same address takes the one-click POST.
    pub unsubscribe_url: String,
    /// Page where the reader chooses when and how much.
    pub preferences_url: String,
    /// Who sends.
    pub sender: Sender,
}

/// One lot of a need.
#[derive(Debug, Clone, Serialize)]
pub struct DigestItem {
    /// Title of the need.
    pub title: String,
    /// Title of the lot, where the need has more than one.
    pub lot_title: Option<String>,
    /// Who buys.
    pub buyer: String,
    /// Where the work is done; empty when not said.
    pub place: String,
    /// Last instant to answer.
    pub deadline: Option<DateTime<Utc>>,
    /// Why it is in this week's mail.
    pub mark: Mark,
    /// What changed since it was mailed last, for the mark that says so.
    pub changes: Vec<AmendedPart>,
    /// How sure the suggestion is.
    pub strength: Strength,
    /// Why it fits, strongest first.
    pub reasons: Vec<Reason>,
    /// What speaks against, weightiest first.
    pub objections: Vec<Objection>,
    /// Page of the need.
    pub url_need: String,
    /// Page with the buttons yes, maybe and no, without a query: the mail adds `?svar=ja|kanske|nej`, which
    /// only preselects.
    pub url_answer: String,
    /// Estimated value, SEK excluding VAT.
    pub value_sek: Option<i64>,
    /// Whether the lot is reserved.
    pub reserved: bool,
    /// An early signal: the buyer plans, and nobody can bid yet.
    pub planned: bool,
    /// A dynamic purchasing system: one applies for it, and bids later.
    pub dis: bool,
    /// A framework: what is bought is ordered later.
    pub framework: bool,
}

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    digest: &'a WeeklyDigest,
    count: usize,
    /// How many are new.
    new: usize,
    /// The first day on which one closes.
    nearest: Option<NaiveDate>,
    /// How many close on that day.
    closing: usize,
}

/// Renders the mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(words: &Words, language: Language, digest: &WeeklyDigest) -> Result<Rendered, MailError> {
    let mut digest = digest.clone();
    digest.items.iter_mut().for_each(|item| shorten(&mut item.reasons));
    let days: Vec<NaiveDate> = digest.items.iter().filter_map(|item| item.deadline).map(local_date).collect();
    let nearest = days.iter().min().copied();
    let view = View {
        count: digest.items.len(),
        new: digest.items.iter().filter(|item| item.mark == Mark::New).count(),
        nearest,
        closing: days.iter().filter(|day| Some(**day) == nearest).count(),
        digest: &digest,
    };
    super::render(words, language, MessageKind::WeeklyDigest, &view)
}

fn shorten(reasons: &mut Vec<Reason>) {
    let mut evidence = 0;
    reasons.retain(|reason| {
        evidence += usize::from(reason.is_evidence());
        !reason.is_evidence() || evidence <= MAX_EVIDENCE
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{email::Email, place::PlaceFit, reservation::Reservation},
        mail::{self, ListHeaders, Outgoing, tests::sender},
    };

    fn item(title: &str, mark: Mark, deadline: Option<&str>) -> DigestItem {
        let word = |mine: &str, theirs: &str| Reason::Word { mine: mine.to_owned(), theirs: theirs.to_owned() };
        let concept = |mine: &str, theirs: &str| Reason::Concept {
            concept: "cleaning".to_owned(),
            mine: mine.to_owned(),
            theirs: theirs.to_owned(),
        };
        DigestItem {
            title: title.to_owned(),
            lot_title: None,
            buyer: "Nässjö kommun".to_owned(),
            place: "Nässjö".to_owned(),
            deadline: deadline.map(|at| at.parse().unwrap()),
            mark,
            changes: Vec::new(),
            strength: Strength::Strong,
            reasons: vec![
                concept("lokalvård", "städning"),
                word("fönsterputsning", "fönsterputsning"),
                word("golvvård", "golv"),
                Reason::Place { fit: PlaceFit::Inside, place: "Nässjö".to_owned() },
                Reason::Reserved { reservation: Reservation::ShelteredOrIntegration },
            ],
            objections: Vec::new(),
            url_need: "https://samhandla.example/behov/17?del=2&sida=1".to_owned(),
            url_answer: format!("https://samhandla.example/svar/{}", "a".repeat(43)),
            value_sek: Some(400_000),
            reserved: true,
            planned: false,
            dis: false,
            framework: false,
        }
    }

    fn digest(items: Vec<DigestItem>) -> WeeklyDigest {
        WeeklyDigest {
            asf_name: "Verkstan i Nässjö".to_owned(),
            week: IsoWeek::parse("2026-W48").unwrap(),
            items,
            unsubscribe_url: format!("https://samhandla.example/avsluta/{}", "b".repeat(43)),
            preferences_url: "https://samhandla.example/veckobrev/b".to_owned(),
            sender: sender(),
        }
    }

    fn three() -> WeeklyDigest {
        let mut items = vec![
            item("Städning av förskolor", Mark::New, Some("2026-11-27T22:59:00Z")),
            item("Snickeri & små <reparationer>", Mark::New, Some("2026-12-10T12:00:00Z")),
            item("Trädgårdsskötsel", Mark::New, None),
        ];
        items[1].strength = Strength::Possible;
        items[1].lot_title = Some("Delområde 2, södra länet".to_owned());
        items[1].objections =
            vec![Objection::PartOnly, Objection::TooLarge { value_sek: 900_000, largest_sek: 400_000 }];
        items[1].reserved = false;
        items[1].reasons.truncate(1);
        items[2].value_sek = None;
        items[2].place = String::new();
        digest(items)
    }

    fn rendered(language: Language, digest: &WeeklyDigest) -> Rendered {
        render(&Words::embedded().unwrap(), language, digest).unwrap()
    }

    #[test]
    fn the_subject_says_how_many_and_when_the_first_closes() {
        let check = |marks: &[(Mark, Option<&str>)], swedish: &str, english: &str| {
            let items = marks.iter().map(|(mark, deadline)| item("x", *mark, *deadline)).collect();
            let digest = digest(items);
            assert_eq!(rendered(Language::Sv, &digest).subject, swedish);
            assert_eq!(rendered(Language::En, &digest).subject, english);
        };
        let (new, closing) = (Mark::New, Mark::ClosingSoon);
        let (friday, later) = (Some("2026-11-27T22:59:00Z"), Some("2026-12-10T12:00:00Z"));
        check(
            &[(new, friday), (new, later), (new, None)],
            "3 nya förfrågningar – en stänger fredag 27 november",
            "3 new requests – one closes Friday 27 November",
        );
        check(
            &[(new, later)],
            "1 ny förfrågan – stänger torsdag 10 december",
            "1 new request – closes Thursday 10 December",
        );
        check(&[(new, None)], "1 ny förfrågan", "1 new request");
        check(
            &[(closing, friday), (closing, friday)],
            "2 förfrågningar väntar på svar – 2 stänger fredag 27 november",
            "2 requests wait for an answer – 2 close Friday 27 November",
        );
        check(
            &[(closing, friday), (new, later)],
            "2 förfrågningar, 1 ny – en stänger fredag 27 november",
            "2 requests, 1 new – one closes Friday 27 November",
        );
    }

    #[test]
    fn every_item_has_its_reasons_and_links_in_both_parts() {
        let mail = rendered(Language::Sv, &three());
        let reason = "Ni skriver ”lokalvård” och de söker ”städning”";
        for part in [&mail.text, &mail.html] {
            assert_eq!(part.matches(reason).count(), 3, "{part}");
            assert_eq!(part.matches("Jobbet är i Nässjö, där ni arbetar.").count(), 2);
            assert_eq!(part.matches("Köparen avgör om ni räknas dit.").count(), 2);
            assert!(part.contains("Delområde 2, södra länet"));
            assert!(part.contains("fredag 27 november 2026 kl. 23.59"));
            assert!(part.contains("Det största ni brukar ta är 400\u{a0}000\u{a0}kr."));
            assert!(part.contains(&format!("https://samhandla.example/avsluta/{}", "b".repeat(43))));
            for answer in ["ja", "kanske", "nej"] {
                assert_eq!(part.matches(&format!("{}?svar={answer}", "a".repeat(43))).count(), 3);
            }
            assert!(!part.contains("golv"), "only the strongest words are shown");
        }
        assert!(mail.text.contains("/behov/17?del=2&sida=1\n"));
        assert!(mail.html.contains("/behov/17?del=2&amp;sida=1\""));
    }

    #[test]
    fn words_of_others_are_text_and_never_markup() {
        let html = rendered(Language::Sv, &three()).html;
        assert!(html.contains("Snickeri &amp; små &lt;reparationer&gt;"), "{html}");
        assert!(!html.contains("<reparationer>") && !html.contains("&amp;amp;"));
        let hostile = "</mj-text><script>x</script>\" onclick=\"x {{ t('x') }} <!-- ";
        let html = rendered(Language::Sv, &digest(vec![item(hostile, Mark::New, None)])).html;
        assert!(!html.contains("<script") && !html.contains("\" onclick=\""), "{html}");
    }

    #[test]
    fn hostile_titles_neither_break_the_message_nor_add_to_its_head() {
        let long = "x".repeat(1000);
        for title in ["a\r\nBcc: x@y.z", "a\0b\u{1b}[2J", "\u{202e}moc.live", &long, "a\n\n.\n\nMAIL FROM:<x>"] {
            let mail = rendered(Language::Sv, &digest(vec![item(title, Mark::New, None)]));
            assert!(!mail.text.contains(['\r', '\0', '\u{1b}', '\u{202e}']), "{title:?}");
            assert!(!mail.text.lines().any(|line| line.starts_with("Bcc") || line == "." || line.starts_with("MAIL")));
            let raw = mail::compose(&outgoing(mail)).unwrap();
            let (head, _) = raw.split_once("\r\n\r\n").unwrap();
            assert!(!head.to_lowercase().contains("\nbcc"), "{head}");
        }
    }

    #[test]
    fn the_html_loads_nothing_and_says_its_language() {
        for language in Language::ALL {
            let html = rendered(language, &three()).html;
            assert!(html.contains(&format!("<html lang=\"{}\"", language.code())));
            assert!(html.contains("content=\"light dark\"") && html.contains("prefers-color-scheme: dark"));
            for loaded in ["<img", "<link", "@import", "fonts.googleapis", "url("] {
                assert!(!html.contains(loaded), "{loaded}");
            }
        }
    }

    fn outgoing(rendered: Rendered) -> Outgoing {
        Outgoing {
            kind: MessageKind::WeeklyDigest,
            to: Email::parse("info@verkstan.example").unwrap(),
            language: Language::Sv,
            rendered,
            message_id: "<1.1@samhandla.example>".to_owned(),
            date: "2026-11-24T07:00:00Z".parse().unwrap(),
            from: "Samhandla <brev@samhandla.example>".to_owned(),
            reply_to: None,
            list: Some(ListHeaders {
                list_id: "veckobrev.samhandla.example".to_owned(),
                unsubscribe_url: "https://samhandla.example/avsluta/b".to_owned(),
                unsubscribe_mailto: "mailto:avsluta+b@samhandla.example".to_owned(),
            }),
        }
    }
}
