//! 【项目人员登记绑定审核】 (SH8).

use actix_web::{get, post, web::Data};
use uuid::Uuid;

use crate::{
    entity::registration::Model,
    platform::{
        App, audit,
        auth::{
            Within,
            roles::{ManageRoster, ViewPeople},
        },
        types::Text,
        web::{Error, Json, Page, PageParams, Paging, Path, Result, limit},
    },
    site::registrations::{
        dto::{
            RegistrationApproval, RegistrationCounts, RegistrationDetail, RegistrationFilter, RegistrationNotDecided,
            RegistrationRefusal, RegistrationRow, RegistrationSeen, RegistrationUnmask, RegistrationsDecided,
            SeenRegistration,
        },
        query,
        service::{self, Review},
    },
};

/// How many are decided at once.
const MOST: usize = 100;
const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
const LOOKS_AN_HOUR: u64 = 300;

/// Who waits, was refused or let in. Sorts by `updated_at`, `submitted_at`, `decided_at`, `created_at`, `name`,
/// `face_distance`.
#[utoipa::path(tag = "registrations", params(PageParams), responses((status = 200, body = Page<RegistrationRow>)))]
#[post("/registrations/search")]
pub async fn search(
    within: Within<ViewPeople>,
    paging: Paging,
    app: Data<App>,
    filter: Json<RegistrationFilter>,
) -> Result<Json<Page<RegistrationRow>>> {
    query::page(&app, &within.actor, &within.reach, &filter.0, &paging).await.map(Json)
}

/// How many under each tab.
#[utoipa::path(tag = "registrations", responses((status = 200, body = RegistrationCounts)))]
#[post("/registrations/counts")]
pub async fn counts(
    within: Within<ViewPeople>,
    app: Data<App>,
    filter: Json<RegistrationFilter>,
) -> Result<Json<RegistrationCounts>> {
    query::counts(&app, &within.reach, &filter.0).await.map(Json)
}

/// One with its history and what to look at before deciding.
#[utoipa::path(tag = "registrations", params(("registration_id" = Uuid, Path)), responses((status = 200, body = RegistrationDetail)))]
#[get("/registrations/{registration_id}")]
pub async fn show(within: Within<ViewPeople>, id: Path<Uuid>, app: Data<App>) -> Result<Json<RegistrationDetail>> {
    let row = query::find(&app, &within.reach, id.0).await?;
    query::detail(&app, &within.actor, row).await.map(Json)
}

/// 【通过】 of several, each by itself: person, pictures and roster entry at once, or the reason why not.
#[utoipa::path(tag = "registrations", responses((status = 200, body = RegistrationsDecided)))]
#[post("/registrations/approve")]
pub async fn approve(
    within: Within<ManageRoster>,
    app: Data<App>,
    form: Json<RegistrationApproval>,
) -> Result<Json<RegistrationsDecided>> {
    let rows = wanted(&app, &within, &form.0.items).await?;
    let mut answer = RegistrationsDecided::default();
    for (row, seen) in rows {
        let project = service::project_of(app.db.reader(), &row).await?;
        let site = service::site(&app, &project).await?;
        let review = Review { caller: &within.actor, site: &site };
        settle(&mut answer, &row, service::approve(&app, &review, &seen).await)?;
    }
    Ok(Json(answer))
}

/// 【不通过】 of several with one reason: it is sent to the phone it came from.
#[utoipa::path(tag = "registrations", responses((status = 200, body = RegistrationsDecided)))]
#[post("/registrations/refuse")]
pub async fn refuse(
    within: Within<ManageRoster>,
    app: Data<App>,
    form: Json<RegistrationRefusal>,
) -> Result<Json<RegistrationsDecided>> {
    let RegistrationRefusal { items, reason } = form.0;
    let rows = wanted(&app, &within, &items).await?;
    let mut answer = RegistrationsDecided::default();
    for (row, seen) in rows {
        let project = service::project_of(app.db.reader(), &row).await?;
        let site = service::site(&app, &project).await?;
        let review = Review { caller: &within.actor, site: &site };
        settle(&mut answer, &row, service::refuse(&app, &review, &seen, &reason).await)?;
    }
    Ok(Json(answer))
}

/// What a reviewer compares with the card, in full. What was not noted was not shown.
#[utoipa::path(tag = "registrations", params(("registration_id" = Uuid, Path)), responses((status = 200, body = RegistrationSeen)))]
#[post("/registrations/{registration_id}/unmask")]
pub async fn unmask(
    within: Within<ManageRoster>,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<RegistrationUnmask>,
) -> Result<Json<RegistrationSeen>> {
    let row = query::find(&app, &within.reach, id.0).await?;
    let key = format!("people:unmask:{}", within.actor.account.id);
    limit(&app.cache, &key, LOOKS_AN_HOUR, HOUR, "查看完整信息过于频繁，请一小时后再试").await?;
    let project = service::project_of(app.db.reader(), &row).await?;
    let mut entry = audit::Entry::new("registration.unmask")
        .subject("registration", row.id, row.name.clone().unwrap_or_default())
        .project(&project);
    if let Some(reason) = form.0.reason {
        entry = entry.reason(Text::into_string(reason));
    }
    entry.write(app.db.writer(), &within.actor).await?;
    query::seen_in_full(&app, &row).await.map(Json)
}

/// Those within reach; one that is not is a 404 for all.
async fn wanted(
    app: &App,
    within: &Within<ManageRoster>,
    items: &[SeenRegistration],
) -> Result<Vec<(Model, SeenRegistration)>> {
    if !(1..=MOST).contains(&items.len()) {
        return Err(Error::field("items", format!("请选择 1 到 {MOST} 人")));
    }
    let mut rows = Vec::with_capacity(items.len());
    for seen in items {
        rows.push((query::find(app, &within.reach, seen.id).await?, seen.clone()));
    }
    Ok(rows)
}

/// What stands in one's way is told; what fails on our side ends the whole.
fn settle(answer: &mut RegistrationsDecided, row: &Model, outcome: Result<()>) -> Result<()> {
    match outcome {
        Ok(()) => answer.done += 1,
        Err(error @ (Error::Invalid(_) | Error::Conflict(..) | Error::Stale | Error::NotFound)) => {
            let reason = error.message().into_owned();
            answer.refused.push(RegistrationNotDecided {
                id: row.id,
                name: row.name.clone().unwrap_or_default(),
                reason,
            });
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
