use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};

use super::dto::{AlertFilter, AlertRow, RawAlert};
use crate::{
    entity::{
        Reach,
        alert::{self, Column},
        project,
    },
    platform::{
        database,
        web::{Page, Paging, Result},
    },
};

/// Alerts within reach, the last first.
pub async fn page(
    db: &impl ConnectionTrait,
    reach: &Reach,
    filter: &AlertFilter,
    paging: &Paging,
) -> Result<Page<AlertRow>> {
    let known = [("opened_at", Column::OpenedAt), ("closed_at", Column::ClosedAt), ("kind", Column::Kind)];
    let (column, descending) = paging.order(&known, (Column::OpenedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = alert::Entity::find_in(reach)
        .join(JoinType::InnerJoin, alert::Relation::Project.def())
        .column_as(project::Column::Name, "project_name")
        .filter(condition(filter))
        .order_by(column, order)
        .order_by_desc(Column::Id);
    let page: Page<RawAlert> = paging.fetch_as(select, db).await?;
    Ok(page.map(AlertRow::from))
}

fn condition(filter: &AlertFilter) -> Condition {
    let AlertFilter { kind, open, project, project_id, region_code } = filter;
    Condition::all()
        .add_option(kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(open.map(|open| if open { Column::ClosedAt.is_null() } else { Column::ClosedAt.is_not_null() }))
        .add_option(project.as_ref().map(|typed| database::contains(project::Column::Name, typed.as_str())))
        .add_option(project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())))
}

/// How many are open within reach, for the workbench.
pub async fn open_count(db: &impl ConnectionTrait, reach: &Reach) -> Result<u64> {
    Ok(alert::Entity::find_in(reach).filter(Column::ClosedAt.is_null()).count(db).await?)
}
