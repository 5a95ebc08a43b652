//! Which ASF would fit a text that somebody pastes. Stores nothing.

use super::{Result, matching, proposals, proposals::Proposed, search};
use crate::{
    app::App,
    domain::{
        asf::Asf,
        buyer::{Buyer, BuyerId, BuyerKind},
        contract::ContractTerms,
        need::{Lot, LotId, Need, NeedId, NeedStatus, NewLot},
        reason::Fit,
        reservation::Reservation,
    },
    store::asf,
};

/// Most ASF that are told.
const MOST: usize = 50;

/// What a text was read as, and who fits it.
#[derive(Debug, Clone)]
pub struct Matches {
    /// What it was read as.
    pub read: Proposed,
    /// Best first.
    pub fits: Vec<(Asf, Fit)>,
}

/// Reads a text and finds who fits it. Guessed codes are no reasons: only words, place and value are weighed.
///
/// # Errors
/// When the database does not answer or an index cannot be used.
pub async fn of_text(app: &App, pasted: &str) -> Result<Matches> {
    let read = proposals::propose(app, pasted).await?;
    search::follow(app).await?;
    let need = supposed(app, &read);
    let mut fits = Vec::new();
    for lot in &need.lots {
        fits = matching::fits(app, &need, lot).await?;
    }
    fits.truncate(MOST);
    let ids: Vec<_> = fits.iter().map(|(id, _)| *id).collect();
    let stored = asf::list_by_ids(&app.db, &ids).await?;
    let named = fits.into_iter().filter_map(|(id, fit)| {
        let asf = stored.iter().find(|asf| asf.id == id)?.clone();
        Some((asf, fit))
    });
    Ok(Matches { read, fits: named.collect() })
}

/// The need that a text would be, with one lot.
fn supposed(app: &App, read: &Proposed) -> Need {
    let (told, now) = (&read.need, app.clock.now());
    let lot = NewLot {
        lot_no: "1".to_owned(),
        title: told.title.clone(),
        text: told.text.clone(),
        places: told.places.clone(),
        value_sek: told.value_sek,
        start_on: told.start,
        end_on: told.end,
        reservation: Reservation::None,
        contract: ContractTerms::default(),
        ..NewLot::default()
    };
    let buyer = Buyer {
        id: BuyerId(0),
        kind: told.buyer_kind.unwrap_or(BuyerKind::Private),
        name: told.buyer_name.clone(),
        org_no: None,
        municipality: None,
        email: None,
    };
    Need {
        id: NeedId(0),
        source: "text".to_owned(),
        external_id: String::new(),
        kind: told.kind,
        title: told.title.clone(),
        text: told.text.clone(),
        buyer,
        published_on: None,
        publication_no: None,
        url: None,
        status: NeedStatus::Open,
        created_at: now,
        updated_at: now,
        lots: vec![Lot {
            id: LotId(0),
            need_id: NeedId(0),
            work: lot,
            amendments: Vec::new(),
            closed: None,
            tuning: None,
        }],
    }
}
