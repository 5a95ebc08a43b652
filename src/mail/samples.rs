//! Each kind of mail with sample data: what staff look at before anybody gets one. The names are fictional and
//! stand with the other words.

use chrono::{DateTime, Duration, Utc};

use super::{
    MailError, MessageKind, Rendered, Sender,
    answer_summary::{self, Named},
    confirm_entry, confirm_need, coordinator_week, follow_up, introduction_asf, introduction_buyer, invitation,
    profile_check, relay, reminder, review, sign_in, weekly_digest,
};
use crate::{
    domain::{
        digest::Mark,
        email::Email,
        follow_up::Side,
        language::Language,
        need::NeedKind,
        pairing::{DeclineReason, Strength},
        reason::Reason,
        review::Verdict,
        schedule::{IsoWeek, local_date},
    },
    words::Words,
};

/// Renders a kind of mail.
///
/// # Errors
/// When a template is missing or wrong.
pub fn render(
    words: &Words,
    language: Language,
    kind: MessageKind,
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<Rendered, MailError> {
    let sample = Sample { words, language, sender: sender.clone(), now };
    match kind {
        MessageKind::SignIn => sign_in::render(words, language, &sample.sign_in()),
        MessageKind::ConfirmNeed => confirm_need::render(words, language, &sample.confirm_need()),
        MessageKind::WeeklyDigest => weekly_digest::render(words, language, &sample.weekly_digest()),
        MessageKind::IntroductionAsf => introduction_asf::render(words, language, &sample.introduction_asf()?),
        MessageKind::IntroductionBuyer => introduction_buyer::render(words, language, &sample.introduction_buyer()?),
        MessageKind::AnswerSummary => answer_summary::render(words, language, &sample.answer_summary()),
        MessageKind::ConfirmEntry => confirm_entry::render(words, language, &sample.confirm_entry()),
        MessageKind::Invitation => invitation::render(words, language, &sample.invitation()),
        MessageKind::FollowUp => follow_up::render(words, language, &sample.follow_up()),
        MessageKind::ProfileCheck => profile_check::render(words, language, &sample.profile_check()?),
        MessageKind::CoordinatorWeek => coordinator_week::render(words, language, &sample.coordinator_week()),
        MessageKind::Review => review::render(words, language, &sample.review()),
        MessageKind::Relay => relay::render(words, language, &sample.relay()),
        MessageKind::Reminder => reminder::render(words, language, &sample.reminder()),
    }
}

struct Sample<'a> {
    words: &'a Words,
    language: Language,
    sender: Sender,
    now: DateTime<Utc>,
}

impl Sample<'_> {
    fn text(&self, id: &str) -> String {
        self.words.text(self.language, &format!("sample-{id}"), &[])
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sender.base_url)
    }

    fn email(&self) -> Result<Email, MailError> {
        let text = "info@exempel.example";
        Email::parse(text).map_err(|_| MailError::Header { name: "To", text: text.to_owned() })
    }

    fn named(&self, id: &str) -> Named {
        Named { name: self.text(id), url: self.url("/asf") }
    }

    fn reasons(&self) -> Vec<Reason> {
        vec![Reason::Word { mine: self.text("word"), theirs: self.text("word") }]
    }

    fn sign_in(&self) -> sign_in::SignIn {
        let code = "471 108".to_owned();
        sign_in::SignIn { url: self.url("/logga-in"), code, minutes: 10, sender: self.sender.clone() }
    }

    fn confirm_need(&self) -> confirm_need::ConfirmNeed {
        let url = self.url("/behov");
        confirm_need::ConfirmNeed { need_title: self.text("need"), url, sender: self.sender.clone() }
    }

    fn weekly_digest(&self) -> weekly_digest::WeeklyDigest {
        let item = |title: &str, mark, strength, days| weekly_digest::DigestItem {
            title: self.text(title),
            lot_title: None,
            buyer: self.text("buyer"),
            place: self.text("place"),
            deadline: Some(self.now + Duration::days(days)),
            mark,
            changes: Vec::new(),
            strength,
            reasons: self.reasons(),
            objections: Vec::new(),
            url_need: self.url("/behov"),
            url_answer: self.url("/behov"),
            value_sek: Some(90_000),
            reserved: false,
            planned: false,
            dis: false,
            framework: false,
        };
        weekly_digest::WeeklyDigest {
            asf_name: self.text("asf"),
            week: IsoWeek::at(self.now),
            items: vec![
                item("need", Mark::ClosingSoon, Strength::Strong, 4),
                item("other-need", Mark::New, Strength::Possible, 20),
            ],
            unsubscribe_url: self.url("/"),
            preferences_url: self.url("/"),
            sender: self.sender.clone(),
        }
    }

    fn introduction_asf(&self) -> Result<introduction_asf::IntroductionAsf, MailError> {
        Ok(introduction_asf::IntroductionAsf {
            asf_name: self.text("asf"),
            buyer_name: self.text("buyer"),
            buyer_email: Some(self.email()?),
            need_title: self.text("need"),
            lot_title: None,
            kind: NeedKind::Request,
            deadline: Some(self.now + Duration::days(4)),
            url_need: self.url("/behov"),
            url_notice: None,
            url_deal: self.url("/"),
            note: self.text("note"),
            sender: self.sender.clone(),
        })
    }

    fn introduction_buyer(&self) -> Result<introduction_buyer::IntroductionBuyer, MailError> {
        Ok(introduction_buyer::IntroductionBuyer {
            buyer_name: self.text("buyer"),
            asf_name: self.text("asf"),
            asf_email: self.email()?,
            url_asf: self.url("/asf"),
            need_title: self.text("need"),
            lot_title: None,
            kind: NeedKind::Request,
            url_need: self.url("/behov"),
            reasons: self.reasons(),
            note: self.text("note"),
            sender: self.sender.clone(),
        })
    }

    fn answer_summary(&self) -> answer_summary::AnswerSummary {
        answer_summary::AnswerSummary {
            buyer_name: self.text("buyer"),
            need_title: self.text("need"),
            url_need: self.url("/behov"),
            yes: vec![self.named("asf")],
            maybe: vec![self.named("other-asf")],
            declined: 3,
            reasons: vec![(DeclineReason::NoTime, 2), (DeclineReason::TooLarge, 1)],
            silent: 4,
            sender: self.sender.clone(),
        }
    }

    fn confirm_entry(&self) -> confirm_entry::ConfirmEntry {
        confirm_entry::ConfirmEntry {
            asf_name: self.text("asf"),
            other_name: self.text("buyer"),
            kind: "income",
            occurred_on: local_date(self.now),
            amount_sek: Some(12_000),
            url: self.url("/"),
            sender: self.sender.clone(),
        }
    }

    fn invitation(&self) -> invitation::Invitation {
        invitation::Invitation {
            invited_by: "anna@exempel.example".to_owned(),
            organisation: self.text("asf"),
            address: "bo@exempel.example".to_owned(),
            needs_app: false,
            url: self.url("/logga-in"),
            sender: self.sender.clone(),
        }
    }

    fn review(&self) -> review::ReviewMail {
        review::ReviewMail {
            name: self.text("need"),
            is_profile: false,
            verdict: Verdict::Change,
            words: self.text("note"),
            url: self.url("/behov"),
            sender: self.sender.clone(),
        }
    }

    fn relay(&self) -> relay::RelayMail {
        relay::RelayMail {
            side: Side::Asf,
            reply: None,
            reader_name: self.text("asf"),
            other_name: self.text("buyer"),
            need_title: self.text("need"),
            url_need: self.url("/behov"),
            text: self.text("question"),
            url: self.url("/"),
            url_stop: Some(self.url("/")),
            sender: self.sender.clone(),
        }
    }

    fn reminder(&self) -> reminder::Reminder {
        reminder::Reminder {
            asf_name: self.text("asf"),
            buyer_name: self.text("buyer"),
            need_title: self.text("need"),
            asked_at: self.now - Duration::days(4),
            deadline: Some(self.now + Duration::days(4)),
            reasons: self.reasons(),
            url_need: self.url("/behov"),
            url: self.url("/behov"),
            url_stop: self.url("/"),
            sender: self.sender.clone(),
        }
    }

    fn follow_up(&self) -> follow_up::FollowUp {
        follow_up::FollowUp {
            side: Side::Asf,
            is_again: false,
            reader_name: self.text("asf"),
            other_name: self.text("buyer"),
            need_title: self.text("need"),
            url_need: self.url("/behov"),
            url: self.url("/"),
            sender: self.sender.clone(),
        }
    }

    fn profile_check(&self) -> Result<profile_check::ProfileCheck, MailError> {
        Ok(profile_check::ProfileCheck {
            asf_name: self.text("asf"),
            email: self.email()?,
            municipality: self.text("place"),
            area: vec![self.text("place")],
            capabilities: vec![self.text("need"), self.text("other-need")],
            url: self.url("/"),
            sender: self.sender.clone(),
        })
    }

    fn coordinator_week(&self) -> coordinator_week::CoordinatorWeek {
        let matter = |kind| coordinator_week::Matter { kind, count: 1, url: self.url("/uppgifter"), some: Vec::new() };
        let mut matters = coordinator_week::KINDS.map(matter).to_vec();
        for (matter, name) in matters.iter_mut().zip(["need", "asf"]) {
            matter.some = vec![self.named(name)];
        }
        coordinator_week::CoordinatorWeek { week: IsoWeek::at(self.now), matters, sender: self.sender.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_can_be_looked_at_in_both_languages() {
        let words = Words::embedded().unwrap();
        let sender = crate::mail::tests::sender();
        for kind in MessageKind::ALL {
            for language in Language::ALL {
                let now = "2026-11-24T07:00:00Z".parse().unwrap();
                let mail = render(&words, language, kind, &sender, now).unwrap();
                assert!(!mail.text.contains("sample-") && mail.html.contains("</html>"), "{kind:?}\n{}", mail.text);
            }
        }
    }
}
