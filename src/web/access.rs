//! Who may do what: every route of the site with its method and what each kind of visitor is answered,
//! and the gate that holds it. A new route is one line in [`TABLE`]; without it, it answers nobody.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};

use super::{error::PageError, extract::Shared, visit};
use crate::domain::user::Role;

/// What a visitor is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The page, or the form's own answer.
    Allowed,
    /// The way to the page that signs in.
    SignIn,
    /// "You have no access to this page", 403.
    Forbidden,
    /// "There is no such page", 404.
    NotFound,
}

use Answer::{Allowed, Forbidden, NotFound, SignIn};

/// The answer about what is the visitor's own, and about what is another's. A link in a mail is the own
/// of whoever holds it.
pub type OwnAndOther = (Answer, Answer);

/// What each kind of visitor is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Not signed in.
    pub nobody: OwnAndOther,
    /// Works at an ASF.
    pub asf: OwnAndOther,
    /// Buys for a company or a nonprofit.
    pub buyer: OwnAndOther,
    /// Procures for a public actor.
    pub procurer: OwnAndOther,
    /// Follows the targets.
    pub coordinator: OwnAndOther,
    /// Watches the service.
    pub operator: OwnAndOther,
}

const YES: OwnAndOther = (Allowed, Allowed);
const NO: OwnAndOther = (Forbidden, Forbidden);
const FIRST: OwnAndOther = (SignIn, SignIn);
const MINE: OwnAndOther = (Allowed, Forbidden);
const NONE: OwnAndOther = (NotFound, NotFound);
const HELD: OwnAndOther = (Allowed, NotFound);

/// Anybody, whoever they are.
pub const EVERYBODY: Access =
    Access { nobody: YES, asf: YES, buyer: YES, procurer: YES, coordinator: YES, operator: YES };
/// Whoever holds the link that a mail brought, whoever they are.
pub const LINK_HOLDER: Access =
    Access { nobody: HELD, asf: HELD, buyer: HELD, procurer: HELD, coordinator: HELD, operator: HELD };
/// A program with a token of the settings; for people there is no such page, whoever they are.
pub const NO_SESSION: Access =
    Access { nobody: NONE, asf: NONE, buyer: NONE, procurer: NONE, coordinator: NONE, operator: NONE };
/// Whoever is signed in, about themselves.
pub const SIGNED_IN: Access = Access { nobody: FIRST, ..EVERYBODY };
/// Coordinator and operator.
pub const STAFF: Access = Access { asf: NO, buyer: NO, procurer: NO, ..SIGNED_IN };
/// Whoever is signed in, about what is theirs; whether there is another's is not said.
pub const OWN_ACCOUNT: Access =
    Access { nobody: FIRST, asf: HELD, buyer: HELD, procurer: HELD, coordinator: HELD, operator: HELD };
/// Staff; and an ASF, which sees its own part.
pub const STAFF_AND_ASF: Access = Access { buyer: NO, procurer: NO, ..SIGNED_IN };
/// Staff; and the ASF that the address is about.
pub const STAFF_AND_OWN_ASF: Access = Access { asf: MINE, ..STAFF_AND_ASF };

/// Staff; and the buyer whose need the address is about.
pub const STAFF_AND_OWN_BUYER: Access = Access { buyer: MINE, procurer: MINE, ..STAFF };
/// As [`STAFF_AND_OWN_BUYER`], but staff do not write in a buyer's name.
pub const OWN_BUYER: Access = Access { coordinator: NO, operator: NO, ..STAFF_AND_OWN_BUYER };
/// As [`STAFF_AND_OWN_ASF`], but staff do not write in the name of an ASF.
pub const OWN_ASF: Access = Access { coordinator: NO, operator: NO, ..STAFF_AND_OWN_ASF };
/// Whoever is signed in, about what they have saved; whether there is another's is not said, to staff either.
pub const OWN_SAVED: Access = Access { coordinator: HELD, operator: HELD, ..OWN_ACCOUNT };

/// One route: method, path as in the router, access.
pub type Rule = (&'static str, &'static str, Access);

/// Every route. The order is that of the router.
pub const TABLE: &[Rule] = &[
    ("GET", "/", EVERYBODY),
    ("GET", "/asf", EVERYBODY),
    ("GET", "/asf/nummer", EVERYBODY),
    ("GET", "/asf/lista/{file}", EVERYBODY),
    ("GET", "/asf/{id}", EVERYBODY),
    ("GET", "/asf/{id}/profil", STAFF_AND_OWN_ASF),
    ("GET", "/asf/{id}/kan", STAFF_AND_OWN_ASF),
    ("POST", "/asf/{id}/kan", STAFF_AND_OWN_ASF),
    ("GET", "/asf/{id}/paus", STAFF_AND_OWN_ASF),
    ("POST", "/asf/{id}/paus", STAFF_AND_OWN_ASF),
    ("GET", "/asf/{id}/uppgift", STAFF_AND_OWN_ASF),
    ("POST", "/asf/{id}/uppgift", STAFF_AND_OWN_ASF),
    ("GET", "/asf/{id}/kontakt", STAFF_AND_OWN_ASF),
    ("POST", "/asf/{id}/kontakt", OWN_ASF),
    ("POST", "/asf/{id}/angra", STAFF_AND_OWN_ASF),
    ("GET", "/asf/{id}/ansluta", EVERYBODY),
    ("POST", "/asf/{id}/ansluta", EVERYBODY),
    ("GET", "/listor", SIGNED_IN),
    ("POST", "/listor", SIGNED_IN),
    ("GET", "/listor/lagg-till", SIGNED_IN),
    ("POST", "/listor/lagg-till", SIGNED_IN),
    ("GET", "/listor/{id}", OWN_SAVED),
    ("GET", "/listor/{id}/anteckning", SIGNED_IN),
    ("POST", "/listor/{id}/anteckning", OWN_SAVED),
    ("GET", "/listor/{id}/ta-bort", SIGNED_IN),
    ("POST", "/listor/{id}/ta-bort", OWN_SAVED),
    ("GET", "/listor/{id}/dela", SIGNED_IN),
    ("POST", "/listor/{id}/dela", OWN_SAVED),
    ("GET", "/listor/{id}/sluta-dela", SIGNED_IN),
    ("POST", "/listor/{id}/sluta-dela", OWN_SAVED),
    ("GET", "/listor/{id}/slang", SIGNED_IN),
    ("POST", "/listor/{id}/slang", OWN_SAVED),
    ("GET", "/delad-lista/{token}", LINK_HOLDER),
    ("GET", "/upphandla", EVERYBODY),
    ("POST", "/upphandla", EVERYBODY),
    ("GET", "/anslutningar", STAFF_AND_ASF),
    ("GET", "/anslutningar/{id}", STAFF_AND_ASF),
    ("POST", "/anslutningar/{id}", STAFF_AND_OWN_ASF),
    ("GET", "/behov", EVERYBODY),
    ("GET", "/behov/nytt", EVERYBODY),
    ("POST", "/behov/nytt", EVERYBODY),
    ("GET", "/behov/fran-text", STAFF),
    ("POST", "/behov/fran-text", STAFF),
    ("GET", "/behov/{id}", EVERYBODY),
    ("GET", "/behov/{id}/svar", STAFF_AND_OWN_BUYER),
    ("GET", "/behov/{id}/andra", STAFF_AND_OWN_BUYER),
    ("POST", "/behov/{id}/andra", STAFF_AND_OWN_BUYER),
    ("GET", "/behov/{id}/kontakt", STAFF_AND_OWN_BUYER),
    ("POST", "/behov/{id}/kontakt", OWN_BUYER),
    ("GET", "/behov/{id}/paminn", STAFF_AND_OWN_BUYER),
    ("POST", "/behov/{id}/paminn", STAFF_AND_OWN_BUYER),
    ("GET", "/behov/{id}/stang", STAFF_AND_OWN_BUYER),
    ("POST", "/behov/{id}/stang", STAFF_AND_OWN_BUYER),
    ("GET", "/bekrafta/{token}", LINK_HOLDER),
    ("POST", "/bekrafta/{token}", LINK_HOLDER),
    ("GET", "/svar/{token}", LINK_HOLDER),
    ("POST", "/svar/{token}", LINK_HOLDER),
    ("POST", "/svar/{token}/angra", LINK_HOLDER),
    ("GET", "/veckobrev/{token}", LINK_HOLDER),
    ("POST", "/veckobrev/{token}", LINK_HOLDER),
    ("GET", "/logga-in", EVERYBODY),
    ("POST", "/logga-in", EVERYBODY),
    ("GET", "/logga-in/kod", EVERYBODY),
    ("POST", "/logga-in/kod", EVERYBODY),
    // Whoever has given the first factor and not the second; others are led to the first.
    ("GET", "/logga-in/steg-2", EVERYBODY),
    ("POST", "/logga-in/steg-2", EVERYBODY),
    ("GET", "/logga-in/koppla", EVERYBODY),
    ("POST", "/logga-in/koppla", EVERYBODY),
    ("GET", "/logga-in/passkey", EVERYBODY),
    ("POST", "/logga-in/passkey", EVERYBODY),
    ("GET", "/logga-in/passkey/klar", EVERYBODY),
    ("POST", "/logga-in/passkey/klar", EVERYBODY),
    ("GET", "/logga-in/passkey/ny", EVERYBODY),
    ("POST", "/logga-in/passkey/ny", EVERYBODY),
    ("GET", "/logga-in/passkey/ny/klar", EVERYBODY),
    ("POST", "/logga-in/passkey/ny/klar", EVERYBODY),
    ("GET", "/logga-in/{token}", LINK_HOLDER),
    ("POST", "/logga-in/{token}", LINK_HOLDER),
    ("GET", "/logga-ut", EVERYBODY),
    ("POST", "/logga-ut", EVERYBODY),
    ("GET", "/konto", SIGNED_IN),
    ("GET", "/konto/sessioner/{id}", SIGNED_IN),
    ("POST", "/konto/sessioner/{id}", OWN_ACCOUNT),
    ("GET", "/konto/logga-ut-overallt", SIGNED_IN),
    ("POST", "/konto/logga-ut-overallt", SIGNED_IN),
    ("GET", "/konto/app", SIGNED_IN),
    ("POST", "/konto/app", SIGNED_IN),
    ("GET", "/konto/app/bort", SIGNED_IN),
    ("POST", "/konto/app/bort", SIGNED_IN),
    ("GET", "/konto/passkey/{id}/bort", SIGNED_IN),
    ("POST", "/konto/passkey/{id}/bort", OWN_ACCOUNT),
    ("GET", "/konto/reservkoder", SIGNED_IN),
    ("POST", "/konto/reservkoder", SIGNED_IN),
    ("GET", "/konto/kollega", SIGNED_IN),
    ("POST", "/konto/kollega", SIGNED_IN),
    ("GET", "/konto/uppgifter", SIGNED_IN),
    ("POST", "/konto/uppgifter", SIGNED_IN),
    ("GET", "/konto/radera", SIGNED_IN),
    ("POST", "/konto/radera", SIGNED_IN),
    ("GET", "/anvandare", STAFF),
    ("POST", "/anvandare", STAFF),
    ("POST", "/anvandare/{id}", STAFF),
    ("GET", "/logg", STAFF),
    ("GET", "/mal", EVERYBODY),
    ("GET", "/mal/rapport", STAFF),
    ("GET", "/mal/rapport/{file}", STAFF),
    ("GET", "/affar/{pairing}", STAFF_AND_OWN_ASF),
    ("POST", "/affar/{pairing}", STAFF_AND_OWN_ASF),
    ("GET", "/liggare", STAFF_AND_ASF),
    ("GET", "/liggare/ny", STAFF_AND_ASF),
    ("POST", "/liggare/ny", STAFF_AND_ASF),
    ("GET", "/liggare/{id}", STAFF_AND_OWN_ASF),
    ("GET", "/liggare/{id}/bekrafta", STAFF_AND_OWN_ASF),
    ("POST", "/liggare/{id}/bekrafta", STAFF_AND_OWN_ASF),
    ("GET", "/liggare/{id}/ratta", STAFF_AND_OWN_ASF),
    ("POST", "/liggare/{id}/ratta", STAFF),
    ("GET", "/liggare/{id}/intyga", STAFF_AND_OWN_ASF),
    ("POST", "/liggare/{id}/intyga", STAFF),
    ("GET", "/liggare/{id}/fil", STAFF_AND_OWN_ASF),
    ("POST", "/liggare/{id}/fil", STAFF_AND_OWN_ASF),
    ("GET", "/fil/{id}", STAFF_AND_OWN_ASF),
    ("GET", "/bekrafta-handelse/{token}", LINK_HOLDER),
    ("POST", "/bekrafta-handelse/{token}", LINK_HOLDER),
    ("GET", "/uppfoljning/{token}", LINK_HOLDER),
    ("POST", "/uppfoljning/{token}", LINK_HOLDER),
    ("GET", "/kontakt/{token}", LINK_HOLDER),
    ("POST", "/kontakt/{token}", LINK_HOLDER),
    ("GET", "/profil/{token}", LINK_HOLDER),
    ("POST", "/profil/{token}", LINK_HOLDER),
    ("GET", "/forslag", STAFF_AND_ASF),
    ("GET", "/forslag/{id}", STAFF_AND_ASF),
    ("POST", "/forslag/{id}", STAFF_AND_OWN_ASF),
    ("GET", "/beslut", STAFF),
    ("POST", "/beslut", STAFF),
    ("GET", "/oversikt", STAFF),
    ("GET", "/status", STAFF),
    ("GET", "/granska", STAFF),
    ("GET", "/granska/behov/{id}", STAFF),
    ("POST", "/granska/behov/{id}", STAFF),
    ("GET", "/granska/profil/{id}", STAFF),
    ("POST", "/granska/profil/{id}", STAFF),
    ("GET", "/justera/{id}", STAFF),
    ("POST", "/justera/{id}", STAFF),
    ("GET", "/justera/{id}/ta-tillbaka", STAFF),
    ("POST", "/justera/{id}/ta-tillbaka", STAFF),
    ("GET", "/luckor", STAFF),
    ("GET", "/matchningar", STAFF),
    ("GET", "/matchningar/{file}", STAFF),
    ("GET", "/brevlada", STAFF),
    ("GET", "/nasta-brev", STAFF),
    ("GET", "/mejl", STAFF),
    ("GET", "/mejl/{kind}", STAFF),
    ("POST", "/brevlada/stopp", STAFF),
    ("GET", "/brevlada/{id}", STAFF),
    ("GET", "/uppgifter", STAFF),
    ("POST", "/uppgifter/{id}", STAFF),
    ("GET", "/karantan", STAFF),
    ("POST", "/karantan", STAFF),
    ("POST", "/karantan/{id}", STAFF),
    ("POST", "/karantan/{id}/slapp", STAFF),
    ("GET", "/inlasning", STAFF),
    ("POST", "/inlasning", STAFF),
    ("GET", "/inlasning/{id}", STAFF),
    ("POST", "/inlasning/{id}", STAFF),
    ("GET", "/inlasning/{id}/rubriker", STAFF),
    ("POST", "/inlasning/{id}/rubriker", STAFF),
    ("POST", "/inlasning/{id}/slapp", STAFF),
    ("GET", "/inlasning/mall/{file}", STAFF),
    ("GET", "/regler", STAFF),
    ("POST", "/regler", STAFF),
    ("POST", "/regler/{id}/godkann", STAFF),
    ("POST", "/regler/{id}/avsla", STAFF),
    ("POST", "/sprak", EVERYBODY),
    ("GET", "/tillganglighet", EVERYBODY),
    ("GET", "/integritet", EVERYBODY),
    ("GET", "/avanmalan/{token}", LINK_HOLDER),
    ("POST", "/avanmalan/{token}", LINK_HOLDER),
    // Only believes what came to an address of ours that nobody can guess.
    ("POST", "/studs", EVERYBODY),
    ("GET", "/behov.atom", EVERYBODY),
    ("GET", "/behov.ics", EVERYBODY),
    ("GET", "/folj", EVERYBODY),
    ("POST", "/folj", SIGNED_IN),
    ("GET", "/kalender/{link}", LINK_HOLDER),
    ("GET", "/api", EVERYBODY),
    ("GET", "/api/anrop/{noun}", EVERYBODY),
    ("GET", "/api/nycklar", SIGNED_IN),
    ("POST", "/api/nycklar", SIGNED_IN),
    ("GET", "/api/nycklar/{id}", SIGNED_IN),
    ("POST", "/api/nycklar/{id}", SIGNED_IN),
    ("GET", "/api/webbkrokar", SIGNED_IN),
    ("POST", "/api/webbkrokar", SIGNED_IN),
    ("GET", "/api/webbkrokar/{id}", OWN_SAVED),
    ("POST", "/api/webbkrokar/{id}", OWN_SAVED),
    ("GET", "/halsa", EVERYBODY),
    ("GET", "/metrics", NO_SESSION),
    ("GET", "/static/{*path}", EVERYBODY),
];

/// Programs come with a token and its scopes instead of a session; their room judges them.
const OF_PROGRAMS: [&str; 2] = ["/api/v1", "/metrics"];

/// The access of a route; `HEAD` is judged as `GET`.
pub fn find(method: &Method, path: &str) -> Option<Access> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    TABLE.iter().find(|rule| rule.0 == method && rule.1 == path).map(|rule| rule.2)
}

impl Access {
    /// What a visitor of a role is answered, `None` being not signed in.
    pub fn of(&self, role: Option<Role>) -> OwnAndOther {
        match role {
            None => self.nobody,
            Some(Role::Asf) => self.asf,
            Some(Role::Buyer) => self.buyer,
            Some(Role::Procurer) => self.procurer,
            Some(Role::Coordinator) => self.coordinator,
            Some(Role::Operator) => self.operator,
        }
    }

    /// The answer that does not depend on whose it is asked about; the handler knows the rest.
    fn refusal(&self, role: Option<Role>) -> Option<Answer> {
        let (own, other) = self.of(role);
        (own == other && own != Allowed).then_some(own)
    }
}

/// Holds the table. Who is signed in is looked up once, here, and travels on with the request.
pub(super) async fn gate(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()) else {
        return next.run(request).await;
    };
    if OF_PROGRAMS.iter().any(|program| path.starts_with(program)) {
        return next.run(request).await;
    }
    let Some(access) = find(request.method(), &path) else { return without_rule(&path) };
    let visitor = match visit::visitor(&shared, request.headers()).await {
        Ok(visitor) => visitor,
        // What everybody may see is shown to whom we cannot name just now.
        Err(_) if access == EVERYBODY || access == LINK_HOLDER => return next.run(request).await,
        Err(error) => return error.into_response(),
    };
    let refusal = access.refusal(visitor.user().map(|user| user.role));
    let lacks_factor = visitor.open.is_some();
    request.extensions_mut().insert(visitor);
    match refusal {
        None | Some(Allowed) => next.run(request).await,
        Some(SignIn) if lacks_factor => Redirect::to("/logga-in/steg-2").into_response(),
        Some(SignIn) => PageError::SignInFirst.into_response(),
        Some(Forbidden) => PageError::Forbidden.into_response(),
        Some(NotFound) => PageError::NotFound.into_response(),
    }
}

/// A path with other methods in the table does not take this one (RFC 9110, 15.5.6); one without any
/// has been forgotten, and stays closed.
fn without_rule(path: &str) -> Response {
    let mut allowed: Vec<&str> = TABLE.iter().filter(|rule| rule.1 == path).map(|rule| rule.0).collect();
    if allowed.is_empty() {
        tracing::error!(path, "a route is missing in web::access::TABLE");
        return PageError::NotFound.into_response();
    }
    if allowed.contains(&"GET") {
        allowed.push("HEAD");
    }
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    if let Ok(allowed) = HeaderValue::from_str(&allowed.join(",")) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_is_never_allowed_is_refused_at_the_gate_and_others_are_asked_whose_it_is() {
        let check = |access: Access, role, expected| assert_eq!(access.refusal(role), expected, "{role:?}");
        check(STAFF, None, Some(SignIn));
        check(STAFF, Some(Role::Asf), Some(Forbidden));
        check(STAFF, Some(Role::Operator), None);
        check(STAFF_AND_OWN_ASF, Some(Role::Asf), None);
        check(LINK_HOLDER, None, None);
        check(EVERYBODY, Some(Role::Buyer), None);
    }

    #[test]
    fn looking_without_a_body_is_looking() {
        assert_eq!(find(&Method::HEAD, "/oversikt"), Some(STAFF));
        assert_eq!(find(&Method::PUT, "/oversikt"), None);
    }

    #[test]
    fn no_route_stands_twice() {
        let mut routes: Vec<_> = TABLE.iter().map(|rule| (rule.0, rule.1)).collect();
        routes.sort_unstable();
        routes.dedup();
        assert_eq!(routes.len(), TABLE.len());
    }
}
