//! Devices with how they are doing: pages of them, one, those of a project.

use chrono::Utc;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, Iterable, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Select,
};
use uuid::Uuid;

use super::Whitelist;
use crate::{
    entity::{Reach, device, device::Column, device_state, project, vendor},
    platform::{
        App, database,
        web::{Error, Page, Paging, Result},
    },
    site::devices::{
        dto::{DeviceFilter, DeviceRow, DeviceView, EarlierDevice, RawDevice},
        rules::ListSize,
    },
};

/// The devices of every project within reach.
pub async fn page(app: &App, reach: &Reach, filter: &DeviceFilter, paging: &Paging) -> Result<Page<DeviceRow>> {
    let (page, now) = (fetch(app.db.reader(), reach, filter, paging).await?, Utc::now());
    Ok(page.map(|raw| DeviceRow::of(raw, None, now)))
}

/// The devices of one project, with their lists against whom they should know today.
pub async fn page_of(
    app: &App,
    project: &project::Model,
    reach: &Reach,
    filter: &DeviceFilter,
    paging: &Paging,
) -> Result<Page<DeviceRow>> {
    let (page, now) = (fetch(app.db.reader(), reach, filter, paging).await?, Utc::now());
    let expected = expected(app, project, &page.items).await?;
    Ok(page.map(|raw| {
        let expected = expected.filter(|_| raw.device.unbound_at.is_none());
        DeviceRow::of(raw, expected, now)
    }))
}

/// A device of a project and what hung there before it.
pub async fn view(app: &App, project: &project::Model, reach: &Reach, id: Uuid) -> Result<DeviceView> {
    let db = app.db.reader();
    let raw = one(db, reach, id).await?;
    // A site has a handful of devices in its life, so the chain is followed here.
    let all = device::Entity::find_in(reach).filter(Column::ProjectId.eq(project.id)).all(db).await?;
    let earlier_of = |device: &device::Model| {
        let replaced = device.replaces_id?;
        all.iter().find(|other| other.id == replaced)
    };
    let chain = std::iter::successors(earlier_of(&raw.device), |device| earlier_of(device));
    let earlier = chain.take(all.len()).map(EarlierDevice::of).collect();
    let replaced_by = all.iter().find(|other| other.replaces_id == Some(id)).map(|other| other.id);
    let expected =
        if raw.device.unbound_at.is_none() { expected(app, project, std::slice::from_ref(&raw)).await? } else { None };
    Ok(DeviceView { row: DeviceRow::of(raw, expected, Utc::now()), earlier, replaced_by })
}

pub(super) async fn one(db: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<RawDevice> {
    let select = rows(reach).filter(Column::Id.eq(id));
    select.into_model().one(db).await?.ok_or(Error::NotFound)
}

/// The devices of a project that are bound and know people, in the order in which they were registered.
pub async fn that_list_people(db: &impl ConnectionTrait, reach: &Reach) -> Result<Vec<RawDevice>> {
    let select = rows(reach)
        .filter(Column::UnboundAt.is_null())
        .filter(Column::Kind.ne(device::DeviceKind::Collection))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    Ok(select.into_model().all(db).await?)
}

/// A device of a reach, locked until the transaction ends.
pub async fn locked(tx: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<device::Model> {
    let select = device::Entity::find_in(reach).filter(Column::Id.eq(id));
    select.lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

/// How large the lists should be; not asked for as long as no device has one.
async fn expected(app: &App, project: &project::Model, devices: &[RawDevice]) -> Result<Option<ListSize>> {
    let has_list = |raw: &RawDevice| raw.state.as_ref().is_some_and(|state| state.list_count.is_some());
    if !devices.iter().any(has_list) {
        return Ok(None);
    }
    Ok(Some(Whitelist::of(app, project).await?.size()))
}

async fn fetch(
    db: &impl ConnectionTrait,
    reach: &Reach,
    filter: &DeviceFilter,
    paging: &Paging,
) -> Result<Page<RawDevice>> {
    let known = [
        ("created_at", Column::CreatedAt),
        ("serial", Column::Serial),
        ("place", Column::Place),
        ("kind", Column::Kind),
        ("unbound_at", Column::UnboundAt),
    ];
    let (column, descending) = paging.order(&known, (Column::CreatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = rows(reach).filter(condition(filter)).order_by(column, order).order_by_desc(Column::Id);
    paging.fetch_as(select, db).await
}

fn condition(filter: &DeviceFilter) -> Condition {
    let DeviceFilter { kind, vendor, serial, state, bound, project, project_id, region_code } = filter;
    let is_bound = if bound.unwrap_or(true) { Column::UnboundAt.is_null() } else { Column::UnboundAt.is_not_null() };
    Condition::all()
        .add(is_bound)
        .add_option(kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(vendor.as_ref().map(|typed| {
            let by_name = database::contains(vendor::Column::Name, typed.as_str());
            Condition::any().add(vendor::Column::Code.eq(typed.as_str())).add(by_name)
        }))
        .add_option(serial.as_ref().map(|typed| database::contains(Column::Serial, typed.as_str())))
        .add_option(state.map(|state| state.condition(Utc::now())))
        .add_option(project.as_ref().map(|typed| database::contains(project::Column::Name, typed.as_str())))
        .add_option(project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())))
}

fn rows(reach: &Reach) -> Select<device::Entity> {
    device::Entity::find_in(reach)
        .join(JoinType::InnerJoin, device::Relation::Vendor.def())
        .join(JoinType::InnerJoin, device::Relation::Project.def())
        .join(JoinType::LeftJoin, device::Relation::DeviceState.def())
        .columns(device_state::Column::iter())
        .column_as(vendor::Column::Code, "vendor_code")
        .column_as(vendor::Column::Name, "vendor_name")
        .column_as(project::Column::Name, "project_name")
}
