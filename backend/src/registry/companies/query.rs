//! Reads of the registry of companies.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Select,
};
use uuid::Uuid;

use super::dto::{Company, CompanyAccount, CompanyFilter, Participation};
use crate::{
    entity::{Reach, account, company, project, role_grant, unit},
    platform::{
        database,
        types::CreditCode,
        web::{Error, Page, Paging, Result},
    },
};

/// The companies a filter finds. The registry is one for the whole platform and open to everybody who holds
/// `ViewCompanies` anywhere, so this read starts from no reach.
pub fn matching(filter: &CompanyFilter) -> Select<company::Entity> {
    let CompanyFilter { keyword, name, credit_code, region_code, upload_state } = filter;
    let begins = |typed: &str| company::Column::CreditCode.starts_with(code_part(typed));
    let mut select = company::Entity::find();
    if let Some(keyword) = keyword {
        let found = database::contains(company::Column::Name, keyword.as_str());
        select = select.filter(sea_orm::Condition::any().add(found).add(begins(keyword.as_str())));
    }
    if let Some(name) = name {
        select = select.filter(database::contains(company::Column::Name, name.as_str()));
    }
    if let Some(code) = credit_code {
        select = select.filter(begins(code.as_str()));
    }
    if let Some(region) = region_code {
        select = select.filter(company::Column::in_region(region.prefix()));
    }
    if let Some(state) = upload_state {
        select = select.filter(company::Column::UploadState.eq(*state));
    }
    select
}

/// A credit code as far as somebody has typed it. What cannot stand in one finds nothing, and means nothing to LIKE.
fn code_part(typed: &str) -> String {
    let plain = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    plain.map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '#' }).collect()
}

pub async fn page(db: &impl ConnectionTrait, filter: &CompanyFilter, paging: &Paging) -> Result<Page<company::Model>> {
    use company::Column::{CreatedAt, CreditCode, EstablishedOn, Id, Name, RegionCode};
    let known = [
        ("name", Name),
        ("credit_code", CreditCode),
        ("region_code", RegionCode),
        ("established_on", EstablishedOn),
        ("created_at", CreatedAt),
    ];
    let (column, descending) = paging.order(&known, (CreatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    paging.fetch(matching(filter).order_by(column, order).order_by_desc(Id), db).await
}

/// Any company, to be looked at.
pub async fn get(db: &impl ConnectionTrait, id: Uuid) -> Result<company::Model> {
    company::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// A company the caller may change; one that is only readable is a 403.
pub async fn get_editable(db: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<company::Model> {
    match company::Entity::find_in(reach).filter(company::Column::Id.eq(id)).one(db).await? {
        Some(company) => Ok(company),
        None => {
            get(db, id).await?;
            Err(Error::forbidden("您的账号不能管理该企业：它不在您的辖区，也不是您项目的在场参建单位"))
        }
    }
}

pub async fn by_credit_code(db: &impl ConnectionTrait, code: &CreditCode) -> Result<Option<company::Model>> {
    Ok(company::Entity::find().filter(company::Column::CreditCode.eq(code.as_str())).one(db).await?)
}

/// Which of these companies the caller may change.
pub async fn editable(db: &impl ConnectionTrait, reach: &Reach, ids: Vec<Uuid>) -> Result<HashSet<Uuid>> {
    let select = company::Entity::find_in(reach).filter(company::Column::Id.is_in(ids));
    let ids = select.select_only().column(company::Column::Id).into_tuple::<Uuid>().all(db).await?;
    Ok(ids.into_iter().collect())
}

/// Companies as somebody sees who may change those of a reach.
pub async fn shown(db: &impl ConnectionTrait, edit: &Reach, rows: Vec<company::Model>) -> Result<Vec<Company>> {
    let editable = editable(db, edit, rows.iter().map(|row| row.id).collect()).await?;
    let shape = |row: company::Model| {
        let may_edit = editable.contains(&row.id);
        Company::of(row, may_edit)
    };
    Ok(rows.into_iter().map(shape).collect())
}

#[derive(FromQueryResult)]
struct PartRow {
    #[sea_orm(nested)]
    unit: unit::Model,
    project_name: String,
}

/// Where a company takes part, of the projects within reach; those it is on first.
pub async fn participations(db: &impl ConnectionTrait, reach: &Reach, company_id: Uuid) -> Result<Vec<Participation>> {
    let rows = unit::Entity::find_in(reach)
        .filter(unit::Column::CompanyId.eq(company_id))
        .join(JoinType::InnerJoin, unit::Relation::Project.def())
        .column_as(project::Column::Name, "project_name")
        .order_by_desc(unit::Column::ExitedOn.is_null())
        .order_by_desc(unit::Column::EnteredOn)
        .into_model::<PartRow>()
        .all(db)
        .await?;
    let shape = |PartRow { unit, project_name }| Participation {
        unit_id: unit.id,
        project_id: unit.project_id,
        project_name,
        kind_name: Participation::kind_name(&unit.kind),
        kind: unit.kind,
        entered_on: unit.entered_on,
        exited_on: unit.exited_on,
    };
    Ok(rows.into_iter().map(shape).collect())
}

/// The accounts that were issued to a company.
pub async fn accounts(db: &impl ConnectionTrait, company_id: Uuid) -> Result<Vec<CompanyAccount>> {
    let rows = account::Entity::find()
        .join_rev(JoinType::InnerJoin, role_grant::Relation::Account.def())
        .filter(role_grant::Column::CompanyId.eq(company_id))
        .order_by_asc(account::Column::CreatedAt)
        .all(db)
        .await?;
    let shape = |row: account::Model| CompanyAccount {
        login: row.login,
        name: row.name,
        disabled: row.disabled,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(shape).collect())
}
