//! 【通过】 and 【不通过】. Approval is one transaction: person, pictures, roster entry, message, audit.

use chrono::Utc;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{about, locked, note, save};
use crate::{
    entity::{
        Reach, person,
        person::PersonOrigin,
        person_image::ImageSource,
        phone_user, project,
        registration::{FaceSource, Model, RegistrationOrigin, RegistrationState},
        registration_event::RegistrationStep,
    },
    platform::{
        App,
        audit::{self, Author},
        auth::{Caller, Permission},
        files::service as files,
        jobs,
        phone::{Notice, Recipient, notices::tell},
        types::{BankCard, Ethnic, IdNumber, Mobile, PersonName, Problem, Text},
        web::{Error, IfMatch, Result},
    },
    registry::{
        dictionaries::{Post, WorkType},
        faces::service::keep_versions,
        people::{
            NewPerson, Particulars,
            identity::{open_bank_card, open_id_number},
            service::{find_or_create, note as people_note, renew},
        },
        presence::{Touched, announce},
    },
    site::{
        registrations::{dto::SeenRegistration, rules::JoinState},
        roster::{
            dto::Terms,
            service::{Newcomer, Site, admit},
        },
    },
};

/// Who decides about a registration, and of which project it is.
pub struct Review<'a> {
    pub caller: &'a Caller,
    pub site: &'a Site<'a>,
}

/// An approved registration, and whom it touches after the commit.
pub struct After {
    pub row: Model,
    person_id: Uuid,
}

impl After {
    /// Terminals hear of somebody new, and of where they are no more.
    pub async fn announce(self, app: &App) {
        announce(app, Touched::Project(self.row.project_id)).await;
        announce(app, Touched::Person(self.person_id)).await;
        jobs::wake(app).await;
    }
}

/// Lets somebody in.
pub async fn approve(app: &App, review: &Review<'_>, seen: &SeenRegistration) -> Result<()> {
    let Review { caller, site } = review;
    let visible = caller.reach(Permission::ViewRoster);
    let work = async |tx: &_| {
        let row = waiting(tx, seen).await?;
        approve_row(tx, app, &Author::from(*caller), Some(caller.account.id), &visible, site, row).await
    };
    let after = app.db.transaction(work).await?;
    after.announce(app).await;
    Ok(())
}

/// Sends it back with a reason; it may be corrected and submitted again.
pub async fn refuse(app: &App, review: &Review<'_>, seen: &SeenRegistration, reason: &Text<2, 200>) -> Result<()> {
    let Review { caller, site } = review;
    let work = async |tx: &_| {
        let mut row = waiting(tx, seen).await?;
        row.state = RegistrationState::Refused;
        row.reason = Some(reason.as_str().to_owned());
        decided(&mut row, Some(caller.account.id));
        let row = save(tx, row).await?;
        let author = Author::from(*caller);
        note(tx, &row, RegistrationStep::Refused, &author, Some(reason.as_str())).await?;
        if let Some(user) = row.phone_user_id {
            let notice =
                Notice::RegistrationRefused { project: site.project.into(), reason: reason.as_str().to_owned() };
            tell(tx, Recipient::User(user), notice, &format!("registration:{}:refused:{}", row.id, row.revision))
                .await?;
        }
        let entry = about("registration.refuse", &row, site.project).reason(reason.as_str());
        audit::write_all(tx, vec![entry], &author).await
    };
    app.db.transaction(work).await?;
    jobs::wake(app).await;
    Ok(())
}

async fn waiting(tx: &impl ConnectionTrait, seen: &SeenRegistration) -> Result<Model> {
    let row = locked(tx, seen.id).await?;
    let message = match row.state {
        RegistrationState::Submitted => {
            IfMatch(seen.revision).check(row.revision)?;
            return Ok(row);
        }
        RegistrationState::Approved => "已审核通过，无需重复办理",
        RegistrationState::Refused => "已退回，等待本人修改后重新提交",
        RegistrationState::Withdrawn => "本人已撤回登记",
        RegistrationState::Draft | RegistrationState::ToSubmit => "还没有提交，不能审核",
    };
    Err(Error::conflict("not_waiting", message))
}

fn decided(row: &mut Model, by: Option<Uuid>) {
    row.decided_at = Some(Utc::now());
    row.decided_by = by;
}

/// Everything that approval means. `by` is nobody where the region wants no review.
pub(super) async fn approve_row(
    tx: &impl ConnectionTrait,
    app: &App,
    author: &Author,
    by: Option<Uuid>,
    visible: &Reach,
    site: &Site<'_>,
    mut row: Model,
) -> Result<After> {
    JoinState::of(None, site.project).demand_open()?;
    let person = keep_person(tx, app, author, by, site.project, &row).await?;
    let crew_id = row.crew_id.ok_or_else(|| Error::conflict("incomplete", "还没有选择班组"))?;
    let newcomer = Newcomer { person: &person, crew_id, terms: terms_of(&row)? };
    let admitted = admit(tx, author, visible, site, newcomer).await?;
    if let Some(user) = row.phone_user_id {
        link(tx, user, person.id).await?;
        let notice = match admitted.left.as_slice() {
            [] => Notice::RegistrationApproved { project: site.project.into() },
            from => Notice::Transferred { project: site.project.into(), from: from.join("、") },
        };
        tell(tx, Recipient::User(user), notice, &format!("registration:{}:approved", row.id)).await?;
    }
    row.state = RegistrationState::Approved;
    row.reason = None;
    row.person_id = Some(person.id);
    row.entry_id = Some(admitted.entry.id);
    decided(&mut row, by);
    hand_over(&mut row);
    let row = save(tx, row).await?;
    note(tx, &row, RegistrationStep::Approved, author, None).await?;
    let facts = json!({ "entry_id": admitted.entry.id, "face_distance": row.face_distance.map(|d| format!("{d:.2}")) });
    audit::write_all(tx, vec![about("registration.approve", &row, site.project).created(&facts)], author).await?;
    Ok(After { row, person_id: person.id })
}

/// What is the person's now is kept once, and goes when theirs goes.
fn hand_over(row: &mut Model) {
    row.id_number_sealed = None;
    row.bank_card_sealed = None;
    row.bank_card_hash = None;
    row.address = None;
    row.id_front_file_id = None;
    row.id_back_file_id = None;
    row.portrait_file_id = None;
    row.face_file_id = None;
}

/// The person, new or with what they have said anew.
async fn keep_person(
    tx: &impl ConnectionTrait,
    app: &App,
    author: &Author,
    by: Option<Uuid>,
    project: &project::Model,
    row: &Model,
) -> Result<person::Model> {
    let new = person_of(app, project, row)?;
    let (ethnic, particulars) = (new.ethnic, new.particulars.clone());
    let (known, created) = find_or_create(tx, &app.keys, new).await?;
    let (person, entry) = if created {
        let entry = people_note::created(&known);
        (known, entry)
    } else {
        let person = renew(tx, &app.keys, &known, ethnic, particulars).await?;
        let entry = people_note::edited(&known, &person);
        (person, entry)
    };
    audit::write_all(tx, vec![entry.project_id(Some(project.id))], author).await?;
    keep_versions(tx, &person, source_of(row), by).await?;
    // A portrait that a card reader has read stays: the one that came is let go of.
    if let Some(portrait) = row.portrait_file_id.filter(|portrait| person.portrait_file_id != Some(*portrait)) {
        files::release(tx, portrait).await?;
    }
    Ok(person)
}

fn source_of(row: &Model) -> ImageSource {
    match (row.origin, row.face_source) {
        (_, Some(FaceSource::Album)) => ImageSource::Album,
        (RegistrationOrigin::Phone, _) => ImageSource::Phone,
        (RegistrationOrigin::Console, _) => ImageSource::Console,
    }
}

/// What was checked when it was written is read back.
fn person_of(app: &App, project: &project::Model, row: &Model) -> Result<NewPerson> {
    let sealed = row.id_number_sealed.as_deref().ok_or_else(|| Error::internal("submitted without an ID number"))?;
    let read = |problem: Problem| Error::internal(String::from(problem));
    let bank_card = match &row.bank_card_sealed {
        Some(sealed) => Some(BankCard::parse(&open_bank_card(&app.keys, sealed)?).map_err(read)?),
        None => None,
    };
    Ok(NewPerson {
        id_number: IdNumber::parse(&open_id_number(&app.keys, sealed)?).map_err(read)?,
        name: PersonName::parse(row.name.as_deref().unwrap_or_default()).map_err(read)?,
        ethnic: Ethnic::parse(row.ethnic.as_deref().unwrap_or_default()).map_err(read)?,
        origin: match row.origin {
            RegistrationOrigin::Phone => PersonOrigin::Phone,
            RegistrationOrigin::Console => PersonOrigin::Console,
        },
        origin_project_id: Some(project.id),
        region_code: project.region_code.clone(),
        particulars: Particulars {
            address: row.address.clone(),
            id_authority: row.id_authority.clone(),
            id_valid_from: row.id_valid_from,
            id_valid_until: row.id_valid_until,
            phone: row.phone.as_deref().map(Mobile::parse).transpose().map_err(read)?,
            bank_name: row.bank_name.clone(),
            bank_card,
            photo_file_id: row.face_file_id,
            id_front_file_id: row.id_front_file_id,
            id_back_file_id: row.id_back_file_id,
            portrait_file_id: row.portrait_file_id,
            ..Particulars::default()
        },
    })
}

fn terms_of(row: &Model) -> Result<Terms> {
    let read = |problem: Problem| Error::internal(String::from(problem));
    Ok(Terms {
        work_type: row.work_type.as_deref().map(WorkType::parse).transpose().map_err(read)?,
        post: row.post.as_deref().map(Post::parse).transpose().map_err(read)?,
        settlement: row.settlement,
        unit_price_fen: row.unit_price_fen,
        settlement_unit: row.settlement_unit.as_deref().map(Text::parse).transpose().map_err(read)?,
    })
}

/// Whose phone it is. A crew's leader who registers others with his own phone stays who he is.
async fn link(tx: &impl ConnectionTrait, user: Uuid, person: Uuid) -> Result<()> {
    let row = phone_user::ActiveModel { person_id: Set(Some(person)), ..Default::default() };
    phone_user::Entity::update_many()
        .set(row)
        .filter(phone_user::Column::Id.eq(user))
        .filter(phone_user::Column::PersonId.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
