//! The API as its callers meet it: real sockets, real authorisation, on SQLite and on PostgreSQL.

#[macro_use]
pub mod support;

mod alerts;
mod applications;
mod attendance;
mod basics;
mod companies;
mod crews;
mod demo;
mod devices;
mod files;
mod hostile;
mod mails;
mod operations;
mod outages;
mod people;
mod policies;
mod project_export;
mod project_lookup;
mod projects;
mod roster;
mod session;
mod units;
mod workbench;
