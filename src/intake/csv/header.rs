//! The first row of a file: which heading is which of our columns. What a person has decided for a
//! file with these headings comes first, then our own names, then usual words for them.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest as _, Sha256};

/// Headings that are usual, with the column they mean; the first heading of a file wins.
const USUAL: &[(&str, &[&str])] = &[
    ("external_id", &["id", "ärendenummer", "diarienummer", "referens", "referensnummer", "reference", "löpnummer"]),
    ("kind", &["typ", "slag", "sort", "type", "procedure", "förfarande", "upphandlingsförfarande"]),
    ("title", &["titel", "rubrik", "behov", "upphandling", "heading", "subject"]),
    ("text", &["beskrivning", "description", "innehåll", "omfattning", "behovsbeskrivning"]),
    (
        "buyer_name",
        &["köpare", "beställare", "buyer", "organisation", "upphandlande_myndighet", "myndighet", "company"],
    ),
    (
        "buyer_org_no",
        &[
            "buyer_orgno",
            "köparens_organisationsnummer",
            "beställarens_organisationsnummer",
            "organisationsnummer",
            "orgnr",
            "org_nr",
        ],
    ),
    ("buyer_kind", &["köpartyp", "typ_av_köpare", "buyer_type"]),
    ("municipality", &["kommun", "ort", "plats", "kommunkod", "säte", "town", "place", "city"]),
    ("nuts", &["län", "nuts_kod", "nutskod", "region", "county"]),
    ("cpv", &["cpv_kod", "cpvkod", "cpv_koder", "main_cpv", "cpv_code", "huvud_cpv"]),
    ("value_sek", &["värde", "uppskattat_värde", "värde_sek", "belopp", "value", "estimated_value"]),
    (
        "deadline",
        &["sista_dag", "sista_anbudsdag", "sista_svarsdag", "sista_datum", "anbudstid", "svara_senast", "closing_date"],
    ),
    ("start", &["startdatum", "start_datum", "från", "avtalsstart", "start_date"]),
    ("end", &["slut", "slutdatum", "till", "avtalsslut", "end_date"]),
    ("reservation", &["reserverad", "reserverat", "reserverad_för", "reserved_for", "reserved"]),
    ("url", &["länk", "webbadress", "adress_till_annons", "link", "annonslänk"]),
    ("lot", &["del", "delnummer", "delområde", "anbudsområde", "lot_no"]),
    ("published", &["publicerad", "publiceringsdatum", "annonserad", "published_on", "publication_date"]),
    ("org_no", &["organisationsnummer", "orgnr", "org_nr", "orgno", "organisation_number"]),
    ("unit", &["enhet", "verksamhet", "arbetsställe"]),
    ("name", &["namn", "företag", "företagsnamn", "organisation", "verksamhetens_namn"]),
    ("legal_form", &["bolagsform", "juridisk_form", "organisationsform", "form"]),
    ("postal_code", &["postnummer", "postnr", "zip", "zip_code"]),
    ("website", &["webbplats", "hemsida", "webb", "homepage", "web"]),
    ("email", &["e_post", "epost", "mejl", "mail", "e_mail", "e_postadress"]),
    ("area", &["område", "arbetsområde", "verksamhetsområde", "arbetar_i", "service_area"]),
    ("capability_title", &["förmåga", "tjänst", "erbjudande", "vad_vi_gör", "service", "capability"]),
    ("capability_text", &["beskrivning", "beskrivning_av_förmåga", "description", "om_tjänsten"]),
    ("people", &["personer", "antal_personer", "deltagare"]),
    ("hours_per_week", &["timmar_per_vecka", "timmar", "hours"]),
    ("max_value_sek", &["största_uppdrag", "max_värde", "maxvärde", "largest_job"]),
    ("earliest_start", &["tidigast_start", "tidigaste_start", "kan_börja"]),
];

/// What people have decided about headings: each with its column; an empty column means that
/// nothing is read from it.
#[derive(Debug, Clone, Default)]
pub struct Mappings {
    /// What holds for files with the same headings, by the signature of their header.
    pub by_signature: HashMap<String, BTreeMap<String, String>>,
    /// What holds for every file now.
    pub always: BTreeMap<String, String>,
}

impl Mappings {
    fn decided<'a>(&'a self, signature: &str, name: &str) -> Option<&'a String> {
        self.always.get(name).or_else(|| self.by_signature.get(signature)?.get(name))
    }
}

/// One column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As the file writes it, in lower case.
    pub written: String,
    /// Our column, or `None` when nothing is read from it.
    pub column: Option<&'static str>,
}

/// Finds the column of each heading.
pub(super) fn resolve(names: &[String], known: &[&'static str], mappings: &Mappings) -> Vec<Option<&'static str>> {
    let signature = signature(names);
    let own = |name: &str| known.iter().find(|column| **column == name).copied();
    let mut columns: Vec<Option<&'static str>> = Vec::with_capacity(names.len());
    for name in names {
        columns.push(match mappings.decided(&signature, name) {
            Some(column) => own(column),
            None => own(name),
        });
    }
    for (at, name) in names.iter().enumerate() {
        if columns[at].is_some() || mappings.decided(&signature, name).is_some() {
            continue;
        }
        let plain = plain(name);
        let usual = |column: &&'static str| {
            *column == plain || USUAL.iter().any(|(known, words)| known == column && words.contains(&plain.as_str()))
        };
        columns[at] = known.iter().copied().filter(usual).find(|column| !columns.contains(&Some(column)));
    }
    columns
}

/// What a header is recognised by: its headings, whatever their order.
pub(super) fn signature(names: &[String]) -> String {
    let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let digest = Sha256::digest(sorted.join("\n"));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// `E-post:` and `e post` are the same heading.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}
