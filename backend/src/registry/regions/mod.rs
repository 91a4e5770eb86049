//! Regions: the administrative divisions of GB/T 2260, compiled in.

pub mod table;
