//! Whom a form names. Found out before the transaction, for what an ID number tells of its owner is counted.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{Reach, collected_person, person, project},
    platform::{
        App,
        auth::{Caller, Permission},
        crypto::Keyring,
        types::{IdNumber, PersonName},
        web::{Error, Result},
    },
    registry::people::{
        identity::id_number_hash,
        lookups,
        service::{by_id_numbers, check_name},
    },
    site::roster::{
        dto::{Blocked, EntryPerson},
        rules::Refusal,
    },
};

/// How many enter at once by hand; more come in by Excel.
const MOST: usize = 200;

/// For each person of a form, in its order, who it is.
pub type Named = Vec<Result<person::Model, Blocked>>;

/// By id only those within the caller's reach; by ID number and name whoever it is, for people come from other projects.
pub async fn named(app: &App, caller: &Caller, project: &project::Model, people: &[EntryPerson]) -> Result<Named> {
    if !(1..=MOST).contains(&people.len()) {
        return Err(Error::field("people", format!("请选择 1 到 {MOST} 人；更多人员请用【批量人员进场】")));
    }
    let known = Known::load(app.db.reader(), &app.keys, caller, project, people).await?;
    let mut named = Vec::with_capacity(people.len());
    for (index, one) in people.iter().enumerate() {
        let found = match (&one.id_number, one.person_id) {
            (Some(number), _) => known.by_number(app, caller, number, one.name.as_ref()).await?,
            (None, Some(id)) => known.by_id(id),
            (None, None) => Err(Refusal::new("id_number", "请选择人员或填写身份证号")),
        };
        let blocked = |Refusal { field, reason }| Blocked {
            index,
            name: None,
            id_number: one.id_number.as_ref().map(IdNumber::masked),
            field: field.to_owned(),
            reason,
        };
        named.push(found.map_err(blocked));
    }
    Ok(named)
}

/// The people who may be meant, in a handful of queries.
struct Known {
    by_id: HashMap<Uuid, person::Model>,
    by_hash: HashMap<String, person::Model>,
    /// Those who are no strangers here: within the caller's reach, or collected at the project.
    ours: HashSet<Uuid>,
}

impl Known {
    async fn load(
        db: &impl ConnectionTrait,
        keys: &Keyring,
        caller: &Caller,
        project: &project::Model,
        people: &[EntryPerson],
    ) -> Result<Self> {
        let reach = caller.reach(Permission::ViewPeople);
        let by_number = by_id_numbers(db, keys, people.iter().filter_map(|one| one.id_number.as_ref())).await?;
        let ids = people.iter().filter(|one| one.id_number.is_none()).filter_map(|one| one.person_id);
        let wanted: Vec<Uuid> = ids.chain(by_number.iter().map(|person| person.id)).collect();
        let seen = within(db, &reach, &wanted).await?;
        let mut ours = collected_at(db, project.id, &wanted).await?;
        ours.extend(seen.iter().map(|person| person.id));
        Ok(Self {
            by_id: seen.into_iter().map(|person| (person.id, person)).collect(),
            by_hash: by_number.into_iter().map(|person| (person.id_number_hash.clone(), person)).collect(),
            ours,
        })
    }

    fn by_id(&self, id: Uuid) -> Result<person::Model, Refusal> {
        let unseen = || Refusal::new("person_id", "人员不存在，或不在您的管理范围内，请按身份证号和姓名查找");
        self.by_id.get(&id).cloned().ok_or_else(unseen)
    }

    /// Without a name a stranger's number is answered like a number nobody has.
    async fn by_number(
        &self,
        app: &App,
        caller: &Caller,
        number: &IdNumber,
        name: Option<&PersonName>,
    ) -> Result<Result<person::Model, Refusal>> {
        let person = self.by_hash.get(&id_number_hash(&app.keys, number));
        let Some(name) = name else {
            let ours = person.filter(|person| self.ours.contains(&person.id)).cloned();
            return Ok(ours.ok_or_else(|| Refusal::new("name", "请同时填写该身份证号人员的姓名，核对一致后才能进场")));
        };
        let refusal = match person.map(|person| (person, check_name(person, name))) {
            Some((person, Ok(()))) => return Ok(Ok(person.clone())),
            Some((_, Err(other_name))) => Refusal::new("name", other_name.message()),
            None => Refusal::new("id_number", "该身份证号的人员尚未采集登记，请先登记人员再进场"),
        };
        lookups::tell(app, caller, number, person).await?;
        Ok(Err(refusal))
    }
}

async fn within(db: &impl ConnectionTrait, reach: &Reach, people: &[Uuid]) -> Result<Vec<person::Model>> {
    let select = person::Entity::find_in(reach).filter(person::Column::Id.is_in(people.iter().copied()));
    Ok(select.all(db).await?)
}

async fn collected_at(db: &impl ConnectionTrait, project: Uuid, people: &[Uuid]) -> Result<HashSet<Uuid>> {
    let here = collected_person::Entity::find()
        .filter(collected_person::Column::ProjectId.eq(project))
        .filter(collected_person::Column::PersonId.is_in(people.iter().copied()));
    let ids: Vec<Uuid> = here.select_only().column(collected_person::Column::PersonId).into_tuple().all(db).await?;
    Ok(ids.into_iter().collect())
}
