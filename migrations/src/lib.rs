//! The database schema of Mingce, step by step. The same steps run on SQLite and on PostgreSQL.

mod m0001_platform;
mod m0002_registry;
mod m0003_roster;
mod m0004_devices;
mod m0005_attendance;
mod m0006_lookups;
mod m0007_tickets;
mod m0008_vision;
mod m0009_contracts;
mod m0010_registrations;
mod m0011_phones;
mod schema;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_platform::Migration),
            Box::new(m0002_registry::Migration),
            Box::new(m0003_roster::Migration),
            Box::new(m0004_devices::Migration),
            Box::new(m0005_attendance::Migration),
            Box::new(m0006_lookups::Migration),
            Box::new(m0007_tickets::Migration),
            Box::new(m0008_vision::Migration),
            Box::new(m0009_contracts::Migration),
            Box::new(m0010_registrations::Migration),
            Box::new(m0011_phones::Migration),
        ]
    }
}
