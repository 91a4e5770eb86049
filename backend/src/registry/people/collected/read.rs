use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::dto::{CollectedFilter, CollectedRow};
use crate::{
    entity::{collected_person, person, project, roster_entry},
    platform::{
        App,
        files::Disposition,
        types::{Masked, clock},
        web::{Page, Paging, Result},
    },
    registry::people::rules::{age_on, beginning_with},
};

/// Who was collected at a project and is not on its roster, the last collected first.
pub async fn list(
    app: &App,
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

    let ids = found.iter().map(|(row, _)| row.person_id);
    let busy: Vec<uuid::Uuid> = open
        .filter(roster_entry::Column::PersonId.is_in(ids))
        .select_only()
        .column(roster_entry::Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    let items = found.into_iter().filter_map(|(row, person)| Some(shown(app, &row, &person?, &busy))).collect();
    Ok(paging.page_of(items, total))
}

fn shown(app: &App, row: &collected_person::Model, person: &person::Model, busy: &[uuid::Uuid]) -> CollectedRow {
    let photo = row.photo_file_id.or(person.photo_file_id);
    CollectedRow {
        id: person.id,
        number: person.number,
        name: person.name.clone(),
        sex: person.sex.clone(),
        age: age_on(person.born_on, clock::china_today()),
        ethnic: person.ethnic.clone(),
        id_number: person.id_number_mask.clone(),
        phone: person.phone.as_deref().map(Masked::phone),
        photo_url: photo.map(|id| app.files.links.path(id, Disposition::Inline)),
        on_site_elsewhere: busy.contains(&person.id),
        collected_at: row.collected_at,
    }
}
