use actix_web::{get, web::Data};

use super::query::{self, PostFilling, Workbench};
use crate::{
    platform::{
        App,
        auth::{
            ProjectScope, Within,
            roles::{ViewProjects, ViewRoster},
        },
        web::{Json, Result},
    },
    registry::policies,
};

/// The projects and people within reach, and what waits for a decision.
#[utoipa::path(tag = "workbench", responses((status = 200, body = Workbench)))]
#[get("/workbench")]
pub async fn show(scope: Within<ViewProjects>, app: Data<App>) -> Result<Json<Workbench>> {
    query::workbench(&app, &scope.actor, &scope.reach).await.map(Json)
}

/// The posts that the region demands, and how many fill each on this project today.
#[utoipa::path(tag = "workbench", params(("project_id" = Uuid, Path)), responses((status = 200, body = Vec<PostFilling>)))]
#[get("/projects/{project_id}/key-posts")]
pub async fn key_posts(scope: ProjectScope<ViewRoster>, app: Data<App>) -> Result<Json<Vec<PostFilling>>> {
    let policy = policies::for_region(&app, &scope.project.region_code).await?;
    query::key_posts(app.db.reader(), scope.project.id, &policy).await.map(Json)
}
