//! Pairings found through the index from either side are exactly those that weighing every pair
//! with every other would give.

use std::collections::{BTreeMap, BTreeSet};

use samhandla::{
    domain::{
        asf::{AsfId, NewAsf},
        cpv::Cpv,
        lesson::Taught,
        matcher,
        need::{LotId, NeedId, NewNeed},
        pairing::PairingId,
        place::{COUNTIES, MUNICIPALITIES, Place},
        reason::Reason,
    },
    service::{evaluation, matching, profiles},
    store::{self, asf, needs, pairings},
};
use samhandla_index::analyzer::thesaurus;

use crate::{
    quality::collection,
    support::product::{self, Product},
};

/// Seeded numbers (xorshift), so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    /// Words of the thesaurus and words of no trade, as a careless writer would put them.
    fn words(&mut self) -> String {
        let other = [
            "kommunen",
            "vägar",
            "programvara",
            "revision",
            "till",
            "och",
            "med",
            "varje vecka",
            "medicinsk utrustning",
            "kontor",
            "skolor",
        ];
        let mut words = Vec::new();
        for _ in 0..1 + self.below(5) {
            if self.below(2) == 0 {
                words.push(other[self.below(other.len())].to_owned());
            } else {
                let concepts = thesaurus::all();
                let all = &concepts[self.below(concepts.len())].words_sv;
                words.push(all[self.below(all.len())].trim_start_matches(['-', '@', '~']).to_owned());
            }
        }
        words.join(" ")
    }

    fn place(&mut self) -> Place {
        match self.below(4) {
            0 => Place::County(COUNTIES[self.below(COUNTIES.len())].code.to_owned()),
            1 => Place::Sweden,
            _ => Place::Municipality(MUNICIPALITIES[self.below(MUNICIPALITIES.len())].code.to_owned()),
        }
    }

    fn codes(&mut self) -> Vec<Cpv> {
        let concepts = thesaurus::all();
        let prefixes = &concepts[self.below(concepts.len())].cpv_prefixes;
        let code = prefixes.first().filter(|_| self.0.is_multiple_of(2)).map(|prefix| format!("{prefix:0<8}"));
        code.iter().map(|code| Cpv::parse(code).unwrap()).collect()
    }

    fn asf(&mut self, number: usize) -> NewAsf {
        let mut asf = product::asf(&format!("77{number:07}"), &format!("Laget {number}"), &self.words(), &self.words());
        asf.area = vec![self.place(), self.place()];
        asf.capabilities[0].cpv = self.codes();
        asf.capabilities[0].max_value_sek = Some(50_000 << self.below(5));
        asf
    }

    fn need(&mut self, number: usize) -> NewNeed {
        let mut need = product::request(&format!("behov-{number}"), &self.words(), &self.words());
        need.lots[0].places = vec![self.place()];
        need.lots[0].cpv = self.codes();
        need
    }
}

type Pairs = BTreeSet<(i64, i64, &'static str, String)>;

async fn stored(product: &Product) -> Pairs {
    let needs = needs::list_after(&product.app.db, NeedId(0), 10_000).await.unwrap();
    let lots: Vec<LotId> = needs.iter().flat_map(|need| &need.lots).map(|lot| lot.id).collect();
    let found = pairings::list_for_lots(&product.app.db, &lots).await.unwrap();
    found.iter().map(|p| (p.lot_id.0, p.asf_id.0, p.strength.as_str(), format!("{:?}", p.reasons))).collect()
}

async fn every_pair(product: &Product) -> Pairs {
    let asfs = asf::list_after(&product.app.db, AsfId(0), 10_000).await.unwrap();
    let mut pairs = Pairs::new();
    for need in needs::list_after(&product.app.db, NeedId(0), 10_000).await.unwrap() {
        for lot in &need.lots {
            let profile = profiles::lot_profile(&need, lot);
            for asf in &asfs {
                let fit = matcher::fit(&profile, &profiles::asf_profile(asf), product.now());
                if let Some(strength) = fit.strength {
                    pairs.insert((lot.id.0, asf.id.0, strength.as_str(), format!("{:?}", fit.reasons)));
                }
            }
        }
    }
    pairs
}

/// The same lessons on both products, drawn from what was suggested; how many.
async fn teach(numbers: &mut Numbers, products: [&Product; 2]) -> usize {
    let mut taught = Vec::new();
    for (lot, asf, ..) in stored(products[0]).await {
        let found = store::pairings::list_for_lots(&products[0].app.db, &[LotId(lot)]).await.unwrap();
        let reasons = &found.iter().find(|pairing| pairing.asf_id.0 == asf).unwrap().reasons;
        for reason in reasons {
            let lesson = match (numbers.below(4), reason) {
                (0, Reason::Concept { concept, theirs, .. }) => Taught::Concept(concept.clone(), theirs.clone()),
                (1, Reason::Code { theirs, .. }) => Taught::Code(theirs[..4].to_owned()),
                (2, Reason::Place { .. }) => Taught::Place(numbers.place()),
                (3, Reason::Concept { .. }) => Taught::LargestJob(10_000 << numbers.below(4)),
                _ => continue,
            };
            taught.push((lot, asf, lesson));
        }
    }
    for product in products {
        let found = stored_ids(product).await;
        let tx = store::connection::begin(&product.app.db).await.unwrap();
        for (lot, asf, lesson) in &taught {
            store::lessons::insert(&tx, AsfId(*asf), found[&(*lot, *asf)], lesson, product.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    taught.len()
}

async fn stored_ids(product: &Product) -> BTreeMap<(i64, i64), PairingId> {
    let needs = needs::list_after(&product.app.db, NeedId(0), 10_000).await.unwrap();
    let lots: Vec<LotId> = needs.iter().flat_map(|need| &need.lots).map(|lot| lot.id).collect();
    let found = store::pairings::list_for_lots(&product.app.db, &lots).await.unwrap();
    found.into_iter().map(|pairing| ((pairing.lot_id.0, pairing.asf_id.0), pairing.id)).collect()
}

/// Pairs that were weighed and suggested, and lessons that were taught.
#[derive(Default)]
struct Counted {
    weighed: usize,
    paired: usize,
    taught: usize,
}

/// A handful of ASF and a handful of needs, every hundredth time forty and sixty, from both sides.
async fn check_set(seed: u64) -> Counted {
    let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (most_asf, most_needs) = if seed % 100 == 1 { (40, 60) } else { (8, 10) };
    let asfs: Vec<NewAsf> = (0..1 + numbers.below(most_asf)).map(|number| numbers.asf(number)).collect();
    let needs: Vec<NewNeed> = (0..1 + numbers.below(most_needs)).map(|number| numbers.need(number)).collect();
    let needs_last = product::empty().await;
    needs_last.take_in(&asfs, &[]).await;
    needs_last.take_in(&[], &needs).await;
    let expected = every_pair(&needs_last).await;
    assert_eq!(stored(&needs_last).await, expected, "from the needs, seed {seed}");
    let asf_last = product::empty().await;
    asf_last.take_in(&[], &needs).await;
    asf_last.take_in(&asfs, &[]).await;
    assert_eq!(stored(&asf_last).await, expected, "from the ASF, seed {seed}");
    let taught = teach(&mut numbers, [&needs_last, &asf_last]).await;
    matching::run_all(&needs_last.app).await.unwrap();
    matching::run_changed(&asf_last.app).await.unwrap();
    let expected = every_pair(&needs_last).await;
    assert_eq!(stored(&needs_last).await, expected, "from the needs with lessons, seed {seed}");
    assert_eq!(stored(&asf_last).await, expected, "from the ASF with lessons, seed {seed}");
    Counted { weighed: asfs.len() * needs.len(), paired: expected.len(), taught }
}

/// Sets come from `SAMHANDLA_RANDOM_SETS`, the first after `SAMHANDLA_RANDOM_FROM`, four at a time. Ten
/// thousand take some minutes in a release build with temporary files in memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_leaves_no_pair_out_from_either_side() {
    #[expect(clippy::disallowed_methods, reason = "the size of a campaign is no setting of the product")]
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let (sets, from) = (number("SAMHANDLA_RANDOM_SETS").unwrap_or(30), number("SAMHANDLA_RANDOM_FROM").unwrap_or(0));
    let mut running = tokio::task::JoinSet::new();
    let mut all = Counted::default();
    for seed in from + 1..=from + sets {
        running.spawn(check_set(seed));
        while running.len() >= 4 || (seed == from + sets && !running.is_empty()) {
            let set = running.join_next().await.expect("some are running").unwrap();
            all.weighed += set.weighed;
            all.paired += set.paired;
            all.taught += set.taught;
        }
    }
    assert!(all.paired > 0 && all.taught > 0, "nothing was paired or taught in {sets} sets");
    eprintln!("{sets} sets: {} of {} pairs suggested, the same from both sides", all.paired, all.weighed);
}

#[tokio::test]
async fn the_judged_collections_give_the_same_pairings_from_either_side() {
    for name in ["relevance", "silence"] {
        let Some(folder) = collection(name) else { return };
        let product = product::empty().await;
        evaluation::load(&product.app, &folder).await.unwrap();
        let expected = every_pair(&product).await;
        let mut report = matching::Report::default();
        let asfs = asf::list_after(&product.app.db, AsfId(0), 10_000).await.unwrap();
        for asf in &asfs {
            matching::match_asf(&product.app, asf, &mut report).await.unwrap();
        }
        assert_eq!(stored(&product).await, expected, "{name} from the ASF");
        matching::run_all(&product.app).await.unwrap();
        assert_eq!(stored(&product).await, expected, "{name} from the needs");
        eprintln!("{name}: {} pairs suggested, the same from both sides", expected.len());
    }
}
