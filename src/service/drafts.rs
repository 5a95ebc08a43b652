//! What is only being considered: a need before it is posted, a draft or plan before it is procured. Weighed by the
//! matcher as it stands; nothing is stored.

use serde::Serialize;

use super::{Result, codes, matching, search};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        buyer::{BuyerKind, NewBuyer},
        contract::ContractTerms,
        cpv::Cpv,
        language::Language,
        lever::{self, Advice, Draft},
        need::{Need, NeedKind, NeedStatus, NewLot, NewNeed},
        place::Place,
        plan,
        reason::{Fit, Objection, Reason},
        reservation::Reservation,
        schedule::local_date,
    },
    store::{asf, legal_limits},
};

/// What a need would meet if it were posted now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preview {
    /// ASF that would be asked.
    pub fitting: usize,
    /// Trades that the words name.
    pub trades: Vec<String>,
    /// Codes that may be meant.
    pub codes: Vec<codes::Suggestion>,
}

/// Weighs a need that somebody is about to post.
///
/// # Errors
/// When the database does not answer or the index cannot be used.
pub async fn preview(app: &App, new: NewNeed, language: Language) -> Result<Preview> {
    let need = Need::considered(new, app.clock.now());
    let Some(lot) = need.lots.first() else { return Err(super::Error::NotFound) };
    search::ready(app, &app.asf_index).await?;
    let weighed = matching::weigh_lot(app, &need, lot).await?;
    let guess = codes::guess(app, &need, lot, language).await?;
    let chosen = |code: &codes::Suggestion| lot.work.cpv.iter().any(|own| own.as_str() == code.id);
    Ok(Preview {
        fitting: weighed.iter().filter(|(_, fit)| fit.strength.is_some()).count(),
        trades: guess.trades,
        codes: guess.codes.into_iter().filter(|code| !chosen(code)).collect(),
    })
}

/// A draft as it was pasted.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The text.
    pub text: String,
    /// Where the work is done.
    pub place: Option<Place>,
    /// Value with options and extensions, SEK excluding VAT.
    pub value_sek: Option<i64>,
}

/// Who could deliver a draft, and what the law offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Each part.
    pub parts: Vec<JudgedPart>,
    /// ASF that could deliver all parts.
    pub for_all: Vec<(AsfId, String)>,
    /// What can be advised today.
    pub advice: Advice,
}

/// Who could deliver one part.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedPart {
    /// Its heading.
    pub title: String,
    /// Those who fit, best first.
    pub able: Vec<Able>,
}

/// An ASF that could deliver a part or some of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Able {
    /// Which.
    pub id: AsfId,
    /// Its name.
    pub name: String,
    /// It says it does just this, and nothing speaks of its being too large.
    pub whole: bool,
    /// Why it fits.
    pub reasons: Vec<Reason>,
    /// What speaks against.
    pub objections: Vec<Objection>,
}

/// Most ASF that are named for a part.
const NAMED: usize = 8;

/// Weighs a pasted draft, part by part.
///
/// # Errors
/// As [`preview`].
pub async fn judge(app: &App, pasted: &Pasted) -> Result<Judged> {
    search::ready(app, &app.asf_index).await?;
    let found = plan::parts(&pasted.text);
    let share = pasted.value_sek.filter(|_| found.len() == 1);
    let need = considered(app, pasted, &found, share);
    let mut parts = Vec::with_capacity(need.lots.len());
    for lot in &need.lots {
        let mut weighed = matching::weigh_lot(app, &need, lot).await?;
        weighed.retain(|(_, fit)| fit.strength.is_some());
        weighed.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
        let ids: Vec<AsfId> = weighed.iter().map(|(id, _)| *id).collect();
        let stored = asf::list_by_ids(&app.db, &ids).await?;
        let able = weighed.into_iter().filter_map(|(id, fit)| {
            let name = stored.iter().find(|asf| asf.id == id)?.name.clone();
            Some(able(id, name, fit))
        });
        parts.push(JudgedPart { title: lot.work.title.clone(), able: able.collect() });
    }
    let does_all = |able: &&Able| {
        able.whole && parts.iter().all(|part| part.able.iter().any(|other| other.id == able.id && other.whole))
    };
    let first = parts.first().map_or(&[][..], |part| &part.able);
    let for_all: Vec<(AsfId, String)> =
        first.iter().filter(does_all).map(|able| (able.id, able.name.clone())).collect();
    let mut anybody: Vec<AsfId> = parts.iter().flat_map(|part| &part.able).map(|able| able.id).collect();
    anybody.sort_unstable();
    anybody.dedup();
    let mut suggested = codes::suggest(app, &pasted.text, 1).await?;
    let main_code = suggested.pop().and_then(|code| Cpv::parse(&code.id).ok());
    let draft = Draft {
        value_sek: pasted.value_sek,
        for_all: for_all.len(),
        for_part: anybody.len() - for_all.len(),
        may_be_annex_2: lever::may_be_annex_2(main_code.as_slice()),
    };
    let limits = legal_limits::on(&app.db, local_date(app.clock.now())).await?;
    parts.iter_mut().for_each(|part| part.able.truncate(NAMED));
    Ok(Judged { parts, for_all, advice: lever::advise(&draft, &limits) })
}

fn able(id: AsfId, name: String, fit: Fit) -> Able {
    let whole = fit.is_for_all_of_it();
    Able { id, name, whole, reasons: fit.reasons, objections: fit.objections }
}

fn considered(app: &App, pasted: &Pasted, parts: &[plan::Part], value_sek: Option<i64>) -> Need {
    let now = app.clock.now();
    let lot = |(number, part): (usize, &plan::Part)| NewLot {
        lot_no: (number + 1).to_string(),
        title: part.title.clone(),
        text: part.text.clone(),
        places: pasted.place.iter().cloned().collect(),
        value_sek,
        reservation: Reservation::None,
        contract: ContractTerms::default(),
        ..NewLot::default()
    };
    let title = if let [only] = parts { only.title.clone() } else { String::new() };
    let new = NewNeed {
        source: "draft".to_owned(),
        external_id: String::new(),
        issued_at: None,
        kind: NeedKind::Tender,
        title,
        text: String::new(),
        buyer: NewBuyer { kind: BuyerKind::Public, name: String::new(), org_no: None, municipality: None, email: None },
        language: Language::Sv.into(),
        published_on: None,
        publication_no: None,
        url: None,
        status: NeedStatus::Open,
        keys: Vec::new(),
        notice: None,
        lots: parts.iter().enumerate().map(lot).collect(),
    };
    Need::considered(new, now)
}
