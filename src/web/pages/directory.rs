//! The directory of ASF: search with filters and counts, the map, the list as a file, and looking up a number.

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use serde::{Deserialize, Serialize};

use super::parts::{PAGE_SIZE, Pages, PlaceName, Why, link, place_options};
use crate::{
    domain::{
        asf_fact::Basis,
        cpv::Cpv,
        directory::{Counts, DISTANCES, Filter},
        map,
        org_no::OrgNo,
        place::Place,
    },
    service::{
        directory::{self, Answer, Found, Piece},
        search::Instead,
    },
    web::{
        error::{PageError, PageResult},
        extract::{FilePath, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Trades that are offered, the commonest first.
const SECTORS: usize = 14;

/// Most ASF in a file.
const MOST_IN_FILE: usize = 10_000;

/// What is asked for in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ord: String,
    plats: String,
    inom: String,
    bransch: String,
    cpv: String,
    personer: String,
    grund: String,
    uppgifter: String,
    sida: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            place: Place::parse(&self.plats).ok(),
            within_km: self.inom.parse().ok().filter(|km| DISTANCES.contains(km)),
            sector: Some(self.bransch.clone()).filter(|id| directory::is_sector(id)),
            cpv: Cpv::parse(&self.cpv).ok(),
            people: self.personer.parse().ok().filter(|people| *people > 0),
            basis: Basis::parse(&self.grund).ok(),
            for_reserved: !self.uppgifter.is_empty(),
        }
    }

    /// What was asked, with one answer changed.
    fn with(&self, name: &str, value: &str) -> [(&'static str, String); 8] {
        let of = |own: &'static str, typed: &str| (own, if own == name { value } else { typed }.trim().to_owned());
        [
            of("ord", &self.ord),
            of("plats", &self.plats),
            of("inom", &self.inom),
            of("bransch", &self.bransch),
            of("cpv", &self.cpv),
            of("personer", &self.personer),
            of("grund", &self.grund),
            of("uppgifter", &self.uppgifter),
        ]
    }

    fn href(&self, path: &str, name: &str, value: &str) -> String {
        let with = self.with(name, value);
        let pairs: Vec<(&str, &str)> = with.iter().map(|(name, value)| (*name, value.as_str())).collect();
        link(path, &pairs)
    }

    /// A choice that can be taken, or taken back.
    fn choice(&self, name: &str, value: &str, text: String, count: usize, chosen: bool) -> Choice {
        Choice { text, count, chosen, href: self.href("/asf", name, if chosen { "" } else { value }) }
    }
}

#[derive(Serialize)]
struct ListPage {
    words: String,
    place: String,
    km: String,
    cpv: String,
    kept: Vec<(&'static str, String)>,
    unread_cpv: bool,
    is_asked: bool,
    is_filtered: bool,
    place_options: Vec<PlaceName>,
    distances: &'static [u32],
    total: usize,
    hits: Vec<Line>,
    instead: Vec<Instead>,
    facets: Facets,
    map: Vec<MapCell>,
    map_size: f64,
    pages: Pages,
    clear_href: String,
    anywhere_href: String,
    post_href: String,
    csv_href: String,
    xlsx_href: String,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    name: String,
    seat: PlaceName,
    km: Option<i64>,
    people: i32,
    basis: Basis,
    titles: Vec<Vec<Piece>>,
    passage: Vec<Piece>,
    why: Why,
}

/// The choices beside a result.
#[derive(Serialize)]
struct Facets {
    sectors: Vec<Choice>,
    more_sectors: Vec<Choice>,
    people: Vec<PeopleChoice>,
    basis: Vec<BasisChoice>,
    for_reserved: Choice,
}

#[derive(Serialize)]
struct Choice {
    text: String,
    count: usize,
    chosen: bool,
    href: String,
}

#[derive(Serialize)]
struct PeopleChoice {
    least: i32,
    choice: Choice,
}

#[derive(Serialize)]
struct BasisChoice {
    basis: Basis,
    choice: Choice,
}

#[derive(Serialize)]
struct MapCell {
    name: String,
    points: String,
    x: String,
    y: String,
    count: usize,
    shade: usize,
    chosen: bool,
    href: String,
}

/// Lists ASF, best first.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let filter = asked.filter();
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 1000);
    let window = ((number - 1) * PAGE_SIZE, PAGE_SIZE);
    let Answer { hits, total, counts, instead } = directory::find(&visit.app, &asked.ord, &filter, window).await?;
    let with = asked.with("", "");
    let query: Vec<(&str, &str)> = with.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let hidden = ["bransch", "personer", "grund", "uppgifter"];
    let chosen = filter.place.as_ref().map_or("", Place::code);
    let page = ListPage {
        words: asked.ord.trim().to_owned(),
        place: chosen.to_owned(),
        km: filter.within_km.map(|km| km.to_string()).unwrap_or_default(),
        cpv: asked.cpv.trim().to_owned(),
        unread_cpv: !asked.cpv.trim().is_empty() && filter.cpv.is_none(),
        is_asked: !asked.ord.trim().is_empty(),
        is_filtered: !filter.is_empty(),
        place_options: place_options(),
        distances: &DISTANCES,
        total,
        hits: hits.into_iter().map(Line::new).collect(),
        instead,
        facets: Facets::new(&visit, &asked, &filter, &counts),
        map: map_cells(&asked, &filter, &counts),
        map_size: map::SIZE,
        pages: Pages::new("/asf", &query, number, number * PAGE_SIZE < total),
        clear_href: link("/asf", &[("ord", asked.ord.trim())]),
        anywhere_href: asked.href("/asf", "plats", ""),
        post_href: link("/behov/nytt", &[("rubrik", asked.ord.trim()), ("plats", chosen)]),
        csv_href: asked.href("/asf/lista/asf.csv", "", ""),
        xlsx_href: asked.href("/asf/lista/asf.xlsx", "", ""),
        kept: with.iter().filter(|(name, value)| hidden.contains(name) && !value.is_empty()).cloned().collect(),
    };
    visit.page("pages/directory/list.html", page)
}

impl Line {
    fn new(found: Found) -> Self {
        Self {
            id: found.asf.id.0,
            name: found.asf.name,
            seat: PlaceName::from(&found.asf.municipality),
            km: found.km.map(|km| km.round() as i64),
            people: found.card.people,
            basis: found.card.basis,
            titles: found.titles,
            passage: found.passage,
            why: found.reasons.into(),
        }
    }
}

impl Facets {
    fn new(visit: &Visit, asked: &Asked, filter: &Filter, counts: &Counts) -> Self {
        let is_sector = |id: &str| filter.sector.as_deref() == Some(id);
        let mut sectors: Vec<Choice> = counts
            .sectors
            .iter()
            .map(|(id, count)| {
                let name = directory::sector_name(id, visit.language);
                asked.choice("bransch", id, name, *count, is_sector(id))
            })
            .collect();
        // What is chosen stands first, so that it can be taken back.
        sectors.sort_by_key(|choice| !choice.chosen);
        let more_sectors = sectors.split_off(SECTORS.min(sectors.len()));
        let least = counts.people.iter().map(|(least, count)| {
            let chosen = filter.people == Some(*least);
            PeopleChoice {
                least: *least,
                choice: asked.choice("personer", &least.to_string(), String::new(), *count, chosen),
            }
        });
        let basis = counts.basis.iter().rev().map(|(basis, count)| {
            let chosen = filter.basis == Some(*basis);
            BasisChoice { basis: *basis, choice: asked.choice("grund", basis.as_str(), String::new(), *count, chosen) }
        });
        Self {
            sectors,
            more_sectors,
            people: least.collect(),
            basis: basis.collect(),
            for_reserved: asked.choice("uppgifter", "ja", String::new(), counts.for_reserved, filter.for_reserved),
        }
    }
}

/// The municipalities with how many ASF each has, darker for more.
fn map_cells(asked: &Asked, filter: &Filter, counts: &Counts) -> Vec<MapCell> {
    let most = counts.places.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let cell = |cell: map::Cell| {
        let count = counts.places.iter().find(|(code, _)| *code == cell.code).map_or(0, |(_, count)| *count);
        let chosen = filter.place.as_ref().is_some_and(|place| place.code() == cell.code);
        let points: Vec<String> = cell.corners.iter().map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
        MapCell {
            name: cell.name.to_owned(),
            points: points.join(" "),
            x: format!("{:.0}", cell.label.0),
            y: format!("{:.0}", cell.label.1),
            count,
            shade: (count * 4).div_ceil(most),
            chosen,
            href: asked.href("/asf", "plats", if chosen { "" } else { cell.code }),
        }
    };
    map::cells().into_iter().map(cell).collect()
}

/// The result of a search as a file.
pub async fn download(visit: Visit, FilePath(name): FilePath, Query(asked): Query<Asked>) -> PageResult {
    if !["asf.csv", "asf.xlsx"].contains(&name.as_str()) {
        return Err(PageError::NotFound);
    }
    let answer = directory::find(&visit.app, &asked.ord, &asked.filter(), (0, MOST_IN_FILE)).await?;
    let asfs: Vec<_> = answer.hits.into_iter().map(|found| (found.asf, found.card)).collect();
    table_file(&visit, &directory::table(&visit.app, &asfs, visit.language), &name)
}

/// A table to save, as its name ends.
pub(super) fn table_file(visit: &Visit, table: &crate::service::tables::Table, name: &str) -> PageResult {
    let (kind, bytes) = if name.ends_with(".csv") {
        ("text/csv; charset=utf-8", table.csv())
    } else {
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table.xlsx())
    };
    let mut response = bytes.map_err(PageError::Broken)?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    let keep = if visit.user.is_some() { "no-store" } else { "private, no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(response)
}

/// A number to look up.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Number {
    org_no: String,
}

#[derive(Serialize, Default)]
struct NumberPage {
    org_no: String,
    is_asked: bool,
    found: Vec<NumberLine>,
    errors: Vec<FieldError>,
}

#[derive(Serialize)]
struct NumberLine {
    id: i64,
    name: String,
    seat: PlaceName,
    basis: Basis,
}

/// Says whether an organisation number is an ASF here.
pub async fn look_up(visit: Visit, Query(asked): Query<Number>) -> PageResult {
    let typed = asked.org_no.trim().to_owned();
    if typed.is_empty() {
        return visit.page("pages/directory/number.html", NumberPage::default());
    }
    let page = NumberPage { org_no: typed.clone(), ..NumberPage::default() };
    let number = match OrgNo::parse(&typed) {
        Ok(number) => number,
        Err(rejection) => {
            let errors = field_errors(&visit, &[rejection]);
            return visit.rejected("pages/directory/number.html", NumberPage { errors, ..page });
        }
    };
    let found = directory::by_number(&visit.app, &number).await?;
    let line = |card: &std::sync::Arc<crate::domain::directory::Card>| NumberLine {
        id: card.id.0,
        name: card.name.clone(),
        seat: PlaceName::from(&card.seat),
        basis: card.basis,
    };
    let page = NumberPage { is_asked: true, found: found.iter().map(line).collect(), ..page };
    visit.page("pages/directory/number.html", page)
}
