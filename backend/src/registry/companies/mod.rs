//! 【企业库】: the companies of the registry.
//!
//! Invariants: a company is here once, by its credit code, whose check character is right; everybody who is logged in
//! may look a company up; its region's regulator changes everything, it changes itself but for what it is known by
//! (credit code, name, region), and a project it is on changes how to reach it.

mod account;
pub mod dto;
mod jobs;
pub mod query;
mod routes;
mod rules;
pub mod service;

pub use jobs::ExportCompanies;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list)
        .service(routes::export)
        .service(routes::register)
        .service(routes::by_credit_code)
        .service(routes::show)
        .service(routes::edit)
        .service(routes::issue_account);
}
