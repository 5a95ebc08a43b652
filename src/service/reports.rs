//! The report of the targets as of an instant: the same rows for page, CSV, JSON and spreadsheet.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;
use serde::Serialize;

use super::{Result, tables::harmless, targets};
use crate::{
    domain::{
        asf::{Asf, AsfId},
        evidence::EvidenceLevel,
        language::Language,
        ledger::{Entry, EntryId, Fact},
        target::{Beside, Item, Progress, Standing, TargetId, settings::Period},
    },
    store::asf,
    words::{Words, fluent::FluentArg},
};

/// Everything a report says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What was known then.
    pub as_of: DateTime<Utc>,
    /// First day of the period.
    pub period_start: NaiveDate,
    /// Last day of the period.
    pub period_end: NaiveDate,
    /// One a target.
    pub targets: Vec<TargetReport>,
}

/// One target with its items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetReport {
    /// Which.
    pub id: TargetId,
    /// How many are to be reached.
    pub goal: u32,
    /// How many count.
    pub counted: u32,
    /// Of those, with a document.
    pub evidenced: u32,
    /// Of those, confirmed.
    pub confirmed: u32,
    /// Without evidence.
    pub claimed: u32,
    /// On their way.
    pub pending: u32,
    /// For a person to look at.
    pub review: u32,
    /// Told beside.
    pub beside: Vec<Beside>,
    /// What was looked at.
    pub items: Vec<Row>,
}

/// One item in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Identity among the items of its target.
    pub key: String,
    /// ASF, by name.
    pub asf: String,
    /// The other side, or the support actor and matter.
    pub other: String,
    /// The deciding day.
    pub day: NaiveDate,
    /// `counted`, `pending`, `review`, `claimed` or `no`.
    pub standing: &'static str,
    /// The clause that is not met, for example `T1c`.
    pub clause: Option<&'static str>,
    /// Claimed, evidenced or confirmed.
    pub level: EvidenceLevel,
    /// References of the evidence, parted by `; `.
    pub evidence: String,
    /// Net SEK of the entries it rests on, when they have amounts.
    pub amount_sek: Option<i64>,
    /// The entries.
    pub entries: Vec<i64>,
}

/// Makes the report.
///
/// # Errors
/// When the database does not answer.
pub async fn report(database: &DatabaseConnection, as_of: DateTime<Utc>) -> Result<Report> {
    let known = targets::known(database, as_of).await?;
    let ids: Vec<AsfId> =
        known.progress.iter().flat_map(|target| &target.items).flat_map(|item| item.asf.clone()).collect();
    let asfs = asf::list_by_ids(database, &ids).await?;
    Ok(of(&known.progress, &known.entries, &asfs, (as_of, &known.settings.period)))
}

/// Puts progress in words.
pub fn of(progress: &[Progress], entries: &[Entry], asfs: &[Asf], (as_of, period): (DateTime<Utc>, &Period)) -> Report {
    let ground = Ground { entries, asfs };
    Report {
        as_of,
        period_start: period.start,
        period_end: period.end,
        targets: progress.iter().map(|target| ground.target(target)).collect(),
    }
}

/// The names and entries behind the items. Entries are in the order of their ids.
struct Ground<'a> {
    entries: &'a [Entry],
    asfs: &'a [Asf],
}

impl Ground<'_> {
    fn target(&self, progress: &Progress) -> TargetReport {
        TargetReport {
            id: progress.id,
            goal: progress.goal,
            counted: progress.counted,
            evidenced: progress.evidenced,
            confirmed: progress.confirmed,
            claimed: progress.claimed,
            pending: progress.pending,
            review: progress.review,
            beside: progress.beside.clone(),
            items: progress.items.iter().map(|item| self.row(item)).collect(),
        }
    }

    fn row(&self, item: &Item) -> Row {
        let name = |id: &AsfId| self.asfs.iter().find(|asf| asf.id == *id).map(|asf| asf.name.clone());
        let asf = item.asf.iter().filter_map(name).collect::<Vec<_>>().join(", ");
        let counterpart = item.counterpart.as_ref().and_then(|other| other.name.clone());
        let told: Vec<&Entry> = item.entries.iter().filter_map(|id| self.entry(*id)).collect();
        let mut references: Vec<&str> = told.iter().map(|entry| entry.told.evidence.reference.as_str()).collect();
        references.retain(|reference| !reference.is_empty());
        references.dedup();
        let net = told.iter().filter_map(|entry| net_ore(&entry.told.fact));
        let net = net.fold(None, |sum: Option<i64>, ore| Some(sum.unwrap_or_default().saturating_add(ore)));
        Row {
            key: item.key.clone(),
            asf,
            other: counterpart.or_else(|| item.subject.clone()).unwrap_or_default(),
            day: item.day,
            standing: standing(item),
            clause: item.failed().map(|clause| clause.code()),
            level: item.level,
            evidence: references.join("; "),
            amount_sek: net.map(|ore| ore / 100),
            entries: item.entries.iter().map(|id| id.0).collect(),
        }
    }

    fn entry(&self, id: EntryId) -> Option<&Entry> {
        let place = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.entries.get(place)
    }
}

/// Only pay for something sold is an amount of the targets (C4).
fn net_ore(fact: &Fact) -> Option<i64> {
    match fact {
        Fact::Income(income) if income.kind.is_sale() => Some(income.amount_ore),
        _ => None,
    }
}

/// Where an item stands, in one word.
pub fn standing(item: &Item) -> &'static str {
    match item.standing {
        Standing::Counted => "counted",
        Standing::Pending(_) => "pending",
        Standing::Review(_) => "review",
        Standing::Failed(clause) if clause.is_evidence() => "claimed",
        Standing::Failed(_) => "no",
    }
}

/// The columns of every table of items.
pub const COLUMNS: [&str; 10] =
    ["target", "key", "asf", "other", "day", "standing", "clause", "level", "evidence", "amount_sek"];

impl Row {
    /// The row as text, in the order of [`COLUMNS`].
    pub fn cells(&self, target: TargetId) -> [String; 10] {
        let level = match self.level {
            EvidenceLevel::Claimed => "claimed",
            EvidenceLevel::Evidenced => "evidenced",
            EvidenceLevel::Confirmed => "confirmed",
        };
        [
            target.as_str().to_owned(),
            self.key.clone(),
            self.asf.clone(),
            self.other.clone(),
            self.day.to_string(),
            self.standing.to_owned(),
            self.clause.unwrap_or_default().to_owned(),
            level.to_owned(),
            self.evidence.clone(),
            self.amount_sek.map(|sek| sek.to_string()).unwrap_or_default(),
        ]
    }
}

/// All items as CSV, one row each. A cell that a spreadsheet would take for a formula begins with `'`.
///
/// # Errors
/// When a row cannot be written, which does not happen in memory.
pub fn csv(report: &Report) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for target in &report.targets {
        for row in &target.items {
            writer.write_record(row.cells(target.id).map(|cell| harmless(&cell)))?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The report as an XLSX file: the totals, then a sheet a target.
///
/// # Errors
/// When the file cannot be made.
pub fn xlsx(report: &Report, words: &Words, language: Language) -> anyhow::Result<Vec<u8>> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let bold = rust_xlsxwriter::Format::new().set_bold();
    let text = |id: &str| words.text(language, id, &[]);
    let totals = workbook.add_worksheet().set_name(text("targets-title"))?;
    let heading =
        words.text(language, "report-as-of", &[("at", FluentArg::Text(words.datetime(language, report.as_of)))]);
    totals.write_string_with_format(0, 0, heading, &bold)?;
    let figures = ["goal", "counted", "evidenced", "confirmed", "pending", "review", "claimed"];
    for (column, figure) in (1..).zip(figures) {
        totals.write_string_with_format(2, column, text(&format!("targets-{figure}")), &bold)?;
    }
    for (line, target) in (3..).zip(&report.targets) {
        let TargetReport { goal, counted, evidenced, confirmed, pending, review, claimed, .. } = target;
        totals.write_string(line, 0, target.id.as_str())?;
        for (column, figure) in (1..).zip([goal, counted, evidenced, confirmed, pending, review, claimed]) {
            totals.write_number(line, column, f64::from(*figure))?;
        }
    }
    for target in &report.targets {
        let sheet = workbook.add_worksheet().set_name(target.id.as_str())?;
        for (column, name) in (0..).zip(COLUMNS) {
            sheet.write_string_with_format(
                0,
                column,
                text(&format!("report-column-{}", name.replace('_', "-"))),
                &bold,
            )?;
        }
        sheet.write_string_with_format(0, 10, text("report-column-why"), &bold)?;
        for (line, row) in (1..).zip(&target.items) {
            for (column, cell) in (0..).zip(row.cells(target.id)) {
                sheet.write_string(line, column, cell)?;
            }
            if let Some(sek) = row.amount_sek {
                sheet.write_number(line, 9, sek as f64)?;
            }
            if let Some(clause) = row.clause {
                sheet.write_string(line, 10, text(&format!("clause-{}", clause.to_lowercase())))?;
            }
        }
        sheet.autofit();
    }
    Ok(workbook.save_to_buffer()?)
}
