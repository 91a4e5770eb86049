//! A face beside the portrait on the card, before anything is kept.

use ::vision::distance;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{
        face_comparison::ComparisonVerdict,
        registration::Model,
        stored_file::{self, Column},
    },
    platform::{
        App,
        files::{Owner, Purpose, service::read_whole},
        vision::FaceProblem,
        web::{Error, Result},
    },
    registry::{faces::rules::Limits, policies::Policy},
};

const FIELD: &str = "face_file_id";

/// What was found. Nothing where nobody can look, or there is no portrait to compare with: a person looks then.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    pub standing: Option<ComparisonVerdict>,
    pub distance: Option<f64>,
    pub model: Option<String>,
}

impl Compared {
    pub fn write(self, row: &mut Model) {
        let Self { standing, distance, model } = self;
        row.face_standing = standing;
        row.face_distance = distance;
        row.face_model = model;
    }
}

/// A photo of this owner's that shows one face, as the check of photos wants it.
pub async fn check_photo(app: &App, owner: Owner, file_id: Uuid) -> Result<()> {
    let file = stored_file::Entity::find_by_id(file_id)
        .filter(Column::Purpose.eq(Purpose::Photo.as_str()))
        .filter(owner.condition())
        .one(app.db.reader())
        .await?;
    let file = file.ok_or_else(|| Error::field(FIELD, "照片不存在或已失效，请重新拍摄"))?;
    let Some(eyes) = app.eyes.clone() else { return Ok(()) };
    // What the check itself has cut out has been judged.
    if file.terminal_size == Some(file.size) {
        return Ok(());
    }
    let report = match eyes.check_face(read_whole(app, file_id).await?).await {
        Ok(report) => report,
        Err(::vision::Error::Unreadable(reason)) => return Err(Error::field(FIELD, reason.sentence())),
        Err(other) => return Err(other.into()),
    };
    match report.issues.first() {
        Some(issue) => Err(Error::field(FIELD, FaceProblem::from(issue).message)),
        None => Ok(()),
    }
}

/// How far a face is from the portrait, by the region's limits.
pub async fn compare(app: &App, policy: &Policy, face: Uuid, portrait: Option<Uuid>) -> Result<Compared> {
    let Some(eyes) = app.eyes.clone() else { return Ok(Compared::default()) };
    let Some(face) = eyes.embed(read_whole(app, face).await?).await? else {
        return Err(Error::field(FIELD, "照片里没有找到人脸，请正对镜头重新拍摄"));
    };
    let Some(portrait) = portrait else { return Ok(Compared::default()) };
    let Some(portrait) = eyes.embed(read_whole(app, portrait).await?).await? else { return Ok(Compared::default()) };
    let distance = f64::from(distance(&face, &portrait));
    let standing = Some(Limits::of(policy).judge(distance));
    Ok(Compared { standing, distance: Some(distance), model: Some(eyes.models().face.to_string()) })
}

/// Somebody else's face does not go in.
pub fn demand_alike(compared: &Compared) -> Result<()> {
    if compared.standing == Some(ComparisonVerdict::Fail) {
        let message = "人脸与身份证照片不像同一个人。请本人在光线充足处摘下帽子和口罩重新拍摄；确是本人的，请带身份证到项目部当面登记";
        return Err(Error::field(FIELD, message));
    }
    Ok(())
}
