//! What an ASF's answers teach: kept with the answer, weighed by the matcher, taken back with a button.

use samhandla_index::analyzer::{Analyzer, TermKind, thesaurus};

use super::{Error, Result, matching, pairings::AnswerView, search};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        lesson::{self, Lesson, LessonId, Taught},
        pairing::PairingId,
        schedule::local_date,
    },
    store::{Tx, asf, audit, connection, lessons},
};

/// Keeps what an answer teaches, in place of what the answer before it to the same suggestion taught.
pub(super) async fn learn(app: &App, tx: &Tx, view: &AnswerView) -> Result<()> {
    let now = app.clock.now();
    for before in view.asf.lessons.iter().filter(|lesson| lesson.pairing_id == view.pairing.id) {
        forget(app, tx, before).await?;
    }
    let title = format!("{} {}", view.need.title, view.lot.work.title);
    let work = &view.lot.work;
    let taught = lesson::taught_by(&view.pairing, &title, &work.places, work.value_sek, local_date(now), key_of);
    for taught in taught {
        let id = lessons::insert(tx, view.asf.id, view.pairing.id, &taught, now).await?;
        if let Taught::Pause(until) = taught {
            let longest = view.asf.paused_until.max(Some(until));
            asf::set_paused_until(tx, view.asf.id, longest).await?;
        }
        write_down(app, tx, "teach", view.asf.id, id, &taught).await?;
    }
    Ok(())
}

/// Takes a lesson back; once more changes nothing. The ASF is matched anew at once.
///
/// # Errors
/// `NotFound` when the ASF has no such lesson.
pub async fn undo(app: &App, asf_id: AsfId, id: LessonId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    let stored = asf::find(&tx, asf_id).await?.ok_or(Error::NotFound)?;
    if let Some(lesson) = stored.lessons.iter().find(|lesson| lesson.id == id) {
        forget(app, &tx, lesson).await?;
    } else if !lessons::exists(&tx, asf_id, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    match_anew(app, asf_id).await
}

/// Makes the suggestions of an ASF follow its lessons.
pub(super) async fn match_anew(app: &App, asf_id: AsfId) -> Result<()> {
    search::follow(app).await?;
    if let Some(asf) = asf::find(&app.db, asf_id).await? {
        matching::match_asf(app, &asf, &mut matching::Report::default()).await?;
    }
    Ok(())
}

/// What the answer to one suggestion taught, and still holds.
///
/// # Errors
/// When the database does not answer.
pub async fn of_pairing(app: &App, asf_id: AsfId, pairing: PairingId) -> Result<Vec<Lesson>> {
    let mut all = lessons::list_for_asf(&app.db, [asf_id]).await?;
    all.retain(|lesson| lesson.pairing_id == pairing);
    Ok(all)
}

async fn forget(app: &App, tx: &Tx, lesson: &Lesson) -> Result<()> {
    lessons::undo(tx, lesson, app.clock.now()).await?;
    if let Taught::Pause(until) = lesson.taught {
        let stored = asf::find(tx, lesson.asf_id).await?.ok_or(Error::NotFound)?;
        if stored.paused_until == Some(until) {
            let left = stored.lessons.iter().filter_map(|lesson| match lesson.taught {
                Taught::Pause(until) => Some(until),
                _ => None,
            });
            asf::set_paused_until(tx, lesson.asf_id, left.max()).await?;
        }
    }
    write_down(app, tx, "unlearn", lesson.asf_id, lesson.id, &lesson.taught).await
}

async fn write_down(app: &App, tx: &Tx, action: &str, asf: AsfId, id: LessonId, taught: &Taught) -> Result<()> {
    let (kind, what, _) = taught.columns();
    let (actor, detail) = (format!("asf:{}", asf.0), format!("{kind} {what}"));
    audit::insert(tx, app.clock.now(), &actor, action, "lesson", id.0, &detail).await?;
    Ok(())
}

/// The key that a word of a need is compared by.
fn key_of(word: &str) -> Option<String> {
    let terms = Analyzer::shared().analyze(word);
    let goods = terms.iter().find(|term| term.kind == TermKind::Concept && thesaurus::is_goods(&term.key));
    goods.or_else(|| terms.iter().find(|term| term.kind == TermKind::Family)).map(|term| term.key.clone())
}
