//! Applications for projects (JP1, GY2) from the login page, and the regulator's decision (JR1).
//!
//! Invariants: an application is decided once, whoever comes second hears so; approving makes the project, its
//! account, the history and the audit in one transaction; nobody without number and telephone learns anything.

mod dto;
mod mails;
mod query;
mod routes;
mod service;

pub use dto::ApplicationForm;
pub use routes::configure;
pub use service::submit;
