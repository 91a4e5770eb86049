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
        web::Result,
    },
};

/// Makes the company's account, or gives the one it has a new first password. It logs in by its credit code.
pub async fn issue(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    company: &company::Model,
    first: FirstPassword,
) -> Result<IssuedAccount> {
    let (issued, action) = accounts::issue_or_reissue(tx, account_of(company, caller), first).await?;
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
