//! Excel workbooks: templates to fill in, untrusted uploads to read, exports of any length.
//!
//! A feature declares its [`Column`]s once. [`template`] makes the workbook clerks download, [`read`] reads what
//! comes back, [`failed_rows`] returns the rows that could not be taken with the reason beside them, and
//! [`SheetWriter`] streams an export. All of it is blocking work: call it off the async threads.

mod columns;
mod dates;
mod guard;
mod layout;
mod read;
mod row;
mod tags;
mod template;
mod value;
mod write;

pub use columns::{Column, Kind};
pub use guard::Limits;
pub use read::{Sheet, read};
pub use row::{Fields, Row};
pub use template::{failed_rows, template};
pub use write::{Cell, SheetWriter};

/// A workbook could not be written: the disk is full, or a column is declared in a way Excel does not allow.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the workbook: {0}")]
pub struct SheetError(#[from] rust_xlsxwriter::XlsxError);

#[cfg(test)]
mod tests;
