//! A vendor's account (【发账号】): it logs in by its code.

use sea_orm::ConnectionTrait;

use crate::{
    entity::{Scope, account::AccountKind, role_grant::Role, vendor},
    platform::{
        audit,
        auth::{
            Caller,
            accounts::{self, FirstPassword, IssuedAccount, NewAccount},
        },
        web::Result,
    },
};

pub async fn issue(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    vendor: &vendor::Model,
    first: FirstPassword,
) -> Result<IssuedAccount> {
    let new = NewAccount {
        login: vendor.code.clone(),
        kind: AccountKind::Vendor,
        role: Role::Vendor,
        scope: Scope::Vendor(vendor.id),
        name: vendor.name.clone(),
        phone: vendor.contact_phone.clone(),
        email: None,
        created_by: Some(caller.account.id),
    };
    let (issued, action) = accounts::issue_or_reissue(tx, new, first).await?;
    audit::Entry::new(action)
        .subject("account", issued.id, &issued.login)
        .region(&vendor.region_code)
        .write(tx, caller)
        .await?;
    Ok(issued)
}
