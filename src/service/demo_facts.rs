//! What is recorded about the demo's fictional ASF, so that filters and profiles have something to show.

use chrono::Duration;

use super::{Result, asf_facts};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        asf_fact::{AsfFact, Basis, Claim},
        schedule::local_date,
    },
    store,
};

/// Records facts for three of four: some complete, some not, as it is in the world.
pub(super) async fn fill(app: &App) -> Result<()> {
    let today = local_date(app.clock.now());
    let asfs = store::asf::list_after(&app.db, AsfId(0), 200).await?;
    for (number, asf) in (0_i64..).zip(asfs) {
        let day = today - Duration::days(40 + number * 7);
        let fact = |claim, how: &str| AsfFact { claim, how: how.to_owned(), as_of: day };
        let mut facts = Vec::new();
        match number % 4 {
            0 => facts.push(fact(Claim::Basis(Basis::SkoopiList), "")),
            1 => facts.push(fact(Claim::Basis(Basis::Certified), "")),
            2 => facts.push(fact(Claim::Basis(Basis::Association), "")),
            _ => continue,
        }
        if number % 4 < 2 {
            let purpose = "Föreningens ändamål är att ge arbete åt människor som står långt från arbetsmarknaden.";
            facts.push(fact(Claim::Purpose(purpose.to_owned()), ""));
            let share = u8::try_from(40 + number % 45).unwrap_or(50);
            facts.push(fact(Claim::Share(share), "Antal personer vid mätningen, även de som arbetstränar."));
        }
        for fact in facts {
            asf_facts::record(app, "demo", asf.id, &fact).await?;
        }
    }
    Ok(())
}
