use actix_web::{post, put, web::Data};
use uuid::Uuid;

use crate::{
    platform::{
        App,
        auth::{ProjectScope, roles::ManageDevices},
        web::{Created, IfMatch, Json, Path, Result},
    },
    site::devices::{
        control::{Control, What},
        dto::{DeviceEdit, DeviceEntry, DeviceReplacement, DeviceUnbinding, DeviceView},
        events::{self, Happened},
        query, service,
    },
};

/// 【登记考勤设备】【登记采集设备】【登记移动考勤设备】
#[utoipa::path(tag = "devices", params(("project_id" = Uuid, Path)), responses((status = 201, body = DeviceView)))]
#[post("/projects/{project_id}/devices")]
pub async fn register(
    scope: ProjectScope<ManageDevices>,
    input: Json<DeviceEntry>,
    app: Data<App>,
) -> Result<Created<DeviceView>> {
    let tx = app.db.begin().await?;
    let made = service::register(&tx, &scope.actor, &scope.project, input.0).await?;
    tx.commit().await?;
    events::tell(&app, scope.project.id, made.id, Happened::Bound).await;
    query::view(&app, &scope.project, &scope.reach, made.id).await.map(Created)
}

/// Changes place, direction and model. A device that is connected is asked to log in again.
#[utoipa::path(
    tag = "devices",
    params(("project_id" = Uuid, Path), ("device_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = DeviceView))
)]
#[put("/projects/{project_id}/devices/{device_id}")]
pub async fn edit(
    scope: ProjectScope<ManageDevices>,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    input: Json<DeviceEdit>,
    app: Data<App>,
) -> Result<Json<DeviceView>> {
    let tx = app.db.begin().await?;
    let after = service::edit(&tx, &scope.actor, &scope.project, path.0.1, if_match, input.0).await?;
    tx.commit().await?;
    Control::of(after.id, What::Changed).tell(&app).await;
    events::tell(&app, scope.project.id, after.id, Happened::Changed).await;
    query::view(&app, &scope.project, &scope.reach, after.id).await.map(Json)
}

/// 【更换】: another device at the same place. The old one is unbound and stays on record.
#[utoipa::path(tag = "devices", params(("project_id" = Uuid, Path), ("device_id" = Uuid, Path)), responses((status = 201, body = DeviceView)))]
#[post("/projects/{project_id}/devices/{device_id}/replace")]
pub async fn replace(
    scope: ProjectScope<ManageDevices>,
    path: Path<(Uuid, Uuid)>,
    input: Json<DeviceReplacement>,
    app: Data<App>,
) -> Result<Created<DeviceView>> {
    let replaced = path.0.1;
    let tx = app.db.begin().await?;
    let made = service::replace(&tx, &scope.actor, &scope.project, replaced, input.0).await?;
    tx.commit().await?;
    Control::of(replaced, What::Unbound).tell(&app).await;
    events::tell(&app, scope.project.id, replaced, Happened::Unbound).await;
    events::tell(&app, scope.project.id, made.id, Happened::Bound).await;
    query::view(&app, &scope.project, &scope.reach, made.id).await.map(Created)
}

/// 【解绑】: the device may be registered anew, here or elsewhere.
#[utoipa::path(tag = "devices", params(("project_id" = Uuid, Path), ("device_id" = Uuid, Path)), responses((status = 200, body = DeviceView)))]
#[post("/projects/{project_id}/devices/{device_id}/unbind")]
pub async fn unbind(
    scope: ProjectScope<ManageDevices>,
    path: Path<(Uuid, Uuid)>,
    input: Json<DeviceUnbinding>,
    app: Data<App>,
) -> Result<Json<DeviceView>> {
    let tx = app.db.begin().await?;
    let after = service::unbind(&tx, &scope.actor, &scope.project, path.0.1, input.0).await?;
    tx.commit().await?;
    Control::of(after.id, What::Unbound).tell(&app).await;
    events::tell(&app, scope.project.id, after.id, Happened::Unbound).await;
    query::view(&app, &scope.project, &scope.reach, after.id).await.map(Json)
}
