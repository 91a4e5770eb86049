//! The project's staff register people by ID number and bind managers (SH5–SH7).

use actix_web::{post, put, web::Data};
use uuid::Uuid;

use crate::{
    platform::{
        App,
        auth::{ProjectScope, Within, roles::ManageRoster},
        web::{Created, IfMatch, Json, Path, Result},
    },
    site::registrations::{
        dto::{DeskForm, RegistrationDetail, WithdrawForm},
        query, service,
    },
};

/// Registers somebody by their ID number: they wait under 待提交 until their face was taken.
#[utoipa::path(tag = "registrations", params(("project_id" = Uuid, Path)), responses((status = 201, body = RegistrationDetail)))]
#[post("/projects/{project_id}/registrations")]
pub async fn register(
    scope: ProjectScope<ManageRoster>,
    app: Data<App>,
    form: Json<DeskForm>,
) -> Result<Created<RegistrationDetail>> {
    let row = service::register(&app, &scope.actor, &scope.project, form.0).await?;
    query::detail(&app, &scope.actor, row).await.map(Created)
}

/// 【编辑】 of what staff have registered and nobody has decided.
#[utoipa::path(tag = "registrations", params(("registration_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = RegistrationDetail)))]
#[put("/registrations/{registration_id}")]
pub async fn edit(
    within: Within<ManageRoster>,
    id: Path<Uuid>,
    if_match: IfMatch,
    app: Data<App>,
    form: Json<DeskForm>,
) -> Result<Json<RegistrationDetail>> {
    let row = query::find(&app, &within.reach, id.0).await?;
    let project = service::project_of(app.db.reader(), &row).await?;
    let row = service::edit(&app, &within.actor, &project, &row, if_match, form.0).await?;
    query::detail(&app, &within.actor, row).await.map(Json)
}

/// 【提交】 for review; only after a face was taken.
#[utoipa::path(tag = "registrations", params(("registration_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = RegistrationDetail)))]
#[post("/registrations/{registration_id}/submit")]
pub async fn submit(
    within: Within<ManageRoster>,
    id: Path<Uuid>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<Json<RegistrationDetail>> {
    let row = query::find(&app, &within.reach, id.0).await?;
    let row = service::submit(&app, &within.actor, &row, if_match).await?;
    query::detail(&app, &within.actor, row).await.map(Json)
}

/// 【删除】 of what nobody has approved: what it says of somebody is deleted.
#[utoipa::path(tag = "registrations", params(("registration_id" = Uuid, Path)), responses((status = 200, body = RegistrationDetail)))]
#[post("/registrations/{registration_id}/withdraw")]
pub async fn withdraw(
    within: Within<ManageRoster>,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<WithdrawForm>,
) -> Result<Json<RegistrationDetail>> {
    let row = query::find(&app, &within.reach, id.0).await?;
    let reason = form.0.reason.as_ref().map(|reason| reason.as_str());
    let row = service::give_up(&app, &(&*within.actor).into(), &row, reason).await?;
    query::detail(&app, &within.actor, row).await.map(Json)
}
