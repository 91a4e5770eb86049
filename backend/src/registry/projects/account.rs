//! The project's account (【发账号】): one per project, its first password shown once to whoever issues it.

use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::service::refuse_cancelled;
use crate::{
    entity::{Scope, account::AccountKind, project, role_grant::Role},
    platform::{
        audit,
        auth::{
            Caller,
            accounts::{self, FirstPassword, IssuedAccount, NewAccount},
        },
        web::{Error, Result},
    },
};

/// Makes the project's account, or gives the one it has a new first password.
pub async fn issue(
    tx: &DatabaseTransaction,
    project: &project::Model,
    first: FirstPassword,
    caller: &Caller,
) -> Result<IssuedAccount> {
    refuse_cancelled(project)?;
    let holders = accounts::holders(tx, Role::Project, &Scope::Project(project.id)).await?;
    let oldest = holders.into_iter().min_by_key(|account| account.created_at);
    let (issued, action) = match oldest {
        Some(account) if account.disabled => {
            return Err(Error::conflict(
                "account_disabled",
                format!("账号 {} 已停用，请先在账号管理中启用", account.login),
            ));
        }
        Some(account) => (accounts::reissue(tx, account, first).await?, "account.reissue"),
        None => (create(tx, project, first, caller.account.id).await?, "account.issue"),
    };
    audit::Entry::new(action).subject("account", issued.id, &issued.login).project(project).write(tx, caller).await?;
    Ok(issued)
}

/// The account of a project that has none yet.
async fn create(
    tx: &impl ConnectionTrait,
    project: &project::Model,
    first: FirstPassword,
    created_by: Uuid,
) -> Result<IssuedAccount> {
    let new = NewAccount {
        login: format!("p{}", project.number),
        kind: AccountKind::Project,
        role: Role::Project,
        scope: Scope::Project(project.id),
        name: project.name.clone(),
        phone: project.contact_phone.clone(),
        email: None,
        created_by: Some(created_by),
    };
    accounts::issue(tx, new, first).await
}
