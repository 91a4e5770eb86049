//! Somebody whom a registration brings in, in the name of whoever lets them in: a reviewer, or the platform itself where
//! the region wants no review.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use sea_orm::{prelude::Expr, sea_query::LockType};
use uuid::Uuid;

use super::{
    NewEntry, about,
    enter::{Site, place},
    new_row,
};
use crate::{
    entity::{
        Reach,
        company::UploadState,
        person, project,
        roster_entry::{self, Column},
    },
    platform::{
        audit::{self, Author},
        types::clock::china_today,
        web::{Error, Result},
    },
    registry::{policies::Elsewhere, presence},
    site::roster::{
        dto::{EntryFacts, Terms, WarningCode},
        query,
        rules::{self, Who},
    },
};

/// Who enters today, into which crew and as what.
pub struct Newcomer<'a> {
    pub person: &'a person::Model,
    pub crew_id: Uuid,
    pub terms: Terms,
}

/// Somebody who is on the roster now.
pub struct Admitted {
    pub entry: roster_entry::Model,
    /// Where they were until now, where the region transfers people.
    pub left: Vec<String>,
}

/// By the rules of 【人员进场】, and by the region's word about people who are on site elsewhere. `visible` is what
/// whoever lets them in may know of that.
pub async fn admit(
    tx: &impl ConnectionTrait,
    author: &Author,
    visible: &Reach,
    site: &Site<'_>,
    newcomer: Newcomer<'_>,
) -> Result<Admitted> {
    let Newcomer { person, crew_id, terms } = newcomer;
    let today = china_today();
    let place = place(tx, site.project.id, None, crew_id, today).await?;
    let standing = query::standings(tx, site.project.id, &[person.id], visible).await?.of(person.id);
    let mut warnings = rules::judge(Who::known(person), &place, today, &standing, &site.policy)?;
    let terms = rules::check_terms(&place, terms)?;
    let mut left = Vec::new();
    if !standing.elsewhere.is_empty() {
        match site.policy.on_site_elsewhere {
            Elsewhere::Tell => return Err(rules::on_site_elsewhere(&standing.elsewhere).into()),
            Elsewhere::Transfer => {
                leave_others(tx, author, site.project, person).await?;
                left = standing.elsewhere;
                warnings.retain(|warning| warning.code != WarningCode::OnAnotherProject);
            }
            Elsewhere::Allow => {}
        }
    }
    let new = NewEntry { person_id: person.id, entered_on: today, terms, card_number: None };
    let entry = roster_entry::Entity::insert(new_row(&place, new)).exec_with_returning(tx).await?;
    let mut note = about("roster.enter", person.id, &person.name, site.project)
        .company(place.unit.company_id)
        .created(&EntryFacts::of(&entry, &place.crew.name));
    if !warnings.is_empty() {
        let words: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
        note = note.reason(format!("登记通过：{}", words.join("；")));
    }
    audit::write_all(tx, vec![note], author).await?;
    Ok(Admitted { entry, left })
}

/// Everywhere but here, today; each project's people can read why.
async fn leave_others(
    tx: &impl ConnectionTrait,
    author: &Author,
    here: &project::Model,
    person: &person::Model,
) -> Result<()> {
    let today = china_today();
    let entries = roster_entry::Entity::find()
        .filter(Column::PersonId.eq(person.id))
        .filter(Column::ProjectId.ne(here.id))
        .filter(Column::ExitedOn.is_null())
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(tx)
        .await?;
    let projects = entries.iter().map(|entry| entry.project_id);
    let reason = format!("转到“{}”，登记审核通过", here.name);
    roster_entry::Entity::update_many()
        .col_expr(Column::ExitedOn, Expr::value(today))
        .col_expr(Column::ExitReason, Expr::value(reason.clone()))
        .col_expr(Column::ExitRecordedAt, Expr::value(presence::exit_instant()))
        .col_expr(Column::UploadState, Expr::value(UploadState::Waiting))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::Id.is_in(entries.iter().map(|entry| entry.id)))
        .exec(tx)
        .await?;
    let sites = project::Entity::find().filter(project::Column::Id.is_in(projects)).all(tx).await?;
    let mut notes = Vec::new();
    for entry in &entries {
        let Some(project) = sites.iter().find(|project| project.id == entry.project_id) else {
            return Err(Error::internal("an entry without a project"));
        };
        let days = serde_json::json!({ "entered_on": entry.entered_on, "exited_on": today });
        notes.push(about("roster.exit", person.id, &person.name, project).reason(&reason).created(&days));
    }
    audit::write_all(tx, notes, author).await
}
