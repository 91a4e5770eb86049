//! Terminals at the gate: what is registered, how each is doing, whom it knows, and what is wrong.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX ix_person_portrait ON person (portrait_file_id) WHERE portrait_file_id IS NOT NULL",
    "CREATE UNIQUE INDEX uq_device_serial ON device (serial) WHERE unbound_at IS NULL",
    "CREATE INDEX ix_device_project ON device (project_id, created_at)",
    "CREATE INDEX ix_device_vendor ON device (vendor_id)",
    "CREATE UNIQUE INDEX uq_alert_open ON alert (kind, subject_id) WHERE closed_at IS NULL",
    "CREATE INDEX ix_alert_project ON alert (project_id, opened_at)",
    "CREATE INDEX ix_alert_opened ON alert (opened_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &columns(manager)).await?;
        create(manager, vec![device(), device_state(), device_person(), alert()]).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["alert", "device_person", "device_state", "device"]).await?;
        run(manager, LEAVING).await
    }
}

/// What terminals need of pictures: the size of a photo's rendition for them, and the portrait from the ID card. Without
/// a foreign key, because SQLite cannot take back a column that has one.
fn columns(manager: &SchemaManager<'_>) -> [&'static str; 2] {
    let portrait = if is_postgres(manager) {
        "ALTER TABLE person ADD COLUMN portrait_file_id uuid"
    } else {
        "ALTER TABLE person ADD COLUMN portrait_file_id uuid_text"
    };
    ["ALTER TABLE stored_file ADD COLUMN terminal_size bigint", portrait]
}

const LEAVING: &[&str] = &[
    "DROP INDEX ix_person_portrait",
    "ALTER TABLE person DROP COLUMN portrait_file_id",
    "ALTER TABLE stored_file DROP COLUMN terminal_size",
];

fn device() -> TableCreateStatement {
    table("device")
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(uuid("vendor_id"))
        .col(text("serial"))
        .col(text("kind"))
        .col(text("place"))
        .col(text("direction"))
        .col(text_null("model"))
        .col(uuid_null("replaces_id"))
        .col(instant_null("unbound_at"))
        .col(text_null("unbound_reason"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("device", "project_id", "project"))
        .foreign_key(&mut references("device", "vendor_id", "vendor"))
        .foreign_key(&mut references("device", "replaces_id", "device"))
        .to_owned()
}

/// Apart from `device`, because it changes with every heart-beat and nobody edits it.
fn device_state() -> TableCreateStatement {
    table("device_state")
        .col(pk_uuid("device_id"))
        .col(uuid_null("connection_id"))
        .col(instant_null("online_since"))
        .col(instant_null("offline_since"))
        .col(instant_null("last_seen_at"))
        .col(text_null("address"))
        .col(big_integer_null("clock_offset_seconds"))
        .col(instant_null("last_punch_at"))
        .col(big_integer_null("list_count"))
        .col(big_integer_null("list_bytes"))
        .col(big_integer_null("expected_count"))
        .col(big_integer_null("expected_bytes"))
        .col(instant_null("listed_at"))
        .col(instant_null("push_requested_at"))
        .foreign_key(&mut references("device_state", "device_id", "device"))
        .to_owned()
}

/// Whose features a device has fetched, and with which photo.
fn device_person() -> TableCreateStatement {
    table("device_person")
        .col(uuid("device_id"))
        .col(uuid("person_id"))
        .col(uuid_null("photo_file_id"))
        .col(instant("fetched_at"))
        .primary_key(&mut key(&["device_id", "person_id"]))
        .foreign_key(&mut references("device_person", "device_id", "device"))
        .foreign_key(&mut references("device_person", "person_id", "person"))
        .to_owned()
}

fn alert() -> TableCreateStatement {
    table("alert")
        .col(pk_uuid("id"))
        .col(text("kind"))
        .col(uuid("project_id"))
        .col(uuid("subject_id"))
        .col(json_binary("details"))
        .col(instant("opened_at"))
        .col(instant_null("closed_at"))
        .foreign_key(&mut references("alert", "project_id", "project"))
        .to_owned()
}
