use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{List, People, hours_cell, person_cells, person_columns, time_cell};
use crate::{
    platform::{
        App,
        exports::Export,
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        web::{Page, Paging, Result},
    },
    site::{
        attendance::{
            dto::{DayRow, DaySearch},
            query::{self, Site},
        },
        roster::query::Search,
    },
};

/// 打卡统计 of a day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportDays {
    day: NaiveDate,
    people: People,
}

impl ExportDays {
    pub fn of(app: &App, asked: DaySearch) -> Self {
        let DaySearch { day, filter } = asked;
        Self { day, people: People::of(app, filter) }
    }
}

impl Job for ExportDays {
    const KIND: &'static str = "attendance.export_days";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let (day, people) = (self.day, self.people.clone());
        let export = Export::start("打卡统计", columns(), cells);
        self.export(&context, people, export, &format!("打卡统计{}", day.format("%Y%m%d"))).await
    }
}

impl List for ExportDays {
    type Row = DayRow;

    async fn page(&self, site: &Site<'_>, search: &Search, paging: &Paging) -> Result<Page<DayRow>> {
        query::days(site, search, self.day, paging).await
    }
}

fn columns() -> Vec<Column> {
    let rest = [
        Column::text("first", "首次打卡"),
        Column::text("last", "末次打卡"),
        Column::number("count", "打卡次数"),
        Column::number("hours", "工时（小时）"),
        Column::text("state", "出勤情况"),
    ];
    person_columns().into_iter().chain(rest).collect()
}

fn cells(row: DayRow) -> Vec<Cell<'static>> {
    let rest = [
        time_cell(row.first_at),
        time_cell(row.last_at),
        Cell::Number(row.count.into()),
        hours_cell(row.minutes.into()),
        Cell::from(row.state.label()),
    ];
    person_cells(&row.who).into_iter().chain(rest).collect()
}
