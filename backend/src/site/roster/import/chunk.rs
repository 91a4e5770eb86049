//! Some rows at once: looked up together, judged one by one, written together.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    parse::Parsed,
    report::{RowOutcome, RowResult},
    write::write,
};
use crate::{
    entity::{Reach, person, project},
    platform::{
        audit::{self, Author},
        crypto::Keyring,
        web::Result,
    },
    registry::{
        people::{
            identity::id_number_hash,
            lookups,
            service::{by_id_numbers, check_name},
        },
        policies::Policy,
    },
    site::roster::{
        query::{self, Standings},
        rules::{self, Place, Refusal, Who},
    },
};

/// What holds for the whole import.
pub struct Import<'a> {
    pub project: &'a project::Model,
    pub policy: Policy,
    pub keys: &'a Keyring,
    pub author: &'a Author,
    pub visible: Reach,
    pub today: NaiveDate,
    pub dry_run: bool,
    pub confirm_warnings: bool,
    /// When the job was queued: whoever is in the crew since then was entered by it, before it was interrupted.
    pub since: DateTime<Utc>,
}

/// What the database knows about the rows of a chunk.
pub struct Known {
    /// By the hash of their ID number.
    pub people: HashMap<String, person::Model>,
    pub places: HashMap<Uuid, Place>,
    standings: Standings,
    cards: HashMap<String, (Uuid, String)>,
}

type Rows<'a> = &'a [(u32, &'a Parsed)];

/// What became of a chunk.
pub struct Processed {
    pub results: Vec<RowResult>,
    /// How many rows were told something of their ID number's owner.
    pub told: usize,
    /// Whose wage card became known by it: it may be what they lacked on another project.
    pub with_card: Vec<Uuid>,
}

/// Judges and, unless it is a dry run, writes a chunk. What it tells of people is written down in any case.
pub async fn process(tx: &impl ConnectionTrait, import: &Import<'_>, rows: Rows<'_>) -> Result<Processed> {
    let mut known = look_up(tx, import, rows).await?;
    let mut results = Vec::with_capacity(rows.len());
    let (mut entering, mut told) = (Vec::new(), Vec::new());
    for (number, row) in rows {
        let mut result = judge(import, &mut known, &mut told, *number, row);
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
    let processed = Processed { results, told: told.len(), with_card };
    audit::write_all(tx, told, import.author).await?;
    Ok(processed)
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

fn judge(import: &Import<'_>, known: &mut Known, told: &mut Vec<audit::Entry>, number: u32, row: &Parsed) -> RowResult {
    let name = row.name.expose().to_owned();
    let became = |outcome, message| RowResult { row: number, name: name.clone(), outcome, message };
    let person = known.people.get(&id_number_hash(import.keys, &row.id_number));
    if let Some(here) = person.and_then(|person| known.standings.here.get(&person.id))
        && here.crew_id == row.crew_id
    {
        return if here.created_at >= import.since {
            became(RowOutcome::Entered, None)
        } else {
            became(RowOutcome::Already, Some("已在该班组在场，未重复进场".to_owned()))
        };
    }
    let warnings = match checked(import, known, person, row) {
        Ok(warnings) => warnings,
        Err(Unfit { reason, tells }) => {
            told.extend(tells.then(|| lookups::noted(&row.id_number, person)));
            return became(RowOutcome::Failed, Some(reason));
        }
    };
    if let Some(card) = &row.card_number
        && let Some((_, holder)) = known.cards.insert(card.clone(), (Uuid::nil(), name.clone()))
    {
        return became(RowOutcome::Failed, Some(format!("考勤卡号已发给“{holder}”")));
    }
    match warnings {
        Some(warnings) if !import.confirm_warnings => became(RowOutcome::ToConfirm, Some(warnings)),
        Some(warnings) => became(RowOutcome::Enterable, Some(format!("已确认：{warnings}"))),
        None => became(RowOutcome::Enterable, None),
    }
}

/// Why a row cannot enter.
struct Unfit {
    reason: String,
    /// Whether that says something of the ID number's owner.
    tells: bool,
}

impl From<String> for Unfit {
    fn from(reason: String) -> Self {
        Self { reason, tells: false }
    }
}

impl Unfit {
    fn told(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), tells: true }
    }
}

/// What there is to confirm, or why the row cannot enter.
fn checked(
    import: &Import<'_>,
    known: &Known,
    person: Option<&person::Model>,
    row: &Parsed,
) -> Result<Option<String>, Unfit> {
    let reason = |refusal: Refusal| refusal.reason;
    let place = known.places.get(&row.crew_id).ok_or_else(|| "本项目没有这个班组".to_owned())?;
    if place.crew.exited_on.is_some() || place.unit.exited_on.is_some() {
        return Err(format!("班组“{}”已退场", place.crew.name).into());
    }
    rules::check_entry_day(row.entered_on, import.today, &import.policy).map_err(reason)?;
    if row.entered_on < place.crew.entered_on {
        return Err(format!("进场日期不能早于班组进场日期（{}）", place.crew.entered_on).into());
    }
    rules::check_terms(place, row.terms.clone()).map_err(reason)?;
    match person {
        Some(person) => check_name(person, &row.name).map_err(|error| Unfit::told(error.message()))?,
        None if row.ethnic.is_none() => return Err(Unfit::told("民族：该人员首次登记，须填写民族")),
        None => {}
    }
    let who = person.map_or_else(|| Who::unknown(&row.id_number), Who::known);
    let standing = person.map(|person| known.standings.of(person.id)).unwrap_or_default();
    let warnings = rules::judge(who, place, row.entered_on, &standing, &import.policy).map_err(reason)?;
    let told: Vec<String> = warnings.into_iter().map(|warning| warning.message).collect();
    Ok((!told.is_empty()).then(|| told.join("；")))
}
