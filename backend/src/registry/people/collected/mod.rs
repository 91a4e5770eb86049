//! People collected at a project (JP10): by a vendor's program over this API, or by project staff. Who was collected
//! may be added to a crew; being collected is not yet being on the roster.

mod dto;
mod read;
mod routes;
pub mod service;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(routes::collect).service(routes::list);
}
