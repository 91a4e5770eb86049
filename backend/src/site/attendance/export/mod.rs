//! 【导出数据】, 【导出月考勤】 and 【导出明细】: jobs that make workbooks.

mod days;
mod months;
mod punches;

pub use days::ExportDays;
pub use months::ExportMonths;
pub use punches::ExportPunches;

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{dto::Somebody, query::Site};
use crate::{
    entity::{project, roster_entry::EntryKind},
    platform::{
        App,
        exports::Export,
        jobs::{JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::clock::to_china,
        web::{Page, Paging, Result},
    },
    registry::{
        dictionaries::{Post, WorkType},
        people::identity::id_number_hash,
    },
    site::roster::{dto::RosterFilter, kind_label, query::Search},
};

/// Which people, as a job's row keeps it: an ID number only as its hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct People {
    filter: RosterFilter,
    id_number_hash: Option<String>,
}

impl People {
    fn of(app: &App, mut filter: RosterFilter) -> Self {
        let id_number_hash = filter.id_number.take().map(|number| id_number_hash(&app.keys, &number));
        Self { filter, id_number_hash }
    }

    async fn search(self, site: &Site<'_>) -> Result<Search> {
        Search::prepared(site.app, &site.reach, self.filter, self.id_number_hash).await
    }
}

async fn project_of(context: &JobContext) -> Result<project::Model, JobError> {
    let id = context.project_id.ok_or_else(|| JobError::Fail("没有指定项目".to_owned()))?;
    let found = project::Entity::find_by_id(id).one(context.app.db.reader()).await?;
    found.ok_or_else(|| JobError::Fail("项目不存在".to_owned()))
}

/// A list of people that becomes a workbook page by page.
trait List: Sync {
    type Row: Send + 'static;

    fn page(
        &self,
        site: &Site<'_>,
        search: &Search,
        paging: &Paging,
    ) -> impl Future<Output = Result<Page<Self::Row>>> + Send;

    async fn export(
        &self,
        context: &JobContext,
        people: People,
        mut export: Export<Self::Row>,
        name: &str,
    ) -> Result<Outcome, JobError> {
        let project = project_of(context).await?;
        let site = Site::of(&context.app, &project).await?;
        let search = people.search(&site).await?;
        let (mut paging, mut written) = (Paging::from_the_first(None), 0);
        loop {
            let page = self.page(&site, &search, &paging).await?;
            let total = usize::try_from(page.total).unwrap_or(usize::MAX);
            let is_last = page.items.len() < usize::try_from(page.page_size).unwrap_or(usize::MAX);
            for row in page.items {
                written = export.push(row).await;
            }
            context.progress(written, total, format!("已写入 {written} / {total} 人")).await;
            if is_last {
                break;
            }
            paging.page += 1;
        }
        let file = export.keep(&context.app, context.account_id, name).await?;
        Ok(Outcome::result(json!({ "rows": written })).file(file.id))
    }
}

/// The columns that say who it is.
fn person_columns() -> Vec<Column> {
    vec![
        Column::text("name", "姓名"),
        Column::text("id_number", "身份证号码").width(22.0),
        Column::text("kind", "人员类型"),
        Column::text("company", "参建单位").width(32.0),
        Column::text("crew", "班组").width(20.0),
        Column::text("job", "工种/岗位").width(18.0),
    ]
}

fn person_cells(who: &Somebody) -> Vec<Cell<'static>> {
    vec![
        who.name.clone().into(),
        who.id_number.clone().into(),
        kind_cell(Some(who.kind)),
        who.company_name.clone().into(),
        who.crew_name.clone().into(),
        job_cell(who.post.as_deref(), who.work_type.as_deref()),
    ]
}

fn kind_cell(kind: Option<EntryKind>) -> Cell<'static> {
    kind.map(kind_label).into()
}

fn job_cell(post: Option<&str>, work_type: Option<&str>) -> Cell<'static> {
    post.map(Post::label_of).or(work_type.map(WorkType::label_of)).map(str::to_owned).into()
}

/// The time of a day that stands elsewhere.
fn time_cell(at: Option<DateTime<Utc>>) -> Cell<'static> {
    at.map(|at| to_china(at).format("%H:%M:%S").to_string()).into()
}

/// Hours with two decimals, as wages are reckoned.
fn hours_cell(minutes: i64) -> Cell<'static> {
    Cell::Number((minutes as f64 / 60.0 * 100.0).round() / 100.0)
}
