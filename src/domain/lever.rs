//! Which lever of the law on public procurement (LOU, SFS 2016:1145) lets an ASF take part, from what is known of
//! a draft. Suggests, with the paragraph; never says that somebody meets a demand.

use serde::Serialize;

use super::{
    cpv::Cpv,
    legal_limit::{LimitKind, Limits},
};

/// A way that the law offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lever {
    /// Buy directly, below the limit.
    DirectAward,
    /// Reserve for sheltered workshops and suppliers whose main purpose is integration.
    Reserve,
    /// Reserve services of annex 2 for organisations with participation.
    Participatory,
    /// Reserve services of annex 2 for registered nonprofit organisations.
    Nonprofit,
    /// Ask for employment in the performance of the contract.
    Employment,
    /// Let groups bid, and let bidders rely on others.
    Groups,
    /// Advertise in a registered database.
    Notice,
    /// Write down how it was done.
    Document,
}

impl Lever {
    /// Where it stands.
    pub fn paragraph(self) -> &'static str {
        match self {
            Self::DirectAward => "19 a kap. 2 §",
            Self::Reserve => "4 kap. 18 §",
            Self::Participatory => "19 kap. 25 §",
            Self::Nonprofit => "19 kap. 25 a §",
            Self::Employment => "17 kap. 1 §",
            Self::Groups => "19 kap. 4–5 §§",
            Self::Notice => "19 kap. 8 §",
            Self::Document => "19 a kap. 11 §",
        }
    }
}

/// What is known of a draft.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Draft {
    /// Value with options and extensions, SEK excluding VAT.
    pub value_sek: Option<i64>,
    /// ASF that could deliver all of it.
    pub for_all: usize,
    /// ASF that could deliver a lot or a part.
    pub for_part: usize,
    /// Its codes may stand in annex 2.
    pub may_be_annex_2: bool,
}

/// What can be advised on a day, and which amounts are missing for more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// Levers, the nearest first.
    pub levers: Vec<Lever>,
    /// Amounts without a row for the day.
    pub missing: Vec<LimitKind>,
}

/// Weighs a draft. Without the amounts for direct award and documentation on the day nothing is advised at all.
pub fn advise(draft: &Draft, limits: &Limits) -> Advice {
    let needed = [LimitKind::DirectAward, LimitKind::Documentation];
    let missing: Vec<LimitKind> = needed.into_iter().filter(|kind| limits.sek(*kind).is_none()).collect();
    if !missing.is_empty() {
        return Advice { levers: Vec::new(), missing };
    }
    let mut levers = Vec::new();
    let is_below = |kind| draft.value_sek.zip(limits.sek(kind)).map(|(value, limit)| value < limit);
    let fitting = draft.for_all + draft.for_part;
    match is_below(LimitKind::DirectAward) {
        Some(true) if draft.for_all > 0 => levers.push(Lever::DirectAward),
        Some(false) => levers.push(Lever::Notice),
        _ => {}
    }
    if fitting > 1 {
        levers.push(Lever::Reserve);
    }
    if draft.may_be_annex_2 && fitting > 0 {
        levers.extend([Lever::Participatory, Lever::Nonprofit]);
    }
    if draft.for_all == 0 && draft.for_part > 1 {
        levers.push(Lever::Groups);
    }
    if is_below(LimitKind::DirectAward) != Some(true) || fitting == 0 {
        levers.push(Lever::Employment);
    }
    if is_below(LimitKind::Documentation) == Some(false) && levers.contains(&Lever::DirectAward) {
        levers.push(Lever::Document);
    }
    let annex_2 = draft.may_be_annex_2 && limits.sek(LimitKind::EuAnnex2).is_none();
    Advice { levers, missing: if annex_2 { vec![LimitKind::EuAnnex2] } else { Vec::new() } }
}

/// Groups of codes with services of annex 2; the annex lists single codes, so the reader is told to look.
const ANNEX_2: [&str; 9] = ["551", "552", "553", "554", "5551", "5552", "753", "80", "85"];

/// Whether a code may stand in annex 2.
pub fn may_be_annex_2(codes: &[Cpv]) -> bool {
    codes.iter().any(|code| ANNEX_2.iter().any(|prefix| code.as_str().starts_with(prefix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits::new([(LimitKind::DirectAward, 700_000), (LimitKind::Documentation, 100_000)].into_iter())
    }

    #[test]
    fn the_value_decides_between_direct_award_and_notice() {
        let levers = |value_sek| {
            let draft = Draft { value_sek, for_all: 2, ..Draft::default() };
            advise(&draft, &limits()).levers
        };
        assert_eq!(levers(Some(90_000)), [Lever::DirectAward, Lever::Reserve]);
        assert_eq!(levers(Some(100_001)), [Lever::DirectAward, Lever::Reserve, Lever::Document]);
        assert_eq!(levers(Some(700_000)), [Lever::Notice, Lever::Reserve, Lever::Employment]);
        assert_eq!(levers(None), [Lever::Reserve, Lever::Employment]);
    }

    #[test]
    fn a_reservation_needs_more_than_one_who_could_bid() {
        let one = Draft { value_sek: Some(900_000), for_all: 1, ..Draft::default() };
        assert_eq!(advise(&one, &limits()).levers, [Lever::Notice, Lever::Employment]);
        let parts = Draft { for_part: 3, ..one };
        let parts = Draft { for_all: 0, ..parts };
        let expected = [Lever::Notice, Lever::Reserve, Lever::Groups, Lever::Employment];
        assert_eq!(advise(&parts, &limits()).levers, expected);
    }

    #[test]
    fn without_an_amount_for_the_day_there_is_no_advice() {
        let draft = Draft { value_sek: Some(1), for_all: 5, ..Draft::default() };
        let advice = advise(&draft, &Limits::default());
        assert_eq!(advice.levers, []);
        assert_eq!(advice.missing, [LimitKind::DirectAward, LimitKind::Documentation]);
    }
}
