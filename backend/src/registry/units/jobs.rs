//! 【导出】: units as a workbook, with the filters and the order of the list.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    dto::{Unit, UnitFilter},
    query, views,
};
use crate::{
    platform::{
        auth::{Permission, caller::reach_of},
        exports::Export,
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::{blank_as_none, clock},
        web::Paging,
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
        let app = &context.app;
        let account_id = context.account_id.ok_or_else(|| JobError::Fail("不知道是谁要导出".to_owned()))?;
        let reach = reach_of(app, account_id, Permission::ViewUnits).await?;
        let manage = reach_of(app, account_id, Permission::ManageUnits).await?;
        let mut export = Export::start("参建单位", columns(), cells);
        let mut paging = Paging::from_the_first(self.sort);
        let rows = loop {
            let page = query::page(app.db.reader(), &reach, &self.filter, &paging).await?;
            if page.items.is_empty() {
                break page.total;
            }
            let mut done = 0;
            for row in views::shown(app.db.reader(), &manage, page.items, &views::UndoDays::new()).await? {
                done = export.push(row).await;
            }
            let total = usize::try_from(page.total).unwrap_or(usize::MAX);
            context.progress(done, total, format!("已写入 {done} / {total} 个参建单位")).await;
            paging.page += 1;
        };
        let name = format!("参建单位{}", clock::china_today().format("%Y%m%d"));
        let file = export.keep(app, Some(account_id), &name).await?;
        Ok(Outcome::result(json!({ "rows": rows })).file(file.id))
    }
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
