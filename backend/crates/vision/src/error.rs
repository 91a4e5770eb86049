//! What can go wrong, each with one Chinese sentence that says what to do.

use std::{path::PathBuf, time::Duration};

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The picture is at fault.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The queue is full; nothing was looked at.
    #[error("the queue is full, try again in {retry_after:?}")]
    Busy { retry_after: Duration },
    /// The picture waited until nobody could still want the answer.
    #[error("the picture waited too long")]
    Expired,
    /// A network refused its input: a fault of ours, not of the picture.
    #[error("model: {0}")]
    Model(String),
}

impl Error {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(reason) => reason.code(),
            Self::Busy { .. } => "vision_busy",
            Self::Expired => "vision_expired",
            Self::Model(_) => "vision_failed",
        }
    }

    pub fn sentence(&self) -> String {
        match self {
            Self::Unreadable(reason) => reason.sentence(),
            Self::Busy { .. } | Self::Expired => "识别人数较多，请稍后再试".into(),
            Self::Model(_) => "图片识别出错，请稍后再试，或手动填写".into(),
        }
    }
}

/// Why a picture is not looked at. Everything here is known before, or while, it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    #[error("no bytes")]
    Empty,
    #[error("not a picture")]
    NotAPicture,
    /// iPhones write HEIC unless told otherwise.
    #[error("a HEIC picture")]
    Heic,
    #[error("a picture format that is not read: {0}")]
    Format(&'static str),
    #[error("the picture is cut off or damaged")]
    Damaged,
    #[error("{width}x{height} is too small")]
    TooSmall { width: u32, height: u32 },
    #[error("{width}x{height} is too large")]
    TooLarge { width: u32, height: u32 },
    #[error("{0} bytes are too many")]
    TooManyBytes(usize),
}

impl Unreadable {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "picture_empty",
            Self::NotAPicture => "picture_unknown",
            Self::Heic => "picture_heic",
            Self::Format(_) => "picture_format",
            Self::Damaged => "picture_damaged",
            Self::TooSmall { .. } => "picture_too_small",
            Self::TooLarge { .. } => "picture_too_large",
            Self::TooManyBytes(_) => "picture_too_many_bytes",
        }
    }

    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => "图片是空的，请重新选择".into(),
            Self::NotAPicture => "这不是图片文件，请选择 JPEG、PNG 或 WebP 图片".into(),
            Self::Heic => {
                "这是 HEIC 格式的照片，暂不支持。请在 iPhone 的“设置→相机→格式”中选择“兼容性最佳”后重新拍摄".into()
            }
            Self::Format(name) => format!("暂不支持 {name} 格式，请改用 JPEG、PNG 或 WebP 图片"),
            Self::Damaged => "图片不完整或已损坏，请重新拍摄或上传".into(),
            Self::TooSmall { width, height } => {
                format!("图片太小（{width}×{height}），请使用不小于 640×480 的照片")
            }
            Self::TooLarge { width, height } => {
                format!("图片太大（{width}×{height}），请使用不超过 5000 万像素的照片")
            }
            Self::TooManyBytes(bytes) => format!("图片文件太大（{} MB），请压缩后再上传", bytes / 1_000_000),
        }
    }
}

/// Why the networks were not loaded.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LoadError {
    /// Not fetched yet, or the configuration names a file that is not there.
    #[error("model files are missing: {}", paths(.0))]
    Missing(Vec<PathBuf>),
    #[error("model {path}: {reason}")]
    Broken { path: PathBuf, reason: String },
    /// The system gave no threads.
    #[error("no threads: {0}")]
    Threads(String),
}

fn paths(missing: &[PathBuf]) -> String {
    missing.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
