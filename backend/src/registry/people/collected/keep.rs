//! What becomes of somebody who was collected, by whichever way: the person, the audit and the note in one transaction.

use bytes::Bytes;
use chrono::Utc;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    entity::{
        Reach, Scope, collected_person,
        person::{ActiveModel, Model},
        person_image::ImageSource,
        project,
    },
    platform::{
        App, audit,
        auth::Caller,
        files::{Purpose, Upload, service as files},
        jobs,
        web::{Error, Result},
    },
    registry::{
        faces::service as versions,
        people::{
            NewPerson, Particulars,
            dto::AuditView,
            query,
            service::{find_or_create, update},
        },
        presence::{Touched, announce},
    },
};

/// Who collects.
#[derive(Clone, Copy, Debug)]
pub enum Collector<'a> {
    /// Project staff, or a vendor's program.
    Account(&'a Caller),
    /// A terminal, by its serial.
    Terminal(&'a str),
}

impl Collector<'_> {
    pub fn account_id(&self) -> Option<Uuid> {
        match self {
            Self::Account(caller) => Some(caller.account.id),
            Self::Terminal(_) => None,
        }
    }

    async fn write(&self, tx: &impl ConnectionTrait, entry: audit::Entry) -> Result<()> {
        match self {
            Self::Account(caller) => entry.write(tx, caller).await,
            Self::Terminal(serial) => entry.write_as(tx, None, &format!("设备 {serial}"), "", "").await,
        }
    }
}

/// Keeps a picture until [`keep`] claims it; what is wrong with it is said at `field`.
pub async fn store_picture(app: &App, by: Collector<'_>, field: &'static str, bytes: Bytes) -> Result<Uuid> {
    let upload = Upload { purpose: Purpose::Photo, name: "photo.jpg".to_owned(), bytes };
    match files::store(app, by.account_id(), upload).await {
        Ok(file) => Ok(file.id),
        Err(Error::Invalid(fields)) => {
            Err(Error::field(field, fields.into_values().next().unwrap_or_else(|| "照片无法识别".to_owned())))
        }
        Err(error) => Err(error),
    }
}

/// Somebody who was collected, and whether they were created by it.
pub struct Kept {
    pub person: Model,
    pub created: bool,
}

/// Creates somebody, or brings what is known of them up to date; notes that they were collected at the project. The
/// pictures have been stored and wait to be claimed.
pub async fn keep(app: &App, by: Collector<'_>, project: &project::Model, new: NewPerson) -> Result<Kept> {
    let tx = app.db.begin().await?;
    let pictures = Pictures::of(&new.particulars);
    pictures.claim_photo(&tx, by).await?;
    let fresh = new.particulars.clone();
    let (person, created) = find_or_create(&tx, &app.keys, new).await?;
    let used = if created {
        by.write(&tx, about(&person, project).created(&AuditView::of(&person))).await?;
        versions::keep_versions(&tx, &person, ImageSource::Terminal, by.account_id()).await?;
        pictures
    } else {
        refresh(&tx, by, project, &person, fresh).await?
    };
    used.claim_portrait(&tx, by).await?;
    // A photo that did not become theirs is kept with the note.
    let photo = pictures.photo.filter(|_| used.photo.is_none());
    note(&tx, project.id, person.id, by.account_id(), photo).await?;
    tx.commit().await?;
    jobs::wake(app).await;
    announce(app, Touched::Person(person.id)).await;
    Ok(Kept { person, created })
}

fn about(person: &Model, project: &project::Model) -> audit::Entry {
    audit::Entry::new("person.collect").subject("person", person.id, &person.name).project(project)
}

/// What a collecting brings; and, of that, what became the person's own.
#[derive(Clone, Copy, Debug, Default)]
struct Pictures {
    photo: Option<Uuid>,
    portrait: Option<Uuid>,
}

impl Pictures {
    fn of(particulars: &Particulars) -> Self {
        Self { photo: particulars.photo_file_id, portrait: particulars.portrait_file_id }
    }

    async fn claim_photo(self, tx: &DatabaseTransaction, by: Collector<'_>) -> Result<()> {
        match self.photo {
            Some(photo) => files::claim(tx, by.account_id(), Purpose::Photo, photo, "photo").await,
            None => Ok(()),
        }
    }

    /// A portrait that nobody uses is left to the purge.
    async fn claim_portrait(self, tx: &DatabaseTransaction, by: Collector<'_>) -> Result<()> {
        match self.portrait {
            Some(portrait) => files::claim(tx, by.account_id(), Purpose::Photo, portrait, "portrait").await,
            None => Ok(()),
        }
    }
}

/// Newer data of somebody known, if this project answers for them. Of anybody else only the collecting is noted:
/// a device at one gate must not change whom another company pays. Tells which pictures became theirs.
async fn refresh(
    tx: &impl ConnectionTrait,
    by: Collector<'_>,
    project: &project::Model,
    known: &Model,
    fresh: Particulars,
) -> Result<Pictures> {
    let here = Reach(vec![Scope::Project(project.id)]);
    if !query::is_responsible(tx, &here, known).await? {
        return Ok(Pictures::default());
    }
    let brought = Pictures::of(&fresh);
    let Particulars { address, id_authority, id_valid_from, id_valid_until, phone, .. } = fresh;
    let phone = phone.map(|phone| phone.expose().to_owned());
    let mut row = ActiveModel { id: Set(known.id), ..Default::default() };
    let mut changed = false;
    let mut put = |differs: bool| {
        changed |= differs;
        differs
    };
    if put(address.is_some() && address != known.address) {
        row.address = Set(address);
    }
    if put(id_authority.is_some() && id_authority != known.id_authority) {
        row.id_authority = Set(id_authority);
    }
    let validity = (id_valid_from, id_valid_until);
    if put(id_valid_from.is_some() && validity != (known.id_valid_from, known.id_valid_until)) {
        row.id_valid_from = Set(id_valid_from);
        row.id_valid_until = Set(id_valid_until);
    }
    if put(phone.is_some() && phone != known.phone) {
        row.phone = Set(phone);
    }
    // The photo of this collecting is kept with it; somebody without any gets it as theirs.
    let photo = brought.photo.filter(|_| known.photo_file_id.is_none());
    if put(photo.is_some()) {
        row.photo_file_id = Set(photo);
    }
    // A card has one portrait, and the latest reading of it is as good as any.
    if put(brought.portrait.is_some()) {
        row.portrait_file_id = Set(brought.portrait);
    }
    if !changed {
        return Ok(Pictures::default());
    }
    versions::keep_earlier(tx, known).await?;
    let after = update(tx, known.revision, row).await?;
    versions::keep_versions(tx, &after, ImageSource::Terminal, by.account_id()).await?;
    by.write(tx, about(known, project).changed(&AuditView::of(known), &AuditView::of(&after))).await?;
    Ok(Pictures { photo, portrait: brought.portrait })
}

/// Notes that somebody was collected at a project, now or again. The photo is one that nothing else refers to; it takes
/// the place of the one of an earlier collecting.
async fn note(
    tx: &impl ConnectionTrait,
    project_id: Uuid,
    person_id: Uuid,
    account_id: Option<Uuid>,
    photo: Option<Uuid>,
) -> Result<()> {
    use collected_person::Column;
    if photo.is_some() {
        let earlier = collected_person::Entity::find_by_id((project_id, person_id)).one(tx).await?;
        if let Some(replaced) = earlier.and_then(|earlier| earlier.photo_file_id) {
            files::release(tx, replaced).await?;
        }
    }
    let row = collected_person::ActiveModel {
        project_id: Set(project_id),
        person_id: Set(person_id),
        account_id: Set(account_id),
        photo_file_id: Set(photo),
        collected_at: Set(Utc::now()),
    };
    let mut again = OnConflict::columns([Column::ProjectId, Column::PersonId]);
    again.update_columns([Column::AccountId, Column::CollectedAt]);
    if photo.is_some() {
        again.update_column(Column::PhotoFileId);
    }
    collected_person::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}
