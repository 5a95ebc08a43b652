//! The concepts: trades that ASF work in, with the words for them. Finding them in a text
//! lives in `concepts`.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::families::lines;

const FILE: &str = include_str!("../../data/thesaurus.csv");
const RELATED: &str = include_str!("../../data/related.csv");

/// A trade, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Stable name, compared and stored.
    pub id: String,
    /// Swedish name for readers.
    pub label_sv: String,
    /// English name for readers.
    pub label_en: String,
    /// Swedish words and phrases. A leading `-`: also the head of compounds. A leading `@`:
    /// also the name of a building, silent where building work or equipment is the subject. A leading
    /// `~`: a thing, which alone in running text hardly means the trade.
    pub words_sv: Vec<String>,
    /// English words and phrases.
    pub words_en: Vec<String>,
    /// CPV prefixes of three digits or more, without closing zeros.
    pub cpv_prefixes: Vec<String>,
    /// Words that look like the concept but are something else. A closing `-`: every
    /// compound that begins so.
    pub not: Vec<String>,
}

/// Concepts that are things and not work: a laundry that washes work wear does not sell it.
const GOODS: &[&str] = &["workwear", "textile_goods", "bicycle_goods", "office_furniture"];

/// A listed word without its marks.
pub(crate) fn bare(listed: &str) -> &str {
    listed.trim_start_matches(['-', '@', '~'])
}

/// Whether a concept is a thing that work can be done with, so that sharing it says little.
pub fn is_goods(id: &str) -> bool {
    GOODS.contains(&id)
}

/// Whether a concept gathers trades that social enterprises do not ply: it tells what is asked for
/// where that is something else.
pub fn is_other(id: &str) -> bool {
    id.starts_with("other_")
}

/// Concepts whose words are used in many other trades too: montage is building work as often.
const BROAD: &[&str] = &["assembly", "deburring", "moving", "haulage", "reception", "sorting", "lodging"];

/// Whether a concept's words mean it only where nothing speaks against it.
pub fn is_broad(id: &str) -> bool {
    BROAD.contains(&id)
}

/// Concepts whose trade may do a part of this one.
pub fn related(id: &str) -> impl Iterator<Item = &'static str> {
    static BY_ID: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let by_id = BY_ID.get_or_init(|| lines(RELATED).filter_map(|line| line.split_once(',')).collect());
    by_id.get(id).into_iter().flat_map(|list| list.split('|'))
}

/// The concept with this id.
pub fn concept(id: &str) -> Option<&'static Concept> {
    static BY_ID: OnceLock<HashMap<&str, &Concept>> = OnceLock::new();
    let by_id = BY_ID.get_or_init(|| all().iter().map(|c| (c.id.as_str(), c)).collect());
    by_id.get(id).copied()
}

/// All concepts, in the order of the data file.
pub fn all() -> &'static [Concept] {
    static ALL: OnceLock<Vec<Concept>> = OnceLock::new();
    ALL.get_or_init(|| lines(FILE).skip(1).filter_map(read).collect())
}

/// One line of the file. The file is ours and tested, so a line of another form is no concept.
fn read(line: &str) -> Option<Concept> {
    let mut fields = line.split(',');
    let mut next = || fields.next().map(str::trim);
    let list = |field: &str| -> Vec<String> {
        let items = field.split('|').map(str::trim).filter(|item| !item.is_empty());
        items.map(str::to_owned).collect()
    };
    Some(Concept {
        id: next()?.to_owned(),
        label_sv: next()?.to_owned(),
        label_en: next()?.to_owned(),
        words_sv: list(next()?),
        words_en: list(next()?),
        cpv_prefixes: list(next()?),
        not: list(next()?),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{FILE, RELATED, all, concept, lines, related};

    #[test]
    fn every_line_of_the_file_is_a_concept_of_its_own() {
        let ids: HashSet<&str> = all().iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids.len(), lines(FILE).count() - 1);
        assert!(lines(FILE).all(|line| line.split(',').count() == 7));
    }

    #[test]
    fn every_concept_has_words_in_both_languages_and_sound_prefixes() {
        for concept in all() {
            assert!(!concept.words_sv.is_empty(), "{}", concept.id);
            assert!(!concept.words_en.is_empty(), "{}", concept.id);
            for prefix in &concept.cpv_prefixes {
                let digits = prefix.bytes().all(|b| b.is_ascii_digit());
                assert!(digits && prefix.len() >= 3 && !prefix.ends_with('0'), "{prefix}");
            }
        }
    }

    #[test]
    fn trades_are_related_to_others_that_exist() {
        for (id, _) in lines(RELATED).filter_map(|line| line.split_once(',')) {
            assert!(concept(id).is_some(), "{id}");
            assert!(related(id).all(|other| other != id && concept(other).is_some()), "{id}");
        }
        assert_eq!(related("nothing").count(), 0);
    }

    #[test]
    fn a_concept_is_found_by_its_id() {
        assert_eq!(concept("cleaning").map(|c| c.label_en.as_str()), Some("Cleaning"));
        assert_eq!(concept("nothing"), None);
    }
}
