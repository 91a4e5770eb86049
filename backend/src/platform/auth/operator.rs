//! Accounts made at the command line, by whoever runs the platform: the first one of an installation, which nobody is
//! there to issue, and the way back in for somebody whom nobody else can help.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::json;

use super::accounts::{self, FirstPassword, IssuedAccount, NewAccount};
use crate::{
    entity::{
        Scope,
        account::{self, AccountKind},
        role_grant::Role,
    },
    platform::{
        App, audit,
        types::{Login, RegionCode},
        web::{Error, Result},
    },
};

/// Who did it, as the audit names them: somebody with a shell on the server has no account to be named by.
const ACTOR: &str = "平台运维（命令行）";

/// What an account made here is for.
#[derive(Clone, Debug)]
pub enum Authority {
    /// The whole platform.
    Admin,
    /// A region and all below it.
    Regulator(RegionCode),
}

/// Makes an account. Its first password is in the answer and nowhere else.
pub async fn create(app: &App, login: Login, name: String, authority: Authority) -> Result<IssuedAccount> {
    let mut entry = audit::Entry::new("account.create");
    let (kind, role, scope) = match authority {
        Authority::Admin => (AccountKind::Admin, Role::Admin, Scope::Nation),
        Authority::Regulator(region) => {
            entry = entry.region(region.as_str());
            (AccountKind::Regulator, Role::Regulator, Scope::Region(region.prefix().to_owned()))
        }
    };
    let login = login.into_string();
    let new = NewAccount { login, kind, role, scope, name, phone: None, email: None, created_by: None };
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let issued = accounts::issue(&tx, new, first).await?;
    note(&tx, entry, &issued).await?;
    tx.commit().await?;
    Ok(issued)
}

/// Gives an account a new first password, logs it out in every browser, and takes it back into use if it was not.
pub async fn reset(app: &App, login: &Login) -> Result<IssuedAccount> {
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let found = account::Entity::find().filter(account::Column::Login.eq(login.as_str())).one(&tx).await?;
    let mut account = found.ok_or_else(|| Error::field("login", "没有这个账号"))?;
    let mut entry = audit::Entry::new("account.reissue");
    if account.disabled {
        entry = entry.changed(&json!({ "disabled": true }), &json!({ "disabled": false }));
        let mut row = account.into_active_model();
        row.disabled = Set(false);
        account = row.update(&tx).await?;
    }
    let issued = accounts::reissue(&tx, account, first).await?;
    note(&tx, entry, &issued).await?;
    tx.commit().await?;
    Ok(issued)
}

async fn note(tx: &impl ConnectionTrait, entry: audit::Entry, issued: &IssuedAccount) -> Result<()> {
    entry.subject("account", issued.id, &issued.login).write_as(tx, None, ACTOR, "", "").await
}
