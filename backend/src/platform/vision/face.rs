//! What a form is told of a face photo.

use ::vision::{FaceIssue, FaceReport, ModelId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::platform::{
    App,
    files::{FileView, service},
    web::Result,
};

/// Something wrong with the photo, and what to do.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaceProblem {
    pub code: String,
    pub message: String,
}

impl From<&FaceIssue> for FaceProblem {
    fn from(issue: &FaceIssue) -> Self {
        Self { code: issue.code().to_owned(), message: issue.sentence().to_owned() }
    }
}

/// Where the face is, in pixels of the upright picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacePlace {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// A photo as it was judged. That it shows somebody alive is not told: one photo cannot tell it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaceReading {
    /// Nothing is wrong with it.
    pub accepted: bool,
    pub issues: Vec<FaceProblem>,
    pub at: Option<FacePlace>,
    /// The photo as terminals take it, for `photo_file_id`; only of one that is accepted.
    pub photo: Option<FileView>,
    pub model: String,
}

/// Keeps a good photo for a registration to refer to, not yet claimed.
pub async fn keep(app: &App, account_id: Uuid, report: FaceReport, model: &ModelId) -> Result<FaceReading> {
    let FaceReport { issues, at, crop, .. } = report;
    let accepted = issues.is_empty();
    let photo = match crop.filter(|_| accepted) {
        Some(jpeg) => Some(service::store_cut(app, Some(account_id), "人脸照片", jpeg.into()).await?),
        None => None,
    };
    let place = |at: ::vision::Rect| FacePlace { left: at.left, top: at.top, width: at.width, height: at.height };
    Ok(FaceReading {
        accepted,
        issues: issues.iter().map(FaceProblem::from).collect(),
        at: at.map(place),
        photo: photo.map(|file| FileView::of(app, &file)),
        model: model.to_string(),
    })
}
