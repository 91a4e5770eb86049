use actix_web::{get, post, web::Data};

use crate::{
    platform::{
        App,
        auth::{
            ProjectScope,
            roles::{ManageDevices, ManageRoster, ViewDevices},
        },
        web::{Accepted, Json, Result},
    },
    site::devices::{
        dto::{AdoptedPhotos, PhotoAdoption, PushOrder, PushProgress, Pushed},
        query,
        service::{photos, push},
    },
};

/// 【人员更新下发】: devices log in again and fetch their people, those that are offline when they are back.
#[utoipa::path(tag = "devices", params(("project_id" = Uuid, Path)), responses((status = 202, body = Pushed)))]
#[post("/projects/{project_id}/device-pushes")]
pub async fn request(
    scope: ProjectScope<ManageDevices>,
    order: Json<PushOrder>,
    app: Data<App>,
) -> Result<Accepted<Pushed>> {
    let tx = app.db.begin().await?;
    let devices = push::request(&tx, &scope.actor, &scope.project, order.0).await?;
    tx.commit().await?;
    Ok(Accepted(push::tell(&app, &devices).await))
}

/// How far each device has come since it was last told to.
#[utoipa::path(tag = "devices", params(("project_id" = Uuid, Path)), responses((status = 200, body = Vec<PushProgress>)))]
#[get("/projects/{project_id}/device-pushes")]
pub async fn progress(scope: ProjectScope<ViewDevices>, app: Data<App>) -> Result<Json<Vec<PushProgress>>> {
    query::progress(&app, &scope.project, &scope.reach).await.map(Json)
}

/// 【重新下发人脸照片】: the newest photos that devices have taken become those of the roster, and go to all devices.
#[utoipa::path(tag = "devices", params(("project_id" = Uuid, Path)), responses((status = 200, body = AdoptedPhotos)))]
#[post("/projects/{project_id}/device-photos")]
pub async fn adopt_photos(
    scope: ProjectScope<ManageRoster>,
    order: Json<PhotoAdoption>,
    app: Data<App>,
) -> Result<Json<AdoptedPhotos>> {
    photos::adopt(&app, &scope.actor, &scope.project, order.0).await.map(Json)
}
