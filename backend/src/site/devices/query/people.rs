//! Who is missing on a device.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::{Known, Whitelist, known, list::one};
use crate::{
    entity::{Reach, crew, person, project, roster_entry},
    platform::{
        App,
        types::Masked,
        web::{Page, Paging, Result},
    },
    site::devices::dto::{DevicePerson, DevicePersonFilter, DevicePersonState},
};

/// The people a device should know and those it should not any more, whoever is not up to date first. A site's people
/// fit into memory many times over, so the page is cut out here.
pub async fn people(
    app: &App,
    project: &project::Model,
    reach: &Reach,
    id: Uuid,
    sees_names: bool,
    filter: &DevicePersonFilter,
    paging: &Paging,
) -> Result<Page<DevicePerson>> {
    let db = app.db.reader();
    let device = one(db, reach, id).await?;
    let (whitelist, known) = (Whitelist::of(app, project).await?, known(db, [id]).await?.remove(&id));
    let known: Known = known.unwrap_or_default();
    let mut people: Vec<DevicePerson> = whitelist
        .states(&device, &known)
        .map(|(stay, state)| DevicePerson {
            person_id: stay.person_id,
            number: stay.number,
            name: stay.name.clone(),
            crew_name: None,
            state,
        })
        .chain(strangers(db, whitelist.extra(&device, &known)).await?)
        .filter(|person| filter.state.is_none_or(|state| state == person.state))
        .collect();
    people.sort_by_key(|person| (person.state, person.number));
    let total = people.len() as u64;
    let offset = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let size = usize::try_from(paging.page_size).unwrap_or(usize::MAX);
    let mut shown: Vec<DevicePerson> = people.into_iter().skip(offset).take(size).collect();
    add_crews(db, project.id, &mut shown).await?;
    if !sees_names {
        for person in &mut shown {
            person.name = Masked::name(&person.name).into();
        }
    }
    Ok(paging.page_of(shown, total))
}

async fn strangers(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<DevicePerson>> {
    let rows: Vec<(Uuid, i64, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Number, person::Column::Name])
        .filter(person::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    let extra = |(person_id, number, name)| DevicePerson {
        person_id,
        number,
        name,
        crew_name: None,
        state: DevicePersonState::Extra,
    };
    Ok(rows.into_iter().map(extra).collect())
}

async fn add_crews(db: &impl ConnectionTrait, project_id: Uuid, people: &mut [DevicePerson]) -> Result<()> {
    let crews: HashMap<Uuid, String> = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::PersonId)
        .column(crew::Column::Name)
        .join(JoinType::InnerJoin, roster_entry::Relation::Crew.def())
        .filter(roster_entry::Column::ProjectId.eq(project_id))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .filter(roster_entry::Column::PersonId.is_in(people.iter().map(|person| person.person_id)))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    for person in people {
        person.crew_name = crews.get(&person.person_id).cloned();
    }
    Ok(())
}
