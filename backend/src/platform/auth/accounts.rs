//! Accounts: issued by somebody who may, with a first password that is shown once and must be changed.

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::password;
use crate::{
    entity::{
        Scope,
        account::{self, AccountKind},
        role_grant::{self, Role},
        session::{self, SessionKind},
    },
    platform::{
        phone,
        web::{Error, Result},
    },
};

/// An account as it is handed over: the password is shown here and never again.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedAccount {
    pub id: Uuid,
    pub login: String,
    pub first_password: String,
}

/// What an account is to be. Hashing takes a while, so the password is made before the transaction begins.
#[derive(Debug)]
pub struct NewAccount {
    pub login: String,
    pub kind: AccountKind,
    pub role: Role,
    pub scope: Scope,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub created_by: Option<Uuid>,
}

/// A first password and its hash.
#[derive(Clone)]
pub struct FirstPassword {
    plain: String,
    hash: String,
}

impl FirstPassword {
    pub async fn make() -> Result<Self> {
        let plain = password::first_password();
        Ok(Self { hash: password::hash(plain.clone()).await?, plain })
    }

    /// For the demo district, whose passwords stand in the README.
    pub async fn known(plain: &str) -> Result<Self> {
        Ok(Self { hash: password::hash(plain.to_owned()).await?, plain: plain.to_owned() })
    }
}

/// Makes an account with one role. A login that is taken becomes a message at `login`.
pub async fn issue(tx: &impl ConnectionTrait, new: NewAccount, first: FirstPassword) -> Result<IssuedAccount> {
    let NewAccount { login, kind, role, scope, name, phone, email, created_by } = new;
    let (id, now) = (Uuid::now_v7(), Utc::now());
    let account = account::ActiveModel {
        id: Set(id),
        login: Set(login.to_lowercase()),
        kind: Set(kind),
        name: Set(name),
        phone: Set(phone),
        email: Set(email),
        password_hash: Set(first.hash),
        must_change_password: Set(true),
        disabled: Set(false),
        created_at: Set(now),
        created_by: Set(created_by),
        password_changed_at: Set(now),
        revision: Set(1),
    };
    let account = account.insert(tx).await?;
    grant(tx, id, role, &scope).await?;
    Ok(IssuedAccount { id, login: account.login, first_password: first.plain })
}

/// 【发账号】: makes the one account that holds the role in its scope, or gives the one there is a new first password.
/// Tells which of the two it was, as the audit calls it.
pub async fn issue_or_reissue(
    tx: &impl ConnectionTrait,
    new: NewAccount,
    first: FirstPassword,
) -> Result<(IssuedAccount, &'static str)> {
    let holders = holders(tx, new.role, &new.scope).await?;
    match holders.into_iter().min_by_key(|account| account.created_at) {
        Some(account) if account.disabled => {
            let message = format!("账号 {} 已停用，请先在账号管理中启用", account.login);
            Err(Error::conflict("account_disabled", message))
        }
        Some(account) => Ok((reissue(tx, account, first).await?, "account.reissue")),
        None => Ok((issue(tx, new, first).await?, "account.issue")),
    }
}

/// Gives an account a role within a scope.
pub async fn grant(tx: &impl ConnectionTrait, account_id: Uuid, role: Role, scope: &Scope) -> Result<()> {
    let mut row = role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account_id),
        role: Set(role),
        scope_kind: Set(scope.kind()),
        created_at: Set(Utc::now()),
        ..Default::default()
    };
    match scope {
        Scope::Nation => {}
        Scope::Region(prefix) => row.region_code = Set(Some(format!("{prefix:0<6}"))),
        Scope::Company(id) => row.company_id = Set(Some(*id)),
        Scope::Project(id) => row.project_id = Set(Some(*id)),
        Scope::Vendor(id) => row.vendor_id = Set(Some(*id)),
    }
    row.insert(tx).await?;
    Ok(())
}

/// A new first password for an account that exists; everybody who is logged in with the old one is logged out.
pub async fn reissue(
    tx: &impl ConnectionTrait,
    account: account::Model,
    first: FirstPassword,
) -> Result<IssuedAccount> {
    let (id, login, revision) = (account.id, account.login.clone(), account.revision);
    let mut row: account::ActiveModel = account.into();
    row.password_hash = Set(first.hash);
    row.must_change_password = Set(true);
    row.password_changed_at = Set(Utc::now());
    row.revision = Set(revision + 1);
    row.update(tx).await?;
    end_browsers(tx, id, None).await?;
    // It may be somebody else's from now on.
    phone::forget_account(tx, id).await?;
    Ok(IssuedAccount { id, login, first_password: first.plain })
}

/// The accounts that hold a role in exactly this scope, for 【发账号】: is there one already?
pub async fn holders(db: &impl ConnectionTrait, role: Role, scope: &Scope) -> Result<Vec<account::Model>> {
    let mut grants = role_grant::Entity::find().filter(role_grant::Column::Role.eq(role));
    grants = match scope {
        Scope::Nation => grants.filter(role_grant::Column::ScopeKind.eq(scope.kind())),
        Scope::Region(prefix) => grants.filter(role_grant::Column::RegionCode.eq(format!("{prefix:0<6}"))),
        Scope::Company(id) => grants.filter(role_grant::Column::CompanyId.eq(*id)),
        Scope::Project(id) => grants.filter(role_grant::Column::ProjectId.eq(*id)),
        Scope::Vendor(id) => grants.filter(role_grant::Column::VendorId.eq(*id)),
    };
    let with_accounts = grants.find_also_related(account::Entity).all(db).await?;
    Ok(with_accounts.into_iter().filter_map(|(_, account)| account).collect())
}

/// Logs an account out in every browser, but for one. Its programs go on: a token is not made from the password, and
/// terminals that stopped without a word would be missed only at the next pay day. Tokens are revoked one by one.
pub async fn end_browsers(tx: &impl ConnectionTrait, account_id: Uuid, but: Option<Uuid>) -> Result<()> {
    let mut browsers = session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::Kind.eq(SessionKind::Browser));
    if let Some(kept) = but {
        browsers = browsers.filter(session::Column::Id.ne(kept));
    }
    browsers.exec(tx).await?;
    Ok(())
}

/// Logs an account out for good: every browser, and every program.
pub async fn end_sessions(tx: &impl ConnectionTrait, account_id: Uuid) -> Result<()> {
    session::Entity::delete_many().filter(session::Column::AccountId.eq(account_id)).exec(tx).await?;
    Ok(())
}
