use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use subtle::ConstantTimeEq;

use super::dto::{ApplicationFilter, ApplicationRow, ApplicationStatus, ApplicationView, StatusForm};
use crate::{
    entity::{Reach, application, application_review, stored_file, vendor},
    platform::{
        App,
        files::FileView,
        types::Masked,
        web::{Error, Page, Paging, Result},
    },
    registry::projects::{query::contains, region_path},
};

const SORTS: &[(&str, application::Column)] = &[
    ("created_at", application::Column::CreatedAt),
    ("decided_at", application::Column::DecidedAt),
    ("name", application::Column::Name),
    ("number", application::Column::Number),
    ("state", application::Column::State),
];

pub async fn list(
    db: &impl ConnectionTrait,
    reach: &Reach,
    filter: ApplicationFilter,
    paging: &Paging,
) -> Result<Page<ApplicationRow>> {
    let ApplicationFilter { state, region_code, search, created_from, created_to } = filter;
    let mut all = Condition::all().add_option(state.map(|state| application::Column::State.eq(state)));
    all = all.add_option(region_code.map(|code| application::Column::in_region(code.prefix())));
    if let Some(text) = search {
        let number = application::Column::Number.eq(text.as_str().to_uppercase());
        all = all.add(Condition::any().add(contains(application::Column::Name, &text)).add(number));
    }
    all = all.add_option(created_from.map(|day| application::Column::CreatedAt.gte(day.start())));
    all = all.add_option(created_to.map(|day| application::Column::CreatedAt.lt(day.end())));

    let (column, descending) = paging.order(SORTS, (application::Column::CreatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = application::Entity::find_in(reach).filter(all).order_by(column, order);
    let page = paging.fetch(select.order_by_desc(application::Column::Id), db).await?;
    Ok(page.map(ApplicationRow::from))
}

pub async fn find(db: &impl ConnectionTrait, reach: &Reach, id: uuid::Uuid) -> Result<application::Model> {
    let select = application::Entity::find_in(reach).filter(application::Column::Id.eq(id));
    select.one(db).await?.ok_or(Error::NotFound)
}

/// Everything about one application; the proof by a link that expires.
pub async fn view(app: &App, db: &impl ConnectionTrait, application: application::Model) -> Result<ApplicationView> {
    let proof = match application.proof_file_id {
        Some(id) => stored_file::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let vendor = match application.vendor_id {
        Some(id) => vendor::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let reviews = application_review::Entity::find()
        .filter(application_review::Column::ApplicationId.eq(application.id))
        .order_by_desc(application_review::Column::DecidedAt)
        .all(db)
        .await?;
    Ok(ApplicationView {
        applicant_email: application.applicant_email.clone(),
        vendor_name: vendor.map(|vendor| vendor.name),
        details: serde_json::from_value(application.details.clone()).map_err(Error::internal)?,
        proof: proof.map(|file| FileView::of(app, &file)),
        project_id: application.project_id,
        reviews: reviews.into_iter().map(Into::into).collect(),
        row: application.into(),
    })
}

/// How an application stands, for whoever knows its number and the applicant's telephone. A wrong telephone is
/// answered like a wrong number.
pub async fn status(db: &impl ConnectionTrait, form: &StatusForm) -> Result<ApplicationStatus> {
    let found = application::Entity::find()
        .filter(application::Column::Number.eq(form.number.as_str().to_uppercase()))
        .one(db)
        .await?;
    let theirs = |application: &application::Model| {
        bool::from(application.applicant_phone.as_bytes().ct_eq(form.phone.expose().as_bytes()))
    };
    let application = found.filter(theirs).ok_or(Error::NotFound)?;
    let review = application_review::Entity::find()
        .filter(application_review::Column::ApplicationId.eq(application.id))
        .order_by_desc(application_review::Column::DecidedAt)
        .one(db)
        .await?;
    Ok(ApplicationStatus {
        region_path: region_path(&application.region_code),
        applicant_name: Masked::name(&application.applicant_name),
        opinion: review.map(|review| review.opinion).filter(|opinion| !opinion.is_empty()),
        number: application.number,
        state: application.state,
        name: application.name,
        created_at: application.created_at,
        decided_at: application.decided_at,
    })
}
