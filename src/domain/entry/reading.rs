//! A form read field by field: each kind of fact asks for its own, and every field that is wrong is told.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::{EntryFields, EntryKind, Setting};
use crate::domain::{
    actor::{Consent, ConsentAnswer, Party, PublicActor, PublicActorKind},
    asf::AsfId,
    bid::{Bid, BidRole, Procedure},
    deal,
    ledger::{Counterpart, CounterpartClass, Fact, Ownership, OwnershipChange, Parties, Successor},
    org_no::OrgNo,
    procurement::{Cancellation, Part, Procurement, Stage, Stated},
    rejection::Rejection,
    schedule,
    support::{Case, ContactForm, Increase, Periods, SupportContact, SupportKind, SupportOutcome, Without},
};

pub(super) struct Read<'a> {
    pub(super) fields: &'a EntryFields<'a>,
    pub(super) setting: &'a Setting<'a>,
    pub(super) rejections: Vec<Rejection>,
}

impl Read<'_> {
    pub(super) fn keep<T>(&mut self, parsed: Result<T, Rejection>) -> Option<T> {
        parsed.map_err(|rejection| self.rejections.push(rejection)).ok()
    }

    pub(super) fn refuse<T>(&mut self, field: &'static str, rule: &'static str, value: &str) -> Option<T> {
        self.rejections.push(Rejection::new(field, rule, value));
        None
    }

    pub(super) fn day(&mut self) -> Option<NaiveDate> {
        let text = self.fields.occurred_on;
        let day = self.keep(deal::parse_day(text, self.setting.today))?;
        let period = self.setting.period;
        // Ownership, groups and mergers may be old; a deal outside these days can never count.
        let is_known = (period.look_back_start()..=period.followup_end).contains(&day);
        if is_known { Some(day) } else { self.refuse("occurred_on", "rejected-date-period", text) }
    }

    pub(super) fn fact(&mut self, kind: EntryKind) -> Option<Fact> {
        match kind {
            EntryKind::Order | EntryKind::Agreement | EntryKind::Invoice => self.deal(kind),
            EntryKind::Bid => self.bid().map(Fact::Bid),
            EntryKind::Contact => self.contact().map(Fact::SupportContact),
            EntryKind::Outcome => self.outcome().map(Fact::SupportOutcome),
            EntryKind::Procurement => self.procurement().map(Fact::Procurement),
            EntryKind::Cancellation => {
                self.subject().map(|procurement| Fact::Cancellation(Cancellation { procurement }))
            }
            EntryKind::Actor => self.public_actor().map(Fact::Actor),
            EntryKind::Ownership => self.ownership().map(Fact::Ownership),
            EntryKind::Successor => self.successor().map(Fact::Successor),
            EntryKind::Consent => self.consent().map(Fact::Consent),
        }
    }

    pub(super) fn asf(&mut self) -> Option<AsfId> {
        match self.setting.asf {
            Some(asf) => Some(asf.id),
            None => self.refuse("asf", "rejected-asf-missing", ""),
        }
    }

    pub(super) fn parties(&mut self, class: Option<CounterpartClass>) -> Option<Parties> {
        let asf = self.asf();
        let counterpart = self.counterpart(class);
        let asf_places = self.setting.asf.map(|asf| vec![asf.municipality.clone()])?;
        Some(Parties { asf: asf?, asf_places, counterpart: counterpart? })
    }

    fn counterpart(&mut self, class: Option<CounterpartClass>) -> Option<Counterpart> {
        let class = match (class, CounterpartClass::parse(self.fields.class)) {
            (Some(class), _) | (None, Ok(class)) => Some(class),
            (None, Err(_)) => self.refuse("class", "rejected-class", self.fields.class),
        };
        if class == Some(CounterpartClass::Person) {
            return Some(Counterpart::person());
        }
        let org_no = self.org_no();
        let name = self.fields.name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(char::is_control) {
            return self.refuse("name", "rejected-name", name);
        }
        Some(Counterpart { class: class?, org_no: Some(org_no?), name: Some(name.to_owned()), group: None })
    }

    fn org_no(&mut self) -> Option<OrgNo> {
        self.keep(OrgNo::parse(self.fields.org_no))
    }

    fn subject(&mut self) -> Option<String> {
        let text = self.fields.subject.trim();
        let is_good = !text.is_empty() && text.chars().count() <= NAME_CHARS && !text.chars().any(char::is_control);
        if is_good { Some(text.to_owned()) } else { self.refuse("subject", "rejected-subject", text) }
    }

    fn instant(&mut self, day: &str, time: &str, field: &'static str) -> Option<DateTime<Utc>> {
        let parsed = NaiveDateTime::parse_from_str(&format!("{} {}", day.trim(), time.trim()), "%Y-%m-%d %H:%M").ok();
        let at = parsed.and_then(|local| local.and_local_timezone(schedule::ZONE).earliest());
        match at {
            Some(at) => Some(at.with_timezone(&Utc)),
            None => self.refuse(field, "rejected-time", time),
        }
    }

    fn bid(&mut self) -> Option<Bid> {
        let fields = self.fields;
        let parties = self.parties(Some(CounterpartClass::Public));
        let procurement = self.subject();
        let role = self.keep(BidRole::parse(fields.role));
        let procedure = self.keep(Procedure::parse(fields.procedure));
        let received_at = self.instant(fields.occurred_on, fields.time, "time");
        let deadline_at = if fields.deadline_on.trim().is_empty() {
            Some(None)
        } else {
            self.instant(fields.deadline_on, fields.deadline_time, "deadline_on").map(Some)
        };
        Some(Bid {
            parties: parties?,
            procurement: procurement?,
            role: role?,
            procedure: procedure?,
            received_at: received_at?,
            deadline_at: deadline_at?,
        })
    }

    fn case(&mut self) -> Option<Case> {
        let asf = self.asf();
        let matter = self.subject();
        let actor = self.fields.actor.trim();
        if !self.setting.actors.iter().any(|known| known == actor) {
            return self.refuse("actor", "rejected-support-actor", actor);
        }
        Some(Case { asf: asf?, actor: actor.to_owned(), matter: matter? })
    }

    fn contact(&mut self) -> Option<SupportContact> {
        let case = self.case();
        let form = self.keep(ContactForm::parse(self.fields.form));
        let kind = self.keep(SupportKind::parse(self.fields.kind));
        let asf_places = self.setting.asf.map(|asf| vec![asf.municipality.clone()])?;
        Some(SupportContact { case: case?, asf_places, form: form?, kind: kind? })
    }

    fn outcome(&mut self) -> Option<SupportOutcome> {
        let case = self.case();
        let without = self.keep(Without::parse(self.fields.without));
        let increase = match self.fields.shown.trim() {
            "" | "stream" => self.stream(),
            "periods" => self.periods(),
            other => self.refuse("shown", "rejected-shown", other),
        };
        Some(SupportOutcome { case: case?, increase: increase?, without: without?, agreed_by: self.setting.agreed_by })
    }

    fn stream(&mut self) -> Option<Increase> {
        let link = self.fields.link.trim();
        if link.is_empty() || link.chars().count() > LINK_CHARS {
            return self.refuse("link", "rejected-link", link);
        }
        Some(Increase::NewStream(vec![link.to_owned()]))
    }

    /// Two periods that are over and can be compared.
    fn periods(&mut self) -> Option<Increase> {
        let fields = self.fields;
        let mut day = |text: &str, field| match text.trim().parse::<NaiveDate>() {
            Ok(day) => Some(day),
            Err(_) => self.refuse(field, "rejected-date", text),
        };
        let (before, after) = (day(fields.before_on, "before_on"), day(fields.after_on, "after_on"));
        let months = match fields.months.trim().parse::<u32>() {
            Ok(months) if (Periods::MONTHS_MIN..=Periods::MONTHS_MAX).contains(&months) => Some(months),
            _ => self.refuse("months", "rejected-months", fields.months),
        };
        let periods = Periods { before: before?, after: after?, months: months? };
        if !periods.are_comparable() {
            return self.refuse("after_on", "rejected-periods", fields.after_on);
        }
        if periods.end(periods.after) > self.setting.today {
            return self.refuse("after_on", "rejected-periods-future", fields.after_on);
        }
        Some(Increase::Periods(periods))
    }

    fn procurement(&mut self) -> Option<Procurement> {
        let actor = self.counterpart(Some(CounterpartClass::Public));
        let key = self.subject();
        let stated = self.keep(Stated::parse(self.fields.stated));
        let stage = self.keep(Stage::parse(self.fields.stage));
        let part = match self.fields.role.trim() {
            "buyer" => Some(Part::Buyer),
            "call_off" => Some(Part::CallOff),
            "listed" => Some(Part::Listed),
            other => self.refuse("role", "rejected-part", other),
        };
        let deadline = self.fields.deadline_on.trim();
        let deadline_on = match deadline.parse() {
            Ok(day) => Some(Some(day)),
            Err(_) if deadline.is_empty() => Some(None),
            Err(_) => self.refuse("deadline_on", "rejected-date", deadline),
        };
        Some(Procurement {
            actor: actor?,
            key: key?,
            part: part?,
            stated: vec![stated?],
            deadline_on: deadline_on?,
            stage: stage?,
        })
    }

    fn public_actor(&mut self) -> Option<PublicActor> {
        let org_no = self.org_no();
        let kind = self.keep(PublicActorKind::parse(self.fields.kind));
        let head = self.fields.link.trim();
        let group = if head.is_empty() { Some(None) } else { self.other_number("link").map(Some) };
        Some(PublicActor { org_no: org_no?, kind: kind?, group: group? })
    }

    fn other_number(&mut self, field: &'static str) -> Option<OrgNo> {
        let text = self.fields.link;
        self.keep(OrgNo::parse(text).map_err(|_| Rejection::new(field, "rejected-org-no", text)))
    }

    fn ownership(&mut self) -> Option<Ownership> {
        let (asf, company) = (self.asf(), self.org_no());
        let change = match self.fields.kind.trim() {
            "begins" => Some(OwnershipChange::Begins),
            "ends" => Some(OwnershipChange::Ends),
            other => self.refuse("kind", "rejected-ownership", other),
        };
        Some(Ownership { asf: asf?, company: company?, change: change? })
    }

    fn successor(&mut self) -> Option<Successor> {
        let (from, to) = (self.org_no(), self.other_number("link"));
        Some(Successor::Organisation { from: from?, to: to? })
    }

    /// Of the ASF itself; staff may write that of another organisation, by its number.
    fn consent(&mut self) -> Option<Consent> {
        let party = if self.fields.org_no.trim().is_empty() {
            self.asf().map(Party::Asf)
        } else {
            self.org_no().map(Party::Organisation)
        };
        let answer = match self.fields.kind.trim() {
            "given" => Some(ConsentAnswer::Given),
            "withdrawn" => Some(ConsentAnswer::Withdrawn),
            other => self.refuse("kind", "rejected-consent", other),
        };
        Some(Consent { party: party?, answer: answer? })
    }
}

/// Longest name or subject, in characters.
pub(super) const NAME_CHARS: usize = 200;

/// Longest key of an income, in characters.
const LINK_CHARS: usize = 500;
