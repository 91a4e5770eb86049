//! Who is registered with which company. Somebody belongs to one company at a time and must leave it 【离职迁出】
//! before another can register them.

mod dto;
mod routes;
pub mod service;

pub(super) use routes::managed_company;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(routes::list).service(routes::join).service(routes::leave);
}
