//! Who and where: companies, vendors, applications, projects, units, crews, people.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE INDEX ix_role_grant_account ON role_grant (account_id)",
    "CREATE INDEX ix_role_grant_project ON role_grant (project_id)",
    "CREATE INDEX ix_role_grant_company ON role_grant (company_id)",
    "CREATE UNIQUE INDEX uq_company_credit_code ON company (credit_code)",
    "CREATE INDEX ix_company_region ON company (region_code, created_at)",
    "CREATE INDEX ix_company_name ON company (name)",
    "CREATE UNIQUE INDEX uq_vendor_code ON vendor (code)",
    "CREATE UNIQUE INDEX uq_vendor_credit_code ON vendor (credit_code)",
    "CREATE UNIQUE INDEX uq_application_number ON application (number)",
    "CREATE INDEX ix_application_region ON application (region_code, state, created_at)",
    "CREATE INDEX ix_application_review_application ON application_review (application_id, decided_at)",
    "CREATE UNIQUE INDEX uq_project_number ON project (number)",
    "CREATE UNIQUE INDEX uq_project_code ON project (code) WHERE cancelled_at IS NULL",
    "CREATE INDEX ix_project_region ON project (region_code, created_at)",
    "CREATE INDEX ix_project_vendor ON project (vendor_id)",
    "CREATE UNIQUE INDEX uq_unit_on_site ON unit (project_id, company_id, kind) WHERE exited_on IS NULL",
    "CREATE INDEX ix_unit_company ON unit (company_id, project_id)",
    "CREATE UNIQUE INDEX uq_crew_on_site ON crew (project_id, unit_id, name) WHERE exited_on IS NULL",
    "CREATE INDEX ix_crew_unit ON crew (unit_id)",
    "CREATE UNIQUE INDEX uq_person_number ON person (number)",
    "CREATE UNIQUE INDEX uq_person_id_number ON person (id_number_hash)",
    "CREATE INDEX ix_person_name ON person (name, id)",
    "CREATE INDEX ix_person_company ON person (company_id)",
    "CREATE INDEX ix_person_region ON person (region_code, created_at)",
    "CREATE INDEX ix_person_origin_project ON person (origin_project_id)",
    "CREATE INDEX ix_person_phone ON person (phone)",
    "CREATE INDEX ix_person_bank_card ON person (bank_card_hash)",
    "CREATE INDEX ix_person_record_person ON person_record (person_id, kind)",
    "CREATE UNIQUE INDEX uq_employment_current ON employment (person_id) WHERE left_on IS NULL",
    "CREATE INDEX ix_person_portrait ON person (portrait_file_id) WHERE portrait_file_id IS NOT NULL",
    "CREATE INDEX ix_collected_person_person ON collected_person (person_id)",
    "CREATE INDEX ix_employment_company ON employment (company_id)",
];

const COUNTERS: &[(&str, i64)] =
    &[("project_number", 10_001), ("crew_number", 100_001), ("person_number", 1_000_001), ("application_number", 1)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![company(), vendor(), project(), application(), application_review(), unit(), crew()])
            .await?;
        create(manager, vec![person(), person_record(), employment(), collected_person(), role_grant()]).await?;
        if is_postgres(manager) {
            // A prefix search by range needs code point order; the database's own order may be anything.
            run(manager, &["ALTER TABLE person ALTER COLUMN name TYPE text COLLATE \"C\""]).await?;
        }
        for (name, start) in COUNTERS {
            create_counter(manager, name, *start).await?;
        }
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in COUNTERS {
            drop_counter(manager, name).await?;
        }
        drop(manager, &["role_grant", "collected_person", "employment", "person_record", "person", "crew", "unit"])
            .await?;
        drop(manager, &["application_review", "application", "project", "vendor", "company"]).await
    }
}

fn company() -> TableCreateStatement {
    table("company")
        .col(pk_uuid("id"))
        .col(text("credit_code"))
        .col(text("name"))
        .col(text_null("registration_kind"))
        .col(text("region_code"))
        .col(text_null("address"))
        .col(text_null("legal_person"))
        .col(text_null("contact_name"))
        .col(text_null("contact_phone"))
        .col(text_null("email"))
        .col(double_null("registered_capital_wan"))
        .col(date_null("established_on"))
        .col(text("upload_state"))
        .col(uuid_null("created_by"))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(integer("revision"))
        .to_owned()
}

fn vendor() -> TableCreateStatement {
    table("vendor")
        .col(pk_uuid("id"))
        .col(text("code"))
        .col(text("credit_code"))
        .col(text("name"))
        .col(text("region_code"))
        .col(text_null("contact_name"))
        .col(text_null("contact_phone"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .to_owned()
}

fn application() -> TableCreateStatement {
    table("application")
        .col(pk_uuid("id"))
        .col(text("number"))
        .col(text("state"))
        .col(text("name"))
        .col(text("region_code"))
        .col(uuid_null("vendor_id"))
        .col(text("applicant_name"))
        .col(text("applicant_phone"))
        .col(text("applicant_email"))
        .col(uuid_null("proof_file_id"))
        .col(json_binary("details"))
        .col(uuid_null("project_id"))
        .col(instant("created_at"))
        .col(instant_null("decided_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("application", "vendor_id", "vendor"))
        .foreign_key(&mut references("application", "proof_file_id", "stored_file"))
        .foreign_key(&mut references("application", "project_id", "project"))
        .to_owned()
}

fn application_review() -> TableCreateStatement {
    table("application_review")
        .col(pk_uuid("id"))
        .col(uuid("application_id"))
        .col(uuid("account_id"))
        .col(text("reviewer_name"))
        .col(boolean("approved"))
        .col(text("opinion"))
        .col(instant("decided_at"))
        .foreign_key(&mut references("application_review", "application_id", "application"))
        .foreign_key(&mut references("application_review", "account_id", "account"))
        .to_owned()
}

fn project() -> TableCreateStatement {
    table("project")
        .col(pk_uuid("id"))
        .col(big_integer("number"))
        .col(text_null("code"))
        .col(text("name"))
        .col(text("region_code"))
        .col(uuid_null("vendor_id"))
        .col(text("category"))
        .col(text("status"))
        .col(text_null("address"))
        .col(double_null("longitude"))
        .col(double_null("latitude"))
        .col(text_null("permit_number"))
        .col(date_null("permit_date"))
        .col(text_null("investment_nature"))
        .col(date_null("start_on"))
        .col(date_null("planned_finish_on"))
        .col(double_null("area_m2"))
        .col(double_null("height_m"))
        .col(text_null("structure"))
        .col(double_null("cost_wan"))
        .col(text_null("contact_name"))
        .col(text_null("contact_phone"))
        .col(text_null("wage_bank"))
        .col(text_null("wage_account_mask"))
        .col(text_null("deposit_kind"))
        .col(json_binary("parties"))
        .col(text_null("venue_code"))
        .col(text("upload_state"))
        .col(instant_null("cancelled_at"))
        .col(uuid_null("created_by"))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("project", "vendor_id", "vendor"))
        .to_owned()
}

fn unit() -> TableCreateStatement {
    table("unit")
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(uuid("company_id"))
        .col(text("kind"))
        .col(text_null("contact_name"))
        .col(text_null("contact_phone"))
        .col(date("entered_on"))
        .col(date_null("exited_on"))
        .col(instant_null("exit_recorded_at"))
        .col(text("upload_state"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("unit", "project_id", "project"))
        .foreign_key(&mut references("unit", "company_id", "company"))
        .to_owned()
}

fn crew() -> TableCreateStatement {
    table("crew")
        .col(pk_uuid("id"))
        .col(uuid("project_id"))
        .col(uuid("unit_id"))
        .col(big_integer("number"))
        .col(text("name"))
        .col(text("kind"))
        .col(text_null("work_type"))
        .col(text_null("leader_name"))
        .col(text_null("leader_phone"))
        .col(date("entered_on"))
        .col(date_null("exited_on"))
        .col(instant_null("exit_recorded_at"))
        .col(text("upload_state"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("crew", "project_id", "project"))
        .foreign_key(&mut references("crew", "unit_id", "unit"))
        .to_owned()
}

fn person() -> TableCreateStatement {
    table("person")
        .col(pk_uuid("id"))
        .col(big_integer("number"))
        .col(text("id_number_sealed"))
        .col(text("id_number_hash"))
        .col(text("id_number_mask"))
        .col(text("name"))
        .col(text("sex"))
        .col(text("ethnic"))
        .col(date("born_on"))
        .col(text_null("address"))
        .col(text_null("id_authority"))
        .col(date_null("id_valid_from"))
        .col(date_null("id_valid_until"))
        .col(text_null("phone"))
        .col(text_null("education"))
        .col(text_null("political"))
        .col(text_null("marital"))
        .col(uuid_null("photo_file_id"))
        .col(uuid_null("id_front_file_id"))
        .col(uuid_null("id_back_file_id"))
        .col(uuid_null("portrait_file_id"))
        .col(text_null("bank_card_sealed"))
        .col(text_null("bank_card_hash"))
        .col(text_null("bank_card_mask"))
        .col(text_null("bank_name"))
        .col(uuid_null("company_id"))
        .col(text("origin"))
        .col(uuid_null("origin_project_id"))
        .col(text("region_code"))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("person", "photo_file_id", "stored_file"))
        .foreign_key(&mut references("person", "id_front_file_id", "stored_file"))
        .foreign_key(&mut references("person", "id_back_file_id", "stored_file"))
        .foreign_key(&mut references("person", "portrait_file_id", "stored_file"))
        .foreign_key(&mut references("person", "company_id", "company"))
        .to_owned()
}

fn person_record() -> TableCreateStatement {
    table("person_record")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(json_binary("data"))
        .col(uuid_null("file_id"))
        .col(instant("created_at"))
        .col(integer("revision"))
        .foreign_key(&mut references("person_record", "person_id", "person"))
        .foreign_key(&mut references("person_record", "file_id", "stored_file"))
        .to_owned()
}

fn employment() -> TableCreateStatement {
    table("employment")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("company_id"))
        .col(date("joined_on"))
        .col(date_null("left_on"))
        .col(text_null("leave_reason"))
        .col(instant("created_at"))
        .foreign_key(&mut references("employment", "person_id", "person"))
        .foreign_key(&mut references("employment", "company_id", "company"))
        .to_owned()
}

fn collected_person() -> TableCreateStatement {
    table("collected_person")
        .col(uuid("project_id"))
        .col(uuid("person_id"))
        .col(uuid_null("account_id"))
        .col(uuid_null("photo_file_id"))
        .col(instant("collected_at"))
        .primary_key(&mut key(&["project_id", "person_id"]))
        .foreign_key(&mut references("collected_person", "project_id", "project"))
        .foreign_key(&mut references("collected_person", "person_id", "person"))
        .foreign_key(&mut references("collected_person", "photo_file_id", "stored_file"))
        .to_owned()
}

fn role_grant() -> TableCreateStatement {
    table("role_grant")
        .col(pk_uuid("id"))
        .col(uuid("account_id"))
        .col(text("role"))
        .col(text("scope_kind"))
        .col(text_null("region_code"))
        .col(uuid_null("company_id"))
        .col(uuid_null("project_id"))
        .col(uuid_null("vendor_id"))
        .col(instant("created_at"))
        .foreign_key(&mut references("role_grant", "account_id", "account"))
        .foreign_key(&mut references("role_grant", "company_id", "company"))
        .foreign_key(&mut references("role_grant", "project_id", "project"))
        .foreign_key(&mut references("role_grant", "vendor_id", "vendor"))
        .to_owned()
}
