//! Work-integration social enterprises and what they can do.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{cpv::Cpv, email::Email, lesson::Lesson, org_no::OrgNo, place::Place, review::Approval};

/// An ASF as read from a file or a form, with all its capabilities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewAsf {
    /// Organisation number; with `unit` the identity.
    pub org_no: OrgNo,
    /// Unit within the organisation, empty when there is only one.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Legal form in the words of the source.
    pub legal_form: String,
    /// Seat.
    pub municipality: Place,
    /// Five digits, or empty.
    pub postal_code: String,
    /// Address of the home page, or empty.
    pub website: String,
    /// Where the weekly mail goes; none means no mail.
    pub email: Option<Email>,
    /// Where the ASF works.
    pub area: Vec<Place>,
    /// What it can do, in the order of the source.
    pub capabilities: Vec<NewCapability>,
}

/// One thing an ASF can do for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewCapability {
    /// Short name of the work.
    pub title: String,
    /// In the ASF's own words.
    pub text: String,
    /// CPV codes, often none.
    pub cpv: Vec<Cpv>,
    /// People who can work at the same time.
    pub people: Option<i32>,
    /// Hours a week in all.
    pub hours_per_week: Option<i32>,
    /// Largest single job, SEK excluding VAT.
    pub max_value_sek: Option<i64>,
    /// First day the work can begin.
    pub earliest_start: Option<NaiveDate>,
}

/// A stored ASF.
#[derive(Debug, Clone, PartialEq)]
pub struct Asf {
    /// Identity in the database.
    pub id: AsfId,
    /// Organisation number.
    pub org_no: OrgNo,
    /// Unit within the organisation, or empty.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Legal form.
    pub legal_form: String,
    /// Seat.
    pub municipality: Place,
    /// Home page, or empty.
    pub website: String,
    /// Where the weekly mail goes.
    pub email: Option<Email>,
    /// Where the ASF works.
    pub area: Vec<Place>,
    /// The language of its mails.
    pub language: super::language::Language,
    /// No suggestions and no mail before this day.
    pub paused_until: Option<NaiveDate>,
    /// When the weekly mail was unsubscribed or the address stopped working.
    pub unsubscribed_at: Option<DateTime<Utc>>,
    /// Whether it is shown, matched and mailed.
    pub approval: Approval,
    /// What it can do.
    pub capabilities: Vec<Capability>,
    /// What its answers have taught.
    pub lessons: Vec<Lesson>,
}

impl Asf {
    /// Whether everybody may see it, and suggestions and mail may go to it.
    pub fn is_shown(&self) -> bool {
        self.approval == Approval::Approved
    }

    /// Whether suggestions and mail are on hold on this day.
    pub fn is_paused(&self, today: NaiveDate) -> bool {
        self.paused_until.is_some_and(|until| today < until)
    }

    /// The number, where it may be shown: a sole trader's is a personal number.
    pub fn public_org_no(&self) -> Option<&OrgNo> {
        Some(&self.org_no).filter(|_| !self.legal_form.to_lowercase().contains("enskild"))
    }
}

/// A stored capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// Identity in the database.
    pub id: CapabilityId,
    /// What can be done, and how much of it.
    pub work: NewCapability,
}

/// Identity of an ASF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AsfId(pub i64);

/// Identity of a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CapabilityId(pub i64);
