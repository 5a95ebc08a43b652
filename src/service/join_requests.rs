//! Acting for an ASF: a profile that nobody acts for is claimed, and staff decides; one that somebody acts
//! for is joined, and they or staff decide. The sign-in mail proves the address afterwards.

use super::{Error, Result, users as service_users};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        email::Email,
        language::Language,
        rejection::Rejection,
        user::{Role, User},
    },
    store::{
        asf, audit, connection, join_requests,
        join_requests::{JoinRequest, Verdict},
        tasks, users,
    },
};

/// Requests on a page.
const SHOWN: u64 = 200;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 1_000;

/// Asks. Asking again while it waits is the same.
///
/// # Errors
/// `NotFound` without such an ASF; `rejected-note` when it is too long.
pub async fn ask(app: &App, of: AsfId, email: &Email, note: &str, language: Language) -> Result<()> {
    if note.chars().count() > LONGEST_NOTE {
        return Err(Rejection::new("note", "rejected-join-note", note).into());
    }
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let about = asf::find(&tx, of).await?.ok_or(Error::NotFound)?;
    if join_requests::insert_new(&tx, of, email, note.trim(), language, now).await? {
        if users::list_colleagues(&tx, Some(of), None).await?.is_empty() {
            tasks::open(&tx, "task-kind-claim", &format!("asf:{}", of.0), &about.name, now).await?;
        }
        audit::insert(&tx, now, "nobody", "ask_to_join", "asf", of.0, "").await?;
    }
    tx.commit().await.map_err(Error::from)
}

/// What waits, for one ASF or for all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(app: &App, of: Option<AsfId>) -> Result<Vec<JoinRequest>> {
    Ok(join_requests::list_open(&app.db, of, SHOWN).await?)
}

/// Decides. Who is let in gets a mail that says how to sign in.
///
/// # Errors
/// `NotFound` when it waits no more, or is not theirs to decide.
pub async fn decide(app: &App, by: &User, id: i64, verdict: Verdict) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    let request = join_requests::find_open(&tx, id).await?.ok_or(Error::NotFound)?;
    let of = AsfId(request.asf_id);
    let is_theirs = by.role.is_staff() || (by.role == Role::Asf && by.asf_id == Some(of));
    if !is_theirs {
        return Err(Error::NotFound);
    }
    let actor = format!("user:{}", by.id.0);
    if !join_requests::decide(&tx, id, verdict, &actor, now).await? {
        return Err(Error::Conflict);
    }
    if verdict == Verdict::LetIn {
        let email = Email::parse(&request.email)?;
        let known = users::find_by_email(&tx, &email).await?;
        let language = Language::from_code(&request.language);
        let new = service_users::Invitation { email, role: Role::Asf, asf: Some(of), buyer: None, language };
        let user = match known {
            Some(user) if user.role.is_staff() => {
                return Err(Rejection::new("email", "rejected-join-staff", &request.email).into());
            }
            Some(user) => {
                service_users::give_role(&tx, &actor, &user, Role::Asf, Some(of), None, now).await?;
                user.id
            }
            None => users::insert(&tx, &new.email, Role::Asf, Some(of), None, now).await?,
        };
        service_users::queue_invitation(app, &tx, &format!("join:{id}"), by, &new, now).await?;
        audit::insert(&tx, now, &actor, "let_in", "user", user.0, "").await?;
    } else {
        audit::insert(&tx, now, &actor, "keep_out", "asf", of.0, "").await?;
    }
    tx.commit().await.map_err(Error::from)
}
