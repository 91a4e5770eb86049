//! 考勤: punches, and what they come to.
//!
//! Invariants: a punch that was acknowledged is on disk, once, with its photo; refused ones are kept with their reason
//! and change no day. A day row is what the day's accepted punches come to, in whatever order they arrived, and the
//! recompute job gives the very same from the punches alone. A project that is stopped (停工) keeps its punches and
//! counts in no rate.

pub mod dto;
mod export;
mod faces;
pub mod marks;
mod missing;
pub mod photos;
pub mod query;
mod routes;
pub mod rules;
pub mod service;

pub use export::{ExportDays, ExportMonths, ExportPunches};
pub use faces::WatchFaces;
pub use missing::TellMissing;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::lists::days)
        .service(routes::lists::months)
        .service(routes::lists::punches)
        .service(routes::lists::entry_day)
        .service(routes::overview::overview)
        .service(routes::overview::on_site)
        .service(routes::overview::projects)
        .service(routes::export::days)
        .service(routes::export::months)
        .service(routes::export::punches)
        .service(routes::recompute::recompute)
        .service(routes::photo::photo);
}
