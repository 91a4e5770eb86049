//! 【导出】: the registry of projects as a workbook, with the filters and the order of the list.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::{
    query,
    view::{ProjectFilter, ProjectRow},
};
use crate::{
    entity::Reach,
    platform::{
        auth::{Permission, caller::reach_of},
        files::{Kind, service::store_made},
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column, SheetError, SheetWriter},
        types::clock,
        web::{Error, Paging, Result},
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
        let (app, Some(account_id)) = (&context.app, context.account_id) else {
            return Err(JobError::Fail("不知道是谁要导出".to_owned()));
        };
        // What the account reaches when the job runs, not when it was asked for.
        let reach = reach_of(app, account_id, Permission::ViewProjects).await?;
        let running = reach_of(app, account_id, Permission::EditProjects).await?;
        let rows = self.rows(app.db.reader(), &reach, &running, &context).await?;
        let path = std::env::temp_dir().join(format!("mingce-{}.xlsx", context.id));
        let workbook = write(rows, path.clone()).await;
        // Whether it was written or not, nothing stays behind.
        drop(tokio::fs::remove_file(path).await);
        let name = format!("项目库 {}.xlsx", clock::china_today());
        let file = store_made(app, Some(account_id), &name, Kind::Xlsx, workbook?).await?;
        Ok(Outcome::default().file(file.id))
    }
}

impl ExportProjects {
    async fn rows(
        &self,
        db: &impl ConnectionTrait,
        reach: &Reach,
        running: &Reach,
        context: &JobContext,
    ) -> Result<Vec<ProjectRow>> {
        let mut paging = Paging::from_the_first(self.sort.clone());
        let mut rows = Vec::new();
        loop {
            let page = query::list(db, reach, running, &self.filter, &paging).await?;
            let total = usize::try_from(page.total).unwrap_or(usize::MAX);
            if page.items.is_empty() {
                return Ok(rows);
            }
            rows.extend(page.items);
            context.progress(rows.len(), total, format!("已读取 {} 个项目", rows.len())).await;
            paging.page += 1;
        }
    }
}

async fn write(rows: Vec<ProjectRow>, path: PathBuf) -> Result<Bytes> {
    let made = tokio::task::spawn_blocking(move || {
        write_rows(&rows, &path)
            .map_err(Error::internal)
            .and_then(|()| std::fs::read(&path).map(Bytes::from).map_err(Error::internal))
    });
    made.await.map_err(Error::internal)?
}

fn write_rows(rows: &[ProjectRow], path: &Path) -> Result<(), SheetError> {
    let columns = [
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
    ];
    let mut sheet = SheetWriter::create(path, "项目库", &columns)?;
    for row in rows {
        sheet.row(&[
            row.number.into(),
            row.name.as_str().into(),
            row.code.as_deref().into(),
            row.region_path.join(" ").into(),
            ProjectCategory::label_of(&row.category).into(),
            ProjectStatus::label_of(&row.status).into(),
            row.vendor_name.as_deref().into(),
            row.contact_name.as_deref().into(),
            row.contact_phone.as_deref().into(),
            Cell::Number(row.people as f64),
            if row.qualified { "合格" } else { "不合格" }.into(),
            row.venue_code.as_deref().into(),
            row.longitude.into(),
            row.latitude.into(),
            row.account_login.as_deref().into(),
            clock::china_day(row.created_at).into(),
        ])?;
    }
    sheet.finish().map(drop)
}
