//! What results say: who won a lot, for how much and when.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

const TABLE: &str = "award";

/// Creates `award`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table(TABLE)
            .col(key("id"))
            .col(column("need_id").big_integer())
            .col(column("lot_id").big_integer())
            .col(column("kind").text())
            .col(column("winner_name").text())
            .col(optional("winner_org_no").text())
            .col(column("winner_identity").text())
            .col(column("tender_no").text())
            .col(column("shared").boolean())
            .col(optional("value_sek").big_integer())
            .col(optional("decided_on").date())
            .col(column("notice_key").text())
            .col(column("recorded_at").timestamp_with_time_zone())
            .col(optional("withdrawn_at").timestamp_with_time_zone())
            .check(Expr::cust("kind IN ('contract','intended','modification')"));
        for (from, to) in [("need_id", "need"), ("lot_id", "lot")] {
            table.foreign_key(ForeignKey::create().from(TABLE, from).to(to, "id").on_delete(ForeignKeyAction::Cascade));
        }
        let identity = ["lot_id", "kind", "winner_identity", "tender_no"];
        let mut unique = Index::create().unique().name("award_identity_unique").take();
        for part in identity {
            unique.col(part);
        }
        manager.create_table(table.index(&mut unique).take()).await?;
        for name in ["need_id", "winner_org_no"] {
            let index = Index::create().name(format!("{TABLE}_{name}")).table(TABLE).col(name).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}
