//! Tickets that were used up while the cache could not say so.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![used_ticket()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["used_ticket"]).await
    }
}

fn used_ticket() -> TableCreateStatement {
    table("used_ticket").col(pk_uuid("id")).col(instant("used_at")).to_owned()
}
