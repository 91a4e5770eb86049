//! Files with a row each: what people upload, and what the platform makes for them.
//!
//! The object comes first and its row second, so that a row always has its object. A row is *claimed* in the
//! transaction of the form that refers to it; rows nobody claims within a day are purged.

use bytes::Bytes;
use chrono::{DateTime, Datelike, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Accepted, Disposition, Kind, Purpose, clean_name, paper};
use crate::{
    entity::{
        job,
        stored_file::{ActiveModel, Column, Entity, Model},
    },
    platform::{
        App,
        web::{Error, Result},
    },
};

/// How many unclaimed files one pass of the purge takes.
const PURGE_BATCH: u64 = 500;

/// The purposes of files the platform makes.
const MADE: &str = "made";
const MADE_IN_CLEAR: &str = "made_in_clear";
/// What the rendition of a photo for terminals is called, behind the photo's own key.
pub(super) const TERMINAL_SUFFIX: &str = ".terminal.jpg";

/// Whose an upload is: only they may refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Account(Uuid),
    Phone(Uuid),
    /// Somebody on the login page, or the platform itself.
    Nobody,
}

impl Owner {
    fn account_id(self) -> Option<Uuid> {
        if let Self::Account(id) = self { Some(id) } else { None }
    }

    fn phone_user_id(self) -> Option<Uuid> {
        if let Self::Phone(id) = self { Some(id) } else { None }
    }

    /// Whether a file is theirs.
    pub fn condition(self) -> Expr {
        match self {
            Self::Account(id) => Column::AccountId.eq(id),
            Self::Phone(id) => Column::PhoneUserId.eq(id),
            Self::Nobody => Column::AccountId.is_null().and(Column::PhoneUserId.is_null()),
        }
    }
}

impl From<Option<Uuid>> for Owner {
    fn from(account_id: Option<Uuid>) -> Self {
        account_id.map_or(Self::Nobody, Self::Account)
    }
}

/// Something somebody wants to keep.
pub struct Upload {
    pub purpose: Purpose,
    pub name: String,
    pub bytes: Bytes,
}

/// A file as pages show it, with links that expire.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    pub id: Uuid,
    pub name: String,
    pub content_type: String,
    pub size: i64,
    /// Shows a picture in the page; anything else is downloaded.
    pub url: String,
    pub download_url: String,
}

impl FileView {
    pub fn of(app: &App, file: &Model) -> Self {
        let link = |disposition| app.files.links.path(file.id, disposition);
        Self {
            id: file.id,
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            size: file.size,
            url: link(Disposition::Inline),
            download_url: link(Disposition::Attachment),
        }
    }
}

/// Checks an upload and keeps it, not yet claimed.
pub async fn store(app: &App, owner: impl Into<Owner>, upload: Upload) -> Result<Model> {
    let Upload { purpose, name, bytes } = upload;
    let Accepted { bytes, terminal, kind, name } = app.files.intake.accept(purpose, &name, bytes).await?;
    let owner = owner.into();
    keep(app, File { owner, purpose: purpose.as_str(), name, kind, bytes, terminal, claimed: false }).await
}

/// Keeps a JPEG that the platform itself has cut out of a picture, not yet claimed. It is small enough for terminals
/// as it is, and is not encoded once more.
pub async fn store_cut(app: &App, owner: impl Into<Owner>, name: &str, jpeg: Bytes) -> Result<Model> {
    let (purpose, name) = (Purpose::Photo.as_str(), clean_name(name, Kind::JPEG.extension()));
    let (owner, terminal) = (owner.into(), Some(jpeg.clone()));
    keep(app, File { owner, purpose, name, kind: Kind::JPEG, bytes: jpeg, terminal, claimed: false }).await
}

/// The uploads of somebody that are not used yet, in the order in which they were asked for; nothing if one is not there.
pub async fn unclaimed(
    app: &App,
    owner: impl Into<Owner>,
    purpose: Purpose,
    ids: &[Uuid],
) -> Result<Option<Vec<Model>>> {
    let files = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::Claimed.eq(false).and(Column::Purpose.eq(purpose.as_str())))
        .filter(owner.into().condition())
        .all(app.db.reader())
        .await?;
    Ok(ids.iter().map(|id| files.iter().find(|file| file.id == *id).cloned()).collect())
}

/// Photographs of sheets of paper as one PDF, a page each, kept and not yet claimed.
pub async fn store_paper(app: &App, owner: impl Into<Owner>, name: &str, pictures: &[Model]) -> Result<Model> {
    let mut sheets = Vec::with_capacity(pictures.len());
    for picture in pictures {
        let jpeg = app.files.read(&picture.storage_key).await?;
        sheets.push(app.files.intake.sheet(jpeg).await?);
    }
    let (owner, bytes) = (owner.into(), Bytes::from(paper::bind(&sheets)?));
    let (purpose, name) = (Purpose::Document.as_str(), clean_name(name, Kind::Pdf.extension()));
    keep(app, File { owner, purpose, name, kind: Kind::Pdf, bytes, terminal: None, claimed: false }).await
}

/// A whole file.
pub async fn read_whole(app: &App, id: Uuid) -> Result<Bytes> {
    let file = Entity::find_by_id(id).one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    Ok(app.files.read(&file.storage_key).await?)
}

/// Puts another JPEG in the place of a photo's rendition for terminals; one that was cut for them as it came is not cut
/// twice. The object first: a size without its object would promise terminals what they do not get.
pub async fn replace_terminal(app: &App, id: Uuid, jpeg: Bytes) -> Result<()> {
    let file = Entity::find_by_id(id).one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    if file.terminal_size == Some(file.size) {
        return Ok(());
    }
    let size = i64::try_from(jpeg.len()).map_err(Error::internal)?;
    app.files.put(&terminal_key(&file.storage_key), jpeg).await?;
    let row = ActiveModel { terminal_size: Set(Some(size)), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(app.db.writer()).await?;
    Ok(())
}

/// Keeps a file that a job has made (an export), claimed for as long as there is the job.
pub async fn store_made(app: &App, account_id: Option<Uuid>, name: &str, kind: Kind, bytes: Bytes) -> Result<Model> {
    let name = clean_name(name, kind.extension());
    let owner = account_id.into();
    keep(app, File { owner, purpose: MADE, name, kind, bytes, terminal: None, claimed: true }).await
}

/// The same for a file with ID numbers in clear (an unmasked export, the failed rows of an import): its job is not
/// kept for long.
pub async fn store_made_in_clear(
    app: &App,
    account_id: Option<Uuid>,
    name: &str,
    kind: Kind,
    bytes: Bytes,
) -> Result<Model> {
    let name = clean_name(name, kind.extension());
    let (owner, purpose) = (account_id.into(), MADE_IN_CLEAR);
    keep(app, File { owner, purpose, name, kind, bytes, terminal: None, claimed: true }).await
}

/// The ids of files with ID numbers in clear, for `IN (…)`.
pub fn made_in_clear() -> SelectStatement {
    Entity::find().select_only().column(Column::Id).filter(Column::Purpose.eq(MADE_IN_CLEAR)).into_query()
}

/// Lets go of the files made before `before` that no job leads to: their job is over and forgotten, or its worker was
/// killed before it could say what it had made.
pub async fn release_made(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    let led_to = job::Entity::find().select_only().column(job::Column::FileId);
    let led_to = led_to.filter(job::Column::FileId.is_not_null()).into_query();
    Entity::update_many()
        .set(ActiveModel { claimed: Set(false), ..Default::default() })
        .filter(Column::Purpose.is_in([MADE, MADE_IN_CLEAR]).and(Column::Claimed.eq(true)))
        .filter(Column::CreatedAt.lt(before).and(Column::Id.not_in_subquery(led_to)))
        .exec(db)
        .await?;
    Ok(())
}

/// Ties an uploaded file to the row that refers to it; belongs into that row's transaction. Only who uploaded a
/// file may claim it, only once, and only for what it was uploaded for.
pub async fn claim(
    db: &impl ConnectionTrait,
    owner: impl Into<Owner>,
    purpose: Purpose,
    id: Uuid,
    field: &str,
) -> Result<()> {
    let owner = owner.into().condition();
    let claimed = Entity::update_many()
        .set(ActiveModel { claimed: Set(true), ..Default::default() })
        .filter(Column::Id.eq(id).and(Column::Claimed.eq(false)))
        .filter(Column::Purpose.eq(purpose.as_str()).and(owner))
        .exec(db)
        .await?;
    if claimed.rows_affected == 1 {
        Ok(())
    } else {
        Err(Error::field(field, "文件不存在或已失效，请重新上传"))
    }
}

/// Lets go of a file whose row no longer refers to it; the purge takes it.
pub async fn release(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    let released = ActiveModel { claimed: Set(false), ..Default::default() };
    Entity::update_many().set(released).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// A photo as terminals take it: a JPEG within 480 × 640 and 50 kB.
pub async fn read_terminal(app: &App, id: Uuid) -> Result<Bytes> {
    let file = Entity::find_by_id(id).one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    Ok(app.files.read(&terminal_key(&file.storage_key)).await?)
}

/// Deletes files that were uploaded before `before` and that nothing refers to; returns how many.
pub async fn purge(app: &App, before: DateTime<Utc>) -> Result<usize> {
    let idle = Entity::find()
        .filter(Column::Claimed.eq(false).and(Column::CreatedAt.lt(before)))
        .order_by_asc(Column::CreatedAt)
        .limit(PURGE_BATCH)
        .all(app.db.reader())
        .await?;
    let mut purged = 0;
    for file in idle {
        // The condition once more: it may have been claimed since.
        let gone = Entity::delete_many()
            .filter(Column::Id.eq(file.id).and(Column::Claimed.eq(false)))
            .exec(app.db.writer())
            .await?;
        if gone.rows_affected == 1 {
            delete_objects(app, &file.storage_key).await;
            purged += 1;
        }
    }
    Ok(purged)
}

struct File<'a> {
    owner: Owner,
    purpose: &'a str,
    name: String,
    kind: Kind,
    bytes: Bytes,
    terminal: Option<Bytes>,
    claimed: bool,
}

async fn keep(app: &App, file: File<'_>) -> Result<Model> {
    let File { owner, purpose, name, kind, bytes, terminal, claimed } = file;
    let (id, now) = (Uuid::now_v7(), Utc::now());
    let key = format!("{}/{:02}/{id}.{}", now.year(), now.month(), kind.extension());
    let row = ActiveModel {
        id: Set(id),
        purpose: Set(purpose.to_owned()),
        name: Set(name),
        content_type: Set(kind.content_type().to_owned()),
        size: Set(i64::try_from(bytes.len()).map_err(Error::internal)?),
        sha256: Set(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()),
        storage_key: Set(key.clone()),
        terminal_size: Set(terminal.as_ref().and_then(|terminal| i64::try_from(terminal.len()).ok())),
        account_id: Set(owner.account_id()),
        phone_user_id: Set(owner.phone_user_id()),
        claimed: Set(claimed),
        created_at: Set(now),
    };
    app.files.put(&key, bytes).await?;
    if let Some(terminal) = terminal {
        app.files.put(&terminal_key(&key), terminal).await?;
    }
    match row.insert(app.db.writer()).await {
        Ok(row) => Ok(row),
        Err(error) => {
            delete_objects(app, &key).await;
            Err(error.into())
        }
    }
}

/// Where a photo's rendition for terminals lies.
fn terminal_key(key: &str) -> String {
    format!("{key}{TERMINAL_SUFFIX}")
}

/// Best effort: an object without a row harms nobody, and the sweep finds it.
async fn delete_objects(app: &App, key: &str) {
    for key in [terminal_key(key), key.to_owned()] {
        if let Err(error) = app.files.delete(&key).await {
            tracing::warn!(%error, key, "an object without a row stays behind");
        }
    }
}
