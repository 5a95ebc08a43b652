//! What happened between ASF and others, with evidence: the rows that every target is counted from.

use sea_orm_migration::prelude::*;

use crate::{
    append_only,
    columns::{column, key, optional},
};

const TABLE: &str = "ledger_entry";

/// Creates `ledger_entry` and its triggers.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(table()).await?;
        for name in ["asf_id", "pairing_id", "agreement_key", "recorded_at", "evidences_id"] {
            let index = Index::create().name(format!("{TABLE}_{name}")).table(TABLE).col(name).take();
            manager.create_index(index).await?;
        }
        append_only::seal(manager, TABLE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::unseal(manager, TABLE).await?;
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}

/// Money is öre excluding VAT. Nothing cascades: what was counted stays, and so does what it is about.
fn table() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table(TABLE)
        .col(key("id"))
        .col(column("key").text())
        .col(column("kind").text())
        .col(column("occurred_on").date())
        .col(column("recorded_at").timestamp_with_time_zone())
        .col(column("recorded_by").text())
        .col(optional("asf_id").big_integer())
        .col(column("asf_places").text().default(""))
        .col(optional("counterpart_class").text())
        .col(optional("counterpart_org_no").text())
        .col(optional("counterpart_name").text())
        .col(optional("counterpart_group").text())
        .col(optional("pairing_id").big_integer())
        .col(optional("agreement_key").text())
        .col(optional("income_kind").text())
        .col(optional("amount_ore").big_integer())
        .col(column("evidence_level").integer())
        .col(column("evidence_ref").text())
        .col(optional("reverses_id").big_integer())
        .col(optional("evidences_id").big_integer())
        .col(column("detail").text());
    for (from, to) in [("asf_id", "asf"), ("pairing_id", "pairing"), ("reverses_id", TABLE), ("evidences_id", TABLE)] {
        table.foreign_key(ForeignKey::create().from(TABLE, from).to(to, "id"));
    }
    table
        .index(Index::create().unique().name("ledger_entry_key_unique").col("key"))
        .index(Index::create().unique().name("ledger_entry_reverses_id_unique").col("reverses_id"));
    for rule in RULES {
        table.check(Expr::cust(*rule));
    }
    table.take()
}

const RULES: &[&str] = &[
    "kind IN ('order','income','agreement','bid','procurement','support_contact','support_outcome',\
     'successor','ownership','evidence','reversal')",
    "counterpart_class IN ('private','public','asf','nonprofit','person')",
    "income_kind IN ('goods','service','placement','grant','wage_subsidy','gift','loan','guarantee')",
    "evidence_level IN (0,1,2)",
    "kind NOT IN ('order','income','agreement','bid') OR (asf_id IS NOT NULL AND counterpart_class IS NOT NULL)",
    "kind <> 'income' OR (income_kind IS NOT NULL AND amount_ore IS NOT NULL AND amount_ore <> 0)",
    "kind <> 'agreement' OR agreement_key IS NOT NULL",
    "(kind = 'reversal') = (reverses_id IS NOT NULL)",
    "(kind = 'evidence') = (evidences_id IS NOT NULL)",
    "counterpart_class <> 'person' OR (counterpart_org_no IS NULL AND counterpart_name IS NULL)",
];
