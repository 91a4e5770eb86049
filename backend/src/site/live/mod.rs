//! What happens on a site, told to open pages as it happens.
//!
//! Invariants: an event carries ids and what a line on a board needs, never ID numbers; it is told after the commit and
//! kept for nobody, so a page that may have missed one is told to read afresh; a stream ends with its session, its
//! permission or the process.

mod events;
mod routes;
mod stream;
mod streams;

pub use events::{LiveKind, tell, topic};
pub use streams::Streams;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(routes::live);
}
