//! Needs: search, one need with its lots, and confirming one that was posted without an account.

use axum::response::{IntoResponse as _, Redirect};
use serde::{Deserialize, Serialize};

use super::{
    asf::is_web_address,
    lot_pairings::{LotPairings, Viewer},
    lot_terms::LotTerms,
    parts::{LotFacts, NeedLine, PAGE_SIZE, Pages, PlaceName, link, place_options},
};
use crate::{
    domain::{
        cpv::Cpv,
        need::{Lot, LotId, Need, NeedId, NeedKind, NeedStatus},
        place::Place,
    },
    service::{
        self,
        search::{self, Search},
    },
    store::{asf, awards, needs, pairings},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query, Token},
        visit::Visit,
    },
};

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ord: String,
    plats: String,
    sida: String,
}

#[derive(Serialize)]
struct NeedListPage {
    words: String,
    place: String,
    is_asked: bool,
    place_options: Vec<PlaceName>,
    hits: Vec<NeedLine>,
    instead: Vec<search::Instead>,
    pages: Pages,
    anywhere_href: String,
}

/// Lists open needs, best first.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let (words, place) = (asked.ord.trim(), Place::parse(&asked.plats).ok());
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 1000);
    let search = Search {
        words: words.to_owned(),
        place: place.clone(),
        limit: PAGE_SIZE + 1,
        offset: (number - 1) * PAGE_SIZE,
        ..Search::default()
    };
    let search::Found { mut hits, instead } = search::needs(&visit.app, &search).await?;
    let has_next = hits.len() > PAGE_SIZE;
    hits.truncate(PAGE_SIZE);
    let now = visit.app.clock.now();
    let place = place.map_or(String::new(), |place| place.code().to_owned());
    let page = NeedListPage {
        is_asked: !words.is_empty(),
        place_options: place_options(),
        hits: hits.into_iter().map(|hit| NeedLine::new(&hit.need, hit.reasons, now)).collect(),
        instead,
        pages: Pages::new("/behov", &[("ord", words), ("plats", &place)], number, has_next),
        anywhere_href: link("/behov", &[("ord", words)]),
        words: words.to_owned(),
        place,
    };
    visit.page("pages/needs/list.html", page)
}

#[derive(Serialize)]
struct NeedPage {
    id: i64,
    title: String,
    text: String,
    buyer: String,
    kind: NeedKind,
    status: NeedStatus,
    url: Option<String>,
    publication_no: Option<String>,
    just_confirmed: bool,
    sees_pairings: bool,
    sees_only_own: bool,
    has_pairings: bool,
    lots: Vec<LotOnPage>,
}

#[derive(Serialize)]
struct LotOnPage {
    /// Codes that nobody has chosen, for staff, where the buyer's say nothing.
    guessed: GuessOnPage,
    /// Where staff correct what the matcher goes by.
    tuning_href: Option<String>,
    is_tuned: bool,
    #[serde(flatten)]
    facts: LotFacts,
    terms: LotTerms,
    #[serde(flatten)]
    seen: LotPairings,
}

/// What may follow the number of a need in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Arrival {
    bekraftat: String,
}

/// Shows one need; how much of its pairings depends on who looks.
pub async fn show(visit: Visit, Id(id): Id, Query(arrival): Query<Arrival>) -> PageResult {
    let need = needs::find(&visit.app.db, NeedId(id)).await?.ok_or(PageError::NotFound)?;
    let viewer = Viewer::of(visit.user.as_ref(), &need);
    if need.status == NeedStatus::Unconfirmed && !matches!(viewer, Viewer::Staff | Viewer::Buyer) {
        return Err(PageError::NotFound);
    }
    let page = need_page(&visit, need, viewer, !arrival.bekraftat.is_empty()).await?;
    visit.page("pages/needs/show.html", page)
}

/// Lots of one need whose codes are guessed.
const MOST_GUESSED: usize = 10;

async fn need_page(visit: &Visit, need: Need, viewer: Viewer, just_confirmed: bool) -> PageResult<NeedPage> {
    let (db, now) = (&visit.app.db, visit.app.clock.now());
    let ids: Vec<LotId> = need.lots.iter().map(|lot| lot.id).collect();
    let pairings = match viewer {
        Viewer::Public => Vec::new(),
        _ => pairings::list_for_lots(db, &ids).await?,
    };
    let awards = awards::list_for_needs(db, &[need.id]).await?;
    let asf_ids: Vec<_> = pairings.iter().map(|pairing| pairing.asf_id).collect();
    let asfs = asf::list_by_ids(db, &asf_ids).await?;
    let mut lots: Vec<LotOnPage> = Vec::with_capacity(need.lots.len());
    for lot in &need.lots {
        let says_little = viewer == Viewer::Staff && lot.work.cpv.iter().all(Cpv::is_division);
        lots.push(LotOnPage {
            guessed: guess(visit, &need, Some(lot).filter(|_| says_little && lots.len() < MOST_GUESSED)).await?,
            tuning_href: (viewer == Viewer::Staff).then(|| format!("/justera/{}", lot.id.0)),
            is_tuned: lot.tuning.is_some(),
            facts: LotFacts::new(lot, now),
            terms: LotTerms::new(lot, &awards),
            seen: LotPairings::new(viewer, pairings.iter().filter(|pairing| pairing.lot_id == lot.id), &asfs),
        });
    }
    Ok(NeedPage {
        id: need.id.0,
        title: need.title,
        text: need.text,
        buyer: need.buyer.name,
        kind: need.kind,
        status: need.status,
        url: need.url.filter(|url| is_web_address(url)),
        publication_no: need.publication_no,
        just_confirmed,
        sees_pairings: matches!(viewer, Viewer::Staff | Viewer::Buyer),
        sees_only_own: matches!(viewer, Viewer::Asf(_)),
        has_pairings: lots.iter().any(|lot| !lot.seen.is_empty()),
        lots,
    })
}

/// Codes that the buyer ticked, among those offered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChosenCodes {
    kod1: String,
    kod2: String,
    kod3: String,
}

/// What a need was understood as; a guess until somebody chooses it.
#[derive(Default, Serialize)]
struct GuessOnPage {
    trades: Vec<String>,
    codes: Vec<GuessedCode>,
}

#[derive(Serialize)]
struct GuessedCode {
    id: String,
    title: String,
}

async fn guess(visit: &Visit, need: &Need, lot: Option<&Lot>) -> PageResult<GuessOnPage> {
    let Some(lot) = lot else { return Ok(GuessOnPage::default()) };
    let guess = service::codes::guess(&visit.app, need, lot, visit.language).await?;
    let codes = guess.codes.into_iter().map(|code| GuessedCode { id: code.id, title: code.title });
    Ok(GuessOnPage { trades: guess.trades, codes: codes.collect() })
}

#[derive(Serialize)]
struct ConfirmPage {
    title: String,
    text: String,
    kind: NeedKind,
    lots: Vec<LotFacts>,
    guess: GuessOnPage,
    action: String,
}

/// Asks whether a posted need is right; changes nothing, since mail scanners follow links.
pub async fn ask_to_confirm(visit: Visit, Token(token): Token) -> PageResult {
    let need = service::needs::find_confirmation(&visit.app, &token).await?;
    if need.status != NeedStatus::Unconfirmed {
        return Ok(Redirect::to(&format!("/behov/{}", need.id.0)).into_response());
    }
    let now = visit.app.clock.now();
    let page = ConfirmPage {
        guess: guess(&visit, &need, need.lots.first()).await?,
        lots: need.lots.iter().map(|lot| LotFacts::new(lot, now)).collect(),
        title: need.title,
        text: need.text,
        kind: need.kind,
        action: format!("/bekrafta/{token}"),
    };
    visit.page("pages/needs/confirm.html", page)
}

/// Opens a posted need, and shows it.
pub async fn confirm(visit: Visit, Token(token): Token, Form(form): Form<ChosenCodes>) -> PageResult {
    let need = service::needs::find_confirmation(&visit.app, &token).await?;
    let guessed = guess(&visit, &need, need.lots.first()).await?;
    // Only what was offered can be chosen.
    let offered = |code: &Cpv| guessed.codes.iter().any(|offered| offered.id == code.as_str());
    let typed = [&form.kod1, &form.kod2, &form.kod3].into_iter().filter_map(|code| Cpv::parse(code).ok());
    let chosen: Vec<Cpv> = typed.filter(offered).collect();
    let id = service::needs::confirm(&visit.app, &token, &chosen).await?;
    Ok(Redirect::to(&format!("/behov/{}?bekraftat=1", id.0)).into_response())
}
