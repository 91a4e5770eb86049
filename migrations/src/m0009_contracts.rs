//! Labour contracts with their scans, punches that workers object to, and consent that they take back.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // Somebody has one contract for a stay at a time; what was ended stays on record.
    "CREATE UNIQUE INDEX uq_contract_open ON contract (entry_id) WHERE state <> 'terminated'",
    "CREATE INDEX ix_contract_entry ON contract (entry_id, state)",
    "CREATE INDEX ix_contract_project ON contract (project_id, state, signed_on)",
    "CREATE INDEX ix_contract_person ON contract (person_id)",
    // Whether anything refers to a file: asked by the database for each file that is purged.
    "CREATE INDEX ix_contract_file ON contract (file_id) WHERE file_id IS NOT NULL",
    "CREATE INDEX ix_contract_page_file ON contract_page (file_id)",
    "CREATE INDEX ix_punch_objection_file ON punch_objection (file_id) WHERE file_id IS NOT NULL",
    // A day is objected to once at a time.
    "CREATE UNIQUE INDEX uq_punch_objection_open ON punch_objection (entry_id, day) WHERE state = 'open'",
    "CREATE INDEX ix_punch_objection_project ON punch_objection (project_id, state, created_at)",
    "CREATE INDEX ix_punch_objection_person ON punch_objection (person_id, day)",
    // Waits once until the pictures are gone.
    "CREATE UNIQUE INDEX uq_consent_withdrawal_open ON consent_withdrawal (person_id) WHERE done_at IS NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![contract(), contract_page(), punch_objection(), consent_withdrawal()]).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["consent_withdrawal", "punch_objection", "contract_page", "contract"]).await
    }
}

fn contract() -> TableCreateStatement {
    table("contract")
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(uuid("entry_id"))
        .col(uuid("person_id"))
        .col(text("state"))
        .col(text("term_kind"))
        .col(date("starts_on"))
        .col(date_null("ends_on"))
        .col(text_null("settlement"))
        .col(big_integer_null("unit_price_fen"))
        .col(text_null("settlement_unit"))
        .col(date("signed_on"))
        .col(uuid_null("file_id"))
        .col(integer("pages"))
        .col(date_null("terminated_on"))
        .col(text_null("termination_reason"))
        .col(instant("created_at"))
        .col(uuid_null("created_by"))
        .col(instant("updated_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("contract", "project_id", "project"))
        .foreign_key(&mut references("contract", "entry_id", "roster_entry"))
        .foreign_key(&mut references("contract", "person_id", "person"))
        .foreign_key(&mut references("contract", "file_id", "stored_file"))
        .foreign_key(&mut references("contract", "created_by", "account"))
        .to_owned()
}

/// The photographs a scan was made of, in their order.
fn contract_page() -> TableCreateStatement {
    table("contract_page")
        .col(uuid("contract_id"))
        .col(integer("page"))
        .col(uuid("file_id"))
        .primary_key(&mut key(&["contract_id", "page"]))
        .foreign_key(&mut references("contract_page", "contract_id", "contract"))
        .foreign_key(&mut references("contract_page", "file_id", "stored_file"))
        .to_owned()
}

fn punch_objection() -> TableCreateStatement {
    table("punch_objection")
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(uuid("entry_id"))
        .col(uuid("person_id"))
        .col(date("day"))
        .col(text("said"))
        .col(uuid_null("file_id"))
        .col(text("state"))
        .col(text_null("answer"))
        .col(uuid_null("answered_by"))
        .col(instant_null("answered_at"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("punch_objection", "project_id", "project"))
        .foreign_key(&mut references("punch_objection", "entry_id", "roster_entry"))
        .foreign_key(&mut references("punch_objection", "person_id", "person"))
        .foreign_key(&mut references("punch_objection", "file_id", "stored_file"))
        .foreign_key(&mut references("punch_objection", "answered_by", "account"))
        .to_owned()
}

fn consent_withdrawal() -> TableCreateStatement {
    table("consent_withdrawal")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("reason"))
        .col(instant("created_at"))
        .col(instant_null("done_at"))
        .foreign_key(&mut references("consent_withdrawal", "person_id", "person"))
        .to_owned()
}
