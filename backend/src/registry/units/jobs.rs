//! 【导出】: units as a workbook, with the filters and the order of the list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{Unit, UnitFilter},
    query, views,
};
use crate::{
    entity::Reach,
    platform::{
        App,
        auth::Permission,
        exports::{self, List},
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::blank_as_none,
        web::{Page, Paging, Result},
    },
    registry::presence::upload_state_name,
};

/// What is to be exported; who asked is the job's account.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ExportUnits {
    #[serde(flatten)]
    pub filter: UnitFilter,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sort: Option<String>,
}

impl Job for ExportUnits {
    const KIND: &'static str = "units.export";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let list = Units {
            filter: self.filter,
            seen: context.reach(Permission::ViewUnits).await?,
            managed: context.reach(Permission::ManageUnits).await?,
        };
        exports::write(list, self.sort, &context).await
    }
}

/// The list as whoever asked sees it now.
struct Units {
    filter: UnitFilter,
    seen: Reach,
    managed: Reach,
}

impl List for Units {
    type Row = Unit;
    const TITLE: &'static str = "参建单位";
    const COUNTED: &'static str = "个参建单位";

    async fn page(&self, app: &App, paging: &Paging) -> Result<Page<Unit>> {
        let page = query::page(app.db.reader(), &self.seen, &self.filter, paging).await?;
        let rows = views::shown(app.db.reader(), &self.managed, page.items, &views::UndoDays::new()).await?;
        Ok(paging.page_of(rows, page.total))
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::text("project", "项目名称").width(36.0),
            Column::text("region", "项目地区").width(26.0),
            Column::text("company", "企业名称").width(36.0),
            Column::text("credit_code", "统一社会信用代码").width(22.0),
            Column::text("kind", "参建类型").width(16.0),
            Column::text("contact_name", "联系人"),
            Column::text("contact_phone", "联系电话").width(16.0),
            Column::number("crews", "在场班组数"),
            Column::number("people", "在场人数"),
            Column::date("entered_on", "进场日期"),
            Column::date("exited_on", "退场日期"),
            Column::text("upload_state", "上传状态"),
        ]
    }

    fn cells(unit: Unit) -> Vec<Cell<'static>> {
        vec![
            unit.project_name.into(),
            unit.region_name.into(),
            unit.company_name.into(),
            unit.credit_code.into(),
            unit.kind_name.into(),
            unit.contact_name.into(),
            unit.contact_phone.into(),
            Cell::Number(unit.crews_on_site as f64),
            Cell::Number(unit.people_on_site as f64),
            unit.entered_on.into(),
            unit.exited_on.into(),
            upload_state_name(unit.upload_state).into(),
        ]
    }
}
