//! 设备商 (服务商): who makes or runs the devices, registered by the regulator and given an account.
//!
//! Invariants: a vendor's code is what its devices send when they log in, so it never changes; regulators keep the
//! vendors of their region, a vendor sees itself.

mod account;
mod dto;
mod query;
mod routes;
mod service;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list)
        .service(routes::register)
        .service(routes::show)
        .service(routes::edit)
        .service(routes::issue_account);
}
