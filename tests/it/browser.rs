//! The demo walked in Chromium as its users would: from the coordinator's link to a target that moves.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::json;

use crate::support::browser::{Browser, Demo, Scheme};

/// Pages that anybody may see.
const PUBLIC: &[&str] = &[
    "/",
    "/asf",
    "/asf?ord=st%C3%A4dning",
    "/asf?ord=xyzzy",
    "/asf?bransch=cleaning&plats=0680&inom=50",
    "/asf?cpv=12",
    "/asf/1",
    "/asf/nummer",
    "/asf/nummer?org_no=12",
    "/upphandla",
    "/behov",
    "/behov?ord=st%C3%A4dning",
    "/behov/1",
    "/behov/nytt",
    "/logga-in",
    "/mal",
    "/tillganglighet",
    "/integritet",
    "/api",
    "/api/anrop/ledger",
    "/folj",
    "/finns-inte",
    "/asf/1/ansluta",
];
/// Pages of the coordinator.
const STAFF: &[&str] = &[
    "/oversikt",
    "/luckor",
    "/status?jamfor=1",
    "/granska",
    "/granska/behov/1",
    "/granska/profil/1",
    "/justera/1",
    "/matchningar",
    "/matchningar?lage=suggested&vecka=48",
    "/brevlada",
    "/brevlada/1",
    "/mal",
    "/behov/1",
    "/affar/1",
    "/regler",
    "/nasta-brev",
    "/mejl",
    "/mejl/weekly_digest",
    "/karantan",
    "/inlasning?slag=asf",
    "/behov/fran-text",
    "/konto",
    "/konto/radera",
    "/anvandare",
    "/anslutningar",
    "/logg",
    "/listor",
    "/asf/1/profil",
    "/asf/1/kan",
    "/asf/1/kan?nr=1",
    "/behov/1/svar",
    "/behov/1/svar?flik=nej",
    "/api/nycklar",
    "/api/webbkrokar",
];

/// Pages of the ledger, and the states they can be in.
const LEDGER: &[&str] = &[
    "/mal",
    "/mal?lage=pending",
    "/mal?per=2025-01-01",
    "/mal?per=fel",
    "/mal/rapport",
    "/liggare",
    "/liggare?per=2025-01-01",
    "/liggare?slag=income",
    "/liggare/1",
    "/affar/1",
    "/forslag",
    "/uppgifter",
    "/beslut",
];

/// Every quick form.
const FORMS: &[&str] = &[
    "order",
    "invoice",
    "agreement",
    "bid",
    "contact",
    "outcome",
    "procurement",
    "cancellation",
    "actor",
    "ownership",
    "successor",
    "consent",
];

/// Presses what leads on and waits for the page it leads to: the driver may answer before a slow one has begun.
async fn press(browser: &Browser, selector: &str) {
    const LEAVES: &str = "const pressed = document.querySelector(arguments[0]).closest('a[href], button');
        document.documentElement.dataset.left = 'not yet';
        if (!pressed) return false;
        if (pressed.tagName === 'A') return !pressed.getAttribute('href').startsWith('#') && !pressed.download;
        return pressed.type === 'submit' && !!pressed.form;";
    const ARRIVED: &str = "return document.readyState === 'complete' && !document.documentElement.dataset.left;";
    let leaves = browser.client.execute(LEAVES, vec![json!(selector)]).await.unwrap() == json!(true);
    browser.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
    let tries = if leaves { 200 } else { 0 };
    for _ in 0..tries {
        // Between two pages there is nothing to ask.
        if browser.client.execute(ARRIVED, vec![]).await.is_ok_and(|arrived| arrived == json!(true)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn sign_in(browser: &Browser, link: &str) {
    browser.client.goto(link).await.unwrap();
    press(browser, "main form button").await;
}

/// Answer pages that stand in the digests of the mailbox, newest mails first.
async fn answer_links(browser: &Browser, demo: &Demo) -> Vec<String> {
    browser.client.goto(&format!("{}/brevlada", demo.base_url)).await.unwrap();
    let hrefs = "return [...document.querySelectorAll('main a')].map(a => a.href)";
    let mails = browser.client.execute(hrefs, vec![]).await.unwrap();
    let mut links = Vec::new();
    for mail in mails.as_array().unwrap() {
        browser.client.goto(mail.as_str().unwrap()).await.unwrap();
        let found = browser.client.execute(hrefs, vec![]).await.unwrap();
        let found = found.as_array().unwrap().iter().filter_map(|link| link.as_str());
        let answers = found.filter(|link| link.contains("/svar/"));
        let page = |link: &str| link.split('?').next().unwrap_or(link).to_owned();
        links.extend(answers.map(page));
    }
    links.dedup();
    links
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_in_the_mail_and_a_recorded_deal_move_the_target() {
    let demo = Demo::start().await;
    let browser = Browser::start(1280, 1000).await;
    sign_in(&browser, &demo.link("coordinator")).await;

    let links = answer_links(&browser, &demo).await;
    assert!(!links.is_empty(), "no answer link in any mail");
    // A company's request counts in T1; a public tender in T2.
    let mut request = None;
    for link in &links {
        browser.client.goto(link).await.unwrap();
        let page = browser.text().await;
        assert!(page.contains("Varför"), "a suggestion without its reasons: {page}");
        if page.contains("Förfrågan") {
            request = Some(link.clone());
            break;
        }
    }
    let request = request.expect("a mail has a company's request");
    browser.client.goto(&format!("{request}?svar=ja")).await.unwrap();
    press(&browser, "form.answer-form button").await;
    assert!(browser.client.current_url().await.unwrap().path().starts_with("/svar/"));

    browser.client.goto(&format!("{}/mal", demo.base_url)).await.unwrap();
    let before = counted(&browser).await;

    browser.client.goto(&format!("{}/oversikt", demo.base_url)).await.unwrap();
    press(&browser, "main .entries a").await;
    press(&browser, "input[name=kind][value=invoice]").await;
    browser.client.find(Locator::Css("input[name=amount_sek]")).await.unwrap().send_keys("12 000").await.unwrap();
    browser.client.find(Locator::Css("input[name=reference]")).await.unwrap().send_keys("Faktura 1001").await.unwrap();
    let today = "document.querySelector('input[name=occurred_on]').value = new Date().toLocaleDateString('sv-SE')";
    browser.client.execute(today, vec![]).await.unwrap();
    press(&browser, "main form button.button").await;
    assert!(browser.text().await.contains("Faktura 1001"));

    browser.client.goto(&format!("{}/mal", demo.base_url)).await.unwrap();
    assert_eq!(counted(&browser).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_coordinators_monday_ends_with_a_need_approved_another_tuned_and_both_in_the_next_mail() {
    let demo = Demo::start().await;
    let browser = Browser::start(1280, 1000).await;
    sign_in(&browser, &demo.link("coordinator")).await;
    let to = async |path: &str| browser.client.goto(&format!("{}{path}", demo.base_url)).await.unwrap();
    to("/regler").await;
    type_in(&browser, "approved_sources", "csv").await;
    press(&browser, "main form[action='/regler'] button.button").await;

    to("/oversikt").await;
    press(&browser, ".piles a[href='/granska']").await;
    press(&browser, "main .entries a").await;
    let approved = browser.client.current_url().await.unwrap().path().to_owned();
    press(&browser, "input[value=approve]").await;
    press(&browser, "main form button.button").await;
    assert_eq!(browser.client.current_url().await.unwrap().path(), "/granska");
    assert!(!browser.client.source().await.unwrap().contains(&format!("href=\"{approved}\"")));

    to("/luckor").await;
    press(&browser, "main .entries a").await;
    let need = browser.client.current_url().await.unwrap().path().to_owned();
    press(&browser, "main a[href^='/justera/']").await;
    type_in(&browser, "words", "städning av kontor").await;
    press(&browser, "button[value=visa]").await;
    let shown = browser.text().await;
    assert!(shown.contains("Inte sparat än.") && !shown.contains("Ingen tillkommer."), "{shown}");
    press(&browser, "button[value=spara]").await;
    assert_eq!(browser.client.current_url().await.unwrap().path(), need);
    let waiting = demo.mailed_next_week();
    to(&format!("/granska{need}")).await;
    press(&browser, "input[value=approve]").await;
    press(&browser, "main form button.button").await;
    assert!(demo.mailed_next_week() > waiting, "the tuned need is in next week's mails");
}

async fn type_in(browser: &Browser, field: &str, words: &str) {
    let input = browser.client.find(Locator::Css(&format!("input[name={field}]"))).await.unwrap();
    input.clear().await.unwrap();
    input.send_keys(words).await.unwrap();
}

/// The figure of T1 on the page of targets: "4 av 10".
async fn counted(browser: &Browser) -> u32 {
    let sum = browser.client.find(Locator::Css("#T1 .sum")).await.unwrap().text().await.unwrap();
    sum.split_whitespace().next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_and_fits_a_narrow_phone() {
    let demo = Demo::start().await;
    let mut faults = Vec::new();
    for width in [320, 1280] {
        let browser = Browser::start(width, 900).await;
        for page in PUBLIC {
            look(&browser, &demo, page, width, &mut faults).await;
        }
        // A link works once; the second width signs in as another of the staff.
        sign_in(&browser, &demo.link(if width == 320 { "coordinator" } else { "operator" })).await;
        for page in STAFF {
            look(&browser, &demo, page, width, &mut faults).await;
        }
        let looked = uploaded(&browser, &demo).await;
        look(&browser, &demo, &looked, width, &mut faults).await;
        let links = answer_links(&browser, &demo).await;
        look(&browser, &demo, links[0].trim_start_matches(&demo.base_url), width, &mut faults).await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Uploads a file with something new, something that changes and something wrong; gives the page that shows it.
async fn uploaded(browser: &Browser, demo: &Demo) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("behov.csv");
    let rows = "external_id;title;buyer_name;cpv;Vad mer\n1;Städning;Brf Lyktan;90910000;x\n2;Tvätt;Brf Lyktan;909;x\n";
    std::fs::write(&file, rows).unwrap();
    browser.client.goto(&format!("{}/inlasning?slag=behov", demo.base_url)).await.unwrap();
    let field = browser.client.find(Locator::Css("#file")).await.unwrap();
    field.send_keys(file.to_str().unwrap()).await.unwrap();
    press(browser, "form[enctype] button").await;
    let page = browser.text().await;
    assert!(page.contains("Rad 3") && page.contains("”vad mer” betyder"), "{page}");
    browser.client.current_url().await.unwrap().path().to_owned()
}

async fn look(browser: &Browser, demo: &Demo, page: &str, width: u32, faults: &mut Vec<String>) {
    browser.client.goto(&format!("{}{page}", demo.base_url)).await.unwrap();
    hear(browser, page, width, faults).await;
}

/// What is wrong with the page that is open.
async fn hear(browser: &Browser, page: &str, width: u32, faults: &mut Vec<String>) {
    faults.extend(browser.accessibility_faults().await.into_iter().map(|fault| format!("{width} {page}: {fault}")));
    if browser.width().await != u64::from(width) {
        faults.push(format!("{width} {page}: laid out in {}", browser.width().await));
    }
    if browser.scrolls_sideways().await {
        faults.push(format!("{width} {page}: scrolls sideways"));
    }
}

/// Types as on a keyboard into whatever has the focus.
async fn keys(browser: &Browser, text: &str) {
    browser.client.active_element().await.unwrap().send_keys(text).await.unwrap();
}

/// Presses Tab until what has the focus matches.
async fn tab_to(browser: &Browser, selector: &str) {
    const TAB: &str = "\u{e004}";
    for _ in 0..60 {
        keys(browser, TAB).await;
        let is_there = format!("return document.activeElement.matches('{selector}')");
        if browser.client.execute(&is_there, vec![]).await.unwrap().as_bool() == Some(true) {
            let outline = "const s = getComputedStyle(document.activeElement);
                return s.outlineStyle !== 'none' || s.boxShadow !== 'none'";
            let is_seen = browser.client.execute(outline, vec![]).await.unwrap();
            assert_eq!(is_seen.as_bool(), Some(true), "{selector}: the focus is not seen");
            return;
        }
    }
    panic!("Tab never comes to {selector}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_connected_and_asked_for_by_keyboard_alone() {
    const ENTER: &str = "\u{e007}";
    let demo = Demo::start().await;
    let browser = Browser::start(320, 900).await;
    browser.client.goto(&demo.link("coordinator")).await.unwrap();
    tab_to(&browser, "main form button").await;
    keys(&browser, ENTER).await;
    browser.client.goto(&format!("{}/konto", demo.base_url)).await.unwrap();
    tab_to(&browser, "form[action=\"/konto/app\"] button").await;
    keys(&browser, ENTER).await;
    let mut faults = Vec::new();
    browser.client.wait().for_element(Locator::Css(".secret")).await.unwrap();
    faults.extend(browser.accessibility_faults().await);
    let secret = browser.client.find(Locator::Css(".secret")).await.unwrap().text().await.unwrap();
    let code = code_of(&secret);
    tab_to(&browser, "#code").await;
    keys(&browser, &code).await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css(".recovery")).await.unwrap();
    faults.extend(browser.accessibility_faults().await);
    let paper = browser.client.find(Locator::Css(".recovery li")).await.unwrap().text().await.unwrap();
    tab_to(&browser, "main a.button").await;
    keys(&browser, ENTER).await;
    // The next sign-in asks for it; the link is mailed to the local mailbox and the code typed.
    browser.client.goto(&format!("{}/brevlada", demo.base_url)).await.unwrap();
    let other = Browser::start(320, 900).await;
    other.client.goto(&format!("{}/logga-in", demo.base_url)).await.unwrap();
    tab_to(&other, "#email").await;
    keys(&other, "coordinator@demo.example").await;
    keys(&other, ENTER).await;
    other.client.wait().for_element(Locator::Css("#code")).await.unwrap();
    browser.client.goto(&format!("{}/brevlada", demo.base_url)).await.unwrap();
    press(&browser, "main .entries a").await;
    let mail = browser.client.source().await.unwrap();
    let link = mail.split("/logga-in/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit);
    let link = format!("{}/logga-in/{}", demo.base_url, link.collect::<String>());
    other.client.goto(&link).await.unwrap();
    tab_to(&other, "main form button").await;
    keys(&other, ENTER).await;
    other.client.wait().for_element(Locator::Css("form[action=\"/logga-in/steg-2\"]")).await.unwrap();
    faults.extend(other.accessibility_faults().await);
    tab_to(&other, "#code").await;
    keys(&other, &paper).await;
    keys(&other, ENTER).await;
    other.client.wait().for_element(Locator::Css("form[action=\"/logga-ut\"]")).await.unwrap();
    assert_eq!(other.client.current_url().await.unwrap().path(), "/oversikt");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_made_and_opens_the_next_session_by_keyboard_alone() {
    const ENTER: &str = "\u{e007}";
    let demo = Demo::start_at("localhost").await;
    let browser = Browser::start(320, 900).await;
    browser.client.goto(&demo.link("asf")).await.unwrap();
    tab_to(&browser, "main form button").await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css("form[action=\"/logga-ut\"]")).await.unwrap();
    browser.client.goto(&format!("{}/konto", demo.base_url)).await.unwrap();
    tab_to(&browser, "a[href=\"/logga-in/passkey/ny\"]").await;
    keys(&browser, ENTER).await;
    let mut faults = Vec::new();
    browser.client.wait().for_element(Locator::Css("#name")).await.unwrap();
    look_at(&browser, "passkey-name", &mut faults).await;
    tab_to(&browser, "#name").await;
    keys(&browser, "Min telefon").await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css("#passkey")).await.unwrap();
    tab_to(&browser, "#passkey button").await;
    browser.add_authenticator().await;
    look_at(&browser, "passkey-create", &mut faults).await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css(".recovery")).await.unwrap();
    tab_to(&browser, "main a.button").await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css("form[action^=\"/konto/passkey/\"]")).await.unwrap();
    look_at(&browser, "passkey-account", &mut faults).await;
    assert!(browser.text().await.contains("Min telefon"));
    // The next sign-in asks for it: the link alone opens nothing.
    browser.client.goto(&format!("{}/konto", demo.base_url)).await.unwrap();
    press(&browser, "form[action=\"/konto/logga-ut-overallt\"] button").await;
    browser.client.goto(&format!("{}/logga-in", demo.base_url)).await.unwrap();
    tab_to(&browser, "#email").await;
    let address = demo.links.iter().find(|link| link["role"] == "asf").unwrap()["email"].as_str().unwrap();
    keys(&browser, address).await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css("#code")).await.unwrap();
    let staff = Browser::start(1280, 900).await;
    sign_in(&staff, &demo.link("coordinator")).await;
    staff.client.goto(&format!("{}/brevlada", demo.base_url)).await.unwrap();
    press(&staff, "main .entries a").await;
    let mail = staff.client.source().await.unwrap();
    let link: String = mail.split("/logga-in/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect();
    browser.client.goto(&format!("{}/logga-in/{link}", demo.base_url)).await.unwrap();
    tab_to(&browser, "main form button").await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css("form[action=\"/logga-in/passkey\"]")).await.unwrap();
    look_at(&browser, "passkey-step", &mut faults).await;
    browser.client.goto(&format!("{}/konto", demo.base_url)).await.unwrap();
    assert!(browser.client.find(Locator::Css("form[action=\"/logga-ut-overallt\"]")).await.is_err());
    browser.client.goto(&format!("{}/logga-in/steg-2", demo.base_url)).await.unwrap();
    tab_to(&browser, "form[action=\"/logga-in/passkey\"] button").await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css("#passkey[data-kind=get]")).await.unwrap();
    look_at(&browser, "passkey-get", &mut faults).await;
    tab_to(&browser, "#passkey button").await;
    keys(&browser, ENTER).await;
    browser.client.wait().for_element(Locator::Css("a[href=\"/konto\"]")).await.unwrap();
    browser.client.goto(&format!("{}/konto", demo.base_url)).await.unwrap();
    assert!(browser.text().await.contains("Senast använd"), "{}", browser.text().await);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is wrong with a page that a form led to, and a picture of it.
async fn look_at(browser: &Browser, name: &str, faults: &mut Vec<String>) {
    faults.extend(browser.accessibility_faults().await.into_iter().map(|fault| format!("{name}: {fault}")));
    if browser.scrolls_sideways().await {
        faults.push(format!("{name}: scrolls sideways"));
    }
    browser.keep_picture(name).await;
}

/// What an app with this secret shows now.
fn code_of(secret: &str) -> String {
    let factor = samhandla::domain::second_factor::SecondFactor {
        secret: secret.replace(' ', ""),
        is_confirmed: false,
        last_step: 0,
    };
    factor.code(samhandla::clock::Clock::System.now()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_accessible_at_every_width_in_light_and_dark() {
    let demo = Demo::start().await;
    let mut faults = Vec::new();
    let readers = [
        (320, Scheme::Light, "coordinator"),
        (320, Scheme::Dark, "operator"),
        (1280, Scheme::Light, "asf"),
        (1280, Scheme::Dark, ""),
    ];
    for (width, scheme, role) in readers {
        let browser = Browser::with(width, 1000, scheme).await;
        if role.is_empty() {
            look(&browser, &demo, "/mal", width, &mut faults).await;
            assert!(browser.prefers(scheme).await, "{scheme:?}");
            continue;
        }
        sign_in(&browser, &demo.link(role)).await;
        for page in LEDGER {
            look(&browser, &demo, page, width, &mut faults).await;
            assert!(browser.prefers(scheme).await, "{scheme:?}");
            browser.keep_picture(&format!("{width}-{scheme:?}-{page}")).await;
        }
        for form in FORMS {
            let page = format!("/liggare/ny?slag={form}");
            look(&browser, &demo, &page, width, &mut faults).await;
            browser.keep_picture(&format!("{width}-{scheme:?}-{form}")).await;
            if browser.client.find(Locator::Css("main form[method=post]")).await.is_ok() {
                press(&browser, "main form[method=post] .button").await;
                browser.client.wait().for_element(Locator::Css(".error-summary")).await.unwrap();
                hear(&browser, &format!("{page}, sent empty"), width, &mut faults).await;
                browser.keep_picture(&format!("{width}-{scheme:?}-{form}-wrong")).await;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The pages of the API of an ASF, and what each of their forms is sent with.
const OF_PROGRAMS: [(&str, [&str; 2]); 2] =
    [("/api/nycklar", ["#name", "#scope-1"]), ("/api/webbkrokar", ["#url", "#event-1"])];

#[tokio::test(flavor = "multi_thread")]
async fn keys_webhooks_and_the_own_calendar_are_accessible_in_every_state() {
    let demo = Demo::start().await;
    let mut faults = Vec::new();
    let browser = Browser::with(320, 1000, Scheme::Dark).await;
    sign_in(&browser, &demo.link("asf")).await;
    for (page, [typed, ticked]) in OF_PROGRAMS {
        look(&browser, &demo, page, 320, &mut faults).await;
        press(&browser, "main form[novalidate] .button").await;
        browser.client.wait().for_element(Locator::Css(".error-summary")).await.unwrap();
        hear(&browser, &format!("{page}, sent empty"), 320, &mut faults).await;
        press(&browser, typed).await;
        keys(&browser, "https://a.example/krok").await;
        press(&browser, ticked).await;
        press(&browser, "main form[novalidate] .button").await;
        browser.client.wait().for_element(Locator::Css("main [role=status] .address")).await.unwrap();
        hear(&browser, &format!("{page}, just made"), 320, &mut faults).await;
        browser.keep_picture(&format!("320-{}", page.replace('/', "-"))).await;
    }
    press(&browser, "main h3 a.address").await;
    browser.client.wait().for_element(Locator::Css("main button[value=prova]")).await.unwrap();
    press(&browser, "main button[value=prova]").await;
    browser.client.wait().for_element(Locator::Css("main table")).await.unwrap();
    hear(&browser, "a webhook with its log", 320, &mut faults).await;
    look(&browser, &demo, "/folj", 320, &mut faults).await;
    press(&browser, "main button[value=ny]").await;
    browser.client.wait().for_element(Locator::Css("main [role=status] .address")).await.unwrap();
    hear(&browser, "/folj, just made", 320, &mut faults).await;
    assert!(browser.prefers(Scheme::Dark).await);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn english_is_one_button_away() {
    let demo = Demo::start().await;
    let browser = Browser::start(1280, 900).await;
    browser.client.goto(&demo.base_url).await.unwrap();
    press(&browser, "button[name=language][value=en]").await;
    browser.client.wait().for_element(Locator::Css("html[lang=en]")).await.unwrap();
}
