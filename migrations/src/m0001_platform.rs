//! Accounts, sessions, audit, files, policies: what every deployment needs.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX uq_account_login ON account (login)",
    "CREATE UNIQUE INDEX uq_session_token ON session (token_hash)",
    "CREATE INDEX ix_session_account ON session (account_id)",
    "CREATE INDEX ix_audit_at ON audit (at)",
    "CREATE INDEX ix_audit_subject ON audit (subject_kind, subject_id, at)",
    "CREATE INDEX ix_audit_account ON audit (account_id, at)",
    "CREATE INDEX ix_audit_project ON audit (project_id, at)",
    "CREATE INDEX ix_audit_region ON audit (region_code, at)",
    "CREATE INDEX ix_job_due ON job (state, run_at)",
    "CREATE INDEX ix_job_account ON job (account_id, created_at)",
    "CREATE INDEX ix_stored_file_unclaimed ON stored_file (claimed, created_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![counter(), account(), stored_file(), session(), idempotency(), policy()]).await?;
        create(manager, vec![job(), schedule()]).await?;
        create_partitioned(manager, "audit", audit(), "at").await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["schedule", "job", "audit", "policy", "idempotency", "session", "stored_file", "account", "counter"],
        )
        .await
    }
}

fn counter() -> TableCreateStatement {
    table("counter").col(text("name").primary_key()).col(big_integer("value")).to_owned()
}

fn account() -> TableCreateStatement {
    table("account")
        .col(pk_uuid("id"))
        .col(text("login"))
        .col(text("kind"))
        .col(text("name"))
        .col(text_null("phone"))
        .col(text_null("email"))
        .col(text("password_hash"))
        .col(boolean("must_change_password"))
        .col(boolean("disabled"))
        .col(instant("created_at"))
        .col(uuid_null("created_by"))
        .col(instant("password_changed_at"))
        .col(integer("revision"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    table("session")
        .col(pk_uuid("id"))
        .col(uuid("account_id"))
        .col(text("kind"))
        .col(text("token_hash"))
        .col(text("csrf_token"))
        .col(text("ip"))
        .col(text("user_agent"))
        .col(instant("created_at"))
        .col(instant("last_seen_at"))
        .col(instant("expires_at"))
        .foreign_key(&mut references("session", "account_id", "account"))
        .to_owned()
}

fn audit() -> TableCreateStatement {
    table("audit")
        .col(uuid("id"))
        .col(instant("at"))
        .col(uuid_null("account_id"))
        .col(text("actor_name"))
        .col(text("ip"))
        .col(text("request_id"))
        .col(text("action"))
        .col(text("subject_kind"))
        .col(text("subject_id"))
        .col(text("subject_name"))
        .col(text_null("region_code"))
        .col(uuid_null("project_id"))
        .col(uuid_null("company_id"))
        .col(text_null("reason"))
        .col(json_binary_null("before"))
        .col(json_binary_null("after"))
        .primary_key(&mut key(&["id", "at"]))
        .to_owned()
}

fn idempotency() -> TableCreateStatement {
    table("idempotency")
        .col(uuid("account_id"))
        .col(text("key"))
        .col(text("fingerprint"))
        .col(integer("status"))
        .col(text("body"))
        .col(instant("created_at"))
        .primary_key(&mut key(&["account_id", "key"]))
        .to_owned()
}

fn stored_file() -> TableCreateStatement {
    table("stored_file")
        .col(pk_uuid("id"))
        .col(text("purpose"))
        .col(text("name"))
        .col(text("content_type"))
        .col(big_integer("size"))
        .col(text("sha256"))
        .col(text("storage_key"))
        .col(uuid_null("account_id"))
        .col(boolean("claimed"))
        .col(instant("created_at"))
        .foreign_key(&mut references("stored_file", "account_id", "account"))
        .to_owned()
}

fn policy() -> TableCreateStatement {
    table("policy")
        .col(text("region_code"))
        .col(text("key"))
        .col(json_binary("value"))
        .col(instant("updated_at"))
        .col(uuid_null("updated_by"))
        .col(integer("revision"))
        .primary_key(&mut key(&["region_code", "key"]))
        .to_owned()
}

fn job() -> TableCreateStatement {
    table("job")
        .col(pk_uuid("id"))
        .col(text("kind"))
        .col(json_binary("payload"))
        .col(text("state"))
        .col(integer("progress"))
        .col(text_null("message"))
        .col(integer("attempts"))
        .col(integer("max_attempts"))
        .col(instant("run_at"))
        .col(instant_null("leased_until"))
        .col(uuid_null("worker"))
        .col(text_null("last_error"))
        .col(json_binary_null("result"))
        .col(uuid_null("file_id"))
        .col(uuid_null("account_id"))
        .col(uuid_null("project_id"))
        .col(instant("created_at"))
        .col(instant_null("finished_at"))
        .foreign_key(&mut references("job", "file_id", "stored_file"))
        .foreign_key(&mut references("job", "account_id", "account"))
        .to_owned()
}

fn schedule() -> TableCreateStatement {
    table("schedule").col(text("name").primary_key()).col(instant("next_at")).to_owned()
}
