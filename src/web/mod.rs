//! The site: every route on one page. Asks services, reads stores, writes pages; knows no tables,
//! no mail and no index.

pub mod access;
pub mod api;
pub mod error;
pub mod extract;
mod layers;
pub mod limits;
pub mod pages;
pub mod visit;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};

use extract::Shared;
use pages::{
    about, account, api as api_page, api_tokens, asf, audit, board, bounces, confirmations, deals, decisions,
    directory, drafts, entry_form, feeds, files, follow_ups, forecasts, gaps, join_requests, language, ledger,
    mail_preferences, mail_previews, mail_rules, need_desk, need_form, needs, outbox, overview, own_profile, pairings,
    passkeys, privacy, profile_checks, proposals, quarantine, relays, reports, reviews, saved_lists, second_factor,
    sign_in, start, status, targets, tasks, tunings, unsubscribe, uploads, users, webhooks,
};

/// The site of a running product.
pub fn router(app: Shared) -> Router {
    let base_url = app.config.base_url();
    let with_cookies = for_everybody()
        .merge(behind_links())
        .merge(accounts())
        .merge(counting())
        .merge(staff())
        .merge(for_programs())
        .layer(layers::form_limit());
    let with_files = Router::new()
        .route("/liggare/{id}/fil", get(ledger::show).post(ledger::attach))
        .route("/inlasning", get(uploads::ask).post(uploads::receive))
        .layer(layers::upload_limit());
    let with_cookies = with_cookies.merge(with_files).layer(layers::own_forms_only(&base_url));
    // Mail providers post here for the reader: no cookie, no Origin, any body (RFC 8058).
    let without_cookies = Router::new()
        .route("/avanmalan/{token}", get(unsubscribe::ask).post(unsubscribe::confirm))
        .route("/studs", post(bounces::take_in))
        .route("/halsa", get(about::health))
        .route("/metrics", get(status::metrics))
        .route("/static/{*path}", get(files::show))
        .layer(layers::form_limit());
    let routes = with_cookies
        .merge(without_cookies)
        .merge(api::router(&app))
        .fallback(about::missing)
        .layer(middleware::from_fn_with_state(app.clone(), access::gate))
        .layer(middleware::from_fn_with_state(Arc::new(limits::Limits::new()), limits::hold))
        .layer(middleware::from_fn_with_state(app.clone(), error::problems));
    layers::around(routes, &base_url).with_state(app)
}

/// Looking for ASF and needs, posting, and what a visitor keeps or changes of their own.
fn for_everybody() -> Router<Shared> {
    Router::new()
        .route("/", get(start::show))
        .route("/asf", get(directory::list))
        .route("/asf/nummer", get(directory::look_up))
        .route("/asf/lista/{file}", get(directory::download))
        .route("/asf/{id}", get(asf::show))
        .route("/asf/{id}/profil", get(own_profile::show))
        .route("/asf/{id}/kan", get(own_profile::ask_capability).post(own_profile::change_capability))
        .route("/asf/{id}/paus", get(own_profile::show).post(own_profile::pause))
        .route("/asf/{id}/uppgift", get(own_profile::show).post(own_profile::record_fact))
        .route("/asf/{id}/kontakt", get(relays::list).post(relays::answer_own))
        .route("/asf/{id}/angra", post(asf::undo_lesson))
        .route("/asf/{id}/ansluta", get(join_requests::ask).post(join_requests::take))
        .route("/anslutningar", get(join_requests::list))
        .route("/anslutningar/{id}", get(join_requests::back).post(join_requests::decide))
        .route("/behov", get(needs::list))
        .route("/behov/nytt", get(need_form::ask).post(need_form::post))
        .route("/behov/fran-text", get(need_form::ask_for_text).post(need_form::read_text))
        .route("/listor", get(saved_lists::list).post(saved_lists::create))
        .route("/listor/lagg-till", get(saved_lists::list).post(saved_lists::add))
        .route("/listor/{id}", get(saved_lists::show))
        .route("/listor/{id}/anteckning", get(saved_lists::back).post(saved_lists::write_note))
        .route("/listor/{id}/ta-bort", get(saved_lists::back).post(saved_lists::take_off))
        .route("/listor/{id}/slang", get(saved_lists::back).post(saved_lists::remove))
        .route("/listor/{id}/dela", get(saved_lists::back).post(saved_lists::share))
        .route("/listor/{id}/sluta-dela", get(saved_lists::back).post(saved_lists::stop_sharing))
        .route("/delad-lista/{token}", get(saved_lists::show_shared))
        .route("/upphandla", get(drafts::ask).post(drafts::judge))
        .route("/behov/{id}", get(needs::show))
        .route("/behov/{id}/svar", get(need_desk::show))
        .route("/behov/{id}/kontakt", get(relays::show).post(relays::write))
        .route("/behov/{id}/paminn", get(need_desk::show).post(relays::remind))
        .route("/behov/{id}/stang", get(need_desk::show).post(need_desk::close))
        .route("/behov/{id}/andra", get(need_desk::ask_to_change).post(need_desk::change))
        .route("/sprak", post(language::choose))
        .route("/tillganglighet", get(about::accessibility))
        .route("/integritet", get(about::privacy))
}

/// What the links in mails lead to.
fn behind_links() -> Router<Shared> {
    Router::new()
        .route("/bekrafta/{token}", get(needs::ask_to_confirm).post(needs::confirm))
        .route("/svar/{token}", get(pairings::show).post(pairings::respond))
        .route("/svar/{token}/angra", post(pairings::undo_lesson))
        .route("/veckobrev/{token}", get(mail_preferences::show).post(mail_preferences::choose))
        .route("/bekrafta-handelse/{token}", get(confirmations::ask).post(confirmations::confirm))
        .route("/uppfoljning/{token}", get(follow_ups::ask).post(follow_ups::answer))
        .route("/kontakt/{token}", get(relays::ask).post(relays::answer))
        .route("/profil/{token}", get(profile_checks::ask).post(profile_checks::confirm))
}

/// Signing in, the own account, and everybody's for staff.
fn accounts() -> Router<Shared> {
    Router::new()
        .route("/logga-in", get(sign_in::ask).post(sign_in::send_link))
        .route("/logga-in/kod", get(sign_in::back_to_start).post(sign_in::redeem_code))
        .route("/logga-in/steg-2", get(second_factor::ask).post(second_factor::verify))
        .route("/logga-in/koppla", get(second_factor::show_secret).post(second_factor::connect))
        .route("/logga-in/passkey", get(passkeys::back).post(passkeys::begin_showing))
        .route("/logga-in/passkey/klar", get(passkeys::back).post(passkeys::finish_showing))
        .route("/logga-in/passkey/ny", get(passkeys::ask_name).post(passkeys::begin_adding))
        .route("/logga-in/passkey/ny/klar", get(passkeys::back).post(passkeys::finish_adding))
        .route("/logga-in/{token}", get(sign_in::show_link).post(sign_in::redeem_link))
        .route("/logga-ut", get(sign_in::back_to_start).post(sign_in::sign_out))
        .route("/konto", get(account::show))
        .route("/konto/sessioner/{id}", get(account::back).post(account::end_session))
        .route("/konto/logga-ut-overallt", get(account::back).post(account::end_all))
        .route("/konto/app", get(account::back).post(account::choose_app))
        .route("/konto/app/bort", get(account::back).post(account::remove_app))
        .route("/konto/passkey/{id}/bort", get(account::back).post(passkeys::remove))
        .route("/konto/reservkoder", get(account::back).post(account::renew_codes))
        .route("/konto/kollega", get(account::back).post(account::invite_colleague))
        .route("/konto/uppgifter", get(account::back).post(privacy::extract))
        .route("/konto/radera", get(privacy::ask).post(privacy::forget))
        .route("/anvandare", get(users::list).post(users::invite))
        .route("/anvandare/{id}", post(users::change))
        .route("/logg", get(audit::list))
}

/// Deals, the ledger and the targets.
fn counting() -> Router<Shared> {
    Router::new()
        .route("/mal", get(targets::list))
        .route("/mal/rapport", get(reports::show))
        .route("/mal/rapport/{file}", get(reports::download))
        .route("/affar/{pairing}", get(deals::show).post(deals::record))
        .route("/liggare", get(ledger::list))
        .route("/liggare/ny", get(entry_form::ask).post(entry_form::record))
        .route("/liggare/{id}", get(ledger::show))
        .route("/liggare/{id}/bekrafta", get(ledger::show).post(ledger::ask_to_confirm))
        .route("/liggare/{id}/ratta", get(ledger::show).post(ledger::reverse))
        .route("/liggare/{id}/intyga", get(ledger::show).post(ledger::agree))
        .route("/fil/{id}", get(ledger::file))
        .route("/forslag", get(proposals::list))
        .route("/forslag/{id}", get(proposals::back).post(proposals::decide))
        .route("/beslut", get(decisions::ask).post(decisions::record))
}

/// What coordinators and operators work with.
fn staff() -> Router<Shared> {
    Router::new()
        .route("/oversikt", get(overview::show))
        .route("/status", get(status::show))
        .route("/granska", get(reviews::list))
        .route("/granska/behov/{id}", get(reviews::ask_need).post(reviews::decide_need))
        .route("/granska/profil/{id}", get(reviews::ask_profile).post(reviews::decide_profile))
        .route("/luckor", get(gaps::list))
        .route("/justera/{id}", get(tunings::ask).post(tunings::decide))
        .route("/justera/{id}/ta-tillbaka", get(tunings::ask).post(tunings::take_back))
        .route("/matchningar", get(board::list))
        .route("/matchningar/{file}", get(board::download))
        .route("/brevlada", get(outbox::list))
        .route("/nasta-brev", get(forecasts::list))
        .route("/mejl", get(mail_previews::list))
        .route("/mejl/{kind}", get(mail_previews::show))
        .route("/brevlada/stopp", post(outbox::stop))
        .route("/brevlada/{id}", get(outbox::show))
        .route("/uppgifter", get(tasks::list))
        .route("/uppgifter/{id}", post(tasks::finish))
        .route("/karantan", get(quarantine::list).post(quarantine::retry_all))
        .route("/karantan/{id}", post(quarantine::retry))
        .route("/karantan/{id}/slapp", post(quarantine::dismiss))
        .route("/inlasning/{id}", get(uploads::show).post(uploads::take))
        .route("/inlasning/{id}/rubriker", get(uploads::show).post(uploads::decide_columns))
        .route("/inlasning/{id}/slapp", post(uploads::dismiss))
        .route("/inlasning/mall/{file}", get(uploads::template))
        .route("/regler", get(mail_rules::show).post(mail_rules::decide))
        .route("/regler/{id}/godkann", post(mail_rules::approve))
        .route("/regler/{id}/avsla", post(mail_rules::reject))
}

/// What programs need of people: feeds, the description of the API, its keys and webhooks.
fn for_programs() -> Router<Shared> {
    Router::new()
        .route("/behov.atom", get(feeds::atom))
        .route("/behov.ics", get(feeds::calendar))
        .route("/folj", get(feeds::follow).post(feeds::change_link))
        .route("/kalender/{link}", get(feeds::own_calendar))
        .route("/api", get(api_page::list))
        .route("/api/anrop/{noun}", get(api_page::show))
        .route("/api/nycklar", get(api_tokens::list).post(api_tokens::create))
        .route("/api/nycklar/{id}", get(api_tokens::back).post(api_tokens::revoke))
        .route("/api/webbkrokar", get(webhooks::list).post(webhooks::create))
        .route("/api/webbkrokar/{id}", get(webhooks::show).post(webhooks::change))
}
