//! Reasons and objections of the matcher as sentences, one line each.
//! What a sentence may promise: where the law lets the buyer decide, the sentence says so.

use super::{
    Words,
    fluent::{FluentArg, MessageProblem},
    format::Formats,
};
use crate::domain::{
    language::Language,
    place::{Place, PlaceFit},
    reason::{Objection, Reason},
    reservation::Reservation,
};

/// Who reads the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The ASF itself: `ni`.
    Asf,
    /// A buyer or anybody else who reads about the ASF: `de`.
    Other,
}

impl Voice {
    fn as_str(self) -> &'static str {
        match self {
            Self::Asf => "asf",
            Self::Other => "other",
        }
    }
}

/// Why the two suit each other, for example `Både ni och de skriver ”fönsterputsning”.`
pub fn reason(words: &Words, language: Language, voice: Voice, reason: &Reason) -> String {
    write_reason(&words.formats(language), voice, reason).unwrap_or_else(logged)
}

/// What speaks against, for example `Jobbet är i Tranås, utanför ert område men i samma län.`
pub fn objection(words: &Words, language: Language, voice: Voice, objection: &Objection) -> String {
    write_objection(&words.formats(language), voice, objection).unwrap_or_else(logged)
}

fn logged(problem: MessageProblem) -> String {
    tracing::error!(%problem, "reason without words");
    String::new()
}

pub(super) fn write_reason(formats: &Formats, voice: Voice, reason: &Reason) -> Result<String, MessageProblem> {
    match reason {
        Reason::Concept { mine, theirs, .. } => words_met(formats, voice, "reason-concept", mine, theirs),
        Reason::Word { mine, theirs } => words_met(formats, voice, "reason-word", mine, theirs),
        Reason::Code { mine, theirs, .. } if mine == theirs => {
            spoken(formats, voice, "reason-code-same", &[("code", mine.as_str().into())])
        }
        Reason::Code { mine, digits, .. } => {
            let branch: String = mine.chars().take(*digits).chain(['…']).collect();
            spoken(formats, voice, "reason-code", &[("code", branch.into())])
        }
        Reason::Place { fit, place } => placed(formats, voice, "reason", *fit, place),
        Reason::Reserved { reservation } => reserved(formats, voice, "reason", *reservation),
        Reason::Added { why } => spoken(formats, voice, "reason-added", &[("why", why.as_str().into())]),
    }
}

pub(super) fn write_objection(
    formats: &Formats,
    voice: Voice,
    objection: &Objection,
) -> Result<String, MessageProblem> {
    match objection {
        Objection::Place { fit, place } => placed(formats, voice, "objection", *fit, place),
        Objection::TooLarge { value_sek, largest_sek } => {
            let (value, largest) = (formats.sek(*value_sek), formats.sek(*largest_sek));
            spoken(formats, voice, "objection-too-large", &[("value", value.into()), ("largest", largest.into())])
        }
        // The days were counted when the pairing was made and are fewer when the sentence is read.
        Objection::ShortTime { .. } => spoken(formats, voice, "objection-short-time", &[]),
        Objection::StartsBefore { earliest } => {
            spoken(formats, voice, "objection-starts-before", &[("earliest", formats.date(*earliest).into())])
        }
        Objection::ReservedForOthers { reservation } => reserved(formats, voice, "objection", *reservation),
        Objection::DeclinedWork { theirs } => {
            spoken(formats, voice, "objection-declined-work", &[("word", theirs.to_lowercase().into())])
        }
        Objection::DeclinedPlace { place } => placed_away(formats, voice, place),
        Objection::PartOnly => spoken(formats, voice, "objection-part-only", &[]),
    }
}

fn spoken(formats: &Formats, voice: Voice, id: &str, args: &[(&str, FluentArg)]) -> Result<String, MessageProblem> {
    formats.catalogue.text(formats.language, &format!("{id}-{}", voice.as_str()), args)
}

fn words_met(formats: &Formats, voice: Voice, id: &str, mine: &str, theirs: &str) -> Result<String, MessageProblem> {
    let (mine, theirs) = (mine.to_lowercase(), theirs.to_lowercase());
    if mine == theirs {
        return spoken(formats, voice, "reason-same-word", &[("word", mine.into())]);
    }
    spoken(formats, voice, id, &[("mine", mine.into()), ("theirs", theirs.into())])
}

fn placed(formats: &Formats, voice: Voice, kind: &str, fit: PlaceFit, place: &str) -> Result<String, MessageProblem> {
    let fit = match fit {
        PlaceFit::Inside => "inside",
        PlaceFit::Ships => "ships",
        PlaceFit::Partly => "partly",
        PlaceFit::Near => "near",
        PlaceFit::Far => "far",
        PlaceFit::Unknown => "unknown",
    };
    let is_country = place == Place::Sweden.name();
    if place.is_empty() || fit == "unknown" {
        return spoken(formats, voice, &format!("{kind}-place-unknown"), &[]);
    }
    if is_country && fit == "ships" {
        return spoken(formats, voice, &format!("{kind}-place-country"), &[]);
    }
    let name = if is_country { formats.catalogue.text(formats.language, "place-sweden", &[])? } else { place.into() };
    spoken(formats, voice, &format!("{kind}-place-{fit}"), &[("place", name.into())])
}

fn placed_away(formats: &Formats, voice: Voice, place: &str) -> Result<String, MessageProblem> {
    let is_country = place == Place::Sweden.name();
    let name = if is_country { formats.catalogue.text(formats.language, "place-sweden", &[])? } else { place.into() };
    spoken(formats, voice, "objection-declined-place", &[("place", name.into())])
}

fn reserved(formats: &Formats, voice: Voice, kind: &str, reservation: Reservation) -> Result<String, MessageProblem> {
    let whom = reservation.as_str().replace('_', "-");
    let rule = formats.catalogue.text(formats.language, &format!("reserved-{whom}"), &[])?;
    if reservation == Reservation::None {
        return Ok(rule);
    }
    spoken(formats, voice, &format!("{kind}-reserved"), &[("rule", rule.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(fit: PlaceFit, place: &str) -> [(Reason, Objection); 1] {
        [(Reason::Place { fit, place: place.to_owned() }, Objection::Place { fit, place: place.to_owned() })]
    }

    fn every_reason() -> Vec<Reason> {
        let mut all = vec![
            Reason::Concept { concept: "cleaning".into(), mine: "Lokalvård".into(), theirs: "städning".into() },
            Reason::Concept {
                concept: "windows".into(),
                mine: "fönsterputsning".into(),
                theirs: "Fönsterputsning".into(),
            },
            Reason::Word { mine: "snickare".into(), theirs: "snickeri".into() },
            Reason::Code { mine: "90911300".into(), theirs: "90910000".into(), digits: 4 },
            Reason::Code { mine: "90911300".into(), theirs: "90911300".into(), digits: 6 },
        ];
        all.push(Reason::Added { why: "De ringde och vill.".into() });
        all.extend(every_place().into_iter().map(|(reason, _)| reason));
        all.extend(Reservation::ALL.map(|reservation| Reason::Reserved { reservation }));
        all
    }

    fn every_objection() -> Vec<Objection> {
        let mut all = vec![
            Objection::TooLarge { value_sek: 900_000, largest_sek: 400_000 },
            Objection::ShortTime { days: 3 },
            Objection::StartsBefore { earliest: "2027-02-01".parse().unwrap() },
            Objection::PartOnly,
            Objection::DeclinedWork { theirs: "Städning".into() },
            Objection::DeclinedPlace { place: "Nässjö".into() },
            Objection::DeclinedPlace { place: Place::Sweden.name() },
        ];
        all.extend(every_place().into_iter().map(|(_, objection)| objection));
        all.extend(Reservation::ALL.map(|reservation| Objection::ReservedForOthers { reservation }));
        all
    }

    fn every_place() -> Vec<(Reason, Objection)> {
        use PlaceFit::{Far, Inside, Near, Partly, Ships, Unknown};
        let fits = [Inside, Ships, Partly, Unknown, Near, Far];
        fits.into_iter()
            .flat_map(|fit| ["Nässjö", "hela Sverige", ""].into_iter().flat_map(move |p| places(fit, p)))
            .collect()
    }

    #[test]
    fn every_reason_and_objection_is_one_line_in_both_languages_and_voices() {
        let words = Words::embedded().unwrap();
        for (language, voice) in Language::ALL.iter().flat_map(|l| [(*l, Voice::Asf), (*l, Voice::Other)]) {
            let reasons = every_reason().into_iter().map(|r| reason(&words, language, voice, &r));
            let objections = every_objection().into_iter().map(|o| objection(&words, language, voice, &o));
            for sentence in reasons.chain(objections) {
                assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence:?}");
                assert!(!sentence.contains("  ") && sentence.chars().count() <= 220, "{sentence:?}");
                let speaks_of_you = sentence.to_lowercase().split([' ', ',', '.']).any(|w| w == "ni" || w == "you");
                assert!(!(voice == Voice::Other && speaks_of_you), "{sentence:?}");
            }
        }
    }

    #[test]
    fn sentences_say_which_words_met() {
        let words = Words::embedded().unwrap();
        let check = |voice, at: usize, expected: &str| {
            assert_eq!(reason(&words, Language::Sv, voice, &every_reason()[at]), expected);
        };
        check(Voice::Asf, 0, "Ni skriver ”lokalvård” och de söker ”städning” – det är samma sorts arbete.");
        check(Voice::Asf, 1, "Både ni och de skriver ”fönsterputsning”.");
        check(Voice::Other, 1, "Ordet ”fönsterputsning” står både i behovet och hos företaget.");
        check(Voice::Asf, 3, "Arbetet ligger i samma gren som ert i CPV, EU:s koder för det som köps (9091…).");
        check(Voice::Asf, 5, "Samordnaren lade till er: De ringde och vill.");
        check(Voice::Asf, 6, "Jobbet är i Nässjö, där ni arbetar.");
    }

    #[test]
    fn a_reservation_names_the_law_and_leaves_the_decision_to_the_buyer() {
        let words = Words::embedded().unwrap();
        let reserved = Reason::Reserved { reservation: Reservation::ShelteredOrIntegration };
        let sentence = reason(&words, Language::Sv, Voice::Asf, &reserved);
        assert!(sentence.contains("4 kap. 18 §") && sentence.contains("Köparen avgör"), "{sentence}");
        assert!(!sentence.contains("uppfyller"), "{sentence}");
    }

    #[test]
    fn a_template_turns_a_stored_reason_into_its_sentence() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("x.txt"), "{{ reason(r, voice='other') }}|{{ objection(o) }}").unwrap();
        let words = Words::with_overrides(dir.path()).unwrap();
        let reason = Reason::Place { fit: PlaceFit::Inside, place: "Habo".into() };
        let context = serde_json::json!({ "r": reason, "o": Objection::PartOnly });
        let text = words.render("x.txt", Language::En, context).unwrap();
        assert_eq!(
            text,
            "The job is in Habo, where the enterprise works.|You have described only a part of what they look for."
        );
    }
}
