//! The directory of ASF: a card each, filters, and how many each further choice would leave.

use super::{
    asf::AsfId,
    asf_fact::Basis,
    cpv::Cpv,
    org_no::OrgNo,
    place::{self, MUNICIPALITIES, Place, PlaceFit},
};

/// What a search knows of one ASF.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Which.
    pub id: AsfId,
    /// Name.
    pub name: String,
    /// Organisation number.
    pub org_no: OrgNo,
    /// The number is a personal number.
    pub is_sole_trader: bool,
    /// Seat.
    pub seat: Place,
    /// Where it works.
    pub area: Vec<Place>,
    /// Trades of the thesaurus, by id.
    pub sectors: Vec<String>,
    /// Codes of its capabilities.
    pub cpv: Vec<Cpv>,
    /// People who can work at the same time, all capabilities together.
    pub people: i32,
    /// On what grounds it is an ASF.
    pub basis: Basis,
    /// Both facts for reserved procurement are recorded.
    pub for_reserved: bool,
}

/// What is asked for beside words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Works here; with `within_km`: has its seat that near.
    pub place: Option<Place>,
    /// Kilometres from the place, as the crow flies.
    pub within_km: Option<u32>,
    /// A trade, by id.
    pub sector: Option<String>,
    /// A code, one under it or one that covers it.
    pub cpv: Option<Cpv>,
    /// At least so many people.
    pub people: Option<i32>,
    /// On these grounds.
    pub basis: Option<Basis>,
    /// Only with both facts for reserved procurement.
    pub for_reserved: bool,
}

/// Numbers of people that are offered.
pub const PEOPLE: [i32; 4] = [2, 5, 10, 20];

/// Distances that are offered, kilometres.
pub const DISTANCES: [u32; 4] = [10, 25, 50, 100];

impl Filter {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a card is wanted.
    pub fn accepts(&self, card: &Card) -> bool {
        self.misses(card).is_empty()
    }

    /// The questions that a card fails.
    fn misses(&self, card: &Card) -> Vec<Question> {
        let mut missed = Vec::new();
        let mut ask = |question, met: bool| {
            if !met {
                missed.push(question);
            }
        };
        ask(Question::Place, self.place.as_ref().is_none_or(|place| is_near(card, place, self.within_km)));
        ask(Question::Sector, self.sector.as_ref().is_none_or(|sector| card.sectors.contains(sector)));
        ask(Question::Cpv, self.cpv.as_ref().is_none_or(|code| card.cpv.iter().any(|own| own.is_related_line(code))));
        ask(Question::People, self.people.is_none_or(|people| card.people >= people));
        ask(Question::Basis, self.basis.is_none_or(|basis| card.basis == basis));
        ask(Question::Reserved, !self.for_reserved || card.for_reserved);
        missed
    }
}

/// One thing that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Place,
    Sector,
    Cpv,
    People,
    Basis,
    Reserved,
}

/// How far the seat of `card` lies from a place, kilometres; nothing where either is not on our map.
pub fn distance_km(card: &Card, from: &Place) -> Option<f64> {
    place::distance_km(card.seat.code(), from.code())
}

fn is_near(card: &Card, place: &Place, within_km: Option<u32>) -> bool {
    match within_km {
        Some(most) if matches!(place, Place::Municipality(_)) => {
            card.seat == *place || distance_km(card, place).is_some_and(|km| km <= f64::from(most))
        }
        _ => {
            let fit = place::fit(std::slice::from_ref(place), &card.area);
            matches!(fit, PlaceFit::Inside | PlaceFit::Ships | PlaceFit::Partly) || card.seat == *place
        }
    }
}

/// How many ASF each further choice would leave, the other choices kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By municipality, in the order of our table.
    pub places: Vec<(&'static str, usize)>,
    /// By trade, most first.
    pub sectors: Vec<(String, usize)>,
    /// By least number of people.
    pub people: Vec<(i32, usize)>,
    /// By basis.
    pub basis: Vec<(Basis, usize)>,
    /// With both facts for reserved procurement.
    pub for_reserved: usize,
}

impl Counts {
    /// Counts among `cards`, which answer the words but perhaps not the filter.
    pub fn of<'a>(cards: impl Iterator<Item = &'a Card>, filter: &Filter) -> Self {
        let places: Vec<Place> = MUNICIPALITIES.iter().map(|m| Place::Municipality(m.code.to_owned())).collect();
        let mut counts = Self {
            places: MUNICIPALITIES.iter().map(|m| (m.code, 0)).collect(),
            people: PEOPLE.iter().map(|people| (*people, 0)).collect(),
            basis: Basis::ALL.iter().map(|basis| (*basis, 0)).collect(),
            ..Self::default()
        };
        for card in cards {
            let missed = filter.misses(card);
            let is_open = |question| missed.iter().all(|missed| *missed == question);
            if is_open(Question::Place) {
                for (count, place) in counts.places.iter_mut().zip(&places) {
                    count.1 += usize::from(is_near(card, place, filter.within_km));
                }
            }
            if is_open(Question::Sector) {
                for sector in &card.sectors {
                    match counts.sectors.iter_mut().find(|(known, _)| known == sector) {
                        Some((_, count)) => *count += 1,
                        None => counts.sectors.push((sector.clone(), 1)),
                    }
                }
            }
            if is_open(Question::People) {
                counts.people.iter_mut().for_each(|(least, count)| *count += usize::from(card.people >= *least));
            }
            if is_open(Question::Basis) {
                counts.basis.iter_mut().for_each(|(basis, count)| *count += usize::from(card.basis == *basis));
            }
            counts.for_reserved += usize::from(is_open(Question::Reserved) && card.for_reserved);
        }
        counts.sectors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }
}

/// Sorts names as a Swedish reader expects: å, ä and ö come last, in that order.
pub fn swedish_order(name: &str) -> Vec<u32> {
    let place = |c| match c {
        'å' => 'z' as u32 + 1,
        'ä' => 'z' as u32 + 2,
        'ö' => 'z' as u32 + 3,
        other => u32::from(other),
    };
    name.to_lowercase().chars().map(place).collect()
}

/// Others that do the same: most shared trades first, the nearest of those first.
pub fn similar<'a>(cards: impl Iterator<Item = &'a Card>, to: &Card, limit: usize) -> Vec<&'a Card> {
    let shared = |card: &Card| card.sectors.iter().filter(|sector| to.sectors.contains(sector)).count();
    let mut others: Vec<(usize, f64, &Card)> = cards
        .filter(|card| card.id != to.id)
        .map(|card| (shared(card), distance_km(card, &to.seat).unwrap_or(f64::MAX), card))
        .filter(|(shared, ..)| *shared > 0)
        .collect();
    others.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)).then(a.2.id.cmp(&b.2.id)));
    others.into_iter().take(limit).map(|(.., card)| card).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: i64, seat: &str, sectors: &[&str], people: i32) -> Card {
        let seat = Place::parse(seat).unwrap();
        Card {
            id: AsfId(id),
            name: format!("ASF {id}"),
            org_no: OrgNo::parse("5560360793").unwrap(),
            is_sole_trader: false,
            area: vec![seat.clone()],
            seat,
            sectors: sectors.iter().map(|sector| (*sector).to_owned()).collect(),
            cpv: vec![Cpv::parse("90910000").unwrap()],
            people,
            basis: Basis::SelfDeclared,
            for_reserved: id == 1,
        }
    }

    fn cards() -> Vec<Card> {
        vec![
            card(1, "0680", &["cleaning"], 4),
            card(2, "0643", &["cleaning", "laundry"], 12),
            card(3, "0687", &["carpentry"], 3),
        ]
    }

    fn accepted(filter: &Filter) -> Vec<i64> {
        cards().iter().filter(|card| filter.accepts(card)).map(|card| card.id.0).collect()
    }

    #[test]
    fn filters_ask_for_place_distance_trade_people_and_facts() {
        let place = Place::parse("0680").ok();
        assert_eq!(accepted(&Filter { place: place.clone(), ..Filter::default() }), [1]);
        assert_eq!(accepted(&Filter { place: place.clone(), within_km: Some(25), ..Filter::default() }), [1, 2]);
        assert_eq!(accepted(&Filter { place, within_km: Some(100), ..Filter::default() }), [1, 2, 3]);
        assert_eq!(accepted(&Filter { sector: Some("laundry".to_owned()), ..Filter::default() }), [2]);
        assert_eq!(accepted(&Filter { people: Some(4), ..Filter::default() }), [1, 2]);
        assert_eq!(accepted(&Filter { for_reserved: true, ..Filter::default() }), [1]);
        assert_eq!(accepted(&Filter { cpv: Cpv::parse("90919200").ok(), ..Filter::default() }), [1, 2, 3]);
    }

    #[test]
    fn each_count_is_what_that_choice_would_leave() {
        let all = cards();
        for chosen in [Filter::default(), Filter { sector: Some("cleaning".to_owned()), ..Filter::default() }] {
            let counts = Counts::of(all.iter(), &chosen);
            let left = |filter: Filter| all.iter().filter(|card| filter.accepts(card)).count();
            for (code, count) in &counts.places {
                assert_eq!(left(Filter { place: Place::parse(code).ok(), ..chosen.clone() }), *count, "{code}");
            }
            for (sector, count) in &counts.sectors {
                assert_eq!(left(Filter { sector: Some(sector.clone()), ..chosen.clone() }), *count, "{sector}");
            }
            for (people, count) in &counts.people {
                assert_eq!(left(Filter { people: Some(*people), ..chosen.clone() }), *count, "{people}");
            }
            for (basis, count) in &counts.basis {
                assert_eq!(left(Filter { basis: Some(*basis), ..chosen.clone() }), *count, "{basis:?}");
            }
            assert_eq!(left(Filter { for_reserved: true, ..chosen.clone() }), counts.for_reserved);
        }
    }

    #[test]
    fn similar_ones_share_a_trade_and_lie_near() {
        let all = cards();
        let ids: Vec<i64> = similar(all.iter(), &all[0], 5).iter().map(|card| card.id.0).collect();
        assert_eq!(ids, [2]);
    }
}
