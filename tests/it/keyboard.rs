//! The main journey of each role in Chromium with nothing but a keyboard, on a phone's width and a desk's.
//! The pages carry no script, so this is also the journey without one.

use fantoccini::{Locator, key::Key};

use crate::support::browser::{Browser, Demo};

/// Most presses of Tab that a reader has patience for, from the top of a page.
const PATIENCE: usize = 120;

/// Presses Tab until what `selector` names has focus; the number of presses.
async fn tab_to(browser: &Browser, selector: &str) -> usize {
    for presses in 0..PATIENCE {
        let is_there = format!("return document.activeElement.matches({selector:?})");
        if browser.client.execute(&is_there, vec![]).await.unwrap().as_bool().unwrap() {
            return presses;
        }
        keys(browser, &char::from(Key::Tab).to_string()).await;
    }
    panic!("{selector} is not reached by keyboard on {}", browser.client.current_url().await.unwrap());
}

async fn keys(browser: &Browser, typed: &str) {
    browser.client.active_element().await.unwrap().send_keys(typed).await.unwrap();
}

async fn fill(browser: &Browser, selector: &str, typed: &str) {
    tab_to(browser, selector).await;
    keys(browser, typed).await;
}

/// Follows a link or presses a button, and waits for what comes.
async fn enter(browser: &Browser, selector: &str) {
    tab_to(browser, selector).await;
    let before = browser.client.find(Locator::Css("html")).await.unwrap();
    keys(browser, &char::from(Key::Enter).to_string()).await;
    for _ in 0..200 {
        // The old page's element is gone once the new page stands.
        if before.attr("lang").await.is_err() {
            return;
        }
    }
    panic!("{selector} led nowhere");
}

async fn goto(browser: &Browser, demo: &Demo, path: &str) {
    browser.client.goto(&format!("{}{path}", demo.base_url)).await.unwrap();
}

async fn sign_in(browser: &Browser, link: &str) {
    browser.client.goto(link).await.unwrap();
    enter(browser, "main form button").await;
}

/// Tells who needs what, from the first page to the mail that confirms it.
async fn post_a_need(browser: &Browser, demo: &Demo, name: &str) {
    goto(browser, demo, "/").await;
    fill(browser, "#ord", "städning").await;
    enter(browser, "form.search button").await;
    enter(browser, ".entries h2 a").await;
    enter(browser, "aside a[href='/behov/nytt']").await;
    fill(browser, "#title", "Städning av kontor").await;
    fill(browser, "#text", "Ett kontor på 200 kvadratmeter, två gånger i veckan.").await;
    enter(browser, "main form button.button").await;
    fill(browser, "#place", "Jönköping").await;
    tab_to(browser, "#deadline").await;
    // In which order year, month and day are typed is the browser's own business and differs by its language.
    let typed = "document.activeElement.value = '2099-01-15'";
    browser.client.execute(typed, vec![]).await.unwrap();
    enter(browser, "main form button.button").await;
    let third = browser.text().await;
    assert!(third.contains("passa"), "how many fit is told before sending: {third}");
    fill(browser, "input[name=buyer_kind]", " ").await;
    fill(browser, "#buyer_name", name).await;
    fill(browser, "#email", "inkop@kontoret.example").await;
    enter(browser, "main form button.button").await;
    let received = browser.text().await;
    assert!(received.contains("inkop@kontoret.example"), "{received}");
}

/// The path of the latest mail's link to `page`, as the coordinator's mailbox shows it.
async fn mailed(browser: &Browser, demo: &Demo, page: &str) -> String {
    goto(browser, demo, "/brevlada").await;
    let first = browser.client.find(Locator::Css("main ul a, main table a")).await.unwrap();
    let mail = first.attr("href").await.unwrap().unwrap();
    goto(browser, demo, &mail).await;
    let found = browser.text().await;
    let start = found.find(page).unwrap_or_else(|| panic!("no {page} in {found}"));
    let token = found[start + page.len()..].chars().take_while(char::is_ascii_hexdigit);
    format!("{page}{}", token.collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_does_its_main_job_by_keyboard_alone() {
    let demo = Demo::start().await;
    for width in [320, 1280] {
        let buyer = Browser::start(width, 900).await;
        post_a_need(&buyer, &demo, &format!("Kontoret {width} AB")).await;
        if width == 1280 {
            continue;
        }
        let staff = Browser::start(width, 900).await;
        sign_in(&staff, &demo.link("coordinator")).await;
        let confirm = mailed(&staff, &demo, "/bekrafta/").await;
        goto(&buyer, &demo, &confirm).await;
        enter(&buyer, "main form button.button").await;
        assert!(buyer.text().await.contains("Behovet är öppet"));

        let asf = Browser::start(width, 900).await;
        sign_in(&asf, &demo.link("asf")).await;
        goto(&asf, &demo, "/asf/1/kan").await;
        fill(&asf, "#title", "Korgar med frukt").await;
        enter(&asf, "main form button.button").await;
        assert!(asf.text().await.contains("Korgar med frukt"));

        let procurer = Browser::start(width, 900).await;
        sign_in(&procurer, &demo.link("procurer")).await;
        goto(&procurer, &demo, "/upphandla").await;
        fill(&procurer, "#draft", "Städning av kontor i stadshuset").await;
        fill(&procurer, "#value_sek", "150000").await;
        enter(&procurer, "main form button.button").await;
        let judged = procurer.text().await;
        assert!(judged.contains("De här kan leverera") && judged.contains("LOU 19 a kap. 2 §"), "{judged}");
    }
}
