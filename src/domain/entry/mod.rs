//! Quick entry: what an ASF or the coordinator writes down in a form that asks only what the rule
//! needs. A form becomes a fact, or everything that is wrong with it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::{
    actor::{Consent, ConsentAnswer, Party, PublicActor, PublicActorKind},
    asf::{Asf, AsfId},
    bid::{Bid, BidRole, Procedure},
    deal::{self, DealFields, DealKind, NewDeal},
    evidence::{Evidence, EvidenceLevel},
    ledger::{Counterpart, CounterpartClass, Fact, NewEntry, Ownership, OwnershipChange, Parties, Successor},
    org_no::OrgNo,
    pairing::PairingId,
    procurement::{Cancellation, Part, Procurement, Stage, Stated},
    rejection::Rejection,
    schedule,
    support::{AgreedBy, Case, ContactForm, Increase, SupportContact, SupportKind, SupportOutcome, Without},
    target::settings::Period,
};

/// The fields of every form, as written; each kind reads its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryFields<'a> {
    /// `YYYY-MM-DD`.
    pub occurred_on: &'a str,
    /// Name of the other side.
    pub name: &'a str,
    /// Organisation number of the other side.
    pub org_no: &'a str,
    /// A word of [`CounterpartClass`].
    pub class: &'a str,
    /// SEK excluding VAT.
    pub amount_sek: &'a str,
    /// What was sold.
    pub income_kind: &'a str,
    /// What the price hangs on.
    pub price: &'a str,
    /// Notice and lot, diary number, name of the agreement or matter.
    pub subject: &'a str,
    /// Role in a bid, part in a procurement.
    pub role: &'a str,
    /// How the buyer buys.
    pub procedure: &'a str,
    /// `HH:MM`, local.
    pub time: &'a str,
    /// Last day to bid.
    pub deadline_on: &'a str,
    /// Last time of that day.
    pub deadline_time: &'a str,
    /// What a procurement states.
    pub stated: &'a str,
    /// How far an actor has come.
    pub stage: &'a str,
    /// A support actor of the list.
    pub actor: &'a str,
    /// Individual or open.
    pub form: &'a str,
    /// Kind of support, kind of public actor.
    pub kind: &'a str,
    /// Key of the income or agreement that shows an increase.
    pub link: &'a str,
    /// What would have happened without the support.
    pub without: &'a str,
    /// What it rests on.
    pub reference: &'a str,
}

/// What can be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// "We got an order."
    Order,
    /// "We signed an agreement."
    Agreement,
    /// "We sent an invoice."
    Invoice,
    /// "We sent a bid."
    Bid,
    /// "We met a support actor about …"
    Contact,
    /// "It led to …"
    Outcome,
    /// A public actor applied social considerations.
    Procurement,
    /// A procurement was stopped.
    Cancellation,
    /// What a public actor is.
    Actor,
    /// A common owner.
    Ownership,
    /// One organisation goes on as another.
    Successor,
    /// A party may be named.
    Consent,
}

impl EntryKind {
    /// Every kind; an ASF may write the first six.
    pub const ALL: [Self; 12] = [
        Self::Order,
        Self::Invoice,
        Self::Agreement,
        Self::Bid,
        Self::Contact,
        Self::Outcome,
        Self::Procurement,
        Self::Cancellation,
        Self::Actor,
        Self::Ownership,
        Self::Successor,
        Self::Consent,
    ];

    /// Whether an ASF may write it of itself.
    pub fn is_for_asf(self) -> bool {
        matches!(
            self,
            Self::Order | Self::Invoice | Self::Agreement | Self::Bid | Self::Contact | Self::Outcome | Self::Consent
        )
    }

    /// Whether it is told of an ASF.
    pub fn has_asf(self) -> bool {
        !matches!(self, Self::Procurement | Self::Cancellation | Self::Actor | Self::Successor)
    }

    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Agreement => "agreement",
            Self::Invoice => "invoice",
            Self::Bid => "bid",
            Self::Contact => "contact",
            Self::Outcome => "outcome",
            Self::Procurement => "procurement",
            Self::Cancellation => "cancellation",
            Self::Actor => "actor",
            Self::Ownership => "ownership",
            Self::Successor => "successor",
            Self::Consent => "consent",
        }
    }

    /// Reads the written form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What a form is read against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The ASF it is about, for the kinds that have one.
    pub asf: Option<&'a Asf>,
    /// Local date.
    pub today: NaiveDate,
    /// Days outside look-back and follow-up are refused.
    pub period: &'a Period,
    /// The support actors of D14.
    pub actors: &'a [String],
    /// Set when staff writes: the other word that T5 d asks for.
    pub agreed_by: Option<AgreedBy>,
}

/// Reads a form. The key is made of what was written, so the same form twice is a conflict.
///
/// # Errors
/// All that is wrong, each with its field.
pub fn parse(kind: EntryKind, fields: &EntryFields, setting: &Setting) -> Result<NewEntry, Vec<Rejection>> {
    // An ASF speaks for itself only.
    let own = EntryFields { org_no: "", ..*fields };
    let is_own = kind == EntryKind::Consent && setting.agreed_by.is_none();
    let fields = if is_own { &own } else { fields };
    let mut read = Read { fields, setting, rejections: Vec::new() };
    let occurred_on = read.day();
    let evidence = read.keep(deal::parse_reference(fields.reference));
    let fact = read.fact(kind);
    match (occurred_on, evidence, fact) {
        (Some(occurred_on), Some(evidence), Some(fact)) if read.rejections.is_empty() => {
            let key = key(kind, fields, setting.asf.map(|asf| asf.id));
            Ok(NewEntry { key, occurred_on, pairing_id: None, evidence, fact })
        }
        _ => Err(read.rejections),
    }
}

fn key(kind: EntryKind, fields: &EntryFields, asf: Option<AsfId>) -> String {
    let EntryFields { occurred_on, org_no, amount_sek, subject, actor, link, reference, time, .. } = fields;
    let chosen = [fields.kind, fields.role, fields.stage, fields.stated, fields.procedure].join(",");
    let digits = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
    let asf = asf.map_or(0, |asf| asf.0);
    let words =
        [*occurred_on, time, subject, actor, link, reference, &chosen].map(|text| text.trim().to_lowercase()).join(":");
    format!("form:{}:{asf}:{}:{}:{words}", kind.as_str(), digits(org_no), digits(amount_sek))
}

struct Read<'a> {
    fields: &'a EntryFields<'a>,
    setting: &'a Setting<'a>,
    rejections: Vec<Rejection>,
}

impl Read<'_> {
    fn keep<T>(&mut self, parsed: Result<T, Rejection>) -> Option<T> {
        parsed.map_err(|rejection| self.rejections.push(rejection)).ok()
    }

    fn refuse<T>(&mut self, field: &'static str, rule: &'static str, value: &str) -> Option<T> {
        self.rejections.push(Rejection::new(field, rule, value));
        None
    }

    fn day(&mut self) -> Option<NaiveDate> {
        let text = self.fields.occurred_on;
        let day = self.keep(deal::parse_day(text, self.setting.today))?;
        let period = self.setting.period;
        // Ownership, groups and mergers may be old; a deal outside these days can never count.
        let is_known = (period.look_back_start()..=period.followup_end).contains(&day);
        if is_known { Some(day) } else { self.refuse("occurred_on", "rejected-date-period", text) }
    }

    fn fact(&mut self, kind: EntryKind) -> Option<Fact> {
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

    /// As a pairing's deal: what the ledger keeps follows from what the other side is.
    fn deal(&mut self, kind: EntryKind) -> Option<Fact> {
        let parties = self.parties(None);
        let fields = DealFields {
            kind: kind.as_str(),
            occurred_on: self.fields.occurred_on,
            amount_sek: self.fields.amount_sek,
            income_kind: self.fields.income_kind,
            price: self.fields.price,
            reference: "",
        };
        let deal = match NewDeal::parse(PairingId(0), &fields, self.setting.today) {
            Ok(deal) => deal,
            Err(rejections) => {
                self.rejections.extend(rejections);
                return None;
            }
        };
        let parties = parties?;
        let is_public = parties.counterpart.class == CounterpartClass::Public;
        let named = self.fields.subject.trim();
        let agreement = match (is_public, named.is_empty()) {
            (true, true) if deal.kind != DealKind::Invoice => {
                return self.refuse("subject", "rejected-agreement-name", named);
            }
            _ => agreement_key(&parties, named),
        };
        Some(deal.into_fact(parties, agreement))
    }

    fn asf(&mut self) -> Option<AsfId> {
        match self.setting.asf {
            Some(asf) => Some(asf.id),
            None => self.refuse("asf", "rejected-asf-missing", ""),
        }
    }

    fn parties(&mut self, class: Option<CounterpartClass>) -> Option<Parties> {
        let asf = self.asf();
        let counterpart = self.counterpart(class);
        let asf_places = self.setting.asf.map(|asf| vec![asf.municipality.clone()])?;
        Some(Parties { asf: asf?, asf_places, counterpart: counterpart? })
    }

    fn counterpart(&mut self, class: Option<CounterpartClass>) -> Option<Counterpart> {
        let class = match class {
            Some(class) => Some(class),
            None => self.keep(CounterpartClass::parse(self.fields.class)),
        }?;
        if class == CounterpartClass::Person {
            return Some(Counterpart::person());
        }
        let org_no = self.org_no();
        let name = self.fields.name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(char::is_control) {
            return self.refuse("name", "rejected-name", name);
        }
        Some(Counterpart { class, org_no: Some(org_no?), name: Some(name.to_owned()), group: None })
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
        let link = self.fields.link.trim();
        if link.is_empty() || link.chars().count() > 500 {
            return self.refuse("link", "rejected-link", link);
        }
        let increase = Increase::NewStream(vec![link.to_owned()]);
        Some(SupportOutcome { case: case?, increase, without: without?, agreed_by: self.setting.agreed_by })
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
const NAME_CHARS: usize = 200;

/// Agreements of a form are known by the other side and the name that both use.
fn agreement_key(parties: &Parties, named: &str) -> Option<String> {
    let org_no = parties.counterpart.org_no.as_ref()?;
    let is_public = parties.counterpart.class == CounterpartClass::Public;
    (is_public && !named.is_empty()).then(|| format!("agreement:{}:{}", org_no.as_str(), named.to_lowercase()))
}

/// The other side's word for an entry.
pub fn confirmation(entry: &NewEntry) -> Evidence {
    Evidence { level: EvidenceLevel::Confirmed, reference: entry.evidence.reference.clone() }
}
