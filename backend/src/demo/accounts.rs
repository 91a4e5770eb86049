//! Who can log in to the demo. The password is in the README; outside demo mode none of this exists.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::now;
use crate::{
    entity::{
        Scope,
        account::{self, AccountKind},
        company, project,
        role_grant::Role,
        session::{self, SessionKind},
        vendor,
    },
    platform::{
        auth::{
            Caller, Grant,
            accounts::{FirstPassword, NewAccount, issue},
        },
        web::{Client, Error, Result},
    },
};

pub const DEMO_PASSWORD: &str = "Ming-ce-2026";

/// An account of the demo, as `make run` prints it.
#[derive(Debug)]
pub struct DemoAccount {
    pub login: &'static str,
    pub name: &'static str,
    kind: AccountKind,
}

const fn of(login: &'static str, name: &'static str, kind: AccountKind) -> DemoAccount {
    DemoAccount { login, name, kind }
}

pub const DEMO_ACCOUNTS: &[DemoAccount] = &[
    of("jiangmen", "江门市住建局（市级监管）", AccountKind::Regulator),
    of("pengjiang", "蓬江区住建局（区级监管）", AccountKind::Regulator),
    of("jianghai", "江海区住建局（区级监管）", AccountKind::Regulator),
    of("binjiang", "滨江花园项目部", AccountKind::Project),
    of("xuexiao", "江海实验学校项目部", AccountKind::Project),
    of("dashujv", "大数据产业园项目部", AccountKind::Project),
    of("qiye", "江门市恒筑建设有限公司", AccountKind::Company),
    of("shebei", "名册演示设备有限公司（设备商）", AccountKind::Vendor),
    of("admin", "平台管理员", AccountKind::Admin),
];

/// Hashing takes a while and belongs before the transaction.
pub async fn passwords() -> Result<Vec<FirstPassword>> {
    let mut made = Vec::with_capacity(DEMO_ACCOUNTS.len());
    for _ in DEMO_ACCOUNTS {
        made.push(FirstPassword::known(DEMO_PASSWORD).await?);
    }
    Ok(made)
}

/// The first account, as the caller in whose name the district is made.
pub async fn city_regulator(tx: &impl ConnectionTrait, passwords: &[FirstPassword]) -> Result<Caller> {
    let scope = Scope::Region("4407".to_owned());
    let id = make(tx, 0, passwords, Role::Regulator, scope.clone()).await?;
    let account = account::Entity::find_by_id(id).one(tx).await?.ok_or(Error::NotFound)?;
    let session = session::Model {
        id: Uuid::nil(),
        account_id: id,
        kind: SessionKind::Api,
        token_hash: String::new(),
        csrf_token: String::new(),
        ip: String::new(),
        user_agent: "demo".to_owned(),
        created_at: now(),
        last_seen_at: now(),
        expires_at: now(),
    };
    let client = Client { ip: [127, 0, 0, 1].into(), user_agent: "demo".to_owned() };
    let grants = vec![Grant { role: Role::Regulator, scope }];
    Ok(Caller { account, session, grants, client, request_id: "demo".to_owned() })
}

pub async fn others(
    tx: &impl ConnectionTrait,
    passwords: &[FirstPassword],
    companies: &[company::Model],
    vendor: &vendor::Model,
    projects: &[project::Model],
) -> Result<()> {
    let (Some(company), [first, second, third]) = (companies.first(), projects) else {
        return Err(Error::internal("the demo's own data"));
    };
    let scopes = [
        (Role::Regulator, Scope::Region("440703".to_owned())),
        (Role::Regulator, Scope::Region("440704".to_owned())),
        (Role::Project, Scope::Project(first.id)),
        (Role::Project, Scope::Project(second.id)),
        (Role::Project, Scope::Project(third.id)),
        (Role::Company, Scope::Company(company.id)),
        (Role::Vendor, Scope::Vendor(vendor.id)),
        (Role::Admin, Scope::Nation),
    ];
    for (index, (role, scope)) in scopes.into_iter().enumerate() {
        make(tx, index + 1, passwords, role, scope).await?;
    }
    // A demo is for looking around at once.
    let ready = account::ActiveModel { must_change_password: Set(false), ..Default::default() };
    let logins = DEMO_ACCOUNTS.iter().map(|account| account.login);
    account::Entity::update_many().set(ready).filter(account::Column::Login.is_in(logins)).exec(tx).await?;
    Ok(())
}

async fn make(
    tx: &impl ConnectionTrait,
    index: usize,
    passwords: &[FirstPassword],
    role: Role,
    scope: Scope,
) -> Result<Uuid> {
    let (Some(demo), Some(password)) = (DEMO_ACCOUNTS.get(index), passwords.get(index)) else {
        return Err(Error::internal("the demo's own data"));
    };
    let new = NewAccount {
        login: demo.login.to_owned(),
        kind: demo.kind,
        role,
        scope,
        name: demo.name.to_owned(),
        phone: None,
        email: None,
        created_by: None,
    };
    Ok(issue(tx, new, password.clone()).await?.id)
}
