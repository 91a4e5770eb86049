//! 【导出】: the registry of projects as a workbook, with the filters and the order of the list.

use serde::{Deserialize, Serialize};

use super::{
    query,
    view::{ProjectFilter, ProjectRow},
};
use crate::{
    entity::Reach,
    platform::{
        App,
        auth::Permission,
        exports::{self, List},
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::clock,
        web::{Page, Paging, Result},
    },
    registry::dictionaries::{ProjectCategory, ProjectStatus},
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportProjects {
    pub filter: ProjectFilter,
    pub sort: Option<String>,
}

impl Job for ExportProjects {
    const KIND: &'static str = "projects.export";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        // What the account reaches when the job runs, not when it was asked for.
        let seen = context.reach(Permission::ViewProjects).await?;
        let running = context.reach(Permission::EditProjects).await?;
        exports::write(Projects { filter: self.filter, seen, running }, self.sort, &context).await
    }
}

/// The registry as whoever asked sees it now.
struct Projects {
    filter: ProjectFilter,
    seen: Reach,
    running: Reach,
}

impl List for Projects {
    type Row = ProjectRow;
    const TITLE: &'static str = "项目库";
    const COUNTED: &'static str = "个项目";

    async fn page(&self, app: &App, paging: &Paging) -> Result<Page<ProjectRow>> {
        query::list(app.db.reader(), &self.seen, &self.running, &self.filter, paging).await
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::number("number", "平台编号"),
            Column::text("name", "项目名称").width(36.0),
            Column::text("code", "报建编号").width(20.0),
            Column::text("region", "所属区域").width(24.0),
            Column::text("category", "项目类别").width(16.0),
            Column::text("status", "项目状态"),
            Column::text("vendor", "服务商").width(24.0),
            Column::text("contact_name", "联系人"),
            Column::text("contact_phone", "联系电话").width(16.0),
            Column::number("people", "在场人数"),
            Column::text("qualified", "是否合格"),
            Column::text("venue_code", "场所码").width(20.0),
            Column::number("longitude", "经度"),
            Column::number("latitude", "纬度"),
            Column::text("login", "项目账号"),
            Column::date("created", "登记日期"),
        ]
    }

    fn cells(row: ProjectRow) -> Vec<Cell<'static>> {
        vec![
            row.number.into(),
            row.name.into(),
            row.code.into(),
            row.region_path.join(" ").into(),
            ProjectCategory::label_of(&row.category).to_owned().into(),
            ProjectStatus::label_of(&row.status).to_owned().into(),
            row.vendor_name.into(),
            row.contact_name.into(),
            row.contact_phone.into(),
            Cell::Number(row.people as f64),
            if row.qualified { "合格" } else { "不合格" }.into(),
            row.venue_code.into(),
            row.longitude.into(),
            row.latitude.into(),
            row.account_login.into(),
            clock::china_day(row.created_at).into(),
        ]
    }
}
