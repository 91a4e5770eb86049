//! Pictures read on this machine: ID cards fill forms, faces are judged. Nothing leaves the platform.
//!
//! The networks are files that an operator fetches. Without them the platform starts, says so where reading would be
//! offered, and everything can be typed.

mod card;
mod eyes;
mod face;
mod galleries;
mod open;
mod routes;

pub use eyes::Eyes;
pub use face::FaceProblem;
pub use galleries::{Galleries, Kept};
pub use open::{MODELS, folder, open};

use std::sync::Arc;

use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    App,
    web::{Error, Result},
};

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::show)
        .service(routes::read_card)
        .service(routes::check_face)
        .service(routes::read_card_by_phone)
        .service(routes::check_face_by_phone);
}

/// What looks at pictures, or why nobody does.
pub fn eyes(app: &App) -> Result<&Arc<dyn Eyes>> {
    const NONE: &str = "本系统未安装图片识别模型，请手动填写";
    app.eyes.as_ref().ok_or(Error::NotNow("vision_unavailable", None, std::borrow::Cow::Borrowed(NONE)))
}

impl From<::vision::Error> for Error {
    fn from(error: ::vision::Error) -> Self {
        let sentence = error.sentence();
        match error {
            ::vision::Error::Unreadable(_) => Self::field("file", sentence),
            ::vision::Error::Busy { retry_after } => {
                Self::NotNow("vision_busy", Some(retry_after.as_secs().max(1)), sentence.into())
            }
            ::vision::Error::Expired => Self::NotNow("vision_busy", Some(5), sentence.into()),
            ::vision::Error::Model(reason) => {
                tracing::error!(reason, "a network failed");
                Self::NotNow("vision_failed", None, sentence.into())
            }
        }
    }
}
