//! Users and roles, for staff.

use axum::response::{IntoResponse as _, Redirect};
use serde::{Deserialize, Serialize};

use super::parts::Pages;
use crate::{
    domain::{
        email::Email,
        org_no::OrgNo,
        rejection::Rejection,
        user::{Role, User, UserId},
    },
    service::{self, users},
    store::{asf, users as store_users},
    web::{
        error::PageResult,
        extract::{Form, Id, Query},
        visit::{FieldError, Visit, field_errors},
    },
};

/// Users on one page.
const PAGE: usize = 50;

/// What may follow in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sida: String,
    klart: String,
}

/// Whom to invite.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct InviteForm {
    email: String,
    role: String,
    org_no: String,
}

/// What to do with a user.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    verb: String,
    role: String,
}

#[derive(Serialize)]
struct UsersPage {
    users: Vec<UserLine>,
    roles: [&'static str; 5],
    pages: Pages,
    form: InviteForm,
    errors: Vec<FieldError>,
    done: String,
}

#[derive(Serialize)]
struct UserLine {
    id: i64,
    email: String,
    role: &'static str,
    organisation: String,
    asf_id: Option<i64>,
    is_suspended: bool,
    is_self: bool,
}

/// Lists users by address.
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let number = asked.sida.parse().unwrap_or(1).clamp(1, 100_000);
    let done = if matches!(asked.klart.as_str(), "inbjuden" | "andrad") { asked.klart } else { String::new() };
    let form = InviteForm { role: Role::Asf.as_str().to_owned(), ..InviteForm::default() };
    let page = users_page(&visit, number, form, Vec::new(), done).await?;
    visit.page("pages/users/list.html", page)
}

async fn users_page(
    visit: &Visit,
    number: usize,
    form: InviteForm,
    errors: Vec<FieldError>,
    done: String,
) -> PageResult<UsersPage> {
    let staff = visit.staff()?;
    let db = &visit.app.db;
    let mut users = store_users::list(db, ((number - 1) * PAGE) as u64, PAGE as u64 + 1).await?;
    let pages = Pages::new("/anvandare", &[], number, users.len() > PAGE);
    users.truncate(PAGE);
    let ids: Vec<_> = users.iter().filter_map(|user| user.asf_id).collect();
    let asfs = asf::list_by_ids(db, &ids).await?;
    let organisation = |user: &User| asfs.iter().find(|asf| Some(asf.id) == user.asf_id).map(|asf| asf.name.clone());
    let line = |user: &User| UserLine {
        id: user.id.0,
        email: user.email.to_string(),
        role: user.role.as_str(),
        organisation: organisation(user).unwrap_or_default(),
        asf_id: user.asf_id.map(|id| id.0),
        is_suspended: user.suspended_at.is_some(),
        is_self: user.id == staff.id,
    };
    Ok(UsersPage {
        users: users.iter().map(line).collect(),
        roles: Role::ALL.map(Role::as_str),
        pages,
        form,
        errors,
        done,
    })
}

/// Invites somebody.
pub async fn invite(visit: Visit, Form(form): Form<InviteForm>) -> PageResult {
    let by = visit.staff()?.clone();
    let invited = match parse(&visit, &form).await? {
        Ok(invitation) => users::invite(&visit.app, &by, &invitation).await.map(|_| ()),
        Err(rejections) => Err(service::Error::Rejected(rejections)),
    };
    match invited {
        Ok(()) => Ok(Redirect::to("/anvandare?klart=inbjuden").into_response()),
        Err(service::Error::Rejected(rejections)) => rejected(&visit, form, &rejections).await,
        Err(error) => Err(error.into()),
    }
}

async fn parse(visit: &Visit, form: &InviteForm) -> PageResult<Result<users::Invitation, Vec<Rejection>>> {
    let mut rejections = Vec::new();
    let email = Email::parse(&form.email).map_err(|rejection| rejections.push(rejection)).ok();
    let role = Role::parse(&form.role).map_err(|rejection| rejections.push(rejection)).ok();
    let mut found = None;
    if role == Some(Role::Asf) {
        match OrgNo::parse(&form.org_no) {
            Ok(org_no) => {
                found = asf::find_identity(&visit.app.db, &org_no, "").await?.map(|(id, _)| id);
                if found.is_none() {
                    rejections.push(Rejection::new("org_no", "rejected-asf-unknown", &form.org_no));
                }
            }
            Err(rejection) => rejections.push(rejection),
        }
    }
    Ok(match (email, role) {
        (Some(email), Some(role)) if rejections.is_empty() => {
            Ok(users::Invitation { email, role, asf: found, buyer: None, language: visit.language })
        }
        _ => Err(rejections),
    })
}

async fn rejected(visit: &Visit, form: InviteForm, rejections: &[Rejection]) -> PageResult {
    let errors = field_errors(visit, rejections);
    let page = users_page(visit, 1, form, errors, String::new()).await?;
    visit.rejected("pages/users/list.html", page)
}

/// Changes a role, shuts out, lets in, or takes a lost app away.
pub async fn change(visit: Visit, Id(id): Id, Form(form): Form<ChangeForm>) -> PageResult {
    let (app, by, id) = (&visit.app, visit.staff()?, UserId(id));
    let changed = match form.verb.as_str() {
        "suspend" => users::suspend(app, by, id).await,
        "reinstate" => users::reinstate(app, by, id).await,
        "reset" => users::reset_second_factor(app, by, id).await,
        _ => match Role::parse(&form.role) {
            Ok(role) => users::change_role(app, by, id, role).await,
            Err(rejection) => Err(rejection.into()),
        },
    };
    match changed {
        Ok(()) => Ok(Redirect::to("/anvandare?klart=andrad").into_response()),
        Err(service::Error::Rejected(rejections)) => rejected(&visit, InviteForm::default(), &rejections).await,
        Err(error) => Err(error.into()),
    }
}
