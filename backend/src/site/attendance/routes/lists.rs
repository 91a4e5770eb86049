//! 【打卡统计】, 【出勤时长统计】, 【项目月考勤】 and 【考勤明细】.

use actix_web::{get, post, web::Data};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{
    platform::{
        App,
        auth::{ProjectScope, roles::ViewAttendance},
        web::{Json, Page, PageParams, Paging, Path, Query, Result},
    },
    site::{
        attendance::{
            dto::{DayRow, DaySearch, MonthRow, MonthSearch, PunchOfDay, PunchRow, PunchSearch},
            query::{self, Punches, Site},
        },
        roster::query::Search,
    },
};

/// 打卡统计 of a day. Sorts by `crew_name`, `name`, `entered_on`, `first_at`, `last_at`, `minutes`, `count`.
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<DayRow>)))]
#[post("/projects/{project_id}/attendance/days/search")]
pub async fn days(
    scope: ProjectScope<ViewAttendance>,
    paging: Paging,
    app: Data<App>,
    body: Json<DaySearch>,
) -> Result<Json<Page<DayRow>>> {
    let DaySearch { day, filter } = body.0;
    let site = Site::of(&app, &scope.project).await?;
    let search = Search::new(&app, &scope.reach, filter).await?;
    query::days(&site, &search, day, &paging).await.map(Json)
}

/// 打卡统计 of a month, 出勤时长统计 and 项目月考勤. Sorts by `crew_name`, `name`, `entered_on`.
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<MonthRow>)))]
#[post("/projects/{project_id}/attendance/months/search")]
pub async fn months(
    scope: ProjectScope<ViewAttendance>,
    paging: Paging,
    app: Data<App>,
    body: Json<MonthSearch>,
) -> Result<Json<Page<MonthRow>>> {
    let MonthSearch { month, filter } = body.0;
    let site = Site::of(&app, &scope.project).await?;
    let search = Search::new(&app, &scope.reach, filter).await?;
    query::months(&site, &search, month, &paging).await.map(Json)
}

/// 考勤明细. Sorts by `at`, `received_at`.
#[utoipa::path(tag = "attendance", params(("project_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<PunchRow>)))]
#[post("/projects/{project_id}/attendance/punches/search")]
pub async fn punches(
    scope: ProjectScope<ViewAttendance>,
    paging: Paging,
    app: Data<App>,
    body: Json<PunchSearch>,
) -> Result<Json<Page<PunchRow>>> {
    let PunchSearch { from, to, refused, device_id, filter } = body.0;
    let site = Site::of(&app, &scope.project).await?;
    let search = Search::new(&app, &scope.reach, filter).await?;
    Punches { from, to, refused, device_id, search }.page(&site, &paging).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DayParams {
    pub day: NaiveDate,
}

/// What somebody's day is made of: each punch, and what it counted as.
#[utoipa::path(
    tag = "attendance",
    params(("project_id" = Uuid, Path), ("entry_id" = Uuid, Path), DayParams),
    responses((status = 200, body = Vec<PunchOfDay>))
)]
#[get("/projects/{project_id}/entries/{entry_id}/punches")]
pub async fn entry_day(
    scope: ProjectScope<ViewAttendance>,
    path: Path<(Uuid, Uuid)>,
    params: Query<DayParams>,
    app: Data<App>,
) -> Result<Json<Vec<PunchOfDay>>> {
    let site = Site::of(&app, &scope.project).await?;
    query::entry_day(&site, path.0.1, params.0.day).await.map(Json)
}
