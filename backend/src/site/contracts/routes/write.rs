//! 【上传】, 【编辑】, 【解约】, 【重置】 and 【删除】. Whether somebody may punch can change with each.

use actix_web::{delete, post, put, web::Data};
use uuid::Uuid;

use crate::{
    platform::{
        App,
        auth::{ProjectScope, roles::ManageContracts},
        web::{Created, IfMatch, Json, NoContent, Path, Result},
    },
    registry::{
        policies,
        presence::{Touched, announce},
    },
    site::contracts::{
        dto::{ContractEdit, ContractForm, ContractReset, ContractRow, ContractTermination},
        query::{self, Viewer},
        service,
    },
};

type Scope = ProjectScope<ManageContracts>;

/// 【上传】: what the contract says, and its scan: one PDF, or photographs of its pages.
#[utoipa::path(tag = "contracts", params(("project_id" = Uuid, Path)), responses((status = 201, body = ContractRow)))]
#[post("/projects/{project_id}/contracts")]
pub async fn sign(scope: Scope, app: Data<App>, form: Json<ContractForm>) -> Result<Created<ContractRow>> {
    let scan = service::put_together(&app, scope.actor.account.id, &form.0.file_ids).await?;
    let (actor, project) = (&scope.actor, &scope.project);
    let id = app.db.transaction(async |tx| service::sign(tx, actor, project, &form.0, &scan).await).await?;
    shown(&app, &scope, id).await.map(Created)
}

/// 【编辑】: what the contract says; with files, another scan.
#[utoipa::path(
    tag = "contracts",
    params(("project_id" = Uuid, Path), ("contract_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ContractRow))
)]
#[put("/projects/{project_id}/contracts/{contract_id}")]
pub async fn edit(
    scope: Scope,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    app: Data<App>,
    form: Json<ContractEdit>,
) -> Result<Json<ContractRow>> {
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    query::one(&app, &Viewer::of(actor), &scope.reach, id).await?;
    let scan = match form.0.file_ids.as_slice() {
        [] => None,
        ids => Some(service::put_together(&app, actor.account.id, ids).await?),
    };
    let write = async |tx: &_| service::edit(tx, actor, project, (id, if_match), &form.0, scan.as_ref()).await;
    app.db.transaction(write).await?;
    shown(&app, &scope, id).await.map(Json)
}

/// 【解约】
#[utoipa::path(
    tag = "contracts",
    params(("project_id" = Uuid, Path), ("contract_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ContractRow))
)]
#[post("/projects/{project_id}/contracts/{contract_id}/terminate")]
pub async fn terminate(
    scope: Scope,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    app: Data<App>,
    form: Json<ContractTermination>,
) -> Result<Json<ContractRow>> {
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    app.db.transaction(async |tx| service::terminate(tx, actor, project, (id, if_match), &form.0).await).await?;
    shown(&app, &scope, id).await.map(Json)
}

/// 【重置】: the scan is taken back, and until there is another the contract does not count.
#[utoipa::path(
    tag = "contracts",
    params(("project_id" = Uuid, Path), ("contract_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ContractRow))
)]
#[post("/projects/{project_id}/contracts/{contract_id}/reset")]
pub async fn reset(
    scope: Scope,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    app: Data<App>,
    form: Json<ContractReset>,
) -> Result<Json<ContractRow>> {
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    app.db.transaction(async |tx| service::reset(tx, actor, project, (id, if_match), &form.0).await).await?;
    shown(&app, &scope, id).await.map(Json)
}

/// 【删除】 of what was recorded by mistake.
#[utoipa::path(
    tag = "contracts",
    params(("project_id" = Uuid, Path), ("contract_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 204))
)]
#[delete("/projects/{project_id}/contracts/{contract_id}")]
pub async fn delete(scope: Scope, path: Path<(Uuid, Uuid)>, if_match: IfMatch, app: Data<App>) -> Result<NoContent> {
    let policy = policies::for_region(&app, &scope.project.region_code).await?;
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    app.db.transaction(async |tx| service::delete(tx, actor, project, &policy, (id, if_match)).await).await?;
    announce(&app, Touched::Project(project.id)).await;
    Ok(NoContent)
}

async fn shown(app: &App, scope: &Scope, id: Uuid) -> Result<ContractRow> {
    announce(app, Touched::Project(scope.project.id)).await;
    query::one(app, &Viewer::of(&scope.actor), &scope.reach, id).await
}
