//! The life of a notice: planned, published, changed, decided or called off, and run out.

use std::{fs::File, io::BufReader, path::Path};

use chrono::{DateTime, Duration, Utc};
use samhandla::{
    domain::{
        amendment::AmendedPart,
        award::Award,
        ledger::{AgreementKind, CounterpartClass, Fact},
        need::{ClosedBecause, Need, NeedStatus, NewNeed},
        pairing::{Pairing, PairingState},
        schedule::IsoWeek,
    },
    intake::{self, Reading, input::Input},
    service::{
        claims, digests,
        digests::Run,
        imports,
        imports::Imported::{self, Created, Unchanged, Updated},
        lifecycle, matching,
    },
    store::{awards, connection, needs, notices, pairings},
};

use crate::{
    pages::Visitor,
    support::product::{self, Product, cleaner},
};

/// A notice about cleaning; each test changes what it is about.
struct Notice {
    form: &'static str,
    id: &'static str,
    issued: &'static str,
    deadline: &'static str,
    extension: String,
    lot: &'static str,
    process: String,
    published: &'static str,
}

impl Notice {
    fn competition() -> Self {
        Self {
            form: "competition",
            id: "11111111-1111-4111-8111-111111111111",
            issued: "2026-11-20",
            deadline: "2026-12-15",
            extension: String::new(),
            lot: "Städning av kontor i Jönköping",
            process: String::new(),
            published: "00100001-2026",
        }
    }

    fn change(of: &Self, reason: &str) -> Self {
        let changes = format!(
            "<efac:Changes><efbc:ChangedNoticeIdentifier>{}-01</efbc:ChangedNoticeIdentifier>\
             <efac:ChangeReason><cbc:ReasonCode>{reason}</cbc:ReasonCode></efac:ChangeReason></efac:Changes>",
            of.id
        );
        Self {
            id: "22222222-2222-4222-8222-222222222222",
            issued: "2026-11-24",
            published: "00100002-2026",
            extension: changes,
            ..Self::competition()
        }
    }

    fn result(outcome: &str) -> Self {
        let result = format!(
            "<efac:NoticeResult><efac:LotResult><cbc:TenderResultCode>{outcome}</cbc:TenderResultCode>\
             <efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>\
             <efac:LotTender><cbc:ID>TEN-1</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID=\"SEK\">480000</cbc:PayableAmount></cac:LegalMonetaryTotal>\
             <efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty></efac:LotTender>\
             <efac:TenderingParty><cbc:ID>TPA-1</cbc:ID><efac:Tenderer><cbc:ID>ORG-0002</cbc:ID></efac:Tenderer></efac:TenderingParty></efac:NoticeResult>"
        );
        Self {
            form: "result",
            id: "33333333-3333-4333-8333-333333333333",
            issued: "2027-01-20",
            published: "00100003-2027",
            deadline: "",
            extension: result,
            ..Self::competition()
        }
    }

    fn xml(&self) -> String {
        let Self { form, id, issued, deadline, extension, lot, process, published } = self;
        let winner = product::valid_org_no("559900-0118");
        let deadline = if deadline.is_empty() {
            String::new()
        } else {
            format!(
                "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>{deadline}+01:00</cbc:EndDate><cbc:EndTime>23:59:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>"
            )
        };
        let organisation = |id: &str, name: &str, number: &str| {
            format!(
                "<efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>{id}</cbc:ID></cac:PartyIdentification>\
                 <cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName><cac:PartyLegalEntity><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity></efac:Company></efac:Organization>"
            )
        };
        format!(
            r#"<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
 xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"
 xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
 xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{extension}
<efac:Organizations>{}{}</efac:Organizations>
<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">{published}</efbc:NoticePublicationID></efac:Publication>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:ID schemeName="notice-id">{id}</cbc:ID><cbc:ContractFolderID>procedure-9</cbc:ContractFolderID>
<cbc:IssueDate>{issued}+01:00</cbc:IssueDate><cbc:IssueTime>09:00:00+01:00</cbc:IssueTime><cbc:VersionID>01</cbc:VersionID>
<cbc:NoticeTypeCode listName="{form}">x</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>SWE</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:ProcurementProject><cbc:Name>Städning av kontor</cbc:Name></cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID><cac:TenderingProcess>{process}{deadline}</cac:TenderingProcess>
<cac:ProcurementProject><cbc:Name>{lot}</cbc:Name>
<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>SE211</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>
</cac:ProcurementProject></cac:ProcurementProjectLot></ContractNotice>"#,
            organisation("ORG-0001", "Emåsjöns kommun", "212900-1026"),
            organisation("ORG-0002", "Skurborsten", &winner.to_string()),
        )
    }

    fn need(&self) -> NewNeed {
        read(&self.xml())
    }
}

fn read(xml: &str) -> NewNeed {
    match intake::read_needs("notice.xml", xml.as_bytes()).next().unwrap().reading {
        Reading::Read(need) => need,
        other => panic!("{other:?}"),
    }
}

async fn take(product: &Product, notice: &Notice) -> Imported {
    let outcome = imports::store(&product.app, &[notice.need()]).await.unwrap()[0];
    matching::run_changed(&product.app).await.unwrap();
    outcome
}

async fn only_need(product: &Product) -> Need {
    let mut all = needs::list_after(&product.app.db, samhandla::domain::need::NeedId(0), 10).await.unwrap();
    assert_eq!(all.len(), 1, "one procedure is one need");
    all.remove(0)
}

async fn shown_pairings(product: &Product) -> Vec<Pairing> {
    let lots: Vec<_> = only_need(product).await.lots.iter().map(|lot| lot.id).collect();
    pairings::list_for_lots(&product.app.db, &lots).await.unwrap()
}

async fn all_awards(product: &Product) -> Vec<Award> {
    awards::list_for_needs(&product.app.db, &[only_need(product).await.id]).await.unwrap()
}

async fn mailed(product: &Product) -> u64 {
    digests::queue_weekly(&product.app, IsoWeek::at(product.now()), Run::Queue).await.unwrap().pairings
}

async fn latest_mail(product: &Product) -> String {
    product.messages().await.pop().unwrap().text
}

/// What waits to be told to the ledger.
async fn proposed(product: &Product) -> Vec<Fact> {
    let waiting = claims::list(&product.app, None).await.unwrap();
    waiting.into_iter().map(|proposal| proposal.entry.fact).collect()
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_notice_a_new_deadline_and_a_result_drive_need_pairings_mail_and_award() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let first = Notice::competition();
    assert_eq!(take(&product, &first).await, Created);
    assert_eq!((only_need(&product).await.status, shown_pairings(&product).await.len()), (NeedStatus::Open, 1));
    assert_eq!(mailed(&product).await, 1);
    assert!(latest_mail(&product).await.contains("Ny. "));

    product.pass(Duration::hours(3));
    let later = Notice { deadline: "2027-01-15", ..Notice::change(&first, "update-add") };
    assert_eq!(take(&product, &later).await, Updated);
    let lot = only_need(&product).await.lots.remove(0);
    assert_eq!(lot.work.deadline_at, Some(time("2027-01-15T22:59:00Z")));
    assert_eq!(lot.amendments.iter().map(|amendment| amendment.part).collect::<Vec<_>>(), [AmendedPart::Deadline]);
    assert_eq!(lot.materially_changed_at(), Some(product.now()));
    assert_eq!((take(&product, &first).await, take(&product, &later).await), (Unchanged, Unchanged));
    product.pass(Duration::days(7));
    assert_eq!(mailed(&product).await, 1);
    let text = latest_mail(&product).await;
    assert!(text.contains("Ändrad. Sista dag flyttad till fredag 15 januari. "), "{text}");
    product.pass(Duration::days(7));
    assert_eq!(mailed(&product).await, 0, "a change is told once");
    assert_eq!(
        only_need(&product).await.lots[0].work.deadline_at,
        lot.work.deadline_at,
        "an older one changes nothing"
    );

    assert!(proposed(&product).await.is_empty());
    assert_eq!(take(&product, &Notice::result("selec-w")).await, Updated);
    let need = only_need(&product).await;
    assert_eq!((need.status, need.lots[0].closed.unwrap().because), (NeedStatus::Closed, ClosedBecause::Awarded));
    let proposals = proposed(&product).await;
    let [Fact::Agreement(agreement)] = &proposals[..] else { panic!("{proposals:?}") };
    assert_eq!((agreement.kind, agreement.amount_ore), (AgreementKind::Contract, Some(48_000_000)));
    let public = &agreement.parties.counterpart;
    assert_eq!((public.class, public.name.as_deref()), (CounterpartClass::Public, Some("Emåsjöns kommun")));
    assert_eq!(need.lots[0].work.deadline_at, lot.work.deadline_at, "a result leaves the words alone");
    assert!(shown_pairings(&product).await.is_empty());
    product.pass(Duration::days(7));
    assert_eq!(mailed(&product).await, 0);
    let told = all_awards(&product).await;
    let [award] = &told[..] else { panic!("{told:?}") };
    assert_eq!(award.told.winner_org_no, Some(product::valid_org_no("559900-0118")));
    assert_eq!((award.told.value_sek, award.lot_id), (Some(480_000), need.lots[0].id));
    let won = awards::list_for_winner(&product.app.db, &product::valid_org_no("559900-0118")).await.unwrap();
    assert_eq!(won, told);
    assert_eq!(take(&product, &Notice::result("selec-w")).await, Unchanged);
    assert_eq!(all_awards(&product).await, told);
    assert_eq!(proposed(&product).await, proposals, "it is suggested once");
    assert_eq!(notices::list_for_need(&product.app.db, need.id).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_notice_that_is_called_off_closes_and_withdraws_what_was_suggested() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let first = Notice::competition();
    take(&product, &first).await;
    assert_eq!(shown_pairings(&product).await.len(), 1);
    assert_eq!(take(&product, &Notice::change(&first, "cancel")).await, Updated);
    let need = only_need(&product).await;
    assert_eq!((need.status, need.lots[0].closed.unwrap().because), (NeedStatus::Closed, ClosedBecause::Cancelled));
    assert!(shown_pairings(&product).await.is_empty() && all_awards(&product).await.is_empty());
    assert_eq!(mailed(&product).await, 0);
    assert!(proposed(&product).await.is_empty());
    assert_eq!(take(&product, &first).await, Unchanged);
    assert_eq!(only_need(&product).await.status, NeedStatus::Closed);
}

#[tokio::test]
async fn a_result_that_names_no_asf_suggests_nothing_and_a_framework_is_no_contract() {
    let product = product::empty().await;
    take(&product, &Notice::competition()).await;
    take(&product, &Notice::result("selec-w")).await;
    assert_eq!(all_awards(&product).await.len(), 1);
    assert!(proposed(&product).await.is_empty(), "the winner is no ASF of ours");

    let framework = "<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName=\"framework-agreement\">fa-wo-rc</cbc:ContractingSystemTypeCode></cac:ContractingSystem>";
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    take(&product, &Notice { process: framework.to_owned(), ..Notice::competition() }).await;
    take(&product, &Notice { process: framework.to_owned(), ..Notice::result("selec-w") }).await;
    let proposals = proposed(&product).await;
    let [Fact::Agreement(agreement)] = &proposals[..] else { panic!("{proposals:?}") };
    assert_eq!((agreement.kind, agreement.amount_ore), (AgreementKind::Framework, None));
}

#[tokio::test]
async fn who_answered_is_told_of_a_change_and_of_nothing_else() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let first = Notice::competition();
    take(&product, &first).await;
    assert_eq!(mailed(&product).await, 1);
    let tx = connection::begin(&product.app.db).await.unwrap();
    let mut pairing = shown_pairings(&product).await.remove(0);
    pairing.state = PairingState::Maybe;
    pairings::update_answer(&tx, &pairing, product.now()).await.unwrap();
    tx.commit().await.unwrap();
    product.pass(Duration::days(14));
    assert_eq!(mailed(&product).await, 0, "it closes within a week, and was answered");
    take(&product, &Notice { deadline: "2027-01-15", ..Notice::change(&first, "update-add") }).await;
    product.pass(Duration::days(7));
    assert_eq!(mailed(&product).await, 1);
    assert!(latest_mail(&product).await.contains("Ändrad. Sista dag flyttad till fredag 15 januari. "));
}

#[tokio::test]
async fn a_change_of_nothing_that_matters_is_no_material_change() {
    let product = product::empty().await;
    let first = Notice::competition();
    take(&product, &first).await;
    let same = Notice { lot: "Städning  av kontor i Jönköping.", ..Notice::change(&first, "update-add") };
    assert_eq!(take(&product, &same).await, Updated);
    assert_eq!(only_need(&product).await.lots[0].materially_changed_at(), None);
}

#[tokio::test]
async fn a_result_without_a_winner_closes_and_one_in_a_dis_does_not() {
    let product = product::empty().await;
    take(&product, &Notice::competition()).await;
    take(&product, &Notice::result("clos-nw")).await;
    let need = only_need(&product).await;
    assert_eq!((need.status, need.lots[0].closed.unwrap().because), (NeedStatus::Closed, ClosedBecause::NoWinner));

    let dis = "<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName=\"dps-usage\">dps-list</cbc:ContractingSystemTypeCode></cac:ContractingSystem>";
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    take(&product, &Notice { process: dis.to_owned(), ..Notice::competition() }).await;
    assert_eq!(mailed(&product).await, 1);
    assert!(latest_mail(&product).await.contains("Dynamiskt inköpssystem: ni ansöker om att komma med"));
    let page = Visitor::new(&product).get(&format!("/behov/{}", only_need(&product).await.id.0)).await.body;
    assert!(page.contains("Nya leverantörer kan ansöka"), "{page}");
    take(&product, &Notice { process: dis.to_owned(), ..Notice::result("selec-w") }).await;
    assert_eq!((only_need(&product).await.status, all_awards(&product).await.len()), (NeedStatus::Open, 1));
}

/// The notice with these lots instead of its one.
fn with_lots(xml: &str, numbers: &[&str]) -> NewNeed {
    let (head, rest) = xml.split_once("<cac:ProcurementProjectLot>").unwrap();
    let (lot, tail) = rest.split_once("</cac:ProcurementProjectLot>").unwrap();
    let lot = |number: &&str| {
        format!("<cac:ProcurementProjectLot>{}</cac:ProcurementProjectLot>", lot.replace("LOT-0001", number))
    };
    read(&format!("{head}{}{tail}", numbers.iter().map(lot).collect::<String>()))
}

#[tokio::test]
async fn a_result_of_a_lot_that_a_change_took_away_brings_it_back_decided() {
    let product = product::empty().await;
    let first = Notice::competition();
    let told = [
        with_lots(&first.xml(), &["LOT-0001", "LOT-0002", "LOT-0003"]),
        with_lots(&Notice::change(&first, "update-add").xml(), &["LOT-0002", "LOT-0003"]),
        with_lots(&Notice::result("selec-w").xml(), &["LOT-0001", "LOT-0002", "LOT-0003"]),
    ];
    let outcomes = imports::store(&product.app, &told).await.unwrap();
    assert_eq!(outcomes, [Created, Updated, Updated]);
    let need = only_need(&product).await;
    let closed: Vec<_> =
        need.lots.iter().map(|lot| (lot.work.lot_no.as_str(), lot.closed.map(|closed| closed.because))).collect();
    assert_eq!(closed, [("LOT-0001", Some(ClosedBecause::Awarded)), ("LOT-0002", None), ("LOT-0003", None)]);
}

#[tokio::test]
async fn a_result_that_comes_before_its_notice_is_not_opened_by_it() {
    let product = product::empty().await;
    assert_eq!(take(&product, &Notice::result("selec-w")).await, Created);
    assert_eq!(take(&product, &Notice::competition()).await, Unchanged);
    assert_eq!((only_need(&product).await.status, all_awards(&product).await.len()), (NeedStatus::Closed, 1));
}

#[tokio::test]
async fn the_deadline_closes_and_a_later_one_opens_again() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let first = Notice::competition();
    take(&product, &first).await;
    assert_eq!(lifecycle::close_run_out(&product.app).await.unwrap(), 0);
    product.pass(Duration::days(30));
    assert_eq!(lifecycle::close_run_out(&product.app).await.unwrap(), 1);
    assert_eq!(lifecycle::close_run_out(&product.app).await.unwrap(), 0);
    matching::run_changed(&product.app).await.unwrap();
    assert_eq!(only_need(&product).await.status, NeedStatus::Closed);
    assert!(shown_pairings(&product).await.is_empty());
    take(&product, &Notice { deadline: "2027-02-15", ..Notice::change(&first, "update-add") }).await;
    let shown = shown_pairings(&product).await;
    assert_eq!((only_need(&product).await.status, shown.len()), (NeedStatus::Open, 1));
    assert_eq!(shown[0].state, PairingState::Suggested);
}

#[tokio::test]
async fn an_early_signal_becomes_the_notice_that_follows_it() {
    let product = product::empty().await;
    product.take_in(&[cleaner()], &[]).await;
    let mut signal = Notice { form: "planning", deadline: "", ..Notice::competition() }.xml();
    signal = signal.replace("<cbc:ContractFolderID>procedure-9</cbc:ContractFolderID>", "");
    assert_eq!(imports::store(&product.app, &[read(&signal)]).await.unwrap(), [Created]);
    assert_eq!(only_need(&product).await.status, NeedStatus::Planned);
    matching::run_changed(&product.app).await.unwrap();
    assert_eq!(mailed(&product).await, 1);
    let text = latest_mail(&product).await;
    assert!(text.contains("Tidig signal: köparen planerar. Det går inte att lämna anbud än."), "{text}");
    let page = Visitor::new(&product).get(&format!("/behov/{}", only_need(&product).await.id.0)).await.body;
    assert!(page.contains("köparen planerar och har inte bett om anbud"), "{page}");
    product.pass(Duration::days(7));
    let follows = "<cac:NoticeDocumentReference><cbc:ID>11111111-1111-4111-8111-111111111111-01</cbc:ID></cac:NoticeDocumentReference>";
    let notice = Notice {
        id: "44444444-4444-4444-8444-444444444444",
        issued: "2026-11-23",
        published: "00100009-2026",
        process: follows.to_owned(),
        ..Notice::competition()
    };
    assert_eq!(take(&product, &notice).await, Updated);
    let need = only_need(&product).await;
    assert_eq!((need.status, need.external_id.as_str()), (NeedStatus::Open, "procedure-9"));
}

#[tokio::test]
async fn the_same_notice_from_another_source_is_the_same_need() {
    let product = product::empty().await;
    let notice = Notice::competition();
    take(&product, &notice).await;
    let elsewhere = NewNeed {
        source: "ocds".to_owned(),
        external_id: "ocds-1".to_owned(),
        keys: vec![samhandla::domain::notice::NeedKey::ted("100001-2026").unwrap()],
        notice: None,
        title: "Samma annons, andra ord".to_owned(),
        ..notice.need()
    };
    assert_eq!(imports::store(&product.app, std::slice::from_ref(&elsewhere)).await.unwrap(), [Unchanged]);
    assert_eq!(only_need(&product).await.title, "Städning av kontor");

    let product = product::empty().await;
    assert_eq!(imports::store(&product.app, std::slice::from_ref(&elsewhere)).await.unwrap(), [Created]);
    assert_eq!(take(&product, &notice).await, Updated);
    assert_eq!(only_need(&product).await.title, "Städning av kontor");
    assert_eq!(imports::store(&product.app, &[elsewhere]).await.unwrap(), [Unchanged]);
}

const CORRIGENDUM: &str = r#"<TED_EXPORT DOC_ID="100099-2026"><CODED_DATA_SECTION><NOTICE_DATA><LG_ORIG>SV</LG_ORIG></NOTICE_DATA>
<CODIF_DATA><DS_DATE_DISPATCH>20261130</DS_DATE_DISPATCH></CODIF_DATA></CODED_DATA_SECTION><FORM_SECTION><F14_2014 LG="SV" CATEGORY="ORIGINAL">
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Emåsjöns kommun</OFFICIALNAME></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Städning av kontor</P></TITLE></OBJECT_CONTRACT>
<COMPLEMENTARY_INFO><NOTICE_NUMBER_OJ>2026/S 200-100001</NOTICE_NUMBER_OJ></COMPLEMENTARY_INFO>
<CHANGES><CHANGE><NEW_VALUE><DATE>2027-01-31</DATE></NEW_VALUE></CHANGE></CHANGES></F14_2014></FORM_SECTION></TED_EXPORT>"#;

#[tokio::test]
async fn a_corrigendum_moves_the_deadline_of_the_notice_that_it_names() {
    let product = product::empty().await;
    take(&product, &Notice::competition()).await;
    product.pass(Duration::days(30));
    lifecycle::close_run_out(&product.app).await.unwrap();
    assert_eq!(imports::store(&product.app, &[read(CORRIGENDUM)]).await.unwrap(), [Updated]);
    let need = only_need(&product).await;
    assert_eq!(need.lots[0].work.deadline_at, Some(time("2027-01-31T22:59:00Z")));
    assert_eq!((need.status, need.lots[0].closed), (NeedStatus::Open, None));
    assert_eq!(need.lots[0].amendments.len(), 1);
    assert_eq!(imports::store(&product.app, &[read(CORRIGENDUM)]).await.unwrap(), [Unchanged]);
}

/// The published notices beside the repository, both formats: a second import changes nothing.
#[tokio::test]
async fn every_published_notice_goes_in_once() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !data.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "the notices are missing: {}", data.display());
        return;
    }
    let product = product::empty().await;
    let mut all = Vec::new();
    for input in intake::files(&[data.join("eforms/notices"), data.join("ted-export")]) {
        let Input::File(path) = input else { panic!("{input:?}") };
        let records = intake::read_needs(&path.display().to_string(), BufReader::new(File::open(&path).unwrap()));
        all.extend(records.filter_map(|record| match record.reading {
            Reading::Read(need) => Some(need),
            _ => None,
        }));
    }
    let count = |outcomes: &[Imported], wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let first = imports::store(&product.app, &all).await.unwrap();
    // Two notices are there in both formats, and of two examples a change comes before what it changes.
    assert_eq!((all.len(), count(&first, Created), count(&first, Unchanged)), (92, 88, 4));
    let second = imports::store(&product.app, &all).await.unwrap();
    assert_eq!(count(&second, Unchanged), all.len());
    let stored = needs::list_after(&product.app.db, samhandla::domain::need::NeedId(0), 200).await.unwrap();
    let ids: Vec<_> = stored.iter().map(|need| need.id).collect();
    let told = awards::list_for_needs(&product.app.db, &ids).await.unwrap();
    let with_number = told.iter().filter(|award| award.told.winner_org_no.is_some()).count();
    println!("{} needs, {} awards, {with_number} with an organisation number", stored.len(), told.len());
    assert!(told.len() > 30 && with_number > 20, "{} awards, {with_number} with number", told.len());
}
