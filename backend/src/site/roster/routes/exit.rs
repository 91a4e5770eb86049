use actix_web::{post, web::Data};
use uuid::Uuid;

use super::edit::one;
use crate::{
    platform::{
        App,
        auth::{ProjectScope, roles::ManageRoster},
        web::{Json, Path, Result},
    },
    registry::presence::{Touched, announce},
    site::roster::{
        dto::{ExitAnswer, ExitForm, RosterRow, UndoForm},
        service,
    },
};

/// 【退场】 and 【批量退场】: all of them, or nobody and the answer says who cannot.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path)), responses((status = 200, body = ExitAnswer)))]
#[post("/projects/{project_id}/exits")]
pub async fn exit(scope: ProjectScope<ManageRoster>, app: Data<App>, form: Json<ExitForm>) -> Result<Json<ExitAnswer>> {
    let site = super::site(&app, &scope.project).await?;
    let answer = app.db.transaction(async |tx| service::exit(tx, &scope.actor, &site, form.0.clone()).await).await?;
    announce(&app, Touched::Project(scope.project.id)).await;
    Ok(Json(answer))
}

/// 【撤销退场】
#[utoipa::path(
    tag = "roster",
    params(("project_id" = Uuid, Path), ("entry_id" = Uuid, Path)),
    responses((status = 200, body = RosterRow))
)]
#[post("/projects/{project_id}/entries/{entry_id}/undo-exit")]
pub async fn undo(
    scope: ProjectScope<ManageRoster>,
    path: Path<(Uuid, Uuid)>,
    app: Data<App>,
    form: Json<UndoForm>,
) -> Result<Json<RosterRow>> {
    let site = super::site(&app, &scope.project).await?;
    let id = path.0.1;
    app.db.transaction(async |tx| service::undo(tx, &scope.actor, &site, id, form.0.clone()).await).await?;
    announce(&app, Touched::Project(scope.project.id)).await;
    one(&app, &scope.actor, &scope.reach, id).await
}
