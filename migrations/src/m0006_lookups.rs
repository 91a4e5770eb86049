//! Indexes for what is asked often and was not thought of at first.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    // Whether anything refers to a file: asked by the database for each file that is purged.
    "CREATE INDEX ix_person_photo ON person (photo_file_id) WHERE photo_file_id IS NOT NULL",
    "CREATE INDEX ix_person_id_front ON person (id_front_file_id) WHERE id_front_file_id IS NOT NULL",
    "CREATE INDEX ix_person_id_back ON person (id_back_file_id) WHERE id_back_file_id IS NOT NULL",
    "CREATE INDEX ix_person_record_file ON person_record (file_id) WHERE file_id IS NOT NULL",
    "CREATE INDEX ix_collected_person_photo ON collected_person (photo_file_id) WHERE photo_file_id IS NOT NULL",
    "CREATE INDEX ix_application_proof ON application (proof_file_id) WHERE proof_file_id IS NOT NULL",
    "CREATE INDEX ix_job_file ON job (file_id) WHERE file_id IS NOT NULL",
    // Who is on site, by kind; who came and who left since a day.
    "CREATE INDEX ix_roster_here ON roster_entry (project_id, kind) WHERE exited_on IS NULL",
    "CREATE INDEX ix_roster_entered ON roster_entry (entered_on, project_id)",
    "CREATE INDEX ix_roster_exited ON roster_entry (exited_on, project_id) WHERE exited_on IS NOT NULL",
    // What happened at a company, the newest first.
    "CREATE INDEX ix_audit_company ON audit (company_id, at)",
];

const NAMES: &[&str] = &[
    "ix_person_photo",
    "ix_person_id_front",
    "ix_person_id_back",
    "ix_person_record_file",
    "ix_collected_person_photo",
    "ix_application_proof",
    "ix_job_file",
    "ix_audit_company",
    "ix_roster_here",
    "ix_roster_entered",
    "ix_roster_exited",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in NAMES {
            run(manager, &[&format!("DROP INDEX {name}")]).await?;
        }
        Ok(())
    }
}
