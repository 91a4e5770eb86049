//! 【项目花名册】, and 【人员花名册】 over all projects within reach.

use actix_web::{get, post, web::Data};

use crate::{
    entity::Reach,
    platform::{
        App,
        auth::{Actor, ProjectScope, Within, roles::ViewRoster},
        web::{Error, Json, Page, PageParams, Paging, Query, Result},
    },
    site::roster::{
        dto::{RosterCounts, RosterFilter, RosterRow},
        query::{self, Search, Viewer},
    },
};

/// A project's roster. Sorts by `entered_on`, `exited_on`, `created_at`, `work_type`, `card_number`, `name`, `age`.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path), RosterFilter, PageParams), responses((status = 200, body = Page<RosterRow>)))]
#[get("/projects/{project_id}/roster")]
pub async fn list(
    scope: ProjectScope<ViewRoster>,
    paging: Paging,
    filter: Query<RosterFilter>,
    app: Data<App>,
) -> Result<Json<Page<RosterRow>>> {
    page(&app, &scope.actor, &scope.reach, in_address(filter.0)?, &paging).await
}

/// The same with names and ID numbers in the body instead of the address.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<RosterRow>)))]
#[post("/projects/{project_id}/roster/search")]
pub async fn search(
    scope: ProjectScope<ViewRoster>,
    paging: Paging,
    app: Data<App>,
    body: Json<RosterFilter>,
) -> Result<Json<Page<RosterRow>>> {
    page(&app, &scope.actor, &scope.reach, body.0, &paging).await
}

/// How many are on site, have left, and are 待完善.
#[utoipa::path(tag = "roster", params(("project_id" = Uuid, Path), RosterFilter), responses((status = 200, body = RosterCounts)))]
#[get("/projects/{project_id}/roster/counts")]
pub async fn counts(
    scope: ProjectScope<ViewRoster>,
    filter: Query<RosterFilter>,
    app: Data<App>,
) -> Result<Json<RosterCounts>> {
    count(&app, &scope.reach, filter.0).await
}

/// The rosters of all projects within reach.
#[utoipa::path(tag = "roster", params(RosterFilter, PageParams), responses((status = 200, body = Page<RosterRow>)))]
#[get("/roster")]
pub async fn list_all(
    scope: Within<ViewRoster>,
    paging: Paging,
    filter: Query<RosterFilter>,
    app: Data<App>,
) -> Result<Json<Page<RosterRow>>> {
    page(&app, &scope.actor, &scope.reach, in_address(filter.0)?, &paging).await
}

/// The same with names and ID numbers in the body instead of the address.
#[utoipa::path(tag = "roster", params(PageParams), responses((status = 200, body = Page<RosterRow>)))]
#[post("/roster/search")]
pub async fn search_all(
    scope: Within<ViewRoster>,
    paging: Paging,
    app: Data<App>,
    body: Json<RosterFilter>,
) -> Result<Json<Page<RosterRow>>> {
    page(&app, &scope.actor, &scope.reach, body.0, &paging).await
}

/// How many are on site, have left, and are 待完善 on all projects within reach.
#[utoipa::path(tag = "roster", params(RosterFilter), responses((status = 200, body = RosterCounts)))]
#[get("/roster/counts")]
pub async fn counts_all(
    scope: Within<ViewRoster>,
    filter: Query<RosterFilter>,
    app: Data<App>,
) -> Result<Json<RosterCounts>> {
    count(&app, &scope.reach, filter.0).await
}

/// Of an address: ID numbers in addresses end up in logs and histories.
fn in_address(filter: RosterFilter) -> Result<RosterFilter> {
    match filter.id_number {
        Some(_) => Err(Error::field("id_number", "按身份证号查询须用 POST 提交")),
        None => Ok(filter),
    }
}

async fn page(
    app: &App,
    actor: &Actor,
    reach: &Reach,
    wanted: RosterFilter,
    paging: &Paging,
) -> Result<Json<Page<RosterRow>>> {
    let wanted = Search::new(app, reach, wanted).await?;
    query::page(app, &Viewer::of(actor), reach, &wanted, paging).await.map(Json)
}

async fn count(app: &App, reach: &Reach, filter: RosterFilter) -> Result<Json<RosterCounts>> {
    let wanted = Search::new(app, reach, in_address(filter)?).await?;
    query::counts(app, reach, &wanted).await.map(Json)
}
