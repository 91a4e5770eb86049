//! Who and where: what a platform knows before anybody enters a site.

pub mod applications;
pub mod dictionaries;
pub mod geocode;
pub mod people;
pub mod policies;
pub mod projects;
pub mod regions;
