//! Punches, their photos, and the day rows that every statistic reads.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // The day comes along so that a month is counted without looking at its rows.
    "CREATE INDEX ix_punch_project ON punch (project_id, at, day)",
    "CREATE INDEX ix_photo_pack_day ON photo_pack (received_on)",
    "CREATE INDEX ix_attendance_day_project ON attendance_day (project_id, day)",
    "CREATE INDEX ix_attendance_day_person ON attendance_day (person_id, day)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_partitioned(manager, "punch", punch(), "at").await?;
        create_partitioned(manager, "punch_photo", punch_photo(), "received_on").await?;
        create(manager, vec![photo_pack(), attendance_day()]).await?;
        if is_postgres(manager) {
            // A JPEG does not get smaller; trying costs more than writing it.
            run(manager, &["ALTER TABLE punch_photo ALTER COLUMN bytes SET STORAGE EXTERNAL"]).await?;
            // A day row is written again with every punch; with room on its page that touches no index.
            run(manager, &["ALTER TABLE attendance_day SET (fillfactor = 75)"]).await?;
        }
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["attendance_day", "photo_pack", "punch_photo", "punch"]).await
    }
}

/// Append-only, thousands a second: no foreign keys, because each would be looked up for every row, and what they would
/// guard is never deleted. The key is what makes a repeat a repeat.
fn punch() -> TableCreateStatement {
    table("punch")
        .col(uuid("id"))
        .col(uuid("project_id"))
        .col(uuid("device_id"))
        .col(big_integer("person_number"))
        .col(uuid_null("person_id"))
        .col(uuid_null("entry_id"))
        .col(instant("at"))
        .col(instant("received_at"))
        .col(date("day"))
        .col(integer("mode"))
        .col(text("direction"))
        .col(text("source"))
        .col(text_null("refusal"))
        .col(integer("photo_size"))
        .primary_key(&mut key(&["device_id", "person_number", "at"]))
        .to_owned()
}

/// Photos of the last days; older ones are in packs. By the day they were received, so that a day goes as a whole.
fn punch_photo() -> TableCreateStatement {
    table("punch_photo")
        .col(date("received_on"))
        .col(uuid("project_id"))
        .col(uuid("punch_id"))
        .col(blob("bytes"))
        .primary_key(&mut key(&["received_on", "project_id", "punch_id"]))
        .to_owned()
}

/// A file that holds the photos of one project and day from one punch to another, in the order of their ids.
fn photo_pack() -> TableCreateStatement {
    table("photo_pack")
        .col(uuid("project_id"))
        .col(date("received_on"))
        .col(uuid("first_id"))
        .col(uuid("last_id"))
        .col(text("storage_key"))
        .col(big_integer("photos"))
        .col(big_integer("size"))
        .primary_key(&mut key(&["project_id", "received_on", "first_id"]))
        .to_owned()
}

fn attendance_day() -> TableCreateStatement {
    table("attendance_day")
        .col(uuid("project_id"))
        .col(uuid("entry_id"))
        .col(date("day"))
        .col(uuid("person_id"))
        .col(text("marks"))
        .col(instant_null("first_at"))
        .col(instant_null("last_at"))
        .col(integer("minutes"))
        .col(integer("count"))
        .col(boolean("inside"))
        .primary_key(&mut key(&["project_id", "entry_id", "day"]))
        .to_owned()
}
