//! The roster: who is on which project in which crew from when until when.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX uq_roster_on_site ON roster_entry (project_id, person_id) WHERE exited_on IS NULL",
    "CREATE UNIQUE INDEX uq_roster_card ON roster_entry (project_id, card_number) WHERE exited_on IS NULL",
    "CREATE INDEX ix_roster_project ON roster_entry (project_id, entered_on, id)",
    "CREATE INDEX ix_roster_person ON roster_entry (person_id, entered_on)",
    "CREATE INDEX ix_roster_crew ON roster_entry (crew_id, exited_on)",
    "CREATE INDEX ix_roster_unit ON roster_entry (unit_id, exited_on)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![roster_entry()]).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["roster_entry"]).await
    }
}

fn roster_entry() -> TableCreateStatement {
    table("roster_entry")
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(uuid("person_id"))
        .col(uuid("unit_id"))
        .col(uuid("crew_id"))
        .col(text("kind"))
        .col(text_null("work_type"))
        .col(text_null("post"))
        .col(text_null("settlement"))
        .col(big_integer_null("unit_price_fen"))
        .col(text_null("settlement_unit"))
        .col(text_null("card_number"))
        .col(date("entered_on"))
        .col(date_null("exited_on"))
        .col(text_null("exit_reason"))
        .col(instant_null("exit_recorded_at"))
        .col(text("upload_state"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("roster_entry", "project_id", "project"))
        .foreign_key(&mut references("roster_entry", "person_id", "person"))
        .foreign_key(&mut references("roster_entry", "unit_id", "unit"))
        .foreign_key(&mut references("roster_entry", "crew_id", "crew"))
        .to_owned()
}
