//! What is said about a face photo.

use serde::Serialize;

use super::Embedding;
use crate::Rect;

#[derive(Debug, Clone, Serialize)]
pub struct FaceReport {
    /// Empty: the photo will do.
    pub issues: Vec<FaceIssue>,
    /// The face, in the upright picture.
    pub at: Option<Rect>,
    pub pose: Option<Pose>,
    pub measures: Measures,
    /// What a terminal gets: JPEG, 480 × 640, at most 50 kB.
    #[serde(skip)]
    pub crop: Option<Vec<u8>>,
    /// The same in at most 30 kB.
    #[serde(skip)]
    pub small: Option<Vec<u8>>,
    #[serde(skip)]
    pub embedding: Option<Embedding>,
}

impl FaceReport {
    pub(super) fn nobody() -> Self {
        Self {
            issues: vec![FaceIssue::NoFace],
            at: None,
            pose: None,
            measures: Measures::default(),
            crop: None,
            small: None,
            embedding: None,
        }
    }
}

/// Degrees, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pose {
    /// Positive: the head leans clockwise, as one sees it in the picture.
    pub roll: f32,
    /// Positive: the face looks to the picture's right.
    pub yaw: f32,
    /// Positive: the face looks up.
    pub pitch: f32,
}

/// The numbers the issues come from.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Measures {
    pub faces: usize,
    /// Pixels of the upright picture between the centres of the eyes.
    pub eyes: f32,
    /// Mean of the face, 0 to 255.
    pub brightness: f32,
    /// Variance of the Laplacian with the eyes 60 pixels apart, as if in the same light.
    pub sharpness: f32,
    /// Free space above the head, in distances between the eyes.
    pub headroom: f32,
    /// Picture below the chin, in distances between the eyes.
    pub shoulders: f32,
    /// Picture beside the face, on the narrower side, in distances between the eyes.
    pub beside: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaceIssue {
    NoFace,
    SeveralFaces,
    TooSmall,
    TiltedHead,
    TurnedHead,
    RaisedOrLoweredHead,
    TooDark,
    TooBright,
    Blurred,
    CutOffAbove,
    CutOffBelow,
    CutOffBeside,
}

impl FaceIssue {
    pub fn code(self) -> &'static str {
        match self {
            Self::NoFace => "no_face",
            Self::SeveralFaces => "several_faces",
            Self::TooSmall => "too_small",
            Self::TiltedHead => "tilted_head",
            Self::TurnedHead => "turned_head",
            Self::RaisedOrLoweredHead => "raised_or_lowered_head",
            Self::TooDark => "too_dark",
            Self::TooBright => "too_bright",
            Self::Blurred => "blurred",
            Self::CutOffAbove => "cut_off_above",
            Self::CutOffBelow => "cut_off_below",
            Self::CutOffBeside => "cut_off_beside",
        }
    }

    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoFace => "照片中没有找到人脸，请正对镜头重新拍摄",
            Self::SeveralFaces => "照片中不止一张人脸，请只拍本人",
            Self::TooSmall => "人脸太小，请靠近一些拍摄",
            Self::TiltedHead => "头部歪斜，请把头摆正",
            Self::TurnedHead => "脸部偏向一侧，请正对镜头",
            Self::RaisedOrLoweredHead => "抬头或低头过多，请平视镜头",
            Self::TooDark => "光线太暗，请到明亮处拍摄",
            Self::TooBright => "光线太强，请避开直射光",
            Self::Blurred => "照片模糊，请拿稳手机并对准脸部",
            Self::CutOffAbove => "头顶未拍全，请在上方留出空间",
            Self::CutOffBelow => "没有拍到肩部，请离远一些拍摄",
            Self::CutOffBeside => "脸部未拍全，请让脸位于画面中间",
        }
    }
}
