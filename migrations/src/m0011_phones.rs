//! People's phones: who they are to WeChat, where they are logged in, what was sent to them; and the other ways to log in
//! without a password: a code on the screen, and a certificate.

use sea_orm_migration::prelude::*;

use crate::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX uq_phone_user_unionid ON phone_user (unionid) WHERE unionid IS NOT NULL",
    // An account is one person's, and so is its phone.
    "CREATE UNIQUE INDEX uq_phone_user_account ON phone_user (account_id) WHERE account_id IS NOT NULL",
    "CREATE INDEX ix_phone_user_person ON phone_user (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX uq_phone_identity_openid ON phone_identity (app, openid)",
    "CREATE INDEX ix_phone_identity_user ON phone_identity (phone_user_id)",
    "CREATE UNIQUE INDEX uq_phone_session_token ON phone_session (token_hash)",
    "CREATE INDEX ix_phone_session_user ON phone_session (phone_user_id)",
    "CREATE INDEX ix_phone_session_expires ON phone_session (expires_at)",
    // Nothing is sent twice.
    "CREATE UNIQUE INDEX uq_phone_message_key ON phone_message (dedupe_key)",
    "CREATE INDEX ix_phone_message_state ON phone_message (state, created_at)",
    "CREATE INDEX ix_phone_message_project ON phone_message (project_id, created_at)",
    "CREATE INDEX ix_phone_message_receipt ON phone_message (receipt) WHERE receipt IS NOT NULL",
    "CREATE UNIQUE INDEX uq_login_ticket_code ON login_ticket (code)",
    "CREATE INDEX ix_login_ticket_expires ON login_ticket (expires_at)",
    "CREATE UNIQUE INDEX uq_personal_account_person ON personal_account (person_id)",
    "CREATE UNIQUE INDEX uq_account_certificate_fingerprint ON account_certificate (fingerprint)",
    "CREATE INDEX ix_account_certificate_account ON account_certificate (account_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![phone_user(), phone_identity(), phone_session(), phone_message()]).await?;
        create(manager, vec![login_ticket(), personal_account(), account_certificate()]).await?;
        run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "account_certificate",
            "personal_account",
            "login_ticket",
            "phone_message",
            "phone_session",
            "phone_identity",
            "phone_user",
        ];
        drop(manager, &tables).await
    }
}

fn phone_user() -> TableCreateStatement {
    table("phone_user")
        .col(pk_uuid("id"))
        .col(text_null("unionid"))
        .col(uuid_null("account_id"))
        .col(uuid_null("person_id"))
        .col(text_null("phone"))
        .col(instant("created_at"))
        .foreign_key(&mut references("phone_user", "account_id", "account"))
        .foreign_key(&mut references("phone_user", "person_id", "person"))
        .to_owned()
}

fn phone_identity() -> TableCreateStatement {
    table("phone_identity")
        .col(pk_uuid("id"))
        .col(text("app"))
        .col(text("openid"))
        .col(uuid("phone_user_id"))
        .col(boolean("following"))
        .col(instant("created_at"))
        .foreign_key(&mut references("phone_identity", "phone_user_id", "phone_user"))
        .to_owned()
}

fn phone_session() -> TableCreateStatement {
    table("phone_session")
        .col(pk_uuid("id"))
        .col(text("token_hash"))
        .col(uuid("phone_user_id"))
        .col(uuid_null("identity_id"))
        .col(text("ip"))
        .col(text("user_agent"))
        .col(instant("created_at"))
        .col(instant("last_seen_at"))
        .col(instant("expires_at"))
        .foreign_key(&mut references("phone_session", "phone_user_id", "phone_user"))
        .foreign_key(&mut references("phone_session", "identity_id", "phone_identity"))
        .to_owned()
}

/// What somebody is told, whether or not there is a phone to tell it to.
fn phone_message() -> TableCreateStatement {
    table("phone_message")
        .col(pk_uuid("id"))
        .col(text("dedupe_key"))
        .col(text("kind"))
        .col(json_binary("notice"))
        .col(uuid_null("phone_user_id"))
        .col(uuid_null("person_id"))
        .col(uuid_null("project_id"))
        .col(text("state"))
        .col(text_null("way"))
        .col(text_null("receipt"))
        .col(text_null("failure"))
        .col(instant("created_at"))
        .col(instant_null("sent_at"))
        .foreign_key(&mut references("phone_message", "phone_user_id", "phone_user"))
        .foreign_key(&mut references("phone_message", "person_id", "person"))
        .foreign_key(&mut references("phone_message", "project_id", "project"))
        .to_owned()
}

/// A code on a console's screen: from being shown until the browser is logged in, within two minutes.
fn login_ticket() -> TableCreateStatement {
    table("login_ticket")
        .col(pk_uuid("id"))
        .col(text("code"))
        .col(text("secret_hash"))
        .col(text("way"))
        .col(text("state"))
        .col(text("ip"))
        .col(text("user_agent"))
        .col(uuid_null("phone_user_id"))
        .col(uuid_null("account_id"))
        .col(text_null("reason"))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .foreign_key(&mut references("login_ticket", "phone_user_id", "phone_user"))
        .foreign_key(&mut references("login_ticket", "account_id", "account"))
        .to_owned()
}

/// An account that somebody has because of their post, without a password.
fn personal_account() -> TableCreateStatement {
    table("personal_account")
        .col(pk_uuid("account_id"))
        .col(uuid("person_id"))
        .col(instant("created_at"))
        .foreign_key(&mut references("personal_account", "account_id", "account"))
        .foreign_key(&mut references("personal_account", "person_id", "person"))
        .to_owned()
}

fn account_certificate() -> TableCreateStatement {
    table("account_certificate")
        .col(pk_uuid("id"))
        .col(uuid("account_id"))
        .col(text("fingerprint"))
        .col(text("subject"))
        .col(text("issuer"))
        .col(text("serial"))
        .col(instant("not_before"))
        .col(instant("not_after"))
        .col(instant("created_at"))
        .col(uuid_null("created_by"))
        .foreign_key(&mut references("account_certificate", "account_id", "account"))
        .foreign_key(&mut references("account_certificate", "created_by", "account"))
        .to_owned()
}
