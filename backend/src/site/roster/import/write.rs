//! The rows of a chunk that can enter, written together: people who are new, blanks that are filled, entries, and for
//! each of these its line in the audit.

use sea_orm::{ConnectionTrait, EntityTrait, TryIntoModel};
use uuid::Uuid;

use super::{
    chunk::{Import, Known},
    parse::Parsed,
    report::RowResult,
};
use crate::{
    entity::{person, roster_entry},
    platform::{
        audit,
        types::IdNumber,
        web::{Error, Result},
    },
    registry::people::{
        NewPerson, Particulars,
        identity::id_number_hash,
        service::{Filled, create_many, fill_blanks, note},
    },
    site::roster::{
        dto::EntryFacts,
        rules::{self, Place},
        service::{NewEntry, about, new_row},
    },
};

/// A row that can enter, by its place among the chunk's results.
pub type Entering<'a> = (usize, &'a Parsed);

/// Gives whose wage card became known by it.
pub async fn write(
    tx: &impl ConnectionTrait,
    import: &Import<'_>,
    known: &mut Known,
    entering: &[Entering<'_>],
    results: &mut [RowResult],
) -> Result<Vec<Uuid>> {
    let mut notes = create_unknown(tx, import, known, entering).await?;
    let (mut entries, mut with_card) = (Vec::with_capacity(entering.len()), Vec::new());
    for (at, row) in entering {
        let person = known.people.get(&hash(import, &row.id_number));
        let person = person.ok_or_else(|| Error::internal("a person vanished"))?;
        let place = known.places.get(&row.crew_id).ok_or_else(|| Error::internal("a crew vanished"))?;
        let result = results.get_mut(*at).ok_or_else(|| Error::internal("a row vanished"))?;
        let terms = rules::check_terms(place, row.terms.clone())?;
        let (entered_on, card_number) = (row.entered_on, row.card_number.clone());
        let entry = new_row(place, NewEntry { person_id: person.id, entered_on, terms, card_number });
        // What a row that enters has to say so far is which warnings were confirmed.
        notes.push(entered(import, place, person, &entry, result.message.as_deref())?);
        let card = row.bank_card.as_ref();
        with_card.extend(card.map(|_| person.id));
        let filled = fill_blanks(tx, import.keys, person, row.phone.as_ref(), row.bank_name.as_ref(), card).await?;
        let Filled { after, other_card } = filled;
        if let Some(after) = after {
            notes.push(note::edited(person, &after).project(import.project));
        }
        if other_card {
            result.message = Some("已进场；工资卡号与人员库登记的不同，人员库未改动".to_owned());
        }
        entries.push(entry);
    }
    roster_entry::Entity::insert_many(entries).exec_without_returning(tx).await?;
    audit::write_all(tx, notes, import.author).await?;
    Ok(with_card)
}

fn hash(import: &Import<'_>, number: &IdNumber) -> String {
    id_number_hash(import.keys, number)
}

/// Makes the people nobody has known so far; gives what the audit says of those who were made here.
async fn create_unknown(
    tx: &impl ConnectionTrait,
    import: &Import<'_>,
    known: &mut Known,
    entering: &[Entering<'_>],
) -> Result<Vec<audit::Entry>> {
    let unknown = entering.iter().filter(|(_, row)| !known.people.contains_key(&hash(import, &row.id_number)));
    let new: Vec<NewPerson> = unknown.filter_map(|(_, row)| new_person(import, row)).collect();
    let mut notes = Vec::with_capacity(new.len());
    for (person, created) in create_many(tx, import.keys, new).await? {
        if created {
            notes.push(note::created(&person).project(import.project));
        }
        known.people.insert(person.id_number_hash.clone(), person);
    }
    Ok(notes)
}

fn entered(
    import: &Import<'_>,
    place: &Place,
    person: &person::Model,
    entry: &roster_entry::ActiveModel,
    confirmed: Option<&str>,
) -> Result<audit::Entry> {
    let entry = entry.clone().try_into_model()?;
    let note = about("roster.enter", person.id, &person.name, import.project)
        .company(place.unit.company_id)
        .created(&EntryFacts::of(&entry, &place.crew.name));
    Ok(match confirmed {
        Some(confirmed) => note.reason(confirmed),
        None => note,
    })
}

fn new_person(import: &Import<'_>, row: &Parsed) -> Option<NewPerson> {
    Some(NewPerson {
        id_number: row.id_number.clone(),
        name: row.name.clone(),
        ethnic: row.ethnic?,
        origin: person::PersonOrigin::Import,
        origin_project_id: Some(import.project.id),
        region_code: import.project.region_code.clone(),
        particulars: Particulars {
            address: row.address.clone().map(Into::into),
            phone: row.phone.clone(),
            bank_name: row.bank_name.clone().map(Into::into),
            bank_card: row.bank_card.clone(),
            ..Default::default()
        },
    })
}
