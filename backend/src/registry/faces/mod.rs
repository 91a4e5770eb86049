//! Pictures of people in versions, and their faces compared: with the portrait of the same person's ID card, and with
//! everybody else's within the regulator's reach.
//!
//! Invariants:
//! - A picture that takes another's place does not delete it: of each kind one version is the current one. Rows outlive
//!   their pictures, which go when the region's days after the last exit are over.
//! - Nothing here stops anybody. A distance passes, or somebody looks; of two people who look alike it only warns.
//! - What was compared keeps its distance, the limits of the time and what was decided, and by whom.
//! - Numbers of two networks are never compared.
//! - Two people who look alike are shown to regulators who see both, and to nobody else.

mod dto;
mod gallery;
pub mod jobs;
pub mod query;
mod routes;
pub mod rules;
pub mod service;

pub use jobs::{CatchUp, CheckImage, ForgetImages};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    // Fixed words stand before `{comparison_id}`.
    routes
        .service(routes::list)
        .service(routes::counts)
        .service(routes::figures)
        .service(routes::detail)
        .service(routes::decide)
        .service(routes::images);
}
