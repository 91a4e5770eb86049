//! Reads: the registry's list, and one project with what stands beside it.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};
use uuid::Uuid;

use super::{
    qualified,
    view::{Beside, ProjectFilter, ProjectRow, ProjectView, region_path},
};
use crate::{
    entity::{Reach, account, project, role_grant, roster_entry, vendor},
    platform::{
        types::Text,
        web::{Page, Paging, Result},
    },
};

const SORTS: &[(&str, project::Column)] = &[
    ("created_at", project::Column::CreatedAt),
    ("name", project::Column::Name),
    ("number", project::Column::Number),
    ("code", project::Column::Code),
    ("region_code", project::Column::RegionCode),
    ("status", project::Column::Status),
];

/// `running` is where the caller runs projects or watches over them: who only works on one does not learn its login.
pub async fn list(
    db: &impl ConnectionTrait,
    reach: &Reach,
    running: &Reach,
    filter: &ProjectFilter,
    paging: &Paging,
) -> Result<Page<ProjectRow>> {
    let (column, descending) = paging.order(SORTS, (project::Column::CreatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = filtered(reach, filter).order_by(column, order).order_by_desc(project::Column::Id);
    let page = paging.fetch(select, db).await?;
    let items = rows(db, running, page.items).await?;
    Ok(paging.page_of(items, page.total))
}

/// The projects of a reach that a filter lets through.
pub fn filtered(reach: &Reach, filter: &ProjectFilter) -> Select<project::Entity> {
    let ProjectFilter {
        search,
        code,
        region_code,
        category,
        status,
        qualified,
        vendor_id,
        created_from,
        created_to,
        cancelled,
    } = filter;
    let mut all = Condition::all().add(match cancelled {
        Some(true) => project::Column::CancelledAt.is_not_null(),
        _ => project::Column::CancelledAt.is_null(),
    });
    if let Some(text) = search {
        all = all.add(Condition::any().add(contains(project::Column::Name, text)).add(code_begins(text)));
    }
    all = all.add_option(code.as_ref().map(code_begins));
    all = all.add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())));
    all = all.add_option(category.map(|category| project::Column::Category.eq(category.code())));
    all = all.add_option(status.map(|status| project::Column::Status.eq(status.code())));
    all = all
        .add_option(qualified.map(|wanted| if wanted { qualified::condition() } else { qualified::condition().not() }));
    all = all.add_option(vendor_id.map(|vendor| project::Column::VendorId.eq(vendor)));
    all = all.add_option(created_from.map(|day| project::Column::CreatedAt.gte(day.start())));
    all = all.add_option(created_to.map(|day| project::Column::CreatedAt.lt(day.end())));
    project::Entity::find_in(reach).filter(all)
}

fn code_begins<const MIN: usize, const MAX: usize>(text: &Text<MIN, MAX>) -> Expr {
    like(project::Column::Code, format!("{}%", escaped(text.as_str())))
}

/// The column contains the text, in capitals or not; the text's own wildcards are taken literally.
pub fn contains<const MIN: usize, const MAX: usize>(column: impl ColumnTrait, text: &Text<MIN, MAX>) -> Expr {
    like(column, format!("%{}%", escaped(text.as_str())))
}

/// SQLite's `LIKE` knows no case and PostgreSQL's does; in lower case both find the same.
fn like(column: impl ColumnTrait, pattern: String) -> Expr {
    Expr::expr(Func::lower(Expr::col(column.as_column_ref())))
        .like(LikeExpr::new(pattern.to_ascii_lowercase()).escape('\\'))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Models become lines, with everything that stands in other tables fetched for all of them at once.
async fn rows(db: &impl ConnectionTrait, running: &Reach, projects: Vec<project::Model>) -> Result<Vec<ProjectRow>> {
    let ids: Vec<Uuid> = projects.iter().map(|project| project.id).collect();
    let vendors = vendor_names(db, projects.iter().filter_map(|project| project.vendor_id).collect()).await?;
    let qualified = qualified::among(db, &ids).await?;
    let people = people_on_site(db, &ids).await?;
    let mut logins = logins(db, running, &ids).await?;
    let row = |project: project::Model| ProjectRow {
        id: project.id,
        number: project.number,
        region_path: region_path(&project.region_code),
        vendor_name: project.vendor_id.and_then(|id| vendors.get(&id).cloned()),
        qualified: qualified.contains(&project.id),
        people: people.get(&project.id).copied().unwrap_or_default(),
        account_login: logins.remove(&project.id),
        name: project.name,
        code: project.code,
        region_code: project.region_code,
        category: project.category,
        status: project.status,
        contact_name: project.contact_name,
        contact_phone: project.contact_phone,
        longitude: project.longitude,
        latitude: project.latitude,
        venue_code: project.venue_code,
        cancelled_at: project.cancelled_at,
        created_at: project.created_at,
        revision: project.revision,
    };
    Ok(projects.into_iter().map(row).collect())
}

/// `running` as in [`list`].
pub async fn view(db: &impl ConnectionTrait, running: &Reach, project: &project::Model) -> Result<ProjectView> {
    let ids = [project.id];
    let vendor = vendor_names(db, project.vendor_id.into_iter().collect()).await?.into_values().next();
    let beside = Beside {
        vendor_name: vendor,
        account_login: logins(db, running, &ids).await?.remove(&project.id),
        qualified: qualified::among(db, &ids).await?.contains(&project.id),
    };
    Ok(ProjectView::of(project, beside))
}

async fn vendor_names(db: &impl ConnectionTrait, ids: HashSet<Uuid>) -> Result<HashMap<Uuid, String>> {
    let select = vendor::Entity::find()
        .select_only()
        .columns([vendor::Column::Id, vendor::Column::Name])
        .filter(vendor::Column::Id.is_in(ids));
    Ok(select.into_tuple::<(Uuid, String)>().all(db).await?.into_iter().collect())
}

async fn people_on_site(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, u64>> {
    let select = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::ProjectId)
        .column_as(roster_entry::Column::Id.count(), "people")
        .filter(roster_entry::Column::ProjectId.is_in(ids.iter().copied()))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .group_by(roster_entry::Column::ProjectId);
    let counts = select.into_tuple::<(Uuid, i64)>().all(db).await?;
    Ok(counts.into_iter().map(|(id, people)| (id, u64::try_from(people).unwrap_or_default())).collect())
}

#[derive(FromQueryResult)]
struct Login {
    project_id: Uuid,
    login: String,
}

/// The first account that was issued for each project that the caller runs.
async fn logins(db: &impl ConnectionTrait, running: &Reach, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let select = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::ProjectId)
        .column(account::Column::Login)
        .join(JoinType::InnerJoin, role_grant::Relation::Account.def())
        .filter(role_grant::Column::Role.eq(role_grant::Role::Project))
        .filter(role_grant::Column::ProjectId.is_in(ids.iter().copied()))
        .filter(running.on_project(role_grant::Column::ProjectId))
        .order_by_desc(role_grant::Column::CreatedAt);
    let found = select.into_model::<Login>().all(db).await?;
    Ok(found.into_iter().map(|Login { project_id, login }| (project_id, login)).collect())
}
