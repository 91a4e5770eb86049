//! A company's account (【发账号】): its first password is shown once to whoever issues it.

use sea_orm::ConnectionTrait;

use crate::{
    entity::{Scope, account::AccountKind, company, role_grant::Role},
    platform::{
        audit,
        auth::{
            Caller,
            accounts::{self, FirstPassword, IssuedAccount, NewAccount},
        },
        web::{Error, Result},
    },
};

/// Makes the company's account, or gives the one it has a new first password. It logs in by its credit code.
pub async fn issue(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    company: &company::Model,
    first: FirstPassword,
) -> Result<IssuedAccount> {
    let holders = accounts::holders(tx, Role::Company, &Scope::Company(company.id)).await?;
    let oldest = holders.into_iter().min_by_key(|account| account.created_at);
    let (issued, action) = match oldest {
        Some(account) if account.disabled => {
            let message = format!("账号 {} 已停用，请先在账号管理中启用", account.login);
            return Err(Error::conflict("account_disabled", message));
        }
        Some(account) => (accounts::reissue(tx, account, first).await?, "account.reissue"),
        None => (accounts::issue(tx, account_of(company, caller), first).await?, "account.issue"),
    };
    audit::Entry::new(action)
        .subject("account", issued.id, &issued.login)
        .company(company.id)
        .region(&company.region_code)
        .write(tx, caller)
        .await?;
    Ok(issued)
}

fn account_of(company: &company::Model, caller: &Caller) -> NewAccount {
    NewAccount {
        login: company.credit_code.clone(),
        kind: AccountKind::Company,
        role: Role::Company,
        scope: Scope::Company(company.id),
        name: company.name.clone(),
        phone: company.contact_phone.clone(),
        email: company.email.clone(),
        created_by: Some(caller.account.id),
    }
}
