//! Files on local disk or S3, reached by short signed links.
//!
//! What comes in is not trusted: [`Intake`] looks at the bytes and not at the name, refuses what is too large
//! before decoding it, and keeps of a picture nothing but its pixels. What goes out is reached by [`Links`]
//! that expire, and nothing but pictures is ever shown inside a page.

pub mod form;
mod intake;
mod kind;
mod link;
mod name;
mod paper;
mod pdf;
mod refusal;
pub mod routes;
pub mod service;
mod store;
mod sweep;

pub use intake::{Accepted, Intake, Purpose, Reservation};
pub use kind::Kind;
pub use link::{Disposition, Links};
pub use name::clean as clean_name;
pub use refusal::Refusal;
pub use service::{FileView, Owner, Upload};
pub use store::{Files, FilesError, ListedObject, StoredObject};
pub use sweep::{SweepFiles, sweep};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::upload)
        .service(routes::upload_by_phone)
        .service(routes::upload_proof)
        .service(routes::download);
}
