//! A region and all below it, as a condition on rows.

use sea_orm::{Condition, entity::prelude::*};

use super::{application, audit, company, project, role_grant, vendor};

/// `code` lies in the subtree of `prefix`; a range, so that an index on the column serves it on both databases.
pub(super) fn in_region<C: ColumnTrait>(column: C, prefix: &str) -> Condition {
    let from = format!("{prefix:0<6}");
    let to = format!("{prefix:9<6}");
    Condition::all().add(column.between(from, to))
}

macro_rules! regional {
    ($($table:ident),+) => {
        $(impl $table::Column {
            /// Rows of a region and all below it, whatever the caller's reach.
            pub fn in_region(prefix: &str) -> Condition {
                in_region(Self::RegionCode, prefix)
            }
        })+
    };
}

regional!(application, audit, company, project, role_grant, vendor);
