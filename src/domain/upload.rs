//! A file that staff uploads: checked, shown for what it would do, and only then taken in.

use serde::{Deserialize, Serialize};

use super::{
    asf::{Asf, NewAsf, NewCapability},
    place::Place,
    quarantine::Difference,
    rejection::Rejection,
};

/// Largest file, in bytes (10 MiB).
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// Most records of one file; a larger one is for the command line, which shows how far it is.
pub const MAX_RECORDS: usize = 5_000;

/// Longest name that is kept, in characters.
const NAME_CHARS: usize = 120;

/// Beginnings of files that people upload by mistake.
const OTHER_KINDS: [&[u8]; 4] = [b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0"];

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadKind {
    /// Work-integration social enterprises.
    Asf,
    /// What buyers need.
    Needs,
}

impl UploadKind {
    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asf => "asf",
            Self::Needs => "needs",
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `rejected-upload-kind` for any other word.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        [Self::Asf, Self::Needs]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Rejection::new("kind", "rejected-upload-kind", text))
    }
}

/// A file as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// What it is about.
    pub kind: UploadKind,
    /// Name that the uploader gave it, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl NewUpload {
    /// Checks a file as far as can be said without reading it.
    ///
    /// # Errors
    /// `rejected-upload-empty`, `-size` (above [`MAX_BYTES`]) or `-type`.
    pub fn parse(kind: UploadKind, name: &str, bytes: Vec<u8>) -> Result<Self, Rejection> {
        let rule = match &bytes {
            bytes if bytes.is_empty() => Some("rejected-upload-empty"),
            bytes if bytes.len() > MAX_BYTES => Some("rejected-upload-size"),
            bytes if OTHER_KINDS.iter().any(|start| bytes.starts_with(start)) => Some("rejected-upload-type"),
            _ => None,
        };
        let plain: String =
            name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
        match rule {
            Some(rule) => Err(Rejection::new("file", rule, &plain)),
            None => Ok(Self { kind, name: plain.chars().take(NAME_CHARS).collect(), bytes }),
        }
    }
}

/// A stored file.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// Identity in the database.
    pub id: i64,
    /// The file.
    pub told: NewUpload,
    /// What it would do.
    pub preview: Preview,
}

/// What taking a file in would do, as of the moment it was looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Headings of a table with the column that each is read as.
    pub headings: Vec<HeadingRead>,
    /// How many would be new.
    pub created: u64,
    /// Some of them by name.
    pub new: Vec<String>,
    /// How many would change.
    pub updated: u64,
    /// Some of them with what would change.
    pub changes: Vec<Change>,
    /// How many would stay as they are.
    pub unchanged: u64,
    /// How many are known from another source; they stay as they are and the difference is kept aside.
    pub twins: u64,
    /// How many cannot be read.
    pub rejected: u64,
    /// Some of them with the reason.
    pub refusals: Vec<Refused>,
    /// How many are not of a kind that is taken in.
    pub skipped: u64,
}

/// One heading of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingRead {
    /// As the file writes it, in lower case.
    pub written: String,
    /// Our column; empty when nothing is read from it.
    pub column: String,
}

/// One record that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// What would change.
    pub differences: Vec<Difference>,
}

/// One record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The member of an archive, or the file.
    pub source: String,
    /// Place in it: `row 7`.
    pub record: String,
    /// Message id of the reason.
    pub rule: String,
    /// Technical detail.
    pub detail: String,
}

/// What would change in an ASF.
pub fn asf_differences(stored: &Asf, incoming: &NewAsf) -> Vec<Difference> {
    let places = |list: &[Place]| list.iter().map(Place::name).collect::<Vec<_>>().join(", ");
    let email = |email: &Option<super::email::Email>| email.as_ref().map_or("", |email| email.as_str()).to_owned();
    let pairs = [
        ("name", stored.name.clone(), incoming.name.clone()),
        ("legal-form", stored.legal_form.clone(), incoming.legal_form.clone()),
        ("municipality", stored.municipality.name(), incoming.municipality.name()),
        ("website", stored.website.clone(), incoming.website.clone()),
        ("email", email(&stored.email), email(&incoming.email)),
        ("area", places(&stored.area), places(&incoming.area)),
        (
            "capabilities",
            abilities(stored.capabilities.iter().map(|capability| &capability.work)),
            abilities(incoming.capabilities.iter()),
        ),
    ];
    pairs.into_iter().filter_map(|(field, stored, incoming)| Difference::of(field, &stored, &incoming)).collect()
}

fn abilities<'a>(all: impl Iterator<Item = &'a NewCapability>) -> String {
    all.map(capability).collect::<Vec<_>>().join("\n")
}

/// A capability in one line: what, how much, from when.
fn capability(work: &NewCapability) -> String {
    let number = |number: Option<i64>| number.map(|number| number.to_string());
    let codes = work.cpv.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let parts = [
        Some(work.title.clone()),
        Some(work.text.clone()),
        Some(codes),
        number(work.people.map(i64::from)),
        number(work.hours_per_week.map(i64::from)),
        number(work.max_value_sek),
        work.earliest_start.map(|day| day.to_string()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_checked_before_it_is_read() {
        let check = |name: &str, bytes: &[u8], expected: Result<&str, &str>| {
            let parsed = NewUpload::parse(UploadKind::Asf, name, bytes.to_vec());
            let told = parsed.as_ref().map(|new| new.name.as_str()).map_err(|rejection| rejection.rule);
            assert_eq!(told, expected);
        };
        check("asf.csv", b"org_no,name", Ok("asf.csv"));
        check("C:\\hemligt\\..\\asf\n.csv", b"x", Ok("asf.csv"));
        check("asf.csv", b"", Err("rejected-upload-empty"));
        check("asf.csv", &vec![b'x'; MAX_BYTES + 1], Err("rejected-upload-size"));
        check("asf.csv", b"%PDF-1.7", Err("rejected-upload-type"));
        check("asf.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", Err("rejected-upload-type"));
    }
}
