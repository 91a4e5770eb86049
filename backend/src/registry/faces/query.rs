//! Reads: comparisons as the page shows them, and somebody's pictures.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate, NaiveTime};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::dto::{
    ComparedFace, ComparisonCounts, ComparisonFigures, ComparisonFilter, ComparisonRow, FigureLimits, FigurePoint,
    PersonImage,
};
use crate::{
    entity::{
        Reach, account,
        face_comparison::{Column, ComparisonKind, ComparisonState, Entity, Model},
        person,
        person_image::{self, ImageKind},
        project, roster_entry,
    },
    platform::{
        App,
        files::Disposition,
        types::clock::from_china,
        vision::FaceProblem,
        web::{Error, Page, Paging, Result},
    },
};

/// So many points a plot can show and a browser can draw.
const POINTS: u64 = 5_000;

/// Comparisons within reach, the last first.
pub async fn page(app: &App, reach: &Reach, filter: &ComparisonFilter, paging: &Paging) -> Result<Page<ComparisonRow>> {
    let known = [("created_at", Column::CreatedAt), ("distance", Column::Distance), ("decided_at", Column::DecidedAt)];
    let (column, descending) = paging.order(&known, (Column::CreatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = Entity::find_in(reach).filter(condition(filter)).order_by(column, order).order_by_desc(Column::Id);
    let page = paging.fetch(select, app.db.reader()).await?;
    let (total, comparisons) = (page.total, page.items);
    Ok(paging.page_of(rows(app, comparisons).await?, total))
}

pub async fn figures(app: &App, reach: &Reach, filter: &ComparisonFilter) -> Result<ComparisonFigures> {
    let db = app.db.reader();
    let select = Entity::find_in(reach).filter(condition(filter));
    let total = select.clone().count(db).await?;
    let newest = select.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(POINTS).all(db).await?;
    let limits = newest.first().map(|newest| FigureLimits {
        pass: newest.limit_pass,
        look: newest.limit_look,
        duplicate: newest.limit_duplicate,
    });
    let point = |comparison: Model| FigurePoint {
        distance: comparison.distance,
        kind: comparison.kind,
        verdict: comparison.verdict,
        decision: comparison.decision,
        created_at: comparison.created_at,
    };
    Ok(ComparisonFigures { points: newest.into_iter().map(point).collect(), capped: total > POINTS, limits })
}

pub async fn counts(app: &App, reach: &Reach) -> Result<ComparisonCounts> {
    let rows: Vec<(ComparisonState, ComparisonKind, i64)> = Entity::find_in(reach)
        .select_only()
        .column(Column::State)
        .column(Column::Kind)
        .column_as(Column::Id.count(), "rows")
        .group_by(Column::State)
        .group_by(Column::Kind)
        .into_tuple()
        .all(app.db.reader())
        .await?;
    let mut counts = ComparisonCounts::default();
    for (state, kind, rows) in rows {
        let place = match (state, kind) {
            (ComparisonState::Open, ComparisonKind::OneToOne) => &mut counts.one_to_one,
            (ComparisonState::Open, ComparisonKind::Duplicate) => &mut counts.duplicate,
            (ComparisonState::Open, ComparisonKind::Punch) => &mut counts.punch,
            (ComparisonState::Decided, _) => &mut counts.decided,
            (ComparisonState::Outdated, _) => &mut counts.outdated,
        };
        *place += u64::try_from(rows).unwrap_or_default();
    }
    Ok(counts)
}

/// A comparison within reach; any other is a 404.
pub async fn find(app: &App, reach: &Reach, id: Uuid) -> Result<Model> {
    Entity::find_in(reach).filter(Column::Id.eq(id)).one(app.db.reader()).await?.ok_or(Error::NotFound)
}

pub async fn shown(app: &App, comparison: Model) -> Result<ComparisonRow> {
    rows(app, vec![comparison]).await?.pop().ok_or(Error::NotFound)
}

fn condition(filter: &ComparisonFilter) -> Condition {
    let ComparisonFilter { kind, verdict, state, decision, project_id, person_id, from, to } = filter;
    let begins = |day: NaiveDate| from_china(day.and_time(NaiveTime::MIN));
    let of_person = |id: Uuid| Condition::any().add(Column::PersonId.eq(id)).add(Column::OtherPersonId.eq(id));
    Condition::all()
        .add_option(kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(verdict.map(|verdict| Column::Verdict.eq(verdict)))
        .add_option(state.map(|state| Column::State.eq(state)))
        .add_option(decision.map(|decision| Column::Decision.eq(decision)))
        .add_option(project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(person_id.map(of_person))
        .add_option(from.map(|day| Column::CreatedAt.gte(begins(day))))
        .add_option(to.and_then(|day| day.checked_add_days(Days::new(1))).map(|day| Column::CreatedAt.lt(begins(day))))
}

/// With what stands beside them in one query each.
async fn rows(app: &App, comparisons: Vec<Model>) -> Result<Vec<ComparisonRow>> {
    let beside = Beside::of(app, &comparisons).await?;
    Ok(comparisons.into_iter().filter_map(|comparison| beside.row(app, comparison)).collect())
}

struct Beside {
    people: HashMap<Uuid, person::Model>,
    images: HashMap<Uuid, person_image::Model>,
    projects: HashMap<Uuid, String>,
    deciders: HashMap<Uuid, String>,
    on_site: HashSet<Uuid>,
}

impl Beside {
    async fn of(app: &App, comparisons: &[Model]) -> Result<Self> {
        let db = app.db.reader();
        let people: HashSet<Uuid> = comparisons.iter().flat_map(|one| [one.person_id, one.other_person_id]).collect();
        let images = comparisons.iter().flat_map(|one| [one.image_id, one.other_image_id]);
        let images = person_image::Entity::find().filter(person_image::Column::Id.is_in(images)).all(db).await?;
        let projects = comparisons.iter().filter_map(|one| one.project_id);
        let projects = project::Entity::find().filter(project::Column::Id.is_in(projects)).all(db).await?;
        let deciders = comparisons.iter().filter_map(|one| one.decided_by);
        let deciders = account::Entity::find().filter(account::Column::Id.is_in(deciders)).all(db).await?;
        let on_site: Vec<Uuid> = roster_entry::Entity::find()
            .select_only()
            .column(roster_entry::Column::PersonId)
            .filter(roster_entry::Column::PersonId.is_in(people.iter().copied()))
            .filter(roster_entry::Column::ExitedOn.is_null())
            .into_tuple()
            .all(db)
            .await?;
        let people = person::Entity::find().filter(person::Column::Id.is_in(people)).all(db).await?;
        Ok(Self {
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            images: images.into_iter().map(|image| (image.id, image)).collect(),
            projects: projects.into_iter().map(|project| (project.id, project.name)).collect(),
            deciders: deciders.into_iter().map(|account| (account.id, account.name)).collect(),
            on_site: on_site.into_iter().collect(),
        })
    }

    fn row(&self, app: &App, comparison: Model) -> Option<ComparisonRow> {
        Some(ComparisonRow {
            id: comparison.id,
            kind: comparison.kind,
            subject: self.face(app, comparison.person_id, comparison.image_id)?,
            other: self.face(app, comparison.other_person_id, comparison.other_image_id)?,
            distance: comparison.distance,
            limit_pass: comparison.limit_pass,
            limit_look: comparison.limit_look,
            limit_duplicate: comparison.limit_duplicate,
            model: comparison.model,
            verdict: comparison.verdict,
            state: comparison.state,
            decision: comparison.decision,
            reason: comparison.reason,
            decided_at: comparison.decided_at,
            decided_by: comparison.decided_by.and_then(|id| self.deciders.get(&id).cloned()),
            project_id: comparison.project_id,
            project_name: comparison.project_id.and_then(|id| self.projects.get(&id).cloned()),
            created_at: comparison.created_at,
            revision: comparison.revision,
        })
    }

    fn face(&self, app: &App, person_id: Uuid, image_id: Uuid) -> Option<ComparedFace> {
        let (person, image) = (self.people.get(&person_id)?, self.images.get(&image_id)?);
        Some(ComparedFace {
            person_id,
            number: person.number,
            name: person.name.clone(),
            id_number: person.id_number_mask.clone(),
            kind: image.kind,
            version: image.version,
            source: image.source,
            taken_at: image.created_at,
            url: image.file_id.map(|id| app.files.links.path(id, Disposition::Inline)),
            replaced: image.superseded_at.is_some(),
            on_site: self.on_site.contains(&person_id),
        })
    }
}

/// Somebody's pictures. Who may see the person has been asked before.
pub async fn images(app: &App, person_id: Uuid) -> Result<Vec<PersonImage>> {
    let found = person_image::Entity::find()
        .filter(person_image::Column::PersonId.eq(person_id))
        .order_by_asc(person_image::Column::Kind)
        .order_by_desc(person_image::Column::Version)
        .all(app.db.reader())
        .await?;
    Ok(found.into_iter().map(|image| shown_image(app, image)).collect())
}

fn shown_image(app: &App, image: person_image::Model) -> PersonImage {
    let is_shown = !matches!(image.kind, ImageKind::CardFront | ImageKind::CardBack);
    let codes: Option<Vec<String>> =
        image.report.as_ref().and_then(|report| serde_json::from_value(report["issues"].clone()).ok());
    PersonImage {
        id: image.id,
        kind: image.kind,
        version: image.version,
        source: image.source,
        url: image.file_id.filter(|_| is_shown).map(|id| app.files.links.path(id, Disposition::Inline)),
        issues: codes.map(|codes| codes.into_iter().map(FaceProblem::of_code).collect()),
        comparable: image.embedding.is_some(),
        model: image.model,
        checked_at: image.checked_at,
        sent_at: image.sent_at,
        created_at: image.created_at,
        superseded_at: image.superseded_at,
        deleted_at: image.deleted_at,
    }
}
