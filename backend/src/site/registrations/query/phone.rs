//! What a worker's phone sees.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use super::names;
use crate::{
    entity::{
        company, crew,
        crew::CrewKind,
        project,
        registration::{self, Column, Model, RegistrationState},
        unit,
    },
    platform::{
        App,
        files::Disposition,
        types::Masked,
        web::{Error, Result},
    },
    registry::{policies, projects::codes},
    site::registrations::{
        dto::{
            JoinConsent, JoinCrew, JoinProject, JoinView, PhoneRegistration, RegistrationFace, RegistrationPictures,
        },
        rules::{self, JoinState, RegistrationSteps},
    },
};

/// So many registrations of one phone are shown, the newest first.
const MOST: u64 = 50;

/// What a code leads to. One that never was is a 404.
pub async fn join(app: &App, user_id: Uuid, code: &str) -> Result<JoinView> {
    let db = app.db.reader();
    let (code, project) = codes::find(db, code).await?.ok_or(Error::NotFound)?;
    let state = JoinState::of(Some(&code), &project);
    let policy = policies::for_region(app, &project.region_code).await?;
    let last = registration::Entity::find()
        .filter(Column::ProjectId.eq(project.id))
        .filter(Column::PhoneUserId.eq(user_id))
        .filter(Column::State.ne(RegistrationState::Withdrawn))
        .order_by_desc(Column::CreatedAt)
        .one(db)
        .await?;
    let registration = match last {
        Some(row) => Some(own_view(app, row).await?),
        None => None,
    };
    let crews = if state == JoinState::Open { crews(db, project.id).await? } else { Vec::new() };
    let consent = JoinConsent { version: rules::CONSENT, text: rules::consent(&project, &policy) };
    let contractor = names::contractors(db, &[project.id]).await?.remove(&project.id);
    let project = JoinProject { id: project.id, name: project.name, address: project.address, contractor };
    Ok(JoinView { code: code.code, project, state, message: state.message(), consent, crews, registration })
}

/// Those on site, workers' first.
async fn crews(db: &impl ConnectionTrait, project_id: Uuid) -> Result<Vec<JoinCrew>> {
    let found: Vec<(Uuid, String, CrewKind, Option<String>, String, String)> = crew::Entity::find()
        .select_only()
        .columns([crew::Column::Id, crew::Column::Name, crew::Column::Kind, crew::Column::WorkType])
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(company::Column::Name, "unit_name")
        .join(JoinType::InnerJoin, crew::Relation::Unit.def())
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .filter(crew::Column::ProjectId.eq(project_id))
        .filter(crew::Column::ExitedOn.is_null())
        .filter(unit::Column::ExitedOn.is_null())
        .order_by_desc(crew::Column::Kind)
        .order_by_asc(crew::Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    let shown = |(id, name, kind, work_type, unit_kind, unit_name)| JoinCrew {
        id,
        name,
        unit_name,
        unit_kind,
        kind,
        work_type,
    };
    Ok(found.into_iter().map(shown).collect())
}

/// A registration of this phone; anybody else's is a 404.
pub async fn of_phone(db: &impl ConnectionTrait, user_id: Uuid, id: Uuid) -> Result<Model> {
    let select = registration::Entity::find().filter(Column::Id.eq(id)).filter(Column::PhoneUserId.eq(user_id));
    select.one(db).await?.ok_or(Error::NotFound)
}

pub async fn mine(app: &App, user_id: Uuid) -> Result<Vec<PhoneRegistration>> {
    let rows = registration::Entity::find()
        .filter(Column::PhoneUserId.eq(user_id))
        .order_by_desc(Column::CreatedAt)
        .limit(MOST)
        .all(app.db.reader())
        .await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        views.push(own_view(app, row).await?);
    }
    Ok(views)
}

/// A registration as its own phone sees it.
pub async fn own_view(app: &App, row: Model) -> Result<PhoneRegistration> {
    // It may have been written a moment ago.
    let db = app.db.writer();
    let project = project::Entity::find_by_id(row.project_id).one(db).await?.ok_or(Error::NotFound)?;
    let crew = names::crews(db, std::slice::from_ref(&row)).await?.into_values().next();
    let history = names::history(db, &row, true).await?;
    let contractor =
        names::contractors(db, &[project.id]).await.map(|mut all: HashMap<_, _>| all.remove(&project.id))?;
    let link = |id: Option<Uuid>| id.map(|id| app.files.links.path(id, Disposition::Inline));
    let steps = RegistrationSteps::of(&row);
    let open = matches!(row.state, RegistrationState::Draft | RegistrationState::ToSubmit | RegistrationState::Refused);
    let face = row.face_source.map(|source| RegistrationFace {
        standing: row.face_standing,
        message: rules::face_words(row.face_standing),
        source: Some(source),
    });
    let (crew_name, unit_name) = crew.map(|crew| (crew.name, crew.unit_name)).unzip();
    Ok(PhoneRegistration {
        id: row.id,
        revision: row.revision,
        state: row.state,
        project: JoinProject { id: project.id, name: project.name, address: project.address, contractor },
        steps,
        next: open.then(|| steps.next()),
        missing: if open { rules::missing(&row) } else { Vec::new() },
        pictures: RegistrationPictures {
            id_front_url: link(row.id_front_file_id),
            id_back_url: link(row.id_back_file_id),
            portrait_url: link(row.portrait_file_id),
            face_url: link(row.face_file_id),
        },
        face,
        phone: row.phone.as_deref().map(Masked::phone),
        name: row.name,
        id_number: row.id_number_mask,
        sex: row.sex,
        born_on: row.born_on,
        ethnic: row.ethnic,
        address: row.address,
        id_authority: row.id_authority,
        id_valid_from: row.id_valid_from,
        id_valid_until: row.id_valid_until,
        temporary_card: row.temporary_card,
        kind: row.kind,
        crew_id: row.crew_id,
        crew_name,
        unit_name,
        work_type: row.work_type,
        post: row.post,
        settlement: row.settlement,
        unit_price_fen: row.unit_price_fen,
        settlement_unit: row.settlement_unit,
        bank_name: row.bank_name,
        bank_card: row.bank_card_mask,
        reason: row.reason,
        history,
        entry_id: row.entry_id,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
