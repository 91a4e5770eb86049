//! Who and where: what a platform knows before anybody enters a site.

pub mod applications;
pub mod companies;
pub mod crews;
pub mod dictionaries;
pub mod faces;
pub mod geocode;
pub mod people;
pub mod phones;
pub mod policies;
pub mod presence;
pub mod projects;
pub mod regions;
pub mod units;
