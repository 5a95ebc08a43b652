//! Seeded sample data of realistic shape: most needs concern no ASF, and common words are common.

use chrono::{DateTime, Duration, Utc};
use samhandla::domain::{
    asf::{NewAsf, NewCapability},
    buyer::{BuyerKind, NewBuyer},
    contract::ContractTerms,
    cpv::Cpv,
    email::Email,
    language::Language,
    need::{NeedKind, NeedStatus, NewLot, NewNeed},
    org_no::OrgNo,
    place::{COUNTIES, MUNICIPALITIES, Place},
    reservation::Reservation,
};

/// Trades that ASF work in: words and a code.
const ASF_TRADES: &[(&str, &str)] = &[
    ("städning av kontor", "90919200"),
    ("fönsterputsning", "90911300"),
    ("lokalvård i skolor", "90910000"),
    ("tvätt av arbetskläder", "98310000"),
    ("lagning av textilier", "50830000"),
    ("skötsel av grönytor", "77310000"),
    ("snöskottning", "90620000"),
    ("röjning av sly", "77211300"),
    ("snickeri och träarbeten", "45420000"),
    ("tillverkning av lastpallar", "44220000"),
    ("omklädsel av möbler", "50850000"),
    ("återbrukade möbler", "39130000"),
    ("återvinning av it-utrustning", "90510000"),
    ("packning och montering", "79920000"),
    ("tryck av broschyrer", "79810000"),
    ("kuvertering och utskick", "79920000"),
    ("skanning av arkiv", "79999100"),
    ("flyttjänster", "98392000"),
    ("budkörning", "64120000"),
    ("biltvätt och rekonditionering", "50112300"),
    ("service av cyklar", "50000000"),
    ("hunddagis", "98380000"),
    ("café och fika", "55330000"),
    ("catering till möten", "55520000"),
    ("bakning av bröd", "15811100"),
    ("fruktkorgar", "15300000"),
    ("reception och växel", "79992000"),
    ("vaktmästeri", "98341130"),
    ("målning av fasader", "45442100"),
    ("klottersanering", "90690000"),
];

/// Trades that no ASF works in.
const OTHER_TRADES: &[(&str, &str)] = &[
    ("ombyggnad av väg", "45233120"),
    ("medicinteknisk utrustning", "33100000"),
    ("journalsystem", "48000000"),
    ("revision av räkenskaper", "79212000"),
    ("leverans av el", "09310000"),
    ("försäkringar", "66510000"),
    ("brandfordon", "34144210"),
    ("asfaltering", "45233220"),
    ("ventilation i skola", "45331210"),
    ("projektering av bro", "71322000"),
    ("läkemedel", "33600000"),
    ("fjärrvärmerör", "44160000"),
    ("läroböcker", "22100000"),
    ("juridisk rådgivning", "79100000"),
    ("nätverksutrustning", "32420000"),
    ("drivmedel", "09100000"),
    ("hissar och underhåll av hissar", "50750000"),
    ("provborrning", "76300000"),
    ("ambulanser", "34114121"),
    ("laboratorieutrustning", "38000000"),
    ("bank och betalning", "66110000"),
    ("vatten och avlopp", "45231300"),
    ("stålkonstruktioner", "44210000"),
    ("bemanning av läkare", "85121000"),
];

const SENTENCES: &[&str] = &[
    "Upphandlingen avser tjänster till kommunen under avtalstiden.",
    "Anbud ska lämnas elektroniskt enligt förfrågningsunderlaget.",
    "Leverantören ska uppfylla kraven i avtalet och följa gällande lagar.",
    "Kommunen bedriver verksamhet i flera förvaltningar och bolag.",
    "Ramavtalet gäller i två år med möjlighet till förlängning.",
    "Uppdraget utförs vardagar och omfattar flera fastigheter.",
    "Frågor ställs genom upphandlingssystemet senast tio dagar före sista dag.",
    "Priset ska anges i svenska kronor exklusive mervärdesskatt.",
];

/// A small, seeded source of numbers (xorshift): the same data in every run.
pub struct Numbers(u64);

impl Numbers {
    pub fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// The words that searches are made of: half trades, half words that stand everywhere.
pub fn queries(number: usize) -> Vec<String> {
    let mut numbers = Numbers::seeded(7);
    let common = ["kommun", "upphandling", "avtal", "uppdraget", "verksamhet", "fastigheter", "leverantören", "priset"];
    (0..number)
        .map(|at| {
            let words = 1 + numbers.below(3);
            let one = |numbers: &mut Numbers| {
                if at % 2 == 0 {
                    let (trade, _) = *numbers.pick(ASF_TRADES);
                    trade.split(' ').next_back().unwrap_or(trade).to_owned()
                } else {
                    (*numbers.pick(&common)).to_owned()
                }
            };
            (0..words).map(|_| one(&mut numbers)).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// An ASF with one to three trades somewhere in the country, a fifth of them in the home county.
pub fn asf(number: usize) -> NewAsf {
    let mut numbers = Numbers::seeded(1_000_003 + number as u64);
    let (municipality, area) = place(&mut numbers);
    let capabilities = (0..1 + numbers.below(3))
        .map(|_| {
            let (trade, code) = *numbers.pick(ASF_TRADES);
            NewCapability {
                title: trade.to_owned(),
                text: format!("Vi erbjuder {trade} åt företag och kommuner. Vi är ett lag med egen arbetsledare."),
                cpv: vec![Cpv::parse(code).expect("the table has codes")],
                people: Some(5),
                hours_per_week: Some(120),
                max_value_sek: Some(400_000),
                earliest_start: None,
            }
        })
        .collect();
    NewAsf {
        org_no: org_no(number),
        unit: String::new(),
        name: format!("Samverkstan {number}"),
        legal_form: "ekonomisk förening".to_owned(),
        municipality,
        postal_code: String::new(),
        website: String::new(),
        email: Email::parse(&format!("asf{number}@lag.example")).ok(),
        area,
        capabilities,
    }
}

/// A need with one lot; one in ten concerns ASF.
pub fn need(number: usize, now: DateTime<Utc>) -> NewNeed {
    let mut numbers = Numbers::seeded(number as u64);
    let (trade, code) = if numbers.below(10) == 0 { *numbers.pick(ASF_TRADES) } else { *numbers.pick(OTHER_TRADES) };
    let (place, _) = place(&mut numbers);
    let title = format!("{} {} {number}", if numbers.below(2) == 0 { "Upphandling av" } else { "Ramavtal" }, trade);
    let mut text = format!("Behovet gäller {trade}.");
    for _ in 0..1 + numbers.below(4) {
        text.push(' ');
        let sentence: &&str = numbers.pick(SENTENCES);
        text.push_str(sentence);
    }
    let days = i64::try_from(5 + numbers.below(60)).unwrap_or(30);
    NewNeed {
        source: "bench".to_owned(),
        external_id: number.to_string(),
        issued_at: None,
        kind: NeedKind::Tender,
        title: title.clone(),
        text: text.clone(),
        buyer: NewBuyer {
            kind: BuyerKind::Public,
            name: format!("Kommun {}", number % 300),
            org_no: None,
            municipality: None,
            email: None,
        },
        language: Language::Sv.into(),
        published_on: None,
        publication_no: None,
        url: None,
        status: NeedStatus::Open,
        keys: Vec::new(),
        notice: None,
        lots: vec![NewLot {
            lot_no: "LOT-0001".to_owned(),
            title,
            text,
            cpv: vec![Cpv::parse(code).expect("the table has codes")],
            places: vec![place],
            value_sek: Some(300_000),
            deadline_at: Some(now + Duration::days(days)),
            deadline_doubtful: false,
            start_on: None,
            end_on: None,
            reservation: Reservation::None,
            social: Vec::new(),
            contract: ContractTerms::default(),
        }],
    }
}

fn place(numbers: &mut Numbers) -> (Place, Vec<Place>) {
    if numbers.below(5) == 0 {
        let home = Place::Municipality(numbers.pick(MUNICIPALITIES).code.to_owned());
        (home.clone(), vec![home, Place::County("06".to_owned())])
    } else {
        let county = Place::County(numbers.pick(COUNTIES).code.to_owned());
        (county.clone(), vec![county])
    }
}

fn org_no(number: usize) -> OrgNo {
    (0..10)
        .find_map(|check| OrgNo::parse(&format!("99{number:07}{check}")).ok())
        .expect("one of ten check digits is right")
}
