//! 出勤一览表: how many came, by day, week or month, and by unit and crew.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ExprTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
    sea_query::{Expr, Func},
};
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
    crew_id: Uuid,
    entered_on: NaiveDate,
    exited_on: Option<NaiveDate>,
}

pub async fn overview(site: &Site<'_>, params: OverviewParams) -> Result<Overview> {
    let OverviewParams { by, from, to } = params;
    let periods = rules::periods(by, from, to)?;
    let rated = rules::counts_in_rates(site.project);
    let (crews, stays, today) = (crews(site).await?, stays(site, from, to).await?, site.today());
    let mut shown = Vec::with_capacity(periods.len());
    for period in periods {
        let mut figures = on_roster(&stays, period, today);
        attended(site, period, &mut figures).await?;
        shown.push(shape(period, &crews, figures, rated));
    }
    Ok(Overview { stopped: !rated, periods: shown })
}

async fn stays(site: &Site<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Stay>> {
    use roster_entry::Column as Entry;
    let rows: Vec<(Uuid, NaiveDate, Option<NaiveDate>)> = roster_entry::Entity::find_in(&site.reach)
        .filter(between(from, to))
        .select_only()
        .columns([Entry::CrewId, Entry::EnteredOn, Entry::ExitedOn])
        .into_tuple()
        .all(site.app.db.reader())
        .await?;
    Ok(rows.into_iter().map(|(crew_id, entered_on, exited_on)| Stay { crew_id, entered_on, exited_on }).collect())
}

/// Nobody is missing on a day that has not come yet.
fn on_roster(stays: &[Stay], period: Period, today: NaiveDate) -> HashMap<Uuid, Figures> {
    let so_far = Period { to: Ord::min(period.to, today), ..period };
    let mut crews: HashMap<Uuid, Figures> = HashMap::new();
    for Stay { crew_id, entered_on, exited_on } in stays {
        let days = rules::days_within(so_far, *entered_on, *exited_on);
        if days > 0 {
            let crew = crews.entry(*crew_id).or_default();
            crew.heads += 1;
            crew.roster_days += days;
        }
    }
    crews
}

async fn attended(site: &Site<'_>, period: Period, crews: &mut HashMap<Uuid, Figures>) -> Result<()> {
    let people = Func::count_distinct(Expr::col((attendance_day::Entity, Column::EntryId)));
    let rows: Vec<(Uuid, i64, i64, i64)> = attendance_day::Entity::find_in(&site.reach)
        .select_only()
        .join(JoinType::InnerJoin, attendance_day::Relation::RosterEntry.def())
        .column(roster_entry::Column::CrewId)
        .expr_as(people, "people")
        .expr_as(Column::Day.into_expr().count(), "days")
        .expr_as(Column::Minutes.into_expr().sum(), "minutes")
        .filter(Column::Day.between(period.from, period.to))
        .filter(Column::Count.gt(0))
        .group_by(roster_entry::Column::CrewId)
        .into_tuple()
        .all(site.app.db.reader())
        .await?;
    for (crew_id, people, days, minutes) in rows {
        let crew = crews.entry(crew_id).or_default();
        crew.attended = people.unsigned_abs();
        crew.attended_days = days.unsigned_abs();
        crew.minutes = minutes.unsigned_abs();
    }
    Ok(())
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
