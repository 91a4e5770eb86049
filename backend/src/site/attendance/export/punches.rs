use chrono::NaiveDate;
use futures_util::StreamExt;
use sea_orm::QueryOrder;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{People, job_cell, kind_cell, project_of};
use crate::{
    entity::{
        device::Direction,
        punch::{self, PunchSource},
    },
    platform::{
        App,
        exports::Export,
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::clock::to_china,
    },
    site::attendance::{
        dto::PunchSearch,
        query::{Punches, RawPunch, Site},
    },
};

/// 考勤明细: every punch of some days, refused ones too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportPunches {
    from: NaiveDate,
    to: NaiveDate,
    refused: Option<bool>,
    device_id: Option<Uuid>,
    people: People,
}

impl ExportPunches {
    pub fn of(app: &App, asked: PunchSearch) -> Self {
        let PunchSearch { from, to, refused, device_id, filter } = asked;
        Self { from, to, refused, device_id, people: People::of(app, filter) }
    }
}

impl Job for ExportPunches {
    const KIND: &'static str = "attendance.export_punches";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let Self { from, to, refused, device_id, people } = self;
        let project = project_of(&context).await?;
        let site = Site::of(&context.app, &project).await?;
        let punches = Punches { from, to, refused, device_id, search: people.search(&site).await? };
        let total = usize::try_from(punches.count(&site).await?).unwrap_or(usize::MAX);
        let mut export = Export::start("考勤明细", columns(), cells);
        let in_order = punches.rows(&site).order_by_asc(punch::Column::At).order_by_asc(punch::Column::Id);
        let mut rows = in_order.into_model::<RawPunch>().stream(context.app.db.reader()).await?;
        let mut written = 0;
        while let Some(row) = rows.next().await {
            written = export.push(row?).await;
            if written.is_multiple_of(1_000) {
                context.progress(written, total, format!("已写入 {written} / {total} 条")).await;
            }
        }
        drop(rows);
        let name = format!("考勤明细{}-{}", from.format("%Y%m%d"), to.format("%Y%m%d"));
        let file = export.keep(&context.app, context.account_id, &name).await?;
        Ok(Outcome::result(json!({ "rows": written })).file(file.id))
    }
}

fn columns() -> Vec<Column> {
    let text = Column::text;
    vec![
        text("name", "姓名"),
        text("id_number", "身份证号码").width(22.0),
        text("kind", "人员类型"),
        text("company", "参建单位").width(32.0),
        text("crew", "班组").width(20.0),
        text("job", "工种/岗位").width(18.0),
        text("at", "打卡时间").width(22.0),
        Column::date("day", "计入日期"),
        text("direction", "进出"),
        text("place", "设备位置").width(18.0),
        text("source", "来源"),
        text("refusal", "未计入原因").width(18.0),
        text("received", "收到时间").width(22.0),
    ]
}

fn cells(row: RawPunch) -> Vec<Cell<'static>> {
    let by_the_clock = |at| Cell::Time(to_china(at).naive_local());
    vec![
        row.name.into(),
        row.id_number.into(),
        kind_cell(row.kind),
        row.company_name.into(),
        row.crew_name.into(),
        job_cell(row.post.as_deref(), row.work_type.as_deref()),
        by_the_clock(row.at),
        row.day.into(),
        Cell::from(direction_label(row.direction)),
        row.place.into(),
        Cell::from(source_label(row.source)),
        row.refusal.into(),
        by_the_clock(row.received_at),
    ]
}

fn direction_label(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "进",
        Direction::Out => "出",
        Direction::Turns => "轮换",
    }
}

fn source_label(source: PunchSource) -> &'static str {
    match source {
        PunchSource::Terminal => "考勤机",
        PunchSource::Phone => "手机",
        PunchSource::MakeUp => "补录",
    }
}
