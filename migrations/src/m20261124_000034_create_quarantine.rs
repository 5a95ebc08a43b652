//! What came in and could not be taken in, kept with place, reason and the record itself; and the
//! indexes by which a need that two sources tell of is found.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `quarantine`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("quarantine")
            .col(key("id"))
            .col(column("kind").text())
            .col(column("source").text())
            .col(column("record").text())
            .col(column("rule").text())
            .col(column("detail").text())
            .col(column("raw").text())
            .col(column("is_whole").boolean())
            .col(optional("need_id").big_integer())
            .col(column("first_seen_at").timestamp_with_time_zone())
            .col(column("last_tried_at").timestamp_with_time_zone())
            .col(column("tries").integer())
            .index(Index::create().unique().name("quarantine_place_unique").col("kind").col("source").col("record"))
            .foreign_key(
                ForeignKey::create()
                    .from("quarantine", "need_id")
                    .to("need", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .check(Expr::cust("kind IN ('needs','asf','twin')"))
            .take();
        manager.create_table(table).await?;
        // A need that comes in is looked for in every source by these.
        for key in ["external_id", "publication_no"] {
            manager.create_index(Index::create().name(format!("need_{key}")).table("need").col(key).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for key in ["external_id", "publication_no"] {
            manager.drop_index(Index::drop().name(format!("need_{key}")).table("need").to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("quarantine").take()).await
    }
}
