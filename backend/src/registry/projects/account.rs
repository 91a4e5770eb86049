//! The project's account (【发账号】): one per project, its first password shown once to whoever issues it.

use sea_orm::DatabaseTransaction;

use super::service::refuse_cancelled;
use crate::{
    entity::{Scope, account::AccountKind, project, role_grant::Role},
    platform::{
        audit,
        auth::{
            Caller,
            accounts::{self, FirstPassword, IssuedAccount, NewAccount},
        },
        web::Result,
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
    let (issued, action) = accounts::issue_or_reissue(tx, account_of(project, caller), first).await?;
    audit::Entry::new(action).subject("account", issued.id, &issued.login).project(project).write(tx, caller).await?;
    Ok(issued)
}

fn account_of(project: &project::Model, caller: &Caller) -> NewAccount {
    NewAccount {
        login: format!("p{}", project.number),
        kind: AccountKind::Project,
        role: Role::Project,
        scope: Scope::Project(project.id),
        name: project.name.clone(),
        phone: project.contact_phone.clone(),
        email: None,
        created_by: Some(caller.account.id),
    }
}
