//! What a coordinator has corrected in one lot for the matcher: an overlay that leaves the buyer's own words as
//! they are, so that it survives a newer version of the notice and can be taken back.

use std::collections::BTreeMap;

use super::{
    asf::AsfId,
    cpv::Cpv,
    pairing::Strength,
    place::Place,
    reason::{Fit, Reason},
    rejection::Rejection,
};

/// An overlay. What is empty says nothing, and then the notice holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tuning {
    /// Words that say what the work is, beside the buyer's.
    pub words: String,
    /// The right codes, instead of the notice's.
    pub cpv: Vec<Cpv>,
    /// The right places, instead of the notice's.
    pub places: Vec<Place>,
    /// ASF that are suggested whatever the matcher says.
    pub added: Vec<AsfId>,
    /// ASF that are not suggested whatever the matcher says.
    pub excluded: Vec<AsfId>,
    /// Why; read by the ASF that were added.
    pub reason: String,
}

/// Longest words, in characters.
const WORDS_CHARS: usize = 300;
/// Longest reason, in characters.
const REASON_CHARS: usize = 300;
/// Most codes, places, and ASF added or excluded.
const MOST: usize = 50;

impl Tuning {
    /// Reads the fields of the form: `words`, `cpv`, `places`, `reason`, and `med_<id>` and `ut_<id>` for each ASF
    /// that is added or excluded.
    ///
    /// # Errors
    /// What is wrong, field by field; `rejected-tuning-empty` when nothing is said.
    pub fn parse(form: &BTreeMap<String, String>) -> Result<Self, Vec<Rejection>> {
        let mut wrong = Vec::new();
        let text = |name: &str| form.get(name).map(|value| value.trim()).unwrap_or_default();
        let (words, reason) = (text("words").to_owned(), text("reason").to_owned());
        if words.chars().count() > WORDS_CHARS {
            wrong.push(Rejection::new("words", "rejected-tuning-length", &words));
        }
        if reason.chars().count() > REASON_CHARS {
            wrong.push(Rejection::new("reason", "rejected-tuning-length", &reason));
        }
        let cpv = Cpv::parse_list(text("cpv")).unwrap_or_else(|rejection| {
            wrong.push(Rejection { field: "cpv", ..rejection });
            Vec::new()
        });
        let places = Place::parse_list(text("places")).unwrap_or_else(|rejection| {
            wrong.push(Rejection { field: "places", ..rejection });
            Vec::new()
        });
        let chosen = |prefix: &str| -> Vec<AsfId> {
            let ids = form.keys().filter_map(|name| name.strip_prefix(prefix)?.parse().ok());
            ids.map(AsfId).collect()
        };
        let excluded = chosen("ut_");
        let mut added = chosen("med_");
        added.retain(|asf| !excluded.contains(asf));
        for (field, number) in [("cpv", cpv.len()), ("places", places.len()), ("reason", added.len() + excluded.len())]
        {
            if number > MOST {
                wrong.push(Rejection::new(field, "rejected-tuning-many", &number.to_string()));
            }
        }
        if reason.is_empty() && !(added.is_empty() && excluded.is_empty()) {
            wrong.push(Rejection::new("reason", "rejected-tuning-reason", ""));
        }
        let tuning = Self { words, cpv, places, added, excluded, reason };
        if tuning.is_empty() && wrong.is_empty() {
            wrong.push(Rejection::new("words", "rejected-tuning-empty", ""));
        }
        if wrong.is_empty() { Ok(tuning) } else { Err(wrong) }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.cpv.is_empty()
            && self.places.is_empty()
            && self.added.is_empty()
            && self.excluded.is_empty()
    }

    /// What becomes of an ASF's fit: excluded, it is none; added, it is one at least, and says who added it.
    pub fn apply(&self, asf: AsfId, fit: Fit) -> Fit {
        if self.excluded.contains(&asf) {
            return Fit { strength: None, ..fit };
        }
        if !self.added.contains(&asf) {
            return fit;
        }
        let strength = Some(fit.strength.unwrap_or(Strength::Possible));
        let mut reasons = vec![Reason::Added { why: self.reason.clone() }];
        reasons.extend(fit.reasons);
        Fit { strength, reasons, ..fit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn wrong(fields: &[(&str, &str)]) -> Vec<&'static str> {
        Tuning::parse(&form(fields)).unwrap_err().iter().map(|rejection| rejection.rule).collect()
    }

    #[test]
    fn each_field_is_read_and_each_wrong_one_named() {
        let fields = [("words", " städning "), ("cpv", "90910000"), ("places", "Habo, 0680"), ("med_3", "1")];
        let read = Tuning::parse(&form(&[&fields[..], &[("ut_4", "1"), ("reason", "Ringde")]].concat())).unwrap();
        assert_eq!((read.words.as_str(), read.places.len()), ("städning", 2));
        assert_eq!((read.added, read.excluded), (vec![AsfId(3)], vec![AsfId(4)]));
        assert_eq!(wrong(&[]), ["rejected-tuning-empty"]);
        assert_eq!(wrong(&[("reason", "bara ett skäl")]), ["rejected-tuning-empty"]);
        assert_eq!(wrong(&[("ut_4", "1")]), ["rejected-tuning-reason"]);
        assert_eq!(wrong(&[("words", &"å".repeat(301))]), ["rejected-tuning-length"]);
        assert_eq!(wrong(&[("cpv", "x"), ("places", "!")]).len(), 2);
        let both = Tuning::parse(&form(&[("med_3", "1"), ("ut_3", "1"), ("reason", "Nej")])).unwrap();
        assert_eq!((both.added, both.excluded), (vec![], vec![AsfId(3)]));
    }

    #[test]
    fn added_says_who_added_it_and_excluded_is_no_suggestion() {
        let fit = |strength| Fit { score: 0.2, topic: 0.2, strength, reasons: Vec::new(), objections: Vec::new() };
        let tuning = Tuning {
            added: vec![AsfId(1)],
            excluded: vec![AsfId(2)],
            reason: "De ringde".to_owned(),
            ..Tuning::default()
        };
        let added = tuning.apply(AsfId(1), fit(None));
        assert_eq!(added.strength, Some(Strength::Possible));
        assert_eq!(added.reasons, [Reason::Added { why: "De ringde".to_owned() }]);
        assert_eq!(tuning.apply(AsfId(1), fit(Some(Strength::Strong))).strength, Some(Strength::Strong));
        assert_eq!(tuning.apply(AsfId(2), fit(Some(Strength::Strong))).strength, None);
        assert_eq!(tuning.apply(AsfId(3), fit(None)), fit(None));
    }
}
