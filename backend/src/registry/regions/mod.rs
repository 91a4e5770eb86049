//! Regions: the administrative divisions of GB/T 2260, compiled in.

mod routes;
pub mod table;

pub use routes::configure;

use crate::platform::{
    types::RegionCode,
    web::{Error, Result},
};

/// A region that exists, or a message at the field.
pub fn known(code: &RegionCode, field: &'static str) -> Result<&'static table::Region> {
    table::find(code.as_str()).ok_or_else(|| Error::field(field, "没有这个行政区划，请重新选择"))
}

/// 广东省江门市蓬江区; a code that has gone shows as it is.
pub fn full_name(code: &str) -> String {
    let path = table::path(code);
    if path.is_empty() { code.to_owned() } else { path.concat() }
}
