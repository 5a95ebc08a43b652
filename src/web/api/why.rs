//! Why something was found or suggested: the same reasons as on the pages, as words and as kinds.

use serde::Serialize;
use utoipa::ToSchema;

use super::gate::Caller;
use crate::{
    domain::{
        place::Place,
        reason::{Objection, Reason},
    },
    words::reasons::{self, Voice},
};

/// One reason or objection.
#[derive(Debug, Serialize, ToSchema)]
pub struct Why {
    /// `concept`, `word`, `code`, `place`, `reserved`, or the kind of an objection.
    kind: String,
    /// One sentence, in the language of the call.
    text: String,
}

/// Reasons in words.
pub(super) fn reasons(caller: &Caller, voice: Voice, reasons: &[Reason]) -> Vec<Why> {
    let written = |reason: &Reason| reasons::reason(&caller.app.words, caller.language, voice, reason);
    reasons.iter().map(|reason| Why { kind: kind(reason), text: written(reason) }).collect()
}

/// Objections in words.
pub(super) fn objections(caller: &Caller, voice: Voice, objections: &[Objection]) -> Vec<Why> {
    let written = |objection: &Objection| reasons::objection(&caller.app.words, caller.language, voice, objection);
    objections.iter().map(|objection| Why { kind: kind(objection), text: written(objection) }).collect()
}

fn kind(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value["kind"].as_str().unwrap_or_default().to_owned()
}

/// A place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedPlace {
    /// Municipality (four digits), county (two) or `SE`.
    code: String,
    /// Its Swedish name.
    name: String,
}

impl From<&Place> for NamedPlace {
    fn from(place: &Place) -> Self {
        Self { code: place.code().to_owned(), name: place.name() }
    }
}

/// Places in their order.
pub(super) fn places<'a>(places: impl IntoIterator<Item = &'a Place>) -> Vec<NamedPlace> {
    places.into_iter().map(NamedPlace::from).collect()
}
