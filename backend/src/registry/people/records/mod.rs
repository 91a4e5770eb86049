//! Somebody's record: schooling, training, titles, certificates, awards and punishments, emergency contacts, social
//! insurance, and work that no roster knows of. Work on sites comes by itself, see `query::history`.

mod data;
mod dto;
mod routes;
mod service;

pub use data::RecordData;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(routes::list).service(routes::add).service(routes::edit).service(routes::remove);
}

pub(super) use service::emergency_phones;
