//! Writes: somebody objects, somebody answers.

use chrono::{NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use super::dto::{ObjectionAnswer, ObjectionForm};
use crate::{
    entity::{
        Reach, Scope, person, project,
        punch_objection::{self, Column, ObjectionState},
        roster_entry,
    },
    platform::{
        audit,
        auth::Caller,
        files::{
            Purpose,
            service::{Owner, claim},
        },
        phone::{Notice, PhoneUser, Recipient, notices::tell},
        web::{Error, IfMatch, Result},
    },
};

/// Whoever waits for longer than two months does not remember the day.
const LATEST: TimeDelta = TimeDelta::days(62);

/// Whether a day of a stay can be objected to.
pub fn check_day(entry: &roster_entry::Model, day: NaiveDate, today: NaiveDate) -> Result<()> {
    let refuse = |message: String| Err(Error::field("day", message));
    if day > today {
        return refuse("这一天还没有到".to_owned());
    }
    if day < entry.entered_on {
        return refuse(format!("您 {} 才进场，这一天不在您的考勤范围内", entry.entered_on));
    }
    if let Some(left) = entry.exited_on.filter(|left| day > *left) {
        return refuse(format!("您已于 {left} 退场，这一天不在您的考勤范围内"));
    }
    if day < today - LATEST {
        return refuse("只能对最近两个月的考勤提出异议".to_owned());
    }
    Ok(())
}

/// Notes what somebody says about a day of their own stay.
pub async fn object(
    tx: &impl ConnectionTrait,
    phone: &PhoneUser,
    entry: &roster_entry::Model,
    form: &ObjectionForm,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    if let Some(file_id) = form.file_id {
        claim(tx, Owner::Phone(phone.user.id), Purpose::Photo, file_id, "file_id").await?;
    }
    let row = punch_objection::ActiveModel {
        id: Set(id),
        project_id: Set(entry.project_id),
        entry_id: Set(entry.id),
        person_id: Set(entry.person_id),
        day: Set(form.day.date()),
        said: Set(form.said.as_str().to_owned()),
        file_id: Set(form.file_id),
        state: Set(ObjectionState::Open),
        answer: Set(None),
        answered_by: Set(None),
        answered_at: Set(None),
        created_at: Set(Utc::now()),
        revision: Set(1),
    };
    row.insert(tx).await?;
    Ok(id)
}

/// Says whether somebody is right, and why; they hear of it.
pub async fn answer(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    (id, if_match): (Uuid, IfMatch),
    form: &ObjectionAnswer,
) -> Result<()> {
    let found = punch_objection::Entity::find_in(&Reach(vec![Scope::Project(project.id)])).filter(Column::Id.eq(id));
    let before = found.lock_exclusive().one(tx).await?.ok_or(Error::NotFound)?;
    if_match.check(before.revision)?;
    if before.state != ObjectionState::Open {
        return Err(Error::conflict("answered", "这条异议已经答复，不能再修改"));
    }
    let state = if form.accepted { ObjectionState::Accepted } else { ObjectionState::Refused };
    let row = punch_objection::ActiveModel {
        id: Set(id),
        state: Set(state),
        answer: Set(Some(form.answer.as_str().to_owned())),
        answered_by: Set(Some(caller.account.id)),
        answered_at: Set(Some(Utc::now())),
        revision: Set(before.revision + 1),
        ..Default::default()
    };
    let update = punch_objection::Entity::update(row).validate()?;
    update.filter(Column::Revision.eq(before.revision)).exec(tx).await?;
    let person = person::Entity::find_by_id(before.person_id).one(tx).await?.ok_or(Error::NotFound)?;
    audit::Entry::new("objection.answer")
        .subject("person", person.id, &person.name)
        .project(project)
        .reason(form.answer.as_str())
        .created(&json!({ "day": before.day, "said": before.said, "state": state }))
        .write(tx, caller)
        .await?;
    let notice = Notice::ObjectionAnswered {
        project: project.into(),
        day: before.day,
        accepted: form.accepted,
        answer: form.answer.as_str().to_owned(),
    };
    tell(tx, Recipient::Person(person.id), notice, &format!("objection:{id}:answered")).await
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;
    use crate::entity::{company::UploadState, roster_entry::EntryKind};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_of_ones_own_stay_can_be_objected_to_for_two_months() {
        let entry = roster_entry::Model {
            id: Uuid::nil(),
            project_id: Uuid::nil(),
            person_id: Uuid::nil(),
            unit_id: Uuid::nil(),
            crew_id: Uuid::nil(),
            kind: EntryKind::Worker,
            work_type: None,
            post: None,
            settlement: None,
            unit_price_fen: None,
            settlement_unit: None,
            card_number: None,
            entered_on: day("2026-07-01"),
            exited_on: Some(day("2026-11-20")),
            exit_reason: None,
            exit_recorded_at: None,
            upload_state: UploadState::Waiting,
            created_at: Utc::now(),
            revision: 1,
        };
        let check = |on: &str| check_day(&entry, day(on), day("2026-11-26"));
        assert!(check("2026-11-20").is_ok() && check("2026-09-30").is_ok());
        for wrong in ["2026-11-27", "2026-11-21", "2026-06-30", "2026-09-01"] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
