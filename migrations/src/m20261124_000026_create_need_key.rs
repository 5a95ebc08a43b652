//! Every name that a need goes by: procedure, notices, publication numbers. Two sources that share one tell of the same need.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key};

/// Creates `need_key`, and fills it from what is stored.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("need_key")
            .col(key("id"))
            .col(column("key").text())
            .col(column("need_id").big_integer())
            .foreign_key(
                ForeignKey::create().from("need_key", "need_id").to("need", "id").on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("need_key_key_unique").col("key"))
            .take();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("need_key_need_id").table("need_key").col("need_id").take()).await?;
        let filled = "INSERT INTO need_key (key, need_id) SELECT 'procedure:' || external_id, id FROM need WHERE source = 'eforms'";
        manager.get_connection().execute_unprepared(filled).await?;
        let filled = "INSERT INTO need_key (key, need_id) SELECT 'ted:' || LTRIM(publication_no, '0'), MIN(id) FROM need \
                      WHERE publication_no IS NOT NULL GROUP BY 'ted:' || LTRIM(publication_no, '0')";
        manager.get_connection().execute_unprepared(filled).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("need_key").take()).await
    }
}
