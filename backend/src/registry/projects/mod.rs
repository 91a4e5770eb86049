//! Projects: the registry of the regulators (JR2), and what a project's own staff see and keep up (JP3–JP6, QH18, SH4).
//!
//! Invariants: a project is never lost once something happened on it: it is cancelled, and its accounts with it;
//! code, region, vendor, category and status are the regulator's; whatever changes must go to the province again.

mod account;
pub mod codes;
mod ending;
mod facts;
pub mod form;
mod jobs;
pub mod key_posts;
pub mod overview;
mod public;
mod qr;
pub mod qualified;
pub mod query;
mod routes;
pub mod rules;
pub mod service;
mod view;

pub use account::issue as issue_account;
pub use form::{Party, ProjectFacts, ProjectForm};
pub use jobs::ExportProjects;
pub use routes::configure;
pub use view::{ProjectFilter, ProjectRow, ProjectView, region_path};
