//! The accounts within one's scope: who has one, a new first password, in and out of use.

use actix_web::{get, post, web::Data};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    entity::{
        Reach, Scope,
        account::{self, AccountKind},
        company, role_grant, vendor,
    },
    platform::{
        App, audit,
        auth::{
            Within,
            accounts::{self, FirstPassword, IssuedAccount, NewAccount},
            roles::ManageAccounts,
        },
        phone,
        types::{Login, Mobile, PersonName, RegionCode, Text},
        web::{Created, Error, Json, Page, PageParams, Paging, Path, Query, Result},
    },
};

/// An account as those see it who manage it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedAccount {
    pub id: Uuid,
    pub login: String,
    pub kind: AccountKind,
    pub name: String,
    pub disabled: bool,
    pub must_change_password: bool,
    pub created_at: DateTime<Utc>,
    pub password_changed_at: DateTime<Utc>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountFilter {
    /// The beginning of the login or the name.
    pub q: Option<String>,
    pub kind: Option<AccountKind>,
    pub disabled: Option<bool>,
}

/// Another regulator for the caller's region or one below it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRegulator {
    pub login: Login,
    pub name: PersonName,
    pub phone: Option<Mobile>,
    pub region_code: RegionCode,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Disabling {
    pub disabled: bool,
    pub reason: Text<1, 200>,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(list).service(create).service(reissue).service(disable);
}

/// Accounts of one's region: its regulators, projects, companies and vendors.
#[utoipa::path(tag = "accounts", params(PageParams, AccountFilter), responses((status = 200, body = Page<ManagedAccount>)))]
#[get("/accounts")]
pub async fn list(
    scope: Within<ManageAccounts>,
    paging: Paging,
    Query(filter): Query<AccountFilter>,
    app: Data<App>,
) -> Result<Json<Page<ManagedAccount>>> {
    let AccountFilter { q, kind, disabled } = filter;
    let mut select = managed(&scope.reach);
    if let Some(q) = q {
        let either = Condition::any()
            .add(account::Column::Login.starts_with(q.to_lowercase()))
            .add(account::Column::Name.starts_with(q));
        select = select.filter(either);
    }
    if let Some(kind) = kind {
        select = select.filter(account::Column::Kind.eq(kind));
    }
    if let Some(disabled) = disabled {
        select = select.filter(account::Column::Disabled.eq(disabled));
    }
    let known = [("login", account::Column::Login), ("created_at", account::Column::CreatedAt)];
    let (column, descending) = paging.order(&known, (account::Column::CreatedAt, true))?;
    let select = select.order_by(column, if descending { sea_orm::Order::Desc } else { sea_orm::Order::Asc });
    Ok(Json(paging.fetch(select, app.db.reader()).await?.map(show)))
}

/// A new regulator's account; the first password is in this answer and nowhere else.
#[utoipa::path(tag = "accounts", request_body = NewRegulator, responses((status = 201, body = IssuedAccount)))]
#[post("/accounts")]
pub async fn create(
    scope: Within<ManageAccounts>,
    app: Data<App>,
    Json(body): Json<NewRegulator>,
) -> Result<Created<IssuedAccount>> {
    let NewRegulator { login, name, phone, region_code } = body;
    if !scope.reach.covers_region(region_code.as_str()) {
        return Err(Error::field("region_code", "只能为本辖区及下级辖区开设监管账号"));
    }
    let new = NewAccount {
        login: login.into_string(),
        kind: AccountKind::Regulator,
        role: role_grant::Role::Regulator,
        scope: Scope::Region(region_code.prefix().to_owned()),
        name: name.expose().to_owned(),
        phone: phone.map(|phone| phone.expose().to_owned()),
        email: None,
        created_by: Some(scope.actor.account.id),
    };
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let issued = accounts::issue(&tx, new, first).await?;
    let entry =
        audit::Entry::new("account.create").subject("account", issued.id, &issued.login).region(region_code.as_str());
    entry.write(&tx, &scope.actor).await?;
    tx.commit().await?;
    Ok(Created(issued))
}

/// A new first password for somebody who lost theirs.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path)), responses((status = 200, body = IssuedAccount)))]
#[post("/accounts/{id}/reissue")]
pub async fn reissue(scope: Within<ManageAccounts>, id: Path<Uuid>, app: Data<App>) -> Result<Json<IssuedAccount>> {
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let account = other(&scope, &tx, id.0).await?;
    if phone::is_personal(&tx, account.id).await? {
        return Err(Error::conflict("personal", "该账号随任职岗位自动开通，只能用微信扫码登录，没有密码"));
    }
    let entry = audit::Entry::new("account.reissue").subject("account", account.id, &account.login);
    let issued = accounts::reissue(&tx, account, first).await?;
    entry.write(&tx, &scope.actor).await?;
    tx.commit().await?;
    Ok(Json(issued))
}

/// Takes an account out of use or back into it; out of use means logged out everywhere.
#[utoipa::path(tag = "accounts", request_body = Disabling, params(("id" = Uuid, Path)), responses((status = 200, body = ManagedAccount)))]
#[post("/accounts/{id}/disable")]
pub async fn disable(
    scope: Within<ManageAccounts>,
    id: Path<Uuid>,
    app: Data<App>,
    Json(body): Json<Disabling>,
) -> Result<Json<ManagedAccount>> {
    let Disabling { disabled, reason } = body;
    let tx = app.db.begin().await?;
    let account = other(&scope, &tx, id.0).await?;
    let entry = audit::Entry::new(if disabled { "account.disable" } else { "account.enable" })
        .subject("account", account.id, &account.login)
        .reason(reason.as_str());
    let revision = account.revision;
    let mut row: account::ActiveModel = account.into();
    row.disabled = Set(disabled);
    row.revision = Set(revision + 1);
    let account = row.update(&tx).await?;
    if disabled {
        accounts::end_sessions(&tx, account.id).await?;
    }
    entry.write(&tx, &scope.actor).await?;
    tx.commit().await?;
    Ok(Json(show(account)))
}

/// An account within reach that is not the caller's own: nobody shuts themselves out.
async fn other(scope: &Within<ManageAccounts>, tx: &impl sea_orm::ConnectionTrait, id: Uuid) -> Result<account::Model> {
    if id == scope.actor.account.id {
        return Err(Error::conflict("own_account", "不能对自己的账号执行此操作"));
    }
    managed(&scope.reach).filter(account::Column::Id.eq(id)).one(tx).await?.ok_or(Error::NotFound)
}

/// Accounts with a grant within reach: of a region below, or of a project, company or vendor in it.
pub(super) fn managed(reach: &Reach) -> Select<account::Entity> {
    if reach.0.contains(&Scope::Nation) {
        return account::Entity::find();
    }
    let mut any = Condition::any().add(reach.on_project(role_grant::Column::ProjectId));
    for scope in &reach.0 {
        if let Scope::Region(prefix) = scope {
            any = any.add(role_grant::Column::in_region(prefix));
        }
    }
    let companies = company::Entity::find_in(reach).select_only().column(company::Column::Id).into_query();
    let vendors = vendor::Entity::find_in(reach).select_only().column(vendor::Column::Id).into_query();
    any = any.add(role_grant::Column::CompanyId.in_subquery(companies));
    any = any.add(role_grant::Column::VendorId.in_subquery(vendors));
    let ids = role_grant::Entity::find().select_only().column(role_grant::Column::AccountId).filter(any).into_query();
    account::Entity::find().filter(account::Column::Id.in_subquery(ids))
}

fn show(row: account::Model) -> ManagedAccount {
    let account::Model {
        id, login, kind, name, disabled, must_change_password, created_at, password_changed_at, ..
    } = row;
    ManagedAccount { id, login, kind, name, disabled, must_change_password, created_at, password_changed_at }
}
