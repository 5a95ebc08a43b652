//! The demo walked in Chromium as its users would: from the coordinator's link to a target that moves.

use fantoccini::Locator;

use crate::support::browser::{Browser, Demo, Scheme};

/// Pages that anybody may see.
const PUBLIC: &[&str] = &[
    "/",
    "/asf",
    "/asf?ord=st%C3%A4dning",
    "/asf?ord=xyzzy",
    "/asf/1",
    "/behov",
    "/behov?ord=st%C3%A4dning",
    "/behov/1",
    "/behov/nytt",
    "/logga-in",
    "/mal",
    "/tillganglighet",
    "/integritet",
    "/finns-inte",
];
/// Pages of the coordinator.
const STAFF: &[&str] = &[
    "/oversikt",
    "/brevlada",
    "/brevlada/1",
    "/mal",
    "/behov/1",
    "/affar/1",
    "/regler",
    "/karantan",
    "/behov/fran-text",
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

async fn press(browser: &Browser, selector: &str) {
    browser.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
}

async fn text(browser: &Browser) -> String {
    browser.client.find(Locator::Css("main")).await.unwrap().text().await.unwrap()
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
        let page = text(&browser).await;
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
    assert!(text(&browser).await.contains("Faktura 1001"));

    browser.client.goto(&format!("{}/mal", demo.base_url)).await.unwrap();
    assert_eq!(counted(&browser).await, before + 1);
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
        let links = answer_links(&browser, &demo).await;
        look(&browser, &demo, links[0].trim_start_matches(&demo.base_url), width, &mut faults).await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
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

#[tokio::test(flavor = "multi_thread")]
async fn english_is_one_button_away() {
    let demo = Demo::start().await;
    let browser = Browser::start(1280, 900).await;
    browser.client.goto(&demo.base_url).await.unwrap();
    press(&browser, "button[name=language][value=en]").await;
    browser.client.wait().for_element(Locator::Css("html[lang=en]")).await.unwrap();
}
