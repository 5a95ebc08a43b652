//! What an ASF's answers have taught, as lines with a button that takes each back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::parts::PlaceName;
use crate::domain::lesson::{Lesson, Taught};

/// One lesson on a page.
#[derive(Serialize)]
pub(super) struct LessonLine {
    id: i64,
    kind: &'static str,
    word: String,
    value_sek: Option<i64>,
    place: Option<PlaceName>,
    until: Option<NaiveDate>,
}

/// Which lesson to take back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UndoForm {
    pub(super) lesson: i64,
}

impl From<&Lesson> for LessonLine {
    fn from(lesson: &Lesson) -> Self {
        let (kind, ..) = lesson.taught.columns();
        let mut line = Self { id: lesson.id.0, kind, word: String::new(), value_sek: None, place: None, until: None };
        match &lesson.taught {
            Taught::Concept(_, word) | Taught::Word(_, word) | Taught::Code(word) => line.word.clone_from(word),
            Taught::LargestJob(sek) => line.value_sek = Some(*sek),
            Taught::Place(place) => line.place = Some(PlaceName::from(place)),
            Taught::Pause(until) => line.until = Some(*until),
        }
        line
    }
}
