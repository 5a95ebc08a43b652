//! The secret that a user's app makes codes from (RFC 6238). Until the first code was typed it counts for
//! nothing; a step that was used is not taken again.

use sea_orm_migration::prelude::*;

use crate::columns::{column, key, optional};

/// Creates `second_factor`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("second_factor")
            .col(key("id"))
            .col(column("user_id").big_integer())
            .col(column("secret").text())
            .col(column("created_at").timestamp_with_time_zone())
            .col(optional("confirmed_at").timestamp_with_time_zone())
            .col(column("last_step").big_integer().default(0))
            .foreign_key(
                ForeignKey::create()
                    .from("second_factor", "user_id")
                    .to("user", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .index(Index::create().unique().name("second_factor_user_id_unique").col("user_id"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("second_factor").take()).await
    }
}
