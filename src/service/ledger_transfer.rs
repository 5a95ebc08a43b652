//! The ledger as JSON lines, one entry a line, and back. Other identities than ours are written: an
//! ASF by its number and unit, an earlier entry by its key.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::Result;
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        ledger::{Entry, EntryId, NewEntry},
        rejection::Rejection,
    },
    store::{Tx, asf, audit, connection, ledger},
};

/// Lines stored in one transaction.
pub const BATCH: usize = 500;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It was not known.
    Created,
    /// The ledger says this already.
    Unchanged,
    /// It cannot be told.
    Rejected(Rejection),
}

/// Every entry, oldest first, each as one line.
///
/// # Errors
/// When the database does not answer.
pub async fn export(app: &App) -> Result<Vec<String>> {
    let asfs = names(app).await?;
    let entries = ledger::list_after(&app.db, 0).await?;
    let keys: HashMap<i64, &str> = entries.iter().map(|entry| (entry.id.0, entry.told.key.as_str())).collect();
    entries.iter().map(|entry| line(entry, &asfs, &keys)).collect()
}

async fn names(app: &App) -> Result<HashMap<i64, Value>> {
    let all = asf::list_identities(&app.db).await?;
    Ok(all.into_iter().map(|(id, org_no, unit)| (id.0, json!({ "org_no": org_no, "unit": unit }))).collect())
}

fn line(entry: &Entry, asfs: &HashMap<i64, Value>, keys: &HashMap<i64, &str>) -> Result<String> {
    let mut value = serde_json::to_value(&entry.told).map_err(anyhow::Error::new)?;
    name_asf(&mut value, asfs);
    for kind in ["evidence", "reversal"] {
        let of = value.pointer_mut(&format!("/fact/{kind}/of"));
        if let Some(of) = of {
            *of = of.as_i64().and_then(|id| keys.get(&id)).map_or(Value::Null, |key| json!(key));
        }
    }
    if let Some(fields) = value.as_object_mut() {
        // Pairings are numbered anew in every database.
        fields.remove("pairing_id");
        fields.insert("recorded_at".to_owned(), json!(entry.recorded_at));
        fields.insert("recorded_by".to_owned(), json!(entry.recorded_by));
    }
    Ok(value.to_string())
}

/// Our number of an ASF becomes its organisation number and unit.
fn name_asf(value: &mut Value, asfs: &HashMap<i64, Value>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let known = field.as_i64().filter(|_| ["asf", "from", "to"].contains(&name.as_str()));
                match known.and_then(|id| asfs.get(&id)) {
                    Some(asf) => *field = asf.clone(),
                    None => name_asf(field, asfs),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| name_asf(item, asfs)),
        _ => {}
    }
}

/// Tells the ledger a batch of lines, in one transaction; answers one outcome for each, in order.
/// When they are recorded is now, whatever the lines say.
///
/// # Errors
/// When the database does not answer; then none of them is stored.
pub async fn import(app: &App, actor: &str, lines: &[String]) -> Result<Vec<Taken>> {
    let now = app.clock.now();
    let asfs: HashMap<(String, String), AsfId> =
        asf::list_identities(&app.db).await?.into_iter().map(|(id, org_no, unit)| ((org_no, unit), id)).collect();
    let tx = connection::begin(&app.db).await?;
    let mut known = known_keys(&tx, lines).await?;
    let mut outcomes = Vec::with_capacity(lines.len());
    for line in lines {
        let outcome = match read(line, &asfs, &known) {
            Err(rejection) => Taken::Rejected(rejection),
            Ok(new) => match known.get(&new.key) {
                Some((_, Some(told))) if is_same(told, &new) => Taken::Unchanged,
                Some(_) => Taken::Rejected(Rejection::new("key", "rejected-ledger-conflict", &new.key)),
                None => {
                    let id = ledger::insert(&tx, &new, actor, now).await?;
                    audit::insert(&tx, now, actor, "import", "ledger_entry", id.0, &new.key).await?;
                    known.insert(new.key.clone(), (id, Some(new)));
                    Taken::Created
                }
            },
        };
        outcomes.push(outcome);
    }
    tx.commit().await?;
    Ok(outcomes)
}

fn is_same(told: &NewEntry, new: &NewEntry) -> bool {
    NewEntry { pairing_id: None, ..told.clone() } == *new
}

type KnownKeys = HashMap<String, (EntryId, Option<NewEntry>)>;

/// The entries that the lines are, or point to.
async fn known_keys(tx: &Tx, lines: &[String]) -> Result<KnownKeys> {
    let mut keys = Vec::new();
    for value in lines.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        for pointer in ["/key", "/fact/evidence/of", "/fact/reversal/of"] {
            keys.extend(value.pointer(pointer).and_then(Value::as_str).map(str::to_owned));
        }
    }
    let entries = ledger::list_by_keys(tx, &keys).await?;
    Ok(entries.into_iter().map(|entry| (entry.told.key.clone(), (entry.id, Some(entry.told)))).collect())
}

fn read(
    line: &str,
    asfs: &HashMap<(String, String), AsfId>,
    known: &KnownKeys,
) -> std::result::Result<NewEntry, Rejection> {
    let unreadable = || Rejection::new("line", "rejected-ledger-line", line);
    let mut value: Value = serde_json::from_str(line).map_err(|_| unreadable())?;
    let fields = value.as_object_mut().ok_or_else(unreadable)?;
    fields.insert("pairing_id".to_owned(), Value::Null);
    number_asf(&mut value, asfs)?;
    for kind in ["evidence", "reversal"] {
        if let Some(of) = value.pointer_mut(&format!("/fact/{kind}/of")) {
            let key = of.as_str().unwrap_or_default().to_owned();
            let missing = || Rejection::new("of", "rejected-ledger-reference", &key);
            *of = json!(known.get(&key).ok_or_else(missing)?.0.0);
        }
    }
    let new: NewEntry = serde_json::from_value(value).map_err(|_| unreadable())?;
    checked(new)
}

/// What the database would refuse is refused here, with its reason.
fn checked(new: NewEntry) -> std::result::Result<NewEntry, Rejection> {
    use crate::domain::ledger::Fact;
    let has_zero = matches!(&new.fact, Fact::Income(income) if income.amount_ore == 0);
    if has_zero {
        return Err(Rejection::new("amount_ore", "rejected-amount", "0"));
    }
    if new.key.trim().is_empty() {
        return Err(Rejection::new("key", "rejected-ledger-line", &new.key));
    }
    Ok(new)
}

fn number_asf(value: &mut Value, asfs: &HashMap<(String, String), AsfId>) -> std::result::Result<(), Rejection> {
    match value {
        Value::Object(fields) => {
            if let Some((org_no, unit)) = identity(fields) {
                let unknown = Rejection::new("org_no", "rejected-asf-unknown", &org_no);
                *value = json!(asfs.get(&(org_no, unit)).ok_or(unknown)?.0);
                return Ok(());
            }
            fields.iter_mut().try_for_each(|(_, field)| number_asf(field, asfs))
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| number_asf(item, asfs)),
        _ => Ok(()),
    }
}

fn identity(fields: &Map<String, Value>) -> Option<(String, String)> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    if fields.len() == 2 { text("org_no").zip(text("unit")) } else { None }
}
