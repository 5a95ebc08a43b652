//! Seeded eForms notices in the proportions of published ones: 12 to 30 kB, most with one lot, one in ten about
//! work that ASF do; six in ten ask for bids, the others are results, changes and early signals.

use std::{
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use samhandla::domain::need::NewNeed;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::generator::{self, Numbers};

/// Terms, appeals and bidders' duties, which fill most of a published notice and tell an importer nothing.
const TERMS: &str = "<cac:TendererQualificationRequest><cac:SpecificTendererRequirement>\
    <cbc:TendererRequirementTypeCode listName=\"exclusion-ground\">crime-org</cbc:TendererRequirementTypeCode>\
    <cbc:Description languageID=\"SWE\">Leverantören ska vid begäran lämna utdrag ur register och intyg som inte är äldre \
    än tre månader, och visa att skatter och avgifter är betalda.</cbc:Description></cac:SpecificTendererRequirement>\
    </cac:TendererQualificationRequest>";

/// The notice with this number, as a published file.
pub fn notice(number: usize, now: DateTime<Utc>) -> String {
    let mut numbers = Numbers::seeded(1_003 + number as u64);
    let kind = kind_of(number);
    // Results and changes tell of a procedure that came before.
    let is_later = (6..9).contains(&kind) && number > 100;
    let begun = (0..number).rev().skip(numbers.below(50)).find(|earlier| kind_of(*earlier) < 6);
    let procedure = begun.filter(|_| is_later).unwrap_or(number);
    let (form, root) = match kind {
        6 | 7 if is_later => ("result", "ContractAwardNotice"),
        8 if is_later => ("change", "ContractNotice"),
        9 => ("planning", "PriorInformationNotice"),
        _ => ("competition", "ContractNotice"),
    };
    let lots = [1, 1, 1, 1, 1, 1, 2, 2, 4, 8][Numbers::seeded(procedure as u64).below(10)];
    let need = generator::need(procedure, now);
    let extension = match form {
        "result" => result(lots),
        "change" => format!(
            "<efac:Changes><efbc:ChangedNoticeIdentifier>{}-01</efbc:ChangedNoticeIdentifier>\
             <efac:ChangeReason><cbc:ReasonCode>update-add</cbc:ReasonCode></efac:ChangeReason></efac:Changes>",
            id(procedure)
        ),
        _ => String::new(),
    };
    let lots: String = (1..=lots).map(|lot| lot_of(&need, lot, form, &mut numbers)).collect();
    let (day, buyer) = (now.date_naive(), &need.buyer.name);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
 xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"
 xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
 xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{extension}
<efac:Organizations>{}{}</efac:Organizations>
<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">{number:08}-2026</efbc:NoticePublicationID></efac:Publication>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:ID schemeName="notice-id">{}</cbc:ID><cbc:ContractFolderID>00000000-0000-4000-9000-{procedure:012}</cbc:ContractFolderID>
<cbc:IssueDate>{day}+01:00</cbc:IssueDate><cbc:IssueTime>{:02}:{:02}:00+01:00</cbc:IssueTime><cbc:VersionID>01</cbc:VersionID>
<cbc:NoticeTypeCode listName="{form}">x</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>SWE</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:ProcurementProject><cbc:Name languageID="SWE">{}</cbc:Name><cbc:Description languageID="SWE">{}</cbc:Description></cac:ProcurementProject>
{lots}</{root}>"#,
        organisation("ORG-0001", buyer, "2120001637"),
        organisation("ORG-0002", "Vinnande Bolaget AB", "5565175592"),
        id(number),
        number / 60 % 24,
        number % 60,
        need.title,
        need.text,
    )
}

/// 0 to 5 begin a procedure, 6 to 8 tell of one that has begun, 9 plans one.
fn kind_of(number: usize) -> usize {
    Numbers::seeded(77_000_003 + number as u64).below(10)
}

fn id(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn organisation(id: &str, name: &str, org_no: &str) -> String {
    format!(
        "<efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>{id}</cbc:ID></cac:PartyIdentification>\
         <cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:CityName>Jönköping</cbc:CityName>\
         <cbc:CountrySubentityCode>SE211</cbc:CountrySubentityCode><cac:Country><cbc:IdentificationCode>SWE</cbc:IdentificationCode>\
         </cac:Country></cac:PostalAddress><cac:PartyLegalEntity><cbc:CompanyID>{org_no}</cbc:CompanyID></cac:PartyLegalEntity>\
         </efac:Company></efac:Organization>"
    )
}

fn result(lots: usize) -> String {
    let of_lot = |lot: usize| {
        format!(
            "<efac:LotResult><cbc:TenderResultCode>selec-w</cbc:TenderResultCode><efac:LotTender><cbc:ID>TEN-{lot}</cbc:ID></efac:LotTender>\
             <efac:TenderLot><cbc:ID>LOT-{lot:04}</cbc:ID></efac:TenderLot></efac:LotResult>\
             <efac:LotTender><cbc:ID>TEN-{lot}</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID=\"SEK\">480000</cbc:PayableAmount>\
             </cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty></efac:LotTender>"
        )
    };
    let lots: String = (1..=lots).map(of_lot).collect();
    format!(
        "<efac:NoticeResult>{lots}<efac:TenderingParty><cbc:ID>TPA-1</cbc:ID><efac:Tenderer><cbc:ID>ORG-0002</cbc:ID>\
         </efac:Tenderer></efac:TenderingParty></efac:NoticeResult>"
    )
}

fn lot_of(need: &NewNeed, lot: usize, form: &str, numbers: &mut Numbers) -> String {
    let work = &need.lots[0];
    let code = work.cpv.first().map(ToString::to_string).unwrap_or_default();
    let deadline = work.deadline_at.filter(|_| matches!(form, "competition" | "change")).map_or_else(String::new, |at| {
        format!(
            "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>{}+01:00</cbc:EndDate><cbc:EndTime>23:59:00+01:00</cbc:EndTime>\
             </cac:TenderSubmissionDeadlinePeriod>",
            at.date_naive()
        )
    });
    let scheme = if form == "planning" { "Part" } else { "Lot" };
    let number = if form == "planning" { format!("PAR-{lot:04}") } else { format!("LOT-{lot:04}") };
    let place = if numbers.below(5) == 0 { "SE211" } else { ["SE110", "SE224", "SE232", "SE332"][numbers.below(4)] };
    let terms = TERMS.repeat(20 + numbers.below(20));
    format!(
        "<cac:ProcurementProjectLot><cbc:ID schemeName=\"{scheme}\">{number}</cbc:ID><cac:TenderingTerms>{terms}</cac:TenderingTerms>\
         <cac:TenderingProcess>{deadline}</cac:TenderingProcess><cac:ProcurementProject><cbc:Name languageID=\"SWE\">{}, del {lot}</cbc:Name>\
         <cbc:Description languageID=\"SWE\">{}</cbc:Description><cbc:ProcurementTypeCode listName=\"contract-nature\">services</cbc:ProcurementTypeCode>\
         <cac:MainCommodityClassification><cbc:ItemClassificationCode listName=\"cpv\">{code}</cbc:ItemClassificationCode></cac:MainCommodityClassification>\
         <cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>{place}</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>\
         </cac:ProcurementProject></cac:ProcurementProjectLot>",
        need.title, need.text
    )
}

/// The command takes in a folder and a zip of notices: how fast with matching, and what memory it needs for ten times as many.
pub async fn importing(number: usize, now: DateTime<Utc>) -> anyhow::Result<()> {
    for (few, as_zip) in [(number / 10, true), (number, true), (number, false)] {
        let folder = tempfile::tempdir()?;
        let input = folder.path().join(if as_zip { "notices.zip" } else { "notices" });
        let size = if as_zip { write_zip(&input, few, now)? } else { write_folder(&input, few, now)? };
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        {
            let app = crate::open(&data).await?;
            let asf: Vec<_> = (0..50).map(generator::asf).collect();
            samhandla::service::imports::store(&app, &asf).await?;
            samhandla::service::matching::run_changed(&app).await?;
        }
        let (took, peak, report) = run(&data, &input)?;
        let (created, read) = (&report["created"], report["read"].as_f64().unwrap_or_default());
        println!(
            "import      {few} notices in a {}, {} MB: {:.0} a second stored and matched ({created} needs, {} lots, {} refused); peak memory {peak:.0} MiB",
            if as_zip { "zip" } else { "folder" },
            size / 1_000_000,
            read / took.as_secs_f64(),
            report["lots"],
            report["rejected"].as_array().map_or(0, Vec::len)
        );
    }
    Ok(())
}

fn write_zip(path: &Path, number: usize, now: DateTime<Utc>) -> anyhow::Result<usize> {
    let mut zip = ZipWriter::new(std::fs::File::create(path)?);
    let mut size = 0;
    for at in 0..number {
        let text = notice(at, now);
        size += text.len();
        zip.start_file(format!("{at:05}.xml"), SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish()?;
    Ok(size)
}

fn write_folder(path: &Path, number: usize, now: DateTime<Utc>) -> anyhow::Result<usize> {
    std::fs::create_dir(path)?;
    let mut size = 0;
    for at in 0..number {
        let text = notice(at, now);
        size += text.len();
        std::fs::write(path.join(format!("{at:05}.xml")), text)?;
    }
    Ok(size)
}

/// Time, peak memory in MiB and report of the command.
fn run(data: &Path, input: &Path) -> anyhow::Result<(Duration, f64, serde_json::Value)> {
    let started = Instant::now();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_samhandla"))
        .args(["import", "needs", "--format", "json", "--data"])
        .args([data, input])
        .stdout(std::process::Stdio::piped())
        .spawn()?;
    let mut peak: f64 = 0.0;
    while child.try_wait()?.is_none() {
        peak = peak.max(crate::report::memory_mib(child.id(), "VmHWM"));
        std::thread::sleep(Duration::from_millis(5));
    }
    let took = started.elapsed();
    let output = child.wait_with_output()?;
    Ok((took, peak, serde_json::from_slice(&output.stdout).context("the report of the import")?))
}
