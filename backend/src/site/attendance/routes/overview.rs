//! 【出勤一览表】, the live board, and attendance across projects.

use actix_web::{get, post, web::Data};

use crate::{
    platform::{
        App,
        auth::{ProjectScope, Within, roles::ViewAttendance},
        web::{Json, Page, PageParams, Paging, Query, Result},
    },
    site::attendance::{
        dto::{AttendanceOverview, Board, OverviewParams, ProjectDayRow, ProjectsSearch},
        query::{self, Site},
    },
};

/// 出勤一览表: heads, attendance and hours by day, week or month, in total and per unit and crew.
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path), OverviewParams), responses((status = 200, body = AttendanceOverview)))]
#[get("/projects/{project_id}/attendance/overview")]
pub async fn overview(
    scope: ProjectScope<ViewAttendance>,
    params: Query<OverviewParams>,
    app: Data<App>,
) -> Result<Json<AttendanceOverview>> {
    let site = Site::of(&app, &scope.project).await?;
    query::overview(&site, params.0).await.map(Json)
}

/// Who is on site now, by unit and crew.
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path)), responses((status = 200, body = Board)))]
#[get("/projects/{project_id}/attendance/on-site")]
pub async fn on_site(scope: ProjectScope<ViewAttendance>, app: Data<App>) -> Result<Json<Board>> {
    let site = Site::of(&app, &scope.project).await?;
    query::board(&site).await.map(Json)
}

/// One day of every project within reach. Sorts by `region_code`, `project_name`.
#[utoipa::path(tag = "attendance", params(PageParams), responses((status = 200, body = Page<ProjectDayRow>)))]
#[post("/attendance/projects/search")]
pub async fn projects(
    within: Within<ViewAttendance>,
    paging: Paging,
    app: Data<App>,
    body: Json<ProjectsSearch>,
) -> Result<Json<Page<ProjectDayRow>>> {
    query::projects(&app, &within.reach, &body.0, &paging).await.map(Json)
}
