use actix_web::{get, web::Data};
use uuid::Uuid;

use crate::{
    platform::{
        App,
        auth::{Permission, ProjectScope, Within, roles::ViewDevices},
        web::{Json, Page, PageParams, Paging, Path, Query, Result},
    },
    site::devices::{
        dto::{DeviceFilter, DevicePerson, DevicePersonFilter, DeviceRow, DeviceView},
        query,
    },
};

/// The devices of every project within reach; a vendor's also on projects that others serve.
#[utoipa::path(tag = "devices", params(DeviceFilter, PageParams), responses((status = 200, body = Page<DeviceRow>)))]
#[get("/devices")]
pub async fn list_all(
    scope: Within<ViewDevices>,
    paging: Paging,
    filter: Query<DeviceFilter>,
    app: Data<App>,
) -> Result<Json<Page<DeviceRow>>> {
    query::page(&app, &scope.reach, &filter.0, &paging).await.map(Json)
}

/// A project's devices.
#[utoipa::path(tag = "devices", params(DeviceFilter, PageParams, ("project_id" = Uuid, Path)), responses((status = 200, body = Page<DeviceRow>)))]
#[get("/projects/{project_id}/devices")]
pub async fn list(
    scope: ProjectScope<ViewDevices>,
    paging: Paging,
    filter: Query<DeviceFilter>,
    app: Data<App>,
) -> Result<Json<Page<DeviceRow>>> {
    query::page_of(&app, &scope.project, &scope.reach, &filter.0, &paging).await.map(Json)
}

/// A device and what hung there before it.
#[utoipa::path(tag = "devices", params(("project_id" = Uuid, Path), ("device_id" = Uuid, Path)), responses((status = 200, body = DeviceView)))]
#[get("/projects/{project_id}/devices/{device_id}")]
pub async fn show(
    scope: ProjectScope<ViewDevices>,
    path: Path<(Uuid, Uuid)>,
    app: Data<App>,
) -> Result<Json<DeviceView>> {
    query::view(&app, &scope.project, &scope.reach, path.0.1).await.map(Json)
}

/// Whom a device should know, and who is missing on it.
#[utoipa::path(
    tag = "devices",
    params(DevicePersonFilter, PageParams, ("project_id" = Uuid, Path), ("device_id" = Uuid, Path)),
    responses((status = 200, body = Page<DevicePerson>))
)]
#[get("/projects/{project_id}/devices/{device_id}/people")]
pub async fn people(
    scope: ProjectScope<ViewDevices>,
    path: Path<(Uuid, Uuid)>,
    paging: Paging,
    filter: Query<DevicePersonFilter>,
    app: Data<App>,
) -> Result<Json<Page<DevicePerson>>> {
    let sees_names = scope.actor.may(Permission::ViewPeople);
    query::people(&app, &scope.project, &scope.reach, path.0.1, sees_names, &filter.0, &paging).await.map(Json)
}
