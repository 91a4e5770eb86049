//! Mingce 名册: real-name management of construction workers.
//!
//! Floors, from the ground up; a floor imports only floors below it (see ARCHITECTURE.md).

/// Builds, runs and stops the platform.
pub mod app;
/// Ways in from outside: terminals.
pub mod channels;
/// The sub-commands of the binary.
pub mod cli;
/// The demo district.
pub mod demo;
/// One file per table; stands beside the stairs.
pub mod entity;
/// Who watches: what is up on a region's sites.
pub mod oversight;
/// Plumbing that knows no building site.
pub mod platform;
/// Who and where: regions, policies, companies, projects, units, crews, people.
pub mod registry;
/// The map: every scope on one screen.
pub mod routes;
/// What happens on a site: the roster.
pub mod site;
