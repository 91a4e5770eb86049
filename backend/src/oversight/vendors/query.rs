//! Reads of vendors.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use uuid::Uuid;

use super::dto::{Beside, Vendor, VendorFilter};
use crate::{
    entity::{
        Reach, account, project, role_grant,
        vendor::{self, Column},
    },
    platform::{
        database,
        web::{Error, Page, Paging, Result},
    },
};

pub async fn list(
    db: &impl ConnectionTrait,
    reach: &Reach,
    filter: &VendorFilter,
    paging: &Paging,
) -> Result<Page<Vendor>> {
    let VendorFilter { search, region_code } = filter;
    let known = [("name", Column::Name), ("code", Column::Code), ("created_at", Column::CreatedAt)];
    let (column, descending) = paging.order(&known, (Column::CreatedAt, true))?;
    let found = search.as_ref().map(|typed| {
        let codes = Column::Code.eq(typed.as_str()).or(Column::CreditCode.eq(typed.as_str().to_ascii_uppercase()));
        Condition::any().add(database::contains(Column::Name, typed.as_str())).add(codes)
    });
    let all = Condition::all()
        .add_option(found)
        .add_option(region_code.as_ref().map(|code| Column::in_region(code.prefix())));
    let select = vendor::Entity::find_in(reach)
        .filter(all)
        .order_by(column, if descending { Order::Desc } else { Order::Asc })
        .order_by_desc(Column::Id);
    let page = paging.fetch(select, db).await?;
    let items = shown(db, page.items).await?;
    Ok(paging.page_of(items, page.total))
}

/// A vendor within reach; any other is a 404.
pub async fn find(db: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<vendor::Model> {
    vendor::Entity::find_in(reach).filter(Column::Id.eq(id)).one(db).await?.ok_or(Error::NotFound)
}

pub async fn view(db: &impl ConnectionTrait, row: vendor::Model) -> Result<Vendor> {
    shown(db, vec![row]).await?.pop().ok_or(Error::NotFound)
}

async fn shown(db: &impl ConnectionTrait, rows: Vec<vendor::Model>) -> Result<Vec<Vendor>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (projects, mut logins) = (projects(db, &ids).await?, logins(db, &ids).await?);
    let shape = |row: vendor::Model| {
        let projects = projects.get(&row.id).copied().unwrap_or_default();
        let account_login = logins.remove(&row.id);
        Vendor::of(row, Beside { projects, account_login })
    };
    Ok(rows.into_iter().map(shape).collect())
}

/// How many projects each of these vendors serves.
async fn projects(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, u64>> {
    let counts: Vec<(Uuid, i64)> = project::Entity::find()
        .select_only()
        .column(project::Column::VendorId)
        .column_as(project::Column::Id.count(), "projects")
        .filter(project::Column::VendorId.is_in(ids.iter().copied()))
        .filter(project::Column::CancelledAt.is_null())
        .group_by(project::Column::VendorId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(id, projects)| (id, projects.unsigned_abs())).collect())
}

/// The first account that was issued for each of these vendors.
async fn logins(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let found: Vec<(Uuid, String)> = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::VendorId)
        .column(account::Column::Login)
        .join(JoinType::InnerJoin, role_grant::Relation::Account.def())
        .filter(role_grant::Column::VendorId.is_in(ids.iter().copied()))
        .order_by_desc(role_grant::Column::CreatedAt)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}
