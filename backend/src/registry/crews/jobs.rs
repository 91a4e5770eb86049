//! 【导出】: crews as a workbook, with the filters and the order of the list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{Crew, CrewFilter},
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
pub struct ExportCrews {
    #[serde(flatten)]
    pub filter: CrewFilter,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sort: Option<String>,
}

impl Job for ExportCrews {
    const KIND: &'static str = "crews.export";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let list = Crews {
            filter: self.filter,
            seen: context.reach(Permission::ViewCrews).await?,
            managed: context.reach(Permission::ManageCrews).await?,
        };
        exports::write(list, self.sort, &context).await
    }
}

/// The list as whoever asked sees it now.
struct Crews {
    filter: CrewFilter,
    seen: Reach,
    managed: Reach,
}

impl List for Crews {
    type Row = Crew;
    const TITLE: &'static str = "班组";
    const COUNTED: &'static str = "个班组";

    async fn page(&self, app: &App, paging: &Paging) -> Result<Page<Crew>> {
        let page = query::page(app.db.reader(), &self.seen, &self.filter, paging).await?;
        let rows = views::shown(app.db.reader(), &self.managed, page.items, &views::UndoDays::new()).await?;
        Ok(paging.page_of(rows, page.total))
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::text("project", "项目名称").width(36.0),
            Column::text("region", "项目地区").width(26.0),
            Column::text("company", "企业名称").width(36.0),
            Column::text("unit_kind", "参建类型").width(16.0),
            Column::number("number", "班组编号"),
            Column::text("name", "班组名称").width(24.0),
            Column::text("kind", "班组类型").width(14.0),
            Column::text("work_type", "工种").width(16.0),
            Column::text("leader_name", "班组长"),
            Column::text("leader_phone", "班组长电话").width(16.0),
            Column::number("people", "在场人数"),
            Column::date("entered_on", "进场日期"),
            Column::date("exited_on", "退场日期"),
            Column::text("upload_state", "上传状态"),
        ]
    }

    fn cells(crew: Crew) -> Vec<Cell<'static>> {
        vec![
            crew.project_name.into(),
            crew.region_name.into(),
            crew.company_name.into(),
            crew.unit_kind_name.into(),
            crew.number.into(),
            crew.name.into(),
            crew.kind_name.into(),
            crew.work_type_name.into(),
            crew.leader_name.into(),
            crew.leader_phone.into(),
            Cell::Number(crew.people_on_site as f64),
            crew.entered_on.into(),
            crew.exited_on.into(),
            upload_state_name(crew.upload_state).into(),
        ]
    }
}
