//! The dry run of the next weekly mail: what each ASF would get if nothing happened until then, and how that
//! differs from what it got the last time. Writes nothing.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use super::{Result, candidates::Candidates, digests::allowed, mail_policy::Gate};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        digest::{self, Mark},
        mail_preference::MailPreference,
        need::{LotId, Need, NeedId},
        pairing::{Pairing, PairingId, PairingState, Strength},
        schedule::IsoWeek,
    },
    store::{asf, digests, mail_preferences, needs, pairings},
};

/// What one ASF would get.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// Who.
    pub asf: AsfId,
    /// Its name.
    pub name: String,
    /// When the mail is due; `None` when none is for a long time.
    pub due_at: Option<DateTime<Utc>>,
    /// Why no mail comes.
    pub skipped: Option<&'static str>,
    /// What it would say, in order.
    pub items: Vec<ForecastItem>,
    /// What the last mail said and this one does not.
    pub gone: Vec<GoneItem>,
}

/// One item of the next mail.
#[derive(Debug, Clone)]
pub struct ForecastItem {
    /// Its need.
    pub need: NeedId,
    /// Title of the need.
    pub title: String,
    /// Why it is in the mail.
    pub mark: Mark,
    /// How sure the suggestion is.
    pub strength: Strength,
}

/// One item of the last mail that is not in the next.
#[derive(Debug, Clone)]
pub struct GoneItem {
    /// Its need.
    pub need: NeedId,
    /// Title of the need.
    pub title: String,
    /// Why it is gone.
    pub why: Gone,
}

/// Why an item is not mailed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// The ASF has answered.
    Answered,
    /// It can be answered no more, or fits no more.
    Closed,
    /// It waits for an answer; nothing is said twice without need.
    Said,
}

impl Gone {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Said => "said",
        }
    }
}

/// What some ASF would get, by key; the next after `after`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, after: AsfId, limit: u64) -> Result<Vec<Forecast>> {
    let (db, now) = (&app.db, app.clock.now());
    let asfs = asf::list_after(db, after, limit).await?;
    let ids: Vec<AsfId> = asfs.iter().map(|asf| asf.id).collect();
    let chosen = mail_preferences::map(db, &ids).await?;
    let next = |asf: &Asf| {
        let choice = chosen.get(&asf.id).copied().unwrap_or_default();
        (choice, choice.next_due(now))
    };
    let weeks: Vec<IsoWeek> = asfs.iter().filter_map(|asf| next(asf).1).map(IsoWeek::at).collect();
    let known = Candidates::read(db, &asfs.iter().collect::<Vec<_>>(), &weeks, now).await?;
    let gate = Gate::load(db).await?;
    let last = Last::read(app, &ids).await?;
    Ok(asfs.iter().map(|asf| forecast(asf, next(asf), &known, &gate, &last)).collect())
}

fn forecast(
    asf: &Asf,
    (choice, due_at): (MailPreference, Option<DateTime<Utc>>),
    known: &Candidates,
    gate: &Gate,
    last: &Last,
) -> Forecast {
    let mut forecast =
        Forecast { asf: asf.id, name: asf.name.clone(), due_at, skipped: None, items: Vec::new(), gone: Vec::new() };
    let Some(due_at) = due_at else { return forecast };
    forecast.skipped = known.skipped(asf, IsoWeek::at(due_at), due_at);
    let mut next: Vec<PairingId> = Vec::new();
    if forecast.skipped.is_none() {
        let choices = allowed(known.choices(asf.id, due_at), choice.breadth, gate, due_at, &mut BTreeMap::new());
        let candidates: Vec<_> = choices.iter().map(|choice| choice.candidate.clone()).collect();
        for item in digest::compose(&candidates, due_at) {
            let Some(choice) = choices.iter().find(|choice| choice.pairing.id == item.pairing_id) else { continue };
            next.push(item.pairing_id);
            forecast.items.push(ForecastItem {
                need: choice.need.id,
                title: choice.need.title.clone(),
                mark: item.mark,
                strength: choice.pairing.strength,
            });
        }
        forecast.skipped = forecast.items.is_empty().then_some("nothing");
    }
    forecast.gone = last.gone(asf.id, &next, due_at);
    forecast
}

/// What stood in the last mail of each ASF.
struct Last {
    items: HashMap<AsfId, Vec<Pairing>>,
    needs: Vec<Need>,
}

impl Last {
    async fn read(app: &App, asfs: &[AsfId]) -> Result<Self> {
        let said = digests::list_last_items(&app.db, asfs).await?;
        let rows = pairings::list_by_ids(&app.db, &said).await?;
        let lots: Vec<LotId> = rows.iter().map(|pairing| pairing.lot_id).collect();
        let needs = needs::list_by_lots(&app.db, &lots).await?;
        let mut items: HashMap<AsfId, Vec<Pairing>> = HashMap::new();
        for pairing in rows {
            items.entry(pairing.asf_id).or_default().push(pairing);
        }
        Ok(Self { items, needs })
    }

    fn gone(&self, asf: AsfId, next: &[PairingId], at: DateTime<Utc>) -> Vec<GoneItem> {
        let said = self.items.get(&asf).map(Vec::as_slice).unwrap_or_default();
        let gone = said.iter().filter(|pairing| !next.contains(&pairing.id)).filter_map(|pairing| {
            let need = self.needs.iter().find(|need| need.lots.iter().any(|lot| lot.id == pairing.lot_id))?;
            let is_open = need.lots.iter().any(|lot| lot.id == pairing.lot_id && lot.is_open(at));
            let why = match pairing.state {
                PairingState::Suggested if is_open && need.status.is_matched() => Gone::Said,
                PairingState::Suggested | PairingState::Withdrawn => Gone::Closed,
                _ => Gone::Answered,
            };
            Some(GoneItem { need: need.id, title: need.title.clone(), why })
        });
        gone.collect()
    }
}
