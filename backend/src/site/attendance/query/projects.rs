//! One day of every project within reach (JR7): what a regulator looks at before going into one.

use std::collections::HashMap;

use chrono::{NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    sea_query::{Expr, Func},
};
use uuid::Uuid;

use super::people::between;
use crate::{
    entity::{
        Reach,
        attendance_day::{self, Column},
        device, project, roster_entry,
    },
    platform::{
        App, database,
        web::{Page, Paging, Result},
    },
    site::{
        attendance::{
            dto::{Figures, ProjectDayRow, ProjectsSearch},
            rules,
        },
        devices::query::OnlineState,
    },
};

pub async fn projects(
    app: &App,
    reach: &Reach,
    search: &ProjectsSearch,
    paging: &Paging,
) -> Result<Page<ProjectDayRow>> {
    let ProjectsSearch { day, region_code, project } = search;
    rules::check_day("day", *day)?;
    let known = [("project_name", project::Column::Name), ("region_code", project::Column::RegionCode)];
    let (column, descending) = paging.order(&known, (project::Column::RegionCode, false))?;
    let order = if descending { sea_orm::Order::Desc } else { sea_orm::Order::Asc };
    let wanted = sea_orm::Condition::all()
        .add(project::Column::CancelledAt.is_null())
        .add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())))
        .add_option(project.as_ref().map(|typed| database::contains(project::Column::Name, typed.as_str())));
    let select = project::Entity::find_in(reach).filter(wanted).order_by(column, order);
    let page = paging.fetch(select.order_by_asc(project::Column::Id), app.db.reader()).await?;
    let ids: Vec<Uuid> = page.items.iter().map(|project| project.id).collect();
    let mut figures = figures(app, &ids, *day).await?;
    let mut devices = devices(app, &ids).await?;
    Ok(page.map(|project| {
        let rated = rules::counts_in_rates(&project);
        let (devices, devices_online) = devices.remove(&project.id).unwrap_or_default();
        ProjectDayRow {
            project_id: project.id,
            project_name: project.name,
            region_code: project.region_code,
            status: project.status,
            stopped: !rated,
            figures: figures.remove(&project.id).unwrap_or_default().rated(rated),
            devices,
            devices_online,
        }
    }))
}

async fn figures(app: &App, projects: &[Uuid], day: NaiveDate) -> Result<HashMap<Uuid, Figures>> {
    use roster_entry::Column as Entry;
    let heads: Vec<(Uuid, i64)> = roster_entry::Entity::find()
        .filter(Entry::ProjectId.is_in(projects.iter().copied()))
        .filter(between(day, day))
        .select_only()
        .column(Entry::ProjectId)
        .column_as(Entry::Id.count(), "heads")
        .group_by(Entry::ProjectId)
        .into_tuple()
        .all(app.db.reader())
        .await?;
    let attended: Vec<(Uuid, i64, i64)> = attendance_day::Entity::find()
        .filter(Column::ProjectId.is_in(projects.iter().copied()))
        .filter(Column::Day.eq(day))
        .filter(Column::Count.gt(0))
        .select_only()
        .column(Column::ProjectId)
        .column_as(Column::EntryId.count(), "attended")
        .expr_as(Column::Minutes.into_expr().sum(), "minutes")
        .group_by(Column::ProjectId)
        .into_tuple()
        .all(app.db.reader())
        .await?;
    let mut figures: HashMap<Uuid, Figures> = HashMap::new();
    for (project, heads) in heads {
        let of = figures.entry(project).or_default();
        (of.heads, of.roster_days) = (heads.unsigned_abs(), heads.unsigned_abs());
    }
    for (project, attended, minutes) in attended {
        let of = figures.entry(project).or_default();
        (of.attended, of.attended_days) = (attended.unsigned_abs(), attended.unsigned_abs());
        of.minutes = minutes.unsigned_abs();
    }
    Ok(figures)
}

/// How many devices each has, and how many of them are connected.
async fn devices(app: &App, projects: &[Uuid]) -> Result<HashMap<Uuid, (u64, u64)>> {
    let online = Expr::case(OnlineState::Online.condition(Utc::now()), 1);
    let rows: Vec<(Uuid, i64, i64)> = device::Entity::find()
        .filter(device::Column::ProjectId.is_in(projects.iter().copied()))
        .filter(device::Column::UnboundAt.is_null())
        .select_only()
        .join(JoinType::LeftJoin, device::Relation::DeviceState.def())
        .column(device::Column::ProjectId)
        .column_as(device::Column::Id.count(), "devices")
        .expr_as(Func::count(online), "online")
        .group_by(device::Column::ProjectId)
        .into_tuple()
        .all(app.db.reader())
        .await?;
    Ok(rows.into_iter().map(|(id, all, online)| (id, (all.unsigned_abs(), online.unsigned_abs()))).collect())
}
