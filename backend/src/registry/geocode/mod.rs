//! Addresses to positions (JP6), by the geocoder that is configured.
//!
//! The geocoder may be slow, limited or away: answers are cached for a day, calls have a short time limit, and the
//! marker can always be dragged by hand.

mod nominatim;
mod routes;

pub use routes::configure;
