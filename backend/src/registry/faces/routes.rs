use actix_web::{get, post, web::Data};
use uuid::Uuid;

use super::{
    dto::{ComparisonCounts, ComparisonFigures, ComparisonFilter, ComparisonRow, DecisionForm, PersonImage},
    query, service,
};
use crate::{
    platform::{
        App,
        auth::{
            Within,
            roles::{ReviewFaces, ViewPeople},
        },
        web::{IfMatch, Json, Page, PageParams, Paging, Path, Query, Result},
    },
    registry::people,
};

/// 【人脸比对待核】: faces that were compared, the last first.
#[utoipa::path(tag = "faces", params(ComparisonFilter, PageParams), responses((status = 200, body = Page<ComparisonRow>)))]
#[get("/face-comparisons")]
pub async fn list(
    within: Within<ReviewFaces>,
    paging: Paging,
    filter: Query<ComparisonFilter>,
    app: Data<App>,
) -> Result<Json<Page<ComparisonRow>>> {
    query::page(&app, &within.reach, &filter.0, &paging).await.map(Json)
}

/// How many wait for somebody to look.
#[utoipa::path(tag = "faces", responses((status = 200, body = ComparisonCounts)))]
#[get("/face-comparisons/counts")]
pub async fn counts(within: Within<ReviewFaces>, app: Data<App>) -> Result<Json<ComparisonCounts>> {
    query::counts(&app, &within.reach).await.map(Json)
}

/// The distances of what was compared, for whoever sets the limits.
#[utoipa::path(tag = "faces", params(ComparisonFilter), responses((status = 200, body = ComparisonFigures)))]
#[get("/face-comparisons/figures")]
pub async fn figures(
    within: Within<ReviewFaces>,
    filter: Query<ComparisonFilter>,
    app: Data<App>,
) -> Result<Json<ComparisonFigures>> {
    query::figures(&app, &within.reach, &filter.0).await.map(Json)
}

/// Two faces side by side.
#[utoipa::path(tag = "faces", params(("comparison_id" = Uuid, Path)), responses((status = 200, body = ComparisonRow)))]
#[get("/face-comparisons/{comparison_id}")]
pub async fn detail(within: Within<ReviewFaces>, id: Path<Uuid>, app: Data<App>) -> Result<Json<ComparisonRow>> {
    let comparison = query::find(&app, &within.reach, id.0).await?;
    query::shown(&app, comparison).await.map(Json)
}

/// Says whether they are the same person, and why.
#[utoipa::path(tag = "faces", params(("comparison_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = ComparisonRow)))]
#[post("/face-comparisons/{comparison_id}/decide")]
pub async fn decide(
    within: Within<ReviewFaces>,
    id: Path<Uuid>,
    revision: IfMatch,
    app: Data<App>,
    form: Json<DecisionForm>,
) -> Result<Json<ComparisonRow>> {
    let comparison = query::find(&app, &within.reach, id.0).await?;
    service::decide(&app, &within.actor, comparison, revision, form.0).await?;
    let comparison = query::find(&app, &within.reach, id.0).await?;
    query::shown(&app, comparison).await.map(Json)
}

/// The pictures of somebody in all their versions, the newest first.
#[utoipa::path(tag = "faces", params(("person_id" = Uuid, Path)), responses((status = 200, body = Vec<PersonImage>)))]
#[get("/people/{person_id}/images")]
pub async fn images(within: Within<ViewPeople>, id: Path<Uuid>, app: Data<App>) -> Result<Json<Vec<PersonImage>>> {
    let person = people::query::find(app.db.reader(), &within.reach, id.0).await?;
    query::images(&app, person.id).await.map(Json)
}
