//! 【项目人员登记绑定审核】: lists, counts, and one with everything beside it.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::names::{self, CrewName};
use crate::{
    entity::{
        Reach, Scope, account,
        face_comparison::ComparisonVerdict,
        person, project,
        registration::{self, Column, Model, RegistrationState},
    },
    platform::{
        App,
        auth::{Caller, Permission},
        database,
        files::Disposition,
        types::{Masked, clock::china_today},
        web::{Error, Page, Paging, Result},
    },
    registry::{
        faces::rules::Limits,
        people::{
            identity::{id_number_hash, open_bank_card, open_id_number},
            rules::age_on,
        },
        policies::{self, Policy},
    },
    site::{
        registrations::{
            dto::{
                RegistrationCounts, RegistrationDetail, RegistrationFilter, RegistrationRow, RegistrationSeen,
                RegistrationTab,
            },
            rules,
        },
        roster::{query::standings, rules::is_overage},
    },
};

/// A registration within reach; any other is a 404.
pub async fn find(app: &App, reach: &Reach, id: Uuid) -> Result<Model> {
    let select = registration::Entity::find_in(reach).filter(Column::Id.eq(id));
    select.one(app.db.reader()).await?.ok_or(Error::NotFound)
}

pub async fn page(
    app: &App,
    caller: &Caller,
    reach: &Reach,
    filter: &RegistrationFilter,
    paging: &Paging,
) -> Result<Page<RegistrationRow>> {
    let known = [
        ("updated_at", Column::UpdatedAt),
        ("submitted_at", Column::SubmittedAt),
        ("decided_at", Column::DecidedAt),
        ("created_at", Column::CreatedAt),
        ("name", Column::Name),
        ("face_distance", Column::FaceDistance),
    ];
    let (column, descending) = paging.order(&known, (Column::UpdatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = matching(app, reach, filter).order_by(column, order).order_by_desc(Column::Id);
    let page = paging.fetch(select, app.db.reader()).await?;
    let (total, rows) = (page.total, page.items);
    Ok(paging.page_of(shown(app, caller, rows).await?, total))
}

/// How many wait under each tab; everything but the tab itself narrows them down.
pub async fn counts(app: &App, reach: &Reach, filter: &RegistrationFilter) -> Result<RegistrationCounts> {
    let filter = RegistrationFilter { tab: None, ..filter.clone() };
    let rows: Vec<(RegistrationState, i64)> = matching(app, reach, &filter)
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "rows")
        .group_by(Column::State)
        .into_tuple()
        .all(app.db.reader())
        .await?;
    let mut counts = RegistrationCounts::default();
    for (state, rows) in rows {
        let place = match state {
            RegistrationState::Draft | RegistrationState::ToSubmit => &mut counts.to_submit,
            RegistrationState::Submitted => &mut counts.submitted,
            RegistrationState::Refused => &mut counts.refused,
            RegistrationState::Approved => &mut counts.approved,
            RegistrationState::Withdrawn => continue,
        };
        *place += u64::try_from(rows).unwrap_or_default();
    }
    Ok(counts)
}

fn matching(app: &App, reach: &Reach, filter: &RegistrationFilter) -> Select<registration::Entity> {
    let RegistrationFilter {
        tab,
        project_id,
        project,
        region_code,
        name,
        id_number,
        crew_id,
        kind,
        origin,
        face_standing,
    } = filter;
    let of_tab = |tab: RegistrationTab| match tab {
        RegistrationTab::ToSubmit => Column::State.is_in([RegistrationState::Draft, RegistrationState::ToSubmit]),
        RegistrationTab::Submitted => Column::State.eq(RegistrationState::Submitted),
        RegistrationTab::Refused => Column::State.eq(RegistrationState::Refused),
        RegistrationTab::Approved => Column::State.eq(RegistrationState::Approved),
    };
    let standing = |standing: ComparisonVerdict| match standing {
        ComparisonVerdict::Look => {
            Condition::any().add(Column::FaceStanding.eq(standing)).add(Column::FaceStanding.is_null())
        }
        standing => Condition::all().add(Column::FaceStanding.eq(standing)),
    };
    let mut select = registration::Entity::find_in(reach);
    if project.is_some() || region_code.is_some() {
        select = select.join(JoinType::InnerJoin, registration::Relation::Project.def());
    }
    let all = Condition::all()
        .add_option(tab.map(of_tab))
        .add_option(project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(project.as_ref().map(|typed| database::contains(project::Column::Name, typed.as_str())))
        .add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())))
        .add_option(name.as_ref().map(|typed| database::contains(Column::Name, typed.as_str())))
        .add_option(id_number.as_ref().map(|number| Column::IdNumberHash.eq(id_number_hash(&app.keys, number))))
        .add_option(crew_id.map(|id| Column::CrewId.eq(id)))
        .add_option(kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(origin.map(|origin| Column::Origin.eq(origin)))
        .add_option(face_standing.map(standing));
    select.filter(all)
}

/// What stands beside a page of them, in one query each.
struct Beside {
    projects: HashMap<Uuid, project::Model>,
    crews: HashMap<Uuid, CrewName>,
    people: HashMap<Uuid, person::Model>,
    deciders: HashMap<Uuid, String>,
    policies: HashMap<String, Policy>,
    manages: Reach,
}

impl Beside {
    async fn of(app: &App, caller: &Caller, rows: &[Model]) -> Result<Self> {
        let db = app.db.reader();
        let ids: HashSet<Uuid> = rows.iter().map(|row| row.project_id).collect();
        let projects = project::Entity::find().filter(project::Column::Id.is_in(ids)).all(db).await?;
        let people = rows.iter().filter_map(|row| row.person_id);
        let people = person::Entity::find().filter(person::Column::Id.is_in(people)).all(db).await?;
        let deciders = rows.iter().filter_map(|row| row.decided_by);
        let deciders = account::Entity::find().filter(account::Column::Id.is_in(deciders)).all(db).await?;
        let mut known = HashMap::new();
        for project in &projects {
            if !known.contains_key(&project.region_code) {
                let policy = policies::for_region(app, &project.region_code).await?;
                known.insert(project.region_code.clone(), policy);
            }
        }
        Ok(Self {
            crews: names::crews(db, rows).await?,
            projects: projects.into_iter().map(|project| (project.id, project)).collect(),
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            deciders: deciders.into_iter().map(|account| (account.id, account.name)).collect(),
            policies: known,
            manages: caller.reach(Permission::ManageRoster),
        })
    }

    fn row(&self, app: &App, row: &Model) -> Option<RegistrationRow> {
        let project = self.projects.get(&row.project_id)?;
        let crew = row.crew_id.and_then(|id| self.crews.get(&id));
        let limits = Limits::of(self.policies.get(&project.region_code)?);
        let manages =
            self.manages.covers_region(&project.region_code) || self.manages.0.contains(&Scope::Project(project.id));
        let person = row.person_id.and_then(|id| self.people.get(&id));
        let link = |id: Option<Uuid>| id.map(|id| app.files.links.path(id, Disposition::Inline));
        let decided_by = match (row.decided_at, row.decided_by) {
            (None, _) => None,
            (Some(_), None) => Some("系统".to_owned()),
            (Some(_), Some(id)) => self.deciders.get(&id).cloned(),
        };
        let waits = matches!(row.state, RegistrationState::Draft | RegistrationState::ToSubmit);
        Some(RegistrationRow {
            id: row.id,
            project_id: project.id,
            project_name: project.name.clone(),
            origin: row.origin,
            state: row.state,
            name: row.name.clone(),
            id_number: row.id_number_mask.clone(),
            sex: row.sex.clone(),
            age: row.born_on.map(|born| age_on(born, china_today())),
            ethnic: row.ethnic.clone(),
            phone: row.phone.as_deref().map(Masked::phone),
            kind: row.kind,
            crew_id: row.crew_id,
            crew_name: crew.map(|crew| crew.name.clone()),
            unit_kind: crew.map(|crew| crew.unit_kind.clone()),
            unit_name: crew.map(|crew| crew.unit_name.clone()),
            work_type: row.work_type.clone(),
            post: row.post.clone(),
            settlement: row.settlement,
            unit_price_fen: row.unit_price_fen,
            settlement_unit: row.settlement_unit.clone(),
            bank_name: row.bank_name.clone(),
            bank_card: row.bank_card_mask.clone(),
            face_url: link(person.map_or(row.face_file_id, |person| person.photo_file_id)),
            portrait_url: link(person.map_or(row.portrait_file_id, |person| person.portrait_file_id)),
            face_source: row.face_source,
            face_distance: row.face_distance,
            face_standing: row.face_standing,
            limit_pass: limits.pass,
            limit_look: limits.look,
            missing: if waits { rules::missing(row) } else { Vec::new() },
            reason: row.reason.clone(),
            submitted_at: row.submitted_at,
            decided_at: row.decided_at,
            decided_by,
            person_id: row.person_id,
            entry_id: row.entry_id,
            created_at: row.created_at,
            updated_at: row.updated_at,
            may_decide: manages && project.cancelled_at.is_none(),
            revision: row.revision,
        })
    }
}

async fn shown(app: &App, caller: &Caller, rows: Vec<Model>) -> Result<Vec<RegistrationRow>> {
    let beside = Beside::of(app, caller, &rows).await?;
    Ok(rows.iter().filter_map(|row| beside.row(app, row)).collect())
}

pub async fn detail(app: &App, caller: &Caller, row: Model) -> Result<RegistrationDetail> {
    let beside = Beside::of(app, caller, std::slice::from_ref(&row)).await?;
    let view = beside.row(app, &row).ok_or(Error::NotFound)?;
    let project = beside.projects.get(&row.project_id).ok_or(Error::NotFound)?;
    let policy = beside.policies.get(&project.region_code).ok_or(Error::NotFound)?;
    let person = row.person_id.and_then(|id| beside.people.get(&id));
    Ok(RegistrationDetail {
        remarks: remarks(app, caller, policy, &row).await?,
        history: names::history(app.db.reader(), &row, false).await?,
        address: person.map_or(row.address.as_deref(), |person| person.address.as_deref()).map(masked_address),
        has_id_front: person.map_or(row.id_front_file_id, |person| person.id_front_file_id).is_some(),
        has_id_back: person.map_or(row.id_back_file_id, |person| person.id_back_file_id).is_some(),
        id_authority: row.id_authority,
        id_valid_from: row.id_valid_from,
        id_valid_until: row.id_valid_until,
        temporary_card: row.temporary_card,
        consent_at: row.consent_at,
        row: view,
    })
}

fn masked_address(address: &str) -> String {
    let shown: String = address.chars().take(6.min(address.chars().count() / 2)).collect();
    format!("{shown}******")
}

/// What to look at before deciding. Of one that is decided there is nothing to look at.
async fn remarks(app: &App, caller: &Caller, policy: &Policy, row: &Model) -> Result<Vec<String>> {
    let mut remarks = Vec::new();
    if matches!(row.state, RegistrationState::Approved | RegistrationState::Withdrawn) {
        return Ok(remarks);
    }
    let today = china_today();
    if let (Some(sex), Some(born_on)) = (&row.sex, row.born_on)
        && is_overage(sex, born_on, today, policy)
    {
        remarks.push(format!("{} 周岁，已达到本地区超龄提醒年龄", age_on(born_on, today)));
    }
    if row.id_valid_until.is_some_and(|until| until < today) {
        remarks.push("身份证已过有效期，请核对新证件".to_owned());
    }
    if row.face_file_id.is_some() && row.face_standing.is_none() {
        remarks.push("没有可比对的证件照，请当面或对照身份证核对人脸".to_owned());
    }
    let Some(hash) = &row.id_number_hash else { return Ok(remarks) };
    let by_hash = person::Entity::find().filter(person::Column::IdNumberHash.eq(hash));
    let Some(known) = by_hash.one(app.db.reader()).await? else { return Ok(remarks) };
    let visible = caller.reach(Permission::ViewRoster);
    let standing = standings(app.db.reader(), row.project_id, &[known.id], &visible).await?.of(known.id);
    if !standing.elsewhere.is_empty() {
        remarks.push(format!("目前还在{}在场", standing.elsewhere.join("、")));
    }
    if let Some(left_on) = standing.left_on {
        remarks.push(format!("曾在本项目工作，{left_on} 退场"));
    }
    Ok(remarks)
}

/// What is masked elsewhere, in full. Who asks is noted before it is shown.
pub async fn seen_in_full(app: &App, row: &Model) -> Result<RegistrationSeen> {
    let person = match row.person_id {
        Some(id) => person::Entity::find_by_id(id).one(app.db.reader()).await?,
        None => None,
    };
    let link = |id: Option<Uuid>| id.map(|id| app.files.links.path(id, Disposition::Inline));
    let (number, card) = match &person {
        Some(person) => (Some(&person.id_number_sealed), person.bank_card_sealed.as_ref()),
        None => (row.id_number_sealed.as_ref(), row.bank_card_sealed.as_ref()),
    };
    Ok(RegistrationSeen {
        id_number: number.map(|sealed| open_id_number(&app.keys, sealed)).transpose()?,
        bank_card: card.map(|sealed| open_bank_card(&app.keys, sealed)).transpose()?,
        phone: person.as_ref().map_or(row.phone.clone(), |person| person.phone.clone()),
        address: person.as_ref().map_or(row.address.clone(), |person| person.address.clone()),
        id_front_url: link(person.as_ref().map_or(row.id_front_file_id, |person| person.id_front_file_id)),
        id_back_url: link(person.as_ref().map_or(row.id_back_file_id, |person| person.id_back_file_id)),
    })
}
