//! Pictures of people in versions, what was found on them, and whose faces were compared.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::double;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // One of a kind is the current one; the database decides.
    "CREATE UNIQUE INDEX uq_person_image_current ON person_image (person_id, kind) WHERE superseded_at IS NULL",
    "CREATE UNIQUE INDEX uq_person_image_version ON person_image (person_id, kind, version)",
    // Whether anything refers to a file: asked by the database for each file that is purged.
    "CREATE INDEX ix_person_image_file ON person_image (file_id) WHERE file_id IS NOT NULL",
    "CREATE INDEX ix_person_image_small_file ON person_image (small_file_id) WHERE small_file_id IS NOT NULL",
    // Galleries are brought up to date by what has changed since.
    "CREATE INDEX ix_person_image_changed ON person_image (updated_at)",
    // New versions of faces that terminals have not been told of.
    "CREATE INDEX ix_person_image_unsent ON person_image (person_id) \
     WHERE sent_at IS NULL AND superseded_at IS NULL AND version > 1",
    // A pair of pictures is compared once.
    "CREATE UNIQUE INDEX uq_face_comparison_pair ON face_comparison (image_id, other_image_id)",
    "CREATE INDEX ix_face_comparison_state ON face_comparison (state, region_code, created_at)",
    "CREATE INDEX ix_face_comparison_project ON face_comparison (project_id, created_at)",
    "CREATE INDEX ix_face_comparison_person ON face_comparison (person_id)",
    "CREATE INDEX ix_face_comparison_other ON face_comparison (other_person_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![person_image(), face_comparison()]).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["face_comparison", "person_image"]).await
    }
}

/// A row outlives its picture: that there was one, and what was found, stays on record.
fn person_image() -> TableCreateStatement {
    table("person_image")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(integer("version"))
        .col(uuid_null("file_id"))
        .col(uuid_null("small_file_id"))
        .col(text("source"))
        .col(json_binary_null("report"))
        .col(blob("embedding").null())
        .col(text_null("model"))
        .col(instant_null("checked_at"))
        .col(instant_null("sent_at"))
        .col(instant("created_at"))
        .col(uuid_null("created_by"))
        .col(instant("updated_at"))
        .col(instant_null("superseded_at"))
        .col(instant_null("deleted_at"))
        .foreign_key(&mut references("person_image", "person_id", "person"))
        .foreign_key(&mut references("person_image", "file_id", "stored_file"))
        .foreign_key(&mut references("person_image", "small_file_id", "stored_file"))
        .to_owned()
}

/// With the limits as they were, so that they can be fitted by what happened.
fn face_comparison() -> TableCreateStatement {
    table("face_comparison")
        .col(pk_uuid("id"))
        .col(text("kind"))
        .col(uuid("person_id"))
        .col(uuid("image_id"))
        .col(uuid("other_person_id"))
        .col(uuid("other_image_id"))
        .col(double("distance"))
        .col(text("model"))
        .col(double("limit_pass"))
        .col(double("limit_look"))
        .col(double("limit_duplicate"))
        .col(text("verdict"))
        .col(text("state"))
        .col(text_null("decision"))
        .col(text_null("reason"))
        .col(uuid_null("decided_by"))
        .col(instant_null("decided_at"))
        .col(uuid_null("project_id"))
        .col(text("region_code"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("face_comparison", "person_id", "person"))
        .foreign_key(&mut references("face_comparison", "image_id", "person_image"))
        .foreign_key(&mut references("face_comparison", "other_person_id", "person"))
        .foreign_key(&mut references("face_comparison", "other_image_id", "person_image"))
        .foreign_key(&mut references("face_comparison", "project_id", "project"))
        .foreign_key(&mut references("face_comparison", "decided_by", "account"))
        .to_owned()
}
