//! Lists of ASF that a signed-in person keeps, and the page behind the secret link of one.

use axum::response::{IntoResponse as _, Redirect};
use serde::{Deserialize, Serialize};

use super::{
    directory::table_file,
    parts::{PlaceName, place_names},
};
use crate::{
    domain::{
        asf::AsfId,
        asf_fact::Basis,
        saved_list::{SavedList, SavedListId},
        user::UserId,
    },
    service::{
        self,
        saved_lists::{self, Shown},
    },
    store,
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query, Token},
        visit::{FieldError, Visit, field_errors},
    },
};

#[derive(Serialize)]
struct ListsPage {
    lists: Vec<ListLine>,
    name: String,
    errors: Vec<FieldError>,
}

#[derive(Serialize)]
struct ListLine {
    id: i64,
    name: String,
    count: usize,
    is_shared: bool,
}

impl From<SavedList> for ListLine {
    fn from(list: SavedList) -> Self {
        Self { id: list.id.0, count: list.items.len(), is_shared: list.is_shared, name: list.name }
    }
}

/// The name of a new list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
}

/// Own lists.
pub async fn list(visit: Visit) -> PageResult {
    let owner = signed_in(&visit)?;
    let page = lists_page(&visit, owner, String::new(), Vec::new()).await?;
    visit.page("pages/saved_lists/list.html", page)
}

/// Makes a list.
pub async fn create(visit: Visit, Form(form): Form<NameForm>) -> PageResult {
    let owner = signed_in(&visit)?;
    match saved_lists::create(&visit.app, owner, &form.name).await {
        Ok(id) => Ok(to(id)),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            let page = lists_page(&visit, owner, form.name, errors).await?;
            visit.rejected("pages/saved_lists/list.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn lists_page(visit: &Visit, owner: UserId, name: String, errors: Vec<FieldError>) -> PageResult<ListsPage> {
    let lists = store::saved_lists::list_for(&visit.app.db, owner).await?;
    Ok(ListsPage { lists: lists.into_iter().map(ListLine::from).collect(), name, errors })
}

fn signed_in(visit: &Visit) -> PageResult<UserId> {
    visit.user.as_ref().map(|user| user.id).ok_or(PageError::SignInFirst)
}

fn to(id: SavedListId) -> axum::response::Response {
    Redirect::to(&format!("/listor/{}", id.0)).into_response()
}

/// Which ASF, on which list; without a list on the first.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    asf: String,
    list: String,
    note: String,
}

impl ItemForm {
    fn asf(&self) -> PageResult<AsfId> {
        self.asf.parse().map(AsfId).map_err(|_| PageError::NotFound)
    }
}

/// Puts an ASF on a list.
pub async fn add(visit: Visit, Form(form): Form<ItemForm>) -> PageResult {
    let owner = signed_in(&visit)?;
    let list = Some(form.list.trim()).filter(|list| !list.is_empty());
    let list = list.map(|list| list.parse().map(SavedListId).map_err(|_| PageError::NotFound)).transpose()?;
    let first = visit.text("list-first-name");
    Ok(to(saved_lists::add(&visit.app, owner, list, form.asf()?, &first).await?))
}

#[derive(Serialize)]
struct ListPage {
    id: i64,
    name: String,
    is_shared: bool,
    is_own: bool,
    /// The secret link, right after it was made.
    link: Option<String>,
    asfs: Vec<ListedAsf>,
    errors: Vec<FieldError>,
    csv_href: String,
    xlsx_href: String,
}

#[derive(Serialize)]
struct ListedAsf {
    id: i64,
    name: String,
    seat: Vec<PlaceName>,
    basis: Basis,
    capabilities: Vec<String>,
    note: String,
    field: String,
}

impl ListPage {
    fn new(shown: Shown, base: &str, is_own: bool) -> Self {
        let line =
            |(asf, card, note): (crate::domain::asf::Asf, std::sync::Arc<crate::domain::directory::Card>, String)| {
                ListedAsf {
                    id: asf.id.0,
                    field: format!("note-{}", asf.id.0),
                    seat: place_names([&asf.municipality]),
                    name: asf.name,
                    basis: card.basis,
                    capabilities: asf.capabilities.into_iter().map(|capability| capability.work.title).collect(),
                    note,
                }
            };
        Self {
            id: shown.list.id.0,
            name: shown.list.name,
            is_shared: shown.list.is_shared,
            is_own,
            link: None,
            asfs: shown.asfs.into_iter().map(line).collect(),
            errors: Vec::new(),
            csv_href: format!("{base}?fil=csv"),
            xlsx_href: format!("{base}?fil=xlsx"),
        }
    }
}

/// Asks for a list as a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AsFile {
    fil: String,
}

/// One own list, or the file of it.
pub async fn show(visit: Visit, Id(id): Id, Query(asked): Query<AsFile>) -> PageResult {
    let shown = saved_lists::show(&visit.app, signed_in(&visit)?, SavedListId(id)).await?;
    answer(&visit, shown, &format!("/listor/{id}"), &asked, true)
}

/// The list behind a secret link, or the file of it.
pub async fn show_shared(visit: Visit, Token(token): Token, Query(asked): Query<AsFile>) -> PageResult {
    let shown = saved_lists::show_shared(&visit.app, &token).await?;
    answer(&visit, shown, &format!("/delad-lista/{token}"), &asked, false)
}

fn answer(visit: &Visit, shown: Shown, base: &str, asked: &AsFile, is_own: bool) -> PageResult {
    match asked.fil.as_str() {
        kind @ ("csv" | "xlsx") => {
            let table = saved_lists::table(&visit.app, &shown, visit.language);
            table_file(visit, &table, &format!("lista.{kind}"))
        }
        _ => visit.page("pages/saved_lists/show.html", ListPage::new(shown, base, is_own)),
    }
}

/// Writes a note.
pub async fn write_note(visit: Visit, Id(id): Id, Form(form): Form<ItemForm>) -> PageResult {
    let (owner, list, asf) = (signed_in(&visit)?, SavedListId(id), form.asf()?);
    match saved_lists::write_note(&visit.app, owner, list, asf, &form.note).await {
        Ok(()) => Ok(to(list)),
        Err(service::Error::Rejected(rejections)) => {
            let shown = saved_lists::show(&visit.app, owner, list).await?;
            let mut page = ListPage::new(shown, &format!("/listor/{id}"), true);
            if let Some(line) = page.asfs.iter_mut().find(|line| line.id == asf.0) {
                line.note = form.note;
                // The one that the summary leads to.
                line.field = "note".to_owned();
            }
            page.errors = field_errors(&visit, &rejections);
            visit.rejected("pages/saved_lists/show.html", page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes an ASF off a list.
pub async fn take_off(visit: Visit, Id(id): Id, Form(form): Form<ItemForm>) -> PageResult {
    saved_lists::take_off(&visit.app, signed_in(&visit)?, SavedListId(id), form.asf()?).await?;
    Ok(to(SavedListId(id)))
}

/// Removes a list.
pub async fn remove(visit: Visit, Id(id): Id) -> PageResult {
    saved_lists::remove(&visit.app, signed_in(&visit)?, SavedListId(id)).await?;
    Ok(Redirect::to("/listor").into_response())
}

/// Makes the secret link, and shows it this once.
pub async fn share(visit: Visit, Id(id): Id) -> PageResult {
    let (owner, list) = (signed_in(&visit)?, SavedListId(id));
    let link = saved_lists::share(&visit.app, owner, list).await?;
    let shown = saved_lists::show(&visit.app, owner, list).await?;
    let page = ListPage::new(shown, &format!("/listor/{id}"), true);
    visit.page("pages/saved_lists/show.html", ListPage { link: Some(link), ..page })
}

/// Makes the secret link stop working.
pub async fn stop_sharing(visit: Visit, Id(id): Id) -> PageResult {
    saved_lists::stop_sharing(&visit.app, signed_in(&visit)?, SavedListId(id)).await?;
    Ok(to(SavedListId(id)))
}

/// Addresses below a list that only take forms lead back to it.
pub async fn back(visit: Visit, Id(id): Id) -> PageResult {
    signed_in(&visit)?;
    Ok(to(SavedListId(id)))
}
