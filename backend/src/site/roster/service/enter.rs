//! 【人员进场】: several people, all of them or nobody.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{
    Named, NewEntry, about, new_row,
    person::{self as person_data, PersonData},
};
use crate::{
    entity::{person, project, roster_entry, unit},
    platform::{
        App,
        auth::{Caller, Permission},
        types::{Text, clock::china_today},
        web::{Error, Result},
    },
    registry::{crews, policies::Policy},
    site::roster::{
        dto::{Blocked, Entered, EntryAnswer, EntryFacts, EntryForm, EntryPerson, Terms, ToConfirm, Warning},
        query,
        rules::{self, Place, Refusal, Who},
    },
};

/// A project with its region's rules.
pub struct Site<'a> {
    pub project: &'a project::Model,
    pub policy: Policy,
}

/// Somebody who can enter.
struct Candidate {
    index: usize,
    person: person::Model,
    entry: NewEntry,
    data: PersonData,
    warnings: Vec<Warning>,
}

pub async fn enter(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    site: &Site<'_>,
    mut form: EntryForm,
    named: Named,
) -> Result<EntryAnswer> {
    let today = china_today();
    let entered_on = form.entered_on.unwrap_or(today);
    rules::check_entry_day(entered_on, today, &site.policy)?;
    let place = place(tx, site.project.id, form.unit_id, form.crew_id, entered_on).await?;
    let people = std::mem::take(&mut form.people).into_iter().zip(named);
    let judged = judge_all(tx, caller, site, &place, entered_on, &form, people.collect()).await?;
    settle(tx, app, caller, site, &place, &form, judged).await
}

/// The crew and its unit, both on site on the day.
pub async fn place(
    tx: &impl ConnectionTrait,
    project_id: Uuid,
    unit_id: Option<Uuid>,
    crew_id: Uuid,
    entered_on: NaiveDate,
) -> Result<Place> {
    let crew = crews::query::on_site_for_entry(tx, project_id, crew_id, entered_on).await?;
    if unit_id.is_some_and(|unit_id| unit_id != crew.unit_id) {
        return Err(Error::field("crew_id", "该班组不属于所选的参建单位，请重新选择"));
    }
    let unit = unit::Entity::find_by_id(crew.unit_id).one(tx).await?;
    let unit = unit.ok_or_else(|| Error::internal("a crew without a unit"))?;
    if unit.exited_on.is_some() {
        return Err(Error::field("unit_id", "该参建单位已退场，人员不能进场"));
    }
    Ok(Place { crew, unit })
}

type Judged = Vec<Result<Candidate, Blocked>>;

async fn judge_all(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    site: &Site<'_>,
    place: &Place,
    entered_on: NaiveDate,
    form: &EntryForm,
    people: Vec<(EntryPerson, Result<person::Model, Blocked>)>,
) -> Result<Judged> {
    let ids: Vec<Uuid> = people.iter().filter_map(|(_, named)| Some(named.as_ref().ok()?.id)).collect();
    let standings = query::standings(tx, site.project.id, &ids, &caller.reach(Permission::ViewRoster)).await?;
    let cards: Vec<&str> = people.iter().filter_map(|(one, _)| one.card_number.as_ref().map(Text::as_str)).collect();
    let mut cards = query::who_holds_cards(tx, site.project.id, &cards).await?;
    let mut seen = HashSet::new();
    let mut judged = Vec::new();
    for (index, (one, named)) in people.into_iter().enumerate() {
        let person = match named {
            Ok(person) => person,
            Err(blocked) => {
                judged.push(Err(blocked));
                continue;
            }
        };
        let name = person.name.clone();
        let outcome = (|| {
            if !seen.insert(person.id) {
                return Err(Refusal::new("person_id", "同一人选择了两次"));
            }
            let standing = standings.of(person.id);
            let warnings = rules::judge(Who::known(&person), place, entered_on, &standing, &site.policy)?;
            let (entry, data) = taken_apart(place, person.id, entered_on, form, one)?;
            if let Some(card) = &entry.card_number
                && let Some((_, holder)) = cards.insert(card.clone(), (person.id, name.clone()))
            {
                return Err(Refusal::new("card_number", format!("考勤卡号已发给“{holder}”")));
            }
            Ok(Candidate { index, person, entry, data, warnings })
        })();
        judged.push(outcome.map_err(|Refusal { field, reason }| Blocked {
            index,
            name: Some(name),
            id_number: None,
            field: field.to_owned(),
            reason,
        }));
    }
    Ok(judged)
}

/// What the person says goes before what the form says for all.
fn taken_apart(
    place: &Place,
    person_id: Uuid,
    entered_on: NaiveDate,
    form: &EntryForm,
    one: EntryPerson,
) -> Result<(NewEntry, PersonData), Refusal> {
    let EntryPerson {
        person_id: _,
        id_number: _,
        name: _,
        work_type,
        post,
        settlement,
        unit_price_fen,
        settlement_unit,
        card_number,
        phone,
        bank_name,
        bank_card,
    } = one;
    let terms = Terms {
        work_type: work_type.or(form.work_type),
        post: post.or(form.post),
        settlement: settlement.or(form.settlement),
        unit_price_fen: unit_price_fen.or(form.unit_price_fen),
        settlement_unit: settlement_unit.or_else(|| form.settlement_unit.clone()),
    };
    let terms = rules::check_terms(place, terms)?;
    let card_number = card_number.map(Text::into_string);
    Ok((NewEntry { person_id, entered_on, terms, card_number }, PersonData { phone, bank_name, bank_card }))
}

/// Writes everybody, or answers why nothing was written.
async fn settle(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    site: &Site<'_>,
    place: &Place,
    form: &EntryForm,
    judged: Judged,
) -> Result<EntryAnswer> {
    let mut answer = EntryAnswer::default();
    let mut entering = Vec::new();
    for outcome in judged {
        match outcome {
            Err(blocked) => answer.refused.push(blocked),
            Ok(one) if !one.warnings.is_empty() && !form.confirm_warnings => {
                answer.needs_confirmation.push(ToConfirm {
                    index: one.index,
                    name: one.person.name,
                    id_number: one.person.id_number_mask,
                    warnings: one.warnings,
                })
            }
            Ok(one) => entering.push(one),
        }
    }
    let somebody_cannot = !answer.refused.is_empty() && !form.skip_refused;
    if somebody_cannot || !answer.needs_confirmation.is_empty() {
        return Ok(answer);
    }
    for one in entering {
        answer.entered.push(write(tx, app, caller, site, place, one).await?);
    }
    Ok(answer)
}

async fn write(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    site: &Site<'_>,
    place: &Place,
    one: Candidate,
) -> Result<Entered> {
    let Candidate { index, person, entry, data, warnings } = one;
    let row = roster_entry::Entity::insert(new_row(place, entry)).exec_with_returning(tx).await?;
    let person = person_data::keep(tx, app, caller, person, data).await?;
    let mut note = about("roster.enter", person.id, &person.name, site.project)
        .company(place.unit.company_id)
        .created(&EntryFacts::of(&row, &place.crew.name));
    if !warnings.is_empty() {
        let confirmed: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
        note = note.reason(format!("已确认：{}", confirmed.join("；")));
    }
    note.write(tx, caller).await?;
    let has_card = person.bank_card_sealed.is_some();
    let incomplete = rules::lacks(row.kind, row.work_type.is_some(), has_card, &site.policy);
    Ok(Entered { index, person_id: person.id, entry_id: row.id, name: person.name, incomplete })
}
