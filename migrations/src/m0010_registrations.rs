//! Projects' codes, and who registers themselves through them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::double_null;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX uq_project_code_sign ON project_code (code)",
    // One of a project's codes is the current one; the database decides.
    "CREATE UNIQUE INDEX uq_project_code_current ON project_code (project_id) WHERE revoked_at IS NULL",
    // A phone has one registration at a time for a project. One that was refused is still open: it is corrected.
    "CREATE UNIQUE INDEX uq_registration_phone ON registration (project_id, phone_user_id) \
     WHERE phone_user_id IS NOT NULL AND state IN ('draft', 'to_submit', 'submitted', 'refused')",
    // Of two phones with the same ID number one goes on.
    "CREATE UNIQUE INDEX uq_registration_id_number ON registration (project_id, id_number_hash) \
     WHERE id_number_hash IS NOT NULL AND state IN ('draft', 'to_submit', 'submitted')",
    "CREATE INDEX ix_registration_project ON registration (project_id, state, updated_at)",
    "CREATE INDEX ix_registration_user ON registration (phone_user_id, created_at)",
    "CREATE INDEX ix_registration_id_number ON registration (id_number_hash)",
    "CREATE INDEX ix_registration_idle ON registration (updated_at) WHERE state IN ('draft', 'to_submit', 'refused')",
    // Whether anything refers to a file: asked by the database for each file that is purged.
    "CREATE INDEX ix_registration_id_front ON registration (id_front_file_id) WHERE id_front_file_id IS NOT NULL",
    "CREATE INDEX ix_registration_id_back ON registration (id_back_file_id) WHERE id_back_file_id IS NOT NULL",
    "CREATE INDEX ix_registration_portrait ON registration (portrait_file_id) WHERE portrait_file_id IS NOT NULL",
    "CREATE INDEX ix_registration_face ON registration (face_file_id) WHERE face_file_id IS NOT NULL",
    "CREATE INDEX ix_registration_event ON registration_event (registration_id, at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[owner(manager)]).await?;
        create(manager, vec![project_code(), registration(), registration_event()]).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["registration_event", "registration", "project_code"]).await?;
        run(manager, &["ALTER TABLE stored_file DROP COLUMN phone_user_id"]).await
    }
}

/// Who has uploaded a file without an account. It refers to nothing: a later step makes the table of phones, and SQLite
/// cannot take back a column that has a foreign key.
fn owner(manager: &SchemaManager<'_>) -> &'static str {
    if is_postgres(manager) {
        "ALTER TABLE stored_file ADD COLUMN phone_user_id uuid"
    } else {
        "ALTER TABLE stored_file ADD COLUMN phone_user_id uuid_text"
    }
}

fn project_code() -> TableCreateStatement {
    table("project_code")
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(text("code"))
        .col(instant("created_at"))
        .col(uuid_null("created_by"))
        .col(instant_null("revoked_at"))
        .col(uuid_null("revoked_by"))
        .foreign_key(&mut references("project_code", "project_id", "project"))
        .foreign_key(&mut references("project_code", "created_by", "account"))
        .foreign_key(&mut references("project_code", "revoked_by", "account"))
        .to_owned()
}

/// What somebody has said so far. Once it is approved, what it says of the person is the person's, pictures included.
fn registration() -> TableCreateStatement {
    let mut registration = table("registration");
    registration
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(uuid_null("phone_user_id"))
        .col(text("origin"))
        .col(text("state"))
        .col(text_null("consent_version"))
        .col(instant_null("consent_at"));
    card(&mut registration);
    registration
        .col(uuid_null("face_file_id"))
        .col(text_null("face_source"))
        .col(double_null("face_distance"))
        .col(text_null("face_standing"))
        .col(text_null("face_model"))
        .col(text_null("phone"))
        .col(text("kind"))
        .col(uuid_null("crew_id"))
        .col(text_null("work_type"))
        .col(text_null("post"))
        .col(text_null("settlement"))
        .col(big_integer_null("unit_price_fen"))
        .col(text_null("settlement_unit"))
        .col(text_null("bank_name"))
        .col(text_null("bank_card_sealed"))
        .col(text_null("bank_card_hash"))
        .col(text_null("bank_card_mask"))
        .col(text_null("reason"))
        .col(instant_null("submitted_at"))
        .col(instant_null("decided_at"))
        .col(uuid_null("decided_by"))
        .col(uuid_null("person_id"))
        .col(uuid_null("entry_id"))
        .col(uuid_null("created_by"))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("registration", "project_id", "project"))
        .foreign_key(&mut references("registration", "crew_id", "crew"))
        .foreign_key(&mut references("registration", "person_id", "person"))
        .foreign_key(&mut references("registration", "entry_id", "roster_entry"))
        .foreign_key(&mut references("registration", "decided_by", "account"))
        .foreign_key(&mut references("registration", "created_by", "account"))
        .foreign_key(&mut references("registration", "face_file_id", "stored_file"))
        .to_owned()
}

fn card(registration: &mut TableCreateStatement) {
    registration
        .col(text_null("name"))
        .col(text_null("id_number_sealed"))
        .col(text_null("id_number_hash"))
        .col(text_null("id_number_mask"))
        .col(text_null("sex"))
        .col(date_null("born_on"))
        .col(text_null("ethnic"))
        .col(text_null("address"))
        .col(text_null("id_authority"))
        .col(date_null("id_valid_from"))
        .col(date_null("id_valid_until"))
        .col(boolean("temporary_card"))
        .col(uuid_null("id_front_file_id"))
        .col(uuid_null("id_back_file_id"))
        .col(uuid_null("portrait_file_id"))
        .foreign_key(&mut references("registration", "id_front_file_id", "stored_file"))
        .foreign_key(&mut references("registration", "id_back_file_id", "stored_file"))
        .foreign_key(&mut references("registration", "portrait_file_id", "stored_file"));
}

/// What happened to a registration, in order.
fn registration_event() -> TableCreateStatement {
    table("registration_event")
        .col(pk_uuid("id"))
        .col(uuid("registration_id"))
        .col(instant("at"))
        .col(text("what"))
        .col(uuid_null("account_id"))
        .col(text("actor_name"))
        .col(text_null("reason"))
        .foreign_key(&mut references("registration_event", "registration_id", "registration"))
        .foreign_key(&mut references("registration_event", "account_id", "account"))
        .to_owned()
}
