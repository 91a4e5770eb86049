//! What a form is told of a face photo.

use ::vision::{FaceIssue, FaceReport, ModelId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::platform::{
    App,
    files::{FileView, Owner, service},
    web::Result,
};

/// Something wrong with the photo, and what to do.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaceProblem {
    pub code: String,
    pub message: String,
}

/// Whatever a report may say.
const ISSUES: [FaceIssue; 12] = [
    FaceIssue::NoFace,
    FaceIssue::SeveralFaces,
    FaceIssue::TooSmall,
    FaceIssue::TiltedHead,
    FaceIssue::TurnedHead,
    FaceIssue::RaisedOrLoweredHead,
    FaceIssue::TooDark,
    FaceIssue::TooBright,
    FaceIssue::Blurred,
    FaceIssue::CutOffAbove,
    FaceIssue::CutOffBelow,
    FaceIssue::CutOffBeside,
];

impl FaceProblem {
    /// Of a report that was stored: it has codes only. What is not about a face is about the picture.
    pub fn of_code(code: String) -> Self {
        let known = ISSUES.into_iter().find(|issue| issue.code() == code);
        let message = match known {
            Some(issue) => issue.sentence(),
            None if code == "picture_too_small" => "照片太小，请使用不小于 640×480 的照片",
            None => "照片无法识别，请重新上传",
        };
        let message = message.to_owned();
        Self { code, message }
    }
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
pub async fn keep(app: &App, owner: Owner, report: FaceReport, model: &ModelId) -> Result<FaceReading> {
    let FaceReport { issues, at, crop, .. } = report;
    let accepted = issues.is_empty();
    let photo = match crop.filter(|_| accepted) {
        Some(jpeg) => Some(service::store_cut(app, owner, "人脸照片", jpeg.into()).await?),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_code_is_said_in_the_words_of_the_check() {
        for issue in ISSUES {
            // A new one breaks the build here, and has to join the list.
            match issue {
                FaceIssue::NoFace
                | FaceIssue::SeveralFaces
                | FaceIssue::TooSmall
                | FaceIssue::TiltedHead
                | FaceIssue::TurnedHead
                | FaceIssue::RaisedOrLoweredHead
                | FaceIssue::TooDark
                | FaceIssue::TooBright
                | FaceIssue::Blurred
                | FaceIssue::CutOffAbove
                | FaceIssue::CutOffBelow
                | FaceIssue::CutOffBeside => {}
            }
            assert_eq!(FaceProblem::of_code(issue.code().to_owned()).message, issue.sentence());
        }
        let small = ::vision::Unreadable::TooSmall { width: 1, height: 1 };
        assert!(FaceProblem::of_code(small.code().to_owned()).message.contains("太小"));
        assert_eq!(FaceProblem::of_code("picture_damaged".to_owned()).message, "照片无法识别，请重新上传");
    }
}
