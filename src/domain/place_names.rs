//! Where in the home county a postal code or a locality lies. Facts, read from the open list of Swedish postal
//! codes (sjbrg/swedish-geodata, CC0).

use super::place::{COUNTIES, MUNICIPALITIES, Place};

/// First and last postal code of a stretch, and its municipality.
const POSTAL_CODES: &[(u32, u32, &str)] = &[
    (33101, 33198, "0683"),
    (33201, 33301, "0662"),
    (33302, 33302, "0683"),
    (33303, 33333, "0662"),
    (33371, 33372, "0683"),
    (33373, 33373, "0662"),
    (33374, 33374, "0683"),
    (33375, 33491, "0662"),
    (33501, 33501, "0617"),
    (33503, 33503, "0662"),
    (33504, 33533, "0617"),
    (33571, 33572, "0662"),
    (33573, 33596, "0617"),
    (55002, 55811, "0680"),
    (56101, 56280, "0680"),
    (56291, 56291, "0665"),
    (56301, 56491, "0680"),
    (56518, 56534, "0642"),
    (56576, 56576, "0680"),
    (56591, 56594, "0642"),
    (56596, 56597, "0680"),
    (56600, 56693, "0643"),
    (56701, 56893, "0665"),
    (57100, 57197, "0682"),
    (57300, 57361, "0687"),
    (57373, 57373, "0604"),
    (57382, 57398, "0687"),
    (57400, 57498, "0685"),
    (57501, 57599, "0686"),
    (57601, 57697, "0684"),
    (57799, 57799, "0685"),
    (57801, 57874, "0604"),
    (57875, 57875, "0682"),
    (57891, 57894, "0604"),
    (57895, 57895, "0682"),
    (59805, 59898, "0686"),
];

/// Localities that lie in one municipality, in lower case; those that are common words are left out.
const LOCALITIES: &[(&str, &str)] = &[
    ("anderstorp", "0662"),
    ("bankeryd", "0680"),
    ("bodafors", "0682"),
    ("bottnaryd", "0680"),
    ("brandstorp", "0643"),
    ("bruzaholm", "0686"),
    ("burseryd", "0662"),
    ("ekenässjön", "0685"),
    ("forserum", "0682"),
    ("forsheda", "0683"),
    ("frinnaryd", "0604"),
    ("gränna", "0680"),
    ("hestra", "0662"),
    ("hillerstorp", "0617"),
    ("huskvarna", "0680"),
    ("ingatorp", "0686"),
    ("korsberga", "0685"),
    ("landsbro", "0685"),
    ("lekeryd", "0680"),
    ("malmbäck", "0682"),
    ("mariannelund", "0686"),
    ("myresjö", "0685"),
    ("norrahammar", "0680"),
    ("reftele", "0662"),
    ("rydaholm", "0683"),
    ("sandhem", "0642"),
    ("skillingaryd", "0665"),
    ("smålandsstenar", "0662"),
    ("sommen", "0687"),
    ("stockaryd", "0684"),
    ("taberg", "0680"),
    ("tenhult", "0680"),
    ("visingsö", "0680"),
    ("vrigstad", "0684"),
];

/// The municipality of a postal code of five digits, with or without a space.
pub fn of_postal_code(code: &str) -> Option<Place> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let number: u32 = digits.parse().ok().filter(|_| digits.len() == 5)?;
    let found = POSTAL_CODES.iter().find(|(first, last, _)| (*first..=*last).contains(&number))?;
    Some(Place::Municipality(found.2.to_owned()))
}

/// The municipality that a word names: itself or one of its localities, also with a genitive `s`.
pub fn of_word(word: &str) -> Option<Place> {
    let lower = word.to_lowercase();
    let is_named = |name: &str| lower == name || lower.strip_suffix('s') == Some(name);
    let own = MUNICIPALITIES.iter().find(|m| is_named(&m.name.to_lowercase())).map(|m| m.code);
    let code = own.or_else(|| LOCALITIES.iter().find(|(name, _)| is_named(name)).map(|(_, code)| *code))?;
    Some(Place::Municipality(code.to_owned()))
}

/// The municipality or the county that a buyer is named after: `Jönköpings kommun`, `Region Jönköpings län`.
pub fn of_buyer(name: &str) -> Option<Place> {
    let words: Vec<&str> = name.split_whitespace().map(|word| word.trim_matches([',', '.', '(', ')'])).collect();
    let of_county = words.windows(2).find(|pair| pair[1].to_lowercase() == "län");
    if let Some(pair) = of_county {
        let lower = format!("{} län", pair[0].to_lowercase());
        let county = COUNTIES.iter().find(|county| county.name.to_lowercase() == lower)?;
        return Some(Place::County(county.code.to_owned()));
    }
    words.into_iter().find_map(of_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_of_the_county_are_known_and_others_are_not() {
        let code = |text: &str| of_postal_code(text).map(|place| place.code().to_owned());
        assert_eq!(code("553 15").as_deref(), Some("0680"));
        assert_eq!(code("57375"), None);
        assert_eq!(code("11122"), None);
        assert_eq!(code("5531"), None);
        let word = |text: &str| of_word(text).map(|place| place.code().to_owned());
        assert_eq!(word("Jönköpings").as_deref(), Some("0680"));
        assert_eq!(word("Tranås").as_deref(), Some("0687"));
        assert_eq!(word("HUSKVARNA").as_deref(), Some("0680"));
        assert_eq!(word("bor"), None);
        assert_eq!(word("Vaggerydsvägen"), None);
        let buyer = |text: &str| of_buyer(text).map(|place| place.code().to_owned());
        assert_eq!(buyer("JÖNKÖPINGS KOMMUN").as_deref(), Some("0680"));
        assert_eq!(buyer("Region Jönköpings län").as_deref(), Some("06"));
        assert_eq!(buyer("Länsstyrelsen i Skåne län").as_deref(), Some("12"));
        assert_eq!(buyer("Tranås Energi AB").as_deref(), Some("0687"));
        assert_eq!(buyer("Lunds kommun"), None);
    }
}
