//! The quick forms: what they ask, what they make of it, and what they say of bad input.

use axum::http::StatusCode;
use samhandla::{
    domain::{
        ledger::{AgreementKind, Fact, Price, RenewalAward, Successor},
        support::Increase,
        target::{Clause, Progress},
        user::Role,
    },
    service::targets,
    store::ledger,
};

use crate::{
    ledger_pages::{ASF, Visitor, two_asf},
    support::product::{self, Product, cleaner, joiner},
};

const AGREEMENT: &str = "asf=1&name=Granvik+kommun&org_no=556517-5592&class=public&subject=Parker&agreement=contract\
     &renewal=none&occurred_on=2026-11-10&income_kind=service&price=open&reference=KS+1";

const OUTCOME: &str = "asf=1&actor=Coompanion&subject=Pris&shown=periods&before_on=2025-07-01&after_on=2026-07-01\
     &months=3&without=less&occurred_on=2026-11-10&reference=Samtal";

async fn staff(product: &Product) -> Visitor {
    Visitor::signed_in(product, Role::Coordinator, "staff@staff.example").await
}

/// What the ledger was told last.
async fn last(product: &Product) -> Fact {
    ledger::list_after(&product.app.db, 0).await.unwrap().pop().unwrap().told.fact
}

async fn progress(product: &Product) -> Vec<Progress> {
    targets::current(&product.app).await.unwrap().progress.clone()
}

#[tokio::test]
async fn an_agreement_is_told_with_its_kind_and_what_it_renews() {
    let product = two_asf().await;
    let staff = staff(&product).await;
    let agreement = async |form: &str| {
        assert_eq!(staff.post("/liggare/ny?slag=agreement", form).await.0, StatusCode::SEE_OTHER, "{form}");
        let Fact::Agreement(agreement) = last(&product).await else { panic!("no agreement") };
        agreement
    };
    let plain = agreement(AGREEMENT).await;
    assert_eq!((plain.kind, plain.renewal), (AgreementKind::Contract, None));
    let extended = AGREEMENT.replace("Parker", "Lekplatser").replace("renewal=none", "renewal=extended&earlier=Parker");
    let extended = agreement(&extended).await.renewal.unwrap();
    assert_eq!((extended.of, extended.award), (plain.key.clone(), RenewalAward::Extended));
    let anew = AGREEMENT.replace("Parker", "Badplatser").replace("renewal=none", "renewal=new&earlier=Parker");
    assert_eq!(agreement(&anew).await.renewal.unwrap().award, RenewalAward::New);
    for (word, kind) in [
        ("framework", AgreementKind::Framework),
        ("call_off", AgreementKind::CallOff),
        ("award_decision", AgreementKind::AwardDecision),
    ] {
        let form = AGREEMENT.replace("Parker", word).replace("agreement=contract", &format!("agreement={word}"));
        assert_eq!(agreement(&form).await.kind, kind);
    }
    let placement = AGREEMENT.replace("Parker", "Platser").replace("=service", "=placement");
    assert_eq!(agreement(&placement).await.kind, AgreementKind::Placement);
    let clauses: Vec<_> = progress(&product).await[1].items.iter().map(|item| item.failed()).collect();
    assert!(clauses.contains(&Some(Clause::T2c)) && clauses.contains(&Some(Clause::T2)), "{clauses:?}");
}

#[tokio::test]
async fn a_partnership_counts_only_when_performance_is_paid() {
    let product = two_asf().await;
    let staff = staff(&product).await;
    let iop = AGREEMENT.replace("agreement=contract", "agreement=iop");
    let grant = iop.replace("price=open", "price=grant");
    assert_eq!(staff.post("/liggare/ny?slag=agreement", &grant).await.0, StatusCode::SEE_OTHER);
    assert_eq!(progress(&product).await[1].items[0].failed(), Some(Clause::T2f));
    let paid = iop.replace("Parker", "Arbete").replace("price=open", "price=firm");
    assert_eq!(staff.post("/liggare/ny?slag=agreement", &paid).await.0, StatusCode::SEE_OTHER);
    let Fact::Agreement(agreement) = last(&product).await else { panic!("no agreement") };
    assert_eq!((agreement.kind, agreement.price), (AgreementKind::Iop, Price::Firm));
    assert_eq!(progress(&product).await[1].counted, 1);
}

#[tokio::test]
async fn comparable_periods_show_an_increase_and_the_asfs_own_word_waits_for_another() {
    let product = two_asf().await;
    let (asf, staff) = (Visitor::signed_in(&product, Role::Asf, ASF).await, staff(&product).await);
    let contact = "actor=Coompanion&subject=Pris&occurred_on=2026-03-10&form=individual&kind=advice";
    assert_eq!(asf.post("/liggare/ny?slag=contact", contact).await.0, StatusCode::SEE_OTHER);
    for (day, sek) in [("2025-08-01", "10000"), ("2026-08-01", "15000")] {
        let invoice = format!(
            "name=Kund+AB&org_no=556517-5592&class=private&occurred_on={day}&amount_sek={sek}&income_kind=service&reference=F{sek}"
        );
        assert_eq!(asf.post("/liggare/ny?slag=invoice", &invoice).await.0, StatusCode::SEE_OTHER);
    }
    let own = OUTCOME.replace("asf=1&", "");
    assert_eq!(asf.post("/liggare/ny?slag=outcome", &own).await.0, StatusCode::SEE_OTHER);
    let Fact::SupportOutcome(outcome) = last(&product).await else { panic!("no outcome") };
    assert!(matches!(outcome.increase, Increase::Periods(periods) if periods.months == 3));
    assert_eq!(progress(&product).await[4].items[0].failed(), Some(Clause::T5d));
    assert_eq!(asf.post("/liggare/4/intyga", "").await.0, StatusCode::FORBIDDEN);
    assert!(staff.get("/liggare/4").await.1.contains("Projektet håller med"));
    for _ in 0..2 {
        assert_eq!(staff.post("/liggare/4/intyga", "").await.0, StatusCode::SEE_OTHER);
    }
    assert_eq!(progress(&product).await[4].counted, 1);
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 5);
    // The same written by staff is another word than the ASF's.
    assert_eq!(staff.post("/liggare/1/intyga", "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(staff.post("/liggare/ny?slag=outcome", OUTCOME).await.0, StatusCode::SEE_OTHER);
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 6);
}

#[tokio::test]
async fn who_goes_on_as_whom_is_told_of_organisations_and_of_asf() {
    let product = two_asf().await;
    let staff = staff(&product).await;
    let form = |from: &str, to: &str| format!("org_no={from}&link={to}&occurred_on=2026-11-10&reference=Bolagsverket");
    let (cleaner, joiner) = (cleaner().org_no, joiner().org_no);
    let company = product::valid_org_no("559900777");
    staff.post("/liggare/ny?slag=successor", &form(company.as_str(), "556517-5592")).await;
    assert!(matches!(last(&product).await, Fact::Successor(Successor::Organisation { .. })));
    staff.post("/liggare/ny?slag=successor", &form(cleaner.as_str(), joiner.as_str())).await;
    assert!(matches!(last(&product).await, Fact::Successor(Successor::Asf { .. })));
    let group = format!("org_no={}&kind=municipal_company&link=556517-5592&occurred_on=2026-11-10", company.as_str());
    staff.post("/liggare/ny?slag=actor", &group).await;
    let Fact::Actor(actor) = last(&product).await else { panic!("no actor") };
    assert_eq!(actor.group.map(|head| head.to_string()).as_deref(), Some("556517-5592"));
    staff.post("/liggare/ny?slag=ownership", "asf=1&org_no=556517-5592&kind=begins&occurred_on=2026-11-10").await;
    assert!(matches!(last(&product).await, Fact::Ownership(_)));
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 4);
}

#[tokio::test]
async fn every_wrong_field_is_told_in_swedish_beside_it_and_nothing_is_stored() {
    let product = two_asf().await;
    let staff = staff(&product).await;
    let bid = "asf=1&name=Granvik&org_no=556517-5592&subject=1&role=sole&procedure=advertised&occurred_on=2026-11-10&time=10:00";
    let wrong = [
        ("agreement", AGREEMENT, "renewal=none", "renewal=extended", "earlier", "Skriv det tidigare avtalets namn"),
        ("agreement", AGREEMENT, "renewal=none", "renewal=x", "renewal", "Välj om avtalet är nytt"),
        ("agreement", AGREEMENT, "agreement=contract", "agreement=x", "agreement", "Välj vad slags avtal"),
        ("agreement", AGREEMENT, "price=open", "price=grant", "price", "Bidrag utan motprestation"),
        ("agreement", AGREEMENT, "subject=Parker", "subject=", "subject", "Ge avtalet ett namn"),
        ("agreement", AGREEMENT, "occurred_on=2026", "occurred_on=2019", "occurred_on", "utanför de år"),
        ("agreement", AGREEMENT, "&income_kind", "&amount_sek=-5&income_kind", "amount_sek", "Skriv beloppet"),
        (
            "agreement",
            AGREEMENT,
            "&income_kind",
            "&amount_sek=9999999999999&income_kind",
            "amount_sek",
            "Skriv beloppet",
        ),
        ("agreement", AGREEMENT, "556517-5592", "556517-5593", "org_no", "tio siffror"),
        ("agreement", AGREEMENT, "asf=1", "asf=99", "asf", "Välj vilket ASF"),
        ("agreement", AGREEMENT, "class=public", "class=", "class", "Välj vad den andra parten är"),
        ("agreement", AGREEMENT, "class=public", "class=x", "class", "Välj vad den andra parten är"),
        ("outcome", OUTCOME, "shown=periods", "shown=x", "shown", "Välj hur ökningen syns"),
        ("outcome", OUTCOME, "shown=periods", "shown=stream", "link", "Välj intäkten"),
        ("outcome", OUTCOME, "months=3", "months=2", "months", "från 3 till 12"),
        ("outcome", OUTCOME, "months=3", "months=-3", "months", "från 3 till 12"),
        ("outcome", OUTCOME, "before_on=2025-07-01", "before_on=2025-08-01", "after_on", "samma dag"),
        ("outcome", OUTCOME, "before_on=2025-07-01", "before_on=", "before_on", "datum"),
        ("outcome", OUTCOME, "months=3", "months=12", "after_on", "Vänta tills"),
        ("outcome", OUTCOME, "actor=Coompanion", "actor=Arbetsf%C3%B6rmedlingen", "actor", "på listan"),
        ("bid", bid, "time=10:00", "time=25:00", "time", "klockslag"),
        ("bid", bid, "role=sole", "role=", "role", "Välj hur ni deltog"),
    ];
    for (kind, form, good, bad, field, message) in wrong {
        assert!(form.contains(good), "{good}");
        let (status, body) = staff.post(&format!("/liggare/ny?slag={kind}"), &form.replace(good, bad)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}: {bad}");
        let told = body.split(&format!("id=\"{field}-error\"")).nth(1).unwrap_or_else(|| panic!("{bad}: {body}"));
        assert!(told.split("</span>\n").next().unwrap().contains(message), "{kind}: {bad}: {told}");
        assert!(body.contains(&format!("href=\"#{field}\"")), "{bad}: no way to the field");
    }
    assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, 0);
}

#[tokio::test]
async fn every_form_sent_twice_is_stored_once() {
    let product = two_asf().await;
    let staff = staff(&product).await;
    let forms = [
        ("agreement", AGREEMENT),
        ("outcome", OUTCOME),
        ("contact", "asf=1&actor=Almi&subject=Pris&occurred_on=2026-03-10&form=individual&kind=advice"),
        ("order", "asf=1&name=Kund+AB&org_no=556517-5592&class=private&occurred_on=2026-11-10"),
        ("ownership", "asf=1&org_no=556517-5592&kind=begins&occurred_on=2026-11-10"),
    ];
    for (stored, (kind, form)) in (1..).zip(forms) {
        for _ in 0..2 {
            let (status, body) = staff.post(&format!("/liggare/ny?slag={kind}"), form).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{kind}: {body}");
        }
        assert_eq!(ledger::extent(&product.app.db).await.unwrap().number, stored, "{kind}");
    }
}

#[tokio::test]
async fn targets_are_shown_as_they_were_known_on_a_day() {
    let product = two_asf().await;
    let staff = staff(&product).await;
    let invoice = "asf=1&name=Kund+AB&org_no=556517-5592&class=private&occurred_on=2026-11-10&amount_sek=900&income_kind=service&reference=F1";
    staff.post("/liggare/ny?slag=invoice", invoice).await;
    let now = staff.get("/mal").await.1;
    assert!(now.contains("1 av 10") && now.contains("<desc id=\"T1-time-desc\">"), "{now}");
    let before = staff.get("/mal?per=2026-11-15").await.1;
    assert!(before.contains("0 av 10") && before.contains("Så som det var känt den 2026-11-15"), "{before}");
    assert!(staff.get("/mal?per=ig%C3%A5r").await.1.contains("Skriv en dag"));
    // Strangers see the figures of now, and no form.
    let stranger = Visitor::stranger(&product).get("/mal?per=2026-11-15").await.1;
    assert!(stranger.contains("1 av 10") && !stranger.contains("name=\"per\""), "{stranger}");
}
