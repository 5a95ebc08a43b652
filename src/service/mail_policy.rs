//! Which needs may be mailed: the coordinator's rules and decisions, applied to what could be mailed and
//! counted for the page that sets them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::{Error, Result};
use crate::{
    app::App,
    domain::{
        buyer::BuyerId,
        mail_policy::{Decision, Facts, Hold, MailPolicy},
        need::{Lot, Need, NeedId},
    },
    store::{Reader, audit, connection, mail_rules, mail_rules::Decided, needs, overview},
};

/// Lots read from the database at a time.
const BATCH: u64 = 5_000;

/// The rules with what they need to know, read once for a run.
pub struct Gate {
    policy: MailPolicy,
    decisions: HashMap<NeedId, Decision>,
    with_account: HashSet<BuyerId>,
}

impl Gate {
    /// The rules as they are now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(db: &impl Reader) -> Result<Self> {
        let policy = read(&mail_rules::map_latest(db).await?)?;
        let decisions = mail_rules::map_decisions(db).await?;
        let strangers_wait = policy.approves_strangers;
        let with_account =
            if strangers_wait { mail_rules::list_buyers_with_account(db).await? } else { HashSet::new() };
        Ok(Self { policy, decisions, with_account })
    }

    /// Why a lot may not be mailed now; `None` when it may.
    pub fn hold(&self, need: &Need, lot: &Lot, now: DateTime<Utc>) -> Option<Hold> {
        self.policy.hold(&self.facts(need, lot), now)
    }

    /// Whether a coordinator has said no, or must say yes first. The other rules choose what the weekly mail
    /// tells of; these hold back whatever anybody writes.
    pub fn lacks_a_yes(&self, need: &Need, lot: &Lot, now: DateTime<Utc>) -> bool {
        let facts = self.facts(need, lot);
        [Hold::Rejected, Hold::Approval].into_iter().any(|hold| self.policy.holds_by(hold, &facts, now))
    }

    fn facts(&self, need: &Need, lot: &Lot) -> Facts {
        let decision = self.decisions.get(&need.id).copied();
        Facts::new(need, lot, self.with_account.contains(&need.buyer.id), decision)
    }

    /// Sources of which something may wait for approval.
    fn waiting_sources(&self) -> Vec<String> {
        let posted = self.policy.approves_strangers.then(|| "form".to_owned());
        self.policy.approved_sources.iter().cloned().chain(posted).collect()
    }
}

/// Needs that nothing but a missing approval holds back, oldest first: looked for among at most `most` that
/// nobody has decided on.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(app: &App, most: u64) -> Result<Vec<Need>> {
    let (gate, now) = (Gate::load(&app.db).await?, app.clock.now());
    let sources = gate.waiting_sources();
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let ids = overview::list_undecided(&app.db, &sources, now, most).await?;
    let mut found = needs::list_by_ids(&app.db, &ids).await?;
    found.retain(|need| {
        let holds: Vec<_> =
            need.lots.iter().filter(|lot| lot.is_open(now)).map(|lot| gate.hold(need, lot, now)).collect();
        holds.contains(&Some(Hold::Approval)) && !holds.contains(&None)
    });
    Ok(found)
}

/// The rules as the page shows them.
pub struct Rules {
    /// What holds.
    pub policy: MailPolicy,
    /// Each rule that was decided, by name.
    pub decided: BTreeMap<String, Decided>,
}

/// The rules as they are now.
///
/// # Errors
/// When the database does not answer.
pub async fn rules(db: &impl Reader) -> Result<Rules> {
    let decided = mail_rules::map_latest(db).await?;
    Ok(Rules { policy: read(&decided)?, decided })
}

fn read(decided: &BTreeMap<String, Decided>) -> Result<MailPolicy> {
    let rows = decided.iter().map(|(name, decided)| (name.clone(), decided.value.clone())).collect();
    MailPolicy::parse(&rows).map_err(Error::Rejected)
}

/// Writes the rules that differ from what holds, each with who and when.
///
/// # Errors
/// When the database does not answer.
pub async fn decide_rules(app: &App, policy: &MailPolicy, actor: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let before: BTreeMap<_, _> = rules(&tx).await?.policy.rows().into_iter().collect();
    for (name, value) in policy.rows() {
        if before.get(name) != Some(&value) {
            mail_rules::insert(&tx, name, &value, actor, now).await?;
            audit::insert(&tx, now, actor, "decide", "mail_rule", 0, &format!("{name}={value}")).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Approves or rejects a need; saying the same twice writes it once.
///
/// # Errors
/// `NotFound` when there is no such need.
pub async fn decide_need(app: &App, id: NeedId, decision: Decision, actor: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    needs::find(&tx, id).await?.ok_or(Error::NotFound)?;
    if mail_rules::map_decisions(&tx).await?.get(&id) != Some(&decision) {
        mail_rules::insert_decision(&tx, id, decision, actor, now).await?;
        audit::insert(&tx, now, actor, decision.as_str(), "need", id.0, "").await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What the rules hold back right now.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Held {
    /// Needs that can be answered.
    pub open: u64,
    /// Needs that may be mailed.
    pub mailed: u64,
    /// Needs that each rule holds back, whatever the others say.
    pub by: BTreeMap<Hold, u64>,
    /// Needs that nothing but a missing approval holds back, by key.
    pub waiting: Vec<NeedId>,
}

/// Counts what the rules hold back of what can be answered now. A need is held back when all its lots are.
///
/// # Errors
/// When the database does not answer.
pub async fn held(app: &App) -> Result<Held> {
    let (gate, now) = (Gate::load(&app.db).await?, app.clock.now());
    let mut needs: BTreeMap<NeedId, Tally> = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = mail_rules::list_open_facts(&app.db, after, BATCH, now).await?;
        let Some(last) = page.last() else { break };
        after = last.0;
        for (_, need, buyer, mut facts) in page {
            facts.decision = gate.decisions.get(&need).copied();
            facts.has_account = gate.with_account.contains(&buyer);
            let tally = needs.entry(need).or_default();
            for (hold, holds_all) in Hold::ALL.iter().zip(&mut tally.by_all) {
                *holds_all &= gate.policy.holds_by(*hold, &facts, now);
            }
            let hold = gate.policy.hold(&facts, now);
            tally.is_mailed |= hold.is_none();
            tally.waits |= hold == Some(Hold::Approval);
        }
    }
    let mut held = Held { open: needs.len() as u64, ..Held::default() };
    for (id, tally) in needs {
        held.mailed += u64::from(tally.is_mailed);
        for (hold, _) in Hold::ALL.iter().zip(tally.by_all).filter(|(_, holds_all)| *holds_all) {
            *held.by.entry(*hold).or_default() += 1;
        }
        if tally.waits {
            held.waiting.push(id);
        }
    }
    Ok(held)
}

/// What is known of a need after some of its lots.
struct Tally {
    by_all: [bool; Hold::ALL.len()],
    is_mailed: bool,
    waits: bool,
}

impl Default for Tally {
    fn default() -> Self {
        Self { by_all: [true; Hold::ALL.len()], is_mailed: false, waits: false }
    }
}
