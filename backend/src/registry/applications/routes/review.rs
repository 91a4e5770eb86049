//! 【项目审核】

use actix_web::{get, post, web::Data};
use uuid::Uuid;

use crate::{
    platform::{
        App,
        auth::{Within, accounts::FirstPassword, roles::ReviewApplications},
        jobs,
        types::Text,
        web::{Json, Page, PageParams, Paging, Path, Query, Result},
    },
    registry::applications::{
        dto::{ApplicationFilter, ApplicationRow, ApplicationView, Approval, ApproveForm, RefuseForm},
        query, service,
    },
};

/// The applications for projects of the caller's region.
#[utoipa::path(
    tag = "applications",
    params(PageParams, ApplicationFilter),
    responses((status = 200, body = Page<ApplicationRow>))
)]
#[get("/applications")]
pub async fn list(
    within: Within<ReviewApplications>,
    paging: Paging,
    filter: Query<ApplicationFilter>,
    app: Data<App>,
) -> Result<Json<Page<ApplicationRow>>> {
    query::list(app.db.reader(), &within.reach, filter.0, &paging).await.map(Json)
}

/// An application with its proof and 【审核历史】.
#[utoipa::path(tag = "applications", params(("id" = Uuid, Path)), responses((status = 200, body = ApplicationView)))]
#[get("/applications/{id}")]
pub async fn show(within: Within<ReviewApplications>, id: Path<Uuid>, app: Data<App>) -> Result<Json<ApplicationView>> {
    let application = query::find(app.db.reader(), &within.reach, id.0).await?;
    query::view(&app, app.db.reader(), application).await.map(Json)
}

/// Approves: makes the project and its account, whose first password is shown here and never again.
#[utoipa::path(tag = "applications", params(("id" = Uuid, Path)), responses((status = 200, body = Approval)))]
#[post("/applications/{id}/approve")]
pub async fn approve(
    within: Within<ReviewApplications>,
    id: Path<Uuid>,
    form: Json<ApproveForm>,
    app: Data<App>,
) -> Result<Json<Approval>> {
    let opinion = form.0.opinion.map(Text::into_string).unwrap_or_default();
    let first = FirstPassword::make().await?;
    let tx = app.db.begin().await?;
    let application = query::find(&tx, &within.reach, id.0).await?;
    let (project, account) = service::approve(&tx, &application, &opinion, first, &within.actor).await?;
    let application = query::find(&tx, &within.reach, id.0).await?;
    let application = query::view(&app, &tx, application).await?;
    tx.commit().await?;
    jobs::wake(&app).await;
    Ok(Json(Approval { application, project_id: project.id, account }))
}

/// Refuses: the applicant gets the reason by e-mail.
#[utoipa::path(tag = "applications", params(("id" = Uuid, Path)), responses((status = 200, body = ApplicationView)))]
#[post("/applications/{id}/refuse")]
pub async fn refuse(
    within: Within<ReviewApplications>,
    id: Path<Uuid>,
    form: Json<RefuseForm>,
    app: Data<App>,
) -> Result<Json<ApplicationView>> {
    let tx = app.db.begin().await?;
    let application = query::find(&tx, &within.reach, id.0).await?;
    service::refuse(&tx, &application, form.0.opinion.as_str(), &within.actor).await?;
    let application = query::find(&tx, &within.reach, id.0).await?;
    let view = query::view(&app, &tx, application).await?;
    tx.commit().await?;
    jobs::wake(&app).await;
    Ok(Json(view))
}
