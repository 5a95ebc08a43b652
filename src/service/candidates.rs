//! What could stand in the weekly mails of some ASF: read from the database for a whole page of them at a
//! time, since a query an ASF would cost more than the mail.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::Result;
use crate::{
    domain::{
        amendment::Amendment,
        asf::{Asf, AsfId},
        digest,
        digest::Candidate,
        need::{Lot, LotId, Need},
        pairing::{Pairing, PairingId, PairingState},
        schedule::{IsoWeek, local_date},
    },
    store::{Reader, bounces, digests, digests::Mailed, needs, pairings},
};

/// A pairing that could be mailed, with what the mail says of it.
pub(super) struct Choice<'a> {
    pub(super) candidate: Candidate,
    pub(super) pairing: &'a Pairing,
    pub(super) need: &'a Need,
    pub(super) lot: &'a Lot,
    /// What changed since it was last mailed.
    pub(super) changes: Vec<Amendment>,
}

/// What is known of a page of ASF.
pub(super) struct Candidates {
    suppressed: HashSet<String>,
    queued: HashSet<(AsfId, IsoWeek)>,
    last: HashMap<AsfId, DateTime<Utc>>,
    pairings: HashMap<AsfId, Vec<Pairing>>,
    mailed: HashMap<PairingId, Mailed>,
    needs: Vec<Need>,
    need_of: HashMap<LotId, usize>,
}

impl Candidates {
    /// Reads what concerns these ASF and weeks; lots whose deadline is over at `now` are left out.
    pub(super) async fn read(db: &impl Reader, asfs: &[&Asf], weeks: &[IsoWeek], now: DateTime<Utc>) -> Result<Self> {
        let ids: Vec<AsfId> = asfs.iter().map(|asf| asf.id).collect();
        let addresses: Vec<&str> =
            asfs.iter().filter_map(|asf| asf.email.as_ref()).map(|email| email.as_str()).collect();
        let open = pairings::list_mailable(db, &ids, now).await?;
        let mut lots: Vec<LotId> = open.iter().map(|pairing| pairing.lot_id).collect();
        lots.sort_unstable();
        lots.dedup();
        let needs = needs::list_by_lots(db, &lots).await?;
        let mut need_of = HashMap::new();
        for (at, need) in needs.iter().enumerate() {
            need_of.extend(need.lots.iter().map(|lot| (lot.id, at)));
        }
        let keys: Vec<PairingId> = open.iter().map(|pairing| pairing.id).collect();
        let mut pairings: HashMap<AsfId, Vec<Pairing>> = HashMap::new();
        for pairing in open {
            pairings.entry(pairing.asf_id).or_default().push(pairing);
        }
        Ok(Self {
            suppressed: bounces::list_suppressed(db, &addresses).await?,
            queued: digests::list_weeks(db, &ids, weeks).await?,
            last: digests::map_last_composed(db, &ids).await?,
            mailed: digests::map_mailed(db, &keys).await?,
            pairings,
            needs,
            need_of,
        })
    }

    /// Why an ASF gets no mail, whatever there is to say.
    pub(super) fn skipped(&self, asf: &Asf, week: IsoWeek, now: DateTime<Utc>) -> Option<&'static str> {
        let Some(email) = &asf.email else { return Some("no_email") };
        if asf.unsubscribed_at.is_some() {
            return Some("unsubscribed");
        }
        if self.suppressed.contains(email.as_str()) {
            return Some("suppressed");
        }
        if !asf.is_shown() {
            return Some("unapproved");
        }
        if asf.is_paused(local_date(now)) {
            return Some("paused");
        }
        if self.queued.contains(&(asf.id, week)) {
            return Some("already");
        }
        self.last.get(&asf.id).filter(|last| now - **last < digest::LEAST_GAP).map(|_| "too_soon")
    }

    /// What could be mailed to an ASF at `now`.
    pub(super) fn choices(&self, asf: AsfId, now: DateTime<Utc>) -> Vec<Choice<'_>> {
        let open = self.pairings.get(&asf).map(Vec::as_slice).unwrap_or_default();
        let found = open.iter().filter_map(|pairing| {
            let need = self.needs.get(*self.need_of.get(&pairing.lot_id)?)?;
            let lot = need.lots.iter().find(|lot| lot.id == pairing.lot_id)?;
            let mailed = self.mailed.get(&pairing.id).cloned().unwrap_or_default();
            let changes = lot.amendments.iter().filter(|change| mailed.last_at.is_some_and(|last| change.at > last));
            let changes: Vec<Amendment> = changes.copied().collect();
            let candidate = Candidate {
                pairing_id: pairing.id,
                score: pairing.score,
                strength: pairing.strength,
                deadline_at: lot.work.deadline_at,
                answered: pairing.state != PairingState::Suggested,
                mailed: mailed.marks,
                changed_at: changes.iter().map(|change| change.at).max(),
            };
            (lot.is_open(now) && need.status.is_matched()).then_some(Choice { candidate, pairing, need, lot, changes })
        });
        found.collect()
    }
}
