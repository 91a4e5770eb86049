use serde::{Deserialize, Serialize};

use super::{List, People, hours_cell, person_cells, person_columns};
use crate::{
    platform::{
        App,
        exports::Export,
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::Month,
        web::{Page, Paging, Result},
    },
    site::{
        attendance::{
            dto::{MonthRow, MonthSearch},
            query::{self, Site},
        },
        roster::query::Search,
    },
};

/// 月考勤: people down, days across, hours in the cells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportMonths {
    month: Month,
    people: People,
}

impl ExportMonths {
    pub fn of(app: &App, asked: MonthSearch) -> Self {
        let MonthSearch { month, filter } = asked;
        Self { month, people: People::of(app, filter) }
    }
}

impl Job for ExportMonths {
    const KIND: &'static str = "attendance.export_months";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let (month, people) = (self.month, self.people.clone());
        let export = Export::start("月考勤", columns(month), move |row| cells(month, row));
        self.export(&context, people, export, &format!("月考勤{month}")).await
    }
}

impl List for ExportMonths {
    type Row = MonthRow;

    async fn page(&self, site: &Site<'_>, search: &Search, paging: &Paging) -> Result<Page<MonthRow>> {
        query::months(site, search, self.month, paging).await
    }
}

fn columns(month: Month) -> Vec<Column> {
    let days = month.days().map(|day| Column::number("day", day.format("%-d日").to_string()).width(7.0));
    let sums = [Column::number("present", "出勤天数"), Column::number("hours", "总工时（小时）")];
    person_columns().into_iter().chain(days).chain(sums).collect()
}

/// A day on which somebody came shows the hours, also when these are none; any other day is empty.
fn cells(month: Month, row: MonthRow) -> Vec<Cell<'static>> {
    let mut came = row.days.iter().filter(|cell| cell.count > 0).peekable();
    let days = month.days().map(|day| match came.next_if(|cell| cell.day == day) {
        Some(cell) => hours_cell(cell.minutes.into()),
        None => Cell::Blank,
    });
    let mut cells: Vec<_> = person_cells(&row.who).into_iter().chain(days).collect();
    cells.extend([Cell::Number(row.present_days as f64), hours_cell(row.minutes)]);
    cells
}
