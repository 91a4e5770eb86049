//! Somebody's stays, and whether they may punch there now.

use std::collections::HashMap;

use chrono::Utc;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::dto::{OwnPlace, OwnProject, OwnStanding};
use crate::{
    entity::{attendance_day, company, crew, person, project, roster_entry, unit},
    platform::{
        App,
        types::{Month, clock::china_today},
        web::{Error, Result},
    },
    registry::{
        dictionaries::{Post, WorkType},
        policies::{self, Policy},
    },
    site::{
        contracts,
        roster::query::{Admission, RefusalCode},
    },
};

/// One of somebody's own stays.
pub async fn entry(app: &App, person_id: Uuid, entry_id: Uuid) -> Result<roster_entry::Model> {
    let own = roster_entry::Entity::find_by_id(entry_id).filter(roster_entry::Column::PersonId.eq(person_id));
    own.one(app.db.reader()).await?.ok_or(Error::NotFound)
}

/// All of them, those that last first.
pub async fn of(app: &App, person: &person::Model) -> Result<Vec<OwnProject>> {
    let db = app.db.reader();
    let mut entries = roster_entry::Entity::find()
        .filter(roster_entry::Column::PersonId.eq(person.id))
        .order_by_desc(roster_entry::Column::EnteredOn)
        .all(db)
        .await?;
    entries.sort_by_key(|entry| entry.exited_on.is_some());
    let around = Around::of(app, &entries).await?;
    let contracts = contracts::query::of_entries(db, &entries, |project| around.policy(project)).await?;
    let mut shown = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(project) = around.projects.get(&entry.project_id) else { continue };
        let refused = match entry.exited_on {
            Some(_) => Some(RefusalCode::Exited),
            None => judged(app, project, person).await?,
        };
        let standing = contracts.get(&entry.id);
        shown.push(OwnProject {
            entry_id: entry.id,
            project: OwnPlace { id: project.id, name: project.name.clone() },
            kind: entry.kind,
            crew: around.crews.get(&entry.crew_id).cloned().unwrap_or_default(),
            unit: around.units.get(&entry.unit_id).cloned().unwrap_or_default(),
            work_type: entry.work_type.as_deref().map(|code| WorkType::label_of(code).to_owned()),
            post: entry.post.as_deref().map(|code| Post::label_of(code).to_owned()),
            settlement: entry.settlement,
            unit_price_fen: entry.unit_price_fen,
            settlement_unit: entry.settlement_unit,
            entered_on: entry.entered_on,
            exited_on: entry.exited_on,
            days_this_month: around.days.get(&entry.id).copied().unwrap_or_default(),
            contract: standing.map(|standing| OwnStanding { state: standing.state, level: standing.level }),
            may_punch: refused.is_none(),
            why_not: refused.map(why_not),
        });
    }
    Ok(shown)
}

async fn judged(app: &App, project: &project::Model, person: &person::Model) -> Result<Option<RefusalCode>> {
    let admission = Admission::of_person(app, project, person.id).await?;
    Ok(admission.judge(person.number, admission.day_of(Utc::now())).err().map(|refused| refused.code))
}

/// What a terminal says in ten characters, as a sentence that says what to do.
fn why_not(code: RefusalCode) -> String {
    match code {
        RefusalCode::ProjectCancelled => "项目已注销，不能再考勤".into(),
        RefusalCode::Unknown | RefusalCode::NotEntered => "还没有进场，请联系班组长或项目部".into(),
        RefusalCode::Exited => "已退场".into(),
        RefusalCode::NoWorkType => "没有填写工种，请联系项目部补全后再打卡".into(),
        RefusalCode::NoWageCard => "没有登记工资卡，请把银行卡交项目部登记后再打卡".into(),
        RefusalCode::NoContract(days) => {
            format!("未签劳动合同超过 {days} 天，已停止考勤；签订并由项目部上传合同后即可恢复")
        }
    }
}

/// Names around the entries, each looked up once.
struct Around {
    projects: HashMap<Uuid, project::Model>,
    policies: HashMap<Uuid, Policy>,
    crews: HashMap<Uuid, String>,
    units: HashMap<Uuid, String>,
    days: HashMap<Uuid, u64>,
}

impl Around {
    async fn of(app: &App, entries: &[roster_entry::Model]) -> Result<Self> {
        let db = app.db.reader();
        let ids = entries.iter().map(|entry| entry.project_id);
        let projects = project::Entity::find().filter(project::Column::Id.is_in(ids)).all(db).await?;
        let mut policies = HashMap::new();
        for project in &projects {
            policies.insert(project.id, policies::for_region(app, &project.region_code).await?);
        }
        let ids = entries.iter().map(|entry| entry.crew_id);
        let crews = crew::Entity::find().filter(crew::Column::Id.is_in(ids)).all(db).await?;
        let ids = entries.iter().map(|entry| entry.unit_id);
        let units =
            unit::Entity::find().filter(unit::Column::Id.is_in(ids)).find_also_related(company::Entity).all(db).await?;
        let days: Vec<(Uuid, i64)> = attendance_day::Entity::find()
            .select_only()
            .column(attendance_day::Column::EntryId)
            .column_as(attendance_day::Column::Day.count(), "days")
            .filter(attendance_day::Column::EntryId.is_in(entries.iter().map(|entry| entry.id)))
            .filter(attendance_day::Column::ProjectId.is_in(entries.iter().map(|entry| entry.project_id)))
            .filter(attendance_day::Column::Day.gte(Month::of(china_today()).first()))
            .filter(attendance_day::Column::Count.gt(0))
            .group_by(attendance_day::Column::EntryId)
            .into_tuple()
            .all(db)
            .await?;
        Ok(Self {
            projects: projects.into_iter().map(|project| (project.id, project)).collect(),
            policies,
            crews: crews.into_iter().map(|crew| (crew.id, crew.name)).collect(),
            units: units.into_iter().filter_map(|(unit, company)| Some((unit.id, company?.name))).collect(),
            days: days.into_iter().map(|(entry, days)| (entry, days.unsigned_abs())).collect(),
        })
    }

    fn policy(&self, project: Uuid) -> Policy {
        self.policies.get(&project).cloned().unwrap_or_default()
    }
}
