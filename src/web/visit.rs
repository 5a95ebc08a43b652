//! A visit: who asks, in which language, and how a page is written for them.

use std::sync::OnceLock;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{
    error::{PageError, PageResult},
    extract::Shared,
};
use crate::{
    domain::{
        asf::AsfId,
        language::Language,
        rejection::Rejection,
        session,
        user::{Role, User},
    },
    service::{
        sessions::{self, Open},
        sign_in,
    },
    words::{Words, fluent::FluentArg},
};

const LANGUAGE_COOKIE: &str = "sprak";

/// Pages behind a link that is as good as a key.
const PERSONAL: [&str; 10] = [
    "/delad-lista/",
    "/svar/",
    "/veckobrev/",
    "/bekrafta/",
    "/bekrafta-handelse/",
    "/uppfoljning/",
    "/kontakt/",
    "/profil/",
    "/avanmalan/",
    "/logga-in",
];

/// One request by somebody.
pub struct Visit {
    /// The running product.
    pub app: Shared,
    /// The language to answer in.
    pub language: Language,
    /// Who is signed in.
    pub user: Option<User>,
    /// The session, also one that still lacks a factor: its owner is nobody yet.
    pub open: Option<Open>,
    path: String,
    back: String,
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, PageError> {
        let visitor = match parts.extensions.get::<Visitor>() {
            Some(visitor) => visitor.clone(),
            None => visitor(shared, &parts.headers).await?,
        };
        Ok(Self::new(shared.clone(), parts, visitor))
    }
}

/// Who asks, as the session says.
#[derive(Debug, Clone, Default)]
pub(super) struct Visitor {
    /// The session, also one that still lacks a factor.
    pub(super) open: Option<Open>,
}

impl Visitor {
    /// Who is signed in, with all factors.
    pub(super) fn user(&self) -> Option<&User> {
        self.open.as_ref().filter(|open| open.is_verified()).map(|open| &open.user)
    }
}

/// Looks up who asks.
pub(super) async fn visitor(shared: &Shared, headers: &HeaderMap) -> PageResult<Visitor> {
    let open = match session_token(shared, headers) {
        Some(token) => sessions::find(shared, &token).await?,
        None => None,
    };
    Ok(Visitor { open })
}

impl Visit {
    fn new(app: Shared, parts: &Parts, visitor: Visitor) -> Self {
        let path = parts.uri.path().to_owned();
        let back = parts.uri.path_and_query().map_or_else(|| path.clone(), ToString::to_string);
        let user = visitor.user().cloned();
        Self { app, language: language(&parts.headers), user, open: visitor.open, path, back }
    }

    /// The visit of an error page: without the user when the database cannot say who it is.
    pub(super) async fn of_failure(app: Shared, parts: &Parts) -> Self {
        let mut copy = parts.clone();
        match Self::from_request_parts(&mut copy, &app).await {
            Ok(visit) => visit,
            Err(_) => Self::new(app, parts, Visitor::default()),
        }
    }

    /// Writes a page.
    ///
    /// # Errors
    /// When the template is wrong.
    pub fn page(&self, template: &str, page: impl Serialize) -> PageResult {
        let html = self.app.words.render(template, self.language, Context { site: self.site(), page })?;
        let mut response = Html(html).into_response();
        let is_personal = self.user.is_some() || PERSONAL.iter().any(|path| self.path.starts_with(path));
        let keep = if is_personal { "no-store" } else { "private, no-cache" };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie, accept-language"));
        Ok(response)
    }

    /// Writes a form again, with what was typed and what is wrong with it.
    ///
    /// # Errors
    /// When the template is wrong.
    pub fn rejected(&self, template: &str, page: impl Serialize) -> PageResult {
        let mut response = self.page(template, page)?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(response)
    }

    /// The user, if staff.
    ///
    /// # Errors
    /// `SignInFirst` for nobody, `Forbidden` for others.
    pub fn staff(&self) -> PageResult<&User> {
        match &self.user {
            None => Err(PageError::SignInFirst),
            Some(user) if user.role.is_staff() => Ok(user),
            Some(_) => Err(PageError::Forbidden),
        }
    }

    /// The ASF that the user works at.
    pub fn own_asf(&self) -> Option<AsfId> {
        self.user.as_ref().and_then(User::own_asf)
    }

    /// Whose part of the ledger the visitor may see: all of it, or one ASF's.
    ///
    /// # Errors
    /// `SignInFirst` for nobody, `Forbidden` for others.
    pub fn ledger_part(&self) -> PageResult<Option<AsfId>> {
        let user = self.user.as_ref().ok_or(PageError::SignInFirst)?;
        user.ledger_part().ok_or(PageError::Forbidden)
    }

    /// Who acts, as the audit names it.
    pub fn actor(&self) -> String {
        self.user.as_ref().map_or_else(|| "nobody".to_owned(), User::actor)
    }

    /// Whether staff is looking.
    pub fn is_staff(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.role.is_staff())
    }

    /// One message in the language of the visit.
    pub fn text(&self, id: &str) -> String {
        self.app.words.text(self.language, id, &[])
    }

    /// As [`Visit::text`], with arguments.
    pub fn text_with(&self, id: &str, args: &[(&str, FluentArg)]) -> String {
        self.app.words.text(self.language, id, args)
    }

    fn site(&self) -> Site<'_> {
        let mut places = vec![("/asf", "site-nav-asf"), ("/behov", "site-nav-needs"), ("/mal", "site-nav-targets")];
        if self.is_staff() || self.own_asf().is_some() {
            places.push(("/liggare", "site-nav-ledger"));
        }
        if self.is_staff() {
            places.extend([
                ("/oversikt", "site-nav-overview"),
                ("/regler", "site-nav-mail-rules"),
                ("/inlasning", "uploads-nav"),
                ("/karantan", "site-nav-quarantine"),
                ("/brevlada", "site-nav-outbox"),
                ("/uppgifter", "site-nav-tasks"),
                ("/anvandare", "site-nav-users"),
            ]);
        }
        let current = |href: &str| match self.path.strip_prefix(href) {
            Some("") => "page",
            Some(rest) if rest.starts_with('/') && rest != "/nytt" => "true",
            _ => "",
        };
        Site {
            back: &self.back,
            user: self.user.as_ref().map(|user| user.email.as_str()),
            version: version(&self.app.words),
            nav: places.into_iter().map(|(href, label)| NavPlace { href, label, current: current(href) }).collect(),
        }
    }
}

#[derive(Serialize)]
struct Context<'a, P> {
    site: Site<'a>,
    page: P,
}

/// What the layout needs to know.
#[derive(Serialize)]
struct Site<'a> {
    back: &'a str,
    user: Option<&'a str>,
    version: &'static str,
    nav: Vec<NavPlace>,
}

#[derive(Serialize)]
struct NavPlace {
    href: &'static str,
    label: &'static str,
    /// `page` for the page itself, `true` for one below it.
    current: &'static str,
}

/// What is wrong with a field, as the reader is told.
#[derive(Debug, Clone, Serialize)]
pub struct FieldError {
    /// Name and id of the field.
    pub field: &'static str,
    /// What to do about it.
    pub message: String,
}

/// Rejections in the words of the visit's language, each field once.
pub fn field_errors(visit: &Visit, rejections: &[Rejection]) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = Vec::new();
    for rejection in rejections {
        if errors.iter().all(|error| error.field != rejection.field) {
            errors.push(FieldError { field: rejection.field, message: visit.text(rejection.rule) });
        }
    }
    errors
}

/// The language of the cookie, else the first that the browser asks for and we have.
fn language(headers: &HeaderMap) -> Language {
    let jar = CookieJar::from_headers(headers);
    if let Some(cookie) = jar.get(LANGUAGE_COOKIE) {
        return Language::from_code(cookie.value());
    }
    accepted_language(headers)
}

/// The first language that the request asks for and we have.
pub(super) fn accepted_language(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    preferred(accepted)
}

/// Reads `Accept-Language` (RFC 9110, 12.5.4); Swedish when it names neither.
fn preferred(accepted: &str) -> Language {
    let ranges = accepted.split(',').filter_map(|range| {
        let (code, weight) = range.split_once(";q=").unwrap_or((range, "1"));
        let code = code.trim().to_ascii_lowercase();
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let language = match code.get(..2)? {
            "sv" => Language::Sv,
            "en" => Language::En,
            _ => return None,
        };
        (weight > 0.0).then_some((language, weight))
    });
    ranges.fold((Language::Sv, 0.0), |best, range| if range.1 > best.1 { range } else { best }).0
}

/// Sets the cookie that remembers a language, for a year.
pub(super) fn language_cookie(app: &Shared, language: Language) -> PageResult<HeaderValue> {
    set_cookie(app, LANGUAGE_COOKIE, language.code(), 365 * 24 * 60 * 60)
}

/// Sets the cookie of a session.
pub(super) fn session_cookie(app: &Shared, token: &str, role: Role) -> PageResult<HeaderValue> {
    set_cookie(app, session_cookie_name(app), token, session::limits(role).absolute.num_seconds())
}

/// Sets the cookie that binds a mailed code to this browser.
pub(super) fn browser_cookie(app: &Shared, secret: &str) -> PageResult<HeaderValue> {
    set_cookie(app, browser_cookie_name(app), secret, sign_in::LINK_LASTS.num_seconds())
}

/// What binds a mailed code to this browser.
pub(super) fn browser_secret(app: &Shared, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(browser_cookie_name(app)).map(|cookie| cookie.value().to_owned())
}

fn browser_cookie_name(app: &Shared) -> &'static str {
    if is_https(app) { "__Host-kod" } else { "kod" }
}

/// Makes the browser forget the cookie of its session.
pub(super) fn forget_session(app: &Shared) -> PageResult<HeaderValue> {
    set_cookie(app, session_cookie_name(app), "", 0)
}

/// The token of the browser's session.
pub(super) fn session_token(app: &Shared, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(session_cookie_name(app)).map(|cookie| cookie.value().to_owned())
}

/// Browsers refuse the `__Host-` prefix without TLS.
fn session_cookie_name(app: &Shared) -> &'static str {
    if is_https(app) { "__Host-samhandla" } else { "samhandla" }
}

/// `Set-Cookie` (RFC 6265, 4.1.1); `value` is a language code or a token in hexadecimal.
fn set_cookie(app: &Shared, name: &str, value: &str, seconds: i64) -> PageResult<HeaderValue> {
    let secure = if is_https(app) { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).map_err(|error| PageError::Broken(error.into()))
}

fn is_https(app: &Shared) -> bool {
    app.config.base_url().starts_with("https://")
}

/// Changes when the style sheet does, so that browsers may keep it for ever.
pub(super) fn version(words: &Words) -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let sheet = words.file("static/samhandla.css").unwrap_or_default();
        Sha256::digest(&sheet).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_known_language_is_taken_and_swedish_otherwise() {
        let check = |accepted, expected| assert_eq!(preferred(accepted), expected, "{accepted}");
        check("", Language::Sv);
        check("sv-SE,sv;q=0.9,en;q=0.8", Language::Sv);
        check("de,en-GB;q=0.7,sv;q=0.3", Language::En);
        check("en;q=0.2, sv", Language::Sv);
        check("de", Language::Sv);
        check("en;q=0, *", Language::Sv);
    }
}
