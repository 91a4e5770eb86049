use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::dto::{CollectedFilter, CollectedRow};
use crate::{
    entity::{Reach, collected_person, person, project, roster_entry},
    platform::{
        App,
        auth::{Caller, Permission},
        files::Disposition,
        types::{Masked, clock},
        web::{Page, Paging, Result},
    },
    registry::people::rules::{age_on, beginning_with},
};

/// Who was collected at a project and is not on its roster, the last collected first. Some of them are strangers to
/// the project: of those it sees what it has collected itself.
pub async fn list(
    app: &App,
    caller: &Caller,
    project: &project::Model,
    filter: &CollectedFilter,
    paging: &Paging,
) -> Result<Page<CollectedRow>> {
    let db = app.db.reader();
    let open = roster_entry::Entity::find().filter(roster_entry::Column::ExitedOn.is_null());
    let here = open.clone().filter(roster_entry::Column::ProjectId.eq(project.id));
    let here = here.select_only().column(roster_entry::Column::PersonId).into_query();
    let name = filter.name.as_ref().map(|name| {
        let (from, end) = beginning_with(name.as_str());
        Condition::all().add(person::Column::Name.gte(from)).add_option(end.map(|end| person::Column::Name.lt(end)))
    });
    let select = collected_person::Entity::find()
        .filter(collected_person::Column::ProjectId.eq(project.id))
        .filter(collected_person::Column::PersonId.not_in_subquery(here))
        .find_also_related(person::Entity)
        .filter(Condition::all().add_option(name))
        .order_by_desc(collected_person::Column::CollectedAt)
        .order_by_desc(collected_person::Column::PersonId);
    let total = select.clone().count(db).await?;
    let found = select.offset(paging.offset()).limit(paging.page_size).all(db).await?;

    let ids: Vec<Uuid> = found.iter().map(|(row, _)| row.person_id).collect();
    let busy = open
        .filter(roster_entry::Column::PersonId.is_in(ids.iter().copied()))
        .select_only()
        .column(roster_entry::Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    let viewer = Viewer {
        sees_names: caller.may(Permission::ViewPeople),
        theirs: seen_of(db, &caller.reach(Permission::ViewPeople), &ids).await?,
        busy: busy.into_iter().collect(),
    };
    let items = found.into_iter().filter_map(|(row, person)| Some(viewer.shown(app, &row, &person?))).collect();
    Ok(paging.page_of(items, total))
}

/// Which of these people a reach contains.
async fn seen_of(db: &impl ConnectionTrait, reach: &Reach, people: &[Uuid]) -> Result<HashSet<Uuid>> {
    let select = person::Entity::find_in(reach).filter(person::Column::Id.is_in(people.iter().copied()));
    let ids: Vec<Uuid> = select.select_only().column(person::Column::Id).into_tuple().all(db).await?;
    Ok(ids.into_iter().collect())
}

/// What the caller may see of the people on a page.
struct Viewer {
    sees_names: bool,
    /// The people within the caller's reach.
    theirs: HashSet<Uuid>,
    /// The people on some site now.
    busy: HashSet<Uuid>,
}

impl Viewer {
    fn shown(&self, app: &App, row: &collected_person::Model, person: &person::Model) -> CollectedRow {
        let their_photo = person.photo_file_id.filter(|_| self.theirs.contains(&person.id));
        let photo = row.photo_file_id.or(their_photo);
        CollectedRow {
            id: person.id,
            number: person.number,
            name: if self.sees_names { person.name.clone() } else { Masked::name(&person.name).into() },
            sex: person.sex.clone(),
            age: age_on(person.born_on, clock::china_today()),
            ethnic: person.ethnic.clone(),
            id_number: person.id_number_mask.clone(),
            phone: person.phone.as_deref().map(Masked::phone),
            photo_url: photo.map(|id| app.files.links.path(id, Disposition::Inline)),
            on_site_elsewhere: self.busy.contains(&person.id),
            collected_at: row.collected_at,
        }
    }
}
