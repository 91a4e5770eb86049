//! Field encryption and the keyed hash to find by.
