use actix_web::{get, web::Data};

use super::{
    dto::{AlertFilter, AlertRow},
    query,
};
use crate::platform::{
    App,
    auth::{ProjectScope, Within, roles::ViewDevices},
    web::{Json, Page, PageParams, Paging, Query, Result},
};

/// The alerts of every project within reach.
#[utoipa::path(tag = "alerts", params(AlertFilter, PageParams), responses((status = 200, body = Page<AlertRow>)))]
#[get("/alerts")]
pub async fn list_all(
    scope: Within<ViewDevices>,
    paging: Paging,
    filter: Query<AlertFilter>,
    app: Data<App>,
) -> Result<Json<Page<AlertRow>>> {
    query::page(app.db.reader(), &scope.reach, &filter.0, &paging).await.map(Json)
}

/// A project's alerts.
#[utoipa::path(tag = "alerts", params(AlertFilter, PageParams, ("project_id" = Uuid, Path)), responses((status = 200, body = Page<AlertRow>)))]
#[get("/projects/{project_id}/alerts")]
pub async fn list(
    scope: ProjectScope<ViewDevices>,
    paging: Paging,
    filter: Query<AlertFilter>,
    app: Data<App>,
) -> Result<Json<Page<AlertRow>>> {
    query::page(app.db.reader(), &scope.reach, &filter.0, &paging).await.map(Json)
}
