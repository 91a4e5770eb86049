//! Some rows at once: looked up together, judged one by one, written together.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{
    parse::Parsed,
    report::{RowOutcome, RowResult},
};
use crate::{
    entity::{Reach, person, project, roster_entry},
    platform::{
        crypto::Keyring,
        types::IdNumber,
        web::{Error, Result},
    },
    registry::{
        people::{
            NewPerson, Particulars,
            identity::id_number_hash,
            service::{by_id_numbers, check_name, create_many, fill_blanks},
        },
        policies::Policy,
    },
    site::roster::{
        query::{self, Standings},
        rules::{self, Place, Refusal, Who},
        service::{NewEntry, new_row},
    },
};

/// What holds for the whole import.
pub struct Import<'a> {
    pub project: &'a project::Model,
    pub policy: Policy,
    pub keys: &'a Keyring,
    pub visible: Reach,
    pub today: NaiveDate,
    pub dry_run: bool,
    pub confirm_warnings: bool,
    /// When the job was queued: whoever is in the crew since then was entered by it, before it was interrupted.
    pub since: DateTime<Utc>,
}

/// What the database knows about the rows of a chunk.
struct Known {
    people: HashMap<String, person::Model>,
    standings: Standings,
    places: HashMap<Uuid, Place>,
    cards: HashMap<String, (Uuid, String)>,
}

type Rows<'a> = &'a [(u32, &'a Parsed)];

/// What became of the rows of a chunk.
pub struct Processed {
    pub results: Vec<RowResult>,
    /// Whose wage card became known by it: it may be what they lacked on another project.
    pub with_card: Vec<Uuid>,
}

/// Judges and, unless it is a dry run, writes a chunk.
pub async fn process(tx: &impl ConnectionTrait, import: &Import<'_>, rows: Rows<'_>) -> Result<Processed> {
    let mut known = look_up(tx, import, rows).await?;
    let mut results = Vec::with_capacity(rows.len());
    let mut entering = Vec::new();
    for (number, row) in rows {
        let mut result = judge(import, &mut known, *number, row);
        if result.outcome == RowOutcome::Enterable && !import.dry_run {
            result.outcome = RowOutcome::Entered;
            entering.push((results.len(), *row));
        }
        results.push(result);
    }
    let with_card = match entering.as_slice() {
        [] => Vec::new(),
        entering => write(tx, import, &mut known, entering, &mut results).await?,
    };
    Ok(Processed { results, with_card })
}

async fn look_up(tx: &impl ConnectionTrait, import: &Import<'_>, rows: Rows<'_>) -> Result<Known> {
    let numbers = rows.iter().map(|(_, row)| &row.id_number);
    let people = by_id_numbers(tx, import.keys, numbers).await?;
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let crews: Vec<Uuid> = rows.iter().map(|(_, row)| row.crew_id).collect();
    let cards: Vec<&str> = rows.iter().filter_map(|(_, row)| row.card_number.as_deref()).collect();
    Ok(Known {
        standings: query::standings(tx, import.project.id, &ids, &import.visible).await?,
        places: query::places(tx, import.project.id, &crews).await?,
        cards: query::who_holds_cards(tx, import.project.id, &cards).await?,
        people: people.into_iter().map(|person| (person.id_number_hash.clone(), person)).collect(),
    })
}

fn judge(import: &Import<'_>, known: &mut Known, number: u32, row: &Parsed) -> RowResult {
    let name = row.name.expose().to_owned();
    let told = |outcome, message| RowResult { row: number, name: name.clone(), outcome, message };
    let person = known.people.get(&id_number_hash(import.keys, &row.id_number));
    if let Some(here) = person.and_then(|person| known.standings.here.get(&person.id))
        && here.crew_id == row.crew_id
    {
        return if here.created_at >= import.since {
            told(RowOutcome::Entered, None)
        } else {
            told(RowOutcome::Already, Some("已在该班组在场，未重复进场".to_owned()))
        };
    }
    let warnings = match checked(import, known, person, row) {
        Ok(warnings) => warnings,
        Err(reason) => return told(RowOutcome::Failed, Some(reason)),
    };
    if let Some(card) = &row.card_number
        && let Some((_, holder)) = known.cards.insert(card.clone(), (Uuid::nil(), name.clone()))
    {
        return told(RowOutcome::Failed, Some(format!("考勤卡号已发给“{holder}”")));
    }
    match warnings {
        Some(warnings) if !import.confirm_warnings => told(RowOutcome::ToConfirm, Some(warnings)),
        Some(warnings) => told(RowOutcome::Enterable, Some(format!("已确认：{warnings}"))),
        None => told(RowOutcome::Enterable, None),
    }
}

/// What there is to confirm, or why the row cannot enter.
fn checked(
    import: &Import<'_>,
    known: &Known,
    person: Option<&person::Model>,
    row: &Parsed,
) -> Result<Option<String>, String> {
    let reason = |refusal: Refusal| refusal.reason;
    let place = known.places.get(&row.crew_id).ok_or("本项目没有这个班组")?;
    if place.crew.exited_on.is_some() || place.unit.exited_on.is_some() {
        return Err(format!("班组“{}”已退场", place.crew.name));
    }
    rules::check_entry_day(row.entered_on, import.today, &import.policy).map_err(reason)?;
    if row.entered_on < place.crew.entered_on {
        return Err(format!("进场日期不能早于班组进场日期（{}）", place.crew.entered_on));
    }
    rules::check_terms(place, row.terms.clone()).map_err(reason)?;
    match person {
        Some(person) => check_name(person, &row.name).map_err(|error| error.message().into_owned())?,
        None if row.ethnic.is_none() => return Err("民族：该人员首次登记，须填写民族".to_owned()),
        None => {}
    }
    let who = person.map_or_else(|| Who::unknown(&row.id_number), Who::known);
    let standing = person.map(|person| known.standings.of(person.id)).unwrap_or_default();
    let warnings = rules::judge(who, place, row.entered_on, &standing, &import.policy).map_err(reason)?;
    let told: Vec<String> = warnings.into_iter().map(|warning| warning.message).collect();
    Ok((!told.is_empty()).then(|| told.join("；")))
}

async fn write(
    tx: &impl ConnectionTrait,
    import: &Import<'_>,
    known: &mut Known,
    entering: &[(usize, &Parsed)],
    results: &mut [RowResult],
) -> Result<Vec<Uuid>> {
    let hash = |number: &IdNumber| id_number_hash(import.keys, number);
    let unknown = entering.iter().filter(|(_, row)| !known.people.contains_key(&hash(&row.id_number)));
    let new: Vec<NewPerson> = unknown.filter_map(|(_, row)| new_person(import, row)).collect();
    for person in create_many(tx, import.keys, new).await? {
        known.people.insert(person.id_number_hash.clone(), person);
    }
    let (mut entries, mut with_card) = (Vec::with_capacity(entering.len()), Vec::new());
    for (at, row) in entering {
        let person = known.people.get(&hash(&row.id_number)).ok_or_else(|| Error::internal("a person vanished"))?;
        let place = known.places.get(&row.crew_id).ok_or_else(|| Error::internal("a crew vanished"))?;
        let terms = rules::check_terms(place, row.terms.clone())?;
        let (entered_on, card_number) = (row.entered_on, row.card_number.clone());
        entries.push(new_row(place, NewEntry { person_id: person.id, entered_on, terms, card_number }));
        let card = row.bank_card.as_ref();
        with_card.extend(card.map(|_| person.id));
        let other = fill_blanks(tx, import.keys, person, row.phone.as_ref(), row.bank_name.as_ref(), card).await?;
        if other && let Some(result) = results.get_mut(*at) {
            result.message = Some("已进场；工资卡号与人员库登记的不同，人员库未改动".to_owned());
        }
    }
    roster_entry::Entity::insert_many(entries).exec_without_returning(tx).await?;
    Ok(with_card)
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
