//! People collected at a project (JP10): by a vendor's program over this API, by project staff, or by a terminal. Who
//! was collected may be added to a crew; being collected is not yet being on the roster.

mod dto;
mod keep;
mod photos;
mod read;
mod routes;
mod service;

pub use keep::{Collector, Kept, keep, store_picture};
pub use photos::{adopt_photo, waiting_photos};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(routes::collect).service(routes::list);
}
