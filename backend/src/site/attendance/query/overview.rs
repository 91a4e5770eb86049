//! 出勤一览表: how many came, by day, week or month, and by unit and crew.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    Site,
    crews::{CrewOfUnit, by_unit, crews},
    people::between,
};
use crate::{
    entity::{
        attendance_day::{self, Column},
        roster_entry,
    },
    platform::web::Result,
    site::attendance::{
        dto::{CrewFigures, Figures, Overview, OverviewParams, Period, PeriodFigures, UnitFigures},
        rules,
    },
};

/// Somebody's time in a crew.
struct Stay {
    entry_id: Uuid,
    crew_id: Uuid,
    entered_on: NaiveDate,
    exited_on: Option<NaiveDate>,
}

/// On how many days of a period somebody came, and for how long in all.
struct Attendance {
    days: u64,
    minutes: u64,
}

pub async fn overview(site: &Site<'_>, params: OverviewParams) -> Result<Overview> {
    let OverviewParams { by, from, to } = params;
    let periods = rules::periods(by, from, to)?;
    let rated = rules::counts_in_rates(site.project);
    let (crews, stays, today) = (crews(site).await?, stays(site, from, to).await?, site.today());
    let mut shown = Vec::with_capacity(periods.len());
    for period in periods {
        let attendance = attendance(site, period).await?;
        shown.push(shape(period, &crews, figures(&stays, &attendance, period, today), rated));
    }
    Ok(Overview { stopped: !rated, periods: shown })
}

async fn stays(site: &Site<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Stay>> {
    use roster_entry::Column as Entry;
    let rows: Vec<(Uuid, Uuid, NaiveDate, Option<NaiveDate>)> = roster_entry::Entity::find_in(&site.reach)
        .filter(between(from, to))
        .select_only()
        .columns([Entry::Id, Entry::CrewId, Entry::EnteredOn, Entry::ExitedOn])
        .into_tuple()
        .all(site.app.db.reader())
        .await?;
    let stay = |(entry_id, crew_id, entered_on, exited_on)| Stay { entry_id, crew_id, entered_on, exited_on };
    Ok(rows.into_iter().map(stay).collect())
}

/// Entry by entry and out of one table: joined to the crews, the database would have to sort a project's month.
async fn attendance(site: &Site<'_>, period: Period) -> Result<HashMap<Uuid, Attendance>> {
    let rows: Vec<(Uuid, i64, i64)> = attendance_day::Entity::find_in(&site.reach)
        .select_only()
        .column(Column::EntryId)
        .expr_as(Column::Day.into_expr().count(), "days")
        .expr_as(Column::Minutes.into_expr().sum(), "minutes")
        .filter(Column::Day.between(period.from, period.to))
        .filter(Column::Count.gt(0))
        .group_by(Column::EntryId)
        .into_tuple()
        .all(site.app.db.reader())
        .await?;
    let of = |days: i64, minutes: i64| Attendance { days: days.unsigned_abs(), minutes: minutes.unsigned_abs() };
    Ok(rows.into_iter().map(|(entry_id, days, minutes)| (entry_id, of(days, minutes))).collect())
}

/// Nobody is missing on a day that has not come yet.
fn figures(
    stays: &[Stay],
    attendance: &HashMap<Uuid, Attendance>,
    period: Period,
    today: NaiveDate,
) -> HashMap<Uuid, Figures> {
    let so_far = Period { to: Ord::min(period.to, today), ..period };
    let mut crews: HashMap<Uuid, Figures> = HashMap::new();
    for Stay { entry_id, crew_id, entered_on, exited_on } in stays {
        let roster_days = rules::days_within(so_far, *entered_on, *exited_on);
        if roster_days == 0 {
            continue;
        }
        let crew = crews.entry(*crew_id).or_default();
        crew.heads += 1;
        crew.roster_days += roster_days;
        if let Some(Attendance { days, minutes }) = attendance.get(entry_id) {
            crew.attended += 1;
            crew.attended_days += days;
            crew.minutes += minutes;
        }
    }
    crews
}

fn shape(period: Period, crews: &[CrewOfUnit], figures: HashMap<Uuid, Figures>, rated: bool) -> PeriodFigures {
    let mut total = Figures::default();
    let unit = |(unit, crews): (CrewOfUnit, Vec<(CrewOfUnit, Figures)>)| {
        let mut all = Figures::default();
        let crew = |(crew, figures): (CrewOfUnit, Figures)| {
            all.add(&figures);
            CrewFigures { crew_id: crew.crew_id, crew_name: crew.crew_name, figures: figures.rated(rated) }
        };
        let crews = crews.into_iter().map(crew).collect();
        total.add(&all);
        let CrewOfUnit { unit_id, unit_kind, company_name, .. } = unit;
        UnitFigures { unit_id, unit_kind, company_name, figures: all.rated(rated), crews }
    };
    let units = by_unit(crews, figures).into_iter().map(unit).collect();
    PeriodFigures { period, total: total.rated(rated), units }
}
