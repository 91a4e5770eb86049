//! Who is on site now, by unit and crew.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect};
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
    site::{
        attendance::{
            dto::{Board, BoardCrew, BoardPerson, BoardUnit, Somebody},
            marks::reckon,
        },
        roster::{
            dto::RawRow,
            query::{Search, rows},
        },
    },
};

#[derive(FromQueryResult)]
struct Raw {
    #[sea_orm(nested)]
    who: RawRow,
    marks: String,
}

#[derive(Default)]
struct OfCrew {
    heads: u64,
    people: Vec<BoardPerson>,
}

/// Whoever has come in on this day of attendance and not gone out. A night shift stays on it until the cut.
pub async fn board(site: &Site<'_>) -> Result<Board> {
    let day = site.today();
    let mut of_crew = heads(site).await?;
    let entry =
        roster_entry::Entity::belongs_to(attendance_day::Entity).from(roster_entry::Column::Id).to(Column::EntryId);
    let inside = rows(&site.reach, &Search::default())
        .join(JoinType::InnerJoin, entry.into())
        .filter(Column::ProjectId.eq(site.project.id))
        .filter(Column::Day.eq(day))
        .filter(Column::Inside.eq(true))
        .column(Column::Marks);
    for Raw { who, marks } in inside.into_model::<Raw>().all(site.app.db.reader()).await? {
        let Some(since) = reckon(&marks, day, site.policy.repeat_minutes).inside_since else { continue };
        let Somebody { entry_id, person_id, name, photo_url, crew_id, work_type, post, .. } =
            Somebody::of(site.app, who);
        let person = BoardPerson { entry_id, person_id, name, photo_url, work_type, post, since };
        of_crew.entry(crew_id).or_default().people.push(person);
    }
    let units: Vec<_> = by_unit(&crews(site).await?, of_crew).into_iter().map(shape).collect();
    let (heads, on_site) = (units.iter().map(|unit| unit.heads).sum(), units.iter().map(|unit| unit.on_site).sum());
    Ok(Board { day, heads, on_site, units })
}

async fn heads(site: &Site<'_>) -> Result<HashMap<Uuid, OfCrew>> {
    use roster_entry::Column as Entry;
    let day = site.today();
    let rows: Vec<(Uuid, i64)> = roster_entry::Entity::find_in(&site.reach)
        .filter(between(day, day))
        .select_only()
        .column(Entry::CrewId)
        .column_as(Entry::Id.count(), "heads")
        .group_by(Entry::CrewId)
        .into_tuple()
        .all(site.app.db.reader())
        .await?;
    let of_crew = |heads: i64| OfCrew { heads: heads.unsigned_abs(), ..OfCrew::default() };
    Ok(rows.into_iter().map(|(crew_id, heads)| (crew_id, of_crew(heads))).collect())
}

fn shape((unit, crews): (CrewOfUnit, Vec<(CrewOfUnit, OfCrew)>)) -> BoardUnit {
    let crew = |(crew, OfCrew { heads, mut people }): (CrewOfUnit, OfCrew)| {
        people.sort_by_key(|person| std::cmp::Reverse(person.since));
        BoardCrew { crew_id: crew.crew_id, crew_name: crew.crew_name, crew_kind: crew.crew_kind, heads, people }
    };
    let crews: Vec<BoardCrew> = crews.into_iter().map(crew).collect();
    BoardUnit {
        unit_id: unit.unit_id,
        unit_kind: unit.unit_kind,
        company_name: unit.company_name,
        heads: crews.iter().map(|crew| crew.heads).sum(),
        on_site: crews.iter().map(|crew| crew.people.len() as u64).sum(),
        crews,
    }
}
