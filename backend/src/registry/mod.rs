//! Who and where: what a platform knows before anybody enters a site.

pub mod dictionaries;
pub mod people;
pub mod policies;
pub mod regions;
